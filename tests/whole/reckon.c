/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the rules say of the records that a server has, by the code that a device has: the reconciliation of each home and
 * the joint inspections, as JSON. The server must be down.
 *
 * usage: reckon SERVER-FOLDER FROM UNTIL
 */

#include "app/base/json.h"
#include "app/journal/tables.h"
#include "app/notebook/inspections.h"
#include "app/notebook/reconciliation.h"
#include "sync/server/folder.h"

#include <stdio.h>

static gboolean
add_home (YmDesk *desk, const YmRecord *home, const YmPeriod *period, YmJson *json, GError **error)
{
  g_autoptr (YmHomeReconciliation) result = ym_home_reconcile (desk, &home->id, period, 30, error);

  if (result == NULL)
    return FALSE;
  ym_json_begin_object (json, ym_record_get_text (home, YM_HOME_REGISTRATION_NO));
  ym_json_add_integer (json, "police", ym_home_reconciliation_n_police (result));
  ym_json_add_integer (json, "home", ym_home_reconciliation_n_home (result));
  ym_json_add_integer (json, "both", result->both->len);
  ym_json_add_integer (json, "only_police", result->only_police->len);
  ym_json_add_integer (json, "only_home", result->only_home->len);
  ym_json_add_integer (json, "minutes_apart", result->minutes_apart);
  ym_json_add_integer (json, "discrepancy_percent", result->discrepancy_percent);
  ym_json_end_object (json);
  return TRUE;
}

static gboolean
add_inspections (YmDesk *desk, YmJson *json, GError **error)
{
  g_autoptr (GPtrArray) inspections = ym_inspections_list (desk, NULL, error);

  ym_json_begin_array (json, "inspections");
  for (guint i = 0; inspections != NULL && i < inspections->len; i++)
    {
      const YmInspection *inspection = g_ptr_array_index (inspections, i);
      g_autoptr (YmRecord) home = ym_tables_find (desk->db, ym_form (YM_FORM_HOME), &inspection->home, NULL);
      g_autofree char *month = ym_month_to_string (inspection->month);

      ym_json_begin_object (json, NULL);
      ym_json_add_text (json, "registration_no", ym_record_get_text (home, YM_HOME_REGISTRATION_NO));
      ym_json_add_text (json, "month", month);
      ym_json_add_text (json, "third_call", inspection->third_ref);
      ym_json_add_integer (json, "calls", inspection->n_calls);
      ym_json_add_integer (json, "state", inspection->state);
      ym_json_end_object (json);
    }
  ym_json_end_array (json);
  return inspections != NULL;
}

static gboolean
reckon (const char *directory, const YmPeriod *period, YmJson *json, GError **error)
{
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (YmServerFolder) folder = ym_server_folder_open (directory, NULL, &options, error);
  YmDesk desk = { .db = folder != NULL ? ym_journal_get_db (folder->journal) : NULL };
  g_autoptr (GPtrArray) homes
      = folder != NULL ? ym_tables_select (desk.db, ym_form (YM_FORM_HOME), error, "ORDER BY registration_no", "") : NULL;

  if (homes == NULL)
    return FALSE;
  ym_json_begin_object (json, NULL);
  ym_json_begin_object (json, "reconciliation");
  for (guint i = 0; i < homes->len; i++)
    if (!add_home (&desk, g_ptr_array_index (homes, i), period, json, error))
      return FALSE;
  ym_json_end_object (json);
  if (!add_inspections (&desk, json, error))
    return FALSE;
  ym_json_end_object (json);
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  YmPeriod period;
  YmJson *json = ym_json_new ();
  g_autofree char *text = NULL;

  if (argc != 4 || !ym_day_parse (argv[2], &period.from) || !ym_day_parse (argv[3], &period.until))
    return 2;
  if (!reckon (argv[1], &period, json, &error))
    {
      g_printerr ("reckon: %s\n", error->message);
      return 1;
    }
  text = ym_json_finish (json);
  fputs (text, stdout);
  return 0;
}
