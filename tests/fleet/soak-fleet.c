/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many simulations, or one again. */

#include <stdio.h>
#include <stdlib.h>

#include "tests/fleet/faults.h"

static gint64 seeds = 1000;
static int devices = 6;
static gint64 from = 1;
static gboolean show = FALSE;
static gboolean old_copies = FALSE;
static char *planted = NULL;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT64, &seeds, "how many simulations (1000)", "N" },
  { "devices", 0, 0, G_OPTION_ARG_INT, &devices, "officers at most, up to 40 (6)", "M" },
  { "from", 0, 0, G_OPTION_ARG_INT64, &from, "the first seed (1)", "SEED" },
  { "show", 0, 0, G_OPTION_ARG_NONE, &show, "print what happens", NULL },
  { "old-copies", 0, 0, G_OPTION_ARG_NONE, &old_copies, "also put tablets back to older copies of themselves", NULL },
  { "planted", 0, 0, G_OPTION_ARG_STRING, &planted, "seek a seed that finds this fault, or all of them", "NAME|all" },
  { NULL },
};

static gboolean
run_one (guint64 seed, guint64 *envelopes)
{
  const FleetPlan plan
      = { .seed = seed, .most_devices = (guint) devices, .is_shown = show, .has_old_copies = old_copies };
  g_auto (FleetResult) result = { NULL };

  fleet_run (&plan, &result);
  *envelopes += result.envelopes;
  if (show)
    printf ("seed %" G_GUINT64_FORMAT ": %u devices, %" G_GUINT64_FORMAT " envelopes, %" G_GUINT64_FORMAT
            " events, trace %016" G_GINT64_MODIFIER "x\n",
            seed, result.devices, result.envelopes, result.notes, result.trace);
  if (result.failure == NULL)
    return TRUE;
  printf ("seed %" G_GUINT64_FORMAT ": %s\n  ./dev soak fleet --seeds 1 --devices %d --from %" G_GUINT64_FORMAT " --show%s\n",
          seed, g_strstrip (result.failure), devices, seed, old_copies ? " --old-copies" : "");
  fflush (stdout);
  return FALSE;
}

static int
seek_planted (void)
{
  guint n_faults, n_missed = 0;
  const Fault *faults = faults_get (&n_faults);

  for (guint i = 0; i < n_faults; i++)
    {
      g_autofree char *found = NULL;
      guint64 seed = 0;

      if (!g_str_equal (planted, "all") && !g_str_equal (planted, faults[i].name))
        continue;
      seed = faults_seek (&faults[i], (guint64) from, (guint) seeds, &found);
      printf ("%s: %" G_GUINT64_FORMAT " %s\n", faults[i].name, seed, seed == 0 ? "NOT FOUND" : found);
      fflush (stdout);
      n_missed += seed == 0;
    }
  return n_missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- lets fleets of tablets live through bad hours");
  g_autoptr (GError) error = NULL;
  gint64 begun_us = g_get_monotonic_time ();
  guint64 failures = 0, envelopes = 0;
  double seconds;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || devices < 1 || devices > FLEET_MOST_DEVICES)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "There are 1 to 40 devices.");
      return 2;
    }
  fleet_init ();
  if (planted != NULL)
    return seek_planted ();
  for (gint64 i = 0; i < seeds; i++)
    failures += run_one ((guint64) (from + i), &envelopes) ? 0 : 1;
  seconds = (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
  printf ("%" G_GINT64_FORMAT " seeds of up to %d devices, %" G_GUINT64_FORMAT " envelopes, %" G_GUINT64_FORMAT
          " found wanting; %.1f s, %.1f seeds/s\n",
          seeds, devices, envelopes, failures, seconds, (double) seeds / seconds);
  return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
