/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements that stay prepared: reading the words of one takes SQLite longer than doing what most of ours say. A save
 * runs some thirty, always the same. */

#include "app/base/sql-private.h"

/* Words made up at run time, such as a search's, must not pile up. */
#define MOST_STATEMENTS 256

static GMutex mutex;
static GHashTable *connections; /* sqlite3 to GHashTable of idle statements, by their words */

static void
free_statement (gpointer statement)
{
  sqlite3_finalize (statement); /* tells again what the last step told */
}

void
ym_sql_keep_statements (sqlite3 *db)
{
  /* The words belong to the statement, so they go with it. */
  GHashTable *idle = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_statement);

  g_mutex_lock (&mutex);
  if (connections == NULL)
    connections = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  g_hash_table_replace (connections, db, idle);
  g_mutex_unlock (&mutex);
}

void
ym_sql_drop_statements (sqlite3 *db)
{
  g_mutex_lock (&mutex);
  if (connections != NULL)
    g_hash_table_remove (connections, db);
  g_mutex_unlock (&mutex);
}

/* The idle statements of @db, which only its own thread touches; NULL if none are kept. */
static GHashTable *
find_idle (sqlite3 *db)
{
  GHashTable *idle = NULL;

  g_mutex_lock (&mutex);
  if (connections != NULL)
    idle = g_hash_table_lookup (connections, db);
  g_mutex_unlock (&mutex);
  return idle;
}

sqlite3_stmt *
ym_sql_take_statement (sqlite3 *db, const char *sql)
{
  GHashTable *idle = find_idle (db);
  gpointer statement = NULL;

  if (idle == NULL)
    (void) sqlite3_prepare_v2 (db, sql, -1, (sqlite3_stmt **) &statement, NULL);
  else if (!g_hash_table_steal_extended (idle, sql, NULL, &statement))
    (void) sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, (sqlite3_stmt **) &statement, NULL);
  return statement;
}

void
ym_sql_release (sqlite3_stmt *statement)
{
  GHashTable *idle = statement == NULL ? NULL : find_idle (sqlite3_db_handle (statement));

  if (idle == NULL || g_hash_table_contains (idle, sqlite3_sql (statement)))
    {
      free_statement (statement);
      return;
    }
  sqlite3_reset (statement); /* as sqlite3_finalize() does */
  sqlite3_clear_bindings (statement);
  if (g_hash_table_size (idle) >= MOST_STATEMENTS)
    g_hash_table_remove_all (idle);
  g_hash_table_insert (idle, (gpointer) sqlite3_sql (statement), statement);
}
