/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_ISSUE_PAGE (ym_issue_page_get_type ())
G_DECLARE_FINAL_TYPE (YmIssuePage, ym_issue_page, YM, ISSUE_PAGE, GtkWidget)

/**
 * ym_issue_page_new:
 * @issue: an issue (R11)
 *
 * The body of a page about one issue: put it into a #YmPage, whose title it sets. Its state and next step, what it is
 * about and its plan, both changed in place and saved by a button, its actions, its steps. Looks again whenever the
 * notebook changed; what is typed and not saved stays.
 */
GtkWidget *ym_issue_page_new (YmSession *session, const YmId *issue);

G_END_DECLS
