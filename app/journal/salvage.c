/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From the rows of a damaged store to a new journal. Envelopes need not be believed: each is decoded, its change set
 * held against it, its signature against the author's certificate, and it is folded like one that comes from the server.
 * What only the damaged store knew of it, its place in the ledger, is taken from the latest version of its row; the next
 * exchange tells it again.
 */

#include "app/journal/salvage.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/journal-private.h"
#include "app/journal/salvage-private.h"

#define SLICE 500 /* envelopes to one commit */

/* The tables as journal-schema.c makes them, by the kinds of their columns. */
#define ENVELOPE_SHAPE "nhddididiitdiIHbBDIiiIiiH"
#define EVIDENCE_SHAPE "ntiHBB"
#define STATE_SHAPE "t."

enum { ENTRY = 0, BODY = 15, CHANGE_SET, EPOCH, POSITION, DISPOSITION, REASON, RECEIVED_AT };

static const char create[]
    = "CREATE TABLE IF NOT EXISTS salvaged (hash BLOB PRIMARY KEY, entry INTEGER NOT NULL, author BLOB NOT NULL,"
      "  chain BLOB NOT NULL, sequence INTEGER NOT NULL, previous BLOB NOT NULL, class INTEGER NOT NULL,"
      "  rank INTEGER NOT NULL, body BLOB NOT NULL, change_set BLOB, epoch BLOB, position INTEGER,"
      "  disposition INTEGER NOT NULL, reason INTEGER NOT NULL, received_at INTEGER NOT NULL);"
      "CREATE INDEX IF NOT EXISTS salvaged_previous ON salvaged (previous);"
      "CREATE INDEX IF NOT EXISTS salvaged_entry ON salvaged (entry);"
      "CREATE TABLE IF NOT EXISTS salvaged_proof (what TEXT NOT NULL, hash BLOB, body BLOB, change_set BLOB);";

void
ym_journal_salvage_clear (YmJournalSalvage *salvage)
{
  g_clear_pointer (&salvage->gaps, g_array_unref);
}

gboolean
ym_journal_salvage_begin (sqlite3 *db, GError **error)
{
  return ym_sql_script (db, create, error);
}

static gint64
integer_or_zero (const YmSalvagedColumn *column)
{
  return column->kind == YM_VALUE_INTEGER ? column->integer : 0;
}

/* An erased change set is gone rightly; one that is not the envelope's makes the row a wrong one. */
static gboolean
set_envelope_aside (sqlite3 *db, const YmSalvagedRow *row, GError **error)
{
  const YmSalvagedColumn *columns = row->columns;
  g_autoptr (GBytes) body = ym_salvaged_column_bytes (&columns[BODY]);
  g_autoptr (GBytes) change_set = ym_salvaged_column_bytes (&columns[CHANGE_SET]);
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, NULL);
  YmId epoch = ym_salvaged_column_id (&columns[EPOCH]);
  YmValue position = columns[POSITION].kind == YM_VALUE_INTEGER ? ym_value_integer (columns[POSITION].integer)
                                                                : (YmValue) YM_VALUE_INIT;

  if (arrival == NULL)
    return TRUE;
  return ym_sql_execute (
      db, error,
      "INSERT INTO salvaged (hash, entry, author, chain, sequence, previous, class, rank, body, change_set, epoch, position, "
      "disposition, reason, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO "
      "UPDATE SET rank = excluded.rank, entry = excluded.entry, change_set = coalesce(excluded.change_set, change_set), "
      "epoch = excluded.epoch, position = excluded.position, disposition = excluded.disposition, "
      "reason = excluded.reason, received_at = excluded.received_at WHERE excluded.rank >= rank",
      "hiddihiibbdviii", &arrival->header.hash, row->number, &arrival->header.author, &arrival->header.chain,
      (gint64) arrival->header.sequence, &arrival->header.previous, (gint64) arrival->header.stream_class,
      (gint64) row->rank, body, change_set, &epoch, &position, columns[DISPOSITION].integer, columns[REASON].integer,
      integer_or_zero (&columns[RECEIVED_AT]));
}

static gboolean
set_proof_aside (sqlite3 *db, const YmSalvagedRow *row, GError **error)
{
  g_autofree char *what = ym_salvaged_column_text (&row->columns[1]);
  g_autoptr (GBytes) hash = ym_salvaged_column_bytes (&row->columns[3]);
  g_autoptr (GBytes) body = ym_salvaged_column_bytes (&row->columns[4]);
  g_autoptr (GBytes) change_set = ym_salvaged_column_bytes (&row->columns[5]);

  return ym_sql_execute (db, error, "INSERT INTO salvaged_proof (what, hash, body, change_set) VALUES (?, ?, ?, ?)",
                         "tbbb", what, hash, body, change_set);
}

static gboolean
set_root_key_aside (sqlite3 *db, const YmSalvagedRow *row, GError **error)
{
  static const char name[] = "root-key";
  g_autoptr (GBytes) key = NULL;

  if (row->columns[0].length != strlen (name) || memcmp (row->columns[0].data, name, strlen (name)) != 0
      || row->columns[1].kind != YM_VALUE_BYTES || row->columns[1].length != YM_PUBLIC_KEY_BYTES)
    return TRUE;
  key = ym_salvaged_column_bytes (&row->columns[1]);
  return ym_sql_execute (db, error, "INSERT INTO salvaged_proof (what, body) VALUES ('root-key', ?)", "b", key);
}

gboolean
ym_journal_salvage_row (sqlite3 *db, const YmSalvagedRow *row, GError **error)
{
  static const struct {
    const char *shape;
    gboolean (*set_aside) (sqlite3 *db, const YmSalvagedRow *row, GError **error);
  } tables[] = {
    { ENVELOPE_SHAPE, set_envelope_aside },
    { EVIDENCE_SHAPE, set_proof_aside },
    { STATE_SHAPE, set_root_key_aside },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (ym_salvaged_row_fits (row, tables[i].shape))
      return tables[i].set_aside (db, row, error);
  return TRUE;
}

/* The key by which an envelope of the identity class says that it is the root's own, if it does. */
static gboolean
read_own_root_key (const YmArrival *arrival, guint8 key[YM_PUBLIC_KEY_BYTES])
{
  for (guint i = 0; arrival->change_set != NULL && i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);
      const YmFieldChange *change = ym_operation_find (operation, YM_DEVICE_PUBLIC_KEY);

      if (operation->type == YM_FORM_DEVICE && ym_id_equal (&operation->record, &arrival->header.author)
          && change != NULL && change->new.kind == YM_VALUE_BYTES
          && g_bytes_get_size (change->new.bytes) == YM_PUBLIC_KEY_BYTES)
        {
          memcpy (key, g_bytes_get_data (change->new.bytes, NULL), YM_PUBLIC_KEY_BYTES);
          return TRUE;
        }
    }
  return FALSE;
}

/* Columns: body, change_set. An envelope that certifies its own author is the root's, for nobody else's would have been
 * taken into the damaged store. */
static gboolean
proves_root (sqlite3_stmt *row, guint8 key[YM_PUBLIC_KEY_BYTES])
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 0);
  g_autoptr (GBytes) change_set = ym_sql_column_bytes (row, 1);
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, NULL);
  YmId force, device;

  if (arrival == NULL || !read_own_root_key (arrival, key))
    return FALSE;
  force = ym_id_of_public_key ("force", key);
  device = ym_id_of_public_key ("device", key);
  return ym_id_equal (&device, &arrival->header.author) && ym_envelope_verify (body, &force, key, NULL);
}

static gboolean
find_root_key (sqlite3 *db, guint8 key[YM_PUBLIC_KEY_BYTES], gboolean *found, GError **error)
{
  g_autoptr (sqlite3_stmt) noted
      = ym_sql_prepare (db, error, "SELECT body FROM salvaged_proof WHERE what = 'root-key' LIMIT 1", "");
  g_autoptr (sqlite3_stmt) envelopes = NULL;
  YmSqlStep step = noted == NULL ? YM_SQL_FAILED : ym_sql_step (noted, error);

  *found = step == YM_SQL_ROW;
  if (*found)
    memcpy (key, sqlite3_column_blob (noted, 0), YM_PUBLIC_KEY_BYTES);
  if (step != YM_SQL_DONE)
    return *found;
  envelopes = ym_sql_prepare (db, error, "SELECT body, change_set FROM salvaged WHERE class = ? ORDER BY entry", "i",
                              (gint64) YM_CLASS_IDENTITY);
  if (envelopes == NULL)
    return FALSE;
  while (!*found && (step = ym_sql_step (envelopes, error)) == YM_SQL_ROW)
    *found = proves_root (envelopes, key);
  return step != YM_SQL_FAILED;
}

/* Columns: body, change_set. */
static gboolean
certifies_server (sqlite3_stmt *row, const guint8 key[YM_PUBLIC_KEY_BYTES])
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 0);
  g_autoptr (GBytes) change_set = ym_sql_column_bytes (row, 1);
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, NULL);
  YmId force = ym_id_of_public_key ("force", key);
  gboolean certifies = FALSE;

  for (guint i = 0; arrival != NULL && arrival->change_set != NULL && i < arrival->change_set->operations->len; i++)
    certifies = certifies
                || ((const YmOperation *) g_ptr_array_index (arrival->change_set->operations, i))->type == YM_FORM_SERVER;
  return certifies && ym_envelope_verify (body, &force, key, NULL);
}

static gboolean
knows_server (sqlite3 *db, const guint8 key[YM_PUBLIC_KEY_BYTES], gboolean *knows, GError **error)
{
  g_autoptr (sqlite3_stmt) envelopes = ym_sql_prepare (
      db, error, "SELECT body, change_set FROM salvaged WHERE class = ? ORDER BY entry", "i", (gint64) YM_CLASS_IDENTITY);
  YmSqlStep step = YM_SQL_DONE;

  *knows = FALSE;
  if (envelopes == NULL)
    return FALSE;
  while (!*knows && (step = ym_sql_step (envelopes, error)) == YM_SQL_ROW)
    *knows = certifies_server (envelopes, key);
  return step != YM_SQL_FAILED;
}

/* In a transaction. A store that has lost its server's certificate could never ask for it: it is left to be enrolled
 * again, which brings it. */
static gboolean
found (YmJournal *journal, const YmId *device, GError **error)
{
  guint8 key[YM_PUBLIC_KEY_BYTES];
  gboolean can;

  return find_root_key (journal->db, key, &can, error) && (!can || knows_server (journal->db, key, &can, error))
         && (!can || ym_journal_found (journal, key, device, error));
}

static YmArrival *
read_salvaged (sqlite3 *db, const YmHash *hash, YmPlacement *placement, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (db, error,
                        "SELECT body, change_set, epoch, position, disposition, reason, received_at FROM salvaged "
                        "WHERE hash = ?",
                        "h", hash);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) change_set = NULL;

  if (row == NULL || ym_sql_step (row, error) != YM_SQL_ROW)
    return NULL;
  body = ym_sql_column_bytes (row, 0);
  change_set = ym_sql_column_bytes (row, 1);
  *placement = (YmPlacement){ .placed = FALSE };
  if (sqlite3_column_type (row, 3) != SQLITE_NULL)
    *placement = (YmPlacement){ TRUE,
                                { ym_sql_column_id (row, 2), (guint64) sqlite3_column_int64 (row, 3) },
                                (YmDisposition) sqlite3_column_int64 (row, 4),
                                (guint) sqlite3_column_int64 (row, 5),
                                sqlite3_column_int64 (row, 6) };
  return ym_arrival_decode (body, change_set, error);
}

/* A number that is taken already: what a cut transaction left behind of a save that was never acknowledged. */
static gboolean
has_number (YmJournal *journal, const YmEnvelope *header, gboolean *has, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (journal->db, &count, error,
                       "SELECT count(*) FROM envelope WHERE author = ? AND chain = ? AND sequence = ?", "ddi",
                       &header->author, &header->chain, (gint64) header->sequence))
    return FALSE;
  *has = count > 0;
  return TRUE;
}

static gboolean
take_one (YmJournal *journal, const YmHash *hash, guint64 *taken, GError **error)
{
  YmPlacement placement;
  g_autoptr (YmArrival) arrival = read_salvaged (journal->db, hash, &placement, error);
  g_autoptr (GError) failure = NULL;
  gboolean has;

  if (arrival == NULL || !has_number (journal, &arrival->header, &has, error))
    return FALSE;
  if (!has && !ym_journal_take (journal, arrival, &placement, &failure))
    {
      /* Nothing was written yet: it waits for its author's certificate. */
      if (g_error_matches (failure, YM_ERROR, YM_ERROR_SIGNATURE))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  ++*taken;
  return ym_sql_execute (journal->db, error, "DELETE FROM salvaged WHERE hash = ?", "h", hash);
}

/* The order in which they came; of two with one number first the one that others name as the one before them. */
static GArray *
list_salvaged (sqlite3 *db, const YmHash *last_own, GError **error)
{
  g_autoptr (GArray) hashes = g_array_new (FALSE, FALSE, sizeof (YmHash));
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      db, error,
      "SELECT hash FROM salvaged s ORDER BY entry, hash IS ? OR "
      "EXISTS (SELECT 1 FROM salvaged n WHERE n.previous = s.hash AND n.chain = s.chain) DESC, rank DESC",
      "h", last_own);
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmHash hash = ym_sql_column_hash (rows, 0);

      g_array_append_val (hashes, hash);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&hashes) : NULL;
}

gboolean
ym_journal_salvage_pass (YmJournal *journal, const YmHash *last_own, gboolean in_slices, guint64 *taken, GError **error)
{
  g_autoptr (GArray) hashes = list_salvaged (journal->db, last_own, error);

  *taken = 0;
  if (hashes == NULL)
    return FALSE;
  for (guint i = 0; i < hashes->len; i++)
    {
      if (in_slices && i > 0 && i % SLICE == 0
          && (!ym_journal_commit (journal, error) || !ym_journal_begin (journal, error)))
        return FALSE;
      if (!take_one (journal, &g_array_index (hashes, YmHash, i), taken, error))
        return FALSE;
    }
  return TRUE;
}

/* Again as long as it helps: a certificate may have come after what it certifies. */
static gboolean
take_all (YmJournal *journal, const YmHash *last_own, GError **error)
{
  guint64 taken = 0;

  do
    if (!ym_journal_salvage_pass (journal, last_own, TRUE, &taken, error))
      return FALSE;
  while (taken > 0);
  return TRUE;
}

/* Columns: what, hash, body, change_set. */
static gboolean
keep_proofs (YmJournal *journal, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (journal->db, error,
                        "SELECT what, hash, body, change_set FROM salvaged_proof WHERE length(hash) = 32", "");
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmHash hash = ym_sql_column_hash (rows, 1);
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 2);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 3);

      if (!ym_journal_keep_evidence (journal, ym_sql_column_text (rows, 0), &hash, body, change_set, error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}

gboolean
ym_journal_salvage_leave_chain (YmJournal *journal, const YmId *device, const YmHead *head, GError **error)
{
  g_autoptr (sqlite3_stmt) last
      = ym_sql_prepare (journal->db, error,
                        "SELECT chain, sequence, hash FROM chain WHERE author = ? AND sequence > 0 ORDER BY "
                        "(SELECT max(entry) FROM envelope e WHERE e.author = chain.author AND e.chain = chain.chain) DESC",
                        "d", device);
  YmSqlStep step = last == NULL ? YM_SQL_FAILED : ym_sql_step (last, error);
  YmChainPoint end = { .sequence = 0 };

  if (step == YM_SQL_FAILED)
    return FALSE;
  if (step == YM_SQL_ROW)
    end = (YmChainPoint){ ym_sql_column_id (last, 0), (guint64) sqlite3_column_int64 (last, 1),
                          ym_sql_column_hash (last, 2) };
  g_clear_pointer (&last, sqlite3_finalize);
  if (head != NULL && head->sequence > 0
      && (end.sequence == 0 || !ym_id_equal (&end.chain, &head->chain) || end.sequence < head->sequence))
    end = (YmChainPoint){ head->chain, head->sequence, head->own_hash };
  return end.sequence == 0 || ym_journal_start_chain_from (journal, device, &end, error);
}

static gboolean
take (YmJournal *journal, const YmId *device, const YmHead *head, GError **error)
{
  if (!found (journal, device, error))
    return FALSE;
  return !journal->founded
         || (take_all (journal, head != NULL ? &head->own_hash : NULL, error)
             && ym_journal_salvage_leave_chain (journal, device, head, error) && keep_proofs (journal, error));
}

gboolean
ym_journal_salvage_take (YmJournal *journal, const YmId *device, const YmHead *head, YmJournalSalvage *salvage,
                         GError **error)
{
  *salvage = (YmJournalSalvage){ .head_read = head != NULL,
                                 .gaps = g_array_new (FALSE, FALSE, sizeof (YmJournalGap)) };
  if (!ym_journal_salvage_count_found (journal->db, head, salvage, error) || !ym_journal_begin (journal, error))
    return FALSE;
  if (!take (journal, device, head, error))
    {
      ym_journal_rollback (journal);
      return FALSE;
    }
  return ym_journal_commit (journal, error) && ym_journal_salvage_count_taken (journal->db, device, head, salvage, error);
}
