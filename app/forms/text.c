/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers as text, and back: one reader and one writer for each kind of field. */

#include "app/forms/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/forms/validate.h"

typedef char *(*Reader) (const YmField *field, const char *text, YmDay day, YmValue *value);
typedef char *(*Writer) (const YmField *field, const YmValue *value);

static char *
read_text (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  *value = ym_value_text (text);
  return NULL;
}

static char *
read_integer (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return g_strdup (_ ("This must be a whole number."));
  *value = ym_value_integer (number);
  return NULL;
}

/* The codes are offered, because whoever writes them has no list on a screen. */
static char *
no_such_choice (const YmChoices *choices, const char *code)
{
  g_autoptr (GString) codes = g_string_new (NULL);

  for (guint i = 0; i < choices->n_items; i++)
    g_string_append_printf (codes, "%s%s", i == 0 ? "" : ", ", choices->items[i].code);
  return g_strdup_printf (_ ("“%s” is not one of: %s."), code, codes->str);
}

static char *
read_choice (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  g_autofree char *code = g_ascii_strdown (text, -1); /* spreadsheets make Yes of yes */
  const YmChoice *choice = ym_choices_by_code (field->choices, code);

  if (choice == NULL)
    return no_such_choice (field->choices, text);
  *value = ym_value_integer (choice->number);
  return NULL;
}

static char *
read_choices (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  g_auto (GStrv) codes = g_strsplit_set (text, ",; \t\n", -1);
  gint64 mask = 0;

  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *code = g_ascii_strdown (codes[i], -1);
      const YmChoice *choice = ym_choices_by_code (field->choices, code);

      if (*codes[i] == '\0')
        continue;
      if (choice == NULL)
        return no_such_choice (field->choices, codes[i]);
      mask |= G_GINT64_CONSTANT (1) << choice->number;
    }
  if (mask != 0)
    *value = ym_value_integer (mask);
  return NULL;
}

static char *
read_date (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  YmMonth month;
  YmDay date;

  if ((field->flags & YM_FIELD_MONTH) != 0 && ym_month_parse (text, &month))
    date = ym_month_first_day (month);
  else if (!ym_day_parse (text, &date))
    return g_strdup (_ ("This is not a date; write it as year, month and day, such as 2026-03-14."));
  *value = ym_value_integer (date);
  return NULL;
}

/* Exactly HH:MM. */
static gboolean
read_minute (const char *text, int *minute)
{
  if (strlen (text) != 5 || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || text[2] != ':'
      || !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]))
    return FALSE;
  *minute = ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0';
  return *minute < 24 * 60 && text[3] < '6';
}

/* HH:MM of @day, or YYYY-MM-DD HH:MM, which splits after ten characters. */
static gboolean
read_london (const char *text, YmDay day, YmDay *on, int *minute)
{
  g_autofree char *date = NULL;

  *on = day;
  if (read_minute (text, minute))
    return TRUE;
  if (strlen (text) != 16 || (text[10] != ' ' && text[10] != 'T'))
    return FALSE;
  date = g_strndup (text, 10);
  return ym_day_parse (date, on) && read_minute (text + 11, minute);
}

static char *
read_instant (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  gint64 at_us;
  YmDay on;
  int minute;

  if (ym_instant_parse (text, &at_us))
    {
      *value = ym_value_integer (at_us);
      return NULL;
    }
  if (day == YM_DAY_NONE || !read_london (text, day, &on, &minute))
    return g_strdup (_ ("This is not a date and time; write it as in 2026-03-14T09:05+00:00."));
  switch (ym_london_to_instant (on, minute, FALSE, &at_us))
    {
    case YM_LONDON_ONCE:
      *value = ym_value_integer (at_us);
      return NULL;
    case YM_LONDON_NEVER:
      return g_strdup (_ ("The clocks went forward: there was no such time on that day."));
    case YM_LONDON_TWICE:
      break;
    }
  return g_strdup (_ ("The clocks went back: there were two such times on that day. Write which, as in "
                      "2026-10-25T01:30+01:00 for the first and +00:00 for the second."));
}

static char *
read_bytes (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  gsize length = strlen (text) / 2;
  g_autofree guint8 *bytes = g_malloc0 (length + 1);

  if (strlen (text) % 2 != 0)
    return g_strdup (_ ("This does not name anything that is known here."));
  for (gsize i = 0; i < length; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = g_ascii_xdigit_value (text[2 * i + 1]);

      if (high < 0 || low < 0)
        return g_strdup (_ ("This does not name anything that is known here."));
      bytes[i] = (guint8) (high << 4 | low);
    }
  *value = ym_value_bytes (bytes, length);
  return NULL;
}

static char *
write_text (const YmField *field, const YmValue *value)
{
  return g_strdup (value->text);
}

static char *
write_integer (const YmField *field, const YmValue *value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
}

static char *
write_choice (const YmField *field, const YmValue *value)
{
  const YmChoice *choice = ym_choices_by_number (field->choices, value->integer);

  return choice != NULL ? g_strdup (choice->code) : write_integer (field, value);
}

static char *
write_choices (const YmField *field, const YmValue *value)
{
  GString *codes = g_string_new (NULL);

  for (guint i = 0; i < field->choices->n_items; i++)
    if ((value->integer & (G_GINT64_CONSTANT (1) << field->choices->items[i].number)) != 0)
      g_string_append_printf (codes, "%s%s", codes->len == 0 ? "" : ",", field->choices->items[i].code);
  return g_string_free (codes, FALSE);
}

static char *
write_date (const YmField *field, const YmValue *value)
{
  return ym_day_to_string ((YmDay) value->integer);
}

static char *
write_instant (const YmField *field, const YmValue *value)
{
  return ym_instant_to_london_string (value->integer);
}

static char *
write_bytes (const YmField *field, const YmValue *value)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (value->bytes, &length);
  GString *digits = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (digits, "%02x", bytes[i]);
  return g_string_free (digits, FALSE);
}

static const struct {
  Reader read;
  Writer write;
  YmValueKind holds;
} kinds[] = {
  [YM_FIELD_TEXT] = { read_text, write_text, YM_VALUE_TEXT },
  [YM_FIELD_NOTE] = { read_text, write_text, YM_VALUE_TEXT },
  [YM_FIELD_INTEGER] = { read_integer, write_integer, YM_VALUE_INTEGER },
  [YM_FIELD_CHOICE] = { read_choice, write_choice, YM_VALUE_INTEGER },
  [YM_FIELD_CHOICES] = { read_choices, write_choices, YM_VALUE_INTEGER },
  [YM_FIELD_DATE] = { read_date, write_date, YM_VALUE_INTEGER },
  [YM_FIELD_INSTANT] = { read_instant, write_instant, YM_VALUE_INTEGER },
  [YM_FIELD_REFERENCE] = { read_bytes, write_bytes, YM_VALUE_BYTES },
  [YM_FIELD_BYTES] = { read_bytes, write_bytes, YM_VALUE_BYTES },
};

char *
ym_field_read (const YmField *field, const char *text, YmDay day, YmValue *value)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));
  char *problem;

  *value = (YmValue) YM_VALUE_INIT;
  if (*trimmed == '\0')
    return NULL;
  problem = kinds[field->kind].read (field, trimmed, day, value);
  if (problem == NULL)
    problem = ym_field_check (field, value);
  if (problem != NULL)
    ym_value_clear (value);
  return problem;
}

char *
ym_field_write (const YmField *field, const YmValue *value)
{
  /* A value of another kind than the field's can't come from our tables; what it is, is not for this to judge. */
  if (value->kind != kinds[field->kind].holds)
    return g_strdup ("");
  return kinds[field->kind].write (field, value);
}
