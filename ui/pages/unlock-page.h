/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/clock.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_TYPE_UNLOCK_PAGE (ym_unlock_page_get_type ())
G_DECLARE_FINAL_TYPE (YmUnlockPage, ym_unlock_page, YM, UNLOCK_PAGE, GtkWidget)

/**
 * ym_unlock_page_new:
 * @clock: (transfer none): its boot time counts the wait down; outlives the page
 *
 * Asks for the passphrase. Emits "unlock-requested" (no arguments) when one was typed and may be tried: take
 * it with ym_unlock_page_take_passphrase(), call ym_unlock_page_set_busy() while it is tried, and
 * ym_unlock_page_fail() if it was not the right one. Emits "recover-requested" likewise, where that is offered, and
 * "forgotten" (no arguments) when the officer does not know it any more.
 */
GtkWidget *ym_unlock_page_new (const YmClock *clock);

/** ym_unlock_page_take_passphrase: (transfer full): What was typed; the field is empty then. */
YmSecret *ym_unlock_page_take_passphrase (YmUnlockPage *self) G_GNUC_WARN_UNUSED_RESULT;

/** ym_unlock_page_set_busy: While busy, nothing can be typed or pressed, and a spinner turns. */
void ym_unlock_page_set_busy (YmUnlockPage *self, gboolean busy);

/**
 * ym_unlock_page_fail:
 * @message: a sentence: what was wrong
 * @wait_us: how long until the next try, in microseconds; counted down on the page; 0 for at once
 *
 * No longer busy; the focus is in the empty field as soon as it can be used.
 */
void ym_unlock_page_fail (YmUnlockPage *self, const char *message, gint64 wait_us);

/**
 * ym_unlock_page_offer_recovery:
 * @offer: whether there is a button for it: with the store damaged
 * @notice: (nullable): a sentence below
 */
void ym_unlock_page_offer_recovery (YmUnlockPage *self, gboolean offer, const char *notice);

G_END_DECLS
