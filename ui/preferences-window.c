/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The preferences, made of the same rows as every form. */

#include "ui/preferences-window.h"

#include <glib/gi18n-lib.h>

#include "ui/dialog.h"
#include "ui/language.h"
#include "ui/widgets/choice-row.h"
#include "ui/widgets/number-row.h"

#define WIDTH_PX 480
#define HEIGHT_PX 560

static const int text_percents[] = { 100, 125, 150, 200 };

/* An answer taken back is no preference: the choice made before stays. */
static gboolean
read_choice (YmFieldRow *row, gint64 before, gint64 *chosen)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (!ym_field_row_get_value (row, &value))
    return FALSE;
  if (value.kind != YM_VALUE_INTEGER)
    {
      const YmValue stays = ym_value_integer (before);

      ym_field_row_set_value (row, &stays);
      return FALSE;
    }
  *chosen = value.integer;
  return TRUE;
}

static gint64
language_index (YmPreferences *preferences)
{
  for (guint i = 0; i < ym_n_languages; i++)
    if (g_str_equal (ym_languages[i].code, ym_preferences_get_language (preferences)))
      return i;
  return 0;
}

static void
language_changed_cb (YmFieldRow *row, YmPreferences *preferences)
{
  gint64 chosen;

  if (read_choice (row, language_index (preferences), &chosen))
    ym_preferences_set_language (preferences, ym_languages[chosen].code);
}

static void
theme_changed_cb (YmFieldRow *row, YmPreferences *preferences)
{
  gint64 chosen;

  if (read_choice (row, ym_preferences_get_theme (preferences), &chosen))
    ym_preferences_set_theme (preferences, (YmTheme) chosen);
}

static void
text_changed_cb (YmFieldRow *row, YmPreferences *preferences)
{
  gint64 chosen;

  if (read_choice (row, ym_preferences_get_text_percent (preferences), &chosen))
    ym_preferences_set_text_percent (preferences, (int) chosen);
}

static void
lock_changed_cb (YmFieldRow *row, YmPreferences *preferences)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (ym_field_row_get_value (row, &value) && value.kind == YM_VALUE_INTEGER)
    ym_preferences_set_lock_minutes (preferences, (int) value.integer);
}

static void
reminders_changed_cb (YmFieldRow *row, YmPreferences *preferences)
{
  gint64 chosen;

  if (read_choice (row, ym_preferences_get_reminders (preferences), &chosen))
    ym_preferences_set_reminders (preferences, chosen != 0);
}

static void
add_row (GtkWidget *card, GtkWidget *row, gint64 now, GCallback changed_cb, YmPreferences *preferences)
{
  const YmValue value = ym_value_integer (now);

  ym_field_row_set_value (YM_FIELD_ROW (row), &value);
  g_signal_connect_object (row, "changed", changed_cb, preferences, 0);
  gtk_box_append (GTK_BOX (card), row);
}

static GtkWidget *
new_language_row (void)
{
  GtkWidget *row = ym_choice_row_new (_("Language"));

  for (guint i = 0; i < ym_n_languages; i++)
    ym_choice_row_add (YM_CHOICE_ROW (row), i, ym_languages[i].name);
  return row;
}

static GtkWidget *
new_theme_row (void)
{
  GtkWidget *row = ym_choice_row_new (_("Light or dark"));

  ym_choice_row_add (YM_CHOICE_ROW (row), YM_THEME_SYSTEM, _("As the system"));
  ym_choice_row_add (YM_CHOICE_ROW (row), YM_THEME_LIGHT, _("Light"));
  ym_choice_row_add (YM_CHOICE_ROW (row), YM_THEME_DARK, _("Dark"));
  return row;
}

static GtkWidget *
new_text_row (void)
{
  GtkWidget *row = ym_choice_row_new (_("Text size"));

  for (guint i = 0; i < G_N_ELEMENTS (text_percents); i++)
    {
      g_autofree char *label = g_strdup_printf ("%d %%", text_percents[i]);

      ym_choice_row_add (YM_CHOICE_ROW (row), text_percents[i], label);
    }
  return row;
}

static GtkWidget *
new_lock_row (void)
{
  GtkWidget *row = ym_number_row_new (_("Lock after so many minutes"), YM_LOCK_MINUTES_MIN, YM_LOCK_MINUTES_MAX);

  ym_field_row_set_hint (YM_FIELD_ROW (row), _("Without a touch or a key. It also locks when the device sleeps."));
  return row;
}

static GtkWidget *
new_reminders_row (void)
{
  GtkWidget *row = ym_choice_row_new (_ ("Say on the desktop when visits are due"));

  ym_choice_row_add (YM_CHOICE_ROW (row), TRUE, _ ("Yes"));
  ym_choice_row_add (YM_CHOICE_ROW (row), FALSE, _ ("No"));
  ym_field_row_set_hint (YM_FIELD_ROW (row), _ ("Once a day: how many, and of no home which one."));
  return row;
}

GtkWidget *
ym_preferences_window_new (GtkWindow *parent, YmPreferences *preferences, GtkWidget *more)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "form-card");
  gtk_widget_set_valign (card, GTK_ALIGN_START);
  add_row (card, new_language_row (), language_index (preferences), G_CALLBACK (language_changed_cb), preferences);
  add_row (card, new_text_row (), ym_preferences_get_text_percent (preferences), G_CALLBACK (text_changed_cb),
           preferences);
  add_row (card, new_theme_row (), ym_preferences_get_theme (preferences), G_CALLBACK (theme_changed_cb),
           preferences);
  add_row (card, new_lock_row (), ym_preferences_get_lock_minutes (preferences), G_CALLBACK (lock_changed_cb),
           preferences);
  add_row (card, new_reminders_row (), ym_preferences_get_reminders (preferences), G_CALLBACK (reminders_changed_cb),
           preferences);
  gtk_box_append (GTK_BOX (column), card);
  if (more != NULL)
    gtk_box_append (GTK_BOX (column), more);
  return ym_dialog_new (parent, _("Preferences"), column, WIDTH_PX, HEIGHT_PX);
}
