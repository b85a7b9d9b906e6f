/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/auto-lock.h"
#include "ui/preferences.h"
#include "ui/window.h"

G_BEGIN_DECLS

#define YM_APPLICATION_ID "uk.ymweld.Ymweld"

#define YM_TYPE_APPLICATION (ym_application_get_type ())
G_DECLARE_FINAL_TYPE (YmApplication, ym_application, YM, APPLICATION, AdwApplication)

/**
 * ym_application_new:
 * @preferences: already read; its language is in use
 * @clock: (transfer none): outlives the application
 *
 * The program: command line, actions, the window and its phases. `--store DIR` says where the store is (default:
 * ymweld/ in the user's data folder) and makes the process independent of one that is already running.
 */
YmApplication *ym_application_new (YmPreferences *preferences, const YmClock *clock);

/** ym_application_get_store_directory: (transfer none): Where the store is or will be; needs the command line. */
const char *ym_application_get_store_directory (YmApplication *self);

YmWindow *ym_application_get_window (YmApplication *self);
YmAutoLock *ym_application_get_auto_lock (YmApplication *self);

G_END_DECLS
