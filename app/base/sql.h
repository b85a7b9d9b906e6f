/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "app/base/value.h"

G_BEGIN_DECLS

/**
 * ym_sql_prepare:
 * @db: the connection
 * @sql: one statement, with a `?` for each letter of @types
 * @types: what follows, one letter each: `i` gint64, `t` text (or %NULL), `d` const YmId *, `h` const
 *   YmHash *, `b` GBytes * (or %NULL), `v` const YmValue *
 *
 * A statement ready to step, its parameters bound and copied. `d`, `h` may be %NULL: null is bound.
 *
 * Returns: (transfer full): %NULL with YM_ERROR_STORAGE or YM_ERROR_DAMAGED
 */
sqlite3_stmt *ym_sql_prepare (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_prepare_va: As ym_sql_prepare(). */
sqlite3_stmt *ym_sql_prepare_va (sqlite3 *db, GError **error, const char *sql, const char *types,
                                 va_list *arguments) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_prepare_unbound: A statement whose parameters ym_sql_bind() gives. */
sqlite3_stmt *ym_sql_prepare_unbound (sqlite3 *db, GError **error, const char *sql) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_bind: Binds parameters from number @first (1 is the leftmost) on, with @types as for ym_sql_prepare(). */
gboolean ym_sql_bind (sqlite3_stmt *statement, int first, GError **error, const char *types, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_sql_keep_statements:
 *
 * From now on what ym_sql_release() takes back of @db stays prepared for who asks for the same words again.
 */
void ym_sql_keep_statements (sqlite3 *db);

/** ym_sql_drop_statements: Finalizes what is kept; before @db is closed, or SQLite refuses to close it. */
void ym_sql_drop_statements (sqlite3 *db);

/** ym_sql_release: Gives @statement back, on the thread of its connection; %NULL is allowed. g_autoptr does it. */
void ym_sql_release (sqlite3_stmt *statement);

/** YmSqlStep: What a step gave. */
typedef enum {
  YM_SQL_FAILED = -1,
  YM_SQL_DONE = 0,
  YM_SQL_ROW = 1,
} YmSqlStep;

/** ym_sql_step: The next row, if there is one. */
YmSqlStep ym_sql_step (sqlite3_stmt *statement, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_execute: Prepares as ym_sql_prepare() and runs to the end. */
gboolean ym_sql_execute (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_script: Runs several statements without parameters. */
gboolean ym_sql_script (sqlite3 *db, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_integer: The first column of the first row into @result; FALSE with YM_ERROR_NOT_FOUND if none. */
gboolean ym_sql_integer (sqlite3 *db, gint64 *result, GError **error, const char *sql, const char *types, ...)
    G_GNUC_WARN_UNUSED_RESULT;

/** ym_sql_column_value: (transfer full): A column as a value; a REAL, which we never store, is null. */
YmValue ym_sql_column_value (sqlite3_stmt *statement, int column);

/** ym_sql_column_bytes: (transfer full) (nullable): A BLOB, or %NULL for null. */
GBytes *ym_sql_column_bytes (sqlite3_stmt *statement, int column);

/** ym_sql_column_text: (transfer none) (nullable): Valid until the next step. */
const char *ym_sql_column_text (sqlite3_stmt *statement, int column);

/** ym_sql_column_id: The id in a column; zero if it is null or of another length. */
YmId ym_sql_column_id (sqlite3_stmt *statement, int column);
YmHash ym_sql_column_hash (sqlite3_stmt *statement, int column);

/** ym_sql_set_error: Turns what @db last said into a GError: storage, damage or somebody else's lock. */
void ym_sql_set_error (sqlite3 *db, GError **error);

/**
 * ym_sql_begin: / ym_sql_commit: / ym_sql_rollback:
 *
 * One write transaction. A commit that fails is rolled back: nothing of it was done.
 */
gboolean ym_sql_begin (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_sql_commit (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_sql_rollback (sqlite3 *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, ym_sql_release)

G_END_DECLS
