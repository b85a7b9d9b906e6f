/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/forms/record.h"
#include "ui/session.h"

G_BEGIN_DECLS

/** ym_call_dialog_present: Asks for a call that no export brings (R4). */
void ym_call_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home);

/** ym_call_review_is_typed: Whether the draft of a review is that of a call being typed, and not of one that is there. */
gboolean ym_call_review_is_typed (const YmRecord *record);

/** ym_call_review_lacks: The field that a judgement must be given with: why (R4); 0 if nothing is missing. */
guint ym_call_review_lacks (const YmRecord *review);

G_END_DECLS
