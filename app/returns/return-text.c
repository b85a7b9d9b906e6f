/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A return as lines of text, each a letter and fields parted by tabs, for ever readable:
 *
 *   R  1  first day  last day  force
 *   H  registration number  name  provider  area  local authority  other information
 *   N  one number for each YmReturnNumber             V  calls by reason, from 0 on
 *   Q  issues by category, from 0 on                  I  month  state  calls of the month
 *   C  incident reference  received at  one answer for each of ym_return_answers
 *
 * Days, months, instants and choices are the numbers that forms and rules use. N, V, Q, I and C belong to the H before.
 */

#include "app/returns/return.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"

/* A text can't hold what parts lines and fields; forms refuse it too. */
static void
append_text (GString *text, const char *field)
{
  g_autofree char *clean = g_strdup (field != NULL ? field : "");

  g_strdelimit (clean, "\t\n\r", ' ');
  g_string_append_printf (text, "\t%s", clean);
}

static void
append_number (GString *text, gint64 number)
{
  g_string_append_printf (text, "\t%" G_GINT64_FORMAT, number);
}

static void
append_counts (GString *text, char letter, const guint *counts, guint n)
{
  g_string_append_c (text, letter);
  for (guint i = 0; i < n; i++)
    append_number (text, counts[i]);
  g_string_append_c (text, '\n');
}

static void
append_call (GString *text, const YmReturnCall *call)
{
  g_string_append_c (text, 'C');
  append_text (text, call->incident_ref);
  append_number (text, call->received_at_us);
  for (guint i = 0; i < YM_RETURN_N_ANSWERS; i++)
    append_number (text, call->answer[i]);
  g_string_append_c (text, '\n');
}

static void
append_home (GString *text, const YmReturnHome *home)
{
  const char *const texts[] = { home->registration_no, home->name,           home->provider,
                                home->area,            home->local_authority, home->other };

  g_string_append_c (text, 'H');
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    append_text (text, texts[i]);
  g_string_append (text, "\nN");
  for (guint i = 0; i < YM_RETURN_N_NUMBERS; i++)
    append_number (text, home->number[i]);
  g_string_append_c (text, '\n');
  append_counts (text, 'V', home->by_reason, YM_RETURN_N_REASONS);
  append_counts (text, 'Q', home->by_category, YM_RETURN_N_CATEGORIES);
  for (guint i = 0; i < home->inspections->len; i++)
    {
      const YmReturnInspection *inspection = &g_array_index (home->inspections, YmReturnInspection, i);

      g_string_append_printf (text, "I\t%d\t%d\t%u\n", inspection->month, inspection->state, inspection->n_calls);
    }
  for (guint i = 0; i < home->calls->len; i++)
    append_call (text, g_ptr_array_index (home->calls, i));
}

char *
ym_return_encode (const YmReturn *given)
{
  GString *text = g_string_new ("R\t1");

  append_number (text, given->period.from);
  append_number (text, given->period.until);
  append_text (text, given->force);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < given->homes->len; i++)
    append_home (text, g_ptr_array_index (given->homes, i));
  return g_string_free (text, FALSE);
}

/* What one kind of line is read by; @fields are those after the letter. */
typedef gboolean (*Reader) (YmReturn *given, YmReturnHome *home, char **fields);

static gboolean
read_number (const char *field, gint64 minimum, gint64 maximum, gint64 *number)
{
  return g_ascii_string_to_signed (field, 10, minimum, maximum, number, NULL);
}

static gboolean
read_counts (char **fields, guint *counts, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      gint64 number;

      if (!read_number (fields[i], 0, G_MAXINT32, &number))
        return FALSE;
      counts[i] = (guint) number;
    }
  return TRUE;
}

static char *
read_text (const char *field)
{
  return *field == '\0' ? NULL : g_strdup (field);
}

static gboolean
read_home (YmReturn *given, YmReturnHome *home, char **fields)
{
  YmReturnHome *fresh = ym_return_home_new ();

  fresh->registration_no = g_strdup (fields[0]);
  fresh->name = g_strdup (fields[1]);
  fresh->provider = read_text (fields[2]);
  fresh->area = read_text (fields[3]);
  fresh->local_authority = read_text (fields[4]);
  fresh->other = read_text (fields[5]);
  g_ptr_array_add (given->homes, fresh);
  return TRUE;
}

static gboolean
read_numbers (YmReturn *given, YmReturnHome *home, char **fields)
{
  for (guint i = 0; i < YM_RETURN_N_NUMBERS; i++)
    if (!read_number (fields[i], YM_RETURN_UNKNOWN, G_MAXINT32, &home->number[i]))
      return FALSE;
  return TRUE;
}

static gboolean
read_reasons (YmReturn *given, YmReturnHome *home, char **fields)
{
  return read_counts (fields, home->by_reason, YM_RETURN_N_REASONS);
}

static gboolean
read_categories (YmReturn *given, YmReturnHome *home, char **fields)
{
  return read_counts (fields, home->by_category, YM_RETURN_N_CATEGORIES);
}

static gboolean
read_inspection (YmReturn *given, YmReturnHome *home, char **fields)
{
  gint64 month, state, n_calls;
  YmReturnInspection inspection;

  if (!read_number (fields[0], G_MININT16, G_MAXINT16, &month)
      || !read_number (fields[1], YM_INSPECTION_NONE, YM_INSPECTION_WITHDRAWN, &state)
      || !read_number (fields[2], 0, G_MAXINT32, &n_calls))
    return FALSE;
  inspection = (YmReturnInspection){ (YmMonth) month, (YmInspectionState) state, (guint) n_calls };
  g_array_append_val (home->inspections, inspection);
  return TRUE;
}

static gboolean
read_call (YmReturn *given, YmReturnHome *home, char **fields)
{
  YmReturnCall *call = ym_return_call_new ();

  g_ptr_array_add (home->calls, call);
  call->incident_ref = read_text (fields[0]);
  if (!read_number (fields[1], ym_london_day_start (YM_DAY_MIN + 1), ym_london_day_start (YM_DAY_MAX - 1),
                    &call->received_at_us))
    return FALSE;
  for (guint i = 0; i < YM_RETURN_N_ANSWERS; i++)
    if (!read_number (fields[2 + i], 0, G_MAXINT32, &call->answer[i]))
      return FALSE;
  return TRUE;
}

static const struct {
  char letter;
  guint n_fields;
  Reader read;
} lines[] = {
  { 'H', 6, read_home },
  { 'N', YM_RETURN_N_NUMBERS, read_numbers },
  { 'V', YM_RETURN_N_REASONS, read_reasons },
  { 'Q', YM_RETURN_N_CATEGORIES, read_categories },
  { 'I', 3, read_inspection },
  { 'C', 2 + YM_RETURN_N_ANSWERS, read_call },
};

static gboolean
read_line (YmReturn *given, const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  guint n_fields = g_strv_length (fields);

  for (guint i = 0; i < G_N_ELEMENTS (lines) && n_fields > 0; i++)
    if (fields[0][0] == lines[i].letter && fields[0][1] == '\0' && n_fields == lines[i].n_fields + 1)
      {
        YmReturnHome *home
            = given->homes->len == 0 ? NULL : g_ptr_array_index (given->homes, given->homes->len - 1);

        return (home != NULL || lines[i].letter == 'H') && lines[i].read (given, home, fields + 1);
      }
  return FALSE;
}

static YmReturn *
read_head (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  gint64 from, until;

  if (g_strv_length (fields) != 5 || !g_str_equal (fields[0], "R") || !g_str_equal (fields[1], "1")
      || !read_number (fields[2], YM_DAY_MIN, YM_DAY_MAX, &from)
      || !read_number (fields[3], YM_DAY_MIN, YM_DAY_MAX, &until))
    return NULL;
  return ym_return_new (&(const YmPeriod){ (YmDay) from, (YmDay) until }, fields[4]);
}

YmReturn *
ym_return_decode (const char *text, GError **error)
{
  g_auto (GStrv) rows = g_strsplit (text, "\n", -1);
  g_autoptr (YmReturn) given = rows[0] == NULL ? NULL : read_head (rows[0]);
  gboolean good = given != NULL;

  for (guint i = 1; good && rows[i] != NULL; i++)
    good = rows[i][0] == '\0' ? rows[i + 1] == NULL : read_line (given, rows[i]);
  if (good)
    return g_steal_pointer (&given);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("What is kept of this return can't be read. Ask your administrator."));
  return NULL;
}
