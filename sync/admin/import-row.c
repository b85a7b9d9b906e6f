/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a row of a spreadsheet to a record. Which columns there are and what they may hold follows from the forms' tables,
 * what a system calls them from its mapping file; answers are read as everywhere (app/forms/text.h).
 */

#include "sync/admin/import-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/forms/text.h"
#include "app/forms/validate.h"
#include "app/journal/tables.h"
#include "app/notebook/settings.h"
#include "app/rules/civil.h"
#include "sync/admin/written-time.h"

/* Where a field is read from. */
typedef struct {
  const YmField *field;
  const char *ours; /* NULL for what no file can hold */
  const char *head; /* the first of its columns, as the file or the mapping spells it */
  GArray *positions; /* (element-type guint): empty if the file does not speak of it */
} Column;

struct _YmImportRows {
  YmJournal *journal;
  const YmForm *form;
  YmCsv *csv;
  const YmMapping *mapping;
  Column *columns;
  GHashTable *references; /* "column=text" → id, looked up once */
};

static const char *
column_of (const YmField *field)
{
  if (field->kind == YM_FIELD_BYTES || (field->flags & YM_FIELD_AUTOMATIC) != 0)
    return NULL;
  if (field->kind == YM_FIELD_REFERENCE)
    {
      const YmForm *referred = ym_form (field->refers_to);

      return referred->key[0] == 0 ? NULL : ym_form_field (referred, referred->key[0])->name;
    }
  return field->name;
}

/* What can be imported, by its plural. */
static const struct {
  const char *name;
  guint form;
} kinds[] = {
  { "homes", YM_FORM_HOME },
  { "officers", YM_FORM_OFFICER },
  { "assignments", YM_FORM_ASSIGNMENT },
  { "calls", YM_FORM_CALL },
  { "home-logs", YM_FORM_IMPORTED_LOG_ENTRY },
  { "figures", YM_FORM_IMPORTED_FIGURES },
  { "settings", YM_FORM_FORCE_SETTING },
  { "partners", YM_FORM_PARTNER },
};

const YmForm *
ym_import_form (const char *plural)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, plural))
      return ym_form (kinds[i].form);
  return NULL;
}

const char **
ym_import_columns (const YmForm *form)
{
  const char **columns = g_new0 (const char *, form->n_fields + 1);
  guint n = 0;

  for (guint i = 0; i < form->n_fields; i++)
    if (column_of (&form->fields[i]) != NULL)
      columns[n++] = column_of (&form->fields[i]);
  return columns;
}

/* Their columns for one of ours; without a mapping our own name is theirs. */
static guint
n_heads (const YmImportRows *rows, const char *ours)
{
  const GPtrArray *theirs = ym_mapping_theirs (rows->mapping, ours);

  return theirs == NULL ? 1 : theirs->len;
}

static const char *
head_at (const YmImportRows *rows, const char *ours, guint i)
{
  const GPtrArray *theirs = ym_mapping_theirs (rows->mapping, ours);

  return theirs == NULL ? ours : g_ptr_array_index (theirs, i);
}

static void
find_columns (YmImportRows *rows)
{
  for (guint i = 0; i < rows->form->n_fields; i++)
    {
      Column *column = &rows->columns[i];

      column->field = &rows->form->fields[i];
      column->ours = column_of (column->field);
      column->positions = g_array_new (FALSE, FALSE, sizeof (guint));
      if (column->ours == NULL)
        continue;
      column->head = head_at (rows, column->ours, 0);
      for (guint j = 0; j < n_heads (rows, column->ours); j++)
        {
          int position = ym_csv_find_column (rows->csv, head_at (rows, column->ours, j));

          if (position >= 0)
            g_array_append_val (column->positions, position);
        }
    }
}

static void
expect_columns (const YmImportRows *rows)
{
  g_autoptr (GPtrArray) required = g_ptr_array_new ();
  g_autoptr (GPtrArray) optional = g_ptr_array_new ();
  const GPtrArray *unread = ym_mapping_unread (rows->mapping);

  for (guint i = 0; i < rows->form->n_fields; i++)
    {
      const Column *column = &rows->columns[i];
      gboolean is_required = (column->field->flags & YM_FIELD_REQUIRED) != 0;

      for (guint j = 0; column->ours != NULL && j < n_heads (rows, column->ours); j++)
        g_ptr_array_add (is_required ? required : optional, (gpointer) head_at (rows, column->ours, j));
    }
  for (guint i = 0; i < unread->len; i++)
    g_ptr_array_add (optional, g_ptr_array_index (unread, i));
  g_ptr_array_add (required, NULL);
  g_ptr_array_add (optional, NULL);
  ym_csv_expect (rows->csv, (const char *const *) required->pdata, (const char *const *) optional->pdata);
}

YmImportRows *
ym_import_rows_new (YmJournal *journal, const YmForm *form, YmCsv *csv, const YmMapping *mapping)
{
  YmImportRows *rows = g_new (YmImportRows, 1);

  *rows = (YmImportRows){ journal, form, csv, mapping, g_new0 (Column, form->n_fields),
                          g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  find_columns (rows);
  expect_columns (rows);
  return rows;
}

void
ym_import_rows_free (YmImportRows *rows)
{
  if (rows == NULL)
    return;
  for (guint i = 0; i < rows->form->n_fields; i++)
    g_array_unref (rows->columns[i].positions);
  g_free (rows->columns);
  g_hash_table_unref (rows->references);
  g_free (rows);
}

/* What the row has in the columns of a field, put together. */
static char *
take_text (const YmImportRows *rows, const Column *column, guint row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < column->positions->len; i++)
    {
      const char *part = ym_csv_get_at (rows->csv, row, g_array_index (column->positions, guint, i));

      if (*part != '\0')
        g_string_append_printf (text, "%s%s", text->len == 0 ? "" : " ", part);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Their words made ours: the whole text, or in a set of choices each part of it. */
static char *
translate (const YmImportRows *rows, const Column *column, char *taken)
{
  g_autofree char *text = taken;
  const char *code = ym_mapping_word (rows->mapping, column->ours, text);
  g_auto (GStrv) parts = NULL;

  if (code != NULL || column->field->kind != YM_FIELD_CHOICES)
    return code != NULL ? g_strdup (code) : g_steal_pointer (&text);
  parts = g_strsplit_set (text, ",;\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      code = ym_mapping_word (rows->mapping, column->ours, g_strstrip (parts[i]));
      if (code == NULL)
        continue;
      g_free (parts[i]);
      parts[i] = g_strdup (code);
    }
  return g_strjoinv (",", parts);
}

/* Reads one kind of value: fills @value, or returns what is wrong with @text. */
typedef char *(*Read) (YmImportRows *rows, const Column *column, guint row, const char *text, YmValue *value);

static char *
read_answer (YmImportRows *rows, const Column *column, guint row, const char *text, YmValue *value)
{
  return ym_field_read (column->field, text, YM_DAY_NONE, value);
}

static char *
read_date (YmImportRows *rows, const Column *column, guint row, const char *text, YmValue *value)
{
  const char *format = ym_mapping_dates (rows->mapping);
  YmWrittenTime time;

  if (format == NULL)
    return ym_field_read (column->field, text, YM_DAY_NONE, value);
  if (!ym_written_time_read (format, text, &time))
    return g_strdup_printf (_ ("“%s” is not a date written as %s."), text, format);
  *value = ym_value_integer (time.day);
  return NULL;
}

/* By the mapping's format, else as spreadsheets write ISO 8601 without an offset. */
static gboolean
read_written (const YmImportRows *rows, const char *text, YmWrittenTime *time)
{
  static const char *const usual[] = { "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S" };
  const char *format = ym_mapping_times (rows->mapping);

  if (format != NULL)
    return ym_written_time_read (format, text, time);
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (ym_written_time_read (usual[i], text, time))
      return TRUE;
  return FALSE;
}

/* The instant at which London's clock showed it. Which of two it was is never guessed at in silence. */
static char *
read_london (YmImportRows *rows, const Column *column, guint row, const char *text, const YmWrittenTime *time,
             gint64 *at_us)
{
  YmRepeatedHour wanted = ym_mapping_repeated_hour (rows->mapping);
  YmLondonReading reading
      = ym_london_to_instant (time->day, time->second / 60, wanted == YM_REPEATED_HOUR_SECOND, at_us);
  g_autofree char *remark = NULL;

  *at_us += time->second % 60 * YM_SECOND_US;
  if (reading == YM_LONDON_NEVER)
    return g_strdup_printf (_ ("“%s” never was: the clocks went forward in that hour. Correct it."), text);
  if (reading == YM_LONDON_ONCE)
    return NULL;
  if (wanted == YM_REPEATED_HOUR_REFUSED)
    return g_strdup_printf (_ ("“%s” was twice: the clocks went back in that hour. Write which it was, with its offset, as "
                               "in 2026-10-25T01:30+01:00 for the first and +00:00 for the second, or say in the mapping "
                               "file which it is: repeated_hour = first or second."),
                            text);
  remark = g_strdup_printf (wanted == YM_REPEATED_HOUR_FIRST
                                ? _ ("“%s” was twice: the clocks went back in that hour. It was taken for the first.")
                                : _ ("“%s” was twice: the clocks went back in that hour. It was taken for the second."),
                            text);
  ym_csv_add_remark (rows->csv, row, column->head, remark);
  return NULL;
}

static char *
read_instant (YmImportRows *rows, const Column *column, guint row, const char *text, YmValue *value)
{
  const char *format = ym_mapping_times (rows->mapping);
  YmWrittenTime time;
  gint64 at_us;
  char *problem = NULL;

  if (!ym_instant_parse (text, &at_us)) /* with its offset it needs no mapping */
    {
      if (!read_written (rows, text, &time))
        return format != NULL
                   ? g_strdup_printf (_ ("“%s” is not a time written as %s."), text, format)
                   : g_strdup_printf (_ ("“%s” is not a time. Write it as in 2026-03-01 14:05 by London's clock, or with its "
                                         "offset as in 2026-03-01T14:05+00:00."),
                                      text);
      if (ym_mapping_is_utc (rows->mapping))
        at_us = time.day * YM_DAY_US + time.second * YM_SECOND_US;
      else
        problem = read_london (rows, column, row, text, &time, &at_us);
    }
  *value = ym_value_integer (at_us);
  return problem;
}

static char *
read_reference (YmImportRows *rows, const Column *column, guint row, const char *text, YmValue *value)
{
  const YmForm *form = ym_form (column->field->refers_to);
  g_autofree char *name = g_strconcat (column->ours, "=", text, NULL);
  const YmId *known = g_hash_table_lookup (rows->references, name);
  g_autoptr (YmRecord) key = NULL;
  g_autoptr (YmRecord) found = NULL;
  YmId id;

  if (known == NULL)
    {
      key = ym_record_new (form, &ym_id_zero, &ym_id_zero);
      ym_record_set_text (key, form->key[0], text);
      id = ym_record_key_id (key, ym_journal_get_force (rows->journal));
      found = ym_tables_find (ym_journal_get_db (rows->journal), form, &id, NULL);
      if (found == NULL)
        return g_strdup_printf (_ ("“%s” is not known. Import what it names first, or correct it."), text);
      known = ym_id_copy (&id);
      g_hash_table_insert (rows->references, g_steal_pointer (&name), (gpointer) known);
    }
  *value = ym_value_id (known);
  return NULL;
}

static char *
read_value (YmImportRows *rows, const Column *column, guint row, YmValue *value)
{
  static const Read reads[] = {
    [YM_FIELD_TEXT] = read_answer,    [YM_FIELD_NOTE] = read_answer,       [YM_FIELD_INTEGER] = read_answer,
    [YM_FIELD_CHOICE] = read_answer,  [YM_FIELD_CHOICES] = read_answer,    [YM_FIELD_DATE] = read_date,
    [YM_FIELD_INSTANT] = read_instant, [YM_FIELD_REFERENCE] = read_reference,
  };
  g_autofree char *text = translate (rows, column, take_text (rows, column, row));
  char *problem;

  *value = (YmValue) YM_VALUE_INIT;
  if (*text == '\0')
    return (column->field->flags & YM_FIELD_REQUIRED) == 0 ? NULL : g_strdup (_ ("This is empty, and has to be there."));
  problem = reads[column->field->kind](rows, column, row, text, value);
  return problem != NULL ? problem : ym_field_check (column->field, value);
}

/* What the form's tables can't say. */
static char *
check_record (const YmRecord *record)
{
  if (record->form->id != YM_FORM_FORCE_SETTING)
    return NULL;
  return ym_setting_problem (ym_record_get_text (record, YM_FORCE_SETTING_NAME),
                             ym_record_get_integer (record, YM_FORCE_SETTING_VALUE, 0));
}

YmRecord *
ym_import_rows_read (YmImportRows *rows, guint row)
{
  g_autoptr (YmRecord) record = ym_record_new (rows->form, &ym_id_zero, &ym_id_zero);
  g_autofree char *wrong = NULL;
  gboolean good = TRUE;

  for (guint i = 0; i < rows->form->n_fields; i++)
    {
      const Column *column = &rows->columns[i];
      g_autofree char *problem = NULL;

      if (column->positions->len == 0)
        continue;
      problem = read_value (rows, column, row, &record->values[i]);
      if (problem == NULL)
        continue;
      ym_csv_add_problem (rows->csv, row, column->head, problem);
      good = FALSE;
    }
  wrong = good ? check_record (record) : NULL;
  if (wrong != NULL)
    ym_csv_add_problem (rows->csv, row, NULL, wrong);
  return good && wrong == NULL ? g_steal_pointer (&record) : NULL;
}

gboolean
ym_import_rows_has (const YmImportRows *rows, guint field)
{
  return rows->columns[field].positions->len > 0;
}

const char *
ym_import_rows_head (const YmImportRows *rows, guint field_id)
{
  return rows->columns[ym_form_field_index (rows->form, field_id)].head;
}
