/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/base/clock.h"
#include "ui/pages/enrol-page.h"
#include "ui/pages/unlock-page.h"
#include "ui/pages/working-page.h"
#include "ui/widgets/banner.h"

G_BEGIN_DECLS

#define YM_TYPE_WINDOW (ym_window_get_type ())
G_DECLARE_FINAL_TYPE (YmWindow, ym_window, YM, WINDOW, AdwApplicationWindow)

/** YmPhase: What the window is for at the moment. */
typedef enum {
  YM_PHASE_BLANK,   /* nothing is shown yet */
  YM_PHASE_ENROL,   /* the device is nobody's */
  YM_PHASE_UNLOCK,  /* the store is closed */
  YM_PHASE_WORKING, /* the store is open */
} YmPhase;

/**
 * ym_window_new:
 * @clock: (transfer none): outlives the window
 *
 * The one window. Emits "active" (no arguments) whenever the officer moves, touches or types anything in it.
 */
YmWindow *ym_window_new (GtkApplication *application, const YmClock *clock);

/**
 * ym_window_set_phase:
 *
 * Makes the page of @phase anew and drops the one before with all that was on it; closes what stands over the
 * window. Connect the page's signals after each call.
 */
void ym_window_set_phase (YmWindow *self, YmPhase phase);
YmPhase ym_window_get_phase (YmWindow *self);

/** ym_window_get_enrol: (transfer none) (nullable): The page, in its phase; %NULL in all others. */
YmEnrolPage *ym_window_get_enrol (YmWindow *self);
YmUnlockPage *ym_window_get_unlock (YmWindow *self);
YmWorkingPage *ym_window_get_working (YmWindow *self);

/** ym_window_get_banner: (transfer none): Above every page: for what concerns the whole app. */
YmBanner *ym_window_get_banner (YmWindow *self);

/**
 * ym_window_set_made_up:
 *
 * Marks every page: what is seen is made up. Emits "remove-requested" (no arguments) when its button is pressed.
 */
void ym_window_set_made_up (YmWindow *self, gboolean made_up);

/** ym_window_toast: Says @text (plain) for a few seconds. */
void ym_window_toast (YmWindow *self, const char *text);

G_END_DECLS
