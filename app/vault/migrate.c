/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Brings a store's tables to what this program expects. */

#include "app/vault/migrate.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/vault/database.h"

static gboolean
read_version (sqlite3 *database, guint *version, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int result = sqlite3_prepare_v2 (database, "PRAGMA user_version", -1, &statement, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    *version = (guint) sqlite3_column_int (statement, 0);
  else
    ym_database_set_error (error, database, sqlite3_extended_errcode (database));
  sqlite3_finalize (statement);
  return result == SQLITE_ROW;
}

static gboolean
take_step (sqlite3 *database, const YmMigration *step, guint to, gpointer context, GError **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %u", to);

  return ym_database_execute (database, "BEGIN IMMEDIATE", error)
         && (step->sql == NULL || ym_database_execute (database, step->sql, error))
         && (step->run == NULL || step->run (database, context, error))
         && ym_database_execute (database, set_version, error) && ym_database_execute (database, "COMMIT", error);
}

gboolean
ym_migrate (sqlite3 *database, const YmMigration *steps, guint n_steps, gpointer context, GError **error)
{
  guint version;

  if (!read_version (database, &version, error))
    return FALSE;
  if (version > n_steps)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("A newer version of this program has used the store. Update the program."));
      return FALSE;
    }
  for (; version < n_steps; version++)
    if (!take_step (database, &steps[version], version + 1, context, error))
      {
        if (!sqlite3_get_autocommit (database))
          sqlite3_exec (database, "ROLLBACK", NULL, NULL, NULL);
        return FALSE;
      }
  return TRUE;
}
