/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/table.h"
#include "app/returns/words.h"

G_BEGIN_DECLS

/**
 * YmDocument:
 * @title: such as "Monthly return, March 2026, issue 1"
 * @force: the force's name; may be ""
 * @fingerprint: (nullable): of the content, printed so that a page can be held against the record of its issue
 * @made_at_us: when it was made
 * @words: its language
 * @tables: (element-type YmTable): in that language
 *
 * Tables on their way to a file.
 */
typedef struct {
  const char *title;
  const char *force;
  const char *fingerprint;
  gint64 made_at_us;
  const YmWords *words;
  GPtrArray *tables;
} YmDocument;

/**
 * ym_document_write_xlsx:
 * @path: the file to make. While it is made, its parts lie beside it in files without a name
 *
 * A workbook: a sheet for each table with real numbers and dates, a frozen header, filters and a print set-up, and the
 * charts on the first sheet. Errors: YM_ERROR_STORAGE.
 */
gboolean ym_document_write_xlsx (const YmDocument *document, const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_document_to_pdf:
 *
 * The same as pages of A4, without a display. Errors: YM_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *ym_document_to_pdf (const YmDocument *document, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
