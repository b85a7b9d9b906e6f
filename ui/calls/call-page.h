/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_CALL_PAGE (ym_call_page_get_type ())
G_DECLARE_FINAL_TYPE (YmCallPage, ym_call_page, YM, CALL_PAGE, YmSheet)

/**
 * ym_call_page_new:
 *
 * The body of a page about one call (R4): what the control room says, and the questions that officers answer about it.
 */
GtkWidget *ym_call_page_new (YmSession *session, const YmId *home, const YmId *call);

G_END_DECLS
