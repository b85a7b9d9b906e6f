/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/draft.h"
#include "ui/session.h"

G_BEGIN_DECLS

#define YM_TYPE_VISIT_EDITOR (ym_visit_editor_get_type ())
G_DECLARE_FINAL_TYPE (YmVisitEditor, ym_visit_editor, YM, VISIT_EDITOR, GtkWidget)

/**
 * ym_visit_editor_new:
 * @draft: (transfer full): a visit that is being written, from ym_visit_begin() or ym_draft_load()
 *
 * The body of a page on which a visit is written: put it into a #YmPage, whose title it sets. Everything typed is
 * durable within a second, also when the page is dropped; drop it before the session is closed. Given the focus, it
 * goes to where the officer was.
 *
 * Signals: "signed-off" (the visit's #YmId as pointer, valid during the signal) when the visit is fixed; "discarded"
 * (no arguments) when the draft was thrown away; "closed" (no arguments) in answer to ym_visit_editor_close(). The page
 * has done its work then: leave it.
 */
GtkWidget *ym_visit_editor_new (YmSession *session, YmDraft *draft);

/** ym_visit_editor_get_draft: (transfer none): As it stands. */
const YmDraft *ym_visit_editor_get_draft (YmVisitEditor *self);

/** ym_visit_editor_is_saved: Whether all that was typed is durable. */
gboolean ym_visit_editor_is_saved (YmVisitEditor *self);

/** ym_visit_editor_close: Saves at once; "closed" comes when it is durable. A save that fails is said, and nothing closes. */
void ym_visit_editor_close (YmVisitEditor *self);

/** ym_visit_editor_sign_off: As if "Sign off" were pressed: goes to what is missing, or asks. */
void ym_visit_editor_sign_off (YmVisitEditor *self);

G_END_DECLS
