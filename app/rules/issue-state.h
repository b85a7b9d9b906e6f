/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/choices.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/* States are the numbers of ym_choices_issue_state: YM_ISSUE_OPEN, ... */

#define YM_ISSUE_PAST_DUE_DAYS 7

/**
 * ym_issue_step_is_legal: By the table in issue-state.c. Staying in a state, to add a note, is legal; a
 * number that is no state is not.
 */
gboolean ym_issue_step_is_legal (int from, int to);

/** ym_issue_next_states: The states that can follow @from, as a mask with bit (1 << state) set. */
guint ym_issue_next_states (int from);

/**
 * ym_issue_state_of_updates:
 * @steps: (array length=n_steps): the state that each update of the issue names, in the order of the ledger
 * @n_steps: how many
 * @flagged: (nullable) (array length=n_steps) (out caller-allocates): TRUE for each step that was not legal
 *
 * The state of an issue, which begins as open. An illegal step is kept and flagged and moves nothing: where
 * two officers worked offline and one resolved while the other took it in progress, it stays resolved, and a
 * person reads both notes and reopens it or not.
 */
int ym_issue_state_of_updates (const int *steps, gsize n_steps, gboolean *flagged);

/** ym_issue_is_settled: TRUE when nothing more is asked for: resolved. */
gboolean ym_issue_is_settled (int state);

/**
 * ym_issue_days_past_due:
 * @state: the issue's state
 * @due: the earliest due date of the issue and of its unfinished actions, or YM_DAY_NONE
 * @today: London's date
 *
 * Returns: 1 from the day after @due, and so on; 0 before, without a due date, and for a resolved issue
 */
int ym_issue_days_past_due (int state, YmDay due, YmDay today);

/** ym_issue_shows_to_supervisor: TRUE when the issue is past due by 7 days or more (R11); arguments as above.
 */
gboolean ym_issue_shows_to_supervisor (int state, YmDay due, YmDay today);

G_END_DECLS
