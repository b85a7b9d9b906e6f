/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the saves of this device got, as the officer sees it. Read only. */

#include "sync/client/status.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "sync/client/fact.h"

/* What a standing is made of, in this order. */
#define STANDING_COLUMNS "s.sent_at, e.position, e.received_at, e.disposition, e.reason, e.violation"
#define FROM_ENVELOPES "FROM envelope e LEFT JOIN sync_sent s ON s.entry = e.entry "

static YmSyncState
judge (gboolean placed, gboolean sent, guint disposition, guint violation)
{
  if (!placed)
    return sent ? YM_SYNC_STATE_SENT : YM_SYNC_STATE_HERE;
  return disposition >= YM_DISPOSITION_REFUSED || violation != YM_REASON_NONE ? YM_SYNC_STATE_REFUSED
                                                                              : YM_SYNC_STATE_RECEIPTED;
}

static YmSyncStanding
read_standing (sqlite3_stmt *row, int first)
{
  guint violation = (guint) sqlite3_column_int64 (row, first + 5);
  YmSyncStanding standing = {
    .sent_at_us = sqlite3_column_int64 (row, first),
    .position = (guint64) sqlite3_column_int64 (row, first + 1),
    .received_at_us = sqlite3_column_int64 (row, first + 2),
    .disposition = (guint) sqlite3_column_int64 (row, first + 3),
    .reason = (guint) sqlite3_column_int64 (row, first + 4),
  };

  standing.state = judge (sqlite3_column_type (row, first + 1) != SQLITE_NULL,
                          sqlite3_column_type (row, first) != SQLITE_NULL, standing.disposition, violation);
  if (standing.reason == YM_REASON_NONE)
    standing.reason = violation;
  return standing;
}

gboolean
ym_sync_standing_read (sqlite3 *db, guint type, const YmId *scope, const YmId *record, YmSyncStanding *standing,
                       GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      db, error,
      "SELECT " STANDING_COLUMNS " " FROM_ENVELOPES "JOIN operation o ON o.entry = e.entry "
      "WHERE o.scope = ? AND o.record = ? AND o.type = ? "
      "ORDER BY e.position IS NOT NULL, s.sent_at IS NOT NULL, e.position DESC LIMIT 1",
      "ddi", scope, record, (gint64) type);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  if (step == YM_SQL_ROW)
    *standing = read_standing (row, 0);
  if (step == YM_SQL_DONE)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no such record on this device."));
  return step == YM_SQL_ROW;
}

/* @author alone, or whoever has written in this store: more than one after escrow. */
static GArray *
read_authors (sqlite3 *db, const YmId *author, GError **error)
{
  g_autoptr (GArray) authors = g_array_new (FALSE, FALSE, sizeof (YmId));
  g_autoptr (sqlite3_stmt) rows = NULL;
  YmSqlStep step;

  if (author != NULL)
    return g_array_append_vals (g_steal_pointer (&authors), author, 1);
  rows = ym_sql_prepare (db, error, "SELECT DISTINCT author FROM chain WHERE current", "");
  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId own = ym_sql_column_id (rows, 0);

      g_array_append_val (authors, own);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&authors) : NULL;
}

#define SAVE_COLUMNS "SELECT e.entry, e.group_id, e.intent, e.subject, e.scope, e.wall_us, e.group_count, " STANDING_COLUMNS " "
#define LAST_SAVES "AND e.group_index = 0 ORDER BY e.entry DESC LIMIT ?"

/* One author's saves have an index; among several authors', the last ones are found from the end. */
static sqlite3_stmt *
prepare_saves (sqlite3 *db, const YmId *author, guint most, GError **error)
{
  g_autoptr (GArray) authors = read_authors (db, author, error);

  if (authors == NULL)
    return NULL;
  if (authors->len == 1)
    return ym_sql_prepare (db, error, SAVE_COLUMNS FROM_ENVELOPES "WHERE e.author = ? " LAST_SAVES, "di",
                           &g_array_index (authors, YmId, 0), (gint64) most);
  return ym_sql_prepare (db, error,
                         SAVE_COLUMNS FROM_ENVELOPES "WHERE +e.author IN (SELECT author FROM chain WHERE current) " LAST_SAVES,
                         "i", (gint64) most);
}

GArray *
ym_sync_saves_read (sqlite3 *db, const YmId *author, guint most, GError **error)
{
  g_autoptr (GArray) saves = g_array_new (FALSE, FALSE, sizeof (YmSyncSave));
  g_autoptr (sqlite3_stmt) rows = prepare_saves (db, author, most, error);
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmSyncSave save = {
        .group = ym_sql_column_id (rows, 1),
        .subject = ym_sql_column_id (rows, 3),
        .scope = ym_sql_column_id (rows, 4),
        .wall_us = sqlite3_column_int64 (rows, 5),
        .n_envelopes = (guint) sqlite3_column_int64 (rows, 6),
        .standing = read_standing (rows, 7),
      };

      g_strlcpy (save.intent, ym_sql_column_text (rows, 2), sizeof save.intent);
      g_array_append_val (saves, save);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&saves) : NULL;
}

/* Counts what @where leaves of the author's saves by their standing; a save is its first envelope. (With the pluses SQLite
 * goes by the index of what @where says.) */
static gboolean
count_standings (sqlite3 *db, const YmId *author, const char *where, YmSyncOverview *overview, GError **error)
{
  guint *const counters[] = {
    [YM_SYNC_STATE_HERE] = &overview->here,
    [YM_SYNC_STATE_SENT] = &overview->sent,
    [YM_SYNC_STATE_RECEIPTED] = &overview->receipted,
    [YM_SYNC_STATE_REFUSED] = &overview->refused,
  };
  g_autofree char *sql = g_strconcat ("SELECT " STANDING_COLUMNS " " FROM_ENVELOPES
                                      "WHERE +e.author = ? AND +e.group_index = 0 AND ", where, NULL);
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (db, error, sql, "d", author);
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    (*counters[read_standing (rows, 0).state])++;
  return step == YM_SQL_DONE;
}

/* Only what waits and what was not folded is looked at; of the others, years of them, it is enough to know how many. */
static gboolean
count_saves (sqlite3 *db, const YmId *author, YmSyncOverview *overview, GError **error)
{
  YmSyncOverview before = *overview;
  gint64 all;

  if (!ym_sql_integer (db, &all, error, "SELECT count(*) FROM envelope WHERE author = ? AND group_index = 0", "d", author)
      || !count_standings (db, author, "e.position IS NULL", overview, error)
      || !count_standings (db, author, "e.folded = 0 AND +e.position IS NOT NULL", overview, error))
    return FALSE;
  overview->receipted = before.receipted + (guint) all - (overview->here - before.here) - (overview->sent - before.sent)
                        - (overview->refused - before.refused);
  return TRUE;
}

static gboolean
count_all_saves (sqlite3 *db, const YmId *author, YmSyncOverview *overview, GError **error)
{
  g_autoptr (GArray) authors = read_authors (db, author, error);

  for (guint i = 0; authors != NULL && i < authors->len; i++)
    if (!count_saves (db, &g_array_index (authors, YmId, i), overview, error))
      return FALSE;
  return authors != NULL;
}

gboolean
ym_sync_overview_read (sqlite3 *db, const YmId *author, YmSyncOverview *overview, GError **error)
{
  g_auto (YmValue) failure = YM_VALUE_INIT;
  gint64 code, backfills;

  *overview = (YmSyncOverview){ .error_code = -1 };
  if (!count_all_saves (db, author, overview, error)
      || !ym_sql_integer (db, &backfills, error, "SELECT count(*) FROM backfill", "")
      || !ym_sync_fact_get_integer (db, YM_SYNC_FACT_TRIED_AT, &overview->tried_at_us, error)
      || !ym_sync_fact_get_integer (db, YM_SYNC_FACT_SUCCEEDED_AT, &overview->succeeded_at_us, error)
      || !ym_sync_fact_get_integer (db, YM_SYNC_FACT_ERROR_CODE, &code, error)
      || !ym_sync_fact_get (db, YM_SYNC_FACT_ERROR, &failure, error))
    return FALSE;
  overview->backfills = (guint) backfills;
  if (failure.kind == YM_VALUE_TEXT)
    {
      overview->error = g_strdup (failure.text);
      overview->error_code = (int) code;
    }
  return TRUE;
}

void
ym_sync_overview_clear (YmSyncOverview *overview)
{
  g_clear_pointer (&overview->error, g_free);
}
