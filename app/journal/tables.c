/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One SQL table for each form, with a column for each field. A row is what the fold of the signed
 * operations gives; `entry` says which envelope first wrote it, and so by whom, where and when.
 */

#include "app/journal/tables.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/cbor.h"
#include "app/journal/search-index.h"

static const char *
column_type (const YmField *field)
{
  switch (field->kind)
    {
    case YM_FIELD_TEXT:
    case YM_FIELD_NOTE:
      return "TEXT";
    case YM_FIELD_REFERENCE:
    case YM_FIELD_BYTES:
      return "BLOB";
    case YM_FIELD_INTEGER:
    case YM_FIELD_CHOICE:
    case YM_FIELD_CHOICES:
    case YM_FIELD_DATE:
    case YM_FIELD_INSTANT:
      break;
    }
  return "INTEGER";
}

static gboolean
count_columns (sqlite3 *db, const YmForm *form, const char *name, gint64 *count, GError **error)
{
  return ym_sql_integer (db, count, error, "SELECT count(*) FROM pragma_table_info(?) WHERE name = coalesce(?, name)",
                         "tt", form->name, name);
}

static gboolean
index_field (sqlite3 *db, const YmForm *form, const YmField *field, GError **error)
{
  g_autofree char *index = NULL;

  if (field->kind != YM_FIELD_REFERENCE)
    return TRUE;
  index = g_strdup_printf ("CREATE INDEX \"%s_%s\" ON \"%s\" (\"%s\")", form->name, field->name, form->name,
                           field->name);
  return ym_sql_script (db, index, error);
}

/* Whole: SQLite parses the schema anew for every column that is added later. */
static gboolean
create_table (sqlite3 *db, const YmForm *form, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "CREATE TABLE \"%s\" (number INTEGER PRIMARY KEY, scope BLOB NOT NULL, id BLOB NOT NULL, "
                               "entry INTEGER NOT NULL, ", form->name);
  for (guint i = 0; i < form->n_fields; i++)
    g_string_append_printf (sql, "\"%s\" %s, ", form->fields[i].name, column_type (&form->fields[i]));
  g_string_append_printf (sql, "UNIQUE (id, scope)); CREATE INDEX \"%s_scope\" ON \"%s\" (scope)", form->name, form->name);
  if (!ym_sql_script (db, sql->str, error))
    return FALSE;
  for (guint i = 0; i < form->n_fields; i++)
    if (!index_field (db, form, &form->fields[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
migrate_field (sqlite3 *db, const YmForm *form, const YmField *field, GError **error)
{
  g_autofree char *add = NULL;
  gint64 count;

  if (!count_columns (db, form, field->name, &count, error))
    return FALSE;
  if (count > 0)
    return TRUE;
  add = g_strdup_printf ("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s", form->name, field->name,
                         column_type (field));
  return ym_sql_script (db, add, error) && index_field (db, form, field, error);
}

static gboolean
migrate_form (sqlite3 *db, const YmForm *form, GError **error)
{
  gint64 count;

  if (!count_columns (db, form, NULL, &count, error))
    return FALSE;
  if (count == 0)
    return create_table (db, form, error);
  for (guint i = 0; i < form->n_fields; i++)
    if (!migrate_field (db, form, &form->fields[i], error))
      return FALSE;
  return TRUE;
}

gboolean
ym_tables_migrate (sqlite3 *db, GError **error)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    if (!migrate_form (db, forms[i], error))
      return FALSE;
  return TRUE;
}

/* "SELECT scope, id, field, field ... FROM table " */
static GString *
begin_select (const YmForm *form)
{
  GString *sql = g_string_new ("SELECT scope, id");

  for (guint i = 0; i < form->n_fields; i++)
    g_string_append_printf (sql, ", \"%s\"", form->fields[i].name);
  g_string_append_printf (sql, " FROM \"%s\" ", form->name);
  return sql;
}

static YmRecord *
record_of_row (sqlite3_stmt *row, const YmForm *form)
{
  YmId scope = ym_sql_column_id (row, 0);
  YmId id = ym_sql_column_id (row, 1);
  YmRecord *record = ym_record_new (form, &scope, &id);

  for (guint i = 0; i < form->n_fields; i++)
    record->values[i] = ym_sql_column_value (row, (int) i + 2);
  return record;
}

/* The first row of @statement, which it takes. */
static YmRecord *
take_one (sqlite3_stmt *taken, const YmForm *form, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = taken;

  if (statement == NULL)
    return NULL;
  switch (ym_sql_step (statement, error))
    {
    case YM_SQL_ROW:
      return record_of_row (statement, form);
    case YM_SQL_DONE:
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no such record on this device."));
      break;
    case YM_SQL_FAILED:
      break;
    }
  return NULL;
}

YmRecord *
ym_tables_read (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, GError **error)
{
  g_autoptr (GString) sql = begin_select (form);

  g_string_append (sql, "WHERE id = ? AND scope = ?");
  return take_one (ym_sql_prepare (db, error, sql->str, "dd", id, scope), form, error);
}

YmRecord *
ym_tables_find (sqlite3 *db, const YmForm *form, const YmId *id, GError **error)
{
  g_autoptr (GString) sql = begin_select (form);

  g_string_append (sql, "WHERE id = ?");
  return take_one (ym_sql_prepare (db, error, sql->str, "d", id), form, error);
}

GPtrArray *
ym_tables_select (sqlite3 *db, const YmForm *form, GError **error, const char *where, const char *types, ...)
{
  g_autoptr (GString) sql = begin_select (form);
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  va_list arguments;
  YmSqlStep step;

  if (where != NULL)
    g_string_append (sql, where);
  va_start (arguments, types);
  statement = ym_sql_prepare_va (db, error, sql->str, types, &arguments);
  va_end (arguments);
  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    g_ptr_array_add (records, record_of_row (statement, form));
  return step == YM_SQL_DONE ? g_steal_pointer (&records) : NULL;
}

gboolean
ym_tables_each (sqlite3 *db, const YmForm *form, YmTablesEach each, gpointer data, GError **error)
{
  g_autoptr (GString) sql = begin_select (form);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (db, error, sql->str, "");
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      g_autoptr (YmRecord) record = record_of_row (statement, form);

      each (data, record);
    }
  return step == YM_SQL_DONE;
}

static int
compare_fields (gconstpointer a, gconstpointer b, gpointer form)
{
  const YmField *fields = ((const YmForm *) form)->fields;

  return (int) fields[*(const guint *) a].id - (int) fields[*(const guint *) b].id;
}

/*
 * [form id, scope, id, {field id: value, ...}]
 *
 * Only what was answered, and by the fields' numbers: a field that a later program adds, wherever on the screen, leaves the
 * encoding of the rows as they are, and with it the digest in the sealed head.
 */
GBytes *
ym_tables_encode (const YmRecord *record)
{
  g_auto (YmCborWriter) writer;
  g_autoptr (GArray) answered = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  for (guint i = 0; i < record->form->n_fields; i++)
    if (record->values[i].kind != YM_VALUE_NULL)
      g_array_append_val (answered, i);
  g_array_sort_with_data (answered, compare_fields, (gpointer) record->form);
  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, 4);
  ym_cbor_write_unsigned (&writer, record->form->id);
  ym_cbor_write_id (&writer, &record->scope);
  ym_cbor_write_id (&writer, &record->id);
  ym_cbor_write_map (&writer, answered->len);
  for (guint i = 0; i < answered->len; i++)
    {
      guint index = g_array_index (answered, guint, i);

      ym_cbor_write_unsigned (&writer, record->form->fields[index].id);
      ym_cbor_write_value (&writer, &record->values[index]);
    }
  bytes = ym_cbor_writer_finish (&writer, &error);
  g_assert (bytes != NULL); /* every text was checked before it was folded */
  return bytes;
}

/* The row as it is, if there is one. */
typedef struct {
  YmRecord *record; /* NULL: there is none */
  gint64 number;
  gint64 entry;
} Old;

static void
old_clear (Old *old)
{
  g_clear_pointer (&old->record, ym_record_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Old, old_clear)

static gboolean
read_old (sqlite3 *db, const YmForm *form, const YmId *scope, const YmId *id, Old *old, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT number, entry FROM \"%s\" WHERE id = ? AND scope = ?", form->name);
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (db, error, sql, "dd", id, scope);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  if (step != YM_SQL_ROW)
    return step == YM_SQL_DONE;
  old->number = sqlite3_column_int64 (row, 0);
  old->entry = sqlite3_column_int64 (row, 1);
  old->record = ym_tables_read (db, form, scope, id, error);
  return old->record != NULL;
}

static void
uncount (YmDigest *digest, const YmRecord *old)
{
  g_autoptr (GBytes) row = ym_tables_encode (old);

  ym_digest_remove (digest, row);
}

gboolean
ym_tables_remove (sqlite3 *db, YmDigest *digest, const YmForm *form, const YmId *scope, const YmId *id,
                  GError **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM \"%s\" WHERE number = ?", form->name);
  g_auto (Old) old = { NULL };

  if (!read_old (db, form, scope, id, &old, error))
    return FALSE;
  if (old.record == NULL)
    return TRUE;
  uncount (digest, old.record);
  return ym_search_index_remove (db, old.record, old.number, error) && ym_sql_execute (db, error, sql, "i", old.number);
}

static char *
insert_sql (const YmForm *form)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new (NULL);

  for (guint i = 0; i < form->n_fields; i++)
    {
      g_string_append_printf (names, "\"%s\", ", form->fields[i].name);
      g_string_append (marks, "?, ");
    }
  return g_strdup_printf ("INSERT INTO \"%s\" (%sentry, id, scope) VALUES (%s?, ?, ?)", form->name, names->str,
                          marks->str);
}

/* The row's number stays, so that what refers to it stays right. */
static char *
update_sql (const YmForm *form)
{
  g_autoptr (GString) assignments = g_string_new (NULL);

  for (guint i = 0; i < form->n_fields; i++)
    g_string_append_printf (assignments, "\"%s\" = ?, ", form->fields[i].name);
  return g_strdup_printf ("UPDATE \"%s\" SET %sentry = ? WHERE id = ? AND scope = ?", form->name, assignments->str);
}

static gboolean
write_row (sqlite3 *db, const YmRecord *record, gint64 entry, gboolean is_new, GError **error)
{
  const YmForm *form = record->form;
  g_autofree char *sql = is_new ? insert_sql (form) : update_sql (form);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare_unbound (db, error, sql);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < form->n_fields; i++)
    if (!ym_sql_bind (statement, (int) i + 1, error, "v", &record->values[i]))
      return FALSE;
  return ym_sql_bind (statement, (int) form->n_fields + 1, error, "idd", entry, &record->id, &record->scope)
         && ym_sql_step (statement, error) == YM_SQL_DONE;
}

gboolean
ym_tables_put (sqlite3 *db, YmDigest *digest, const YmRecord *record, gint64 entry, GError **error)
{
  g_auto (Old) old = { NULL };
  g_autoptr (GBytes) row = NULL;
  gint64 number;

  if (!read_old (db, record->form, &record->scope, &record->id, &old, error))
    return FALSE;
  /* A receipt folds the record anew and mostly to what it is. */
  if (old.record != NULL && old.entry == entry && ym_record_equal (old.record, record))
    return TRUE;
  if (!write_row (db, record, entry, old.record == NULL, error))
    return FALSE;
  number = old.record == NULL ? sqlite3_last_insert_rowid (db) : old.number;
  if (old.record != NULL)
    uncount (digest, old.record);
  row = ym_tables_encode (record);
  ym_digest_add (digest, row);
  return ym_search_index_put (db, old.record, record, number, entry, error);
}
