/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_ISSUE_CARDS (ym_issue_cards_get_type ())
G_DECLARE_FINAL_TYPE (YmIssueCards, ym_issue_cards, YM, ISSUE_CARDS, GtkWidget)

/**
 * ym_issue_cards_new:
 * @home: whose issues
 * @visit: (nullable): the visit at which they are gone through; steps and new issues name it
 *
 * The home's unsettled issues, each with a button for its next step, and a button that opens a new one. Those that were
 * settled at @visit stay in sight. Looks again whenever the notebook changed.
 */
GtkWidget *ym_issue_cards_new (YmSession *session, const YmId *home, const YmId *visit);

G_END_DECLS
