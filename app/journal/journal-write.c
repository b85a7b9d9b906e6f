/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving: from records before and after to signed envelopes in the author's chain. */

#include <string.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/journal-private.h"
#include "app/journal/stream-rules.h"

/* Change sets are cut well below the limit, so that the envelope beside them always fits. */
#define CHANGE_SET_TARGET_BYTES (40 * 1024)

/* What becomes one envelope. */
typedef struct {
  YmId scope;
  YmClass stream_class;
  YmChangeSet *change_set;
  gsize size_bytes;
} Parcel;

static void
parcel_free (Parcel *parcel)
{
  ym_change_set_free (parcel->change_set);
  g_free (parcel);
}

static gsize
value_size_bytes (const YmValue *value)
{
  switch (value->kind)
    {
    case YM_VALUE_TEXT:
      return strlen (value->text) + 5;
    case YM_VALUE_BYTES:
      return g_bytes_get_size (value->bytes) + 5;
    case YM_VALUE_INTEGER:
    case YM_VALUE_NULL:
      break;
    }
  return 9;
}

/* The operation that leads from before to after; NULL where nothing differs. */
static YmOperation *
make_operation (const YmChange *change, gsize *size_bytes)
{
  const YmRecord *after = change->after;
  YmOperationKind kind = change->before == NULL ? YM_OPERATION_INSERT : YM_OPERATION_UPDATE;
  g_autoptr (YmOperation) operation = ym_operation_new (after->form->id, kind, &after->id);
  const YmValue nothing = YM_VALUE_INIT;

  *size_bytes = 32;
  for (guint i = 0; i < after->form->n_fields; i++)
    {
      const YmValue *old = change->before == NULL ? &nothing : &change->before->values[i];

      if (ym_value_equal (old, &after->values[i]))
        continue;
      ym_operation_set (operation, after->form->fields[i].id, change->before == NULL ? NULL : old, &after->values[i]);
      *size_bytes += 4 + value_size_bytes (old) + value_size_bytes (&after->values[i]);
    }
  if (kind == YM_OPERATION_UPDATE && operation->changes->len == 0)
    return NULL;
  return g_steal_pointer (&operation);
}

/* The open envelope of the record's stream. A record about a child is erased by itself, so it travels by itself. */
static Parcel *
parcel_for (GPtrArray *parcels, const YmRecord *record, gsize size_bytes, const YmRandom *random)
{
  Parcel *parcel;

  for (guint i = parcels->len; i > 0 && record->form->record_class != YM_CLASS_CHILD; i--)
    {
      parcel = g_ptr_array_index (parcels, i - 1);
      if (parcel->stream_class == record->form->record_class && ym_id_equal (&parcel->scope, &record->scope))
        {
          if (parcel->size_bytes + size_bytes <= CHANGE_SET_TARGET_BYTES)
            return parcel;
          break;
        }
    }
  parcel = g_new (Parcel, 1);
  *parcel = (Parcel){ record->scope, record->form->record_class, ym_change_set_new (random), 0 };
  g_ptr_array_add (parcels, parcel);
  return parcel;
}

static GPtrArray *
make_parcels (YmJournal *journal, const YmChange *changes, guint n_changes)
{
  GPtrArray *parcels = g_ptr_array_new_with_free_func ((GDestroyNotify) parcel_free);

  for (guint i = 0; i < n_changes; i++)
    {
      gsize size_bytes;
      YmOperation *operation = make_operation (&changes[i], &size_bytes);
      Parcel *parcel;

      if (operation == NULL)
        continue;
      parcel = parcel_for (parcels, changes[i].after, size_bytes, journal->options.random);
      ym_change_set_add (parcel->change_set, operation);
      parcel->size_bytes += size_bytes;
    }
  return parcels;
}

/* The chain that @author writes, with its end and, for its first envelope, the parent it goes on from. */
static gboolean
open_chain (YmJournal *journal, const YmId *author, YmEnvelope *envelope, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error,
      "SELECT chain, sequence, hash, parent, parent_sequence, parent_hash FROM chain WHERE author = ? AND current", "d",
      author);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_FAILED)
    return FALSE;
  if (step == YM_SQL_DONE)
    {
      YmHash none = { { 0 } };

      envelope->chain = ym_id_random (journal->options.random);
      envelope->sequence = 1;
      return ym_sql_execute (journal->db, error,
                             "INSERT INTO chain (author, chain, sequence, hash, current) VALUES (?, ?, 0, ?, 1)", "ddh",
                             author, &envelope->chain, &none);
    }
  envelope->chain = ym_sql_column_id (statement, 0);
  envelope->sequence = (guint64) sqlite3_column_int64 (statement, 1) + 1;
  envelope->previous = ym_sql_column_hash (statement, 2);
  envelope->has_parent = envelope->sequence == 1 && sqlite3_column_type (statement, 3) != SQLITE_NULL;
  if (envelope->has_parent)
    envelope->parent = (YmChainPoint){ ym_sql_column_id (statement, 3), (guint64) sqlite3_column_int64 (statement, 4),
                                       ym_sql_column_hash (statement, 5) };
  return TRUE;
}

static gboolean
link_stream (YmJournal *journal, const YmId *author, YmEnvelope *envelope, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error,
      "SELECT sequence, hash FROM envelope WHERE author = ? AND chain = ? AND scope = ? AND class = ? "
      "ORDER BY sequence DESC LIMIT 1",
      "dddi", author, &envelope->chain, &envelope->scope, (gint64) envelope->stream_class);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    {
      envelope->stream_previous_sequence = (guint64) sqlite3_column_int64 (statement, 0);
      envelope->stream_previous_hash = ym_sql_column_hash (statement, 1);
    }
  if (step == YM_SQL_FAILED)
    return FALSE;
  if (!ym_journal_read_cursor (journal, &envelope->has_base, &envelope->base, error))
    return FALSE;
  return !envelope->has_base
         || ym_journal_stream_hash_at (journal->db, &envelope->scope, envelope->stream_class, envelope->base.number,
                                       &envelope->base_hash, error);
}

static gboolean
check_rules (YmJournal *journal, const YmArrival *arrival, GError **error)
{
  YmCertificate certificate;
  YmReason reason;

  if (!ym_certificate_read (journal->db, journal->root_key, &arrival->header.author, &certificate, error)
      || !ym_stream_rules_judge (journal->db, &journal->force, &certificate, arrival, &reason, error))
    return FALSE;
  if (reason != YM_REASON_NONE)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, ym_reason_get_message (reason));
  return reason == YM_REASON_NONE;
}

static gboolean
write_parcel (YmJournal *journal, const YmAuthor *author, const Parcel *parcel, YmEnvelope *envelope, GError **error)
{
  const YmPlacement pending = { .placed = FALSE };
  g_autoptr (GBytes) change_set = ym_change_set_encode (parcel->change_set, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YmArrival) arrival = NULL;

  if (change_set == NULL)
    return FALSE;
  envelope->scope = parcel->scope;
  envelope->stream_class = parcel->stream_class;
  ym_envelope_set_change_set (envelope, change_set);
  if (!open_chain (journal, &author->device, envelope, error)
      || !link_stream (journal, &author->device, envelope, error))
    return FALSE;
  bytes = ym_envelope_seal (envelope, &journal->force, &author->signer, error);
  arrival = bytes == NULL ? NULL : ym_arrival_decode (bytes, change_set, error);
  return arrival != NULL && check_rules (journal, arrival, error)
         && ym_journal_keep (journal, arrival, &pending, YM_REASON_NONE, error);
}

gboolean
ym_journal_write (YmJournal *journal, const YmAuthor *author, const char *intent, const YmId *subject,
                  const YmChange *changes, guint n_changes, GError **error)
{
  g_autoptr (GPtrArray) parcels = make_parcels (journal, changes, n_changes);
  YmId group = ym_id_random (journal->options.random);

  g_assert (journal->in_transaction && journal->founded);
  g_assert (parcels->len <= YM_GROUP_MAX_ENVELOPES);
  for (guint i = 0; i < parcels->len; i++)
    {
      YmEnvelope envelope = {
        .author = author->device,
        .group = group,
        .group_index = i,
        .group_count = parcels->len,
        .subject = *subject,
        .wall_us = ym_clock_wall_us (journal->options.clock),
        .boot_us = (guint64) ym_clock_boot_us (journal->options.clock),
        .schema = YM_SCHEMA_VERSION,
      };

      g_assert (ym_envelope_set_intent (&envelope, intent));
      if (ym_planted ("half-group") && !(ym_journal_commit (journal, error) && ym_journal_begin (journal, error)))
        return FALSE;
      if (!write_parcel (journal, author, g_ptr_array_index (parcels, i), &envelope, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ym_journal_start_chain_from (YmJournal *journal, const YmId *author, const YmChainPoint *parent, GError **error)
{
  YmId chain = ym_id_random (journal->options.random);
  YmHash none = { { 0 } };

  g_assert (journal->in_transaction);
  return ym_sql_execute (journal->db, error, "UPDATE chain SET current = 0 WHERE author = ?", "d", author)
         && ym_sql_execute (
             journal->db, error,
             "INSERT INTO chain (author, chain, sequence, hash, current, parent, parent_sequence, parent_hash) "
             "VALUES (?, ?, 0, ?, 1, ?, ?, ?)",
             "ddhdih", author, &chain, &none, &parent->chain, (gint64) parent->sequence, &parent->hash);
}

gboolean
ym_journal_start_chain (YmJournal *journal, const YmId *author, GError **error)
{
  g_autoptr (sqlite3_stmt) current
      = ym_sql_prepare (journal->db, error,
                        "SELECT chain, sequence, hash FROM chain WHERE author = ? AND current AND sequence > 0", "d",
                        author);
  YmSqlStep step = current == NULL ? YM_SQL_FAILED : ym_sql_step (current, error);
  YmChainPoint end;

  if (step != YM_SQL_ROW)
    return step == YM_SQL_DONE;
  end = (YmChainPoint){ ym_sql_column_id (current, 0), (guint64) sqlite3_column_int64 (current, 1),
                        ym_sql_column_hash (current, 2) };
  g_clear_pointer (&current, sqlite3_finalize);
  return ym_journal_start_chain_from (journal, author, &end, error);
}

gboolean
ym_journal_write_again (YmJournal *journal, const YmAuthor *author, const YmEnvelope *old, GBytes *change_set,
                        GError **error)
{
  const YmPlacement pending = { .placed = FALSE };
  YmEnvelope envelope = *old;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YmArrival) arrival = NULL;

  g_assert (journal->in_transaction);
  envelope.previous = (YmHash){ { 0 } };
  envelope.stream_previous_sequence = 0;
  envelope.stream_previous_hash = (YmHash){ { 0 } };
  if (!open_chain (journal, &author->device, &envelope, error)
      || !link_stream (journal, &author->device, &envelope, error))
    return FALSE;
  /* What the author had seen is what it had seen then. */
  envelope.has_base = old->has_base;
  envelope.base = old->base;
  envelope.base_hash = old->base_hash;
  bytes = ym_envelope_seal (&envelope, &journal->force, &author->signer, error);
  arrival = bytes == NULL ? NULL : ym_arrival_decode (bytes, change_set, error);
  return arrival != NULL && ym_journal_keep (journal, arrival, &pending, YM_REASON_NONE, error);
}
