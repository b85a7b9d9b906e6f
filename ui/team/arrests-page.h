/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_ARRESTS_PAGE (ym_arrests_page_get_type ())
G_DECLARE_FINAL_TYPE (YmArrestsPage, ym_arrests_page, YM, ARRESTS_PAGE, YmSheet)

/** ym_arrests_page_new: (transfer floating): Arrests of children from a home with their reviews, and its debriefs. */
GtkWidget *ym_arrests_page_new (YmSession *session, const YmId *home);

G_END_DECLS
