/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

#define YM_TRIGGER_THRESHOLD 3

/**
 * YmTriggerCall:
 * @received_at_us: when the police received it
 * @incident_ref: (nullable): its incident reference
 */
typedef struct {
  gint64 received_at_us;
  const char *incident_ref;
} YmTriggerCall;

/**
 * YmTrigger:
 * @month: the month, in London time
 * @call: index of the call that reached the threshold
 * @n_calls: all calls of that month
 */
typedef struct {
  YmMonth month;
  guint call;
  guint n_calls;
} YmTrigger;

/**
 * ym_triggers:
 * @calls: (array length=n_calls): the calls of one home as they now stand, each once, in any order, of any
 * months
 * @n_calls: how many
 * @threshold: the call of a month that raises the joint inspection; YM_TRIGGER_THRESHOLD unless the force set
 * another
 *
 * Which months of a home raise a joint inspection (R6). Calls of a month are counted in the order received;
 * at the same instant by incident reference, bytewise, then by index. Nothing is remembered: with a late or
 * corrected call the same question has another answer.
 *
 * Returns: (transfer full) (element-type YmTrigger): one for each month, ascending; none when @threshold is 0
 */
GArray *ym_triggers (const YmTriggerCall *calls, gsize n_calls, guint threshold);

/**
 * YmInspectionState:
 *
 * The states of a joint inspection (R6). What is recorded is 1 to 5, and their numbers never change;
 * YM_INSPECTION_NONE and YM_INSPECTION_WITHDRAWN are only ever derived.
 */
typedef enum {
  YM_INSPECTION_NONE = 0,
  YM_INSPECTION_TRIGGERED = 1,
  YM_INSPECTION_CIW_TOLD = 2,
  YM_INSPECTION_DATE_AGREED = 3,
  YM_INSPECTION_HELD = 4,
  YM_INSPECTION_ACTIONS_CLOSED = 5,
  YM_INSPECTION_WITHDRAWN = 6,
} YmInspectionState;

/**
 * ym_inspection_state:
 * @reached: the month's calls reach the threshold now, by ym_triggers()
 * @recorded: the state that was recorded last, YM_INSPECTION_NONE when nothing was
 *
 * The state to show: calls raise the inspection and, corrected away, withdraw it, unless CIW has already been
 * told; from then on what was recorded stands.
 */
YmInspectionState ym_inspection_state (gboolean reached, YmInspectionState recorded);

/**
 * ym_inspection_step_is_legal: One step at a time, from triggered to actions closed; an agreed date can fall
 * through, which leads back to CIW told, or be replaced by another. Staying where one is, to add a note, is
 * legal.
 */
gboolean ym_inspection_step_is_legal (YmInspectionState from, YmInspectionState to);

G_END_DECLS
