/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What libFuzzer calls (https://llvm.org/docs/LibFuzzer.html). $YM_FUZZ_TARGET names the target; with $YM_FUZZ_SEEDS its
 * good inputs are written into that directory, and nothing else is done. */

#include <stdlib.h>

#include "tests/fuzz/target.h"

static const FuzzTarget *target;

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
write_seeds (const char *directory)
{
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  target->seed (inputs);
  for (guint i = 0; i < inputs->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/seed-%u", directory, i);
      g_autoptr (GError) error = NULL;
      gsize size;
      gconstpointer data = g_bytes_get_data (inputs->pdata[i], &size);

      if (!g_file_set_contents (path, data, size, &error))
        g_error ("%s", error->message);
    }
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (GPtrArray) targets = fuzz_targets ();
  const char *name = g_getenv ("YM_FUZZ_TARGET");
  const char *seeds = g_getenv ("YM_FUZZ_SEEDS");

  for (guint i = 0; i < targets->len; i++)
    if (g_strcmp0 (((const FuzzTarget *) targets->pdata[i])->name, name) == 0)
      target = targets->pdata[i];
  if (target == NULL)
    for (guint i = 0; i < targets->len; i++)
      g_print ("%s\n", ((const FuzzTarget *) targets->pdata[i])->name);
  else if (seeds != NULL)
    write_seeds (seeds);
  if (target == NULL || seeds != NULL)
    exit (0);
  return 0;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) input = g_bytes_new (data, size);

  target->run (input);
  return 0;
}
