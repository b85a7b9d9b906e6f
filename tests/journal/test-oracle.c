/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * SQLite's session extension watches random saves from outside. What it saw change in the tables must be exactly what
 * the signed operations say: an operation too many or too few would sign something else than what was done.
 */

#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1

#include "tests/journal/force.h"

#include <string.h>

#include "app/journal/tables.h"

#define N_SAVES 300

typedef struct {
  TestForce force;
  YmJournal *journal;
  GPtrArray *records; /* what may be changed again */
} Fixture;

/* "insert|update type id field old new" for each field, so that both sides compare as text. */
static void
add_line (GPtrArray *lines, gboolean insert, const char *table, const YmId *id, const char *field, const YmValue *old,
          const YmValue *new)
{
  const YmValue *both[] = { old, new };
  g_autofree char *id_text = ym_id_to_string (id);
  GString *line = g_string_new (NULL);

  g_string_printf (line, "%s %s %s %s", insert ? "insert" : "update", table, id_text, field);
  for (int i = 0; i < 2; i++)
    switch (both[i]->kind)
      {
      case YM_VALUE_NULL:
        g_string_append (line, " -");
        break;
      case YM_VALUE_INTEGER:
        g_string_append_printf (line, " %" G_GINT64_FORMAT, both[i]->integer);
        break;
      case YM_VALUE_TEXT:
        g_string_append_printf (line, " '%s'", both[i]->text);
        break;
      case YM_VALUE_BYTES:
        {
          YmHash hash = ym_hash_of_bytes (both[i]->bytes);
          g_autofree char *text = ym_hash_to_string (&hash);

          g_string_append_printf (line, " %s", text);
        }
      }
  g_ptr_array_add (lines, g_string_free (line, FALSE));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
join (GPtrArray *lines)
{
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

static YmValue
value_of (sqlite3_value *value)
{
  if (value == NULL)
    return (YmValue) YM_VALUE_INIT;
  switch (sqlite3_value_type (value))
    {
    case SQLITE_INTEGER:
      return ym_value_integer (sqlite3_value_int64 (value));
    case SQLITE_TEXT:
      return ym_value_text ((const char *) sqlite3_value_text (value));
    case SQLITE_BLOB:
      return ym_value_bytes (sqlite3_value_blob (value), (gsize) sqlite3_value_bytes (value));
    default:
      return (YmValue) YM_VALUE_INIT;
    }
}

/* The table's columns are number, scope, id, entry and then the form's fields, as ym_tables_migrate() makes them. */
static void
see_change (sqlite3_changeset_iter *iter, sqlite3 *db, GPtrArray *lines)
{
  const char *table;
  int n_columns, operation;
  const YmForm *form;
  YmId id = ym_id_zero;

  g_assert_cmpint (sqlite3changeset_op (iter, &table, &n_columns, &operation, NULL), ==, SQLITE_OK);
  g_assert_cmpint (operation, !=, SQLITE_DELETE);
  form = ym_form_by_name (table);
  g_assert_cmpint (n_columns, ==, (int) form->n_fields + 4);
  if (operation == SQLITE_INSERT)
    {
      sqlite3_value *value;
      g_auto (YmValue) id_value = YM_VALUE_INIT;

      g_assert_cmpint (sqlite3changeset_new (iter, 2, &value), ==, SQLITE_OK);
      id_value = value_of (value);
      g_assert_true (ym_value_get_id (&id_value, &id));
    }
  else
    {
      sqlite3_value *number;
      g_autofree char *sql = g_strdup_printf ("SELECT id FROM \"%s\" WHERE number = ?", table);
      g_autoptr (sqlite3_stmt) row = NULL;

      g_assert_cmpint (sqlite3changeset_old (iter, 0, &number), ==, SQLITE_OK);
      row = ym_sql_prepare (db, NULL, sql, "i", sqlite3_value_int64 (number));
      g_assert_cmpint (ym_sql_step (row, NULL), ==, YM_SQL_ROW);
      id = ym_sql_column_id (row, 0);
    }
  for (guint i = 0; i < form->n_fields; i++)
    {
      sqlite3_value *old = NULL, *new = NULL;
      g_auto (YmValue) old_value = YM_VALUE_INIT;
      g_auto (YmValue) new_value = YM_VALUE_INIT;

      if (operation == SQLITE_UPDATE)
        g_assert_cmpint (sqlite3changeset_old (iter, (int) i + 4, &old), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3changeset_new (iter, (int) i + 4, &new), ==, SQLITE_OK);
      old_value = value_of (old);
      new_value = value_of (new);
      if (operation == SQLITE_INSERT ? new_value.kind != YM_VALUE_NULL : new != NULL)
        add_line (lines, operation == SQLITE_INSERT, table, &id, form->fields[i].name, &old_value, &new_value);
    }
}

static char *
what_was_seen (sqlite3_session *session, sqlite3 *db)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  sqlite3_changeset_iter *iter;
  void *changes;
  int length;

  g_assert_cmpint (sqlite3session_changeset (session, &length, &changes), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3changeset_start (&iter, length, changes), ==, SQLITE_OK);
  while (sqlite3changeset_next (iter) == SQLITE_ROW)
    see_change (iter, db, lines);
  g_assert_cmpint (sqlite3changeset_finalize (iter), ==, SQLITE_OK);
  sqlite3_free (changes);
  return join (lines);
}

static char *
what_was_signed (YmJournal *journal, gint64 after)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (ym_journal_get_db (journal), NULL,
                                                  "SELECT change_set FROM envelope WHERE entry > ?", "i", after);

  while (ym_sql_step (rows, NULL) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) bytes = ym_sql_column_bytes (rows, 0);
      g_autoptr (YmChangeSet) change_set = ym_change_set_decode (bytes, NULL);

      for (guint i = 0; i < change_set->operations->len; i++)
        {
          const YmOperation *operation = g_ptr_array_index (change_set->operations, i);
          const YmForm *form = ym_form (operation->type);

          for (guint j = 0; j < operation->changes->len; j++)
            {
              const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, j);

              add_line (lines, operation->kind == YM_OPERATION_INSERT, form->name, &operation->record,
                        ym_form_field (form, change->field)->name, &change->old, &change->new);
            }
        }
    }
  return join (lines);
}

static void
randomise (YmRecord *record)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];
      gboolean required = (field->flags & YM_FIELD_REQUIRED) != 0;

      if ((field->flags & YM_FIELD_AUTOMATIC) != 0 || (!required && g_test_rand_bit ()))
        continue;
      switch (field->kind)
        {
        case YM_FIELD_TEXT:
        case YM_FIELD_NOTE:
          {
            g_autofree char *text = g_strdup_printf ("tŷ %d", g_test_rand_int_range (0, 3));

            ym_record_set_text (record, field->id, required || g_test_rand_bit () ? text : NULL);
            break;
          }
        case YM_FIELD_CHOICE:
          ym_record_set_integer (
              record, field->id,
              field->choices->items[g_test_rand_int_range (0, (gint) field->choices->n_items)].number);
          break;
        case YM_FIELD_INTEGER:
        case YM_FIELD_DATE:
        case YM_FIELD_INSTANT:
          ym_record_set_integer (record, field->id, field->minimum + g_test_rand_int_range (0, 3));
          break;
        case YM_FIELD_CHOICES:
        case YM_FIELD_REFERENCE:
        case YM_FIELD_BYTES:
          break;
        }
    }
}

/* A new record of a random form, or a change of one that was saved before. */
static void
random_save (Fixture *fixture)
{
  static const guint forms[] = { YM_FORM_ISSUE, YM_FORM_CONTACT, YM_FORM_CHILD_CONCERN };
  const TestDevice *device = &fixture->force.devices[TEST_2001];
  YmRecord *record;

  if (fixture->records->len > 0 && g_test_rand_bit ())
    {
      guint index = (guint) g_test_rand_int_range (0, (gint) fixture->records->len);
      g_autoptr (YmRecord) before = ym_record_copy (g_ptr_array_index (fixture->records, index));

      record = g_ptr_array_index (fixture->records, index);
      randomise (record);
      test_write (fixture->journal, device, "test.change", before, record);
      return;
    }
  record = test_record (&fixture->force, TEST_2001, forms[g_test_rand_int_range (0, G_N_ELEMENTS (forms))],
                        &fixture->force.home_1);
  randomise (record);
  g_ptr_array_add (fixture->records, record);
  test_write (fixture->journal, device, "test.new", NULL, record);
}

static void
test_session_sees_our_operations (void)
{
  Fixture fixture = { .records = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free) };
  sqlite3 *db;

  test_force_init (&fixture.force);
  fixture.journal = test_journal_open (&fixture.force, TEST_2001);
  test_force_found (&fixture.force, fixture.journal);
  db = ym_journal_get_db (fixture.journal);
  for (int i = 0; i < N_SAVES; i++)
    {
      gint64 last = test_count (fixture.journal, "SELECT max(entry) FROM envelope");
      sqlite3_session *session;
      g_autofree char *seen = NULL;
      g_autofree char *was_signed = NULL;
      guint n_forms;
      const YmForm *const *forms = ym_forms (&n_forms);

      g_assert_cmpint (sqlite3session_create (db, "main", &session), ==, SQLITE_OK);
      for (guint j = 0; j < n_forms; j++)
        g_assert_cmpint (sqlite3session_attach (session, forms[j]->name), ==, SQLITE_OK);
      random_save (&fixture);
      seen = what_was_seen (session, db);
      was_signed = what_was_signed (fixture.journal, last);
      g_assert_cmpstr (seen, ==, was_signed);
      sqlite3session_delete (session);
    }
  g_ptr_array_unref (fixture.records);
  test_journal_close (fixture.journal);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/session-sees-our-operations", test_session_sees_our_operations);
  return g_test_run ();
}
