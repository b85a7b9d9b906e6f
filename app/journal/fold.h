/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/forms/record.h"
#include "app/journal/digest.h"

G_BEGIN_DECLS

/** YM_LEDGER_ORDER: The order in which envelopes count, as SQL over the table's alias. */
#define YM_LEDGER_ORDER(alias)                                                                                         \
  alias ".position IS NULL, " alias ".position, " alias ".received_at IS NULL, " alias ".received_at, " alias ".entry"

/**
 * ym_fold_record:
 * @type: the record type
 * @scope: the home, or the force
 * @id: the record
 *
 * Makes one record's row, and its conflicts, anew from all its operations: those in the ledger in ledger order,
 * then this device's own that are not there yet. The one function behind a save, a colleague's envelope, a
 * refusal, an erasure and a rebuild. A type this program does not know is left alone: its operations are
 * kept for one that does.
 */
gboolean ym_fold_record (sqlite3 *db, YmDigest *digest, guint type, const YmId *scope, const YmId *id,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_fold_compute:
 *
 * What ym_fold_record() would write; nothing is written.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with YM_ERROR_NOT_FOUND if its operations make none
 */
YmRecord *ym_fold_compute (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, GError **error);

/**
 * ym_fold_record_at:
 * @number: a ledger position
 *
 * The record as it stood at that position, by the ledger alone; nothing is written.
 *
 * Returns: (transfer full) (nullable): the record; %NULL with YM_ERROR_NOT_FOUND if there was none then
 */
YmRecord *ym_fold_record_at (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id,
                             guint64 number, GError **error);

G_END_DECLS
