/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Joint inspections by police and CIW (R6): what raised them, who must do what next, and what was done. */

#include "app/notebook/inspections.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "ui/ctl/command.h"
#include "ui/ctl/words.h"

static const char *
state_code (YmInspectionState state)
{
  const YmChoice *choice = ym_choices_by_number (&ym_choices_inspection_state, state);

  if (choice != NULL)
    return choice->code;
  return state == YM_INSPECTION_WITHDRAWN ? "withdrawn" : "none";
}

static void
out_inspection (YmDesk *desk, YmOut *out, const YmInspection *inspection)
{
  g_autoptr (YmRecord) home = ym_tables_find (desk->db, ym_form (YM_FORM_HOME), &inspection->home, NULL);
  g_autofree char *month = ym_month_to_string (inspection->month);

  ym_out_text (out, "registration_no", _ ("Home"),
               home != NULL ? ym_record_get_text (home, YM_HOME_REGISTRATION_NO) : NULL);
  ym_out_text (out, "name", _ ("Name"), home != NULL ? ym_record_get_text (home, YM_HOME_NAME) : NULL);
  ym_out_text (out, "month", _ ("Month"), month);
  ym_out_integer (out, "calls", _ ("Calls"), inspection->n_calls);
  ym_out_integer (out, "threshold", NULL, inspection->threshold);
  ym_out_code (out, "state", _ ("State"), state_code (inspection->state), ym_inspection_state_label (inspection->state));
  ym_out_text (out, "third_call", _ ("Raised by"), inspection->third_ref);
  ym_out_instant (out, "third_call_at", NULL,
                  inspection->third_at_us == YM_INSTANT_NONE ? 0 : inspection->third_at_us);
  ym_out_text (out, "next", _ ("Next"), ym_inspection_next (inspection->state));
}

static gboolean
list_inspections (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (GPtrArray) inspections = NULL;

  if (call->n_arguments > 0 && !ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  inspections = ym_inspections_list (desk, call->n_arguments > 0 ? &home : NULL, error);
  if (inspections == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "inspections", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < inspections->len; i++)
    {
      ym_out_begin_item (call->out);
      out_inspection (desk, call->out, g_ptr_array_index (inspections, i));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  if (inspections->len == 0)
    ym_out_say (call->out, _ ("No month's calls raised a joint inspection."));
  return TRUE;
}

/* The inspection of the home and month that the first two arguments name. */
static YmInspection *
find_inspection (YmDesk *desk, const YmCtlCall *call, GError **error)
{
  YmId home;
  YmMonth month;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error)
      || !ym_ctl_read_month (call->arguments[1], &month, error))
    return NULL;
  return ym_inspection_load (desk, &home, month, error);
}

static gboolean
show_inspection (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmInspection) inspection = find_inspection (desk, call, error);

  if (inspection == NULL)
    return FALSE;
  out_inspection (desk, call->out, inspection);
  if (inspection->handling != NULL)
    {
      ym_out_begin (call->out, "handling", _ ("What was recorded"));
      ym_out_answers (call->out, inspection->handling);
      ym_out_end (call->out);
    }
  ym_out_begin_list (call->out, "actions", inspection->actions->len > 0 ? _ ("Actions") : NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < inspection->actions->len; i++)
    {
      const YmRecord *action = g_ptr_array_index (inspection->actions, i);

      ym_out_begin_item (call->out);
      ym_out_id (call->out, "id", _ ("Id"), &action->id);
      ym_out_answers (call->out, action);
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  return TRUE;
}

static gboolean
update_inspection (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmInspection) inspection = find_inspection (desk, call, error);
  g_autoptr (YmInspection) after = NULL;
  g_autoptr (YmRecord) handling = inspection != NULL ? ym_inspection_handling_begin (desk, inspection) : NULL;

  if (handling == NULL
      || !ym_ctl_set_answers (handling, ym_ctl_today (desk), call->arguments + 2, call->n_arguments - 2, error)
      || !ym_inspection_save (desk, handling, error))
    return FALSE;
  after = ym_inspection_load (desk, &inspection->home, inspection->month, error);
  if (after == NULL)
    return FALSE;
  out_inspection (desk, call->out, after);
  return TRUE;
}

static gboolean
add_action (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmInspection) inspection = find_inspection (desk, call, error);
  g_autoptr (YmRecord) action = NULL;

  if (inspection == NULL)
    return FALSE;
  if (inspection->handling == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("Record first how far the inspection has come, with “inspection update”."));
      return FALSE;
    }
  action = ym_inspection_action_begin (desk, inspection->handling);
  if (!ym_ctl_set_answers (action, ym_ctl_today (desk), call->arguments + 2, call->n_arguments - 2, error)
      || !ym_desk_save (desk, "inspection.action", NULL, action, error))
    return FALSE;
  ym_out_id (call->out, "action", _ ("Action"), &action->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
finish_action (YmDesk *desk, YmCtlCall *call, GError **error)
{
  const YmForm *form = ym_form (YM_FORM_INSPECTION_ACTION);
  YmDay day = ym_ctl_today (desk);
  YmId id;
  g_autoptr (YmRecord) before = NULL;
  g_autoptr (YmRecord) after = NULL;

  if ((call->n_arguments > 1 && !ym_ctl_read_day (call->arguments[1], &day, error))
      || !ym_ctl_find_record (desk, form, call->arguments[0], &id, error))
    return FALSE;
  before = ym_tables_find (desk->db, form, &id, error);
  after = before != NULL ? ym_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  ym_record_set_integer (after, YM_ACTION_DONE_ON, day);
  if (!ym_desk_save (desk, "inspection.action", before, after, error))
    return FALSE;
  ym_out_id (call->out, "action", _ ("Action"), &id);
  ym_out_day (call->out, "done_on", _ ("Done"), day);
  return TRUE;
}

const YmCtlCommand ym_ctl_inspection_commands[] = {
  { .name = "inspections",
    .arguments = "[REGISTRATION_NO]",
    .summary = N_ ("The joint inspections that calls raised, what somebody must do something about first"),
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_inspections },
  { .name = "inspection show",
    .arguments = "REGISTRATION_NO MONTH",
    .summary = N_ ("One of them, with what was recorded and what is to be done"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_inspection },
  { .name = "inspection update",
    .arguments = "REGISTRATION_NO MONTH FIELD=VALUE...",
    .summary = N_ ("Record how far it has come, one step at a time (form joint_inspection)"),
    .least = 3,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = update_inspection },
  { .name = "inspection action",
    .arguments = "REGISTRATION_NO MONTH FIELD=VALUE...",
    .summary = N_ ("Say what will be done, by whom and when (form inspection_action)"),
    .least = 3,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_action },
  { .name = "inspection done",
    .arguments = "ACTION [DATE]",
    .summary = N_ ("An action is done"),
    .least = 1,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = finish_action },
  { NULL },
};
