/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thin layer over SQLite: parameters bound in one call, and every failure a GError that says what to do. */

#include "app/base/sql.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/sql-private.h"

void
ym_sql_set_error (sqlite3 *db, GError **error)
{
  int code = sqlite3_errcode (db);

  switch (code & 0xff)
    {
    case SQLITE_FULL:
      g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                           _ ("There is no room left on this device. Nothing was changed; make room and try again."));
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED,
                   _ ("The store on this device is damaged (%s). Nothing was thrown away; ask your administrator."),
                   sqlite3_errmsg (db));
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error_literal (error, YM_ERROR, YM_ERROR_BUSY,
                           _ ("Another program is using the store. Close it and try again."));
      break;
    default:
      g_set_error (error, YM_ERROR, YM_ERROR_STORAGE,
                   _ ("The store could not be read or written (%s). Nothing was changed; try again."),
                   sqlite3_errmsg (db));
    }
}

static int
bind_bytes (sqlite3_stmt *statement, int index, gconstpointer data, gsize length)
{
  return data == NULL ? sqlite3_bind_null (statement, index)
                      : sqlite3_bind_blob64 (statement, index, data, length, SQLITE_TRANSIENT);
}

static int
bind_gbytes (sqlite3_stmt *statement, int index, GBytes *bytes)
{
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    return sqlite3_bind_null (statement, index);
  data = g_bytes_get_data (bytes, &length);
  /* A null pointer would bind null, but no bytes are not no value. */
  return length == 0 ? sqlite3_bind_zeroblob (statement, index, 0)
                     : bind_bytes (statement, index, data, length);
}

static int
bind_value (sqlite3_stmt *statement, int index, const YmValue *value)
{
  switch (value->kind)
    {
    case YM_VALUE_INTEGER:
      return sqlite3_bind_int64 (statement, index, value->integer);
    case YM_VALUE_TEXT:
      return sqlite3_bind_text (statement, index, value->text, -1, SQLITE_TRANSIENT);
    case YM_VALUE_BYTES:
      return bind_gbytes (statement, index, value->bytes);
    case YM_VALUE_NULL:
      break;
    }
  return sqlite3_bind_null (statement, index);
}

static int
bind_next (sqlite3_stmt *statement, int index, char type, va_list *arguments)
{
  switch (type)
    {
    case 'i':
      return sqlite3_bind_int64 (statement, index, va_arg (*arguments, gint64));
    case 't':
      return sqlite3_bind_text (statement, index, va_arg (*arguments, const char *), -1, SQLITE_TRANSIENT);
    case 'd':
      return bind_bytes (statement, index, va_arg (*arguments, const YmId *), YM_ID_BYTES);
    case 'h':
      return bind_bytes (statement, index, va_arg (*arguments, const YmHash *), YM_HASH_BYTES);
    case 'b':
      return bind_gbytes (statement, index, va_arg (*arguments, GBytes *));
    case 'v':
      return bind_value (statement, index, va_arg (*arguments, const YmValue *));
    default:
      g_assert_not_reached ();
    }
}

static gboolean
bind_all (sqlite3_stmt *statement, int first, GError **error, const char *types, va_list *arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    if (bind_next (statement, first + i, types[i], arguments) != SQLITE_OK)
      {
        ym_sql_set_error (sqlite3_db_handle (statement), error);
        return FALSE;
      }
  return TRUE;
}

sqlite3_stmt *
ym_sql_prepare_unbound (sqlite3 *db, GError **error, const char *sql)
{
  sqlite3_stmt *statement = ym_sql_take_statement (db, sql);

  if (statement == NULL)
    ym_sql_set_error (db, error);
  return statement;
}

gboolean
ym_sql_bind (sqlite3_stmt *statement, int first, GError **error, const char *types, ...)
{
  gboolean bound;
  va_list arguments;

  va_start (arguments, types);
  bound = bind_all (statement, first, error, types, &arguments);
  va_end (arguments);
  return bound;
}

sqlite3_stmt *
ym_sql_prepare_va (sqlite3 *db, GError **error, const char *sql, const char *types, va_list *arguments)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare_unbound (db, error, sql);

  if (statement == NULL)
    return NULL;
  g_assert (sqlite3_bind_parameter_count (statement) == (int) strlen (types));
  return bind_all (statement, 1, error, types, arguments) ? g_steal_pointer (&statement) : NULL;
}

sqlite3_stmt *
ym_sql_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = ym_sql_prepare_va (db, error, sql, types, &arguments);
  va_end (arguments);
  return statement;
}

YmSqlStep
ym_sql_step (sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code == SQLITE_ROW)
    return YM_SQL_ROW;
  if (code == SQLITE_DONE)
    return YM_SQL_DONE;
  ym_sql_set_error (sqlite3_db_handle (statement), error);
  return YM_SQL_FAILED;
}

static gboolean
run_to_end (sqlite3_stmt *statement, GError **error)
{
  YmSqlStep step;

  do
    step = ym_sql_step (statement, error);
  while (step == YM_SQL_ROW);
  return step == YM_SQL_DONE;
}

gboolean
ym_sql_execute (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list arguments;

  va_start (arguments, types);
  statement = ym_sql_prepare_va (db, error, sql, types, &arguments);
  va_end (arguments);
  return statement != NULL && run_to_end (statement, error);
}

gboolean
ym_sql_script (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  ym_sql_set_error (db, error);
  return FALSE;
}

gboolean
ym_sql_integer (sqlite3 *db, gint64 *result, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list arguments;
  YmSqlStep step;

  va_start (arguments, types);
  statement = ym_sql_prepare_va (db, error, sql, types, &arguments);
  va_end (arguments);
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    *result = sqlite3_column_int64 (statement, 0);
  else if (step == YM_SQL_DONE)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no such record on this device."));
  return step == YM_SQL_ROW;
}

YmValue
ym_sql_column_value (sqlite3_stmt *statement, int column)
{
  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_INTEGER:
      return ym_value_integer (sqlite3_column_int64 (statement, column));
    case SQLITE_TEXT:
      return ym_value_text (ym_sql_column_text (statement, column));
    case SQLITE_BLOB:
      return (YmValue){ .kind = YM_VALUE_BYTES, .bytes = ym_sql_column_bytes (statement, column) };
    default:
      return (YmValue) YM_VALUE_INIT;
    }
}

GBytes *
ym_sql_column_bytes (sqlite3_stmt *statement, int column)
{
  if (sqlite3_column_type (statement, column) == SQLITE_NULL)
    return NULL;
  return g_bytes_new (sqlite3_column_blob (statement, column), (gsize) sqlite3_column_bytes (statement, column));
}

const char *
ym_sql_column_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

static void
copy_fixed (sqlite3_stmt *statement, int column, gpointer target, gsize length)
{
  if (sqlite3_column_bytes (statement, column) == (int) length)
    memcpy (target, sqlite3_column_blob (statement, column), length);
}

YmId
ym_sql_column_id (sqlite3_stmt *statement, int column)
{
  YmId id = ym_id_zero;

  copy_fixed (statement, column, id.bytes, sizeof id.bytes);
  return id;
}

YmHash
ym_sql_column_hash (sqlite3_stmt *statement, int column)
{
  YmHash hash = { { 0 } };

  copy_fixed (statement, column, hash.bytes, sizeof hash.bytes);
  return hash;
}

gboolean
ym_sql_begin (sqlite3 *db, GError **error)
{
  return ym_sql_execute (db, error, "BEGIN IMMEDIATE", "");
}

gboolean
ym_sql_commit (sqlite3 *db, GError **error)
{
  if (ym_sql_execute (db, error, "COMMIT", ""))
    return TRUE;
  ym_sql_rollback (db);
  return FALSE;
}

void
ym_sql_rollback (sqlite3 *db)
{
  /* After some failures SQLite has rolled back by itself. */
  if (!sqlite3_get_autocommit (db))
    (void) sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
}
