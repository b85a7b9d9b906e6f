/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/arrests.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** ym_arrest_review_is_new: Whether a draft of an `arrest_review` is of the dialog, and not of a review that was begun. */
gboolean ym_arrest_review_is_new (const YmRecord *record);

/** ym_arrest_dialog_present: Begin the review of an arrest that no call tells of. */
void ym_arrest_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home);

/** ym_arrest_view_dialog_present: Record a view on an arrest; @view: (nullable): the one to change. */
void ym_arrest_view_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *review, const YmRecord *view);

/** ym_debrief_dialog_present: @debrief: (nullable): the one to change. */
void ym_debrief_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home, const YmRecord *debrief);

/** ym_learning_dialog_present: Share a learning note; @force: the force's id; @proposed: (nullable): answers to begin with. */
void ym_learning_dialog_present (GtkWindow *parent, YmSession *session, const YmId *force, const YmRecord *proposed);

G_END_DECLS
