/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers as people read them, from the same tables that ask for them. */

#include "ui/visit/answer-text.h"

#include <glib/gi18n-lib.h>

#include "app/rules/civil.h"
#include "ui/widgets/date-text.h"

#define SUMMARY_ANSWERS 2

char *
ym_instant_say (gint64 at_us)
{
  YmLondonTime local = ym_london_from_instant (at_us);
  g_autofree char *day = ym_date_say (local.day);
  g_autofree char *time = ym_time_write (local.minute);

  return g_strdup_printf ("%s, %s", day, time);
}

char *
ym_time_say (gint64 at_us)
{
  return ym_time_write (ym_london_from_instant (at_us).minute);
}

static char *
say_text (const YmField *field, const YmValue *value)
{
  return g_strdup (value->kind == YM_VALUE_TEXT ? value->text : "");
}

static char *
say_integer (const YmField *field, const YmValue *value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

static char *
say_choice (const YmField *field, const YmValue *value)
{
  const YmChoice *choice = ym_choices_by_number (field->choices, value->integer);

  return g_strdup (choice != NULL ? ym_label (choice->label) : "");
}

static char *
say_choices (const YmField *field, const YmValue *value)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; i < field->choices->n_items; i++)
    if ((value->integer >> field->choices->items[i].number) & 1)
      g_ptr_array_add (labels, (gpointer) ym_label (field->choices->items[i].label));
  g_ptr_array_add (labels, NULL);
  return g_strjoinv ("; ", (char **) labels->pdata);
}

static char *
say_date (const YmField *field, const YmValue *value)
{
  return ym_date_say ((YmDay) value->integer);
}

static char *
say_instant (const YmField *field, const YmValue *value)
{
  return ym_instant_say (value->integer);
}

static char *
say_nothing (const YmField *field, const YmValue *value)
{
  return g_strdup ("");
}

char *
ym_answer_text (const YmField *field, const YmValue *value)
{
  static char *(*const say[]) (const YmField *, const YmValue *) = {
    [YM_FIELD_TEXT] = say_text,       [YM_FIELD_NOTE] = say_text,         [YM_FIELD_INTEGER] = say_integer,
    [YM_FIELD_CHOICE] = say_choice,   [YM_FIELD_CHOICES] = say_choices,   [YM_FIELD_DATE] = say_date,
    [YM_FIELD_INSTANT] = say_instant, [YM_FIELD_REFERENCE] = say_nothing, [YM_FIELD_BYTES] = say_nothing,
  };

  return value->kind == YM_VALUE_NULL ? g_strdup ("") : say[field->kind](field, value);
}

char *
ym_record_summary (const YmRecord *record)
{
  GString *summary = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < record->form->n_fields && n < SUMMARY_ANSWERS; i++)
    {
      const YmField *field = &record->form->fields[i];
      g_autofree char *answer = NULL;

      if ((field->flags & YM_FIELD_AUTOMATIC) != 0 || field->kind == YM_FIELD_NOTE)
        continue;
      answer = ym_answer_text (field, &record->values[i]);
      if (*answer == '\0')
        continue;
      g_string_append_printf (summary, "%s%s", n > 0 ? ", " : "", answer);
      n++;
    }
  return g_string_free (summary, FALSE);
}
