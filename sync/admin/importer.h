/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/csv.h"
#include "app/journal/journal.h"
#include "sync/admin/mapping.h"

G_BEGIN_DECLS

/**
 * YmImportCounts:
 * @inserted: records that are new
 * @updated: records that changed, those included that @moved
 * @unchanged: rows that say what is known already
 * @moved: calls that were another home's before
 *
 * What an import did to the records.
 */
typedef struct {
  guint inserted;
  guint updated;
  guint unchanged;
  guint moved;
} YmImportCounts;

/**
 * ym_import:
 * @author: the administrator's device
 * @form: a form with a natural key. Columns are its fields' names; a reference is headed by the key field of the
 *   form it refers to (registration_no, collar_no); choices by their code, dates YYYY-MM-DD, instants ISO 8601, without an
 *   offset by London's clock
 * @csv: the table; every problem is added to it by line and column, so that all can be mended at once
 * @mapping: (nullable): how the file says it otherwise
 *
 * Brings the records up to the file: new rows are inserted, changed ones updated, the same again makes nothing. A column
 * that the file lacks is left as it is; a record that the file lacks is left alone. A call that comes under another home
 * is withdrawn from the one it was thought to come from. All or nothing, in one transaction of its own. Errors:
 * YM_ERROR_INVALID, with the problems in @csv.
 */
gboolean ym_import (YmJournal *journal, const YmAuthor *author, const YmForm *form, YmCsv *csv, const YmMapping *mapping,
                    YmImportCounts *counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
