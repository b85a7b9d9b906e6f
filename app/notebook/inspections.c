/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Joint inspections (R6). That three calls raised one is derived from the calls each time, so device and server say the
 * same whatever arrived late or was corrected; what people did about it is recorded under the name of home and month.
 */

#include "app/notebook/inspections.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/notebook/settings.h"

void
ym_inspection_free (YmInspection *inspection)
{
  if (inspection == NULL)
    return;
  g_free (inspection->third_ref);
  g_clear_pointer (&inspection->handling, ym_record_free);
  g_clear_pointer (&inspection->actions, g_ptr_array_unref);
  g_free (inspection);
}

static YmInspection *
inspection_new (const YmId *home, YmMonth month, guint threshold)
{
  YmInspection *inspection = g_new0 (YmInspection, 1);

  inspection->home = *home;
  inspection->month = month;
  inspection->threshold = threshold;
  inspection->third_at_us = YM_INSTANT_NONE;
  inspection->actions = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  return inspection;
}

/* The calls from @first on that are of the same home: how many. Calls are sorted by home. */
static guint
count_of_home (GPtrArray *calls, guint first)
{
  const YmCall *call = g_ptr_array_index (calls, first);
  guint n = 1;

  while (first + n < calls->len
         && ym_id_equal (&((const YmCall *) g_ptr_array_index (calls, first + n))->home, &call->home))
    n++;
  return n;
}

static void
derive_home (GPtrArray *calls, guint first, guint n, guint threshold, GPtrArray *inspections)
{
  const YmCall *const *of_home = (const YmCall *const *) &g_ptr_array_index (calls, first);
  g_autofree YmTriggerCall *rule_calls = g_new (YmTriggerCall, n);
  g_autoptr (GArray) triggers = NULL;

  for (guint i = 0; i < n; i++)
    rule_calls[i] = (YmTriggerCall){ of_home[i]->received_at_us, ym_call_incident_ref (of_home[i]) };
  triggers = ym_triggers (rule_calls, n, threshold);
  for (guint i = 0; i < triggers->len; i++)
    {
      const YmTrigger *trigger = &g_array_index (triggers, YmTrigger, i);
      YmInspection *inspection = inspection_new (&of_home[0]->home, trigger->month, threshold);

      inspection->n_calls = trigger->n_calls;
      inspection->third_at_us = of_home[trigger->call]->received_at_us;
      inspection->third_ref = g_strdup (ym_call_incident_ref (of_home[trigger->call]));
      g_ptr_array_add (inspections, inspection);
    }
}

/* By home, and within one in the order the calls have. */
static int
compare_homes (gconstpointer a, gconstpointer b)
{
  const YmCall *one = *(YmCall *const *) a, *other = *(YmCall *const *) b;
  int order = ym_id_compare (&one->home, &other->home);

  if (order != 0)
    return order;
  if (one->received_at_us != other->received_at_us)
    return one->received_at_us < other->received_at_us ? -1 : 1;
  order = g_strcmp0 (ym_call_incident_ref (one), ym_call_incident_ref (other));
  return order != 0 ? order : ym_id_compare (&one->id, &other->id);
}

static YmInspection *
find (GPtrArray *inspections, const YmId *home, YmMonth month)
{
  for (guint i = 0; i < inspections->len; i++)
    {
      YmInspection *inspection = g_ptr_array_index (inspections, i);

      if (inspection->month == month && ym_id_equal (&inspection->home, home))
        return inspection;
    }
  return NULL;
}

/* A month that was handled and reaches the threshold no more is there too, with the calls that are left. */
static gboolean
add_handled (YmDesk *desk, const YmRecord *handling, guint threshold, GPtrArray *inspections, GError **error)
{
  YmMonth month = ym_month_of_day ((YmDay) ym_record_get_integer (handling, YM_JOINT_INSPECTION_MONTH, 0));
  YmInspection *inspection = find (inspections, &handling->scope, month);

  if (inspection == NULL)
    {
      YmPeriod period = ym_period_of_month (month);

      inspection = inspection_new (&handling->scope, month, threshold);
      g_ptr_array_add (inspections, inspection);
      if (!ym_calls_count (desk, &inspection->home, &period, &inspection->n_calls, error))
        return FALSE;
    }
  inspection->handling = ym_record_copy (handling);
  g_ptr_array_unref (inspection->actions);
  inspection->actions = ym_tables_select (desk->db, ym_form (YM_FORM_INSPECTION_ACTION), error,
                                          "WHERE inspection = ? AND scope = ? ORDER BY due_on, id", "dd", &handling->id,
                                          &handling->scope);
  return inspection->actions != NULL;
}

static void
derive_state (YmInspection *inspection)
{
  YmInspectionState recorded = YM_INSPECTION_NONE;

  if (inspection->handling != NULL)
    recorded = (YmInspectionState) ym_record_get_integer (inspection->handling, YM_JOINT_INSPECTION_STATE, 0);
  inspection->state = ym_inspection_state (inspection->third_at_us != YM_INSTANT_NONE, recorded);
}

static int
compare_urgency (gconstpointer a, gconstpointer b)
{
  const YmInspection *one = *(YmInspection *const *) a, *other = *(YmInspection *const *) b;
  gboolean one_waits = ym_inspection_next (one->state) != NULL;
  gboolean other_waits = ym_inspection_next (other->state) != NULL;

  if (one_waits != other_waits)
    return one_waits ? -1 : 1;
  if (one->month != other->month)
    return one->month > other->month ? -1 : 1;
  return ym_id_compare (&one->home, &other->home);
}

/* @calls: (transfer full) */
static GPtrArray *
derive (YmDesk *desk, GPtrArray *taken, GPtrArray *handled, GError **error)
{
  g_autoptr (GPtrArray) calls = taken;
  g_autoptr (GPtrArray) inspections = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_inspection_free);
  guint threshold;

  if (!ym_setting_trigger_threshold (desk, &threshold, error))
    return NULL;
  g_ptr_array_sort (calls, compare_homes);
  for (guint first = 0, n; first < calls->len; first += n)
    {
      n = count_of_home (calls, first);
      derive_home (calls, first, n, threshold, inspections);
    }
  for (guint i = 0; i < handled->len; i++)
    if (!add_handled (desk, g_ptr_array_index (handled, i), threshold, inspections, error))
      return NULL;
  for (guint i = 0; i < inspections->len; i++)
    derive_state (g_ptr_array_index (inspections, i));
  g_ptr_array_sort (inspections, compare_urgency);
  return g_steal_pointer (&inspections);
}

GPtrArray *
ym_inspections_list (YmDesk *desk, const YmId *home, GError **error)
{
  const YmPeriod all = ym_period_all ();
  g_autoptr (GPtrArray) handled
      = ym_tables_select (desk->db, ym_form (YM_FORM_JOINT_INSPECTION), error,
                          home != NULL ? "WHERE scope = ?1" : "WHERE ?1 IS NULL", "d", home);
  GPtrArray *calls = handled == NULL ? NULL : ym_calls_list (desk, home, &all, error);

  return calls == NULL ? NULL : derive (desk, calls, handled, error);
}

YmInspection *
ym_inspection_load (YmDesk *desk, const YmId *home, YmMonth month, GError **error)
{
  const YmPeriod period = ym_period_of_month (month);
  g_autoptr (GPtrArray) handled
      = ym_tables_select (desk->db, ym_form (YM_FORM_JOINT_INSPECTION), error, "WHERE scope = ? AND month = ?", "di", home,
                          (gint64) period.from);
  GPtrArray *calls = handled == NULL ? NULL : ym_calls_list (desk, home, &period, error);
  g_autoptr (GPtrArray) inspections = NULL;
  YmInspection *inspection;
  guint n_calls;

  if (calls == NULL)
    return NULL;
  n_calls = calls->len;
  inspections = derive (desk, calls, handled, error);
  if (inspections == NULL)
    return NULL;
  if (inspections->len > 0)
    return g_ptr_array_steal_index (inspections, 0);
  inspection = inspection_new (home, month, YM_TRIGGER_THRESHOLD);
  inspection->n_calls = n_calls;
  if (ym_setting_trigger_threshold (desk, &inspection->threshold, error))
    return inspection;
  ym_inspection_free (inspection);
  return NULL;
}

const char *
ym_inspection_state_label (YmInspectionState state)
{
  const YmChoice *choice = ym_choices_by_number (&ym_choices_inspection_state, state);

  if (choice != NULL)
    return ym_label (choice->label);
  return state == YM_INSPECTION_WITHDRAWN ? C_ ("inspection", "Withdrawn") : C_ ("inspection", "None");
}

const char *
ym_inspection_next (YmInspectionState state)
{
  static const char *const next[] = {
    [YM_INSPECTION_TRIGGERED] = N_ ("The force tells CIW."),
    [YM_INSPECTION_CIW_TOLD] = N_ ("Police and CIW agree on a date."),
    [YM_INSPECTION_DATE_AGREED] = N_ ("Police and CIW hold the inspection."),
    [YM_INSPECTION_HELD] = N_ ("The owners do what was agreed; the named officer closes it."),
  };

  return state < G_N_ELEMENTS (next) && next[state] != NULL ? _ (next[state]) : NULL;
}

YmRecord *
ym_inspection_handling_begin (YmDesk *desk, const YmInspection *inspection)
{
  YmRecord *handling;
  YmId force;

  if (inspection->handling != NULL)
    return ym_record_copy (inspection->handling);
  handling = ym_desk_new_record (desk, ym_form (YM_FORM_JOINT_INSPECTION), &inspection->home);
  ym_record_set_id (handling, YM_JOINT_INSPECTION_HOME, &inspection->home);
  ym_record_set_integer (handling, YM_JOINT_INSPECTION_MONTH, ym_month_first_day (inspection->month));
  ym_record_set_integer (handling, YM_JOINT_INSPECTION_STATE, YM_INSPECTION_TRIGGERED);
  force = *ym_journal_get_force (desk->journal);
  handling->id = ym_record_key_id (handling, &force);
  return handling;
}

static gboolean
say (GError **error, const char *message)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
has_open_action (const YmInspection *inspection)
{
  for (guint i = 0; i < inspection->actions->len; i++)
    if (!ym_record_has (g_ptr_array_index (inspection->actions, i), YM_ACTION_DONE_ON))
      return TRUE;
  return FALSE;
}

/* What a state asks to be known. */
static gboolean
check_dates (const YmRecord *handling, const YmInspection *inspection, GError **error)
{
  gint64 state = ym_record_get_integer (handling, YM_JOINT_INSPECTION_STATE, 0);

  if (state >= YM_INSPECTION_CIW_TOLD && !ym_record_has (handling, YM_JOINT_INSPECTION_CIW_TOLD_ON))
    return say (error, _ ("Say on which day CIW was told."));
  if (state == YM_INSPECTION_DATE_AGREED && !ym_record_has (handling, YM_JOINT_INSPECTION_AGREED_FOR))
    return say (error, _ ("Say which date was agreed."));
  if (state >= YM_INSPECTION_HELD
      && (!ym_record_has (handling, YM_JOINT_INSPECTION_HELD_ON)
          || !ym_record_has (handling, YM_JOINT_INSPECTION_PARTICIPANTS)))
    return say (error, _ ("Say on which day the inspection was held, and who took part."));
  if (state == YM_INSPECTION_ACTIONS_CLOSED
      && (!ym_record_has (handling, YM_JOINT_INSPECTION_CLOSED_ON) || has_open_action (inspection)))
    return say (error, _ ("Finish every action first, and say on which day they were closed."));
  return TRUE;
}

gboolean
ym_inspection_save (YmDesk *desk, const YmRecord *handling, GError **error)
{
  YmMonth month = ym_month_of_day ((YmDay) ym_record_get_integer (handling, YM_JOINT_INSPECTION_MONTH, 0));
  g_autoptr (YmInspection) inspection = ym_inspection_load (desk, &handling->scope, month, error);

  if (inspection == NULL)
    return FALSE;
  if (inspection->state == YM_INSPECTION_NONE)
    return say (error, _ ("The calls of that month don't reach the number that raises a joint inspection."));
  if (!ym_inspection_step_is_legal (inspection->state,
                                    (YmInspectionState) ym_record_get_integer (handling, YM_JOINT_INSPECTION_STATE, 0)))
    return say (error, _ ("The inspection can't go from the state it is in to that one; go one step at a time."));
  return check_dates (handling, inspection, error)
         && ym_desk_save (desk, "inspection.save", inspection->handling, handling, error);
}

YmRecord *
ym_inspection_action_begin (YmDesk *desk, const YmRecord *handling)
{
  YmRecord *action = ym_desk_new_record (desk, ym_form (YM_FORM_INSPECTION_ACTION), &handling->scope);

  ym_record_set_id (action, YM_INSPECTION_ACTION_INSPECTION, &handling->id);
  return action;
}
