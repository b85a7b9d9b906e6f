/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store that is tampered with: the scripted day of the power cuts, copied after each of its steps. */

#include "tests/tamper/specimen.h"

#include <string.h>

/* A log that could not be read once and was kept: SQLite never looks at it again. */
static void
keep_a_log (Disk *disk)
{
  g_autoptr (GBytes) log = disk_read (disk, TABLET_DIRECTORY "/vault");
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (log, 0, 2048);

  disk_write (disk, TABLET_DIRECTORY "/vault-wal.kept-1", part);
}

static gpointer
do_leave_in_log (YmDesk *desk, gpointer data, GError **error)
{
  return ym_sql_script (desk->db, "PRAGMA wal_autocheckpoint = 0", error) ? desk : NULL;
}

/* From this step on the store is not checkpointed: what is in the log then is nowhere else. */
#define LAST_CHECKPOINT 22

/* How many steps are done: to where the store is locked with a draft in it, and all but the last, which would lock it. */
static const guint n_steps[] = { [SPECIMEN_LOCKED] = 20, [SPECIMEN_CUT] = 27 };

static Disk *
copy_locked (Day *day, Disk *disk)
{
  Disk *copy = disk_copy (disk);
  g_autoptr (GError) error = NULL;
  Tablet tablet;

  tablet_init (&tablet, copy, 7, day->tablet.wall_us);
  tablet.is_bare = TRUE;
  test_succeeds (tablet_open (&tablet, day->passphrase, &error), error);
  tablet_close (&tablet);
  return copy;
}

static Day *
run_day (Specimen *specimen, Disk *disk, guint n)
{
  YmHash state = { { 0 } };
  Day *day;

  disk_record (disk);
  day = day_new (disk);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      test_succeeds (day_step (day, i, &error), error);
      if (i == LAST_CHECKPOINT)
        test_succeeds (tablet_run (&day->tablet, do_leave_in_log, NULL, &error), error);
      if (tablet_is_open (&day->tablet))
        test_succeeds (tablet_state (&day->tablet, &state, &error), error);
      g_ptr_array_add (specimen->older, disk_copy (disk));
      g_ptr_array_add (specimen->older_locked, copy_locked (day, disk));
      g_ptr_array_add (specimen->older_passphrases, (gpointer) day->passphrase);
      g_array_append_val (specimen->older_states, state);
    }
  return day;
}

static Disk *
make_foreign (void)
{
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Day) day = NULL;
  g_autoptr (GError) error = NULL;

  disk_record (disk);
  day = day_new (disk);
  day->tablet.seed += G_GUINT64_CONSTANT (77) << 32;
  for (guint i = 0; i < 8; i++)
    test_succeeds (day_step (day, i, &error), error);
  return disk_copy (disk);
}

static void
ask_for_words (Specimen *specimen)
{
  g_autoptr (Disk) copy = disk_copy (specimen->disk);
  g_autoptr (GError) error = NULL;
  Tablet tablet;

  tablet_init (&tablet, copy, 7, specimen->wall_us);
  tablet.is_bare = TRUE;
  test_succeeds (tablet_open (&tablet, specimen->passphrase, &error), error);
  test_succeeds (tablet_words (&tablet, specimen->words, &specimen->found, &error), error);
  tablet_switch_off (&tablet);
  g_assert_cmpuint (specimen->words->len, >, 20);
}

Specimen *
specimen_new (SpecimenState state)
{
  Specimen *specimen = g_new0 (Specimen, 1);
  g_autoptr (Disk) disk = disk_new ();
  g_autoptr (Day) day = NULL;

  specimen->older = g_ptr_array_new_with_free_func ((GDestroyNotify) disk_free);
  specimen->older_locked = g_ptr_array_new_with_free_func ((GDestroyNotify) disk_free);
  specimen->older_passphrases = g_ptr_array_new ();
  specimen->older_states = g_array_new (FALSE, FALSE, sizeof (YmHash));
  day = run_day (specimen, disk, n_steps[state]);
  specimen->state = g_array_index (specimen->older_states, YmHash, specimen->older_states->len - 1);
  memcpy (specimen->root_key, day->force.devices[TEST_ROOT].public_key, YM_PUBLIC_KEY_BYTES);
  specimen->passphrase = day->passphrase;
  specimen->wall_us = day->tablet.wall_us;
  specimen->disk = disk_copy (disk);
  keep_a_log (specimen->disk);
  specimen->foreign = make_foreign ();
  specimen->words = g_ptr_array_new_with_free_func (g_free);
  ask_for_words (specimen);
  return specimen;
}

void
specimen_free (Specimen *specimen)
{
  disk_free (specimen->disk);
  disk_free (specimen->foreign);
  g_ptr_array_unref (specimen->older);
  g_ptr_array_unref (specimen->words);
  g_ptr_array_unref (specimen->older_locked);
  g_ptr_array_unref (specimen->older_passphrases);
  g_array_unref (specimen->older_states);
  g_free (specimen);
}

char **
specimen_list (Specimen *specimen)
{
  g_auto (GStrv) paths = disk_list (specimen->disk);
  GStrvBuilder *names = g_strv_builder_new ();
  char **list;

  for (guint i = 0; paths[i] != NULL; i++)
    if (g_str_has_prefix (paths[i], TABLET_DIRECTORY "/") && !g_str_has_suffix (paths[i], "/lock"))
      g_strv_builder_add (names, paths[i] + strlen (TABLET_DIRECTORY "/"));
  list = g_strv_builder_end (names);
  g_strv_builder_unref (names);
  return list;
}
