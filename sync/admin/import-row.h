/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "sync/admin/mapping.h"

G_BEGIN_DECLS

/** ym_import_form: (nullable): What "homes", "calls" or another plural names, of all that can be imported. */
const YmForm *ym_import_form (const char *plural);

/**
 * ym_import_columns:
 *
 * Returns: (transfer container): the columns that a spreadsheet of such records may have: its fields' names; for a
 * reference the key of what it refers to, such as registration_no
 */
const char **ym_import_columns (const YmForm *form);

/**
 * YmImportRows:
 *
 * The rows of a spreadsheet as records, read one at a time.
 */
typedef struct _YmImportRows YmImportRows;

/**
 * ym_import_rows_new:
 * @journal: where references are looked up; outlives the rows, as @form, @csv and @mapping do
 * @csv: gets a problem for each required column that is missing, and a remark for each that nobody reads
 */
YmImportRows *ym_import_rows_new (YmJournal *journal, const YmForm *form, YmCsv *csv, const YmMapping *mapping);
void ym_import_rows_free (YmImportRows *rows);

/**
 * ym_import_rows_read:
 *
 * Returns: (transfer full) (nullable): the record, with no id and scope yet; %NULL if something in the row is wrong, all of
 * it being added to the table's problems
 */
YmRecord *ym_import_rows_read (YmImportRows *rows, guint row);

/** ym_import_rows_has: Whether the file speaks of the field with this place in the form. */
gboolean ym_import_rows_has (const YmImportRows *rows, guint field);

/** ym_import_rows_head: (transfer none) (nullable): The heading that the file has for a field, for what is said of it. */
const char *ym_import_rows_head (const YmImportRows *rows, guint field_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmImportRows, ym_import_rows_free)

G_END_DECLS
