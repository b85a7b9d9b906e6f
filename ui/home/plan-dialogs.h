/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/homes.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** ym_plan_dialog_present: Asks when the next visit shall be: moves the one that is planned, or plans one. */
void ym_plan_dialog_present (GtkWindow *parent, YmSession *session, const YmHomeSummary *home);

/** ym_not_held_dialog_present: Asks why the visit that was planned, or one without a plan, could not take place. */
void ym_not_held_dialog_present (GtkWindow *parent, YmSession *session, const YmHomeSummary *home);

/** ym_plan_draft_present: Goes on with a planned visit that was not saved. */
void ym_plan_draft_present (GtkWindow *parent, YmSession *session, const YmHomeSummary *home, const YmRecord *draft);

G_END_DECLS
