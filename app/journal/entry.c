/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An envelope with its change set, taken apart once and passed on whole. */

#include "app/journal/entry.h"

YmEntry *
ym_entry_decode (GBytes *envelope, GBytes *change_set, GError **error)
{
  g_autoptr (YmEntry) entry = g_new0 (YmEntry, 1);

  entry->envelope = g_bytes_ref (envelope);
  if (!ym_envelope_decode (envelope, &entry->header, error))
    return NULL;
  if (change_set == NULL)
    return g_steal_pointer (&entry);
  if (!ym_envelope_check_change_set (&entry->header, change_set, error))
    return NULL;
  entry->change_set_bytes = g_bytes_ref (change_set);
  entry->change_set = ym_change_set_decode (change_set, error);
  return entry->change_set == NULL ? NULL : g_steal_pointer (&entry);
}

void
ym_entry_free (YmEntry *entry)
{
  if (entry == NULL)
    return;
  g_clear_pointer (&entry->envelope, g_bytes_unref);
  g_clear_pointer (&entry->change_set_bytes, g_bytes_unref);
  g_clear_pointer (&entry->change_set, ym_change_set_free);
  g_free (entry);
}
