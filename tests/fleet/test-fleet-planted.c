/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each planted fault is found again from the seed that found it. Only in a build with -Dtest_hooks=true. */

#include "tests/fleet/faults.h"

/* When the code under test has changed, a seed may have become another story; then one nearby has to do. */
#define NEARBY 60

/* Broken: the fleet has fallen asleep; seek a new seed with "soak-fleet --planted NAME". */
static void
test_fault (gconstpointer data)
{
  const Fault *fault = data;
  g_autofree char *found = NULL;
  guint64 seed = faults_seek (fault, fault->seed, 1, &found);

  if (seed == 0)
    {
      seed = faults_seek (fault, fault->seed + 1, NEARBY, &found);
      g_test_message ("note seed %" G_GUINT64_FORMAT " for %s in tests/fleet/faults.c", seed, fault->name);
    }
  if (seed == 0)
    {
      g_test_message ("%s: %s", fault->name, fault->what);
      g_test_fail ();
    }
  g_test_message ("%s", found == NULL ? "not found" : found);
}

/* Broken: what finds them is wrong without any fault too. */
static void
test_healthy (void)
{
  guint n_faults;
  const Fault *faults = faults_get (&n_faults);

  for (guint i = 0; i < n_faults; i += 5)
    {
      const FleetPlan plan = { .seed = faults[i].seed, .most_devices = faults[i].devices };
      g_auto (FleetResult) result = { NULL };

      fleet_run (&plan, &result);
      g_assert_cmpstr (result.failure, ==, NULL);
    }
}

int
main (int argc, char *argv[])
{
  guint n_faults;
  const Fault *faults = faults_get (&n_faults);

  g_test_init (&argc, &argv, NULL);
  fleet_init ();
  g_test_add_func ("/fleet/planted/none", test_healthy);
  for (guint i = 0; i < n_faults; i++)
    {
      g_autofree char *path = g_strdup_printf ("/fleet/planted/%s", faults[i].name);

      g_test_add_data_func (path, &faults[i], test_fault);
    }
  return g_test_run ();
}
