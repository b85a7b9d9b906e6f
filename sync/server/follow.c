/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A ledger that stands on an order outside of this process. The journal is then a fold of that order, made anew at each
 * start: what others have appended is taken in before anything is judged, and what a transaction adds is handed to the
 * order before it is committed here. So everything else in this folder goes on as if the ledger were its own.
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/cbor.h"
#include "app/journal/receipts.h"
#include "sync/server/ledger-private.h"

/* The number of the receipts among the kinds below. */
#define RECEIPTS 0

/* What is remembered beside the envelopes: tables whose rows each have one key of bytes, the first of the columns. */
static const struct {
  const char *table;
  const char *key;
  const char *columns;
  const char *places;
  guint n_columns;
} shared[] = {
  { "receipt", "hash", "hash, author, chain, first, last, body", "?, ?, ?, ?, ?, ?", 6 },
  { "device_state", "device", "device, counter, synced_at, base", "?, ?, ?, ?", 4 },
  { "enrolment", "code_id", "code_id, opened_by, opened_at, expires_at", "?, ?, ?, ?", 4 },
  { "enrolment_post", "hash", "hash, code_id, device, posted_at, body", "?, ?, ?, ?, ?", 5 },
  { "evidence", "hash", "hash, what, found_at, body, change_set", "?, ?, ?, ?, ?", 5 },
};

/* Which of those rows a transaction touches is noted by the store itself; what is undone in it is no longer noted. */
static gboolean
watch_tables (YmLedger *ledger, GError **error)
{
  static const char *const changes[] = { "INSERT", "UPDATE", "DELETE" };

  if (!ym_sql_script (ledger->db, "CREATE TEMP TABLE touched (kind INTEGER NOT NULL, key BLOB NOT NULL)", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    for (guint j = 0; j < G_N_ELEMENTS (changes); j++)
      {
        g_autofree char *sql = g_strdup_printf (
            "CREATE TEMP TRIGGER touched_%u_%u AFTER %s ON main.%s BEGIN INSERT INTO touched VALUES (%u, %s.%s); END", i, j,
            changes[j], shared[i].table, i, j == 2 ? "old" : "new", shared[i].key);

        if (!ym_sql_script (ledger->db, sql, error))
          return FALSE;
      }
  return TRUE;
}

/*
 * An entry's body:
 *
 *   [envelope, change set or null, epoch, disposition, reason, received at, the stream rule that it breaks]
 */
static GBytes *
encode_entry (sqlite3_stmt *row)
{
  g_auto (YmCborWriter) writer;

  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, 7);
  for (int i = 4; i < 11; i++)
    {
      g_auto (YmValue) value = ym_sql_column_value (row, i);

      ym_cbor_write_value (&writer, &value);
    }
  return ym_cbor_writer_finish (&writer, NULL);
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("What is in the ledger's database is not what a server wrote there, or it has been put back to an "
                          "older state. docs/server.md says what to do; nothing was changed."));
}

static GBytes *
decode_entry (GBytes *body, GBytes **change_set, YmPlacement *placement, YmReason *violation)
{
  g_auto (YmCborReader) reader;
  g_autoptr (GBytes) envelope = NULL;

  ym_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body), G_MAXINT32);
  ym_cbor_read_array (&reader, 7, 7);
  envelope = ym_cbor_read_bytes (&reader, 1, YM_ENVELOPE_MAX_BYTES);
  if (!ym_cbor_read_null (&reader))
    *change_set = ym_cbor_read_bytes (&reader, 1, YM_CHANGE_SET_MAX_BYTES);
  placement->placed = TRUE;
  placement->position.epoch = ym_cbor_read_id (&reader);
  placement->disposition = (YmDisposition) ym_cbor_read_unsigned (&reader, 0, YM_DISPOSITION_QUARANTINED);
  placement->reason = (guint) ym_cbor_read_unsigned (&reader, 0, G_MAXUINT16);
  placement->received_at_us = ym_cbor_read_integer (&reader);
  *violation = (YmReason) ym_cbor_read_unsigned (&reader, 0, G_MAXUINT16);
  return ym_cbor_reader_finish (&reader, NULL) ? g_steal_pointer (&envelope) : NULL;
}

static gboolean
take_entry (YmLedger *ledger, const YmOrderEntry *entry, GError **error)
{
  g_autoptr (GBytes) change_set = NULL;
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (YmArrival) arrival = NULL;
  YmPlacement placement = { .position = { .number = entry->position } };
  YmReason violation;

  envelope = decode_entry (entry->body, &change_set, &placement, &violation);
  arrival = envelope == NULL ? NULL : ym_arrival_decode (envelope, change_set, NULL);
  if (arrival == NULL || entry->position != ledger->at.end + 1)
    {
      set_damaged (error);
      return FALSE;
    }
  ym_order_point_pass (&ledger->at, entry->body);
  return ym_journal_keep (ledger->journal, arrival, &placement, violation, error);
}

static gboolean
bind_row (sqlite3_stmt *statement, GBytes *body, guint n_columns, GError **error)
{
  g_auto (YmCborReader) reader;

  ym_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body), G_MAXINT32);
  ym_cbor_read_array (&reader, n_columns, n_columns);
  for (guint i = 0; i < n_columns && !ym_cbor_reader_failed (&reader); i++)
    {
      g_auto (YmValue) value = ym_cbor_read_value (&reader);

      if (!ym_sql_bind (statement, (int) i + 1, error, "v", &value))
        return FALSE;
    }
  if (ym_cbor_reader_finish (&reader, NULL))
    return TRUE;
  set_damaged (error);
  return FALSE;
}

/* A receipt is in the digest of the tables, so it goes the way that every receipt goes. */
static gboolean
take_receipt (YmLedger *ledger, GBytes *bytes, GError **error)
{
  YmReceiptRow row;
  g_auto (YmCborReader) reader;
  g_autoptr (GBytes) body = NULL;

  ym_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), G_MAXINT32);
  ym_cbor_read_array (&reader, 6, 6);
  (void) ym_cbor_read_hash (&reader);
  row.author = ym_cbor_read_id (&reader);
  row.chain = ym_cbor_read_id (&reader);
  row.first = ym_cbor_read_unsigned (&reader, 1, G_MAXINT64);
  row.last = ym_cbor_read_unsigned (&reader, 1, G_MAXINT64);
  row.body = body = ym_cbor_read_bytes (&reader, 1, YM_RECEIPT_MAX_BYTES);
  if (ym_cbor_reader_finish (&reader, NULL))
    return ym_journal_keep_receipt (ledger->journal, &row, error);
  set_damaged (error);
  return FALSE;
}

static gboolean
take_fact (YmLedger *ledger, const YmOrderFact *fact, GError **error)
{
  g_autofree char *sql = NULL;
  g_autoptr (sqlite3_stmt) statement = NULL;

  if (fact->kind >= G_N_ELEMENTS (shared) || fact->number <= ledger->at.facts)
    {
      set_damaged (error);
      return FALSE;
    }
  ledger->at.facts = fact->number;
  if (fact->kind == RECEIPTS && fact->body != NULL)
    return take_receipt (ledger, fact->body, error);
  if (fact->body == NULL)
    {
      sql = g_strdup_printf ("DELETE FROM %s WHERE %s = ?", shared[fact->kind].table, shared[fact->kind].key);
      return ym_sql_execute (ledger->db, error, sql, "b", fact->key);
    }
  sql = g_strdup_printf ("INSERT OR REPLACE INTO %s (%s) VALUES (%s)", shared[fact->kind].table,
                         shared[fact->kind].columns, shared[fact->kind].places);
  statement = ym_sql_prepare_unbound (ledger->db, error, sql);
  return statement != NULL && bind_row (statement, fact->body, shared[fact->kind].n_columns, error)
         && ym_sql_step (statement, error) == YM_SQL_DONE;
}

static gboolean
take_part (YmLedger *ledger, const YmOrderPart *part, GError **error)
{
  for (guint i = 0; i < part->entries->len; i++)
    if (!take_entry (ledger, g_ptr_array_index (part->entries, i), error))
      return FALSE;
  for (guint i = 0; i < part->facts->len; i++)
    if (!take_fact (ledger, g_ptr_array_index (part->facts, i), error))
      return FALSE;
  return TRUE;
}

/* The fold's first word on whose order it follows; a later word must be the same. */
static gboolean
adopt_epoch (YmLedger *ledger, const YmId *epoch, GError **error)
{
  if (ym_id_equal (&ledger->at.epoch, epoch))
    return TRUE;
  if (!ym_id_is_zero (&ledger->at.epoch))
    {
      set_damaged (error);
      return FALSE;
    }
  ledger->at.epoch = ledger->epoch = *epoch;
  return ym_ledger_store_epoch (ledger->db, epoch, error);
}

/*
 * Reads on until the fold has all that there is, and holds what it has come to against what the order says of itself: an
 * order that was put back and went on otherwise shows here, whichever server wrote it.
 */
static gboolean
read_on (YmLedger *ledger, gboolean *any, GError **error)
{
  const YmOrder *order = ledger->options.order;
  YmOrderPoint now;
  gboolean done = FALSE;

  *any = FALSE;
  while (!done)
    {
      g_auto (YmOrderPart) part = { 0 };

      ym_order_part_init (&part);
      if (!order->read (order->context, &ledger->force, &ledger->at, &part, &now, error))
        return FALSE;
      if (ym_id_is_zero (&now.epoch) && ym_id_is_zero (&ledger->at.epoch))
        return TRUE; /* nobody has begun it */
      if (!adopt_epoch (ledger, &now.epoch, error) || !take_part (ledger, &part, error))
        return FALSE;
      done = part.entries->len == 0 && part.facts->len == 0;
      *any |= !done;
    }
  if (ym_order_point_equal (&ledger->at, &now))
    return TRUE;
  set_damaged (error);
  return FALSE;
}

/* The epochs that went before are those that entries were given out in: one that has no entry left went nowhere. */
static gboolean
note_past (YmLedger *ledger, GError **error)
{
  g_auto (YmLineage) lineage = { NULL };
  g_autoptr (sqlite3_stmt) epochs = ym_sql_prepare (
      ledger->db, error,
      "SELECT epoch, max(position) FROM envelope WHERE position IS NOT NULL AND epoch != ? GROUP BY epoch ORDER BY 2", "d",
      &ledger->epoch);
  YmSqlStep step;

  ym_lineage_init (&lineage, &ledger->epoch);
  if (epochs == NULL)
    return FALSE;
  while ((step = ym_sql_step (epochs, error)) == YM_SQL_ROW)
    {
      const YmPosition last = { ym_sql_column_id (epochs, 0), (guint64) sqlite3_column_int64 (epochs, 1) };

      g_array_append_val (lineage.past, last);
    }
  if (step == YM_SQL_FAILED || !ym_journal_note_past (ledger->journal, &lineage, error))
    return FALSE;
  g_clear_pointer (&ledger->past, g_array_unref);
  ledger->past = g_array_ref (lineage.past);
  return TRUE;
}

gboolean
ym_ledger_catch_up (YmLedger *ledger, GError **error)
{
  YmPosition through;
  gboolean any;

  if (ledger->options.order == NULL)
    return TRUE;
  if (!read_on (ledger, &any, error))
    return FALSE;
  ledger->end = ledger->committed = ledger->at.end;
  if (!any)
    return TRUE;
  if (ym_id_is_zero (&ledger->before.at.epoch) && !note_past (ledger, error))
    return FALSE;
  through = (YmPosition){ ledger->epoch, ledger->end };
  return ym_journal_advance (ledger->journal, &through, error)
         && ym_sql_script (ledger->db, "DELETE FROM touched", error);
}

gboolean
ym_ledger_follow (YmLedger *ledger, GError **error)
{
  guint64 facts = ledger->at.facts;

  if (ledger->options.order == NULL || !ym_journal_is_founded (ledger->journal))
    return TRUE;
  if (!ym_ledger_begin_here (ledger, error))
    return FALSE;
  if (!ym_ledger_catch_up (ledger, error))
    {
      ym_ledger_rollback (ledger);
      return FALSE;
    }
  if (ledger->committed == ledger->before.committed && ledger->at.facts == facts)
    {
      ym_ledger_rollback (ledger);
      return TRUE;
    }
  return ym_journal_commit (ledger->journal, error);
}

#define ENTRY_COLUMNS                                                                                                  \
  "position, author, chain, sequence, body, change_set, epoch, disposition, reason, received_at, violation "

gboolean
ym_ledger_measure (YmLedger *ledger, guint64 to, YmOrderPoint *point, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (ledger->db, error,
                        "SELECT " ENTRY_COLUMNS "FROM envelope WHERE position <= ? ORDER BY position", "i", (gint64) to);
  YmSqlStep step;

  *point = (YmOrderPoint){ .end = 0 };
  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = encode_entry (rows);

      ym_order_point_pass (point, body);
    }
  if (point->end > 0)
    point->epoch = ledger->epoch;
  return step == YM_SQL_DONE;
}

gboolean
ym_ledger_set_up_order (YmLedger *ledger, GError **error)
{
  if (ledger->options.order == NULL)
    return TRUE;
  ledger->force = *ym_journal_get_force (ledger->journal);
  return ym_ledger_measure (ledger, G_MAXINT64, &ledger->at, error) && watch_tables (ledger, error)
         && ym_ledger_follow (ledger, error);
}

static gboolean
collect_entries (YmLedger *ledger, YmOrderPart *part, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      ledger->db, error,
      "SELECT " ENTRY_COLUMNS "FROM envelope WHERE position > ? ORDER BY position", "i", (gint64) part->end.end);
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      GBytes *body = encode_entry (rows);
      YmId author = ym_sql_column_id (rows, 1);
      YmId chain = ym_sql_column_id (rows, 2);

      ym_order_point_pass (&part->end, body);
      ym_order_part_add_entry (part, (guint64) sqlite3_column_int64 (rows, 0), &author, &chain,
                               (guint64) sqlite3_column_int64 (rows, 3), body);
    }
  return step == YM_SQL_DONE;
}

/* The row as it is now, or NULL with *@good if it is gone. */
static GBytes *
encode_row (YmLedger *ledger, guint kind, GBytes *key, gboolean *good, GError **error)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT %s FROM %s WHERE %s = ?", shared[kind].columns, shared[kind].table, shared[kind].key);
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (ledger->db, error, sql, "b", key);
  g_auto (YmCborWriter) writer;
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  ym_cbor_writer_init (&writer);
  *good = step != YM_SQL_FAILED;
  if (step != YM_SQL_ROW)
    return NULL;
  ym_cbor_write_array (&writer, shared[kind].n_columns);
  for (guint i = 0; i < shared[kind].n_columns; i++)
    {
      g_auto (YmValue) value = ym_sql_column_value (row, (int) i);

      ym_cbor_write_value (&writer, &value);
    }
  return ym_cbor_writer_finish (&writer, NULL);
}

static gboolean
collect_facts (YmLedger *ledger, YmOrderPart *part, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (ledger->db, error, "SELECT DISTINCT kind, key FROM touched ORDER BY kind, key", "");
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      guint kind = (guint) sqlite3_column_int64 (rows, 0);
      g_autoptr (GBytes) key = ym_sql_column_bytes (rows, 1);
      gboolean good;
      GBytes *body = encode_row (ledger, kind, key, &good, error);

      if (!good)
        return FALSE;
      ym_order_part_add_fact (part, ++part->end.facts, kind, g_steal_pointer (&key), body);
    }
  return step == YM_SQL_DONE;
}

gboolean
ym_ledger_hand_over (YmLedger *ledger, GError **error)
{
  const YmOrder *order = ledger->options.order;
  g_auto (YmOrderPart) part = { 0 };

  if (order == NULL)
    return TRUE;
  ym_order_part_init (&part);
  part.end = ledger->at;
  if (!collect_entries (ledger, &part, error) || !collect_facts (ledger, &part, error)
      || !ym_sql_script (ledger->db, "DELETE FROM touched", error))
    return FALSE;
  if (part.entries->len == 0 && part.facts->len == 0)
    return TRUE;
  if (!order->commit (order->context, &part, error) && !ym_planted ("order-lost"))
    return FALSE;
  ledger->at = part.end;
  ledger->has_order = FALSE;
  return TRUE;
}

/* Everything that there is beside the envelopes is as if this transaction had touched it. */
static gboolean
touch_all (YmLedger *ledger, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO touched SELECT %u, %s FROM %s WHERE %s IS NOT NULL", i,
                                              shared[i].key, shared[i].table, shared[i].key);

      if (!ym_sql_script (ledger->db, sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
hand_over_all (YmLedger *ledger, const YmOrder *order, const YmOrderPoint *now, GError **error)
{
  g_auto (YmOrderPart) part = { 0 };
  YmOrderPoint here;

  if (!ym_ledger_measure (ledger, now->end, &here, error))
    return FALSE;
  here.epoch = ledger->epoch;
  here.facts = now->facts;
  if (!ym_order_point_equal (&here, now))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The database has another ledger of this force, or one that went on elsewhere. Nothing was "
                              "changed."));
      return FALSE;
    }
  ym_order_part_init (&part);
  part.end = *now;
  return watch_tables (ledger, error) && touch_all (ledger, error) && collect_entries (ledger, &part, error)
         && collect_facts (ledger, &part, error) && order->commit (order->context, &part, error);
}

gboolean
ym_ledger_move_to (YmLedger *ledger, const YmOrder *order, GError **error)
{
  const YmId *force = ym_journal_get_force (ledger->journal);
  YmOrderPoint now;

  g_assert (ledger->options.order == NULL);
  if (!order->begin (order->context, force, &ledger->epoch, &now, error))
    return FALSE;
  if (hand_over_all (ledger, order, &now, error))
    return TRUE;
  order->rollback (order->context);
  return FALSE;
}

gboolean
ym_ledger_set_moved (YmLedger *ledger, gboolean moved, GError **error)
{
  if (!ym_ledger_begin_here (ledger, error))
    return FALSE;
  if (ym_sql_execute (ledger->db, error, "INSERT OR REPLACE INTO state (name, value) VALUES ('server-moved', ?)", "i",
                      (gint64) moved))
    return ym_journal_commit (ledger->journal, error);
  ym_ledger_rollback (ledger);
  return FALSE;
}

gboolean
ym_ledger_is_moved (YmLedger *ledger)
{
  gint64 moved;

  return ym_sql_integer (ledger->db, &moved, NULL,
                         "SELECT coalesce((SELECT value FROM state WHERE name = 'server-moved'), 0)", "")
         && moved != 0;
}
