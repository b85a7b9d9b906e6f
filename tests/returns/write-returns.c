/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes a return of a made-up force in every format and both languages into the folder that is named, for
 * check_files.py to open: with a child at risk, a reviewed call, a home whose name is a formula, calls at both clock
 * changes, and a second issue.
 */

#include <string.h>

#include "app/returns/document.h"
#include "app/returns/issue.h"
#include "app/returns/return-tables.h"
#include "tests/returns/secret.h"

static void
write_bytes (const char *directory, const char *name, GBytes *taken)
{
  g_autoptr (GBytes) bytes = taken;
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, &error));
}

static void
write_language (const YmReturn *given, GPtrArray *changes, const char *language, const char *directory)
{
  g_autofree char *catalogues = g_build_filename (g_getenv ("YM_BUILD_ROOT"), "po", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmWords) words = ym_words_new (language, catalogues, &error);
  g_autoptr (GPtrArray) tables = NULL;
  g_autofree char *title = NULL;
  g_autofree char *xlsx = g_strdup_printf ("%s/return-%s.xlsx", directory, language);
  g_autofree char *pdf = g_strdup_printf ("return-%s.pdf", language);
  YmHash hash = ym_return_fingerprint (given);
  g_autofree char *fingerprint = ym_hash_to_string (&hash);
  YmDocument document;

  g_assert_no_error (error);
  tables = ym_return_tables (given, changes, words);
  title = ym_return_title (given, 2, words);
  document = (YmDocument){ title, "Heddlu Dyffryn", fingerprint, demo_at ("2026-11-02T10:00+00:00"), words, tables };
  test_succeeds (ym_document_write_xlsx (&document, xlsx, &error), error);
  write_bytes (directory, pdf, ym_document_to_pdf (&document, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < YM_RETURN_N_TABLES; i++)
    {
      g_autofree char *csv = g_strdup_printf ("%s-%s.csv", ym_return_table_name (i), language);

      write_bytes (directory, csv, ym_table_to_csv (g_ptr_array_index (tables, i)));
    }
}

int
main (int argc, char **argv)
{
  Demo demo;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReturn) first = NULL;
  g_autoptr (YmReturn) second = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  YmPeriod october;

  g_assert_cmpint (argc, ==, 2);
  demo_set_up (&demo, NULL);
  demo.force.world.wall_us = demo_at ("2026-11-02T10:00+00:00");
  secret_set_up (&demo);
  october = ym_period_of_month (demo_month ("2026-10"));
  first = ym_return_build (&demo.desk, &october, NULL, &error);
  g_assert_no_error (error);
  demo_import_text (&demo, "call",
                    "incident_ref,registration_no,received_at,reason\nLATE,W1,2026-10-05T09:00+01:00,theft\n");
  second = ym_return_build (&demo.desk, &october, NULL, &error);
  g_assert_no_error (error);
  changes = ym_return_compare (first, second);
  write_language (second, changes, "en", argv[1]);
  write_language (second, changes, "cy", argv[1]);
  g_clear_pointer (&changes, g_ptr_array_unref);
  demo_tear_down (&demo, NULL);
  return 0;
}
