/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/issues.h"

G_BEGIN_DECLS

/** ym_issue_facts: (transfer full): "Under-staffing · Severity: High · Owner: The home", in the language of the moment. */
char *ym_issue_facts (const YmRecord *issue);

/**
 * ym_issue_due_text:
 *
 * Returns: (transfer full) (nullable): "Next action due Tuesday 20 January 2026", or by how many days it is past due;
 * %NULL while no action is unfinished, and for a settled issue
 */
char *ym_issue_due_text (const YmIssue *issue);

/** ym_days_past_due_text: (transfer full): "3 days past due". */
char *ym_days_past_due_text (int days);

G_END_DECLS
