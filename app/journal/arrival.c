/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An envelope with its change set, taken apart once and passed on whole. */

#include "app/journal/arrival.h"

YmArrival *
ym_arrival_decode (GBytes *envelope, GBytes *change_set, GError **error)
{
  g_autoptr (YmArrival) arrival = g_new0 (YmArrival, 1);

  arrival->envelope = g_bytes_ref (envelope);
  if (!ym_envelope_decode (envelope, &arrival->header, error))
    return NULL;
  if (change_set == NULL)
    return g_steal_pointer (&arrival);
  if (!ym_envelope_check_change_set (&arrival->header, change_set, error))
    return NULL;
  arrival->change_set_bytes = g_bytes_ref (change_set);
  arrival->change_set = ym_change_set_decode (change_set, error);
  return arrival->change_set == NULL ? NULL : g_steal_pointer (&arrival);
}

void
ym_arrival_free (YmArrival *arrival)
{
  if (arrival == NULL)
    return;
  g_clear_pointer (&arrival->envelope, g_bytes_unref);
  g_clear_pointer (&arrival->change_set_bytes, g_bytes_unref);
  g_clear_pointer (&arrival->change_set, ym_change_set_free);
  g_free (arrival);
}
