/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_RECONCILE_PAGE (ym_reconcile_page_get_type ())
G_DECLARE_FINAL_TYPE (YmReconcilePage, ym_reconcile_page, YM, RECONCILE_PAGE, YmSheet)

/**
 * ym_reconcile_page_new:
 * @visit: (nullable): the visit at which it is done
 *
 * The body of a page that lays the home's own log beside the police's (R5): the log is typed, the lists are drawn, pairs are
 * joined and parted by hand, and what came out is kept or made an issue of.
 */
GtkWidget *ym_reconcile_page_new (YmSession *session, const YmId *home, const YmId *visit);

/** ym_reconcile_page_type: Turns to where the home's log is typed. */
void ym_reconcile_page_type (YmReconcilePage *self);

G_END_DECLS
