/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"

G_BEGIN_DECLS

/* Names of the client's small facts. */
#define YM_SYNC_FACT_COUNTER "counter"
#define YM_SYNC_FACT_TRIED_AT "tried-at"
#define YM_SYNC_FACT_SUCCEEDED_AT "succeeded-at"
#define YM_SYNC_FACT_ERROR "error"
#define YM_SYNC_FACT_ERROR_CODE "error-code"
#define YM_SYNC_FACT_HEALING "healing" /* 1 until all that a restored ledger holds is here */
#define YM_SYNC_FACT_ENROL_ADDRESS "enrol-address"
#define YM_SYNC_FACT_ENROL_CODE "enrol-code"
#define YM_SYNC_FACT_ENROL_NAME "enrol-name"

/** ym_sync_fact_get: Null if it was never set. */
gboolean ym_sync_fact_get (sqlite3 *db, const char *name, YmValue *value, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sync_fact_get_integer: 0 if it was never set. */
gboolean ym_sync_fact_get_integer (sqlite3 *db, const char *name, gint64 *integer,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sync_fact_set_integer: / ym_sync_fact_set_text: @text may be %NULL, which forgets the fact. */
gboolean ym_sync_fact_set_integer (sqlite3 *db, const char *name, gint64 integer,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_sync_fact_set_text (sqlite3 *db, const char *name, const char *text,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_sync_next_counter:
 * @least: no lower than this
 *
 * The number for the next signed request, kept before it is sent, so that none is ever used twice. Inside a transaction.
 */
gboolean ym_sync_next_counter (sqlite3 *db, guint64 least, guint64 *counter, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
