/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a spreadsheet's rows to signed records. Which columns there are, what they may hold and what names a record all
 * follow from the forms' tables, so that a new kind of record needs nothing here.
 */

#include "sync/admin/importer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/forms/validate.h"
#include "app/journal/tables.h"
#include "app/rules/civil.h"

/* A group stays well below YM_GROUP_MAX_BYTES and YM_GROUP_MAX_ENVELOPES: each record may need an envelope of its own. */
#define GROUP_RECORDS 128
#define GROUP_BYTES (100 * 1024)
#define ENVELOPE_BYTES 640

typedef struct {
  YmJournal *journal;
  const YmForm *form;
  YmCsv *csv;
  GHashTable *lines; /* id of a record → its row + 1 */
  GPtrArray *before; /* (element-type YmRecord) (nullable items) */
  GPtrArray *after;
  YmImportCounts counts;
} Import;

/* The head of the column that a field is read from; %NULL for what no file can hold. */
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

static void
expect_columns (Import *import)
{
  g_autoptr (GPtrArray) required = g_ptr_array_new ();
  g_autoptr (GPtrArray) optional = g_ptr_array_new ();

  for (guint i = 0; i < import->form->n_fields; i++)
    {
      const YmField *field = &import->form->fields[i];
      const char *column = column_of (field);

      if (column != NULL)
        g_ptr_array_add ((field->flags & YM_FIELD_REQUIRED) != 0 ? required : optional, (gpointer) column);
    }
  g_ptr_array_add (required, NULL);
  g_ptr_array_add (optional, NULL);
  ym_csv_expect (import->csv, (const char *const *) required->pdata, (const char *const *) optional->pdata);
}

/* Reads one kind of value: fills @value, or returns what is wrong with @text. */
typedef char *(*Parse) (const Import *import, const YmField *field, const char *text, YmValue *value);

static char *
parse_text (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  *value = ym_value_text (text);
  return NULL;
}

static char *
parse_integer (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, field->minimum, field->maximum, &number, NULL))
    return g_strdup_printf (_ ("“%s” is not a whole number from %ld to %ld."), text, (glong) field->minimum,
                            (glong) field->maximum);
  *value = ym_value_integer (number);
  return NULL;
}

static char *
list_codes (const YmChoices *choices)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < choices->n_items; i++)
    g_string_append_printf (list, i == 0 ? "%s" : ", %s", choices->items[i].code);
  return g_string_free (list, FALSE);
}

static char *
parse_choice (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  g_autofree char *code = g_ascii_strdown (text, -1);
  const YmChoice *choice = ym_choices_by_code (field->choices, code);
  g_autofree char *codes = NULL;

  if (choice != NULL)
    {
      *value = ym_value_integer (choice->number);
      return NULL;
    }
  codes = list_codes (field->choices);
  return g_strdup_printf (_ ("“%s” is none of these: %s."), text, codes);
}

static char *
parse_choices (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ";, ", -1);
  gint64 mask = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      YmValue one = YM_VALUE_INIT;
      char *problem = *parts[i] == '\0' ? NULL : parse_choice (import, field, parts[i], &one);

      if (problem != NULL)
        return problem;
      if (one.kind == YM_VALUE_INTEGER)
        mask |= G_GINT64_CONSTANT (1) << one.integer;
    }
  *value = ym_value_integer (mask);
  return NULL;
}

static char *
parse_date (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  YmDay day;

  if (!ym_day_parse (text, &day))
    return g_strdup_printf (_ ("“%s” is not a date written as year-month-day, such as 2026-03-01."), text);
  *value = ym_value_integer (day);
  return NULL;
}

static char *
parse_instant (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  gint64 at_us;

  if (!ym_instant_parse (text, &at_us))
    return g_strdup_printf (_ ("“%s” is not a time with its offset, such as 2026-03-01T14:05+00:00."), text);
  *value = ym_value_integer (at_us);
  return NULL;
}

static char *
parse_reference (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  const YmForm *form = ym_form (field->refers_to);
  g_autoptr (YmRecord) key = ym_record_new (form, &ym_id_zero, &ym_id_zero);
  g_autoptr (YmRecord) found = NULL;
  YmId id;

  ym_record_set_text (key, form->key[0], text);
  id = ym_record_key_id (key, ym_journal_get_force (import->journal));
  found = ym_tables_find (ym_journal_get_db (import->journal), form, &id, NULL);
  if (found == NULL)
    return g_strdup_printf (_ ("“%s” is not known. Import what it names first, or correct it."), text);
  *value = ym_value_id (&id);
  return NULL;
}

static char *
parse (const Import *import, const YmField *field, const char *text, YmValue *value)
{
  static const Parse parses[] = {
    [YM_FIELD_TEXT] = parse_text,       [YM_FIELD_NOTE] = parse_text,       [YM_FIELD_INTEGER] = parse_integer,
    [YM_FIELD_CHOICE] = parse_choice,   [YM_FIELD_CHOICES] = parse_choices, [YM_FIELD_DATE] = parse_date,
    [YM_FIELD_INSTANT] = parse_instant, [YM_FIELD_REFERENCE] = parse_reference,
  };
  char *problem;

  *value = (YmValue) YM_VALUE_INIT;
  if (*text == '\0')
    return (field->flags & YM_FIELD_REQUIRED) == 0 ? NULL : g_strdup (_ ("This is empty, and has to be there."));
  problem = parses[field->kind](import, field, text, value);
  return problem != NULL ? problem : ym_field_check (field, value);
}

/* The values of a row that the file has columns for; FALSE if one is wrong, all of them being said. */
static gboolean
read_values (Import *import, guint row, YmRecord *record)
{
  gboolean good = TRUE;

  for (guint i = 0; i < import->form->n_fields; i++)
    {
      const YmField *field = &import->form->fields[i];
      const char *column = column_of (field);
      const char *text = column == NULL ? NULL : ym_csv_get (import->csv, row, column);
      g_auto (YmValue) value = YM_VALUE_INIT;
      g_autofree char *problem = text == NULL ? NULL : parse (import, field, text, &value);

      if (problem != NULL)
        ym_csv_add_problem (import->csv, row, column, problem);
      else if (text != NULL)
        ym_record_set (record, field->id, &value);
      good = good && problem == NULL;
    }
  return good;
}

/* Names the record by its natural key, and says which scope it lies in. */
static void
name_record (const Import *import, YmRecord *record)
{
  const YmId *force = ym_journal_get_force (import->journal);

  record->id = ym_record_key_id (record, force);
  record->scope = import->form->id == YM_FORM_HOME ? record->id : *force;
  for (guint i = 0; i < import->form->n_fields && import->form->scope == YM_SCOPE_HOME; i++)
    if (import->form->fields[i].refers_to == YM_FORM_HOME)
      (void) ym_record_get_id (record, import->form->fields[i].id, &record->scope);
}

static gboolean
is_first (Import *import, guint row, const YmRecord *record)
{
  guint earlier = GPOINTER_TO_UINT (g_hash_table_lookup (import->lines, &record->id));
  const YmField *key = ym_form_field (import->form, import->form->key[0]);
  g_autofree char *problem = NULL;

  if (earlier == 0)
    {
      g_hash_table_insert (import->lines, ym_id_copy (&record->id), GUINT_TO_POINTER (row + 1));
      return TRUE;
    }
  problem = g_strdup_printf (_ ("Line %u is about the same. Keep one of the two."),
                             ym_csv_row_line (import->csv, earlier - 1));
  ym_csv_add_problem (import->csv, row, column_of (key), problem);
  return FALSE;
}

/* Compares a row with what is known. What the file has no column for stays as it is. */
static gboolean
compare_row (Import *import, guint row, const YmRecord *read, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (YmRecord) before = ym_tables_read (ym_journal_get_db (import->journal), import->form, &read->scope,
                                                &read->id, &missing);
  g_autoptr (YmRecord) after = before == NULL ? ym_record_copy (read) : ym_record_copy (before);

  if (missing != NULL && !g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  for (guint i = 0; i < import->form->n_fields; i++)
    {
      const YmField *field = &import->form->fields[i];
      const char *column = column_of (field);

      if (column != NULL && ym_csv_get (import->csv, row, column) != NULL)
        ym_record_set (after, field->id, &read->values[i]);
    }
  if (before != NULL && ym_record_equal (before, after))
    {
      import->counts.unchanged++;
      return TRUE;
    }
  if (before == NULL)
    import->counts.inserted++;
  else
    import->counts.updated++;
  g_ptr_array_add (import->before, g_steal_pointer (&before));
  g_ptr_array_add (import->after, g_steal_pointer (&after));
  return TRUE;
}

static gboolean
read_rows (Import *import, GError **error)
{
  gboolean has_columns;

  expect_columns (import);
  has_columns = ym_csv_n_errors (import->csv) == 0;
  for (guint row = 0; row < ym_csv_n_rows (import->csv); row++)
    {
      g_autoptr (YmRecord) record = ym_record_new (import->form, &ym_id_zero, &ym_id_zero);

      if (!read_values (import, row, record) || !has_columns)
        continue;
      name_record (import, record);
      if (is_first (import, row, record) && !compare_row (import, row, record, error))
        return FALSE;
    }
  return TRUE;
}

static gsize
size_bytes (const YmRecord *record)
{
  gsize size = ENVELOPE_BYTES;

  for (guint i = 0; i < record->form->n_fields; i++)
    size += 16 + (record->values[i].kind == YM_VALUE_TEXT ? strlen (record->values[i].text) : YM_HASH_BYTES);
  return size;
}

/* Writes as many of the changes from @first on as make a good group; how many. */
static guint
write_group (Import *import, const YmAuthor *author, guint first, GError **error)
{
  YmChange changes[GROUP_RECORDS];
  g_autofree char *intent = g_strdelimit (g_strconcat (import->form->name, ".import", NULL), "_", '-');
  const YmRecord *subject = g_ptr_array_index (import->after, first);
  gsize size = 0;
  guint n = 0;

  while (first + n < import->after->len && n < GROUP_RECORDS && size < GROUP_BYTES)
    {
      const YmRecord *before = g_ptr_array_index (import->before, first + n);

      changes[n] = (YmChange){ before, g_ptr_array_index (import->after, first + n) };
      size += size_bytes (changes[n].after) + (before == NULL ? 0 : size_bytes (before));
      n++;
    }
  return ym_journal_write (import->journal, author, intent, &subject->id, changes, n, error) ? n : 0;
}

static gboolean
write_all (Import *import, const YmAuthor *author, GError **error)
{
  guint done = 0;

  if (import->after->len == 0)
    return TRUE;
  if (!ym_journal_begin (import->journal, error))
    return FALSE;
  while (done < import->after->len)
    {
      guint written = write_group (import, author, done, error);

      if (written == 0)
        {
          ym_journal_rollback (import->journal);
          return FALSE;
        }
      done += written;
    }
  return ym_journal_commit (import->journal, error);
}

static gboolean
fail_with_problems (YmCsv *csv, GError **error)
{
  guint n = ym_csv_n_errors (csv);

  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               ngettext ("Nothing was imported, because of %u problem in the file. Correct it and import the file again.",
                         "Nothing was imported, because of %u problems in the file. Correct them and import the file again.",
                         n),
               n);
  return FALSE;
}

gboolean
ym_import (YmJournal *journal, const YmAuthor *author, const YmForm *form, YmCsv *csv, YmImportCounts *counts,
           GError **error)
{
  g_autoptr (GHashTable) lines = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  Import import = { journal, form, csv, lines, before, after, { 0 } };

  g_return_val_if_fail (form->key[0] != 0, FALSE);
  *counts = (YmImportCounts){ 0 };
  if (!read_rows (&import, error))
    return FALSE;
  if (ym_csv_n_errors (csv) > 0)
    return fail_with_problems (csv, error);
  if (!write_all (&import, author, error))
    return FALSE;
  *counts = import.counts;
  return TRUE;
}
