/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_HOME_PAGE (ym_home_page_get_type ())
G_DECLARE_FINAL_TYPE (YmHomePage, ym_home_page, YM, HOME_PAGE, GtkWidget)

/**
 * ym_home_page_new:
 * @home: a home on this device
 *
 * The body of a page about one home: put it into a #YmPage, whose title it sets. How it stands, what is unfinished,
 * its issues, what happened, what is good to know. Looks again whenever the notebook changed or it comes into sight.
 *
 * Signals: "visit-requested" (no arguments): begin a visit, or go on with the one begun; "draft-activated" (a #YmDraft
 * as pointer) and "record-activated" (a #YmRecord as pointer): open it; both valid during the signal.
 */
GtkWidget *ym_home_page_new (YmSession *session, const YmId *home);

const YmId *ym_home_page_get_home (YmHomePage *self);

G_END_DECLS
