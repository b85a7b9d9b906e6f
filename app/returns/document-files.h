/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/document.h"
#include "app/returns/edition.h"

G_BEGIN_DECLS

/**
 * ym_document_write_files:
 * @names: (nullable) (array): what is put after the stem for each table as CSV; %NULL for numbers from 1
 * @path: the file; of CSV, a file for each table: STEM-NAME.csv
 * @replace: whether files of those names are replaced
 *
 * Writes the document, each file made beside its place and moved there when it is whole. Blocks. Errors: YM_ERROR_INVALID
 * where a file of that name is there and must not be replaced, YM_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the names of the files
 */
GStrv ym_document_write_files (const YmDocument *document, YmReturnFormat format, const char *const *names,
                               const char *path, gboolean replace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
