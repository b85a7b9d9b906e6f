/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The long version of test-power, and the way back to one cut that it found wanting. */

#include <stdio.h>
#include <stdlib.h>

#include "tests/power/sweep.h"

static gint64 images = 1000000;
static int seeds = 8;
static int from = 0;
static int second_every = 97;
static int at = -1;
static gint64 seed = 0;
static int second_at = -1;
static gint64 second_seed = 0;

static const GOptionEntry options[] = {
  { "images", 0, 0, G_OPTION_ARG_INT64, &images, "how many different images to open (1000000)", "N" },
  { "seeds", 0, 0, G_OPTION_ARG_INT, &seeds, "seeds at each operation each time over the day (8)", "N" },
  { "from", 0, 0, G_OPTION_ARG_INT, &from, "the first seed, for a run that sees other images (0)", "N" },
  { "second-every", 0, 0, G_OPTION_ARG_INT, &second_every, "cut every Nth image again while it is recovered (97)", "N" },
  { "at", 0, 0, G_OPTION_ARG_INT, &at, "only this cut: before operation N of the day", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "and what was left then", "N" },
  { "second-at", 0, 0, G_OPTION_ARG_INT, &second_at, "and again, before operation N of the recovery", "N" },
  { "second-seed", 0, 0, G_OPTION_ARG_INT64, &second_seed, "and what was left then", "N" },
  { NULL },
};

static int
run_one (void)
{
  const Cut cut = { (guint) at, (guint64) seed, second_at >= 0, (guint) MAX (second_at, 0), (guint64) second_seed };
  g_autoptr (GError) error = NULL;

  if (sweep_one (&cut, &error))
    {
      puts ("All that was acknowledged is there.");
      return EXIT_SUCCESS;
    }
  printf ("Wanting: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
run_many (void)
{
  const SweepPlan plan = { .images = (guint64) images,
                           .stride = 1,
                           .seeds = (guint) MAX (seeds, 1),
                           .seed = (guint64) from,
                           .second_every = (guint) second_every,
                           .progress_every = 10000,
                           .command = "./dev soak power" };
  gint64 begun_us = g_get_monotonic_time ();
  SweepCount count = sweep_run (&plan);
  double seconds = (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;

  printf ("%u operations; %" G_GUINT64_FORMAT " different images opened, %" G_GUINT64_FORMAT " of them after a second cut; "
          "%" G_GUINT64_FORMAT " found wanting; %.0f s\n",
          count.operations, count.images, count.second_images, count.failures, seconds);
  return count.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- cuts the power in an officer's day");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  sweep_init ();
  return at >= 0 ? run_one () : run_many ();
}
