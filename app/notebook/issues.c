/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Issues with their steps and actions (R11). New issues and actions are saved with ym_desk_save(). */

#include "app/notebook/issues.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/notebook/schema.h"

void
ym_issue_free (YmIssue *issue)
{
  if (issue == NULL)
    return;
  g_clear_pointer (&issue->issue, ym_record_free);
  g_clear_pointer (&issue->updates, g_ptr_array_unref);
  g_clear_pointer (&issue->actions, g_ptr_array_unref);
  g_free (issue);
}

static void
derive_state (YmIssue *issue)
{
  g_autofree int *steps = g_new (int, issue->updates->len + 1);

  for (guint i = 0; i < issue->updates->len; i++)
    steps[i] = (int) ym_record_get_integer (g_ptr_array_index (issue->updates, i), YM_ISSUE_UPDATE_STATE, 0);
  issue->state = ym_issue_state_of_updates (steps, issue->updates->len, NULL);
}

static void
derive_due (YmIssue *issue, YmDay today)
{
  issue->due = YM_DAY_NONE;
  for (guint i = 0; i < issue->actions->len; i++)
    {
      const YmRecord *action = g_ptr_array_index (issue->actions, i);
      gint64 due = ym_record_get_integer (action, YM_ACTION_DUE_ON, YM_DAY_NONE);

      if (!ym_record_has (action, YM_ACTION_DONE_ON) && due != YM_DAY_NONE
          && (issue->due == YM_DAY_NONE || due < issue->due))
        issue->due = (YmDay) due;
    }
  issue->days_past_due = ym_issue_days_past_due (issue->state, issue->due, today);
}

/* @record: (transfer full) */
static YmIssue *
complete (YmDesk *desk, YmRecord *record, GError **error)
{
  g_autoptr (YmIssue) issue = g_new0 (YmIssue, 1);

  issue->issue = record;
  /* In the order of the ledger, what is only here last: the order in which R11 judges the steps. */
  issue->updates = ym_tables_select (desk->db, ym_form (YM_FORM_ISSUE_UPDATE), error,
                                     "WHERE issue = ? ORDER BY (SELECT coalesce(position, 0x7fffffffffffffff) "
                                     "FROM envelope WHERE envelope.entry = issue_update.entry), entry",
                                     "d", &record->id);
  issue->actions = issue->updates == NULL ? NULL
                                          : ym_tables_select (desk->db, ym_form (YM_FORM_ACTION), error,
                                                              "WHERE issue = ? ORDER BY due_on, number", "d", &record->id);
  if (issue->actions == NULL)
    return NULL;
  derive_state (issue);
  derive_due (issue, ym_london_from_instant (ym_clock_wall_us (desk->clock)).day);
  return g_steal_pointer (&issue);
}

YmIssue *
ym_issue_load (YmDesk *desk, const YmId *id, GError **error)
{
  YmRecord *record = ym_tables_find (desk->db, ym_form (YM_FORM_ISSUE), id, error);

  return record == NULL ? NULL : complete (desk, record, error);
}

static int
compare_issues (gconstpointer a, gconstpointer b)
{
  const YmIssue *first = *(YmIssue *const *) a;
  const YmIssue *second = *(YmIssue *const *) b;
  gboolean first_settled = ym_issue_is_settled (first->state);
  gint64 first_severity = ym_record_get_integer (first->issue, YM_ISSUE_SEVERITY, 0);
  gint64 second_severity = ym_record_get_integer (second->issue, YM_ISSUE_SEVERITY, 0);
  gint64 first_at_us = ym_record_get_integer (first->issue, YM_ISSUE_OPENED_AT, 0);
  gint64 second_at_us = ym_record_get_integer (second->issue, YM_ISSUE_OPENED_AT, 0);

  if (first_settled != ym_issue_is_settled (second->state))
    return first_settled ? 1 : -1;
  if (first_severity != second_severity)
    return first_severity > second_severity ? -1 : 1;
  return (first_at_us < second_at_us) - (first_at_us > second_at_us);
}

/* Adds the issues that @records are. */
static gboolean
add_issues (YmDesk *desk, GPtrArray *records, GPtrArray *issues, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      YmIssue *issue = complete (desk, ym_record_copy (g_ptr_array_index (records, i)), error);

      if (issue == NULL)
        return FALSE;
      g_ptr_array_add (issues, issue);
    }
  return TRUE;
}

static gboolean
add_unsettled (YmDesk *desk, const YmId *home, GPtrArray *issues, GError **error)
{
  const char *where
      = home != NULL ? "WHERE id IN (SELECT issue FROM issue_status WHERE scope = ? AND " YM_SQL_UNSETTLED ")"
                     : "WHERE ? IS NULL AND id IN (SELECT issue FROM issue_status INDEXED BY issue_unsettled WHERE "
                       YM_SQL_UNSETTLED ")";
  g_autoptr (GPtrArray) records = ym_tables_select (desk->db, ym_form (YM_FORM_ISSUE), error, where, "d", home);

  return records != NULL && add_issues (desk, records, issues, error);
}

static gboolean
add_settled (YmDesk *desk, const YmId *home, GPtrArray *issues, GError **error)
{
  g_autoptr (GPtrArray) records = ym_tables_select (
      desk->db, ym_form (YM_FORM_ISSUE), error,
      "WHERE scope = ? AND (SELECT s.state FROM issue_status s WHERE s.issue = id) = ? ORDER BY opened_at DESC LIMIT ?", "dii",
      home, (gint64) YM_ISSUE_RESOLVED, (gint64) YM_ISSUES_MOST_SETTLED);

  return records != NULL && add_issues (desk, records, issues, error);
}

GPtrArray *
ym_issue_list (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GPtrArray) issues = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_issue_free);

  if (!add_unsettled (desk, home, issues, error) || (home != NULL && !add_settled (desk, home, issues, error)))
    return NULL;
  g_ptr_array_sort (issues, compare_issues);
  return g_steal_pointer (&issues);
}

gboolean
ym_issue_step (YmDesk *desk, const YmId *id, int state, const char *note, const YmId *visit, GError **error)
{
  g_autoptr (YmIssue) issue = ym_issue_load (desk, id, error);
  g_autoptr (YmRecord) update = NULL;

  if (issue == NULL)
    return FALSE;
  if (!ym_issue_step_is_legal (issue->state, state))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The issue can't go from the state it is in to that one. Choose one of those offered."));
      return FALSE;
    }
  update = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE_UPDATE), &issue->issue->scope);
  ym_record_set_id (update, YM_ISSUE_UPDATE_ISSUE, id);
  ym_record_set_integer (update, YM_ISSUE_UPDATE_STATE, state);
  ym_record_set_text (update, YM_ISSUE_UPDATE_NOTE, note);
  if (visit != NULL)
    ym_record_set_id (update, YM_ISSUE_UPDATE_VISIT, visit);
  return ym_desk_save (desk, "issue.step", NULL, update, error);
}
