/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A return as plain data, its frozen text, and what two of them say otherwise. */

#include "app/returns/return.h"

#include <string.h>

#include "app/forms/fields.h"

const guint ym_return_answers[YM_RETURN_N_ANSWERS]
    = { YM_CALL_REASON,         YM_CALL_CONCERNS_RESIDENT, YM_CALL_CHILD_PART,
        YM_CALL_MANAGER_DECIDED, YM_CALL_DONE_BEFORE,       YM_CALL_LOCATION_KNOWN,
        YM_CALL_ATTENDED,       YM_CALL_APPROPRIATE,       YM_CALL_OUTCOME };

static void
call_free (YmReturnCall *call)
{
  g_free (call->incident_ref);
  g_free (call);
}

static void
home_free (YmReturnHome *home)
{
  g_free (home->registration_no);
  g_free (home->name);
  g_free (home->provider);
  g_free (home->area);
  g_free (home->local_authority);
  g_free (home->other);
  g_array_unref (home->inspections);
  g_ptr_array_unref (home->calls);
  g_free (home);
}

YmReturn *
ym_return_new (const YmPeriod *period, const char *force)
{
  YmReturn *given = g_new0 (YmReturn, 1);

  given->period = *period;
  given->force = g_strdup (force);
  given->homes = g_ptr_array_new_with_free_func ((GDestroyNotify) home_free);
  return given;
}

YmReturnHome *
ym_return_home_new (void)
{
  YmReturnHome *home = g_new0 (YmReturnHome, 1);

  for (guint i = 0; i < YM_RETURN_N_NUMBERS; i++)
    home->number[i] = YM_RETURN_UNKNOWN;
  home->inspections = g_array_new (FALSE, FALSE, sizeof (YmReturnInspection));
  home->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) call_free);
  return home;
}

YmReturnCall *
ym_return_call_new (void)
{
  return g_new0 (YmReturnCall, 1);
}

void
ym_return_free (YmReturn *given)
{
  if (given == NULL)
    return;
  g_free (given->force);
  g_ptr_array_unref (given->homes);
  g_free (given);
}

void
ym_return_change_free (YmReturnChange *change)
{
  g_free (change->home);
  g_free (change->incident_ref);
  g_free (change);
}

static const YmReturnHome *
find_home (const YmReturn *given, const char *registration_no)
{
  for (guint i = 0; i < given->homes->len; i++)
    {
      const YmReturnHome *home = g_ptr_array_index (given->homes, i);

      if (g_str_equal (home->registration_no, registration_no))
        return home;
    }
  return NULL;
}

/* By its reference; a call without one by its time. */
static const YmReturnCall *
find_call (const YmReturnHome *home, const YmReturnCall *wanted)
{
  for (guint i = 0; i < home->calls->len; i++)
    {
      const YmReturnCall *call = g_ptr_array_index (home->calls, i);

      if (g_strcmp0 (call->incident_ref, wanted->incident_ref) == 0
          && (wanted->incident_ref != NULL || call->received_at_us == wanted->received_at_us))
        return call;
    }
  return NULL;
}

static void
add_change (GPtrArray *changes, YmReturnChangeKind kind, const YmReturnHome *home, const YmReturnCall *call, int what,
            gint64 before, gint64 after)
{
  YmReturnChange *change = g_new0 (YmReturnChange, 1);

  *change = (YmReturnChange){ kind, g_strdup (home->registration_no), NULL, 0, what, before, after };
  if (call != NULL)
    {
      change->incident_ref = g_strdup (call->incident_ref);
      change->at_us = call->received_at_us;
    }
  g_ptr_array_add (changes, change);
}

static void
compare_call (GPtrArray *changes, const YmReturnHome *home, const YmReturnCall *before, const YmReturnCall *after)
{
  if (before->received_at_us != after->received_at_us)
    add_change (changes, YM_RETURN_CALL_CHANGED, home, after, -1, before->received_at_us, after->received_at_us);
  for (int i = 0; i < YM_RETURN_N_ANSWERS; i++)
    if (before->answer[i] != after->answer[i])
      add_change (changes, YM_RETURN_CALL_CHANGED, home, after, i, before->answer[i], after->answer[i]);
}

static YmInspectionState
state_of_month (const YmReturnHome *home, YmMonth month)
{
  for (guint i = 0; i < home->inspections->len; i++)
    {
      const YmReturnInspection *inspection = &g_array_index (home->inspections, YmReturnInspection, i);

      if (inspection->month == month)
        return inspection->state;
    }
  return YM_INSPECTION_NONE;
}

static void
compare_inspections (GPtrArray *changes, const YmReturnHome *before, const YmReturnHome *after)
{
  const GArray *const both[] = { after->inspections, before->inspections };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    for (guint j = 0; j < both[i]->len; j++)
      {
        YmMonth month = g_array_index (both[i], YmReturnInspection, j).month;
        YmInspectionState old = state_of_month (before, month), new = state_of_month (after, month);

        /* From the second list only what the first has not. */
        if (old != new && (i == 0 || new == YM_INSPECTION_NONE))
          add_change (changes, YM_RETURN_INSPECTION_CHANGED, after, NULL, month, old, new);
      }
}

static void
compare_home (GPtrArray *changes, const YmReturnHome *before, const YmReturnHome *after)
{
  for (guint i = 0; i < after->calls->len; i++)
    {
      const YmReturnCall *call = g_ptr_array_index (after->calls, i);
      const YmReturnCall *old = find_call (before, call);

      if (old == NULL)
        add_change (changes, YM_RETURN_CALL_ADDED, after, call, 0, 0, 0);
      else
        compare_call (changes, after, old, call);
    }
  for (guint i = 0; i < before->calls->len; i++)
    if (find_call (after, g_ptr_array_index (before->calls, i)) == NULL)
      add_change (changes, YM_RETURN_CALL_LEFT, after, g_ptr_array_index (before->calls, i), 0, 0, 0);
  for (int i = 0; i < YM_RETURN_N_NUMBERS; i++)
    if (before->number[i] != after->number[i])
      add_change (changes, YM_RETURN_NUMBER_CHANGED, after, NULL, i, before->number[i], after->number[i]);
  compare_inspections (changes, before, after);
  if (g_strcmp0 (before->other, after->other) != 0)
    add_change (changes, YM_RETURN_TEXT_CHANGED, after, NULL, 0, 0, 0);
}

GPtrArray *
ym_return_compare (const YmReturn *before, const YmReturn *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_return_change_free);

  for (guint i = 0; i < after->homes->len; i++)
    {
      const YmReturnHome *home = g_ptr_array_index (after->homes, i);
      const YmReturnHome *old = find_home (before, home->registration_no);

      if (old == NULL)
        add_change (changes, YM_RETURN_HOME_ADDED, home, NULL, 0, 0, 0);
      else
        compare_home (changes, old, home);
    }
  for (guint i = 0; i < before->homes->len; i++)
    {
      const YmReturnHome *home = g_ptr_array_index (before->homes, i);

      if (find_home (after, home->registration_no) == NULL)
        add_change (changes, YM_RETURN_HOME_LEFT, home, NULL, 0, 0, 0);
    }
  return changes;
}
