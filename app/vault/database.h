/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * ym_database_set_error:
 * @result: an SQLite result code, extended or not, other than SQLITE_OK, ROW and DONE
 *
 * Sets @error to what the failure means to the user: YM_ERROR_STORAGE (full, unwritable, failed), YM_ERROR_BUSY,
 * YM_ERROR_DAMAGED (a page that does not authenticate, a malformed database), else YM_ERROR_INVALID (a constraint,
 * a mistake in SQL) with SQLite's own words. @database may be NULL.
 */
void ym_database_set_error (GError **error, sqlite3 *database, int result);

/** ym_database_execute: Executes @sql, one statement or several; sets @error as ym_database_set_error() does. */
gboolean ym_database_execute (sqlite3 *database, const char *sql, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_database_close: Closes @database, which kept its statements; all others are finalized by then. NULL is allowed. */
void ym_database_close (sqlite3 *database);

G_END_DECLS
