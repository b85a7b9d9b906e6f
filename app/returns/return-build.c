/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the records to a return (R7): only what has a place in it is taken. */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/figures.h"
#include "app/notebook/inspections.h"
#include "app/notebook/monthly-figures.h"
#include "app/notebook/reconciliation.h"
#include "app/returns/return.h"

typedef struct {
  YmDesk *desk;
  const YmPeriod *period;
  const YmRecord *record;
  YmReturnHome *home;
} Building;

static void
count_call (YmReturnHome *home, const YmReturnCall *call)
{
  gint64 reason = call->answer[0];

  home->number[YM_RETURN_CALLS]++;
  home->by_reason[reason > 0 && reason < YM_RETURN_N_REASONS ? reason : 0]++;
  for (guint i = 0; i < YM_RETURN_N_ANSWERS; i++)
    if (ym_return_answers[i] == YM_CALL_APPROPRIATE)
      {
        home->number[YM_RETURN_APPROPRIATE] += call->answer[i] == YM_APPROPRIATE_YES;
        home->number[YM_RETURN_NOT_APPROPRIATE] += call->answer[i] == YM_APPROPRIATE_NO;
      }
}

static gboolean
build_calls (const Building *building, GError **error)
{
  YmReturnHome *home = building->home;
  g_autoptr (GPtrArray) calls = ym_calls_list (building->desk, &building->record->id, building->period, error);

  home->number[YM_RETURN_CALLS] = home->number[YM_RETURN_APPROPRIATE] = home->number[YM_RETURN_NOT_APPROPRIATE] = 0;
  for (guint i = 0; calls != NULL && i < calls->len; i++)
    {
      const YmCall *call = g_ptr_array_index (calls, i);
      YmReturnCall *given = ym_return_call_new ();

      given->incident_ref = g_strdup (ym_call_incident_ref (call));
      given->received_at_us = call->received_at_us;
      for (guint j = 0; j < YM_RETURN_N_ANSWERS; j++)
        given->answer[j] = ym_call_answer (call, ym_return_answers[j]);
      count_call (home, given);
      g_ptr_array_add (home->calls, given);
    }
  return calls != NULL;
}

static gboolean
build_visits (const Building *building, GError **error)
{
  YmVisitCompliance compliance;

  if (!ym_figures_visits (building->desk, building->record, building->period, &compliance, error))
    return FALSE;
  building->home->number[YM_RETURN_VISITS_MADE] = compliance.kept;
  building->home->number[YM_RETURN_VISITS_DUE] = compliance.ended;
  return TRUE;
}

/* Made by the end of the period or about days of it: a February that was gone through in March is February's. */
static gboolean
build_reconciliation (const Building *building, GError **error)
{
  static const struct {
    YmReturnNumber number;
    guint field;
  } taken[] = { { YM_RETURN_POLICE, YM_RECONCILIATION_POLICE },
                { YM_RETURN_LOGGED, YM_RECONCILIATION_BOTH },
                { YM_RETURN_NOT_LOGGED, YM_RECONCILIATION_ONLY_POLICE },
                { YM_RETURN_RECONCILED_FROM, YM_RECONCILIATION_FROM_DATE },
                { YM_RETURN_RECONCILED_UNTIL, YM_RECONCILIATION_UNTIL_DATE } };
  g_autoptr (GPtrArray) found = ym_tables_select (
      building->desk->db, ym_form (YM_FORM_RECONCILIATION), error,
      "WHERE scope = ? AND until_date <= ? ORDER BY until_date DESC, at DESC, id LIMIT 1", "di", &building->record->id,
      (gint64) building->period->until);

  if (found == NULL)
    return FALSE;
  for (guint i = 0; found->len > 0 && i < G_N_ELEMENTS (taken); i++)
    building->home->number[taken[i].number]
        = ym_record_get_integer (g_ptr_array_index (found, 0), taken[i].field, YM_RETURN_UNKNOWN);
  return TRUE;
}

static gboolean
build_inspections (const Building *building, GError **error)
{
  g_autoptr (GPtrArray) inspections = ym_inspections_list (building->desk, &building->record->id, error);
  YmMonth first = ym_month_of_day (building->period->from), last = ym_month_of_day (building->period->until);

  if (inspections == NULL)
    return FALSE;
  for (YmMonth month = first; month <= last; month++)
    for (guint i = 0; i < inspections->len; i++)
      {
        const YmInspection *inspection = g_ptr_array_index (inspections, i);
        YmReturnInspection given = { inspection->month, inspection->state, inspection->n_calls };

        if (inspection->month == month)
          g_array_append_val (building->home->inspections, given);
      }
  return TRUE;
}

static gboolean
build_issues (const Building *building, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      building->desk->db, error,
      "SELECT i.category, count(*) FROM issue i JOIN issue_status s ON s.issue = i.id AND s.scope = i.scope "
      "WHERE i.scope = ? AND s.state <> ? AND i.category <> ? GROUP BY i.category",
      "dii", &building->record->id, (gint64) YM_ISSUE_RESOLVED, (gint64) YM_ISSUE_GOOD_PRACTICE);
  YmSqlStep step = YM_SQL_FAILED;

  building->home->number[YM_RETURN_OPEN_ISSUES] = 0;
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      gint64 category = sqlite3_column_int64 (rows, 0);

      building->home->by_category[category > 0 && category < YM_RETURN_N_CATEGORIES ? category : 0]
          += (guint) sqlite3_column_int (rows, 1);
      building->home->number[YM_RETURN_OPEN_ISSUES] += sqlite3_column_int64 (rows, 1);
    }
  return step == YM_SQL_DONE;
}

static void
add_other (YmReturnHome *home, const char *line)
{
  char *joined;

  if (line == NULL)
    return;
  joined = home->other == NULL ? g_strdup (line) : g_strjoin (" ", home->other, line, NULL);
  g_free (home->other);
  home->other = joined;
}

/* The figures of every month that lies wholly in the period. */
static gboolean
build_monthly (const Building *building, GError **error)
{
  static const struct {
    YmReturnNumber number;
    guint field;
  } taken[] = { { YM_RETURN_MISSING, YM_MONTHLY_FIGURES_MISSING },
                { YM_RETURN_NOTIFIABLE, YM_MONTHLY_FIGURES_NOTIFIABLE },
                { YM_RETURN_CALL_OUTS, YM_MONTHLY_FIGURES_CALL_OUTS },
                { YM_RETURN_RESTRAINTS, YM_MONTHLY_FIGURES_RESTRAINTS } };

  for (YmMonth month = ym_month_of_day (building->period->from); month <= ym_month_of_day (building->period->until);
       month++)
    {
      g_auto (YmMonthlyFigures) figures = { NULL, NULL };

      if (ym_month_first_day (month) < building->period->from || ym_month_last_day (month) > building->period->until)
        continue;
      if (!ym_monthly_figures_load (building->desk, &building->record->id, month, &figures, error))
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
        {
          gint64 *sum = &building->home->number[taken[i].number], number;

          if (ym_monthly_figures_get (&figures, taken[i].field, &number))
            *sum = *sum == YM_RETURN_UNKNOWN ? number : *sum + number;
        }
      add_other (building->home, ym_monthly_figures_other (&figures));
    }
  return ym_check_names_no_child (building->desk, &building->record->id, building->home->other, error);
}

static gboolean
build_home (YmDesk *desk, const YmRecord *record, YmReturn *given, GError **error)
{
  Building building = { desk, &given->period, record, ym_return_home_new () };

  building.home->registration_no = g_strdup (ym_record_get_text (record, YM_HOME_REGISTRATION_NO));
  building.home->name = g_strdup (ym_record_get_text (record, YM_HOME_NAME));
  building.home->provider = g_strdup (ym_record_get_text (record, YM_HOME_PROVIDER));
  building.home->area = g_strdup (ym_record_get_text (record, YM_HOME_AREA));
  building.home->local_authority = g_strdup (ym_record_get_text (record, YM_HOME_LOCAL_AUTHORITY));
  g_ptr_array_add (given->homes, building.home);
  return build_calls (&building, error) && build_visits (&building, error) && build_reconciliation (&building, error)
         && build_inspections (&building, error) && build_issues (&building, error) && build_monthly (&building, error);
}

static char *
read_force_name (YmDesk *desk)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (desk->db, NULL, "SELECT name FROM force LIMIT 1", "");

  return g_strdup (row != NULL && ym_sql_step (row, NULL) == YM_SQL_ROW ? ym_sql_column_text (row, 0) : "");
}

YmReturn *
ym_return_build (YmDesk *desk, const YmPeriod *period, const YmId *home, GError **error)
{
  g_autofree char *force = read_force_name (desk);
  g_autoptr (YmReturn) given = ym_return_new (period, force);
  g_autoptr (GPtrArray) homes
      = ym_tables_select (desk->db, ym_form (YM_FORM_HOME), error,
                          home != NULL ? "WHERE id = ?1" : "WHERE ?1 IS NULL ORDER BY registration_no, id", "d", home);

  if (homes == NULL)
    return NULL;
  if (home != NULL && homes->len == 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no such record on this device."));
      return NULL;
    }
  for (guint i = 0; i < homes->len; i++)
    if (!build_home (desk, g_ptr_array_index (homes, i), given, error))
      return NULL;
  return g_steal_pointer (&given);
}
