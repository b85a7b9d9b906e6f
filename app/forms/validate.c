/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks values against the form's tables: the same for typing, importing and taking in from elsewhere. */

#include "app/forms/validate.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/rules/civil.h"

/* Dates and instants from 1900 to 2200: outside that, a slip of the keyboard. */
#define FIRST_DAY (-25567)
#define LAST_DAY 84005

void
ym_problem_free (YmProblem *problem)
{
  g_free (problem->message);
  g_free (problem);
}

static char *
check_text (const YmField *field, const YmValue *value)
{
  glong length;

  if (value->kind != YM_VALUE_TEXT || !g_utf8_validate (value->text, -1, NULL))
    return g_strdup (_ ("This must be text."));
  length = g_utf8_strlen (value->text, -1);
  if (length > field->maximum)
    return g_strdup_printf (_ ("This is too long: %ld characters, where %ld fit."), length,
                            (glong) field->maximum);
  for (const char *c = value->text; *c != '\0'; c++)
    if ((guchar) *c < ' ' && !(field->kind == YM_FIELD_NOTE && (*c == '\n' || *c == '\t')))
      return g_strdup (_ ("This has a control character; type it again."));
  return NULL;
}

static char *
check_integer (const YmField *field, const YmValue *value)
{
  if (value->kind != YM_VALUE_INTEGER)
    return g_strdup (_ ("This must be a whole number."));
  if (value->integer < field->minimum || value->integer > field->maximum)
    return g_strdup_printf (_ ("This must be a whole number from %ld to %ld."), (glong) field->minimum,
                            (glong) field->maximum);
  return NULL;
}

static char *
check_choice (const YmField *field, const YmValue *value)
{
  if (value->kind != YM_VALUE_INTEGER || ym_choices_by_number (field->choices, value->integer) == NULL)
    return g_strdup (_ ("Choose one of the answers offered."));
  return NULL;
}

static char *
check_choices (const YmField *field, const YmValue *value)
{
  gint64 known = 0;

  for (guint i = 0; i < field->choices->n_items; i++)
    known |= G_GINT64_CONSTANT (1) << field->choices->items[i].number;
  if (value->kind != YM_VALUE_INTEGER || (value->integer & ~known) != 0)
    return g_strdup (_ ("Choose from the answers offered."));
  return NULL;
}

static char *
check_date (const YmField *field, const YmValue *value)
{
  if (value->kind != YM_VALUE_INTEGER || value->integer < FIRST_DAY || value->integer > LAST_DAY)
    return g_strdup (_ ("This is not a date; write it as day, month and year."));
  if ((field->flags & YM_FIELD_MONTH) != 0
      && ym_month_first_day (ym_month_of_day ((YmDay) value->integer)) != value->integer)
    return g_strdup (_ ("A month is written as its first day, such as 2026-03-01."));
  return NULL;
}

static char *
check_instant (const YmField *field, const YmValue *value)
{
  const gint64 day_us = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;

  if (value->kind != YM_VALUE_INTEGER || value->integer < FIRST_DAY * day_us
      || value->integer > LAST_DAY * day_us)
    return g_strdup (_ ("This is not a date and time."));
  return NULL;
}

static char *
check_bytes (const YmField *field, const YmValue *value)
{
  gsize length = field->kind == YM_FIELD_REFERENCE ? YM_ID_BYTES : (gsize) field->maximum;

  if (value->kind != YM_VALUE_BYTES || g_bytes_get_size (value->bytes) != length)
    return g_strdup (_ ("This does not name anything that is known here."));
  return NULL;
}

char *
ym_field_check (const YmField *field, const YmValue *value)
{
  static char *(*const checks[]) (const YmField *, const YmValue *) = {
    [YM_FIELD_TEXT] = check_text,       [YM_FIELD_NOTE] = check_text,       [YM_FIELD_INTEGER] = check_integer,
    [YM_FIELD_CHOICE] = check_choice,   [YM_FIELD_CHOICES] = check_choices, [YM_FIELD_DATE] = check_date,
    [YM_FIELD_INSTANT] = check_instant, [YM_FIELD_REFERENCE] = check_bytes, [YM_FIELD_BYTES] = check_bytes,
  };

  return value->kind == YM_VALUE_NULL ? NULL : checks[field->kind](field, value);
}

static gboolean
is_needed (const YmRecord *record, const YmField *field, YmMoment moment)
{
  if (!ym_record_is_asked (record, field))
    return FALSE;
  if (moment >= YM_MOMENT_SAVE && (field->flags & YM_FIELD_REQUIRED) != 0)
    return TRUE;
  return moment == YM_MOMENT_SIGN_OFF && (field->flags & YM_FIELD_SIGN_OFF) != 0
         && !ym_record_is_not_discussed (record, field->section);
}

static void
add_problem (GPtrArray *problems, const YmRecord *record, const YmField *field, char *message)
{
  YmProblem *problem = g_new (YmProblem, 1);

  *problem = (YmProblem){ record->form, field, message };
  g_ptr_array_add (problems, problem);
}

/* What no single field can say of a visit. */
static void
check_visit (const YmRecord *visit, GPtrArray *problems)
{
  gint64 started_at_us = ym_record_get_integer (visit, YM_VISIT_STARTED_AT, G_MININT64);
  gint64 ended_at_us = ym_record_get_integer (visit, YM_VISIT_ENDED_AT, G_MAXINT64);

  if (ended_at_us < started_at_us)
    add_problem (problems, visit, ym_form_field (visit->form, YM_VISIT_ENDED_AT),
                 g_strdup (_ ("You left before you arrived; correct one of the two times.")));
  if (ym_record_get_integer (visit, YM_VISIT_STAFF_TRAINED, 0)
      > ym_record_get_integer (visit, YM_VISIT_STAFF_TOTAL, G_MAXINT64))
    add_problem (problems, visit, ym_form_field (visit->form, YM_VISIT_STAFF_TRAINED),
                 g_strdup (_ ("More staff are trained than there are; correct one of the two numbers.")));
}

GPtrArray *
ym_record_problems (const YmRecord *record, YmMoment moment)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_problem_free);

  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];
      char *message = ym_field_check (field, &record->values[i]);

      if (message == NULL && record->values[i].kind == YM_VALUE_NULL && is_needed (record, field, moment))
        message = g_strdup (_ ("This is not answered yet."));
      if (message != NULL)
        add_problem (problems, record, field, message);
    }
  if (record->form->id == YM_FORM_VISIT && moment == YM_MOMENT_SIGN_OFF)
    check_visit (record, problems);
  return problems;
}

gboolean
ym_record_check (const YmRecord *record, YmMoment moment, GError **error)
{
  g_autoptr (GPtrArray) problems = ym_record_problems (record, moment);
  const YmProblem *first;

  if (problems->len == 0)
    return TRUE;
  first = g_ptr_array_index (problems, 0);
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, "%s: %s", ym_label (first->field->label), first->message);
  return FALSE;
}
