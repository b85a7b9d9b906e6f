/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Importing, sending, and how things stand. */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/rules/civil.h"
#include "sync/admin/command.h"
#include "sync/admin/enroller.h"
#include "sync/admin/import-row.h"
#include "sync/admin/importer.h"
#include "sync/client/status.h"

static const YmForm *
find_kind (const char *name, GError **error)
{
  const YmForm *form = ym_import_form (name);

  if (form != NULL)
    return form;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s” can't be imported. What can be: homes, officers, assignments, calls, home-logs, figures, settings, partners."),
               name);
  return NULL;
}

static void
add_problems (YmJson *json, YmCsv *csv)
{
  const GPtrArray *problems = ym_csv_problems (csv);

  ym_json_begin_array (json, "problems");
  for (guint i = 0; i < problems->len; i++)
    {
      const YmCsvProblem *problem = g_ptr_array_index (problems, i);

      ym_json_begin_object (json, NULL);
      ym_json_add_integer (json, "line", problem->line);
      ym_json_add_text (json, "column", problem->column);
      ym_json_add_text (json, "message", problem->message);
      ym_json_add_boolean (json, "error", problem->is_error);
      ym_json_end_object (json);
    }
  ym_json_end_array (json);
}

static void
print_problems_json (YmCsv *csv)
{
  YmJson *json = ym_json_new ();

  ym_json_begin_object (json, NULL);
  add_problems (json, csv);
  ym_json_end_object (json);
  ym_print_json (json);
}

static void
print_counts (const YmImportCounts *counts, YmCsv *csv, gboolean as_json)
{
  YmJson *json;

  if (!as_json)
    {
      g_print (_ ("New: %u, changed: %u, the same as before: %u.\n"), counts->inserted, counts->updated,
               counts->unchanged);
      if (counts->moved > 0)
        g_print (ngettext ("%u call was another home's before, and is withdrawn there.\n",
                           "%u calls were another home's before, and are withdrawn there.\n", counts->moved),
                 counts->moved);
      if (counts->inserted + counts->updated > 0)
        g_print (_ ("“ymweld-admin sync” sends them to the server.\n"));
      return;
    }
  json = ym_json_new ();
  ym_json_begin_object (json, NULL);
  ym_json_add_integer (json, "inserted", counts->inserted);
  ym_json_add_integer (json, "updated", counts->updated);
  ym_json_add_integer (json, "unchanged", counts->unchanged);
  ym_json_add_integer (json, "moved", counts->moved);
  add_problems (json, csv);
  ym_json_end_object (json);
  ym_print_json (json);
}

static GBytes *
read_file (const char *path, GError **error)
{
  char *data;
  gsize length;

  return g_file_get_contents (path, &data, &length, error) ? g_bytes_new_take (data, length) : NULL;
}

/* @path: (nullable): the mapping file */
static gboolean
read_mapping (const char *path, const YmForm *form, YmMapping **mapping, GError **error)
{
  g_autofree const char **columns = ym_import_columns (form);
  g_autoptr (GBytes) bytes = path == NULL ? NULL : read_file (path, error);

  *mapping = bytes == NULL ? NULL : ym_mapping_parse (form, columns, bytes, error);
  return path == NULL || *mapping != NULL;
}

gboolean
ym_command_import (YmTask *task, GError **error)
{
  const YmForm *form = find_kind (task->words[0], error);
  gboolean as_json = task->arguments->json;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YmMapping) mapping = NULL;
  g_autoptr (YmCsv) csv = NULL;
  YmImportCounts counts;
  gboolean imported;

  if (form == NULL || !read_mapping (task->arguments->mapping, form, &mapping, error))
    return FALSE;
  bytes = read_file (task->words[1], error);
  csv = bytes != NULL ? ym_csv_parse (bytes, error) : NULL;
  if (csv == NULL)
    return FALSE;
  imported = ym_import (task->office->journal, &task->office->administrator, form, csv, mapping, &counts, error);
  if (as_json && !imported)
    print_problems_json (csv);
  else if (!as_json)
    {
      g_autofree char *report = ym_csv_report (csv);

      g_print ("%s", report);
    }
  if (imported)
    print_counts (&counts, csv, as_json);
  return imported;
}

gboolean
ym_command_sync (YmTask *task, GError **error)
{
  g_autoptr (YmLink) link = ym_link_open (task->office, error);
  YmSyncResult result;
  YmJson *json;

  if (link == NULL || !ym_office_sync (task->office, ym_link_transport (link), &result, error))
    return FALSE;
  if (!task->arguments->json)
    {
      g_print (_ ("Sent: %u, receipted: %u, refused: %u, received: %u.\n"), result.pushed, result.receipted,
               result.refused, result.pulled);
      return TRUE;
    }
  json = ym_json_new ();
  ym_json_begin_object (json, NULL);
  ym_json_add_integer (json, "pushed", result.pushed);
  ym_json_add_integer (json, "receipted", result.receipted);
  ym_json_add_integer (json, "refused", result.refused);
  ym_json_add_integer (json, "pulled", result.pulled);
  ym_json_end_object (json);
  ym_print_json (json);
  return TRUE;
}

/* One number and what it counts. */
typedef struct {
  const char *name;
  const char *label;
  gint64 number;
} Figure;

static gboolean
count_rows (sqlite3 *db, const char *sql, gint64 *number, GError **error)
{
  return ym_sql_integer (db, number, error, sql, "");
}

static void
print_figures (const Figure *figures, guint n_figures, const YmSyncOverview *overview, gboolean as_json)
{
  g_autofree char *when = overview->succeeded_at_us == 0 ? NULL : ym_instant_to_london_string (overview->succeeded_at_us);
  YmJson *json;

  if (!as_json)
    {
      for (guint i = 0; i < n_figures; i++)
        g_print ("%s: %" G_GINT64_FORMAT "\n", _ (figures[i].label), figures[i].number);
      g_print (_ ("Last sync: %s\n"), when == NULL ? _ ("none yet") : when);
      if (overview->error != NULL)
        g_print (_ ("The last try failed: %s\n"), overview->error);
      return;
    }
  json = ym_json_new ();
  ym_json_begin_object (json, NULL);
  for (guint i = 0; i < n_figures; i++)
    ym_json_add_integer (json, figures[i].name, figures[i].number);
  ym_json_add_text (json, "last_sync", when);
  ym_json_add_text (json, "error", overview->error);
  ym_json_end_object (json);
  ym_print_json (json);
}

gboolean
ym_command_status (YmTask *task, GError **error)
{
  sqlite3 *db = ym_journal_get_db (task->office->journal);
  YmId root = ym_id_of_public_key ("device", ym_journal_get_root_key (task->office->journal));
  g_auto (YmSyncOverview) own = { 0 };
  g_auto (YmSyncOverview) of_root = { 0 };
  gint64 homes, officers, assignments, devices;

  if (!ym_sync_overview_read (db, &task->office->administrator.device, &own, error)
      || !ym_sync_overview_read (db, &root, &of_root, error)
      || !count_rows (db, "SELECT count(*) FROM home", &homes, error)
      || !count_rows (db, "SELECT count(*) FROM officer", &officers, error)
      || !count_rows (db, "SELECT count(*) FROM assignment", &assignments, error)
      || !count_rows (db, "SELECT count(*) FROM device WHERE officer IS NOT NULL", &devices, error))
    return FALSE;
  {
    const Figure figures[] = {
      { "homes", N_ ("Homes"), homes },
      { "officers", N_ ("Officers"), officers },
      { "assignments", N_ ("Assignments"), assignments },
      { "devices", N_ ("Officers' devices"), devices },
      { "waiting", N_ ("Saves waiting to be sent"), own.here + own.sent + of_root.here + of_root.sent },
      { "receipted", N_ ("Saves receipted by the server"), own.receipted + of_root.receipted },
      { "refused", N_ ("Saves refused by the server"), own.refused + of_root.refused },
    };

    print_figures (figures, G_N_ELEMENTS (figures), &own, task->arguments->json);
  }
  return TRUE;
}
