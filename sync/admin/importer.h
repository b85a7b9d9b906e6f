/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/csv.h"
#include "app/journal/journal.h"

G_BEGIN_DECLS

/**
 * YmImportCounts:
 *
 * What an import did to the records.
 */
typedef struct {
  guint inserted;
  guint updated;
  guint unchanged;
} YmImportCounts;

/**
 * ym_import:
 * @author: the administrator's device
 * @form: a form with a natural key. Columns are its fields' names; a reference is headed by the key field of the
 *   form it refers to (registration_no, collar_no); choices by their code, dates YYYY-MM-DD, instants ISO 8601 with
 *   offset
 * @csv: the table; every problem is added to it by line and column, so that all can be mended at once
 *
 * Brings the records up to the file: new rows are inserted, changed ones updated, the same again makes nothing. A column
 * that the file lacks is left as it is; a record that the file lacks is left alone. All or nothing, in one
 * transaction of its own. Errors: YM_ERROR_INVALID, with the problems in @csv.
 */
gboolean ym_import (YmJournal *journal, const YmAuthor *author, const YmForm *form, YmCsv *csv,
                    YmImportCounts *counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
