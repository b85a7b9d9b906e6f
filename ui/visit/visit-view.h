/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_VISIT_VIEW (ym_visit_view_get_type ())
G_DECLARE_FINAL_TYPE (YmVisitView, ym_visit_view, YM, VISIT_VIEW, GtkWidget)

/**
 * ym_visit_view_new:
 * @visit: a signed-off visit
 *
 * The body of a page that shows a visit as it was signed: put it into a #YmPage, whose title it sets. What was not
 * answered is left out; addenda stand beside the original. Looks again whenever the notebook changed.
 */
GtkWidget *ym_visit_view_new (YmSession *session, const YmId *visit);

G_END_DECLS
