/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/inspections.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** ym_inspection_can_step: Whether anything can be recorded of an inspection in that state. */
gboolean ym_inspection_can_step (YmInspectionState state);

/**
 * ym_inspection_step_dialog_present:
 * @handling: from ym_inspection_handling_begin()
 * @state: the one that the inspection is in
 *
 * The next step of a joint inspection (R6), or only a note: who was told, which date was agreed, who took part, what was found.
 */
void ym_inspection_step_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *handling,
                                        YmInspectionState state);

/** ym_inspection_action_dialog_present: @action: (nullable): one to change; %NULL for a new one. */
void ym_inspection_action_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *handling,
                                          const YmRecord *action);

G_END_DECLS
