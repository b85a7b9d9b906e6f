/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_CALLS_PAGE (ym_calls_page_get_type ())
G_DECLARE_FINAL_TYPE (YmCallsPage, ym_calls_page, YM, CALLS_PAGE, YmSheet)

/**
 * ym_calls_page_new:
 *
 * The body of a page with the calls of a home, a month at a time: how many of those that raise a joint inspection (R6), how
 * each was judged (R4), and a way to type one where there is no export.
 */
GtkWidget *ym_calls_page_new (YmSession *session, const YmId *home);

G_END_DECLS
