/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The power goes at every file operation of an officer's day, and again while the store is recovered. */

#include <string.h>

#include "app/base/error.h"
#include "app/vault/store.h"
#include "tests/power/medium.h"
#include "tests/power/sweep.h"

/* Under the sanitizers an image takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#define STRIDE 5
#else
#define STRIDE 1
#endif

/* `./dev test` asks for more, with YM_POWER_IMAGES, than a developer waits for between two edits. */
static SweepPlan
make_plan (void)
{
  const char *wanted = g_getenv ("YM_POWER_IMAGES");

  if (wanted == NULL)
    return (SweepPlan){ .images = 100, .stride = STRIDE, .seeds = 2, .second_every = 401, .command = "./dev soak power" };
  return (SweepPlan){ .images = g_ascii_strtoull (wanted, NULL, 10),
                      .stride = STRIDE,
                      .seeds = 8,
                      .second_every = 97,
                      .command = "./dev soak power" };
}

/* What the officer was told is saved must be there when the tablet comes up again, wherever it went down. */
static void
test_every_cut (void)
{
  const SweepPlan plan = make_plan ();
  SweepCount count = sweep_run (&plan);

  g_test_message ("%u operations, %" G_GUINT64_FORMAT " images, %" G_GUINT64_FORMAT " of them after a second cut",
                  count.operations, count.images, count.second_images);
  g_assert_cmpuint (count.failures, ==, 0);
  g_assert_cmpuint (count.images, >=, plan.images);
  g_assert_cmpuint (count.second_images, >, 0);
}

/* Two pages of one file, the first synced; a file with a name that no directory sync followed; and one that had. */
static Medium *
some_medium (Disk *disk)
{
  static const guint8 page[1024] = { 1 };
  const YmFiles *files = disk_get_files (disk);
  Medium *medium;

  disk_make_directory (disk, "/d");
  medium = medium_new (disk);
  disk_record (disk);
  g_assert_true (files->write_synced (files->context, "/d/kept", page, sizeof page, NULL));
  g_assert_true (files->sync_directory (files->context, "/d", NULL));
  g_assert_true (files->write_synced (files->context, "/d/first", page, sizeof page, NULL));
  g_assert_true (files->rename (files->context, "/d/first", "/d/second", NULL));
  return medium;
}

static void
feed (Medium *medium, Disk *disk)
{
  for (guint i = 0; i < disk_get_log (disk)->len; i++)
    medium_apply (medium, g_ptr_array_index (disk_get_log (disk), i));
}

static gboolean
has (Disk *disk, const char *path)
{
  g_autoptr (GBytes) bytes = disk_read (disk, path);

  return bytes != NULL;
}

/* A disk that keeps what was never synced, or loses what was, would let every other test here pass. */
static void
test_names_come_in_order (void)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Medium) medium = some_medium (disk);
  guint seen[4] = { 0 };

  feed (medium, disk);
  for (guint64 seed = 0; seed < 64; seed++)
    {
      g_autoptr (Disk) image = medium_cut (medium, seed);

      g_assert_true (has (image, "/d/kept"));
      seen[has (image, "/d/first") + 2 * has (image, "/d/second")]++;
    }
  g_assert_cmpuint (seen[0], >, 0);
  g_assert_cmpuint (seen[1], >, 0);
  g_assert_cmpuint (seen[2], >, 0);
  g_assert_cmpuint (seen[3], ==, 0);
}

/* Counts the sectors of @file that the write of threes reached. */
static guint
sectors_written (Disk *disk, const char *path)
{
  g_autoptr (GBytes) bytes = disk_read (disk, path);
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  guint written = 0;

  for (gsize at = 0; at < g_bytes_get_size (bytes); at += 512)
    {
      written += data[at] == 3;
      for (gsize i = 1; i < 512; i++)
        g_assert_cmpuint (data[at + i], ==, data[at]);
    }
  return written;
}

static void
write_threes (Disk *disk, gboolean sync_fails)
{
  static guint8 threes[2048];
  const YmFiles *files = disk_get_files (disk);
  gboolean done;

  memset (threes, 3, sizeof threes);
  if (sync_fails)
    disk_fail (disk, DISK_FAULT_SYNC, 1, FALSE);
  done = files->write_synced (files->context, "/d/file", threes, sizeof threes, NULL);
  g_assert_cmpint (done, ==, !sync_fails);
}

/* Torn means: in units of 512 bytes, each by itself; and a sync makes an end of it. */
static void
test_writes_are_torn_between_sectors (void)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Medium) medium = NULL;
  g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (2048), 2048);
  guint seen[5] = { 0 };

  disk_make_directory (disk, "/d");
  disk_write (disk, "/d/file", zeros);
  medium = medium_new (disk);
  disk_record (disk);
  write_threes (disk, FALSE);
  for (guint i = 0; i < disk_get_log (disk)->len; i++)
    {
      const DiskOperation *operation = g_ptr_array_index (disk_get_log (disk), i);

      for (guint64 seed = 0; operation->kind == DISK_SYNC && seed < 64; seed++)
        {
          g_autoptr (Disk) image = medium_cut (medium, seed);

          seen[sectors_written (image, "/d/file")]++;
        }
      medium_apply (medium, operation);
    }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_cmpuint (seen[i], >, 0);
  for (guint64 seed = 0; seed < 8; seed++)
    {
      g_autoptr (Disk) image = medium_cut (medium, seed);

      g_assert_cmpuint (sectors_written (image, "/d/file"), ==, 4);
    }
}

/* After a failed sync a later one that succeeds must not bring back what was lost. */
static void
test_failed_syncs_lose (void)
{
  guint lost = 0;

  for (guint n = 0; n < 8; n++)
    {
      g_autoptr (Disk) disk = disk_new ();
      g_autoptr (Medium) medium = NULL;
      g_autoptr (Disk) image = NULL;
      g_autoptr (GBytes) zeros = g_bytes_new_take (g_malloc0 (2048), 2048);

      disk_make_directory (disk, "/d");
      disk_write (disk, "/d/file", zeros);
      medium = medium_new (disk);
      disk_record (disk);
      for (guint i = 0; i <= n; i++)
        write_threes (disk, TRUE);
      disk_fail (disk, DISK_FAULT_NONE, 0, FALSE);
      g_assert_cmpuint (sectors_written (disk, "/d/file"), ==, 4); /* it can be read all the same */
      feed (medium, disk);
      image = medium_cut (medium, 1);
      lost += sectors_written (image, "/d/file") < 4;
    }
  g_assert_cmpuint (lost, >, 0);
}

static void
try_wrong_passphrase (Tablet *tablet)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (tablet_open (tablet, "not the right one at all", &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_PASSPHRASE);
}

/* A battery pulled after, or while, a passphrase is judged must not make the try free. */
static void
test_wrong_tries_are_counted (void)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Medium) medium = NULL;
  g_autoptr (GError) error = NULL;
  Tablet tablet;
  guint judged = 0;
  guint judged_at[4];

  tablet_init (&tablet, disk, 1, 0);
  test_succeeds (tablet_create (&tablet, "pump ladder onion frost velvet", &error), error);
  tablet_close (&tablet);
  medium = medium_new (disk);
  disk_record (disk);
  for (guint i = 0; i < G_N_ELEMENTS (judged_at); i++)
    {
      try_wrong_passphrase (&tablet);
      judged_at[i] = disk_get_log (disk)->len;
    }
  for (guint at = 0; at <= disk_get_log (disk)->len; at++)
    {
      for (guint64 seed = 0; seed < 6; seed++)
        {
          g_autoptr (Disk) image = medium_cut (medium, seed);
          Tablet again;

          tablet_init (&again, image, 2, 0);
          again.boot_us = 0;
          if (judged > 0)
            g_assert_cmpint (ym_store_get_wait_us (TABLET_DIRECTORY, &again.options), >=,
                             (G_USEC_PER_SEC << (judged - 1)) - 10);
        }
      if (at < disk_get_log (disk)->len)
        medium_apply (medium, g_ptr_array_index (disk_get_log (disk), at));
      while (judged < G_N_ELEMENTS (judged_at) && judged_at[judged] == at + 1)
        judged++;
    }
  g_assert_cmpuint (judged, ==, G_N_ELEMENTS (judged_at));
}

#define STEPS_TO_ENROL 3

static gpointer
do_put_off_checkpoints (YmDesk *desk, gpointer data, GError **error)
{
  return ym_sql_script (desk->db, "PRAGMA wal_autocheckpoint = 0", error) ? desk : NULL;
}

/* A save would wait for the disk longer than it must: once for its commit and once for the head. */
static void
test_a_save_waits_for_two_syncs (void)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Day) day = NULL;
  g_autoptr (GError) error = NULL;
  guint kinds[DISK_N_KINDS] = { 0 };

  day = day_new (disk);
  for (guint i = 0; i < STEPS_TO_ENROL; i++)
    test_succeeds (day_step (day, i, &error), error);
  test_succeeds (tablet_run (&day->tablet, do_put_off_checkpoints, NULL, &error), error);
  test_succeeds (day_go_on (&day->tablet, &day->force.home_1, &error), error);
  disk_record (disk);
  test_succeeds (day_go_on (&day->tablet, &day->force.home_1, &error), error);
  for (guint i = 0; i < disk_get_log (disk)->len; i++)
    kinds[((const DiskOperation *) g_ptr_array_index (disk_get_log (disk), i))->kind]++;
  g_assert_cmpuint (kinds[DISK_SYNC], ==, 2);
  g_assert_cmpuint (kinds[DISK_WRITE] + kinds[DISK_SYNC], ==, disk_get_log (disk)->len); /* no name, no size */
}

static Disk *
run_recorded_day (Day **day)
{
  Disk *disk = disk_new ();

  disk_record (disk);
  *day = day_new (disk);
  day_run (*day);
  return disk;
}

static gboolean
is_same_operation (const DiskOperation *a, const DiskOperation *b)
{
  return a->kind == b->kind && a->failed == b->failed && a->file == b->file && a->at == b->at
         && g_strcmp0 (a->path, b->path) == 0 && g_strcmp0 (a->to, b->to) == 0
         && (a->bytes == NULL ? b->bytes == NULL : b->bytes != NULL && g_bytes_equal (a->bytes, b->bytes));
}

/* A cut that was found wanting could not be seen again by its numbers. */
static void
test_a_day_is_like_the_other (void)
{
  Day *days[2];
  g_autoptr (Disk) first = run_recorded_day (&days[0]);
  g_autoptr (Disk) second = run_recorded_day (&days[1]);

  g_assert_cmpuint (disk_get_log (first)->len, ==, disk_get_log (second)->len);
  for (guint i = 0; i < disk_get_log (first)->len; i++)
    g_assert_true (is_same_operation (g_ptr_array_index (disk_get_log (first), i), g_ptr_array_index (disk_get_log (second), i)));
  day_free (days[0]);
  day_free (days[1]);
}

int
main (int argc, char *argv[])
{
  sweep_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/power/disk/names-come-in-order", test_names_come_in_order);
  g_test_add_func ("/power/disk/writes-are-torn-between-sectors", test_writes_are_torn_between_sectors);
  g_test_add_func ("/power/disk/failed-syncs-lose", test_failed_syncs_lose);
  g_test_add_func ("/power/wrong-tries-are-counted", test_wrong_tries_are_counted);
  g_test_add_func ("/power/a-save-waits-for-two-syncs", test_a_save_waits_for_two_syncs);
  g_test_add_func ("/power/a-day-is-like-the-other", test_a_day_is_like_the_other);
  g_test_add_func ("/power/every-cut", test_every_cut);
  return g_test_run ();
}
