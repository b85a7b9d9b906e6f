/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Language, text size, theme, lock time and reminders, in a key file of the user's configuration folder. Not
 * GSettings: the app also runs uninstalled, where no schema is compiled. */

#include "ui/preferences.h"

#include <glib/gi18n-lib.h>

#include "ui/language.h"

#define GROUP "Ymweld"

struct _YmPreferences
{
  GObject parent_instance;

  char *path;
  GKeyFile *file;
  char *language;
  int text_percent;
  YmTheme theme;
  int lock_minutes;
  gboolean reminders;
};

G_DEFINE_FINAL_TYPE (YmPreferences, ym_preferences, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  SIGNAL_SAVE_FAILED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *const theme_words[] = {
  [YM_THEME_SYSTEM] = "system",
  [YM_THEME_LIGHT] = "light",
  [YM_THEME_DARK] = "dark",
};

static int
read_number (GKeyFile *file, const char *key, int fallback, int min, int max)
{
  g_autoptr (GError) error = NULL;
  int number = g_key_file_get_integer (file, GROUP, key, &error);

  return error != NULL ? fallback : CLAMP (number, min, max);
}

static YmTheme
read_theme (GKeyFile *file)
{
  g_autofree char *word = g_key_file_get_string (file, GROUP, "theme", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (theme_words); i++)
    if (g_strcmp0 (word, theme_words[i]) == 0)
      return i;
  return YM_THEME_SYSTEM;
}

static const char *
known_language (const char *code)
{
  for (guint i = 0; i < ym_n_languages; i++)
    if (g_strcmp0 (code, ym_languages[i].code) == 0)
      return ym_languages[i].code;
  return ym_language_default ()->code;
}

static void
load (YmPreferences *self)
{
  g_autofree char *language = NULL;

  if (self->path != NULL)
    g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  language = g_key_file_get_string (self->file, GROUP, "language", NULL);
  self->language = g_strdup (known_language (language));
  self->text_percent = read_number (self->file, "text-percent", 100, YM_TEXT_PERCENT_MIN, YM_TEXT_PERCENT_MAX);
  self->lock_minutes = read_number (self->file, "lock-minutes", YM_LOCK_MINUTES_DEFAULT, YM_LOCK_MINUTES_MIN,
                                    YM_LOCK_MINUTES_MAX);
  self->theme = read_theme (self->file);
  self->reminders = read_number (self->file, "reminders", TRUE, FALSE, TRUE);
}

static void
save (YmPreferences *self)
{
  g_autoptr (GError) error = NULL;

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (self->path == NULL)
    return;
  {
    g_autofree char *folder = g_path_get_dirname (self->path);

    g_mkdir_with_parents (folder, 0700);
  }
  if (!g_key_file_save_to_file (self->file, self->path, &error))
    {
      g_autofree char *message
          = g_strdup_printf (_("Your preferences could not be kept: %s"), error->message);

      g_signal_emit (self, signals[SIGNAL_SAVE_FAILED], 0, message);
    }
}

static void
ym_preferences_finalize (GObject *object)
{
  YmPreferences *self = YM_PREFERENCES (object);

  g_free (self->path);
  g_free (self->language);
  g_key_file_unref (self->file);
  G_OBJECT_CLASS (ym_preferences_parent_class)->finalize (object);
}

static void
ym_preferences_class_init (YmPreferencesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ym_preferences_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", YM_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SAVE_FAILED] = g_signal_new ("save-failed", YM_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ym_preferences_init (YmPreferences *self)
{
  self->file = g_key_file_new ();
}

YmPreferences *
ym_preferences_new (const char *path)
{
  YmPreferences *self = g_object_new (YM_TYPE_PREFERENCES, NULL);

  self->path = g_strdup (path);
  load (self);
  return self;
}

const char *
ym_preferences_get_language (YmPreferences *self)
{
  g_return_val_if_fail (YM_IS_PREFERENCES (self), NULL);
  return self->language;
}

void
ym_preferences_set_language (YmPreferences *self, const char *code)
{
  const char *known = known_language (code);

  g_return_if_fail (YM_IS_PREFERENCES (self));
  if (g_str_equal (known, self->language))
    return;
  g_free (self->language);
  self->language = g_strdup (known);
  g_key_file_set_string (self->file, GROUP, "language", known);
  save (self);
}

int
ym_preferences_get_text_percent (YmPreferences *self)
{
  g_return_val_if_fail (YM_IS_PREFERENCES (self), 100);
  return self->text_percent;
}

void
ym_preferences_set_text_percent (YmPreferences *self, int percent)
{
  g_return_if_fail (YM_IS_PREFERENCES (self));
  percent = CLAMP (percent, YM_TEXT_PERCENT_MIN, YM_TEXT_PERCENT_MAX);
  if (percent == self->text_percent)
    return;
  self->text_percent = percent;
  g_key_file_set_integer (self->file, GROUP, "text-percent", percent);
  save (self);
}

YmTheme
ym_preferences_get_theme (YmPreferences *self)
{
  g_return_val_if_fail (YM_IS_PREFERENCES (self), YM_THEME_SYSTEM);
  return self->theme;
}

void
ym_preferences_set_theme (YmPreferences *self, YmTheme theme)
{
  g_return_if_fail (YM_IS_PREFERENCES (self));
  g_return_if_fail (theme < G_N_ELEMENTS (theme_words));
  if (theme == self->theme)
    return;
  self->theme = theme;
  g_key_file_set_string (self->file, GROUP, "theme", theme_words[theme]);
  save (self);
}

int
ym_preferences_get_lock_minutes (YmPreferences *self)
{
  g_return_val_if_fail (YM_IS_PREFERENCES (self), YM_LOCK_MINUTES_DEFAULT);
  return self->lock_minutes;
}

void
ym_preferences_set_lock_minutes (YmPreferences *self, int minutes)
{
  g_return_if_fail (YM_IS_PREFERENCES (self));
  minutes = CLAMP (minutes, YM_LOCK_MINUTES_MIN, YM_LOCK_MINUTES_MAX);
  if (minutes == self->lock_minutes)
    return;
  self->lock_minutes = minutes;
  g_key_file_set_integer (self->file, GROUP, "lock-minutes", minutes);
  save (self);
}

gboolean
ym_preferences_get_reminders (YmPreferences *self)
{
  g_return_val_if_fail (YM_IS_PREFERENCES (self), TRUE);
  return self->reminders;
}

void
ym_preferences_set_reminders (YmPreferences *self, gboolean wanted)
{
  g_return_if_fail (YM_IS_PREFERENCES (self));
  wanted = wanted != FALSE;
  if (wanted == self->reminders)
    return;
  self->reminders = wanted;
  g_key_file_set_integer (self->file, GROUP, "reminders", wanted);
  save (self);
}
