/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/issue-state.h"

G_BEGIN_DECLS

/**
 * YmIssue:
 * @issue: what it is about
 * @updates: (element-type YmRecord): its steps, oldest first
 * @actions: (element-type YmRecord): by due date
 * @state: derived from the steps (R11)
 * @due: the earliest due date of an unfinished action, or YM_DAY_NONE
 * @days_past_due: 0 while nothing is late
 */
typedef struct {
  YmRecord *issue;
  GPtrArray *updates;
  GPtrArray *actions;
  int state;
  YmDay due;
  int days_past_due;
} YmIssue;

void ym_issue_free (YmIssue *issue);

/** ym_issue_load: (transfer full) (nullable): One issue with its steps and actions. */
YmIssue *ym_issue_load (YmDesk *desk, const YmId *id, GError **error);

/** YM_ISSUES_MOST_SETTLED: a list shows no more than the latest of what is settled; the search finds the others. */
#define YM_ISSUES_MOST_SETTLED 20

/**
 * ym_issue_list:
 * @home: (nullable): of one home; for %NULL the unsettled ones of all
 *
 * Returns: (transfer full) (element-type YmIssue) (nullable): all unsettled ones first, then the settled ones opened last;
 * in either the most severe first, then the newest
 */
GPtrArray *ym_issue_list (YmDesk *desk, const YmId *home, GError **error);

/**
 * ym_issue_step:
 * @state: a state that can follow, see ym_issue_next_states(); the same state to add a note
 * @note: why
 * @visit: (nullable): the visit at which it happened
 *
 * Signs one step of the issue. On the writing lane. Errors: YM_ERROR_INVALID if the step is not one of R11's.
 */
gboolean ym_issue_step (YmDesk *desk, const YmId *issue, int state, const char *note, const YmId *visit,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmIssue, ym_issue_free)

G_END_DECLS
