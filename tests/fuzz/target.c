/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/fuzz/target.h"

GPtrArray *
fuzz_targets (void)
{
  static const FuzzTarget *const tables[] = { fuzz_message_targets, fuzz_signed_targets, fuzz_file_targets };
  GPtrArray *targets = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const FuzzTarget *target = tables[i]; target->name != NULL; target++)
      g_ptr_array_add (targets, (gpointer) target);
  return targets;
}
