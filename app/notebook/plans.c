/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits that are planned: moved, met by a visit, or given up for a reason that is kept. */

#include "app/notebook/plans.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/rules/visit-window.h"

/* Plans are few, and those of long ago are settled: no more than these are looked at. */
#define LATEST_PLANS 16

static GPtrArray *
read_latest (YmDesk *desk, const YmId *home, GError **error)
{
  return ym_tables_select (desk->db, ym_form (YM_FORM_PLANNED_VISIT), error,
                           "WHERE scope = ? ORDER BY planned_at DESC LIMIT ?", "di", home, (gint64) LATEST_PLANS);
}

static gboolean
is_open (const YmRecord *plan)
{
  return ym_record_get_integer (plan, YM_PLANNED_VISIT_STATE, 0) == YM_PLAN_OPEN;
}

YmDay
ym_plan_day (const YmRecord *plan)
{
  return ym_london_day (ym_record_get_integer (plan, YM_PLANNED_VISIT_PLANNED_AT, 0));
}

YmRecord *
ym_plan_open (YmDesk *desk, const YmId *home, YmDay last_visit, GError **error)
{
  g_autoptr (GPtrArray) plans = read_latest (desk, home, error);

  for (guint i = plans != NULL ? plans->len : 0; i-- > 0;)
    {
      const YmRecord *plan = g_ptr_array_index (plans, i);

      if (is_open (plan) && ym_plan_day (plan) > last_visit)
        return ym_record_copy (plan);
    }
  return NULL;
}

gboolean
ym_plan_save (YmDesk *desk, const YmRecord *before, const YmRecord *answers, int state, GError **error)
{
  g_autoptr (YmRecord) after = before != NULL ? ym_record_copy (before)
                                              : ym_desk_new_record (desk, answers->form, &answers->scope);

  for (guint i = 0; i < after->form->n_fields; i++)
    if ((after->form->fields[i].flags & YM_FIELD_AUTOMATIC) == 0)
      ym_record_set (after, after->form->fields[i].id, &answers->values[i]);
  after->id = answers->id;
  ym_record_set_integer (after, YM_PLANNED_VISIT_STATE, state);
  if (state == YM_PLAN_NOT_HELD && !ym_record_has (after, YM_PLANNED_VISIT_WHY_NOT))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("Say why the visit could not take place."));
      return FALSE;
    }
  return ym_desk_save (desk, "visit.plan", before, after, error);
}

gboolean
ym_plan_is_met (YmDay planned, YmDay visited)
{
  YmVisitWindow halves[2];
  guint half;

  ym_visit_windows_of_month (ym_month_of_day (visited), halves);
  half = visited <= halves[0].last ? 0 : 1;
  return planned <= halves[half].last;
}

gboolean
ym_plan_meet (YmDesk *desk, const YmRecord *visit, GError **error)
{
  g_autoptr (GPtrArray) plans = read_latest (desk, &visit->scope, error);
  YmDay visited = ym_london_day (ym_record_get_integer (visit, YM_VISIT_STARTED_AT, 0));

  for (guint i = 0; plans != NULL && i < plans->len; i++)
    {
      const YmRecord *plan = g_ptr_array_index (plans, i);
      g_autoptr (YmRecord) met = NULL;
      YmChange change;

      if (!is_open (plan) || !ym_plan_is_met (ym_plan_day (plan), visited))
        continue;
      met = ym_record_copy (plan);
      ym_record_set_integer (met, YM_PLANNED_VISIT_STATE, YM_PLAN_HELD);
      ym_record_set_id (met, YM_PLANNED_VISIT_VISIT, &visit->id);
      change = (YmChange){ plan, met };
      if (!ym_journal_write (desk->journal, &desk->author, "visit.plan", &met->id, &change, 1, error))
        return FALSE;
    }
  return plans != NULL;
}
