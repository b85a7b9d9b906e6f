/* SPDX-License-Identifier: GPL-3.0-or-later */

/* My homes, one home, what officers note about it, and contacts with it. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/homes.h"
#include "app/notebook/save.h"
#include "app/notebook/timeline.h"
#include "app/rules/training.h"
#include "ui/ctl/words.h"

#define MOST_ENTRIES 50

/* R1's states as domain.md words them. */
static const YmChoice standing_items[] = {
  { YM_STANDING_NONE, "none", N_ ("No visit asked for") }, { YM_STANDING_VISITED, "visited", N_ ("Visited") },
  { YM_STANDING_DUE, "due", N_ ("Due") },                  { YM_STANDING_DUE_SOON, "due_soon", N_ ("Due soon") },
  { YM_STANDING_OVERDUE, "overdue", N_ ("Overdue") },
};
static const YmChoices standings = { standing_items, G_N_ELEMENTS (standing_items) };

static const YmChoice state_items[] = {
  { YM_RECORD_ON_DEVICE, "on_device", N_ ("On this device") },
  { YM_RECORD_RECEIPTED, "receipted", N_ ("Receipted") },
  { YM_RECORD_REFUSED, "refused", N_ ("Refused") },
};
static const YmChoices states = { state_items, G_N_ELEMENTS (state_items) };

static void
out_summary (YmOut *out, const YmHomeSummary *summary)
{
  ym_out_text (out, "registration_no", _ ("Home"), ym_record_get_text (summary->home, YM_HOME_REGISTRATION_NO));
  ym_out_text (out, "name", _ ("Name"), ym_record_get_text (summary->home, YM_HOME_NAME));
  ym_out_choice (out, "visits", _ ("Visits"), &standings, summary->visits.standing);
  ym_out_integer (out, "days_left", _ ("Days left"), summary->visits.days_left);
  ym_out_day (out, "last_visit", NULL, summary->last_visit);
  if (summary->visits.days_since_visit >= 0)
    ym_out_integer (out, "days_since_visit", _ ("Days since visit"), summary->visits.days_since_visit);
  else
    ym_out_text (out, "days_since_visit", _ ("Days since visit"), NULL);
  ym_out_integer (out, "open_issues", _ ("Open issues"), summary->open_issues);
  ym_out_integer (out, "waiting", _ ("Waiting to sync"), summary->waiting);
  ym_out_choice (out, "role", _ ("You are"), &ym_choices_assignment_role, summary->role);
  ym_out_boolean (out, "has_draft", _ ("Draft"), summary->has_draft);
}

static gboolean
list_homes (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) homes = ym_homes_list (desk, error);

  if (homes == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "homes", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < homes->len; i++)
    {
      ym_out_begin_item (call->out);
      out_summary (call->out, g_ptr_array_index (homes, i));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  if (homes->len == 0)
    ym_out_say (call->out, _ ("No homes are on this device yet. They come with the next sync."));
  return TRUE;
}

static void
out_training (YmOut *out, const YmHomeSummary *summary)
{
  int short_by;

  if (summary->staff < 0)
    return;
  short_by = ym_training_short_by (summary->staff, summary->trained);
  ym_out_integer (out, "training_short_by", NULL, short_by);
  if (short_by == 0)
    ym_out_say (out, _ ("Restorative training: the target is met."));
  else
    ym_out_say_printf (out, _ ("Restorative training: short by %d."), short_by);
}

/* What the entry is about, in a few words. */
static const char *
gist (const YmRecord *record)
{
  static const struct {
    guint form, field;
  } says[] = {
    { YM_FORM_VISIT, YM_VISIT_NOTES },
    { YM_FORM_CONTACT, YM_CONTACT_NOTE },
    { YM_FORM_ISSUE, YM_ISSUE_TITLE },
    { YM_FORM_ADDENDUM, YM_ADDENDUM_TEXT },
    { YM_FORM_ARREST_REVIEW, YM_ARREST_REVIEW_OFFENCE },
    { YM_FORM_DEBRIEF, YM_DEBRIEF_SUBJECT },
    { YM_FORM_DISCLOSURE, YM_DISCLOSURE_TITLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (says); i++)
    if (says[i].form == record->form->id)
      return ym_record_get_text (record, says[i].field);
  return NULL;
}

static void
out_timeline (YmOut *out, GPtrArray *entries)
{
  ym_out_begin_list (out, "timeline", _ ("Timeline"), YM_OUT_TABLE);
  for (guint i = 0; i < entries->len; i++)
    {
      const YmTimelineEntry *entry = g_ptr_array_index (entries, i);

      ym_out_begin_item (out);
      ym_out_id (out, "id", _ ("Id"), &entry->record->id);
      ym_out_instant (out, "at", _ ("When"), entry->at_us);
      ym_out_code (out, "kind", _ ("What"), entry->record->form->name, ym_label (entry->record->form->label));
      ym_out_text (out, "officer", _ ("Officer"), entry->author);
      ym_out_choice (out, "state", _ ("Where it is"), &states, entry->state);
      ym_out_text (out, "gist", _ ("About"), gist (entry->record));
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
}

static gboolean
show_home (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId id;
  g_autoptr (YmHomeSummary) summary = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &id, error))
    return FALSE;
  summary = ym_home_load (desk, &id, error);
  entries = summary != NULL ? ym_timeline_read (desk, &id, MOST_ENTRIES, error) : NULL;
  if (entries == NULL)
    return FALSE;
  out_summary (call->out, summary);
  ym_out_day (call->out, "next_visit", _ ("Next visit agreed"), summary->next_visit);
  ym_out_day (call->out, "proposed", _ ("Next visit proposed"), summary->proposed);
  out_training (call->out, summary);
  ym_out_begin (call->out, "register", _ ("As the register says"));
  ym_out_answers (call->out, summary->home);
  ym_out_end (call->out);
  if (summary->facts != NULL)
    {
      ym_out_begin (call->out, "facts", _ ("Good to know"));
      ym_out_answers (call->out, summary->facts);
      ym_out_end (call->out);
    }
  out_timeline (call->out, entries);
  return TRUE;
}

/* The facts lie over the register's record, so the one has the other's id. */
static gboolean
set_facts (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (YmHomeSummary) summary = NULL;
  g_autoptr (YmRecord) facts = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  summary = ym_home_load (desk, &home, error);
  if (summary == NULL)
    return FALSE;
  if (summary->facts != NULL)
    facts = ym_record_copy (summary->facts);
  else
    {
      facts = ym_record_new (ym_form (YM_FORM_HOME_FACTS), &home, &home);
      ym_record_set_id (facts, YM_HOME_FACTS_HOME, &home);
    }
  if (!ym_ctl_set_answers (facts, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_desk_save (desk, "home.facts", summary->facts, facts, error))
    return FALSE;
  ym_out_id (call->out, "id", NULL, &facts->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
add_contact (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (YmRecord) contact = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  contact = ym_desk_new_record (desk, ym_form (YM_FORM_CONTACT), &home);
  ym_record_set_integer (contact, YM_CONTACT_AT, ym_clock_wall_us (desk->clock));
  if (!ym_ctl_set_answers (contact, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_desk_save (desk, "contact.save", NULL, contact, error))
    return FALSE;
  ym_out_id (call->out, "id", _ ("Contact"), &contact->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

const YmCtlCommand ym_ctl_home_commands[] = {
  { .name = "homes",
    .arguments = "",
    .summary = N_ ("My homes, by what needs me next"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_homes },
  { .name = "home",
    .arguments = "REGISTRATION_NO",
    .summary = N_ ("One home, and what happened with it"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_home },
  { .name = "home facts",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Note what is good to know about a home (form home_facts)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = set_facts },
  { .name = "contact",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Record a phone call or e-mail with a home (form contact)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_contact },
  { NULL },
};
