/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Homes whose earlier envelopes are still coming in: how far they have come, and what has to wait for them. */

#include "app/journal/backfill.h"

/* What was hashed while something was missing in between is hashed again by the next advance. */
static gboolean
forget_hashes (sqlite3 *db, const YmId *scope, GError **error)
{
  return ym_sql_execute (db, error, "UPDATE envelope SET stream_hash = NULL WHERE scope = ? AND stream_hash IS NOT NULL",
                         "d", scope);
}

gboolean
ym_journal_set_backfill (YmJournal *journal, const YmId *scope, guint64 number, gboolean complete, GError **error)
{
  sqlite3 *db = ym_journal_get_db (journal);

  if (!complete)
    return ym_sql_execute (db, error, "INSERT OR REPLACE INTO backfill (scope, number) VALUES (?, ?)", "di", scope,
                           (gint64) number);
  return forget_hashes (db, scope, error)
         && ym_sql_execute (db, error, "DELETE FROM backfill WHERE scope = ?", "d", scope);
}

GArray *
ym_journal_backfills (sqlite3 *db, GError **error)
{
  g_autoptr (GArray) backfills = g_array_new (FALSE, FALSE, sizeof (YmJournalBackfill));
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (db, error, "SELECT scope, number FROM backfill ORDER BY scope", "");
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmJournalBackfill backfill
          = { ym_sql_column_id (statement, 0), (guint64) sqlite3_column_int64 (statement, 1) };

      g_array_append_val (backfills, backfill);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&backfills) : NULL;
}
