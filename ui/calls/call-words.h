/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "ui/home/entry-list.h"
#include "ui/widgets/chip.h"

G_BEGIN_DECLS

/** ym_appropriate_look: (transfer none): How it is told whether a call was appropriate; 0 for not judged yet. */
const YmChipLook *ym_appropriate_look (gint64 appropriate);

/** ym_calls_look: (transfer none): How a month's count stands against the trigger (R6). */
const YmChipLook *ym_calls_look (guint n_calls, guint threshold);

/** ym_calls_count_text: (transfer full): "2 of 3", "3 of 3: joint inspection". */
char *ym_calls_count_text (guint n_calls, guint threshold);

/** ym_call_day: (transfer full): "Tuesday 3 March", by London's calendar. */
char *ym_call_day (gint64 at_us);

/** ym_call_when: (transfer full): "Tuesday 3 March, 14:32", by London's clock. */
char *ym_call_when (gint64 at_us);

/** ym_call_choice: (transfer none) (nullable): The label of a call's answer to a question with choices; %NULL if none. */
const char *ym_call_choice (const YmCall *call, guint field);

/** ym_call_facts: (transfer full): "Missing · Suspect · INC-123". */
char *ym_call_facts (const YmCall *call);

/** ym_calls_entries: (transfer full): One for each of the first @most calls, the latest first; each opens. */
YmEntries *ym_calls_entries (GPtrArray *calls, guint most);

/** ym_calls_judged_text: (transfer full): "2 appropriate · 1 still to be judged"; "" where there is no call. */
char *ym_calls_judged_text (GPtrArray *calls);

G_END_DECLS
