/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define YM_TYPE_PREFERENCES (ym_preferences_get_type ())
G_DECLARE_FINAL_TYPE (YmPreferences, ym_preferences, YM, PREFERENCES, GObject)

/**
 * YmTheme:
 *
 * Light or dark; the system's choice unless the officer chooses.
 */
typedef enum {
  YM_THEME_SYSTEM,
  YM_THEME_LIGHT,
  YM_THEME_DARK,
} YmTheme;

#define YM_TEXT_PERCENT_MIN 80
#define YM_TEXT_PERCENT_MAX 200
#define YM_LOCK_MINUTES_MIN 1
#define YM_LOCK_MINUTES_MAX 30
#define YM_LOCK_MINUTES_DEFAULT 5

/**
 * ym_preferences_new:
 * @path: (nullable): the key file that holds them; need not exist yet. %NULL keeps them in memory
 *
 * How one officer likes the app: nothing about homes or visits is ever in here, because the file is
 * readable without the passphrase. Values out of range are read as the nearest allowed one, unknown words
 * as the default. Emits "changed" (no arguments) after any change, and "save-failed" (a sentence) when
 * the file could not be written; the change then lasts until the app ends.
 */
YmPreferences *ym_preferences_new (const char *path);

/** ym_preferences_get_language: (transfer none): "en" or "cy". */
const char *ym_preferences_get_language (YmPreferences *self);
void ym_preferences_set_language (YmPreferences *self, const char *code);

/** ym_preferences_get_text_percent: 100 is the system's size. */
int ym_preferences_get_text_percent (YmPreferences *self);
void ym_preferences_set_text_percent (YmPreferences *self, int percent);

YmTheme ym_preferences_get_theme (YmPreferences *self);
void ym_preferences_set_theme (YmPreferences *self, YmTheme theme);

/** ym_preferences_get_lock_minutes: Minutes without a touch until the app locks itself. */
int ym_preferences_get_lock_minutes (YmPreferences *self);
void ym_preferences_set_lock_minutes (YmPreferences *self, int minutes);

/** ym_preferences_get_reminders: Whether due visits are said on the desktop. */
gboolean ym_preferences_get_reminders (YmPreferences *self);
void ym_preferences_set_reminders (YmPreferences *self, gboolean wanted);

G_END_DECLS
