/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of a home says, as entries for its cards. Pure: the facts in, words out. */

#include "ui/home/home-words.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/draft.h"
#include "app/notebook/issues.h"
#include "app/notebook/reconciliation.h"
#include "app/notebook/timeline.h"
#include "app/rules/judgement.h"
#include "app/rules/training.h"
#include "ui/calls/call-words.h"
#include "ui/issue/issue-chip.h"
#include "ui/issue/issue-words.h"
#include "ui/sync/sync-words.h"
#include "ui/visit/answer-text.h"
#include "ui/widgets/date-text.h"

static char *
say_days_left (const YmVisitState *state)
{
  g_autofree char *until = ym_date_say (state->window.last);

  if (state->days_left <= 1)
    return g_strdup (_ ("Today is the last day."));
  /* TRANSLATORS: the date is the last day of this half of the month */
  return g_strdup_printf (ngettext ("%d day left, until %s.", "%d days left, until %s.", (gulong) state->days_left),
                          state->days_left, until);
}

static char *
say_last_visit (const YmHomeSummary *summary)
{
  g_autofree char *day = NULL;

  if (summary->last_visit == YM_DAY_NONE)
    return g_strdup (_ ("No visit yet."));
  day = ym_date_say (summary->last_visit);
  return g_strdup_printf (_ ("Last visit on %s."), day);
}

char *
ym_home_standing_text (const YmHomeSummary *summary)
{
  g_autofree char *last = say_last_visit (summary);
  g_autofree char *left = NULL;

  if (summary->visits.standing == YM_STANDING_NONE)
    return g_strdup_printf ("%s %s", _ ("No visit is asked for at the moment."), last);
  if (summary->visits.standing == YM_STANDING_VISITED)
    return g_steal_pointer (&last);
  left = say_days_left (&summary->visits);
  return g_strdup_printf ("%s %s", left, last);
}

static const char *
noted_or_registered (const YmHomeSummary *summary, guint noted, guint registered)
{
  const char *text = summary->facts != NULL ? ym_record_get_text (summary->facts, noted) : NULL;

  return text != NULL ? text : ym_record_get_text (summary->home, registered);
}

char *
ym_home_phone (const YmHomeSummary *summary)
{
  return g_strdup (noted_or_registered (summary, YM_HOME_FACTS_PHONE, YM_HOME_PHONE));
}

char *
ym_home_phone_uri (const char *number)
{
  GString *uri = g_string_new ("tel:");

  for (const char *letter = number; *letter != '\0'; letter++)
    if (g_ascii_isdigit (*letter) || (*letter == '+' && letter == number))
      g_string_append_c (uri, *letter);
  return g_string_free (uri, FALSE);
}

static const char *
key_of (YmEntries *entries, const YmId *id)
{
  return ym_entries_own (entries, ym_id_to_string (id));
}

static const char *
draft_title (const YmDraft *draft)
{
  static const struct {
    guint form;
    const char *title;
  } titles[] = {
    { YM_FORM_VISIT, N_ ("Visit not signed off") },
    { YM_FORM_CONTACT, N_ ("Contact not saved") },
    { YM_FORM_ISSUE, N_ ("Issue not saved") },
    { YM_FORM_ISSUE_UPDATE, N_ ("Step of an issue not saved") },
    { YM_FORM_ACTION, N_ ("Action not saved") },
    { YM_FORM_ADDENDUM, N_ ("Addendum not saved") },
    { YM_FORM_HOME_FACTS, N_ ("Facts about the home not saved") },
    { YM_FORM_CALL_REVIEW, N_ ("Review of a call not saved") },
    { YM_FORM_JOINT_INSPECTION, N_ ("Step of a joint inspection not saved") },
    { YM_FORM_INSPECTION_ACTION, N_ ("Action not saved") },
    { YM_FORM_MONTHLY_FIGURES, N_ ("Monthly figures not saved") },
    { YM_FORM_ARREST_REVIEW, N_ ("Arrest review not saved") },
    { YM_FORM_ARREST_VIEW, N_ ("View on an arrest not saved") },
    { YM_FORM_DEBRIEF, N_ ("Debrief not saved") },
    { YM_FORM_PLANNED_VISIT, N_ ("Planned visit not saved") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].form == draft->record->form->id)
      return _ (titles[i].title);
  return ym_label (draft->record->form->label);
}

YmEntries *
ym_home_draft_entries (const YmHomeFacts *facts)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < facts->drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (facts->drafts, i);
      gboolean refused = draft->reason != YM_REASON_NONE;
      g_autofree char *at = ym_instant_say (draft->saved_at_us);
      const YmEntry entry = {
        .key = key_of (entries, &draft->record->id),
        .icon = refused ? "refused-symbolic" : "document-edit-symbolic",
        .title = draft_title (draft),
        .detail = ym_entries_own (entries, g_strdup_printf (_ ("Last written on %s"), at)),
        .state = refused ? ym_reason_get_message (draft->reason) : NULL,
        .grave = refused,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

static void
add_fact (YmEntries *entries, const char *key, const char *label, const char *value, const char *icon, gboolean opens)
{
  const YmEntry entry = { .key = key, .icon = icon, .title = value, .detail = label, .opens = opens };

  if (value != NULL && *value != '\0')
    ym_entries_add (entries, &entry);
}

char *
ym_home_next_visit_text (const YmHomeSummary *summary)
{
  YmNextVisit kind;
  YmDay day = ym_home_next_visit (summary, &kind);
  g_autofree char *date = day != YM_DAY_NONE ? ym_date_say (day) : NULL;
  g_autofree char *planned = NULL;

  if (summary->plan != NULL)
    planned = ym_instant_say (ym_record_get_integer (summary->plan, YM_PLANNED_VISIT_PLANNED_AT, 0));
  if (kind == YM_NEXT_VISIT_PLANNED)
    return g_strdup_printf (_ ("Next visit, planned: %s."), planned);
  if (planned != NULL)
    return g_strdup_printf (_ ("A visit was planned for %s. Start it, move it, or say why it could not take place."), planned);
  if (day == YM_DAY_NONE)
    return NULL;
  return g_strdup_printf (kind == YM_NEXT_VISIT_AGREED ? _ ("Next visit, as agreed: %s.") : _ ("Next visit, proposed: %s."),
                          date);
}

static char *
say_training (const YmHomeSummary *summary)
{
  int short_by = ym_training_short_by (summary->staff, summary->trained);

  if (short_by == 0)
    return g_strdup_printf (_ ("%d of %d trained: the target is met"), summary->trained, summary->staff);
  return g_strdup_printf (ngettext ("%d of %d trained: short by %d", "%d of %d trained: short by %d", (gulong) short_by),
                          summary->trained, summary->staff, short_by);
}

YmEntries *
ym_home_glance_entries (const YmHomeFacts *facts)
{
  YmEntries *entries = ym_entries_new ();
  const YmHomeSummary *summary = facts->summary;
  const char *best_time = summary->facts != NULL ? ym_record_get_text (summary->facts, YM_HOME_FACTS_BEST_TIME) : NULL;

  add_fact (entries, "best", _ ("Best time to visit"), best_time, "preferences-system-time-symbolic", FALSE);
  if (summary->staff >= 0)
    add_fact (entries, "training", _ ("Restorative approaches"), ym_entries_own (entries, say_training (summary)),
              "system-users-symbolic", FALSE);
  add_fact (entries, "manager", _ ("Manager"), noted_or_registered (summary, YM_HOME_FACTS_MANAGER, YM_HOME_MANAGER),
            "avatar-default-symbolic", FALSE);
  add_fact (entries, "phone", _ ("Telephone"), ym_entries_own (entries, ym_home_phone (summary)),
            "call-start-symbolic", TRUE);
  return entries;
}

static char *
say_calls (const YmHomeFacts *facts)
{
  g_autofree char *count = ym_calls_count_text (facts->summary->calls_this_month, facts->summary->call_threshold);

  return g_strdup_printf (_ ("This month: %s"), count);
}

static char *
say_reconciled (const YmHomeFacts *facts)
{
  g_autofree char *until = NULL;

  if (facts->reconciled == NULL)
    return g_strdup (_ ("Not reconciled yet"));
  until = ym_date_say ((YmDay) ym_record_get_integer (facts->reconciled, YM_RECONCILIATION_UNTIL_DATE, 0));
  return g_strdup_printf (_ ("Last up to %s: %d %% only with the police"), until,
                          ym_reconciliation_record_percent (facts->reconciled));
}

static char *
say_inspection (const YmHomeFacts *facts)
{
  const char *next = ym_inspection_next (facts->inspection->state);

  if (facts->inspection->state == YM_INSPECTION_NONE)
    return g_strdup (_ ("None raised this month"));
  return g_strdup_printf ("%s. %s", ym_inspection_state_label (facts->inspection->state), next != NULL ? next : "");
}

static char *
say_arrests (const YmHomeFacts *facts)
{
  return g_strdup (_ ("An arrest is reviewed by the end of the next day"));
}

static char *
say_figures (const YmHomeFacts *facts)
{
  return g_strdup (_ ("Calls, missing episodes and visits against the year before"));
}

static const struct {
  YmPlaceKind kind;
  const char *icon;
  const char *title;
  char *(*say) (const YmHomeFacts *facts);
} doors[] = {
  { YM_PLACE_CALLS, "call-start-symbolic", N_ ("Calls"), say_calls },
  { YM_PLACE_RECONCILE, "view-dual-symbolic", N_ ("Reconcile the call logs"), say_reconciled },
  { YM_PLACE_INSPECTIONS, "system-users-symbolic", N_ ("Joint inspections"), say_inspection },
  { YM_PLACE_ARRESTS, "document-edit-symbolic", N_ ("Arrests and debriefs"), say_arrests },
  { YM_PLACE_FIGURES, "view-list-symbolic", N_ ("Is it working?"), say_figures },
};

YmPlaceKind
ym_home_door_place (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (doors), YM_PLACE_HOME);
  return doors[index].kind;
}

YmEntries *
ym_home_door_entries (const YmHomeFacts *facts)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < G_N_ELEMENTS (doors); i++)
    {
      const YmEntry entry = {
        .key = doors[i].title,
        .icon = doors[i].icon,
        .title = _ (doors[i].title),
        .detail = ym_entries_own (entries, doors[i].say (facts)),
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

static const char *
issue_icon (int state)
{
  static const char *const icons[] = {
    [YM_ISSUE_OPEN] = "issue-open-symbolic",           [YM_ISSUE_IN_PROGRESS] = "issue-in-progress-symbolic",
    [YM_ISSUE_RESOLVED] = "issue-resolved-symbolic",   [YM_ISSUE_ESCALATED] = "issue-escalated-symbolic",
    [YM_ISSUE_REOPENED] = "issue-reopened-symbolic",
  };

  return state >= 0 && state < (int) G_N_ELEMENTS (icons) ? icons[state] : NULL;
}

YmEntries *
ym_home_issue_entries (const YmHomeFacts *facts)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < facts->issues->len; i++)
    {
      const YmIssue *issue = g_ptr_array_index (facts->issues, i);
      g_autofree char *about = ym_issue_facts (issue->issue);
      const YmEntry entry = {
        .key = key_of (entries, &issue->issue->id),
        .icon = issue_icon (issue->state),
        .title = ym_record_get_text (issue->issue, YM_ISSUE_TITLE),
        .detail = ym_entries_own (entries, g_strdup_printf ("%s · %s", ym_issue_state_word (issue->state), about)),
        .state = ym_entries_own (entries, ym_issue_due_text (issue)),
        .grave = issue->days_past_due > 0,
        .opens = TRUE,
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

/* What the entry is about, in the officer's own words, and whether it has a page of its own. */
static const struct {
  guint form;
  guint gist;
  const char *icon;
  gboolean opens;
} kinds[] = {
  { YM_FORM_VISIT, YM_VISIT_NOTES, "home-symbolic", TRUE },
  { YM_FORM_CONTACT, YM_CONTACT_NOTE, "call-start-symbolic", TRUE },
  { YM_FORM_ISSUE, YM_ISSUE_TITLE, "issue-open-symbolic", TRUE },
  { YM_FORM_ADDENDUM, YM_ADDENDUM_TEXT, "document-edit-symbolic", TRUE },
  { YM_FORM_ARREST_REVIEW, YM_ARREST_REVIEW_OFFENCE, "document-edit-symbolic", TRUE },
  { YM_FORM_DEBRIEF, YM_DEBRIEF_SUBJECT, "system-users-symbolic", TRUE },
  { YM_FORM_DISCLOSURE, YM_DISCLOSURE_TITLE, "sent-symbolic", TRUE },
  { YM_FORM_PLANNED_VISIT, YM_PLANNED_VISIT_NOTE, "x-office-calendar-symbolic", FALSE },
};

/* "Planned visit: Could not take place (Nobody was there)" */
static char *
say_plan (const YmRecord *plan)
{
  g_autofree char *state = ym_answer_text (ym_form_field (plan->form, YM_PLANNED_VISIT_STATE),
                                           ym_record_get (plan, YM_PLANNED_VISIT_STATE));
  g_autofree char *why = NULL;

  if (!ym_record_has (plan, YM_PLANNED_VISIT_WHY_NOT))
    return g_strdup_printf ("%s: %s", ym_label (plan->form->label), state);
  why = ym_answer_text (ym_form_field (plan->form, YM_PLANNED_VISIT_WHY_NOT),
                        ym_record_get (plan, YM_PLANNED_VISIT_WHY_NOT));
  return g_strdup_printf ("%s: %s (%s)", ym_label (plan->form->label), state, why);
}

static void
add_event (YmEntries *entries, const YmTimelineEntry *event, const YmSyncStanding *standing)
{
  g_autofree char *at = ym_instant_say (event->at_us);
  gboolean refused = standing->state == YM_SYNC_STATE_REFUSED;
  YmEntry entry = {
    .key = key_of (entries, &event->record->id),
    .title = ym_label (event->record->form->label),
    .detail = event->author != NULL ? ym_entries_own (entries, g_strdup_printf ("%s · %s", at, event->author))
                                    : ym_entries_own (entries, g_strdup (at)),
    .state = refused ? ym_reason_get_message (standing->reason) : ym_sync_state_word (standing->state),
    .state_icon = ym_sync_state_icon (standing->state),
    .grave = refused,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].form == event->record->form->id)
      {
        entry.icon = kinds[i].icon;
        entry.text = ym_record_get_text (event->record, kinds[i].gist);
        entry.opens = kinds[i].opens;
      }
  if (event->record->form->id == YM_FORM_PLANNED_VISIT)
    entry.title = ym_entries_own (entries, say_plan (event->record));
  ym_entries_add (entries, &entry);
}

YmEntries *
ym_home_timeline_entries (const YmHomeFacts *facts)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; i < facts->timeline->len; i++)
    add_event (entries, g_ptr_array_index (facts->timeline, i), &g_array_index (facts->standings, YmSyncStanding, i));
  return entries;
}

static char *
say_seen (const YmProtocol *protocol)
{
  g_autofree char *asked = protocol->asked_on != YM_DAY_NONE ? ym_date_say (protocol->asked_on) : NULL;
  g_autofree char *seen = protocol->seen_on != YM_DAY_NONE ? ym_date_say (protocol->seen_on) : NULL;
  g_autofree char *dated = protocol->dated != YM_DAY_NONE ? ym_date_say (protocol->dated) : NULL;

  if (asked == NULL)
    return g_strdup (_ ("Not asked yet"));
  if (seen == NULL)
    return g_strdup_printf (_ ("No, asked last on %s"), asked);
  if (protocol->seen_on != protocol->asked_on)
    return g_strdup_printf (_ ("Yes on %s, no longer on %s"), seen, asked);
  if (dated != NULL)
    return g_strdup_printf (_ ("Yes, on %s; it is dated %s"), seen, dated);
  return g_strdup_printf (_ ("Yes, on %s"), seen);
}

/* The question as the visit asks it, and what was answered. */
YmEntries *
ym_home_protocol_entries (const YmHomeFacts *facts)
{
  YmEntries *entries = ym_entries_new ();
  gboolean any = FALSE;

  for (guint i = 0; i < facts->protocols->len; i++)
    any = any || g_array_index (facts->protocols, YmProtocol, i).asked_on != YM_DAY_NONE;
  for (guint i = 0; any && i < facts->protocols->len; i++)
    {
      const YmProtocol *protocol = &g_array_index (facts->protocols, YmProtocol, i);
      gboolean seen = protocol->asked_on != YM_DAY_NONE && protocol->seen_on == protocol->asked_on;
      const YmEntry entry = {
        .key = protocol->field->name,
        .icon = seen ? "state-visited-symbolic" : "state-due-symbolic",
        .title = ym_label (protocol->field->label),
        .detail = ym_entries_own (entries, say_seen (protocol)),
      };

      ym_entries_add (entries, &entry);
    }
  return entries;
}

static YmEntries *
record_entries (const YmRecord *record)
{
  YmEntries *entries = ym_entries_new ();

  for (guint i = 0; record != NULL && i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];

      if (record->values[i].kind != YM_VALUE_NULL)
        add_fact (entries, field->name, ym_label (field->label),
                  ym_entries_own (entries, ym_answer_text (field, &record->values[i])), NULL, FALSE);
    }
  return entries;
}

YmEntries *
ym_home_known_entries (const YmHomeFacts *facts)
{
  return record_entries (facts->summary->facts);
}

YmEntries *
ym_home_register_entries (const YmHomeFacts *facts)
{
  return record_entries (facts->summary->home);
}
