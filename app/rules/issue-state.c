/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The states of an issue (R11), derived from its updates, because two officers may both write one while
 * offline.
 *
 *   open ──▶ in progress ◀──▶ escalated        open and reopened lead to the same three;
 *     └──────────┴──▶ resolved ◀──┘            resolved leads to reopened alone. */

#include "app/rules/issue-state.h"

#define STATE(name) (1u << YM_ISSUE_##name)

static const guint next_states[] = {
  [YM_ISSUE_OPEN] = STATE (IN_PROGRESS) | STATE (RESOLVED) | STATE (ESCALATED),
  [YM_ISSUE_IN_PROGRESS] = STATE (RESOLVED) | STATE (ESCALATED),
  [YM_ISSUE_RESOLVED] = STATE (REOPENED),
  [YM_ISSUE_ESCALATED] = STATE (IN_PROGRESS) | STATE (RESOLVED),
  [YM_ISSUE_REOPENED] = STATE (IN_PROGRESS) | STATE (RESOLVED) | STATE (ESCALATED),
};

static gboolean
is_state (int state)
{
  return state >= YM_ISSUE_OPEN && state < (int) G_N_ELEMENTS (next_states);
}

gboolean
ym_issue_step_is_legal (int from, int to)
{
  return is_state (from) && is_state (to) && (from == to || (next_states[from] & (1u << to)) != 0);
}

guint
ym_issue_next_states (int from)
{
  return is_state (from) ? next_states[from] : 0;
}

int
ym_issue_state_of_updates (const int *steps, gsize n_steps, gboolean *flagged)
{
  int state = YM_ISSUE_OPEN;

  for (gsize i = 0; i < n_steps; i++)
    {
      gboolean is_legal = ym_issue_step_is_legal (state, steps[i]);

      if (is_legal)
        state = steps[i];
      if (flagged != NULL)
        flagged[i] = !is_legal;
    }
  return state;
}

gboolean
ym_issue_is_settled (int state)
{
  return state == YM_ISSUE_RESOLVED;
}

int
ym_issue_days_past_due (int state, YmDay due, YmDay today)
{
  if (due == YM_DAY_NONE || ym_issue_is_settled (state) || today <= due)
    return 0;
  return today - due;
}

gboolean
ym_issue_shows_to_supervisor (int state, YmDay due, YmDay today)
{
  return ym_issue_days_past_due (state, due, today) >= YM_ISSUE_PAST_DUE_DAYS;
}
