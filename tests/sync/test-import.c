/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing the force's spreadsheets: whole or not at all, every problem said, twice is once. */

#include <sqlite3.h>
#include <string.h>

#include "app/journal/tables.h"
#include "app/notebook/calls.h"
#include "app/notebook/schema.h"
#include "sync/admin/import-row.h"
#include "sync/admin/importer.h"
#include "sync/admin/written-time.h"
#include "tests/journal/force.h"

typedef struct {
  TestForce force;
  YmJournal *journal;
  YmMapping *mapping;
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
  g_clear_pointer (&fixture->mapping, ym_mapping_free);
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
                    fixture->mapping, &fixture->counts, &error);
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

/* Broken: the directory that officers ring from can't be imported, or a second time makes two of each. */
static void
test_partners (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) file = read_demo ("partners.csv");
  g_autofree char *report = NULL;

  g_assert_true (import (fixture, "partner", file, &report));
  g_assert_cmpstr (report, ==, "");
  assert_counts (fixture, 11, 0, 0);
  g_assert_true (import (fixture, "partner", file, NULL));
  assert_counts (fixture, 0, 0, 11);
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

static YmCall *
find_call (Fixture *fixture, const char *registration_no, const char *ref)
{
  const YmId *force = &fixture->force.force;
  YmDesk desk = { .db = ym_journal_get_db (fixture->journal), .journal = fixture->journal };
  YmId home = ym_id_from_key (force, "home", registration_no);
  YmId id = ym_id_from_key (force, "call", ref);

  return ym_call_load (&desk, &home, &id, NULL);
}

static void
assert_call (Fixture *fixture, const char *registration_no, const char *ref, const char *at)
{
  g_autoptr (YmCall) call = find_call (fixture, registration_no, ref);
  g_autofree char *received = call == NULL ? NULL : ym_instant_to_london_string (call->received_at_us);

  g_test_message ("%s at %s", ref, registration_no);
  g_assert_cmpstr (received, ==, at);
}

/* Broken: another force's export can't be imported as it is saved, or its words become other answers than were meant. */
static void
test_mapping (Fixture *fixture, gconstpointer data)
{
  const YmForm *form = ym_form (YM_FORM_CALL);
  g_autofree const char **columns = ym_import_columns (form);
  g_autoptr (GBytes) homes = read_demo ("homes.csv");
  g_autoptr (GBytes) mapping = read_demo ("../examples/control-room.mapping");
  g_autoptr (GBytes) file = read_demo ("../examples/control-room.csv");
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;
  g_autoptr (YmCall) first = NULL;
  g_autoptr (YmCall) last = NULL;

  g_assert_true (import (fixture, "home", homes, NULL));
  fixture->mapping = ym_mapping_parse (form, columns, mapping, &error);
  g_assert_no_error (error);
  g_assert_true (import (fixture, "call", file, &report));
  assert_counts (fixture, 4, 0, 0);
  assert_call (fixture, "W013000", "DP-20260301-00017", "2026-03-01T22:45:00+00:00");
  assert_call (fixture, "W013001", "DP-20261025-00003", "2026-10-25T01:30:00+01:00");
  g_assert_true (g_str_has_prefix (report, "Line 4, Call Date: “25/10/2026 01:30” was twice"));
  g_assert_cmpuint (strcspn (report, "\n"), ==, strlen (report) - 1); /* and nothing else */
  first = find_call (fixture, "W013000", "DP-20260301-00017");
  g_assert_cmpint (ym_call_answer (first, YM_CALL_REASON), ==, YM_CALL_REASON_MISSING);
  g_assert_cmpint (ym_call_answer (first, YM_CALL_ATTENDED), ==, YM_YES);
  last = find_call (fixture, "W013001", "DP-20261025-00004");
  g_assert_cmpint (ym_call_answer (last, YM_CALL_REASON), ==, 0);
}

/* Broken: a slip in a mapping file sends calls to the wrong column, or nobody can tell in which line it is. */
static void
test_bad_mappings (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    guint line;
  } cases[] = {
    { "Ref = incident_ref\n", 1 },
    { "[columns]\nRef = incident\n", 2 },
    { "# fine\n\n[columns\n", 3 },
    { "[columns]\nRef\n", 2 },
    { "[columns]\n= incident_ref\n", 2 },
    { "[columns]\nRef = incident_ref\nREF = reason\n", 3 },
    { "[reasons]\nMISPER = missing\n", 1 },
    { "[reason]\nMISPER = gone\n", 2 },
    { "[format]\ntimes = %d/%m/%Y\n", 2 },
    { "[format]\ntimes = %d/%m/%Y %H:%M:%M\n", 2 },
    { "[format]\ndates = %d/%m/%Y %H:%M\n", 2 },
    { "[format]\ndates = %d/%m/%Q\n", 2 },
    { "[format]\ndates = %d/%m/%Y%\n", 2 },
    { "[format]\nzone = Europe/Paris\n", 2 },
    { "[format]\nrepeated_hour = any\n", 2 },
    { "[format]\ncolour = blue\n", 2 },
    { "[]\n", 1 },
  };
  const YmForm *form = ym_form (YM_FORM_CALL);
  g_autofree const char **columns = ym_import_columns (form);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].text, strlen (cases[i].text));
      g_autofree char *line = g_strdup_printf ("Line %u of the mapping file:", cases[i].line);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (ym_mapping_parse (form, columns, bytes, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
      g_assert_true (g_str_has_prefix (error->message, line));
    }
}

/* Broken: a call is filed an hour off, on the wrong day, or under a date that never was. */
static void
test_written_times (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *format, *text, *read; /* NULL: refused */
  } cases[] = {
    { "%d/%m/%Y %H:%M", "01/03/2026 22:45", "2026-03-01 81900" },
    { "%d/%m/%Y %H:%M", "1/3/2026   7:05", "2026-03-01 25500" },
    { "%d/%m/%Y %H:%M", "29/02/2024 00:00", "2024-02-29 0" },
    { "%d/%m/%Y %H:%M", "29/02/2026 00:00", NULL },
    { "%d/%m/%Y %H:%M", "31/06/2026 10:00", NULL },
    { "%d/%m/%Y %H:%M", "03/13/2026 10:00", NULL },
    { "%d/%m/%Y %H:%M", "01/03/2026 24:00", NULL },
    { "%d/%m/%Y %H:%M", "01/03/2026 10:60", NULL },
    { "%d/%m/%Y %H:%M", "01/03/2026 10:00:00", NULL },
    { "%d/%m/%Y %H:%M", "01/03/26 10:00", NULL },
    { "%d/%m/%Y %H:%M", "01/03/2026", NULL },
    { "%d %b %y, %H.%M.%S", "5 sep 26, 23.59.59", "2026-09-05 86399" },
    { "%d-%b-%Y %H:%M", "05-September-2026 00:01", "2026-09-05 60" },
    { "%d-%b-%Y %H:%M", "05-Sept-2026 00:01", NULL },
    { "%Y%m%d %H%M", "20260301 2245", "2026-03-01 81900" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmWrittenTime time;
      gboolean read = ym_written_time_read (cases[i].format, cases[i].text, &time);
      g_autofree char *day = read ? ym_day_to_string (time.day) : NULL;
      g_autofree char *text = read ? g_strdup_printf ("%s %d", day, time.second) : NULL;

      g_test_message ("%s by %s", cases[i].text, cases[i].format);
      g_assert_true (ym_written_time_check (cases[i].format, TRUE));
      g_assert_cmpstr (text, ==, cases[i].read);
    }
}

/* Broken: the night when the clocks change moves a call by an hour without anybody being told. */
static void
test_clock_changes (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *at;
    const char *received; /* NULL: refused */
  } cases[] = {
    { "2026-03-29 00:59", "2026-03-29T00:59:00+00:00" },
    { "2026-03-29 01:30", NULL },
    { "2026-03-29 02:00", "2026-03-29T02:00:00+01:00" },
    { "2026-10-25 00:59:59", "2026-10-25T00:59:59+01:00" },
    { "2026-10-25T01:00", NULL },
    { "2026-10-25 01:59", NULL },
    { "2026-10-25 02:00", "2026-10-25T02:00:00+00:00" },
    { "2026-10-25T01:30+01:00", "2026-10-25T01:30:00+01:00" },
    { "2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00" },
    { "2026-07-01", NULL },
    { "14:05", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text
          = g_strdup_printf ("incident_ref,registration_no,received_at\nC%u,W1,%s\n", i, cases[i].at);
      g_autofree char *ref = g_strdup_printf ("C%u", i);
      g_autofree char *report = NULL;

      g_test_message ("%s", cases[i].at);
      g_assert_cmpint (import_text (fixture, "call", text, &report), ==, cases[i].received != NULL);
      if (cases[i].received != NULL)
        assert_call (fixture, "W1", ref, cases[i].received);
      else
        g_assert_true (g_str_has_prefix (report, "Line 2, received_at: “"));
    }
}

#define HEADER "incident_ref,registration_no,received_at,reason\n"

/* Broken: a call that was put down to the wrong home counts against both, or against neither once it is put back. */
static void
test_call_moves (Fixture *fixture, gconstpointer data)
{
  static const char at_1[] = HEADER "M1,W1,2026-03-02T10:00+00:00,theft\n";
  static const char at_2[] = HEADER "M1,W2,2026-03-02T10:00+00:00,theft\n";
  static const char *const there = "2026-03-02T10:00:00+00:00";
  gint64 envelopes;

  g_assert_true (import_text (fixture, "call", at_1, NULL));
  g_assert_true (import_text (fixture, "call", at_2, NULL));
  assert_counts (fixture, 1, 1, 0);
  g_assert_cmpuint (fixture->counts.moved, ==, 1);
  assert_call (fixture, "W1", "M1", NULL);
  assert_call (fixture, "W2", "M1", there);
  envelopes = count_envelopes (fixture);
  g_assert_true (import_text (fixture, "call", at_2, NULL));
  assert_counts (fixture, 0, 0, 1);
  g_assert_cmpint (count_envelopes (fixture), ==, envelopes);
  g_assert_true (import_text (fixture, "call", at_1, NULL));
  assert_counts (fixture, 0, 2, 0);
  assert_call (fixture, "W1", "M1", there);
  assert_call (fixture, "W2", "M1", NULL);
  /* What the control room withdrew stays so when a later export without that column has it. */
  g_assert_true (import_text (fixture, "call",
                              "incident_ref,registration_no,received_at,withdrawn\nM1,W1,2026-03-02T10:00+00:00,yes\n", NULL));
  g_assert_true (import_text (fixture, "call", at_1, NULL));
  assert_call (fixture, "W1", "M1", NULL);
}

/* Broken: an export that says a call twice can't be imported, or two calls of one minute in the home's log become one. */
static void
test_repeats_in_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *report = NULL;
  g_autofree char *log_report = NULL;

  g_assert_true (import_text (fixture, "call",
                              HEADER "R1,W1,2026-03-02T10:00Z,theft\nR2,W1,2026-03-02T10:00Z,theft\n"
                                     "R1,W1,2026-03-02T10:00Z,theft\n",
                              NULL));
  assert_counts (fixture, 2, 0, 1);
  g_assert_false (import_text (fixture, "call",
                               HEADER "R3,W1,2026-03-02T10:00Z,theft\nR3,W1,2026-03-02T10:01Z,theft\n", &report));
  g_assert_true (g_str_has_prefix (report, "Line 3, incident_ref: Line 2 "));
  g_assert_false (import_text (fixture, "imported_log_entry",
                               "registration_no,logged_at,reason\nW1,2026-03-02 10:00,theft\nW1,2026-03-02 10:00,theft\n",
                               &log_report));
  g_assert_nonnull (strstr (log_report, "entry_no"));
  g_assert_true (import_text (fixture, "imported_log_entry",
                              "registration_no,logged_at,reason,entry_no\n"
                              "W1,2026-03-02 10:00,theft,1\nW1,2026-03-02 10:00,theft,2\n",
                              NULL));
  assert_counts (fixture, 2, 0, 0);
}

/* Broken: a slip in the force's settings changes for everybody when CIW is told, or figures land in no month. */
static void
test_settings_and_figures (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *form, *text;
    gboolean good;
  } cases[] = {
    { "force_setting", "name,value\ntrigger_threshold,4\nreconcile_tolerance,45\n", TRUE },
    { "force_setting", "name,value\ntrigger_threshold,0\n", FALSE },
    { "force_setting", "name,value\nreconcile_tolerance,241\n", FALSE },
    { "force_setting", "name,value\ntriger_threshold,3\n", FALSE },
    { "imported_figures", "registration_no,month,missing,restraints\nW1,2026-03,66,1\nW1,2026-04-01,8,0\n", TRUE },
    { "imported_figures", "registration_no,month,missing\nW1,2026-03-02,66\n", FALSE },
    { "imported_figures", "registration_no,month,missing\nW1,March,66\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (import_text (fixture, cases[i].form, cases[i].text, NULL), ==, cases[i].good);
    }
}

/* Broken: a year of a force's calls becomes an envelope each, and a day on the way to every tablet. */
static void
test_calls_share_envelopes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  gint64 before = count_envelopes (fixture);
  const guint n = 3000;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "N%u,%s,2026-%02u-%02uT%02u:00Z,theft\n", i, i % 2 == 0 ? "W1" : "W2", 1 + i % 12,
                            1 + i % 28, i % 24);
  g_assert_true (import_text (fixture, "call", text->str, NULL));
  assert_counts (fixture, n, 0, 0);
  g_assert_cmpint (count_envelopes (fixture) - before, <=, n / 100);
  g_assert_cmpint (test_count (fixture->journal, "SELECT max(length(body) + length(change_set)) FROM envelope"), <=,
                   YM_ENVELOPE_MAX_BYTES);
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE violation != 0 OR NOT folded"), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/import/demo-force", test_demo_force },
    { "/import/partners", test_partners },
    { "/import/as-spreadsheets-write", test_as_spreadsheets_write },
    { "/import/every-problem", test_every_problem },
    { "/import/one-changed-line", test_one_changed_line },
    { "/import/many-rows", test_many_rows },
    { "/import/mapping", test_mapping },
    { "/import/bad-mappings", test_bad_mappings },
    { "/import/written-times", test_written_times },
    { "/import/clock-changes", test_clock_changes },
    { "/import/call-moves", test_call_moves },
    { "/import/repeats-in-a-file", test_repeats_in_a_file },
    { "/import/settings-and-figures", test_settings_and_figures },
    { "/import/calls-share-envelopes", test_calls_share_envelopes },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
