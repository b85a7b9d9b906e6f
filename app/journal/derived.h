/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/forms/record.h"

G_BEGIN_DECLS

/**
 * ym_derived_update:
 * @record: a row that was just folded, or one that was just taken out
 *
 * Keeps true what follows from several rows and is looked up often, so that a list costs what it shows and not what is
 * stored: `issue_status`, the state of each issue (R11). Only the fold calls this.
 */
gboolean ym_derived_update (sqlite3 *db, const YmRecord *record, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_derived_check: Whether what is derived is what would be derived now; reads all issues and their updates. */
gboolean ym_derived_check (sqlite3 *db, gboolean *good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
