/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/issue.h"
#include "app/returns/words.h"

G_BEGIN_DECLS

/**
 * YmReturnEdition:
 * @given: what it says
 * @number: its issue, or 0 for a preview
 * @at_us: when it was issued, or previewed
 * @issued: (nullable): the record of its issue
 * @changes: (nullable) (element-type YmReturnChange): what it says otherwise than the issue before it; %NULL for the first
 *
 * A return as it is looked at or given out (R7): a preview of what the records say now, or one that was issued.
 */
typedef struct {
  YmReturn *given;
  guint number;
  gint64 at_us;
  YmRecord *issued;
  GPtrArray *changes;
} YmReturnEdition;

void ym_return_edition_free (YmReturnEdition *edition);

/**
 * ym_return_check_lead:
 *
 * Whether the officer of this device is the force lead, who alone has every home and issues returns. Errors:
 * YM_ERROR_AUTHORITY.
 */
gboolean ym_return_check_lead (YmDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_return_edition_preview:
 * @home: (nullable): one home, on a device that has it; %NULL for the whole force, by its lead alone: what another officer
 *   has is a part of it and must not be taken for the whole
 *
 * Returns: (transfer full) (nullable): what would be issued now, and how it differs from the last issue
 */
YmReturnEdition *ym_return_edition_preview (YmDesk *desk, const YmPeriod *period, const YmId *home, GError **error);

/**
 * ym_return_edition_issued:
 * @number: which issue; 0 for the last. Errors: YM_ERROR_NOT_FOUND.
 *
 * Returns: (transfer full) (nullable): what was issued, word for word
 */
YmReturnEdition *ym_return_edition_issued (YmDesk *desk, const YmPeriod *period, const YmId *home, guint number,
                                           GError **error);

/**
 * ym_return_edition_issue:
 * @recipient: to whom it is disclosed (R13)
 * @justification: and why
 *
 * Issues what the records say now. On the writing lane, by the force lead.
 *
 * Returns: (transfer full) (nullable): the issue
 */
YmReturnEdition *ym_return_edition_issue (YmDesk *desk, const YmPeriod *period, const YmId *home, const char *recipient,
                                          const char *justification, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** YmReturnFormat: How a return is written. */
typedef enum {
  YM_RETURN_XLSX,
  YM_RETURN_CSV, /* a file for each table */
  YM_RETURN_PDF,
  YM_RETURN_N_FORMATS,
} YmReturnFormat;

/** ym_return_format_name: (transfer none): "xlsx", "csv" or "pdf", which is also how the file's name ends. */
const char *ym_return_format_name (YmReturnFormat format);

/** ym_return_edition_file_name: (transfer full): Such as return-2026-03-1-cy.xlsx, return-2026-03-preview-en.pdf;
 * @registration_no: (nullable): of the home that it is about. */
char *ym_return_edition_file_name (const YmReturnEdition *edition, const char *registration_no, const YmWords *words,
                                   YmReturnFormat format);

/**
 * ym_return_edition_write:
 * @path: the file; for tables as CSV each table's name is put before its ending: return-calls.csv
 * @replace: whether files of those names are replaced
 *
 * Writes the edition: each file is there whole or not at all. Blocks. Errors: YM_ERROR_INVALID where a file of that name is
 * there and must not be replaced, YM_ERROR_STORAGE.
 *
 * Returns: (transfer full) (nullable): the paths of what was written
 */
GStrv ym_return_edition_write (const YmReturnEdition *edition, const YmWords *words, YmReturnFormat format,
                               const char *path, gboolean replace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmReturnEdition, ym_return_edition_free)

G_END_DECLS
