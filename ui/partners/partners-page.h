/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_PARTNERS_PAGE (ym_partners_page_get_type ())
G_DECLARE_FINAL_TYPE (YmPartnersPage, ym_partners_page, YM, PARTNERS_PAGE, YmSheet)

/**
 * ym_partners_page_new:
 *
 * The body of a page with the services beside the police, of one area or all: a press rings or writes to them. It needs no
 * signal but for the call.
 */
GtkWidget *ym_partners_page_new (YmSession *session);

G_END_DECLS
