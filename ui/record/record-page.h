/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_RECORD_PAGE (ym_record_page_get_type ())
G_DECLARE_FINAL_TYPE (YmRecordPage, ym_record_page, YM, RECORD_PAGE, YmSheet)

/**
 * ym_record_page_new: / ym_history_page_new:
 * @scope: the home of the record, or the force
 *
 * The body of a page with all that one record says and what became of it, field from → to; or with the latter alone. What
 * is recorded about a child is shown only after the officer said why, and that is logged (R13).
 */
GtkWidget *ym_record_page_new (YmSession *session, const YmId *scope, const YmId *record);
GtkWidget *ym_history_page_new (YmSession *session, const YmId *scope, const YmId *record);

G_END_DECLS
