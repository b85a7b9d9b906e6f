/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Issues: what officer and home work on together (R11). */

#include "app/notebook/issues.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "ui/ctl/command.h"
#include "ui/ctl/words.h"

static gboolean
set_visit (YmDesk *desk, YmCtlCall *call, YmRecord *record, guint field, GError **error)
{
  YmId visit = ym_id_zero;

  if (!ym_ctl_read_visit (desk, call, &visit, error))
    return FALSE;
  if (!ym_id_is_zero (&visit))
    ym_record_set_id (record, field, &visit);
  return TRUE;
}

static gboolean
open_issue (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (YmRecord) issue = NULL;

  if (!ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  issue = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE), &home);
  if (!set_visit (desk, call, issue, YM_ISSUE_VISIT, error)
      || !ym_ctl_set_answers (issue, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_desk_save (desk, "issue.open", NULL, issue, error))
    return FALSE;
  ym_out_id (call->out, "issue", _ ("Issue"), &issue->id);
  ym_out_say (call->out, _ ("The issue is open."));
  return TRUE;
}

static YmIssue *
find_issue (YmDesk *desk, const char *text, GError **error)
{
  YmId id;

  if (!ym_ctl_find_record (desk, ym_form (YM_FORM_ISSUE), text, &id, error))
    return NULL;
  return ym_issue_load (desk, &id, error);
}

static gboolean
edit_issue (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmIssue) issue = find_issue (desk, call->arguments[0], error);
  g_autoptr (YmRecord) after = issue != NULL ? ym_record_copy (issue->issue) : NULL;

  if (after == NULL
      || !ym_ctl_set_answers (after, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_desk_save (desk, "issue.edit", issue->issue, after, error))
    return FALSE;
  ym_out_id (call->out, "issue", NULL, &after->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

/* The codes of the states that can follow, for who asked for another. */
static char *
next_codes (int state)
{
  GString *codes = g_string_new (NULL);
  guint mask = ym_issue_next_states (state);

  for (guint i = 0; i < ym_choices_issue_state.n_items; i++)
    if ((mask & (1u << ym_choices_issue_state.items[i].number)) != 0)
      g_string_append_printf (codes, "%s%s", codes->len == 0 ? "" : ", ", ym_choices_issue_state.items[i].code);
  return g_string_free (codes, FALSE);
}

static gboolean
check_step (const YmIssue *issue, const char *code, const YmChoice **state, GError **error)
{
  g_autofree char *codes = next_codes (issue->state);

  *state = ym_choices_by_code (&ym_choices_issue_state, code);
  if (*state != NULL && ym_issue_step_is_legal (issue->state, (int) (*state)->number))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("From the state it is in, the issue can go to: %s."), codes);
  return FALSE;
}

static gboolean
step_issue (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmIssue) issue = find_issue (desk, call->arguments[0], error);
  const YmChoice *state;

  if (issue == NULL || !check_step (issue, call->arguments[1], &state, error)
      || !ym_issue_step (desk, &issue->issue->id, (int) state->number, ym_ctl_option (call, "note"), NULL, error))
    return FALSE;
  ym_out_id (call->out, "issue", _ ("Issue"), &issue->issue->id);
  ym_out_choice (call->out, "state", _ ("State"), &ym_choices_issue_state, state->number);
  return TRUE;
}

static gboolean
add_action (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmIssue) issue = find_issue (desk, call->arguments[0], error);
  g_autoptr (YmRecord) action = NULL;

  if (issue == NULL)
    return FALSE;
  action = ym_desk_new_record (desk, ym_form (YM_FORM_ACTION), &issue->issue->scope);
  ym_record_set_id (action, YM_ACTION_ISSUE, &issue->issue->id);
  if (!ym_ctl_set_answers (action, ym_ctl_today (desk), call->arguments + 1, call->n_arguments - 1, error)
      || !ym_desk_save (desk, "issue.action", NULL, action, error))
    return FALSE;
  ym_out_id (call->out, "action", _ ("Action"), &action->id);
  ym_out_say (call->out, _ ("Saved."));
  return TRUE;
}

static gboolean
finish_action (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId id;
  g_autoptr (YmRecord) before = NULL;
  g_autoptr (YmRecord) after = NULL;
  YmDay day = ym_ctl_today (desk);

  if (call->n_arguments > 1 && !ym_ctl_read_day (call->arguments[1], &day, error))
    return FALSE;
  if (!ym_ctl_find_record (desk, ym_form (YM_FORM_ACTION), call->arguments[0], &id, error))
    return FALSE;
  before = ym_tables_find (desk->db, ym_form (YM_FORM_ACTION), &id, error);
  after = before != NULL ? ym_record_copy (before) : NULL;
  if (after == NULL)
    return FALSE;
  ym_record_set_integer (after, YM_ACTION_DONE_ON, day);
  if (!ym_desk_save (desk, "issue.action", before, after, error))
    return FALSE;
  ym_out_id (call->out, "action", _ ("Action"), &id);
  ym_out_day (call->out, "done_on", _ ("Done"), day);
  return TRUE;
}

static void
out_issue_line (YmDesk *desk, YmOut *out, const YmIssue *issue)
{
  g_autofree char *home = ym_ctl_home_name (desk, &issue->issue->scope);

  ym_out_id (out, "id", _ ("Issue"), &issue->issue->id);
  ym_out_choice (out, "state", _ ("State"), &ym_choices_issue_state, issue->state);
  ym_out_text (out, "home", _ ("Home"), home);
  ym_out_text (out, "title", _ ("About"), ym_record_get_text (issue->issue, YM_ISSUE_TITLE));
  ym_out_day (out, "due", _ ("Due"), issue->due);
  ym_out_integer (out, "days_past_due", _ ("Days late"), issue->days_past_due);
}

static gboolean
list_issues (YmDesk *desk, YmCtlCall *call, GError **error)
{
  YmId home;
  g_autoptr (GPtrArray) issues = NULL;

  if (call->n_arguments > 0 && !ym_ctl_find_home (desk, call->arguments[0], &home, error))
    return FALSE;
  issues = ym_issue_list (desk, call->n_arguments > 0 ? &home : NULL, error);
  if (issues == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "issues", NULL, YM_OUT_TABLE);
  for (guint i = 0; i < issues->len; i++)
    {
      ym_out_begin_item (call->out);
      out_issue_line (desk, call->out, g_ptr_array_index (issues, i));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  if (issues->len == 0)
    ym_out_say (call->out, _ ("There are no issues."));
  return TRUE;
}

static gboolean
show_issue (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (YmIssue) issue = find_issue (desk, call->arguments[0], error);

  if (issue == NULL)
    return FALSE;
  out_issue_line (desk, call->out, issue);
  ym_out_begin (call->out, "answers", _ ("What it is about"));
  ym_out_answers (call->out, issue->issue);
  ym_out_end (call->out);
  ym_out_records (call->out, "steps", _ ("Steps"), issue->updates);
  ym_out_records (call->out, "actions", _ ("Actions"), issue->actions);
  return TRUE;
}

const YmCtlCommand ym_ctl_issue_commands[] = {
  { .name = "issues",
    .arguments = "[REGISTRATION_NO]",
    .summary = N_ ("The issues of one home or of all, what needs me first"),
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_issues },
  { .name = "issue open",
    .arguments = "REGISTRATION_NO FIELD=VALUE...",
    .summary = N_ ("Open an issue (form issue), at a visit or not"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = open_issue,
    .options = { { "visit", "VISIT" } } },
  { .name = "issue show",
    .arguments = "ISSUE",
    .summary = N_ ("One issue with its steps and actions"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_issue },
  { .name = "issue edit",
    .arguments = "ISSUE FIELD=VALUE...",
    .summary = N_ ("Change what it says, such as its problem-solving plan"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = edit_issue },
  { .name = "issue step",
    .arguments = "ISSUE STATE",
    .summary = N_ ("Move it to another state, or add a note with the same one"),
    .least = 2,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = step_issue,
    .options = { { "note", "TEXT", TRUE } } },
  { .name = "issue action",
    .arguments = "ISSUE FIELD=VALUE...",
    .summary = N_ ("Say what will be done, by whom and when (form action)"),
    .least = 2,
    .most = G_MAXUINT,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = add_action },
  { .name = "issue done",
    .arguments = "ACTION [DATE]",
    .summary = N_ ("An action is done"),
    .least = 1,
    .most = 2,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = finish_action },
  { NULL },
};
