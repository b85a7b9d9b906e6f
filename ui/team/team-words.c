/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a supervisor reads of homes, officers and arrests. Pure: records in, words out. */

#include "ui/team/team-words.h"

#include <glib/gi18n-lib.h>

#include "app/rules/percent.h"
#include "ui/calls/call-words.h"
#include "ui/issue/issue-words.h"
#include "ui/visit/answer-text.h"
#include "ui/widgets/date-text.h"
#include "ui/widgets/month-bar.h"
#include "ui/widgets/state-chip.h"

const YmChipLook *
ym_arrest_look (YmArrestReview state)
{
  static const YmChipLook looks[] = {
    [YM_ARREST_REVIEW_OPEN] = { "due-soon", "state-due-soon-symbolic", N_ ("to review") },
    [YM_ARREST_REVIEW_LATE] = { "overdue", "state-overdue-symbolic", N_ ("review late") },
    [YM_ARREST_REVIEW_DONE] = { "visited", "state-visited-symbolic", N_ ("reviewed in time") },
    [YM_ARREST_REVIEW_DONE_LATE] = { "visited", "state-visited-symbolic", N_ ("reviewed late") },
  };

  return &looks[state];
}

static const YmChipLook *
standing_look (YmVisitStanding standing)
{
  static const YmChipLook looks[] = {
    [YM_STANDING_VISITED] = { "visited", "state-visited-symbolic", "" },
    [YM_STANDING_DUE] = { "due", "state-due-symbolic", "" },
    [YM_STANDING_DUE_SOON] = { "due-soon", "state-due-soon-symbolic", "" },
    [YM_STANDING_OVERDUE] = { "overdue", "state-overdue-symbolic", "" },
  };

  return standing == YM_STANDING_NONE ? NULL : &looks[standing];
}

char *
ym_arrest_standing (const YmArrest *arrest)
{
  g_autofree char *day = ym_date_say (arrest->due);

  switch (arrest->state)
    {
    case YM_ARREST_REVIEW_OPEN:
      return g_strdup_printf (_ ("Due by the end of %s"), day);
    case YM_ARREST_REVIEW_LATE:
      return g_strdup_printf (_ ("It was due by the end of %s. Your supervisor sees this."), day);
    default:
      return ym_instant_say (ym_record_get_integer (arrest->review, YM_ARREST_REVIEW_COMPLETED_AT, 0));
    }
}

static const char *
home_name (const YmTeam *team, const YmId *home)
{
  const YmHomeSummary *summary = ym_team_find_home (team, home);

  return summary == NULL ? NULL : ym_record_get_text (summary->home, YM_HOME_NAME);
}

static char *
key_of (const YmId *id)
{
  return ym_id_to_string (id);
}

static char *
arrest_detail (const YmArrest *arrest)
{
  guint of, answered = ym_arrest_answered (arrest, &of);
  const char *ref = arrest->review != NULL ? ym_record_get_text (arrest->review, YM_ARREST_REVIEW_INCIDENT_REF)
                                           : ym_call_incident_ref (arrest->call);
  g_autofree char *progress = arrest->review == NULL ? g_strdup (_ ("Nobody has begun the review"))
                                                     : g_strdup_printf (_ ("%u of %u answered"), answered, of);

  return ref == NULL ? g_steal_pointer (&progress) : g_strdup_printf ("%s · %s", progress, ref);
}

YmEntries *
ym_arrest_entries (GPtrArray *arrests, const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < arrests->len; i++)
    {
      const YmArrest *arrest = g_ptr_array_index (arrests, i);
      gboolean waits = arrest->state == YM_ARREST_REVIEW_OPEN || arrest->state == YM_ARREST_REVIEW_LATE;
      g_autofree char *when = ym_call_when (arrest->arrested_at_us);
      const char *home = team == NULL ? NULL : home_name (team, &arrest->home);
      g_autofree char *day = ym_date_say (arrest->due);
      const YmEntry entry = {
        .key = ym_entries_own (entries, key_of (arrest->review != NULL ? &arrest->review->id : &arrest->call->id)),
        .title = ym_entries_own (entries, home == NULL ? g_strdup_printf (_ ("Arrest on %s"), when)
                                                       : g_strdup_printf ("%s: %s", home, when)),
        .detail = ym_entries_own (entries, arrest_detail (arrest)),
        .state = waits ? ym_entries_own (entries, g_strdup_printf (_ ("Due by the end of %s"), day)) : NULL,
        .grave = arrest->state == YM_ARREST_REVIEW_LATE,
        .chip = ym_arrest_look (arrest->state),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

/* "5 of 6 visits in time (83 %)" */
static char *
compliance_text (const YmVisitCompliance *visits)
{
  if (visits->ended == 0)
    return g_strdup (_ ("No half of a month has ended yet"));
  return g_strdup_printf (_ ("%d of %d visits in time (%d %%)"), visits->kept, visits->ended,
                          ym_percent (visits->kept, visits->ended));
}

static const char *
officer_name (const YmTeamOfficer *officer)
{
  return officer->officer == NULL ? _ ("Nobody's homes") : ym_record_get_text (officer->officer, YM_OFFICER_NAME);
}

static void
add_home (YmEntries *entries, const YmTeamOfficer *officer, const YmTeamHome *home)
{
  const YmHomeSummary *summary = home->summary;
  g_autofree char *visits = compliance_text (&home->visits);
  const YmEntry entry = {
    .key = ym_entries_own (entries, key_of (&summary->home->id)),
    .title = ym_record_get_text (summary->home, YM_HOME_NAME),
    .detail = ym_entries_own (entries, g_strdup_printf ("%s · %s", officer_name (officer), visits)),
    .chip = standing_look (summary->visits.standing),
    .chip_word = ym_standing_word (summary->visits.standing),
    .opens = TRUE,
  };

  ym_entries_add (entries, &entry);
}

YmEntries *
ym_team_home_entries (const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < team->officers->len; i++)
    {
      const YmTeamOfficer *officer = g_ptr_array_index (team->officers, i);

      for (guint j = 0; j < officer->homes->len; j++)
        add_home (entries, officer, g_ptr_array_index (officer->homes, j));
    }
  return entries;
}

YmEntries *
ym_team_officer_entries (const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < team->officers->len; i++)
    {
      const YmTeamOfficer *officer = g_ptr_array_index (team->officers, i);
      g_autofree char *visits = compliance_text (&officer->visits);
      g_autofree char *homes
          = g_strdup_printf (ngettext ("%u home", "%u homes", officer->homes->len), officer->homes->len);
      g_autofree char *heard = officer->heard_at_us == 0 ? NULL : ym_instant_say (officer->heard_at_us);
      const YmEntry entry = {
        .key = officer->officer == NULL ? "nobody" : ym_entries_own (entries, key_of (&officer->officer->id)),
        .title = officer_name (officer),
        .detail = ym_entries_own (entries, g_strdup_printf ("%s · %s", homes, visits)),
        .text = officer->officer == NULL ? NULL
                : heard == NULL          ? _ ("Nothing of theirs has come yet")
                                         : ym_entries_own (entries, g_strdup_printf (_ ("Last sent something: %s"), heard)),
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

YmEntries *
ym_team_issue_entries (const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < team->issues->len; i++)
    {
      const YmIssue *issue = g_ptr_array_index (team->issues, i);
      const YmEntry entry = {
        .key = ym_entries_own (entries, key_of (&issue->issue->id)),
        .title = ym_record_get_text (issue->issue, YM_ISSUE_TITLE),
        .detail = home_name (team, &issue->issue->scope),
        .state = ym_entries_own (entries, ym_days_past_due_text (issue->days_past_due)),
        .grave = TRUE,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

YmEntries *
ym_team_inspection_entries (const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < team->inspections->len; i++)
    {
      const YmInspection *inspection = g_ptr_array_index (team->inspections, i);
      g_autofree char *month = ym_month_say (inspection->month);
      const char *home = home_name (team, &inspection->home);
      const YmEntry entry = {
        .key = ym_entries_own (entries, key_of (&inspection->home)),
        .title = ym_entries_own (entries, g_strdup_printf ("%s: %s", home == NULL ? "" : home, month)),
        .detail = ym_inspection_state_label (inspection->state),
        .state = ym_inspection_next (inspection->state),
        .grave = inspection->state == YM_INSPECTION_TRIGGERED,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

YmEntries *
ym_team_concern_entries (const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < team->concerns->len; i++)
    {
      const YmRecord *concern = g_ptr_array_index (team->concerns, i);
      g_autofree char *day = ym_date_say ((YmDay) ym_record_get_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, 0));
      const YmEntry entry = {
        .key = ym_entries_own (entries, key_of (&concern->id)),
        .title = home_name (team, &concern->scope),
        .detail = ym_label (concern->form->label),
        .state = ym_entries_own (entries, g_strdup_printf (_ ("The review was due on %s"), day)),
        .grave = TRUE,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

YmEntries *
ym_team_window_entries (const YmTeam *team)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < YM_TEAM_WINDOWS; i++)
    {
      const YmTeamWindow *window = &team->windows[i];
      int first, last;
      g_autofree char *month = ym_month_say (ym_month_of_day (window->window.first));
      YmEntry entry = { .key = ym_entries_own (entries, g_strdup_printf ("%d", window->window.first)) };

      ym_day_to_ymd (window->window.first, NULL, NULL, &first);
      ym_day_to_ymd (window->window.last, NULL, NULL, &last);
      entry.title = ym_entries_own (entries, g_strdup_printf ("%d–%d %s", first, last, month));
      entry.detail = ym_entries_own (entries, compliance_text (&window->visits));
      ym_entries_add (entries, &entry);
    }
  return entries;
}

YmEntries *
ym_debrief_entries (GPtrArray *debriefs)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < debriefs->len; i++)
    {
      const YmRecord *debrief = g_ptr_array_index (debriefs, i);
      const YmEntry entry = {
        .key = ym_entries_own (entries, key_of (&debrief->id)),
        .title = ym_record_get_text (debrief, YM_DEBRIEF_SUBJECT),
        .detail = ym_entries_own (entries, ym_call_when (ym_record_get_integer (debrief, YM_DEBRIEF_HELD_AT, 0))),
        .text = ym_record_get_text (debrief, YM_DEBRIEF_LEARNING),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}
