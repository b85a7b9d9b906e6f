/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/issues.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** ym_issue_open_dialog_present: A new issue of @home. @visit: (nullable): the visit at which it came up. */
void ym_issue_open_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home, const YmId *visit);

/** ym_issue_step_dialog_present: The next step of @issue, or only a note. @visit: (nullable): the visit at which it happened. */
void ym_issue_step_dialog_present (GtkWindow *parent, YmSession *session, const YmIssue *issue, const YmId *visit);

/** ym_action_dialog_present: @action: (nullable): an action of @issue to change; %NULL for a new one. */
void ym_action_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *issue, const YmRecord *action);

/** ym_contact_dialog_present: A phone call or e-mail with the home: recorded, not counted as a visit (R1). */
void ym_contact_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home);

/** ym_addendum_dialog_present: A dated correction of a signed-off visit (R12). */
void ym_addendum_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *visit);

G_END_DECLS
