/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts the power at every operation of the day. The day runs once and leaves a log; the medium follows the log, and
 * an image is cut from it wherever it stands. */

#include "tests/power/sweep.h"

#include <malloc.h>
#include <sqlite3.h>

#include "tests/power/medium.h"

#define SECOND_SEEDS 3

typedef struct {
  const SweepPlan *plan;
  SweepCount count;
  guint64 first_images; /* those that no second cut left */
  Disk *disk;
  Day *day;
  GHashTable *seen; /* hashes of images, each with what was acknowledged then */
} Sweep;

guint
sweep_enough_failures (void)
{
  return g_getenv ("YM_PLANTED") != NULL ? 1 : 20;
}

void
sweep_init (void)
{
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0), ==, SQLITE_OK);
  /* Images are half a megabyte: without these each costs the kernel a hundred fresh pages. */
  mallopt (M_MMAP_THRESHOLD, 64 * 1024 * 1024);
  mallopt (M_TRIM_THRESHOLD, 256 * 1024 * 1024);
}

static gboolean
is_enough (const Sweep *sweep)
{
  return sweep->count.failures >= sweep_enough_failures ();
}

static void
sweep_begin (Sweep *sweep, const SweepPlan *plan)
{
  *sweep = (Sweep){ .plan = plan, .disk = disk_new () };
  sweep->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  disk_record (sweep->disk);
  sweep->day = day_new (sweep->disk);
  day_run (sweep->day);
  sweep->count.operations = disk_get_log (sweep->disk)->len;
}

static void
sweep_end (Sweep *sweep)
{
  day_free (sweep->day);
  disk_free (sweep->disk);
  g_hash_table_unref (sweep->seen);
}

/* The same image counts again where more had been acknowledged. */
static gboolean
is_new (Sweep *sweep, Disk *image, guint at)
{
  guint64 key = recovery_key (sweep->day, at, disk_hash (image));

  return g_hash_table_add (sweep->seen, g_memdup2 (&key, sizeof key));
}

static void
report (Sweep *sweep, const Cut *cut, const GError *error)
{
  const DayMark *next = day_next_mark (sweep->day, cut->at);
  g_autofree char *again = cut->again ? g_strdup_printf (" --second-at %u --second-seed %" G_GUINT64_FORMAT,
                                                         cut->second_at, cut->second_seed)
                                      : g_strdup ("");

  sweep->count.failures++;
  g_printerr ("# cut in \"%s\": %s\n# seed %" G_GUINT64_FORMAT ": %s --at %u --seed %" G_GUINT64_FORMAT "%s\n",
              next == NULL ? "nothing" : next->name, error->message, cut->seed,
              sweep->plan->command == NULL ? "" : sweep->plan->command, cut->at, cut->seed, again);
}

static RecoveryDepth
depth_of (guint64 number)
{
  if (number % 16 == 0)
    return RECOVERY_THOROUGH;
  return number % 4 == 0 ? RECOVERY_GO_ON : RECOVERY_QUICK;
}

static void
look_at (Sweep *sweep, Disk *image, const Cut *cut)
{
  g_autoptr (GError) error = NULL;

  sweep->count.images++;
  sweep->count.second_images += cut->again;
  if (sweep->plan->progress_every != 0 && sweep->count.images % sweep->plan->progress_every == 0)
    g_printerr ("# %" G_GUINT64_FORMAT " images, %" G_GUINT64_FORMAT " of them after a second cut, %" G_GUINT64_FORMAT
                " found wanting\n",
                sweep->count.images, sweep->count.second_images, sweep->count.failures);
  if (!recovery_check (sweep->day, image, cut, depth_of (sweep->count.images), &error))
    report (sweep, cut, error);
}

/* The power goes again at each operation of opening and closing the image. */
static void
cut_again (Sweep *sweep, Disk *image, const Cut *first)
{
  g_autoptr (Disk) disk = disk_copy (image);
  g_autoptr (Medium) medium = medium_new (disk);
  g_autoptr (GError) error = NULL;
  Cut cut = *first;

  disk_record (disk);
  if (!recovery_open_and_close (sweep->day, disk, first, &error))
    return; /* looked at already, as a first cut */
  cut.again = TRUE;
  for (cut.second_at = 0; cut.second_at < disk_get_log (disk)->len && !is_enough (sweep); cut.second_at++)
    {
      for (guint i = 0; i < (medium_is_settled (medium) ? 1 : SECOND_SEEDS); i++)
        {
          g_autoptr (Disk) left = NULL;

          cut.second_seed = i < 2 ? i : first->seed + i;
          left = medium_cut (medium, cut.second_seed);
          if (is_new (sweep, left, cut.at))
            look_at (sweep, left, &cut);
        }
      medium_apply (medium, g_ptr_array_index (disk_get_log (disk), cut.second_at));
    }
}

static void
cut_at (Sweep *sweep, Medium *medium, Cut *cut)
{
  g_autoptr (Disk) image = medium_cut (medium, cut->seed);
  g_autoptr (Disk) copy = NULL;

  if (!is_new (sweep, image, cut->at))
    return;
  if (sweep->plan->second_every != 0 && sweep->first_images++ % sweep->plan->second_every == 0)
    copy = disk_copy (image);
  look_at (sweep, image, cut);
  if (copy != NULL)
    cut_again (sweep, copy, cut);
}

/* One time over the day with the seeds from @seed on; the first time also with nothing and with all. */
static void
run_round (Sweep *sweep, guint64 seed, gboolean first)
{
  g_autoptr (Disk) empty = disk_new ();
  g_autoptr (Medium) medium = medium_new (empty);
  GPtrArray *log = disk_get_log (sweep->disk);
  Cut cut = { 0 };

  for (cut.at = 0; cut.at <= log->len && (first || sweep->count.images < sweep->plan->images)
                   && !is_enough (sweep); cut.at++)
    {
      gboolean here = cut.at % sweep->plan->stride == 0;

      for (cut.seed = 0; here && first && cut.seed < 2; cut.seed++)
        cut_at (sweep, medium, &cut);
      for (cut.seed = seed; here && cut.seed < seed + sweep->plan->seeds && !medium_is_settled (medium); cut.seed++)
        cut_at (sweep, medium, &cut);
      if (cut.at < log->len)
        medium_apply (medium, g_ptr_array_index (log, cut.at));
    }
}

SweepCount
sweep_run (const SweepPlan *plan)
{
  Sweep sweep;
  guint64 seed = 2 + plan->seed;
  guint64 before;

  sweep_begin (&sweep, plan);
  do
    {
      before = sweep.count.images;
      run_round (&sweep, seed, before == 0);
      seed += plan->seeds;
    }
  while (sweep.count.images < plan->images && sweep.count.images > before && !is_enough (&sweep));
  sweep_end (&sweep);
  return sweep.count;
}

/* The medium after the first @n operations of @log. */
static Medium *
follow (Disk *begin, GPtrArray *log, guint n)
{
  Medium *medium = medium_new (begin);

  for (guint i = 0; i < MIN (n, log->len); i++)
    medium_apply (medium, g_ptr_array_index (log, i));
  return medium;
}

gboolean
sweep_one (const Cut *cut, GError **error)
{
  const SweepPlan plan = { 0 };
  Sweep sweep;
  g_autoptr (Disk) empty = disk_new ();
  g_autoptr (Medium) medium = NULL;
  g_autoptr (Medium) second = NULL;
  g_autoptr (Disk) image = NULL;
  Cut first = *cut;
  gboolean good = TRUE;

  sweep_begin (&sweep, &plan);
  medium = follow (empty, disk_get_log (sweep.disk), cut->at);
  image = medium_cut (medium, cut->seed);
  if (cut->again)
    {
      g_autoptr (Disk) before = disk_copy (image);
      g_autoptr (Disk) run = disk_copy (image);

      first.again = FALSE;
      disk_record (run);
      good = recovery_open_and_close (sweep.day, run, &first, error);
      second = follow (before, disk_get_log (run), cut->second_at);
      g_clear_pointer (&image, disk_free);
      image = medium_cut (second, cut->second_seed);
    }
  good = good && recovery_check (sweep.day, image, cut, RECOVERY_THOROUGH, error);
  sweep_end (&sweep);
  return good;
}
