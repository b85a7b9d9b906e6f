/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite's result codes as errors that a user can act on. */

#include "app/vault/database.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/sql.h"

typedef struct {
  int result; /* extended, or primary for all of its kind */
  YmError code;
  const char *message;
} Meaning;

/* The first that fits stands. */
static const Meaning meanings[] = {
  { SQLITE_IOERR_DATA, YM_ERROR_DAMAGED, N_ ("The store is damaged: a page is not what was written. Nothing was thrown away; restore it or sync again.") },
  { SQLITE_CORRUPT, YM_ERROR_DAMAGED, N_ ("The store is damaged. Nothing was thrown away; restore it or sync again.") },
  { SQLITE_NOTADB, YM_ERROR_DAMAGED, N_ ("The store's file does not belong to its keyring. Nothing was thrown away; put the right file back.") },
  { SQLITE_FULL, YM_ERROR_STORAGE, N_ ("The disk is full and nothing was saved. Make space and try again.") },
  { SQLITE_NOMEM, YM_ERROR_STORAGE, N_ ("There is not enough memory and nothing was saved. Close other programs and try again.") },
  { SQLITE_IOERR, YM_ERROR_STORAGE, N_ ("The disk refused to read or write. Nothing was saved since; lock and unlock the store.") },
  { SQLITE_READONLY, YM_ERROR_STORAGE, N_ ("The store can only be read here. Nothing was saved.") },
  { SQLITE_CANTOPEN, YM_ERROR_STORAGE, N_ ("The store's file can't be opened. Check that it is there and that you may write it.") },
  { SQLITE_BUSY, YM_ERROR_BUSY, N_ ("Another program holds the store. Close it and try again.") },
  { SQLITE_LOCKED, YM_ERROR_BUSY, N_ ("The store is in use just now. Try again.") },
};

void
ym_database_set_error (GError **error, sqlite3 *database, int result)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].result == result || meanings[i].result == (result & 0xff))
      {
        g_set_error_literal (error, YM_ERROR, meanings[i].code, _ (meanings[i].message));
        return;
      }
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("The database refused: %s."),
               database != NULL ? sqlite3_errmsg (database) : sqlite3_errstr (result));
}

gboolean
ym_database_execute (sqlite3 *database, const char *sql, GError **error)
{
  int result = sqlite3_exec (database, sql, NULL, NULL, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  ym_database_set_error (error, database, sqlite3_extended_errcode (database));
  return FALSE;
}

/* SQLite refuses only while a statement is left, and then would go on using the VFS. */
void
ym_database_close (sqlite3 *database)
{
  int result;

  if (database == NULL)
    return;
  ym_sql_drop_statements (database);
  result = sqlite3_close (database);
  g_assert (result == SQLITE_OK);
}
