/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's small facts, of which there is one each. */

#include "sync/client/fact.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/chain-point.h"

gboolean
ym_sync_fact_get (sqlite3 *db, const char *name, YmValue *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (db, error, "SELECT value FROM sync_fact WHERE name = ?", "t", name);
  YmSqlStep step;

  *value = (YmValue) YM_VALUE_INIT;
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    *value = ym_sql_column_value (statement, 0);
  return step != YM_SQL_FAILED;
}

gboolean
ym_sync_fact_get_integer (sqlite3 *db, const char *name, gint64 *integer, GError **error)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (!ym_sync_fact_get (db, name, &value, error))
    return FALSE;
  *integer = value.kind == YM_VALUE_INTEGER ? value.integer : 0;
  return TRUE;
}

static gboolean
set (sqlite3 *db, const char *name, const YmValue *value, GError **error)
{
  return ym_sql_execute (db, error, "INSERT OR REPLACE INTO sync_fact (name, value) VALUES (?, ?)", "tv", name, value);
}

gboolean
ym_sync_fact_set_integer (sqlite3 *db, const char *name, gint64 integer, GError **error)
{
  YmValue value = ym_value_integer (integer);

  return set (db, name, &value, error);
}

gboolean
ym_sync_fact_set_text (sqlite3 *db, const char *name, const char *text, GError **error)
{
  g_auto (YmValue) value = ym_value_text (text);

  return set (db, name, &value, error);
}

gboolean
ym_sync_next_counter (sqlite3 *db, guint64 least, guint64 *counter, GError **error)
{
  gint64 last;

  if (!ym_sync_fact_get_integer (db, YM_SYNC_FACT_COUNTER, &last, error))
    return FALSE;
  *counter = MAX ((guint64) last + 1, least);
  if (*counter > YM_SEQUENCE_MAX)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                           _ ("The server asks for a request number that can't be. Ask your administrator to look at it."));
      return FALSE;
    }
  return ym_sync_fact_set_integer (db, YM_SYNC_FACT_COUNTER, (gint64) *counter, error);
}
