/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a spreadsheet's rows to signed records. What names a record follows from the forms' tables, so that a new kind of
 * record needs nothing here.
 */

#include "sync/admin/importer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/journal/tables.h"
#include "sync/admin/import-row.h"

/* A group stays below YM_GROUP_MAX_BYTES and YM_GROUP_MAX_ENVELOPES, and what it has for one home below
 * YM_ENVELOPE_MAX_BYTES, by estimates that err on the large side. */
#define GROUP_RECORDS 1024
#define GROUP_SCOPES 128
#define GROUP_BYTES (120 * 1024)
#define SCOPE_BYTES (40 * 1024)
#define ENVELOPE_BYTES 640
#define OPERATION_BYTES 48

/* One record before and after the import. */
typedef struct {
  YmRecord *before; /* NULL for a new one */
  YmRecord *after;
} Change;

typedef struct {
  YmJournal *journal;
  const YmForm *form;
  YmCsv *csv;
  YmImportRows *rows;
  GHashTable *lines; /* id of a record → its row + 1 */
  GArray *changes;   /* (element-type Change) */
  YmImportCounts counts;
} Import;

static void
clear_change (gpointer data)
{
  Change *change = data;

  ym_record_free (change->before);
  ym_record_free (change->after);
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
is_same_row (const YmCsv *csv, guint a, guint b)
{
  for (guint i = 0; i < ym_csv_n_columns (csv); i++)
    if (!g_str_equal (ym_csv_get_at (csv, a, i), ym_csv_get_at (csv, b, i)))
      return FALSE;
  return TRUE;
}

/* Whether the row is the first about its record. A control room's export may say the same twice; but a home that wrote down
 * the same minute twice may have called twice. */
static gboolean
is_first (Import *import, guint row, const YmRecord *record)
{
  guint earlier = GPOINTER_TO_UINT (g_hash_table_lookup (import->lines, &record->id));
  gboolean is_log = import->form->id == YM_FORM_IMPORTED_LOG_ENTRY;
  g_autofree char *problem = NULL;

  if (earlier == 0)
    {
      g_hash_table_insert (import->lines, ym_id_copy (&record->id), GUINT_TO_POINTER (row + 1));
      return TRUE;
    }
  if (!is_log && is_same_row (import->csv, row, earlier - 1))
    {
      import->counts.unchanged++;
      return FALSE;
    }
  problem = g_strdup_printf (is_log ? _ ("Line %u is about the same minute. If the home called twice, number the two in a "
                                         "column entry_no; else keep one of them.")
                                    : _ ("Line %u is about the same. Keep one of the two."),
                             ym_csv_row_line (import->csv, earlier - 1));
  ym_csv_add_problem (import->csv, row, ym_import_rows_head (import->rows, import->form->key[0]), problem);
  return FALSE;
}

/* Takes both. */
static void
add_change (Import *import, YmRecord *before, YmRecord *after)
{
  Change change = { before, after };

  g_array_append_val (import->changes, change);
}

/* Where a record can come to lie in another home's scope, because the home is no part of what names it: a call. */
static gboolean
may_move (const YmForm *form)
{
  if (form->scope != YM_SCOPE_HOME || form->id == YM_FORM_HOME || ym_form_field_by_name (form, "withdrawn") == NULL)
    return FALSE;
  for (guint i = 0; i < YM_FORM_MAX_KEY && form->key[i] != 0; i++)
    if (ym_form_field (form, form->key[i])->refers_to == YM_FORM_HOME)
      return FALSE;
  return TRUE;
}

/* Withdraws the record wherever else it stands; @moved says whether it did. */
static gboolean
withdraw_elsewhere (Import *import, const YmRecord *read, gboolean *moved, GError **error)
{
  g_autoptr (GPtrArray) others = NULL;
  const YmField *withdrawn = ym_form_field_by_name (import->form, "withdrawn");

  *moved = FALSE;
  if (!may_move (import->form))
    return TRUE;
  others = ym_tables_select (ym_journal_get_db (import->journal), import->form, error,
                             "WHERE id = ? AND scope <> ? AND coalesce(withdrawn, 0) <> 1", "dd", &read->id, &read->scope);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      YmRecord *before = ym_record_copy (g_ptr_array_index (others, i));
      YmRecord *after = ym_record_copy (before);

      ym_record_set_integer (after, withdrawn->id, YM_YES);
      add_change (import, before, after);
      import->counts.moved++;
      import->counts.updated++;
    }
  *moved = others != NULL && others->len > 0;
  return others != NULL;
}

/* What is known, as the row has it. What the file has no column for stays as it is; but what was withdrawn here because it
 * went to another home, and comes back, stands again. */
static YmRecord *
lay_over (const Import *import, const YmRecord *known, const YmRecord *read, gboolean moved)
{
  YmRecord *after = ym_record_copy (known != NULL ? known : read);

  for (guint i = 0; i < import->form->n_fields; i++)
    {
      const YmField *field = &import->form->fields[i];

      if (ym_import_rows_has (import->rows, i) || (moved && g_str_equal (field->name, "withdrawn")))
        ym_record_set (after, field->id, &read->values[i]);
    }
  return after;
}

static gboolean
compare_row (Import *import, const YmRecord *read, GError **error)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (YmRecord) before = ym_tables_read (ym_journal_get_db (import->journal), import->form, &read->scope,
                                                &read->id, &missing);
  g_autoptr (YmRecord) after = NULL;
  gboolean moved;

  if (missing != NULL && !g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (!withdraw_elsewhere (import, read, &moved, error))
    return FALSE;
  after = lay_over (import, before, read, moved);
  if (before != NULL && ym_record_equal (before, after))
    {
      import->counts.unchanged++;
      return TRUE;
    }
  if (before == NULL)
    import->counts.inserted++;
  else
    import->counts.updated++;
  add_change (import, g_steal_pointer (&before), g_steal_pointer (&after));
  return TRUE;
}

static gboolean
read_rows (Import *import, GError **error)
{
  gboolean has_columns = ym_csv_n_errors (import->csv) == 0;

  for (guint row = 0; row < ym_csv_n_rows (import->csv); row++)
    {
      g_autoptr (YmRecord) record = ym_import_rows_read (import->rows, row);

      if (record == NULL || !has_columns)
        continue;
      name_record (import, record);
      if (is_first (import, row, record) && !compare_row (import, record, error))
        return FALSE;
    }
  return TRUE;
}

/* About what a value takes in a change set. */
static gsize
value_bytes (const YmValue *value)
{
  switch (value->kind)
    {
    case YM_VALUE_TEXT:
      return 3 + strlen (value->text);
    case YM_VALUE_BYTES:
      return 3 + g_bytes_get_size (value->bytes);
    case YM_VALUE_INTEGER:
      return 9;
    case YM_VALUE_NULL:
      break;
    }
  return 1;
}

static gsize
change_bytes (const Change *change)
{
  gsize size = OPERATION_BYTES;

  for (guint i = 0; i < change->after->form->n_fields; i++)
    size += 4 + value_bytes (&change->after->values[i])
            + (change->before == NULL ? 1 : value_bytes (&change->before->values[i]));
  return size;
}

/* Writes as many of the changes from @first on as make a good group; how many. They are in the order of their scopes, so
 * that each scope's envelope of the group holds as much as it may. */
static guint
write_group (Import *import, const YmAuthor *author, guint first, GError **error)
{
  YmChange changes[GROUP_RECORDS];
  g_autofree char *intent = g_strdelimit (g_strconcat (import->form->name, ".import", NULL), "_", '-');
  const Change *all = &g_array_index (import->changes, Change, first);
  gsize group_bytes = 0, scope_bytes = 0;
  guint n = 0, n_scopes = 0;

  while (first + n < import->changes->len && n < GROUP_RECORDS)
    {
      gsize bytes = change_bytes (&all[n]);

      if (n == 0 || !ym_id_equal (&all[n].after->scope, &all[n - 1].after->scope))
        {
          scope_bytes = ENVELOPE_BYTES;
          group_bytes += ENVELOPE_BYTES;
          n_scopes++;
        }
      scope_bytes += bytes;
      group_bytes += bytes;
      if (n > 0 && (n_scopes > GROUP_SCOPES || scope_bytes > SCOPE_BYTES || group_bytes > GROUP_BYTES))
        break;
      changes[n] = (YmChange){ all[n].before, all[n].after };
      n++;
    }
  return ym_journal_write (import->journal, author, intent, &all[0].after->id, changes, n, error) ? n : 0;
}

static int
compare_scopes (gconstpointer a, gconstpointer b)
{
  return ym_id_compare (&((const Change *) a)->after->scope, &((const Change *) b)->after->scope);
}

static gboolean
write_all (Import *import, const YmAuthor *author, GError **error)
{
  guint done = 0;

  if (import->changes->len == 0)
    return TRUE;
  g_array_sort (import->changes, compare_scopes);
  if (!ym_journal_begin (import->journal, error))
    return FALSE;
  while (done < import->changes->len)
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

static gboolean
import_rows (Import *import, const YmAuthor *author, GError **error)
{
  if (!read_rows (import, error))
    return FALSE;
  if (ym_csv_n_errors (import->csv) > 0)
    return fail_with_problems (import->csv, error);
  return write_all (import, author, error);
}

gboolean
ym_import (YmJournal *journal, const YmAuthor *author, const YmForm *form, YmCsv *csv, const YmMapping *mapping,
           YmImportCounts *counts, GError **error)
{
  g_autoptr (GHashTable) lines = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_autoptr (YmMapping) plain = ym_mapping_new ();
  g_autoptr (YmImportRows) rows = NULL;
  Import import = { journal, form, csv, NULL, lines, changes, { 0 } };
  gboolean imported;

  g_return_val_if_fail (form->key[0] != 0, FALSE);
  g_array_set_clear_func (changes, clear_change);
  rows = ym_import_rows_new (journal, form, csv, mapping != NULL ? mapping : plain);
  import.rows = rows;
  imported = import_rows (&import, author, error);
  *counts = imported ? import.counts : (YmImportCounts){ 0 };
  return imported;
}
