/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing the force's spreadsheets: whole or not at all, every problem said, twice is once. */

#include <sqlite3.h>
#include <string.h>

#include "app/journal/tables.h"
#include "sync/admin/importer.h"
#include "tests/journal/force.h"

typedef struct {
  TestForce force;
  YmJournal *journal;
  YmImportCounts counts;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_force_init (&fixture->force);
  fixture->journal = test_journal_open (&fixture->force, TEST_ADMINISTRATOR);
  test_force_found (&fixture->force, fixture->journal);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_journal_close (fixture->journal);
}

static gboolean
import (Fixture *fixture, const char *form, GBytes *file, char **report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmCsv) csv = ym_csv_parse (file, &error);
  gboolean good;

  g_assert_no_error (error);
  good = ym_import (fixture->journal, &fixture->force.devices[TEST_ADMINISTRATOR].author, ym_form_by_name (form), csv,
                    &fixture->counts, &error);
  if (!good)
    g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  if (report != NULL)
    *report = ym_csv_report (csv);
  return good;
}

static gboolean
import_text (Fixture *fixture, const char *form, const char *text, char **report)
{
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));

  return import (fixture, form, file, report);
}

static GBytes *
read_demo (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "data", "demo-force", name, NULL);
  char *text;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static void
assert_counts (Fixture *fixture, guint inserted, guint updated, guint unchanged)
{
  g_assert_cmpuint (fixture->counts.inserted, ==, inserted);
  g_assert_cmpuint (fixture->counts.updated, ==, updated);
  g_assert_cmpuint (fixture->counts.unchanged, ==, unchanged);
}

static gint64
count_envelopes (Fixture *fixture)
{
  return test_count (fixture->journal, "SELECT count(*) FROM envelope");
}

/* Broken: a force can't be set up from its own register. */
static void
test_demo_force (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *form;
    const char *file;
    guint rows;
  } files[] = { { "home", "homes.csv", 24 }, { "officer", "officers.csv", 4 }, { "assignment", "assignments.csv", 48 } };
  gint64 before;

  /* The demo's officers 2001 to 2003 are in the test's force already, under other names: they are updated. */
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = read_demo (files[i].file);
      g_autofree char *report = NULL;

      g_assert_true (import (fixture, files[i].form, file, &report));
      g_assert_cmpstr (report, ==, "");
      g_assert_cmpuint (fixture->counts.inserted + fixture->counts.updated, ==, files[i].rows);
    }
  before = count_envelopes (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) file = read_demo (files[i].file);

      g_assert_true (import (fixture, files[i].form, file, NULL));
      assert_counts (fixture, 0, 0, files[i].rows);
    }
  g_assert_cmpint (count_envelopes (fixture), ==, before);
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE violation != 0 OR NOT folded"), ==,
                   0);
  g_assert_cmpint (test_count (fixture->journal, "SELECT max(n) FROM (SELECT count(*) AS n, "
                                                 "sum(length(body) + length(change_set)) AS bytes "
                                                 "FROM envelope GROUP BY group_id)"),
                   <=, YM_GROUP_MAX_ENVELOPES);
}

/* Broken: a file that a spreadsheet in Wales saved can't be read, or its letters are lost. */
static void
test_as_spreadsheets_write (Fixture *fixture, gconstpointer data)
{
  static const char text[] = "\xef\xbb\xbf"
                             "Name;STATUS;registration_no;address\r\n"
                             "\"Tŷ Ŵy; Llŷn\";open;W9;\"1 Heol y \"\"Môr\"\"\"\r\n"
                             ";;;\r\n";
  YmId id = ym_id_from_key (&fixture->force.force, "home", "W9");
  g_autoptr (YmRecord) home = NULL;

  g_assert_true (import_text (fixture, "home", text, NULL));
  assert_counts (fixture, 1, 0, 0);
  home = ym_tables_find (ym_journal_get_db (fixture->journal), ym_form (YM_FORM_HOME), &id, NULL);
  g_assert_nonnull (home);
  g_assert_cmpstr (ym_record_get_text (home, YM_HOME_NAME), ==, "Tŷ Ŵy; Llŷn");
  g_assert_cmpstr (ym_record_get_text (home, YM_HOME_ADDRESS), ==, "1 Heol y \"Môr\"");
  g_assert_true (ym_id_equal (&home->scope, &id));
}

/* Broken: the second mistake in a file is found only after the first was mended, or half a file is imported. */
static void
test_every_problem (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *form;
    const char *text;
    const char *const said[6];
  } cases[] = {
    { "home",
      "registration_no,name,status,capacity,language\n"
      "W7,Good,open,4,cy\n"
      "W8,,opened,four,fr\n"
      "W7,Again,open,4,en\n",
      { "Line 3, name:", "Line 3, capacity:", "Line 3, language:", "Line 3, status:", "Line 4, registration_no: Line 2 " } },
    { "assignment",
      "registration_no,collar_no,role,from_date,to_date\n"
      "W1,2001,named,2026-02-30,\n"
      "W1,2999,named,01/02/2026,\n"
      "W404,2001,boss,2026-02-01,soon\n",
      { "Line 2, from_date:", "Line 3, collar_no:", "Line 3, from_date:", "Line 4, registration_no:", "Line 4, role:",
        "Line 4, to_date:" } },
    { "officer", "collar_no,name\n2001,A\n2002,B\n", { "Line 1, role:" } },
    { "home", "registration_no,name,status\nW7,Good,open\nW8,Bad \x01,open\n", { "Line 3, name:" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 before = count_envelopes (fixture);
      g_autofree char *report = NULL;
      g_auto (GStrv) lines = NULL;

      g_assert_false (import_text (fixture, cases[i].form, cases[i].text, &report));
      assert_counts (fixture, 0, 0, 0);
      lines = g_strsplit (report, "\n", -1);
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].said); j++)
        {
          if (cases[i].said[j] == NULL)
            {
              g_assert_cmpuint (g_strv_length (lines), ==, j + 1);
              break;
            }
          g_assert_true (g_str_has_prefix (lines[j], cases[i].said[j]));
        }
      g_assert_cmpint (count_envelopes (fixture), ==, before);
    }
}

/* Broken: a correction in one line rewrites the whole register, or wipes what its file does not speak of. */
static void
test_one_changed_line (Fixture *fixture, gconstpointer data)
{
  YmId id = ym_id_from_key (&fixture->force.force, "home", "W7");
  gint64 before;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) home = NULL;
  g_autoptr (sqlite3_stmt) row = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YmChangeSet) change_set = NULL;
  const YmOperation *operation;

  g_assert_true (import_text (fixture, "home",
                              "registration_no,name,status,manager,phone\nW7,Seven,open,A,1\nW8,Eight,open,B,2\n", NULL));
  before = count_envelopes (fixture);
  g_assert_true (import_text (fixture, "home", "registration_no,name,status,manager\nW7,Seven,open,C\nW8,Eight,open,B\n",
                              NULL));
  assert_counts (fixture, 0, 1, 1);
  g_assert_cmpint (count_envelopes (fixture), ==, before + 1);
  home = ym_tables_find (ym_journal_get_db (fixture->journal), ym_form (YM_FORM_HOME), &id, NULL);
  g_assert_cmpstr (ym_record_get_text (home, YM_HOME_MANAGER), ==, "C");
  g_assert_cmpstr (ym_record_get_text (home, YM_HOME_PHONE), ==, "1");
  row = ym_sql_prepare (ym_journal_get_db (fixture->journal), &error,
                        "SELECT change_set FROM envelope ORDER BY entry DESC LIMIT 1", "");
  g_assert_cmpint (ym_sql_step (row, &error), ==, YM_SQL_ROW);
  bytes = ym_sql_column_bytes (row, 0);
  change_set = ym_change_set_decode (bytes, &error);
  g_assert_no_error (error);
  operation = g_ptr_array_index (change_set->operations, 0);
  g_assert_cmpuint (operation->changes->len, ==, 1);
  g_assert_cmpstr (g_array_index (operation->changes, YmFieldChange, 0).old.text, ==, "A");
}

/* Broken: an import of a few hundred homes can't be signed, because one group of it is larger than any may be. */
static void
test_many_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("registration_no,status,name,provider,manager,address\n");
  g_autoptr (GString) long_name = g_string_new (NULL);
  const int n = 700;

  for (int i = 0; i < 120; i++)
    g_string_append (long_name, "ŵ");
  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "X%d,open,%s,%s,%s,%s%s\n", i, long_name->str, long_name->str, long_name->str,
                            long_name->str, long_name->str);
  g_assert_true (import_text (fixture, "home", text->str, NULL));
  assert_counts (fixture, (guint) n, 0, 0);
  g_assert_cmpint (test_count (fixture->journal,
                               "SELECT max(bytes) FROM (SELECT sum(length(body) + length(change_set)) AS bytes "
                               "FROM envelope GROUP BY group_id)"),
                   <=, YM_GROUP_MAX_BYTES);
  g_assert_cmpint (test_count (fixture->journal, "SELECT max(group_count) FROM envelope"), <=, YM_GROUP_MAX_ENVELOPES);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/import/demo-force", test_demo_force },
    { "/import/as-spreadsheets-write", test_as_spreadsheets_write },
    { "/import/every-problem", test_every_problem },
    { "/import/one-changed-line", test_one_changed_line },
    { "/import/many-rows", test_many_rows },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
