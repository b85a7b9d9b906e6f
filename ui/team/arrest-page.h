/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_ARREST_PAGE (ym_arrest_page_get_type ())
G_DECLARE_FINAL_TYPE (YmArrestPage, ym_arrest_page, YM, ARREST_PAGE, YmSheet)

/** ym_arrest_page_new: (transfer floating): One review with its ten points, until when it is due, and the views sought. */
GtkWidget *ym_arrest_page_new (YmSession *session, const YmId *review);

G_END_DECLS
