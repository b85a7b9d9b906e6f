/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_INSPECTIONS_PAGE (ym_inspections_page_get_type ())
G_DECLARE_FINAL_TYPE (YmInspectionsPage, ym_inspections_page, YM, INSPECTIONS_PAGE, YmSheet)

/**
 * ym_inspections_page_new:
 *
 * The body of a page with the joint inspections of a home (R6): what somebody must do something about first.
 */
GtkWidget *ym_inspections_page_new (YmSession *session, const YmId *home);

G_END_DECLS
