/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three calls trigger a joint inspection (R6). What the calls say is derived each time, so that a late or
 * corrected call needs no code of its own; what people did about it is recorded, and holds once CIW knows. */

#include "app/rules/trigger.h"

typedef struct {
  YmMonth month;
  guint index;
} CountedCall;

static int
compare_calls (gconstpointer a, gconstpointer b, gpointer calls)
{
  const CountedCall *one = a, *other = b;
  const YmTriggerCall *one_call = (const YmTriggerCall *) calls + one->index;
  const YmTriggerCall *other_call = (const YmTriggerCall *) calls + other->index;
  int order;

  if (one_call->received_at_us != other_call->received_at_us)
    return one_call->received_at_us < other_call->received_at_us ? -1 : 1;
  order = g_strcmp0 (one_call->incident_ref, other_call->incident_ref);
  if (order != 0)
    return order;
  return one->index < other->index ? -1 : one->index > other->index;
}

GArray *
ym_triggers (const YmTriggerCall *calls, gsize n_calls, guint threshold)
{
  GArray *triggers = g_array_new (FALSE, FALSE, sizeof (YmTrigger));
  g_autofree CountedCall *counted = g_new (CountedCall, n_calls);

  if (threshold == 0)
    return triggers;
  for (gsize i = 0; i < n_calls; i++)
    counted[i] = (CountedCall){ ym_month_of_day (ym_london_day (calls[i].received_at_us)), i };
  g_qsort_with_data (counted, n_calls, sizeof *counted, compare_calls, (gpointer) calls);

  for (gsize first = 0, end; first < n_calls; first = end)
    {
      for (end = first; end < n_calls && counted[end].month == counted[first].month; end++)
        ;
      if (end - first >= threshold)
        {
          YmTrigger trigger = { counted[first].month, counted[first + threshold - 1].index, end - first };

          g_array_append_val (triggers, trigger);
        }
    }
  return triggers;
}

YmInspectionState
ym_inspection_state (gboolean reached, YmInspectionState recorded)
{
  if (recorded >= YM_INSPECTION_CIW_TOLD && recorded <= YM_INSPECTION_ACTIONS_CLOSED)
    return recorded;
  if (reached)
    return YM_INSPECTION_TRIGGERED;
  return recorded == YM_INSPECTION_NONE ? YM_INSPECTION_NONE : YM_INSPECTION_WITHDRAWN;
}

gboolean
ym_inspection_step_is_legal (YmInspectionState from, YmInspectionState to)
{
#define STATE(name) (1u << YM_INSPECTION_##name)
  static const guint next[] = {
    [YM_INSPECTION_NONE] = STATE (TRIGGERED) | STATE (CIW_TOLD),
    [YM_INSPECTION_TRIGGERED] = STATE (TRIGGERED) | STATE (CIW_TOLD),
    [YM_INSPECTION_CIW_TOLD] = STATE (CIW_TOLD) | STATE (DATE_AGREED),
    [YM_INSPECTION_DATE_AGREED] = STATE (DATE_AGREED) | STATE (CIW_TOLD) | STATE (HELD),
    [YM_INSPECTION_HELD] = STATE (HELD) | STATE (ACTIONS_CLOSED),
    [YM_INSPECTION_ACTIONS_CLOSED] = STATE (ACTIONS_CLOSED),
    [YM_INSPECTION_WITHDRAWN] = 0, /* derived: there is nothing to step from until calls raise it again */
  };
#undef STATE

  if (from >= G_N_ELEMENTS (next) || to >= G_N_ELEMENTS (next))
    return FALSE;
  return (next[from] & (1u << to)) != 0;
}
