/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something goes wrong at every file operation, and at every allocation of SQLite's, of an officer's day. */

#include "tests/power/memory.h"
#include "tests/power/sweep.h"
#include "tests/power/trial.h"

/* Under the sanitizers a trial takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#define SPARSER 3
#else
#define SPARSER 1
#endif

/* YM_FAULTS_ONE=STEP:N tries the fault at the Nth operation of that step alone; FALSE without it. */
static gboolean
get_only (guint *step, guint *nth)
{
  const char *only = g_getenv ("YM_FAULTS_ONE");
  g_auto (GStrv) parts = only == NULL ? NULL : g_strsplit (only, ":", 2);

  if (parts == NULL || g_strv_length (parts) != 2)
    return FALSE;
  *step = (guint) g_ascii_strtoull (parts[0], NULL, 10);
  *nth = (guint) g_ascii_strtoull (parts[1], NULL, 10);
  return TRUE;
}

/* Every how-manieth operation and allocation: `./dev test` asks for more than a developer waits for, with
 * YM_FAULTS_DENSITY, and `./dev soak faults` for every single one. */
static guint
stride (guint usual)
{
  const char *density = g_getenv ("YM_FAULTS_DENSITY");

  return density == NULL ? usual * SPARSER : MAX (usual / (guint) g_ascii_strtoull (density, NULL, 10), 1);
}

typedef struct {
  DiskFault disk;
  gboolean from_then_on;
  guint stride;
  guint trials;
  guint wanting;
  guint turn; /* goes on from step to step, so that a stride does not always begin at the first */
} Faults;

static void
try_step (Faults *faults, const TrialStep *step)
{
  TrialResult result;
  guint only, nth;

  if (get_only (&only, &nth))
    {
      const TrialFault fault = { faults->disk, nth, faults->from_then_on };

      faults->trials++;
      faults->wanting += only == step->index && trial_run (step, &fault) == TRIAL_WANTING;
      return;
    }
  do
    {
      const TrialFault fault = { faults->disk, 1 + faults->turn, faults->from_then_on };

      result = trial_run (step, &fault);
      faults->turn += faults->stride;
      faults->trials += result != TRIAL_NOT_MET;
      faults->wanting += result == TRIAL_WANTING;
    }
  while (result != TRIAL_NOT_MET && faults->wanting < sweep_enough_failures ());
  faults->turn %= faults->stride;
}

static void
run (Faults *faults)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Medium) medium = medium_new (disk);
  g_autoptr (Day) day = NULL;
  DayMark after = { .name = NULL };
  guint followed = 0;

  disk_record (disk);
  day = day_new (disk);
  for (guint i = 0; i < day_n_steps () && faults->wanting < sweep_enough_failures (); i++)
    {
      const TrialStep step = { day, i, &after, medium };
      g_autoptr (GError) error = NULL;

      trial_learn (&step);
      try_step (faults, &step);
      test_succeeds (day_step (day, i, &error), error);
      test_succeeds (day_mark_state (day, i, &error), error);
      after = *(DayMark *) g_ptr_array_index (day->marks, i);
      for (; followed < disk_get_log (disk)->len; followed++)
        medium_apply (medium, g_ptr_array_index (disk_get_log (disk), followed));
    }
  g_test_message ("%u trials", faults->trials);
  g_assert_cmpuint (faults->trials, >, 0);
  g_assert_cmpuint (faults->wanting, ==, 0);
}

/* A disk that refuses, for a moment or for good, must cost an error message and nothing else. */
static void
test_disk (gconstpointer data)
{
  const Faults *kind = data;
  Faults faults = *kind;

  faults.stride = stride (kind->stride);
  run (&faults);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    Faults faults;
  } tests[] = {
    { "/faults/error/once", { DISK_FAULT_ERROR, FALSE, 64 } },
    { "/faults/error/from-then-on", { DISK_FAULT_ERROR, TRUE, 64 } },
    { "/faults/short/once", { DISK_FAULT_SHORT, FALSE, 48 } },
    { "/faults/short/from-then-on", { DISK_FAULT_SHORT, TRUE, 48 } },
    { "/faults/full/once", { DISK_FAULT_FULL, FALSE, 16 } },
    { "/faults/full/from-then-on", { DISK_FAULT_FULL, TRUE, 16 } },
    { "/faults/sync/once", { DISK_FAULT_SYNC, FALSE, 8 } },
    { "/faults/sync/from-then-on", { DISK_FAULT_SYNC, TRUE, 8 } },
    { "/faults/memory/once", { DISK_FAULT_NONE, FALSE, 2000 } },
    { "/faults/memory/from-then-on", { DISK_FAULT_NONE, TRUE, 2000 } },
  };

  memory_init ();
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_data_func (tests[i].path, &tests[i].faults, test_disk);
  return g_test_run ();
}
