/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an officer prefers survives a restart, and the two languages are there to be chosen. */

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "tests/ui/harness.h"
#include "ui/language.h"
#include "ui/preferences.h"
#include "ui/reminder.h"
#include "ui/widgets/date-text.h"

static char *
temporary_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ymweld-XXXXXX", NULL);

  return g_build_filename (folder, "ymweld", "preferences.ini", NULL);
}

/* Fails if a choice is forgotten at the next start. */
static void
test_survive_a_restart (void)
{
  g_autofree char *path = temporary_path ();
  g_autoptr (YmPreferences) first = ym_preferences_new (path);
  g_autoptr (YmPreferences) second = NULL;

  ym_preferences_set_language (first, "cy");
  ym_preferences_set_text_percent (first, 150);
  ym_preferences_set_theme (first, YM_THEME_DARK);
  ym_preferences_set_lock_minutes (first, 2);
  ym_preferences_set_reminders (first, FALSE);
  second = ym_preferences_new (path);
  g_assert_cmpstr (ym_preferences_get_language (second), ==, "cy");
  g_assert_cmpint (ym_preferences_get_text_percent (second), ==, 150);
  g_assert_cmpint (ym_preferences_get_theme (second), ==, YM_THEME_DARK);
  g_assert_cmpint (ym_preferences_get_lock_minutes (second), ==, 2);
  g_assert_false (ym_preferences_get_reminders (second));
}

static void
note_reminder (const char *body, gpointer said)
{
  g_string_append_printf (said, "%s|", body != NULL ? body : "-");
}

static void
assert_said (YmReminder *reminder, GString *said, const char *expected)
{
  ym_reminder_look (reminder);
  g_assert_cmpstr (said->str, ==, expected);
  g_string_truncate (said, 0);
}

/* Fails if due visits are said at night, again and again, after they were made, or though the officer doesn't want it. */
static void
test_reminders (void)
{
  g_autoptr (YmPreferences) preferences = ym_preferences_new (NULL);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (YmReminder) reminder = ym_reminder_new (preferences, &harness_clock, note_reminder, said);
  const gint64 before_us = harness_wall_us;
  const YmDay today = ym_london_day (before_us);
  const YmDay due[] = { today - 2, today, today + 1 };

  harness_wall_us = ym_london_day_start (today) + 7 * 3600 * (gint64) G_USEC_PER_SEC;
  ym_reminder_set_due (reminder, due, G_N_ELEMENTS (due));
  assert_said (reminder, said, "");
  harness_wall_us += 3600 * (gint64) G_USEC_PER_SEC;
  assert_said (reminder, said, "2 visits are due.|");
  assert_said (reminder, said, "");
  harness_wall_us += YM_DAY_US;
  assert_said (reminder, said, "3 visits are due.|");
  ym_preferences_set_reminders (preferences, FALSE);
  assert_said (reminder, said, "-|");
  ym_preferences_set_reminders (preferences, TRUE);
  assert_said (reminder, said, "3 visits are due.|");
  ym_reminder_set_due (reminder, due + 2, 1);
  ym_reminder_set_due (reminder, NULL, 0);
  assert_said (reminder, said, "-|");
  harness_wall_us = before_us;
}

/* Fails if a broken or hand-edited file keeps the app from starting, or from locking. */
static void
test_odd_files (void)
{
  static const struct
  {
    const char *content;
    int text_percent, lock_minutes;
    YmTheme theme;
  } cases[] = {
    { "", 100, YM_LOCK_MINUTES_DEFAULT, YM_THEME_SYSTEM },
    { "not a key file \xff", 100, YM_LOCK_MINUTES_DEFAULT, YM_THEME_SYSTEM },
    { "[Ymweld]\ntext-percent=9000\nlock-minutes=0\ntheme=pink\n", YM_TEXT_PERCENT_MAX, YM_LOCK_MINUTES_MIN,
      YM_THEME_SYSTEM },
    { "[Ymweld]\ntext-percent=big\nlock-minutes=99\ntheme=light\n", 100, YM_LOCK_MINUTES_MAX, YM_THEME_LIGHT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = temporary_path ();
      g_autofree char *folder = g_path_get_dirname (path);
      g_autoptr (YmPreferences) preferences = NULL;

      g_mkdir_with_parents (folder, 0700);
      g_assert_true (g_file_set_contents (path, cases[i].content, -1, NULL));
      preferences = ym_preferences_new (path);
      g_assert_cmpint (ym_preferences_get_text_percent (preferences), ==, cases[i].text_percent);
      g_assert_cmpint (ym_preferences_get_lock_minutes (preferences), ==, cases[i].lock_minutes);
      g_assert_cmpint (ym_preferences_get_theme (preferences), ==, cases[i].theme);
    }
}

static void
save_failed_cb (YmPreferences *preferences, const char *message, guint *count)
{
  g_assert_cmpstr (message, !=, "");
  (*count)++;
}

/* Fails if the officer isn't told that a choice can't be kept. */
static void
test_says_when_not_kept (void)
{
  g_autoptr (YmPreferences) preferences = ym_preferences_new ("/proc/no-such-place/preferences.ini");
  guint count = 0;

  g_signal_connect (preferences, "save-failed", G_CALLBACK (save_failed_cb), &count);
  ym_preferences_set_lock_minutes (preferences, 10);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (ym_preferences_get_lock_minutes (preferences), ==, 10);
}

/* Fails if the language switch does nothing, or leaves weekdays and months behind. */
static void
test_language_switch (void)
{
  g_autofree char *english = ym_date_say (20526);
  g_autofree char *welsh = NULL;
  g_autofree char *number = NULL;

  g_assert_cmpstr (english, ==, "Saturday 14 March 2026");
  g_assert_cmpstr (_("Cancel"), ==, "Cancel");
  ym_language_use ("cy");
  welsh = ym_date_say (20526);
  g_assert_cmpstr (welsh, ==, "dydd Sadwrn 14 Mawrth 2026");
  g_assert_cmpstr (_("Cancel"), ==, "Canslo");
  number = g_strdup_printf ("%.1f", 1.5);
  g_assert_cmpstr (number, ==, "1.5");
  ym_language_use ("xx");
  g_assert_cmpstr (ym_language_current ()->code, ==, "en");
  g_assert_cmpstr (_("Cancel"), ==, "Cancel");
}

int
main (int argc, char *argv[])
{
  harness_init (&argc, &argv);
  g_test_add_func ("/ui/preferences/survive-a-restart", test_survive_a_restart);
  g_test_add_func ("/ui/preferences/odd-files", test_odd_files);
  g_test_add_func ("/ui/preferences/reminders", test_reminders);
  g_test_add_func ("/ui/preferences/says-when-not-kept", test_says_when_not_kept);
  g_test_add_func ("/ui/language/switch", test_language_switch);
  return g_test_run ();
}
