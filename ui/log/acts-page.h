/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_ACTS_PAGE (ym_acts_page_get_type ())
G_DECLARE_FINAL_TYPE (YmActsPage, ym_acts_page, YM, ACTS_PAGE, YmSheet)

/**
 * ym_acts_page_new:
 *
 * The body of a page with what the officer did, as the law wants it logged (R13): by kind and time, and given out as CSV,
 * which is logged too.
 */
GtkWidget *ym_acts_page_new (YmSession *session);

G_END_DECLS
