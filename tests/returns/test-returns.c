/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Returns (R7): what they say, what they can't say, how they are frozen, and in which words. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/notebook/inspections.h"
#include "app/notebook/monthly-figures.h"
#include "app/returns/document.h"
#include "app/returns/issue.h"
#include "app/returns/return-tables.h"
#include "tests/returns/secret.h"

static YmReturn *
build (Demo *demo, const char *month)
{
  const YmPeriod period = ym_period_of_month (demo_month (month));
  g_autoptr (GError) error = NULL;
  YmReturn *given = ym_return_build (&demo->desk, &period, NULL, &error);

  g_assert_no_error (error);
  return given;
}

static YmWords *
words_of (const char *language)
{
  g_autofree char *catalogues = g_build_filename (g_getenv ("YM_BUILD_ROOT"), "po", NULL);
  g_autoptr (GError) error = NULL;
  YmWords *words = ym_words_new (language, catalogues, &error);

  g_assert_no_error (error);
  return words;
}

static void
set_up_october (Demo *demo)
{
  demo->force.world.wall_us = demo_at ("2026-11-02T10:00+00:00");
  secret_set_up (demo);
}

/* Broken: the inspectorate is told of other calls, visits or figures than there were. */
static void
test_says_what_is_recorded (Demo *demo, gconstpointer data)
{
  g_autoptr (YmReturn) given = NULL;
  const YmReturnHome *home;

  set_up_october (demo);
  given = build (demo, "2026-10");
  g_assert_cmpuint (given->homes->len, ==, 2);
  home = g_ptr_array_index (given->homes, 0);
  g_assert_cmpstr (home->registration_no, ==, "W1");
  g_assert_cmpint (home->number[YM_RETURN_CALLS], ==, 3);
  g_assert_cmpint (home->number[YM_RETURN_APPROPRIATE], ==, 1);
  g_assert_cmpint (home->number[YM_RETURN_NOT_APPROPRIATE], ==, 1);
  g_assert_cmpint (home->number[YM_RETURN_VISITS_MADE], ==, 0);
  g_assert_cmpint (home->number[YM_RETURN_VISITS_DUE], ==, 2);
  g_assert_cmpint (home->number[YM_RETURN_POLICE], ==, 3);
  g_assert_cmpint (home->number[YM_RETURN_NOT_LOGGED], ==, 2);
  g_assert_cmpint (home->number[YM_RETURN_OPEN_ISSUES], ==, 1);
  g_assert_cmpuint (home->by_category[YM_ISSUE_CALL_LOG_DISCREPANCY], ==, 1);
  g_assert_cmpuint (home->by_reason[YM_CALL_REASON_MISSING], ==, 1);
  g_assert_cmpint (home->number[YM_RETURN_MISSING], ==, 4);
  g_assert_cmpint (home->number[YM_RETURN_RESTRAINTS], ==, YM_RETURN_UNKNOWN);
  g_assert_cmpuint (home->inspections->len, ==, 1);
  g_assert_cmpint (g_array_index (home->inspections, YmReturnInspection, 0).state, ==, YM_INSPECTION_TRIGGERED);
  home = g_ptr_array_index (given->homes, 1);
  g_assert_cmpint (home->number[YM_RETURN_CALLS], ==, 1); /* one minute later it was November */
}

/* Broken: a return of one home, asked for before an inspection, tells of another's calls. */
static void
test_one_home_and_any_period (Demo *demo, gconstpointer data)
{
  const YmPeriod period = { demo_day ("2026-10-20"), demo_day ("2026-11-01") };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReturn) given = NULL;
  g_autoptr (YmWords) welsh = words_of ("cy");
  g_autofree char *title = NULL;
  YmId stranger = { { 1 } };

  set_up_october (demo);
  given = ym_return_build (&demo->desk, &period, &demo->force.home_2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (given->homes->len, ==, 1);
  g_assert_cmpint (((YmReturnHome *) g_ptr_array_index (given->homes, 0))->number[YM_RETURN_CALLS], ==, 2);
  title = ym_return_title (given, 0, welsh);
  g_assert_cmpstr (title, ==, "Datganiad, 20 Hydref 2026 – 1 Tachwedd 2026, heb ei gyhoeddi");
  g_assert_null (ym_return_build (&demo->desk, &period, &stranger, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
}

static void
assert_no_secret (const char *text, gsize length)
{
  static const char *const secrets[] = { SECRET_REFERENCE, SECRET_INITIALS, SECRET_WORDS, "2011" };

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (memmem (text, length, secrets[i], strlen (secrets[i])));
}

/* Broken: what is recorded of a child leaves the force. */
static void
test_no_child_can_be_named (Demo *demo, gconstpointer data)
{
  static const char *const languages[] = { "en", "cy" };
  g_autoptr (YmReturn) given = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) sneaked = NULL;
  g_autoptr (YmRecord) before = NULL;
  g_auto (YmMonthlyFigures) figures = { NULL, NULL };
  const YmPeriod october = ym_period_of_month (demo_month ("2026-10"));

  set_up_october (demo);
  given = build (demo, "2026-10");
  text = ym_return_encode (given);
  assert_no_secret (text, strlen (text));
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (YmWords) words = words_of (languages[i]);
      g_autoptr (GPtrArray) tables = ym_return_tables (given, NULL, words);

      for (guint j = 0; j < tables->len; j++)
        {
          g_autoptr (GBytes) csv = ym_table_to_csv (g_ptr_array_index (tables, j));

          assert_no_secret (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
        }
    }
  /* Somebody signed, with another program, the one line of free text past our check. */
  test_succeeds (
      ym_monthly_figures_load (&demo->desk, &demo->force.home_1, demo_month ("2026-10"), &figures, &error), error);
  before = ym_record_copy (figures.typed);
  sneaked = ym_record_copy (before);
  ym_record_set_text (sneaked, YM_MONTHLY_FIGURES_OTHER, "Q.Z.X. ar goll eto");
  test_write (demo->journal, &demo->force.devices[TEST_2001], "figures.save", before, sneaked);
  g_assert_null (ym_return_build (&demo->desk, &october, NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

/* Broken: what was issued can't be read back, or reads otherwise. */
static void
test_text_and_back (Demo *demo, gconstpointer data)
{
  static const char *const damaged[] = {
    "",
    "R\t2\t20000\t20030\tHeddlu\n",
    "R\t1\t20000\t20030\tHeddlu\nN\t1\n",
    "R\t1\t20000\t20030\tHeddlu\nX\t1\n",
    "R\t1\t20000\t20030\tHeddlu\nH\tW1\tName\n",
    "R\t1\t20000\t20030\tHeddlu\nC\tref\t0\t1\t1\t1\t1\t1\t1\t1\t1\t1\n",
    "R\t1\t20000\t20030\tHeddlu\n\nH\tW1\tName\t\t\t\t\n",
    "R\t1\t20000\t20030\tHeddlu\nH\tW1\tName\t\t\t\t\nC\tref\t0\t-1\t1\t1\t1\t1\t1\t1\t1\t1\n",
  };
  g_autoptr (YmReturn) given = NULL;
  g_autoptr (YmReturn) back = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  set_up_october (demo);
  given = build (demo, "2026-10");
  text = ym_return_encode (given);
  back = ym_return_decode (text, &error);
  g_assert_no_error (error);
  again = ym_return_encode (back);
  g_assert_cmpstr (again, ==, text);
  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_test_message ("case %u", i);
      g_assert_null (ym_return_decode (damaged[i], &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
      g_clear_error (&error);
    }
}

static guint
count_changes (GPtrArray *changes, YmReturnChangeKind kind)
{
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    n += ((const YmReturnChange *) g_ptr_array_index (changes, i))->kind == kind;
  return n;
}

static YmRecord *
issue (Demo *demo, const YmReturn *given)
{
  g_autoptr (GError) error = NULL;
  YmRecord *issued = ym_return_issue (&demo->desk, NULL, given, "Arolygiaeth Gofal Cymru", "Monthly return", &error);

  g_assert_no_error (error);
  return issued;
}

/* Broken: a correction silently changes what the inspectorate was given, or a re-issue does not say what changed. */
static void
test_issued_is_frozen (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReturn) first = NULL;
  g_autoptr (YmReturn) second = NULL;
  g_autoptr (YmReturn) kept = NULL;
  g_autoptr (YmRecord) first_issue = NULL;
  g_autoptr (YmRecord) second_issue = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  set_up_october (demo);
  first = build (demo, "2026-10");
  first_issue = issue (demo, first);
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,reason,withdrawn\n"
                    "C1,W1,2026-10-02T08:05+01:00,drugs,\n"
                    "C2,W1,2026-10-25T01:30+01:00,theft,yes\n"
                    "C9,W2,2026-10-09T09:00+01:00,advice,\n");
  second = build (demo, "2026-10");
  second_issue = issue (demo, second);
  issues = ym_return_issued (&demo->desk, &first->period, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (issues->len, ==, 2);
  g_assert_cmpint (ym_record_get_integer (second_issue, YM_ISSUED_RETURN_NUMBER, 0), ==, 2);
  kept = ym_return_issued_load (&demo->desk, g_ptr_array_index (issues, 0), &error);
  g_assert_no_error (error);
  was = ym_return_encode (first);
  is = ym_return_encode (kept);
  g_assert_cmpstr (is, ==, was);
  changes = ym_return_compare (kept, second);
  g_assert_cmpuint (count_changes (changes, YM_RETURN_CALL_ADDED), ==, 1);
  g_assert_cmpuint (count_changes (changes, YM_RETURN_CALL_LEFT), ==, 1);
  g_assert_cmpuint (count_changes (changes, YM_RETURN_CALL_CHANGED), ==, 1);
  g_assert_cmpuint (count_changes (changes, YM_RETURN_INSPECTION_CHANGED), ==, 1);
  g_assert_cmpuint (count_changes (changes, YM_RETURN_NUMBER_CHANGED), >, 0);
  /* No recipient, no issue: it is a disclosure (R13). */
  g_assert_null (ym_return_issue (&demo->desk, NULL, second, "", "Monthly return", &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

/* Broken: a return of a force with many calls is larger than an envelope and can't be issued. */
static void
test_large_return_is_issued (Demo *demo, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("incident_ref,registration_no,received_at,reason\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReturn) given = NULL;
  g_autoptr (YmReturn) kept = NULL;
  g_autoptr (YmRecord) issued = NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (text, "N%05d,W1,2026-10-%02dT%02d:%02d+01:00,missing\n", i, i % 20 + 1, i / 60 % 24, i % 60);
  demo_import_text (demo, "call", text->str);
  given = build (demo, "2026-10");
  issued = issue (demo, given);
  kept = ym_return_issued_load (&demo->desk, issued, &error);
  g_assert_no_error (error);
  was = ym_return_encode (given);
  is = ym_return_encode (kept);
  g_assert_cmpuint (strlen (was), >, 100000);
  g_assert_cmpstr (is, ==, was);
}

/* Broken: a home called =HYPERLINK(...) runs on the inspector's computer; or a number is disarmed like one. */
static void
test_csv_runs_nothing (Demo *demo, gconstpointer data)
{
  g_autoptr (YmReturn) given = NULL;
  g_autoptr (YmWords) english = words_of ("en");
  g_autoptr (YmTable) calls = NULL;
  g_autoptr (YmTable) homes = NULL;
  g_autoptr (GBytes) call_bytes = NULL;
  g_autoptr (GBytes) home_bytes = NULL;
  g_autofree char *call_csv = NULL;
  g_autofree char *home_csv = NULL;

  set_up_october (demo);
  given = build (demo, "2026-10");
  calls = ym_return_table (given, YM_RETURN_TABLE_CALLS, english);
  homes = ym_return_table (given, YM_RETURN_TABLE_HOMES, english);
  call_bytes = ym_table_to_csv (calls);
  home_bytes = ym_table_to_csv (homes);
  call_csv = g_strndup (g_bytes_get_data (call_bytes, NULL), g_bytes_get_size (call_bytes));
  home_csv = g_strndup (g_bytes_get_data (home_bytes, NULL), g_bytes_get_size (home_bytes));
  g_assert_true (g_str_has_prefix (call_csv, "\xef\xbb\xbf"));
  g_assert_nonnull (strstr (home_csv, "'=HYPERLINK"));
  g_assert_nonnull (strstr (home_csv, "'+Care & Co <Ltd>"));
  g_assert_nonnull (strstr (home_csv, "'@Gwynedd"));
  g_assert_nonnull (strstr (call_csv, "'-C4"));
  g_assert_nonnull (strstr (call_csv, "2026-10-25T01:30:00+01:00"));
  g_assert_nonnull (strstr (call_csv, "2026-10-25T01:30:00+00:00"));
}

/* Broken: a Welsh return has English in it, the process's own language leaks in, or a broken catalogue crashes. */
static void
test_words (Demo *demo, gconstpointer data)
{
  g_autofree char *directory = g_dir_make_tmp ("ymweld-words-XXXXXX", NULL);
  g_autofree char *messages = g_build_filename (directory, "cy", "LC_MESSAGES", NULL);
  g_autofree char *path = g_build_filename (messages, "ymweld.mo", NULL);
  g_autofree char *good_path = g_build_filename (g_getenv ("YM_BUILD_ROOT"), "po", "cy", "LC_MESSAGES", "ymweld.mo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmWords) english = words_of ("en");
  g_autoptr (YmWords) welsh = words_of ("cy");
  g_autofree char *march = ym_words_month (welsh, demo_month ("2026-03"));
  g_autofree char *day = ym_words_day (english, demo_day ("2026-03-02"));
  g_autofree char *good = NULL;
  gsize length;

  g_assert_cmpstr (march, ==, "Mawrth 2026");
  g_assert_cmpstr (day, ==, "2 March 2026");
  g_assert_cmpstr (ym_words_get (welsh, "call\004Missing"), ==, "Ar goll");
  g_assert_cmpstr (ym_words_get (english, "call\004Missing"), ==, "Missing");
  g_assert_cmpstr (ym_words_get (welsh, "never translated"), ==, "never translated");
  g_assert_null (ym_words_new ("fr", NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (ym_words_new ("cy", directory, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* Every cut and many flips of a real catalogue: an error or words, never a read beyond the end. */
  g_assert_true (g_file_get_contents (good_path, &good, &length, NULL));
  g_assert_cmpint (g_mkdir_with_parents (messages, 0700), ==, 0);
  for (gsize i = 0; i < 300; i++)
    {
      g_autofree char *bad = g_memdup2 (good, length);
      /* The last of the catalogue may be texts with the machine's own formats, which no document uses. */
      gsize size = i % 2 == 0 ? length * 9 / 10 * i / 300 : length;
      YmWords *words;

      bad[i % 2 == 0 ? 0 : i * 37 % 4000] ^= i % 2 == 0 ? 0 : 0x41;
      g_assert_true (g_file_set_contents (path, bad, (gssize) size, NULL));
      words = ym_words_new ("cy", directory, &error);
      g_assert_true ((words == NULL) == (error != NULL));
      if (i % 2 == 0)
        g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
      g_clear_error (&error);
      ym_words_free (words);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (messages), ==, 0);
  g_free (messages);
  messages = g_build_filename (directory, "cy", NULL);
  g_assert_cmpint (g_rmdir (messages), ==, 0);
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

/* Broken: a Welsh table has a heading, choice or title in English. */
static void
test_welsh_is_whole (Demo *demo, gconstpointer data)
{
  /* The same in both languages, and right so. */
  static const char *const same[] = { "Provider" };
  g_autoptr (YmReturn) given = NULL;
  g_autoptr (YmWords) english = words_of ("en");
  g_autoptr (YmWords) welsh = words_of ("cy");
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) english_tables = NULL;
  g_autoptr (GPtrArray) welsh_tables = NULL;

  set_up_october (demo);
  given = build (demo, "2026-10");
  english_tables = ym_return_tables (given, changes, english);
  welsh_tables = ym_return_tables (given, changes, welsh);
  for (guint i = 0; i < english_tables->len; i++)
    {
      const YmTable *one = g_ptr_array_index (english_tables, i), *other = g_ptr_array_index (welsh_tables, i);

      g_assert_cmpstr (one->title, !=, other->title);
      for (guint j = 0; j < one->columns->len; j++)
        {
          const char *head = g_array_index (one->columns, YmColumn, j).head;

          if (!g_str_equal (head, same[0]))
            g_assert_cmpstr (head, !=, g_array_index (other->columns, YmColumn, j).head);
        }
    }
}

/* Broken: R10 on paper says another change than the rule. */
static void
test_comparison_table (Demo *demo, gconstpointer data)
{
  g_autoptr (YmWords) welsh = words_of ("cy");
  YmComparison comparison = { .now.figure = { [YM_MEASURE_CALLS] = { 51, 1 }, [YM_MEASURE_APPROPRIATE] = { 14, 25 } },
                              .year_before.figure
                              = { [YM_MEASURE_CALLS] = { 100, 1 }, [YM_MEASURE_APPROPRIATE] = { 9, 50 } } };
  g_autoptr (YmTable) table = ym_comparison_table (&comparison, welsh);
  g_autofree char *calls = ym_cell_to_string (ym_table_cell (table, YM_MEASURE_CALLS, 3));
  g_autofree char *appropriate = ym_cell_to_string (ym_table_cell (table, YM_MEASURE_APPROPRIATE, 3));
  g_autofree char *unknown = ym_cell_to_string (ym_table_cell (table, YM_MEASURE_RESTRAINTS, 1));

  g_assert_cmpuint (ym_table_n_rows (table), ==, YM_N_MEASURES);
  g_assert_cmpstr (calls, ==, "-49 %");
  g_assert_cmpstr (appropriate, ==, "+38 pwynt");
  g_assert_cmpstr (unknown, ==, "");
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Demo *demo, gconstpointer data);
  } tests[] = {
    { "/returns/says-what-is-recorded", test_says_what_is_recorded },
    { "/returns/one-home-and-any-period", test_one_home_and_any_period },
    { "/returns/no-child-can-be-named", test_no_child_can_be_named },
    { "/returns/text-and-back", test_text_and_back },
    { "/returns/issued-is-frozen", test_issued_is_frozen },
    { "/returns/large-return-is-issued", test_large_return_is_issued },
    { "/returns/csv-runs-nothing", test_csv_runs_nothing },
    { "/returns/words", test_words },
    { "/returns/welsh-is-whole", test_welsh_is_whole },
    { "/returns/comparison-table", test_comparison_table },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Demo, NULL, demo_set_up, tests[i].test, demo_tear_down);
  return g_test_run ();
}
