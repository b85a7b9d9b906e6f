/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * When the server's ledger was put back from a backup: what stood above the branch has no place any more. The envelopes
 * stay, folded as they were judged, and wait to be offered; nothing is signed again, and nothing is thrown away.
 *
 * An envelope without a position that was received once is one of these: what is only here was never received.
 */

#include "app/journal/journal-private.h"
#include "app/journal/lineage.h"

#include "app/base/error.h"
#include "app/journal/fold.h"

gboolean
ym_journal_read_lineage (YmJournal *journal, YmLineage *lineage, GError **error)
{
  g_auto (YmValue) past = YM_VALUE_INIT;
  YmPosition cursor;
  gboolean found;

  if (!ym_journal_read_cursor (journal, &found, &cursor, error)
      || !ym_journal_state_get (journal->db, "past-epochs", &past, error))
    return FALSE;
  ym_lineage_init (lineage, &cursor.epoch);
  if (past.kind != YM_VALUE_BYTES || ym_lineage_decode_past (past.bytes, lineage, error))
    return TRUE;
  ym_lineage_clear (lineage);
  return FALSE;
}

/* A record that has to be made anew. */
typedef struct {
  guint type;
  YmId scope;
  YmId record;
} Touched;

static GArray *
list_touched (sqlite3 *db, guint64 number, GError **error)
{
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (Touched));
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (db, error,
                        "SELECT DISTINCT o.type, o.scope, o.record FROM envelope e JOIN operation o ON o.entry = e.entry "
                        "WHERE e.position > ?",
                        "i", (gint64) number);
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const Touched one = { (guint) sqlite3_column_int64 (rows, 0), ym_sql_column_id (rows, 1),
                            ym_sql_column_id (rows, 2) };

      g_array_append_val (touched, one);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&touched) : NULL;
}

/* The digest of what loses its place: with the place, and without. */
static gboolean
move_digest (YmJournal *journal, guint64 number, guint64 *n_given_up, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (journal->db, error,
                        "SELECT entry, hash, position, disposition FROM envelope WHERE position > ?", "i",
                        (gint64) number);
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const YmHash hash = ym_sql_column_hash (rows, 1);
      YmPlacement placement = { .placed = TRUE,
                                .position = { .number = (guint64) sqlite3_column_int64 (rows, 2) },
                                .disposition = (YmDisposition) sqlite3_column_int64 (rows, 3) };
      g_autoptr (GBytes) with = ym_journal_envelope_row (sqlite3_column_int64 (rows, 0), &hash, &placement);
      g_autoptr (GBytes) without = NULL;

      placement.placed = FALSE;
      without = ym_journal_envelope_row (sqlite3_column_int64 (rows, 0), &hash, &placement);
      ym_digest_remove (&journal->digest, with);
      ym_digest_add (&journal->digest, without);
      ++*n_given_up;
    }
  return step == YM_SQL_DONE;
}

static gboolean
give_up (YmJournal *journal, guint64 number, guint64 *n_given_up, GError **error)
{
  g_autoptr (GArray) touched = list_touched (journal->db, number, error);

  if (touched == NULL || !move_digest (journal, number, n_given_up, error)
      || !ym_sql_execute (journal->db, error,
                          "UPDATE envelope SET position = NULL, epoch = NULL, stream_hash = NULL WHERE position > ?", "i",
                          (gint64) number))
    return FALSE;
  for (guint i = 0; i < touched->len; i++)
    {
      const Touched *one = &g_array_index (touched, Touched, i);

      if (!ym_fold_record (journal->db, &journal->digest, one->type, &one->scope, &one->record, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ym_journal_note_past (YmJournal *journal, const YmLineage *lineage, GError **error)
{
  g_autoptr (GBytes) past = ym_lineage_encode_past (lineage);
  const YmValue value = { .kind = YM_VALUE_BYTES, .bytes = past };

  return ym_journal_state_set (journal->db, "past-epochs", &value, error);
}

gboolean
ym_journal_branch (YmJournal *journal, const YmLineage *lineage, guint64 *n_given_up, GError **error)
{
  g_auto (YmLineage) known = { NULL };
  YmPosition cursor;
  guint64 shared;
  gboolean found;

  g_assert (journal->in_transaction);
  *n_given_up = 0;
  if (!ym_journal_read_cursor (journal, &found, &cursor, error) || !ym_journal_read_lineage (journal, &known, error))
    return FALSE;
  shared = found ? ym_lineage_shared (&known, lineage) : 0;
  cursor = (YmPosition){ lineage->epoch, MIN (cursor.number, shared) };
  return give_up (journal, MIN (shared, (guint64) G_MAXINT64), n_given_up, error)
         && ym_sql_execute (journal->db, error, "UPDATE backfill SET number = min (number, ?)", "i",
                            (gint64) cursor.number)
         && ym_journal_note_past (journal, lineage, error) && ym_journal_advance (journal, &cursor, error);
}
