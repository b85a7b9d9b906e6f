/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The long version of test-tamper, and the way back to one case. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/power/sweep.h"
#include "tests/tamper/tamper.h"

static int stride = 1;
static int unit_stride = 1;
static char *kind = NULL;
static char *file = NULL;
static int at = -1;
static gboolean locked = FALSE;
static int from = 0;

static const GOptionEntry options[] = {
  { "stride", 0, 0, G_OPTION_ARG_INT, &stride, "every Nth byte (1)", "N" },
  { "unit-stride", 0, 0, G_OPTION_ARG_INT, &unit_stride, "every Nth page, frame or file (1)", "N" },
  { "kind", 0, 0, G_OPTION_ARG_STRING, &kind, "only this: flip, truncate, zero, copy, swap, old-unit ...", "KIND" },
  { "file", 0, 0, G_OPTION_ARG_STRING, &file, "only this file: vault, vault-wal, head, keyring, ...", "NAME" },
  { "locked", 0, 0, G_OPTION_ARG_NONE, &locked, "a store that was locked, not one whose power went", NULL },
  { "at", 0, 0, G_OPTION_ARG_INT, &at, "only this case: at this byte or unit", "N" },
  { "from", 0, 0, G_OPTION_ARG_INT, &from, "from this unit, or step of the day", "N" },
  { NULL },
};

static int
run_one (Specimen *specimen)
{
  static const char *const outcomes[] = { "the same", "refused", "found", "an older store", "SILENT", "nothing changed" };
  TamperCase what = { 0, file, (guint) at, (guint) from };
  g_autoptr (GError) error = NULL;
  TamperOutcome outcome;

  if (kind == NULL || file == NULL)
    return 2;
  while (what.kind < TAMPER_N_KINDS && strcmp (tamper_kind_get_name (what.kind), kind) != 0)
    what.kind++;
  if (what.kind == TAMPER_N_KINDS)
    return 2;
  outcome = tamper_try (specimen, &what, &error);
  printf ("%s: %s\n", outcomes[outcome], error == NULL ? "" : error->message);
  return outcome == TAMPER_SILENT ? EXIT_FAILURE : EXIT_SUCCESS;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- tampers with every byte of an officer's store");
  g_autoptr (GError) error = NULL;
  g_autoptr (Specimen) specimen = NULL;
  TamperPlan plan = { 0 };

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  sweep_init ();
  specimen = specimen_new (locked ? SPECIMEN_LOCKED : SPECIMEN_CUT);
  if (at >= 0)
    return run_one (specimen);
  plan.command = locked ? "./dev soak tamper --locked" : "./dev soak tamper";
  plan.file = file;
  plan.kind = kind;
  plan.stride = (guint) MAX (stride, 1);
  plan.unit_stride = (guint) MAX (unit_stride, 1);
  return tamper_run (specimen, &plan).outcomes[TAMPER_SILENT] == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
