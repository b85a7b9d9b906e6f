/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/session.h"
#include "ui/window.h"

G_BEGIN_DECLS

/** ym_damage_show: Says in the window's banner that the session's store is damaged, if it is known to be. */
void ym_damage_show (YmWindow *window, YmSession *session);

/**
 * ym_damage_explain:
 * @recover: (void (object)): called when the officer wants the store recovered
 *
 * Shows a dialog that names the damage and what to do about it.
 */
void ym_damage_explain (YmWindow *window, YmSession *session, GCallback recover, gpointer object);

G_END_DECLS
