/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/notebook/demo.h"

#include <string.h>

#include "app/forms/csv.h"
#include "app/notebook/schema.h"
#include "sync/admin/importer.h"

void
demo_set_up (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  test_force_init (&demo->force);
  demo->force.world.wall_us = demo_at ("2026-10-01T09:00+01:00");
  demo->journal = test_journal_open (&demo->force, TEST_ADMINISTRATOR);
  test_force_found (&demo->force, demo->journal);
  test_succeeds (ym_notebook_migrate (demo->journal, &error), error);
  demo->desk = (YmDesk){ .db = ym_journal_get_db (demo->journal),
                         .journal = demo->journal,
                         .author = demo->force.devices[TEST_2001].author,
                         .officer = demo->force.devices[TEST_2001].officer,
                         .clock = &demo->force.clock,
                         .random = &demo->force.random };
}

void
demo_tear_down (Demo *demo, gconstpointer data)
{
  test_journal_close (demo->journal);
}

static void
import (Demo *demo, const char *form, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmCsv) csv = ym_csv_parse (bytes, &error);
  g_autofree char *report = NULL;
  YmImportCounts counts;
  gboolean good;

  g_assert_no_error (error);
  good = ym_import (demo->journal, &demo->force.devices[TEST_ADMINISTRATOR].author, ym_form_by_name (form), csv, NULL,
                    &counts, &error);
  report = ym_csv_report (csv);
  if (!good)
    g_test_message ("%s", report);
  g_assert_no_error (error);
}

void
demo_import (Demo *demo, const char *form, const char *file)
{
  g_autofree char *path = g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "data", "demo-force", file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  bytes = g_bytes_new_take (text, length);
  import (demo, form, bytes);
}

void
demo_import_text (Demo *demo, const char *form, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  import (demo, form, bytes);
}

void
demo_import_all (Demo *demo)
{
  demo_import (demo, "home", "homes.csv");
  demo_import (demo, "officer", "officers.csv");
  demo_import (demo, "assignment", "assignments.csv");
  demo_import (demo, "call", "calls.csv");
  demo_import (demo, "imported_log_entry", "home-logs.csv");
}

YmId
demo_home (Demo *demo, const char *registration_no)
{
  return ym_id_from_key (&demo->force.force, "home", registration_no);
}

gint64
demo_at (const char *text)
{
  gint64 at_us;

  g_assert_true (ym_instant_parse (text, &at_us));
  return at_us;
}

YmDay
demo_day (const char *text)
{
  YmDay day;

  g_assert_true (ym_day_parse (text, &day));
  return day;
}

YmMonth
demo_month (const char *text)
{
  YmMonth month;

  g_assert_true (ym_month_parse (text, &month));
  return month;
}
