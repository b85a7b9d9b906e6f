/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people write on a command line, made into records, homes and answers. */

#include "ui/ctl/words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/text.h"
#include "app/journal/tables.h"

#define LEAST_DIGITS 4

gboolean
ym_ctl_read_day (const char *text, YmDay *day, GError **error)
{
  if (ym_day_parse (text, day))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is not a date; write it as in 2026-03-14."), text);
  return FALSE;
}

gboolean
ym_ctl_read_month (const char *text, YmMonth *month, GError **error)
{
  if (ym_month_parse (text, month))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is not a month; write it as in 2026-03."), text);
  return FALSE;
}

YmDay
ym_ctl_today (YmDesk *desk)
{
  return ym_london_day (ym_clock_wall_us (desk->clock));
}

/* The name field of a record, whatever its form. */
static char *
name_of (YmDesk *desk, guint form, guint field, const YmId *id)
{
  g_autoptr (YmRecord) record = ym_tables_find (desk->db, ym_form (form), id, NULL);

  return record != NULL ? g_strdup (ym_record_get_text (record, field)) : NULL;
}

char *
ym_ctl_officer_name (YmDesk *desk, const YmId *officer)
{
  return name_of (desk, YM_FORM_OFFICER, YM_OFFICER_NAME, officer);
}

char *
ym_ctl_home_name (YmDesk *desk, const YmId *home)
{
  return name_of (desk, YM_FORM_HOME, YM_HOME_NAME, home);
}

gboolean
ym_ctl_find_home (YmDesk *desk, const char *registration_no, YmId *home, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error, "SELECT id FROM home WHERE registration_no = ? COLLATE NOCASE", "t", registration_no);

  if (statement == NULL)
    return FALSE;
  switch (ym_sql_step (statement, error))
    {
    case YM_SQL_ROW:
      *home = ym_sql_column_id (statement, 0);
      return TRUE;
    case YM_SQL_DONE:
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                   _ ("There is no home “%s” on this device. “ymweldctl homes” lists those there are."),
                   registration_no);
      break;
    case YM_SQL_FAILED:
      break;
    }
  return FALSE;
}

static gboolean
is_digits (const char *text)
{
  gsize length = strspn (text, "0123456789abcdefABCDEF");

  return text[length] == '\0' && length >= LEAST_DIGITS && length <= 2 * YM_ID_BYTES;
}

static gboolean
begins_with (const YmId *id, const char *digits)
{
  g_autofree char *text = ym_id_to_string (id);

  return g_ascii_strncasecmp (text, digits, strlen (digits)) == 0;
}

gboolean
ym_ctl_check_digits (const char *text, GError **error)
{
  if (is_digits (text))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _ ("“%s” is not the beginning of an id: give at least four of its digits."), text);
  return FALSE;
}

gboolean
ym_ctl_check_found (guint n_found, const char *text, GError **error)
{
  if (n_found == 0)
    g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("Nothing of that kind begins with “%s”."), text);
  else if (n_found > 1)
    g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("Several begin with “%s”: give more digits."), text);
  return n_found == 1;
}

gboolean
ym_ctl_find_record (YmDesk *desk, const YmForm *form, const char *text, YmId *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT id FROM \"%s\" WHERE hex(id) LIKE ? || '%%' LIMIT 2", form->name);
  g_autoptr (sqlite3_stmt) statement = NULL;
  guint n_found = 0;
  YmSqlStep step;

  if (!ym_ctl_check_digits (text, error))
    return FALSE;
  statement = ym_sql_prepare (desk->db, error, sql, "t", text);
  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      *id = ym_sql_column_id (statement, 0);
      n_found++;
    }
  return step == YM_SQL_DONE && ym_ctl_check_found (n_found, text, error);
}

YmDraft *
ym_ctl_find_draft (YmDesk *desk, const char *text, GError **error)
{
  g_autoptr (GPtrArray) drafts = NULL;
  const YmDraft *found = NULL;
  guint n_found = 0;

  if (!ym_ctl_check_digits (text, error))
    return NULL;
  drafts = ym_draft_list (desk, NULL, error);
  if (drafts == NULL)
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (drafts, i);

      if (!begins_with (&draft->record->id, text))
        continue;
      found = draft;
      n_found++;
    }
  return ym_ctl_check_found (n_found, text, error) ? ym_draft_copy (found) : NULL;
}

/* References and times that the program fills in are not for the officer to say; a set such as *not discussed* is. */
static gboolean
is_for_people (const YmField *field)
{
  return (field->flags & YM_FIELD_AUTOMATIC) == 0 || field->kind == YM_FIELD_CHOICES;
}

static gboolean
set_answer (YmRecord *record, YmDay day, const char *word, GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = g_strndup (word, equals != NULL ? (gsize) (equals - word) : strlen (word));
  const YmField *field = ym_form_field_by_name (record->form, name);
  g_auto (YmValue) value = YM_VALUE_INIT;
  g_autofree char *problem = NULL;

  if (equals == NULL || field == NULL || !is_for_people (field))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   equals == NULL ? _ ("“%s” is no answer: write FIELD=VALUE.")
                                  : _ ("“%s” is not asked here; “ymweldctl forms” lists what is."),
                   name);
      return FALSE;
    }
  problem = ym_field_read (field, equals + 1, day, &value);
  if (problem != NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, "%s: %s", ym_label (field->label), problem);
      return FALSE;
    }
  ym_record_set (record, field->id, &value);
  return TRUE;
}

gboolean
ym_ctl_set_answers (YmRecord *record, YmDay day, const char *const *words, guint n_words, GError **error)
{
  g_autoptr (YmRecord) answered = ym_record_copy (record);

  for (guint i = 0; i < n_words; i++)
    if (!set_answer (answered, day, words[i], error))
      return FALSE;
  for (guint i = 0; i < record->form->n_fields; i++)
    ym_record_set (record, record->form->fields[i].id, &answered->values[i]);
  return TRUE;
}
