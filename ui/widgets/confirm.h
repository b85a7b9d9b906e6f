/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define YM_TYPE_CONFIRM (ym_confirm_get_type ())
G_DECLARE_FINAL_TYPE (YmConfirm, ym_confirm, YM, CONFIRM, AdwWindow)

/**
 * ym_confirm_new:
 * @parent: the window that waits for the answer
 * @heading: a short question
 * @body: (nullable): what it means, a sentence or two
 * @accept: the label of the button that does it: a verb, never "OK"
 * @grave: whether it can't be undone: the button is then red, and the focus starts on "Cancel"
 *
 * Asks before something becomes final. Add what becomes fixed with ym_confirm_add_point() and present it.
 * Emits "accepted" or "cancelled" (no arguments) once, then closes itself; Escape and the window's own
 * close mean "cancelled". All text is plain.
 */
YmConfirm *ym_confirm_new (GtkWindow *parent, const char *heading, const char *body, const char *accept,
                           gboolean grave);

/** ym_confirm_add_point: One line of what becomes fixed. */
void ym_confirm_add_point (YmConfirm *self, const char *text);

G_END_DECLS
