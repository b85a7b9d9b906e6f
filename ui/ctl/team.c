/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The supervisor's view, arrest reviews (R9), debriefs and learning notes. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/debriefs.h"
#include "app/notebook/learning.h"
#include "app/notebook/save.h"
#include "app/notebook/team.h"
#include "app/rules/percent.h"
#include "sync/client/status.h"
#include "ui/ctl/words.h"

static const YmChoice arrest_items[] = {
  { YM_ARREST_REVIEW_OPEN + 1, "open", NC_ ("review", "Open") },
  { YM_ARREST_REVIEW_LATE + 1, "late", NC_ ("review", "Late") },
  { YM_ARREST_REVIEW_DONE + 1, "done", NC_ ("review", "Completed") },
  { YM_ARREST_REVIEW_DONE_LATE + 1, "done_late", NC_ ("review", "Completed late") },
};

static const YmChoice standing_items[] = {
  { YM_STANDING_NONE, "none", N_ ("No visit asked for") }, { YM_STANDING_VISITED, "visited", N_ ("Visited") },
  { YM_STANDING_DUE, "due", N_ ("Due") },                  { YM_STANDING_DUE_SOON, "due_soon", N_ ("Due soon") },
  { YM_STANDING_OVERDUE, "overdue", N_ ("Overdue") },
};
static const YmChoices standings = { standing_items, G_N_ELEMENTS (standing_items) };

/* For people the share as well; nothing for homes of which no window has ended. */
static void
out_compliance (YmOut *out, const YmVisitCompliance *visits)
{
  g_autofree char *text = visits->ended == 0 ? NULL
                                             : g_strdup_printf ("%d / %d (%d %%)", visits->kept, visits->ended,
                                                                ym_percent (visits->kept, visits->ended));

  if (!ym_out_is_json (out))
    {
      ym_out_text (out, "kept", _ ("Visits in time"), text);
      return;
    }
  ym_out_integer (out, "windows_kept", NULL, visits->kept);
  ym_out_integer (out, "windows_ended", NULL, visits->ended);
}

static void
out_home (YmOut *out, const YmId *home, const YmTeam *team)
{
  const YmHomeSummary *summary = ym_team_find_home (team, home);

  ym_out_text (out, "home", _ ("Home"), summary == NULL ? NULL : ym_record_get_text (summary->home, YM_HOME_NAME));
}

static void
out_officers (YmOut *out, const YmTeam *team)
{
  ym_out_begin_list (out, "homes", _ ("Homes by officer"), YM_OUT_TABLE);
  for (guint i = 0; i < team->officers->len; i++)
    {
      const YmTeamOfficer *officer = g_ptr_array_index (team->officers, i);
      const YmRecord *record = officer->officer;

      for (guint j = 0; j < officer->homes->len; j++)
        {
          const YmTeamHome *home = g_ptr_array_index (officer->homes, j);

          ym_out_begin_item (out);
          ym_out_text (out, "collar_no", NULL, record == NULL ? NULL : ym_record_get_text (record, YM_OFFICER_COLLAR_NO));
          ym_out_text (out, "officer", _ ("Officer"),
                       record == NULL ? _ ("Nobody") : ym_record_get_text (record, YM_OFFICER_NAME));
          ym_out_text (out, "registration_no", NULL, ym_record_get_text (home->summary->home, YM_HOME_REGISTRATION_NO));
          ym_out_text (out, "home", _ ("Home"), ym_record_get_text (home->summary->home, YM_HOME_NAME));
          ym_out_choice (out, "visits", _ ("Visits"), &standings, home->summary->visits.standing);
          out_compliance (out, &home->visits);
          ym_out_instant (out, "last_heard_at", _ ("Officer last synced, as far as is known here"), officer->heard_at_us);
          ym_out_end_item (out);
        }
    }
  ym_out_end_list (out);
}

static void
out_windows (YmOut *out, const YmTeam *team)
{
  ym_out_begin_list (out, "windows", _ ("Visits in time, by half of the month"), YM_OUT_TABLE);
  for (guint i = 0; i < YM_TEAM_WINDOWS; i++)
    {
      ym_out_begin_item (out);
      ym_out_day (out, "from", _ ("From"), team->windows[i].window.first);
      ym_out_day (out, "until", _ ("Until"), team->windows[i].window.last);
      out_compliance (out, &team->windows[i].visits);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static void
out_waiting (YmOut *out, const YmTeam *team)
{
  ym_out_begin_list (out, "issues", team->issues->len > 0 ? _ ("Issues past due by a week or more") : NULL, YM_OUT_TABLE);
  for (guint i = 0; i < team->issues->len; i++)
    {
      const YmIssue *issue = g_ptr_array_index (team->issues, i);

      ym_out_begin_item (out);
      ym_out_id (out, "id", _ ("Issue"), &issue->issue->id);
      out_home (out, &issue->issue->scope, team);
      ym_out_text (out, "title", _ ("About"), ym_record_get_text (issue->issue, YM_ISSUE_TITLE));
      ym_out_integer (out, "days_past_due", _ ("Days late"), issue->days_past_due);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  ym_out_begin_list (out, "inspections", team->inspections->len > 0 ? _ ("Joint inspections under way") : NULL,
                     YM_OUT_TABLE);
  for (guint i = 0; i < team->inspections->len; i++)
    {
      const YmInspection *inspection = g_ptr_array_index (team->inspections, i);
      g_autofree char *month = ym_month_to_string (inspection->month);

      ym_out_begin_item (out);
      out_home (out, &inspection->home, team);
      ym_out_text (out, "month", _ ("Month"), month);
      ym_out_choice (out, "state", _ ("State"), &ym_choices_inspection_state, inspection->state);
      ym_out_text (out, "next", _ ("What is next"), ym_inspection_next (inspection->state));
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  ym_out_begin_list (out, "concerns", team->concerns->len > 0 ? _ ("Concerns past their review") : NULL, YM_OUT_TABLE);
  for (guint i = 0; i < team->concerns->len; i++)
    {
      const YmRecord *concern = g_ptr_array_index (team->concerns, i);

      ym_out_begin_item (out);
      ym_out_id (out, "id", _ ("Id"), &concern->id);
      out_home (out, &concern->scope, team);
      ym_out_day (out, "review_on", _ ("Review on"),
                  (YmDay) ym_record_get_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, YM_DAY_NONE));
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static void
out_arrest_line (YmDesk *desk, YmOut *out, const YmArrest *arrest)
{
  g_autofree char *home = ym_ctl_home_name (desk, &arrest->home);
  const YmChoice *state = &arrest_items[arrest->state];
  guint of, answered = ym_arrest_answered (arrest, &of);
  g_autofree char *share = g_strdup_printf ("%u / %u", answered, of);

  if (arrest->review != NULL)
    ym_out_id (out, "review", _ ("Review"), &arrest->review->id);
  else
    ym_out_text (out, "review", _ ("Review"), NULL);
  ym_out_code (out, "state", _ ("State"), state->code, g_dpgettext2 (GETTEXT_PACKAGE, "review", state->label));
  ym_out_text (out, "home", _ ("Home"), home);
  ym_out_text (out, "incident_ref", _ ("Incident reference"),
               arrest->review != NULL ? ym_record_get_text (arrest->review, YM_ARREST_REVIEW_INCIDENT_REF)
                                      : ym_call_incident_ref (arrest->call));
  ym_out_instant (out, "arrested_at", _ ("Arrested"), arrest->arrested_at_us);
  ym_out_day (out, "due_by_the_end_of", _ ("Due by the end of"), arrest->due);
  ym_out_text (out, "answered", _ ("Answered"), share);
}

static void
out_arrest_list (YmDesk *desk, YmOut *out, GPtrArray *arrests, const char *heading)
{
  ym_out_begin_list (out, "arrests", heading, YM_OUT_TABLE);
  for (guint i = 0; i < arrests->len; i++)
    {
      ym_out_begin_item (out);
      out_arrest_line (desk, out, g_ptr_array_index (arrests, i));
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static gboolean
show_team (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmTeam) team = ym_team_read (desk, error);
  g_auto (YmSyncOverview) sync = { 0 };

  if (team == NULL || !ym_sync_overview_read (desk->db, &desk->author.device, &sync, error))
    return FALSE;
  ym_out_instant (call->out, "as_of", _ ("As of your last sync"), sync.succeeded_at_us);
  out_officers (call->out, team);
  out_windows (call->out, team);
  out_waiting (call->out, team);
  out_arrest_list (desk, call->out, team->arrests, team->arrests->len > 0 ? _ ("Arrests to review") : NULL);
  return TRUE;
}

static gboolean
list_arrests (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (GPtrArray) arrests = NULL;

  if (call->n_arguments > 0 && !ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  arrests = ym_arrest_list (desk, call->n_arguments > 0 ? &home : NULL, error);
  if (arrests == NULL)
    return FALSE;
  out_arrest_list (desk, call->out, arrests, NULL);
  if (arrests->len == 0)
    ym_out_say (call->out, _ ("No arrest is recorded."));
  return TRUE;
}

/* The call with that reference at the home; %NULL with @error if there is none. */
static YmCall *
find_call (YmDesk *desk, const YmId *home, const char *incident_ref, GError **error)
{
  const YmPeriod all = ym_period_all ();
  g_autoptr (GPtrArray) calls = ym_calls_list (desk, home, &all, error);

  for (guint i = 0; calls != NULL && i < calls->len; i++)
    if (g_strcmp0 (ym_call_incident_ref (g_ptr_array_index (calls, i)), incident_ref) == 0)
      return ym_call_load (desk, home, &((const YmCall *) g_ptr_array_index (calls, i))->id, error);
  if (calls != NULL)
    g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("No call from this home has the incident reference “%s”."),
                 incident_ref);
  return NULL;
}

static gboolean
saved (YmCtlCall *call, const char *key, const char *label, const YmId *id)
{
  ym_out_id (call->out, key, label, id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
begin_arrest (YmDesk *desk, YmCtlCall *call, GError **error)
{
  const char *incident_ref = ym_ctl_option (call, "call");
  g_autoptr (YmCall) of_call = NULL;
  g_autoptr (YmRecord) review = NULL;
  YmId home;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  if (incident_ref != NULL && (of_call = find_call (desk, &home, incident_ref, error)) == NULL)
    return FALSE;
  review = ym_arrest_begin (desk, &home, of_call);
  return ym_ctl_set_answers (review, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
         && ym_arrest_save (desk, NULL, review, error) && saved (call, "review", _ ("Review"), &review->id);
}

static YmArrest *
find_arrest (YmDesk *desk, const char *text, GError **error)
{
  YmId id;

  if (!ym_ctl_find_record (desk, ym_form (YM_FORM_ARREST_REVIEW), text, &id, error))
    return NULL;
  return ym_arrest_load (desk, &id, error);
}

static gboolean
review_arrest (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmArrest) arrest = find_arrest (desk, call->arguments[0], error);
  g_autoptr (YmRecord) after = arrest == NULL ? NULL : ym_record_copy (arrest->review);

  return after != NULL
         && ym_ctl_set_answers (after, ym_london_day (arrest->arrested_at_us), call->arguments + 1, call->n_arguments - 1,
                                error)
         && ym_arrest_save (desk, arrest->review, after, error) && saved (call, "review", _ ("Review"), &after->id);
}

static gboolean
add_view (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmArrest) arrest = find_arrest (desk, call->arguments[0], error);
  g_autoptr (YmRecord) view = arrest == NULL ? NULL : ym_arrest_view_begin (desk, arrest->review);

  return view != NULL
         && ym_ctl_set_answers (view, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
         && ym_desk_save (desk, "arrest.view", NULL, view, error) && saved (call, "view", _ ("View"), &view->id);
}

static gboolean
complete_arrest (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId id;
  g_autoptr (YmArrest) arrest = NULL;

  if (!ym_ctl_find_record (desk, ym_form (YM_FORM_ARREST_REVIEW), call->arguments[0], &id, error)
      || !ym_arrest_complete (desk, &id, error))
    return FALSE;
  arrest = ym_arrest_load (desk, &id, error);
  if (arrest == NULL)
    return FALSE;
  out_arrest_line (desk, call->out, arrest);
  return TRUE;
}

static gboolean
show_arrest (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmArrest) arrest = find_arrest (desk, call->arguments[0], error);

  if (arrest == NULL)
    return FALSE;
  out_arrest_line (desk, call->out, arrest);
  ym_out_begin (call->out, "answers", _ ("The review"));
  ym_out_answers (call->out, arrest->review);
  ym_out_end (call->out);
  ym_out_records (call->out, "views", _ ("Views"), arrest->views);
  return TRUE;
}

static gboolean
add_debrief (YmDesk *desk, YmCtlCall *call, GError **error)
{
  const char *of_arrest = ym_ctl_option (call, "arrest");
  g_autoptr (YmArrest) arrest = NULL;
  g_autoptr (YmRecord) debrief = NULL;
  YmId home;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  if (of_arrest != NULL && (arrest = find_arrest (desk, of_arrest, error)) == NULL)
    return FALSE;
  debrief = ym_debrief_begin (desk, &home, arrest);
  return ym_ctl_set_answers (debrief, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
         && ym_debrief_save (desk, NULL, debrief, error) && saved (call, "debrief", _ ("Debrief"), &debrief->id);
}

static gboolean
list_debriefs (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (GPtrArray) debriefs = NULL;

  if (call->n_arguments > 0 && !ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  debriefs = ym_debrief_list (desk, call->n_arguments > 0 ? &home : NULL, error);
  if (debriefs == NULL)
    return FALSE;
  ym_out_records (call->out, "debriefs", NULL, debriefs);
  if (debriefs->len == 0)
    ym_out_say (call->out, _ ("No debrief is recorded."));
  return TRUE;
}

static gboolean
add_learning (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmRecord) note = ym_learning_begin (desk, NULL);

  return ym_ctl_set_answers (note, ym_ctl_today (desk), call->arguments, call->n_arguments, error)
         && ym_learning_save (desk, note, error) && saved (call, "note", _ ("Note"), &note->id);
}

static gboolean
list_learning (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) notes = ym_learning_list (desk, error);

  if (notes == NULL)
    return FALSE;
  ym_out_records (call->out, "notes", NULL, notes);
  if (notes->len == 0)
    ym_out_say (call->out, _ ("No learning note was shared yet."));
  return TRUE;
}

const YmCtlCommand ym_ctl_team_commands[] = {
  { .name = "team",
    .arguments = "",
    .summary = N_ ("Homes by officer, and what should not wait any longer"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_team },
  { .name = "arrests",
    .arguments = "[REGISTRATION_NO]",
    .summary = N_ ("Arrests of children and their reviews, late and open ones first"),
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_arrests },
  { .name = "arrest begin",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Begin the review of an arrest (form arrest_review)"),
    .least = 1,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = begin_arrest,
    .options = { { "call", "INCIDENT_REF" } } },
  { .name = "arrest review",
    .arguments = "REVIEW FIELD=VALUE...",
    .summary = N_ ("Answer: alternatives considered, and the ten points"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = review_arrest },
  { .name = "arrest view",
    .arguments = "REVIEW FIELD=VALUE...",
    .summary = N_ ("Record whose view was sought, and what they said (form arrest_view)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_view },
  { .name = "arrest show",
    .arguments = "REVIEW",
    .summary = N_ ("One review with the views that were sought"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_arrest },
  { .name = "arrest complete",
    .arguments = "REVIEW",
    .summary = N_ ("The review is completed; nothing in it changes any more"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = complete_arrest },
  { .name = "debriefs",
    .arguments = "[REGISTRATION_NO]",
    .summary = N_ ("What was talked through, the latest first"),
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_debriefs },
  { .name = "debrief",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Record a debrief (form debrief)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_debrief,
    .options = { { "arrest", "REVIEW" } } },
  { .name = "learning list",
    .arguments = "",
    .summary = N_ ("What others can learn, from the whole force"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_learning },
  { .name = "learning add",
    .arguments = "FIELD=VALUE...",
    .summary = N_ ("Share a learning note (form learning_note); it may name no home, officer or child"),
    .least = 1,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_learning },
  { NULL },
};
