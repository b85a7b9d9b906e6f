/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A revocation that was here before its place in the ledger was, from an identity file: until then it counts against all that
 * it names, because whoever gave out the places might keep it back. Once it has its place, what has a place before it
 * is judged anew, so that this store holds what every other one does.
 */

#include "app/base/error.h"
#include "app/journal/author.h"
#include "app/journal/journal-private.h"
#include "app/journal/stream-rules.h"

static gboolean
judge (YmJournal *journal, const YmArrival *arrival, guint64 number, YmReason *violation, GError **error)
{
  YmCertificate certificate;
  gboolean revoked;

  if (!ym_certificate_read (journal->db, journal->root_key, &arrival->header.author, &certificate, error)
      || !ym_author_is_revoked (journal->db, &arrival->header, number, &revoked, error))
    return FALSE;
  *violation = YM_REASON_REVOKED;
  return revoked
         || ym_stream_rules_judge (journal->db, &journal->force, &certificate, arrival, violation, error);
}

/* Columns: entry, body, change_set, position, disposition. */
static gboolean
judge_again (YmJournal *journal, sqlite3_stmt *row, GError **error)
{
  const gint64 entry = sqlite3_column_int64 (row, 0);
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 1);
  g_autoptr (GBytes) change_set = ym_sql_column_bytes (row, 2);
  const gboolean counts = sqlite3_column_int64 (row, 4) <= YM_DISPOSITION_LATE;
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, error);
  YmReason violation;

  return arrival != NULL && judge (journal, arrival, (guint64) sqlite3_column_int64 (row, 3), &violation, error)
         && ym_sql_execute (journal->db, error,
                            "UPDATE envelope SET violation = ?, folded = change_set IS NOT NULL AND ? WHERE entry = ?", "iii",
                            (gint64) violation, (gint64) (counts && violation == YM_REASON_NONE), entry)
         && ym_journal_fold_again (journal, entry, error);
}

static gboolean
judge_all_again (YmJournal *journal, const YmId *device, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      journal->db, error,
      "SELECT entry, body, change_set, position, disposition FROM envelope "
      "WHERE author = ? AND violation = ? AND position IS NOT NULL ORDER BY position",
      "di", device, (gint64) YM_REASON_REVOKED);
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    if (!judge_again (journal, rows, error))
      return FALSE;
  return step == YM_SQL_DONE;
}

gboolean
ym_journal_place_revocation (YmJournal *journal, gint64 entry, GError **error)
{
  g_autoptr (sqlite3_stmt) named = ym_sql_prepare (
      journal->db, error,
      "SELECT r.device FROM operation o CROSS JOIN revocation r ON r.scope = o.scope AND r.id = o.record "
      "WHERE o.entry = ? AND o.type = ?",
      "ii", entry, (gint64) YM_FORM_REVOCATION);
  YmSqlStep step;

  if (named == NULL)
    return FALSE;
  while ((step = ym_sql_step (named, error)) == YM_SQL_ROW)
    {
      YmId device = ym_sql_column_id (named, 0);

      if (!judge_all_again (journal, &device, error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}
