/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A return as it is previewed, issued, issued again and written to files (R7). */

#include <glib/gstdio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/returns/edition.h"
#include "app/returns/return-tables.h"
#include "tests/returns/secret.h"

static void
set_up (Demo *demo, gconstpointer data)
{
  demo_set_up (demo, data);
  demo->force.world.wall_us = demo_at ("2026-11-02T10:00+00:00");
  secret_set_up (demo);
}

static void
become_lead (Demo *demo)
{
  demo_import_text (demo, "officer", "collar_no,name,role\n2001,E. Evans,force_lead\n");
}

static YmPeriod
october (void)
{
  return ym_period_of_month (demo_month ("2026-10"));
}

/* Broken: a named officer's few homes are given out as the whole force, or anybody issues returns. */
static void
test_only_the_lead (Demo *demo, gconstpointer data)
{
  YmPeriod period = october ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReturnEdition) of_home = NULL;

  g_assert_null (ym_return_edition_preview (&demo->desk, &period, NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_AUTHORITY);
  g_clear_error (&error);
  g_assert_null (ym_return_edition_issue (&demo->desk, &period, NULL, "CIW", "Monthly", &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_AUTHORITY);
  g_clear_error (&error);
  of_home = ym_return_edition_preview (&demo->desk, &period, &demo->force.home_1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (of_home->given->homes->len, ==, 1);
  g_assert_cmpuint (of_home->number, ==, 0);
  g_assert_null (of_home->changes);
}

/* Broken: a re-issue does not say what changed since the one before, or an old issue is not what was given out. */
static void
test_numbered_issues (Demo *demo, gconstpointer data)
{
  YmPeriod period = october ();
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReturnEdition) first = NULL;
  g_autoptr (YmReturnEdition) preview = NULL;
  g_autoptr (YmReturnEdition) second = NULL;
  g_autoptr (YmReturnEdition) again = NULL;
  YmHash issued, loaded;

  become_lead (demo);
  first = ym_return_edition_issue (&demo->desk, &period, NULL, "CIW", "Monthly return", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (first->number, ==, 1);
  g_assert_null (first->changes);
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at,reason\nLATE,W1,2026-10-05T09:00+01:00,theft\n");
  preview = ym_return_edition_preview (&demo->desk, &period, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (preview->changes->len, >, 0);
  second = ym_return_edition_issue (&demo->desk, &period, NULL, "CIW", "A late call", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (second->number, ==, 2);
  g_assert_cmpuint (second->changes->len, ==, preview->changes->len);
  again = ym_return_edition_issued (&demo->desk, &period, NULL, 1, &error);
  g_assert_no_error (error);
  issued = ym_return_fingerprint (first->given);
  loaded = ym_return_fingerprint (again->given);
  g_assert_true (ym_hash_equal (&issued, &loaded));
  g_assert_null (again->changes);
  g_assert_null (ym_return_edition_issued (&demo->desk, &period, NULL, 3, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
}

static guint
count_files (const char *directory, gboolean remove)
{
  g_autoptr (GDir) folder = g_dir_open (directory, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      n++;
      if (remove)
        g_unlink (path);
    }
  return n;
}

/* Broken: a file that an officer has is overwritten unasked, a half one is left behind, or strangers can read it. */
static void
test_files (Demo *demo, gconstpointer data)
{
  static const struct {
    YmReturnFormat format;
    const char *name;
    const char *starts;
    guint n_files;
  } cases[] = {
    { YM_RETURN_XLSX, "return-W1-2026-10-preview-en.xlsx", "PK", 1 },
    { YM_RETURN_PDF, "return-W1-2026-10-preview-en.pdf", "%PDF-", 1 },
    { YM_RETURN_CSV, "return-W1-2026-10-preview-en.csv", "\xEF\xBB\xBF", YM_RETURN_N_TABLES },
  };
  YmPeriod period = october ();
  g_autoptr (GError) error = NULL;
  g_autofree char *directory = g_dir_make_tmp ("ymweld-edition-XXXXXX", &error);
  g_autoptr (YmWords) words = ym_words_new ("en", NULL, &error);
  g_autoptr (YmReturnEdition) edition = ym_return_edition_preview (&demo->desk, &period, &demo->force.home_1, &error);
  guint n_there = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = ym_return_edition_file_name (edition, "W1", words, cases[i].format);
      g_autofree char *path = g_build_filename (directory, name, NULL);
      g_auto (GStrv) paths = ym_return_edition_write (edition, words, cases[i].format, path, FALSE, &error);
      g_auto (GStrv) refused = NULL;
      g_auto (GStrv) replaced = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (name, ==, cases[i].name);
      g_assert_cmpuint (g_strv_length (paths), ==, cases[i].n_files);
      for (guint j = 0; paths[j] != NULL; j++)
        {
          g_autofree char *text = NULL;
          GStatBuf status;

          g_assert_true (g_file_get_contents (paths[j], &text, NULL, NULL));
          g_assert_true (g_str_has_prefix (text, cases[i].starts));
          g_assert_cmpint (g_stat (paths[j], &status), ==, 0);
          g_assert_cmpint (status.st_mode & 0077, ==, 0);
        }
      n_there += cases[i].n_files;
      refused = ym_return_edition_write (edition, words, cases[i].format, path, FALSE, &error);
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
      g_clear_error (&error);
      g_assert_null (refused);
      replaced = ym_return_edition_write (edition, words, cases[i].format, path, TRUE, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (count_files (directory, FALSE), ==, n_there);
    }
  count_files (directory, TRUE);
  g_rmdir (directory);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Demo *demo, gconstpointer data);
  } tests[] = {
    { "/editions/only-the-lead", test_only_the_lead },
    { "/editions/numbered-issues", test_numbered_issues },
    { "/editions/files", test_files },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Demo, NULL, set_up, tests[i].test, demo_tear_down);
  return g_test_run ();
}
