/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The home's own log held against the police's calls (R5). */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/save.h"
#include "app/notebook/settings.h"
#include "ui/ctl/calls.h"
#include "ui/ctl/words.h"

/* From the day after the last one that was saved, else from the first of last month; until today. */
static gboolean
usual_period (YmDesk *desk, const YmId *home, YmPeriod *period, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (YmRecord) last = ym_reconciliation_last (desk, home, G_MAXINT64, &failed);
  YmDay today = ym_ctl_today (desk);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  period->until = today;
  period->from = ym_month_first_day (ym_month_of_day (today) - 1);
  if (last != NULL)
    period->from = MIN (today, (YmDay) ym_record_get_integer (last, YM_RECONCILIATION_UNTIL_DATE, today) + 1);
  return TRUE;
}

static gboolean
read_tolerance (YmDesk *desk, const YmCtlCall *call, int *minutes, GError **error)
{
  const char *text = ym_ctl_option (call, "tolerance");
  gint64 said;

  if (text == NULL)
    return ym_setting_reconcile_tolerance (desk, minutes, error);
  if (g_ascii_string_to_signed (text, 10, YM_RECONCILE_TOLERANCE_MINUTES_MIN, YM_RECONCILE_TOLERANCE_MINUTES_MAX, &said,
                                NULL))
    {
      *minutes = (int) said;
      return TRUE;
    }
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("The tolerance is %d to %d minutes."),
               YM_RECONCILE_TOLERANCE_MINUTES_MIN, YM_RECONCILE_TOLERANCE_MINUTES_MAX);
  return FALSE;
}

static void
out_pairs (YmOut *out, const char *key, const char *heading, const GArray *pairs)
{
  ym_out_begin_list (out, key, pairs->len > 0 ? heading : NULL, YM_OUT_TABLE);
  for (guint i = 0; i < pairs->len; i++)
    {
      const YmReconciledPair *pair = &g_array_index (pairs, YmReconciledPair, i);
      gboolean is_pair = pair->call != NULL && pair->entry != NULL;

      ym_out_begin_item (out);
      if (pair->call != NULL)
        {
          ym_out_id (out, "call", _ ("Call"), &pair->call->id);
          ym_out_instant (out, "received_at", _ ("By the police"), pair->call->received_at_us);
          ym_out_text (out, "incident_ref", _ ("Incident"), ym_call_incident_ref (pair->call));
          ym_out_choice (out, "call_reason", pair->entry == NULL ? _ ("Reason") : NULL, &ym_choices_call_reason,
                         ym_call_answer (pair->call, YM_CALL_REASON));
        }
      if (pair->entry != NULL)
        {
          ym_out_id (out, "entry", _ ("Entry"), &pair->entry->record->id);
          ym_out_instant (out, "logged_at", _ ("By the home"), pair->entry->logged_at_us);
          ym_out_choice (out, "entry_reason", _ ("Reason"), &ym_choices_call_reason,
                         ym_record_get_integer (pair->entry->record, YM_HOME_LOG_ENTRY_REASON, 0));
        }
      if (is_pair)
        {
          ym_out_integer (out, "minutes_apart", _ ("Minutes apart"), pair->apart_us / YM_MINUTE_US);
          ym_out_boolean (out, "by_hand", _ ("By hand"), pair->by_hand);
        }
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static void
out_reconciliation (YmOut *out, const YmHomeReconciliation *result)
{
  ym_out_day (out, "from", _ ("From"), result->period.from);
  ym_out_day (out, "until", _ ("Until"), result->period.until);
  ym_out_integer (out, "tolerance_minutes", _ ("Tolerance in minutes"), result->tolerance_minutes);
  ym_out_integer (out, "police", _ ("Calls by police record"), ym_home_reconciliation_n_police (result));
  ym_out_integer (out, "home", _ ("Calls by the home's log"), ym_home_reconciliation_n_home (result));
  ym_out_integer (out, "both", _ ("In both"), result->both->len);
  ym_out_integer (out, "only_police", _ ("Only with the police"), result->only_police->len);
  ym_out_integer (out, "only_home", _ ("Only with the home"), result->only_home->len);
  ym_out_integer (out, "by_hand", _ ("Joined by hand"), result->by_hand);
  ym_out_integer (out, "minutes_apart", _ ("Minutes apart in all"), result->minutes_apart);
  ym_out_integer (out, "discrepancy_percent", _ ("Discrepancy in per cent"), result->discrepancy_percent);
  out_pairs (out, "in_both", _ ("In both"), result->both);
  out_pairs (out, "police_alone", _ ("Only with the police"), result->only_police);
  out_pairs (out, "home_alone", _ ("Only with the home"), result->only_home);
}

static gboolean
open_issue (YmDesk *desk, YmOut *out, const YmHomeReconciliation *result, const YmId *visit, GError **error)
{
  g_autoptr (YmRecord) issue = ym_reconciliation_issue (desk, result, visit);

  if (issue == NULL)
    {
      ym_out_say (out, _ ("Every call is in the home's log: there is no issue to open."));
      return TRUE;
    }
  if (!ym_desk_save (desk, "issue.open", NULL, issue, error))
    return FALSE;
  ym_out_id (out, "issue", _ ("Issue"), &issue->id);
  ym_out_say (out, _ ("The issue is open."));
  return TRUE;
}

static gboolean
reconcile (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home, visit_id = ym_id_zero;
  const YmId *visit;
  YmPeriod period;
  int tolerance;
  g_autoptr (YmHomeReconciliation) result = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error) || !usual_period (desk, &home, &period, error)
      || !ym_ctl_read_period (desk, call, &period, error) || !read_tolerance (desk, call, &tolerance, error)
      || !ym_ctl_read_visit (desk, call, &visit_id, error))
    return FALSE;
  visit = ym_id_is_zero (&visit_id) ? NULL : &visit_id;
  result = ym_home_reconcile (desk, &home, &period, tolerance, error);
  if (result == NULL)
    return FALSE;
  out_reconciliation (call->out, result);
  if (ym_ctl_option (call, "save") != NULL)
    {
      if (!ym_reconciliation_save (desk, result, visit, error))
        return FALSE;
      ym_out_say (call->out, _ ("Saved."));
    }
  return ym_ctl_option (call, "open-issue") == NULL || open_issue (desk, call->out, result, visit, error);
}

/* What an officer decides about a call and a line of the log. */
static gboolean
mark (YmDesk *desk, YmCtlCall *call, int decision, GError **error)
{
  g_autoptr (YmCall) found = ym_ctl_find_call (desk, call->arguments[0], error);
  g_autoptr (YmRecord) record = found != NULL ? ym_ctl_find_entry (desk, call->arguments[1], error) : NULL;
  YmLogEntry entry = { .record = record };

  if (record == NULL)
    return FALSE;
  if (!ym_id_equal (&record->scope, &found->home))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("The two are of different homes."));
      return FALSE;
    }
  entry.logged_at_us = ym_record_get_integer (record, YM_HOME_LOG_ENTRY_LOGGED_AT, 0);
  entry.imported = record->form->id == YM_FORM_IMPORTED_LOG_ENTRY;
  if (!ym_reconciliation_mark (desk, found, &entry, decision, error))
    return FALSE;
  ym_out_id (call->out, "call", NULL, &found->id);
  ym_out_id (call->out, "entry", NULL, &record->id);
  ym_out_choice (call->out, "mark", NULL, &ym_choices_pair_mark, decision);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
join_pair (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return mark (desk, call, YM_PAIR_JOINED, error);
}

static gboolean
part_pair (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return mark (desk, call, YM_PAIR_PARTED, error);
}

static gboolean
undo_pair (YmDesk *desk, YmCtlCall *call, GError **error)
{
  return mark (desk, call, YM_PAIR_UNDONE, error);
}

const YmCtlCommand ym_ctl_reconcile_commands[] = {
  { .name = "reconcile",
    .arguments = "REGISTRATION_NO",
    .summary = N_ ("The home's log held against the police's calls, since the last time or for the days that are named"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = reconcile,
    .options = { { "month", "MONTH" },
                 { "from", "DATE" },
                 { "until", "DATE" },
                 { "tolerance", "MINUTES" },
                 { "visit", "VISIT" },
                 { "save", NULL },
                 { "open-issue", NULL } } },
  { .name = "reconcile join",
    .arguments = "CALL ENTRY",
    .summary = N_ ("A call and a line of the home's log are the same, whatever their times"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = join_pair },
  { .name = "reconcile part",
    .arguments = "CALL ENTRY",
    .summary = N_ ("The two are not the same"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = part_pair },
  { .name = "reconcile undo",
    .arguments = "CALL ENTRY",
    .summary = N_ ("Leave the two to the rule again"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = undo_pair },
  { NULL },
};
