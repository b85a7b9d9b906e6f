/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** YM_PDF_ATTACHMENT_NAME: what a reader of PDF calls the attachment. */
#define YM_PDF_ATTACHMENT_NAME "ymweld-evidence.cbor"

/**
 * ym_pdf_attach:
 * @pages: a PDF with a plain cross-reference table, as ym_visit_report_to_pdf() makes it
 * @attachment: any bytes
 *
 * @pages, byte for byte, and after it an incremental update (ISO 32000-1 7.5.6) that attaches @attachment. The same for the
 * same two.
 *
 * Returns: (transfer full) (nullable): the file. Errors: YM_ERROR_MALFORMED for pages that are not of that kind
 */
GBytes *ym_pdf_attach (GBytes *pages, GBytes *attachment, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_pdf_is: Whether the bytes begin as a PDF does. */
gboolean ym_pdf_is (GBytes *bytes);

/**
 * ym_pdf_detach:
 * @file: hostile bytes
 * @pages: (out) (transfer full): what ym_pdf_attach() was given
 * @attachment: (out) (transfer full): and its other argument
 *
 * Takes apart what ym_pdf_attach() put together, and nothing else: putting @pages and @attachment together again must give
 * @file to the last byte. Errors: YM_ERROR_NOT_FOUND for a file without an attachment of ours, YM_ERROR_SIGNATURE for one
 * that was changed.
 */
gboolean ym_pdf_detach (GBytes *file, GBytes **pages, GBytes **attachment, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
