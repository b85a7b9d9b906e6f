/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/forms/record.h"
#include "app/journal/digest.h"

G_BEGIN_DECLS

/**
 * ym_tables_migrate:
 *
 * Makes a table for each form, and adds the columns of fields that are new. Inside the caller's transaction.
 */
gboolean ym_tables_migrate (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_tables_read:
 *
 * Returns: (transfer full) (nullable): the record; %NULL with YM_ERROR_NOT_FOUND if there is none
 */
YmRecord *ym_tables_read (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, GError **error);

/** ym_tables_find: As ym_tables_read(), in whatever scope it lies. */
YmRecord *ym_tables_find (sqlite3 *db, const YmForm *form, const YmId *id, GError **error);

/**
 * ym_tables_select:
 * @where: (nullable): what follows the FROM clause, such as "WHERE issue = ? ORDER BY at"
 * @types: the parameters, as for ym_sql_prepare()
 *
 * Returns: (transfer full) (element-type YmRecord) (nullable): the records; %NULL with @error
 */
GPtrArray *ym_tables_select (sqlite3 *db, const YmForm *form, GError **error, const char *where,
                             const char *types, ...) G_GNUC_WARN_UNUSED_RESULT;

/** YmTablesEach: One row; lent for the call. */
typedef void (*YmTablesEach) (gpointer data, const YmRecord *record);

/** ym_tables_each: Every row of a table, one at a time: however many there are, there is memory for it. */
gboolean ym_tables_each (sqlite3 *db, const YmForm *form, YmTablesEach each, gpointer data,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_tables_put:
 * @record: what the fold says the row is
 * @entry: the envelope that first wrote it
 *
 * Writes the row and keeps @digest true. Only the fold calls this.
 */
gboolean ym_tables_put (sqlite3 *db, YmDigest *digest, const YmRecord *record, gint64 entry, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** ym_tables_remove: Takes the row out, if it is there. Only the fold calls this. */
gboolean ym_tables_remove (sqlite3 *db, YmDigest *digest, const YmForm *form, const YmId *scope,
                           const YmId *id, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_tables_encode: (transfer full): A record as deterministic CBOR: what the digest and exports see. */
GBytes *ym_tables_encode (const YmRecord *record);

G_END_DECLS
