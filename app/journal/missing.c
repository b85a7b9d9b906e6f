/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was lost with a ledger for good, as far as what is left names it. */

#include "app/journal/missing.h"

#include "app/journal/lineage.h"

GArray *
ym_journal_missing (sqlite3 *db, GError **error)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (YmMissing));
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      db, error,
      "SELECT author, chain, before + 1, sequence - 1 FROM (SELECT author, chain, sequence, "
      "lag (sequence, 1, 0) OVER (PARTITION BY author, chain ORDER BY sequence) AS before FROM envelope) "
      "WHERE sequence > before + 1 ORDER BY author, chain, sequence",
      "");
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const YmMissing gap = { ym_sql_column_id (rows, 0), ym_sql_column_id (rows, 1),
                              (guint64) sqlite3_column_int64 (rows, 2), (guint64) sqlite3_column_int64 (rows, 3) };

      g_array_append_val (missing, gap);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&missing) : NULL;
}

/* Up to where the ledger was never lost; *@lost FALSE if it never was. */
static gboolean
read_branch (sqlite3 *db, gboolean *lost, guint64 *number, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (db, error, "SELECT value FROM state WHERE name = 'past-epochs'", "");
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);
  g_auto (YmLineage) lineage = { NULL };
  g_autoptr (GBytes) past = step == YM_SQL_ROW ? ym_sql_column_bytes (row, 0) : NULL;

  *number = 0;
  *lost = past != NULL;
  if (past == NULL)
    return step != YM_SQL_FAILED;
  ym_lineage_init (&lineage, &ym_id_zero);
  if (!ym_lineage_decode_past (past, &lineage, error))
    return FALSE;
  if (lineage.past->len > 0)
    *number = g_array_index (lineage.past, YmPosition, 0).number;
  return TRUE;
}

/* Whether the author's envelope before this one in its stream is here. */
static gboolean
look_before (sqlite3 *db, GBytes *body, GArray *missing, GError **error)
{
  YmEnvelope header;
  YmMissing gap;
  gint64 here;

  if (!ym_envelope_decode (body, &header, error))
    return FALSE;
  if (header.stream_previous_sequence == 0)
    return TRUE;
  if (!ym_sql_integer (db, &here, error, "SELECT count(*) FROM envelope WHERE author = ? AND chain = ? AND sequence = ?",
                       "ddi", &header.author, &header.chain, (gint64) header.stream_previous_sequence))
    return FALSE;
  gap = (YmMissing){ header.author, header.chain, header.stream_previous_sequence, header.stream_previous_sequence };
  if (here == 0)
    g_array_append_val (missing, gap);
  return TRUE;
}

GArray *
ym_journal_missing_here (sqlite3 *db, GError **error)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (YmMissing));
  g_autoptr (sqlite3_stmt) rows = NULL;
  YmSqlStep step = YM_SQL_DONE;
  guint64 number;
  gboolean lost;

  if (!read_branch (db, &lost, &number, error))
    return NULL;
  if (!lost)
    return g_steal_pointer (&missing);
  rows = ym_sql_prepare (db, error,
                         "SELECT body FROM envelope WHERE coalesce (position, 0x7fffffffffffffff) > ? "
                         "AND scope NOT IN (SELECT scope FROM backfill) ORDER BY author, chain, sequence",
                         "i", (gint64) number);
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);

      if (!look_before (db, body, missing, error))
        return NULL;
    }
  return rows != NULL && step == YM_SQL_DONE ? g_steal_pointer (&missing) : NULL;
}
