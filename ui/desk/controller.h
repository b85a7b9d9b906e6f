/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/options.h"
#include "ui/auto-lock.h"
#include "ui/desk/opening.h"
#include "ui/desk/workplace.h"
#include "ui/window.h"

G_BEGIN_DECLS

#define YM_TYPE_CONTROLLER (ym_controller_get_type ())
G_DECLARE_FINAL_TYPE (YmController, ym_controller, YM, CONTROLLER, GObject)

/**
 * ym_controller_new:
 * @directory: where the store is, or will be
 * @options: how to open it; copied, what it points to outlives the controller
 * @road: to a server that is not known yet; outlives the controller
 * @auto_lock: armed while the store is open
 *
 * Leads from a closed tablet to the working page and back: first run, unlock, lock. Everything that takes time happens
 * on other threads.
 */
YmController *ym_controller_new (const char *directory, const YmStoreOptions *options, const YmOpeningRoad *road,
                                 YmAutoLock *auto_lock);

/** ym_controller_set_reminder: @reminder: is told which visits are due while the store is open. */
void ym_controller_set_reminder (YmController *self, YmReminder *reminder);

/**
 * ym_controller_set_window:
 * @window: (nullable) (transfer none): where to go on; must outlive its use here
 *
 * Takes what is going on into another window, such as one in another language: an open draft is saved and opened
 * again at the same field.
 */
void ym_controller_set_window (YmController *self, YmWindow *window);

/**
 * ym_controller_lock:
 *
 * Saves what is being written, shows the unlock page, closes the store and wipes its keys, in this order; the page is
 * there at once, the rest follows off the main loop. Where nothing is open, nothing happens.
 */
void ym_controller_lock (YmController *self);

/** ym_controller_change_passphrase: Asks for another passphrase in a dialog. Where nothing is open, nothing happens. */
void ym_controller_change_passphrase (YmController *self);

/** ym_controller_finish: Locks and waits until everything is closed. For the end of the program. */
void ym_controller_finish (YmController *self);

/** ym_controller_is_busy: Whether something is under way on another thread. */
gboolean ym_controller_is_busy (YmController *self);

/** ym_controller_get_session: (transfer none) (nullable): The open store; %NULL while it is locked. */
YmSession *ym_controller_get_session (YmController *self);

/** ym_controller_get_notebook: (transfer none) (nullable): The open store of an enrolment; %NULL at all other times. */
YmNotebook *ym_controller_get_notebook (YmController *self);

/** ym_controller_get_workplace: (transfer none) (nullable): As ym_controller_get_session(). */
YmWorkplace *ym_controller_get_workplace (YmController *self);

G_END_DECLS
