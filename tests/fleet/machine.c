/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hardware in memory: the disk and the medium of tests/power, a skewed clock, seeded randomness. */

#include "tests/fleet/machine.h"

#include <sodium.h>
#include <string.h>

#define DIRECTORY "/store"
#define PASSPHRASE "correct horse battery staple"

/* Frames in the log before SQLite checkpoints: few, so that a day has many checkpoints. */
#define CHECKPOINT_FRAMES "40"

/* Operations that the medium follows at once, so that the log of a long life does not fill the memory. */
#define MOST_LOGGED 2000

static gint64
tick_wall (gpointer context)
{
  Machine *machine = context;
  const gint64 true_us = machine->world == NULL ? WORLD_BEGIN_US : world_now_us (machine->world);

  return true_us + machine->skew_us + (gint64) machine->n_ticks++;
}

static gint64
tick_boot (gpointer context)
{
  Machine *machine = context;
  const gint64 now_us = machine->world == NULL ? 0 : agenda_now_us (machine->world->agenda);

  return now_us - machine->booted_us + 20 * SECOND_US + (gint64) machine->n_ticks++;
}

static void
draw (gpointer context, guint8 *buffer, gsize length)
{
  Machine *machine = context;
  guint8 seed[randombytes_SEEDBYTES] = "fleet";
  const guint64 name[3] = { machine->randomness, machine->number, machine->n_draws++ };

  memcpy (seed + 8, name, sizeof name);
  randombytes_buf_deterministic (buffer, length, seed);
}

static void
use_disk (Machine *machine, Disk *disk)
{
  machine->disk = disk;
  machine->medium = medium_new (disk);
  machine->n_followed = 0;
  disk_record (disk);
  machine->options.files = disk_get_files (disk);
  machine->options.base_vfs = disk_get_vfs (disk);
}

void
machine_init (Machine *machine, World *world, guint number, Disk *disk)
{
  *machine = (Machine){ .world = world, .number = number, .randomness = world == NULL ? G_MAXUINT64 : world->seed };
  machine->clock = (YmClock){ tick_wall, tick_boot, machine };
  machine->random = (YmRandom){ draw, machine };
  machine->options = (YmStoreOptions){
    .clock = &machine->clock,
    .random = &machine->random,
    .argon2_operations = crypto_pwhash_OPSLIMIT_MIN,
    .argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN,
    .cache_bytes = 4 * 1024 * 1024,
  };
  use_disk (machine, disk);
}

static void
close_store (Machine *machine)
{
  g_clear_pointer (&machine->journal, ym_journal_free);
  g_clear_pointer (&machine->store, ym_store_close);
}

void
machine_clear (Machine *machine)
{
  close_store (machine);
  g_clear_pointer (&machine->medium, medium_free);
  g_clear_pointer (&machine->disk, disk_free);
  g_clear_pointer (&machine->left, disk_free);
}

static gboolean
seal (gpointer context, YmHead *head, GError **error)
{
  return ym_store_seal_head (context, head, error);
}

static gboolean
read_head (gpointer context, YmHead *head, GError **error)
{
  return ym_store_read_head (context, head, error);
}

static gboolean
open_store (Machine *machine, gboolean is_new, GError **error)
{
  g_autoptr (YmSecret) secret = ym_secret_new_from_passphrase (PASSPHRASE, strlen (PASSPHRASE));
  YmJournalOptions options = { &machine->clock, &machine->random, seal, read_head, NULL };

  machine->store = is_new ? ym_store_create (DIRECTORY, secret, &machine->options, error)
                          : ym_store_open (DIRECTORY, secret, &machine->options, error);
  if (machine->store == NULL)
    return FALSE;
  options.seal_context = machine->store;
  machine->journal = ym_journal_open (ym_store_writer (machine->store), &options, error);
  if (machine->journal != NULL
      && ym_sql_script (ym_store_writer (machine->store), "PRAGMA wal_autocheckpoint = " CHECKPOINT_FRAMES, error))
    return TRUE;
  close_store (machine);
  return FALSE;
}

gboolean
machine_open (Machine *machine, GError **error)
{
  machine->booted_us = agenda_now_us (machine->world->agenda);
  return open_store (machine, FALSE, error);
}

Disk *
machine_make_blank (guint number, gboolean (*finish) (Machine *machine, GError **error))
{
  g_autoptr (GError) error = NULL;
  Machine machine;
  Disk *disk;

  machine_init (&machine, NULL, number, disk_new ());
  if (!open_store (&machine, TRUE, &error) || !finish (&machine, &error))
    g_error ("%s", error->message);
  close_store (&machine);
  disk = disk_copy (machine.disk);
  machine_clear (&machine);
  return disk;
}

gboolean
machine_sign (gpointer machine, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  ym_store_sign (((Machine *) machine)->store, message, length, signature);
  return TRUE;
}

static void
follow (Machine *machine)
{
  GPtrArray *log = disk_get_log (machine->disk);

  while (machine->n_followed < log->len)
    medium_apply (machine->medium, g_ptr_array_index (log, machine->n_followed++));
}

/* Where nothing is under way the medium is the disk, and the log has done its work. */
static void
forget_log (Machine *machine)
{
  if (disk_get_log (machine->disk)->len < MOST_LOGGED)
    return;
  follow (machine);
  if (!medium_is_settled (machine->medium))
    return;
  medium_free (machine->medium);
  machine->medium = medium_new (machine->disk);
  machine->n_followed = 0;
  disk_record (machine->disk);
}

void
machine_arm (Machine *machine, guint nth)
{
  forget_log (machine);
  machine->is_error = FALSE;
  disk_fail (machine->disk, nth == 0 ? DISK_FAULT_NONE : DISK_FAULT_ERROR, nth, TRUE);
}

void
machine_arm_error (Machine *machine, guint nth)
{
  forget_log (machine);
  machine->is_error = TRUE;
  disk_fail (machine->disk, (DiskFault) chance_between (&machine->world->chance, DISK_FAULT_ERROR, DISK_N_FAULTS - 1), nth,
             FALSE);
}

gboolean
machine_had_error (Machine *machine)
{
  return machine->is_error && disk_has_failed (machine->disk);
}

gboolean
machine_is_lost (Machine *machine)
{
  return machine->is_cut || (!machine->is_error && disk_has_failed (machine->disk));
}

void
machine_cut (Machine *machine)
{
  if (machine->is_cut)
    return;
  machine->is_cut = TRUE;
  follow (machine);
  machine->left = medium_cut (machine->medium, 2 + chance_next (&machine->world->chance) % G_MAXINT32);
  disk_fail (machine->disk, DISK_FAULT_ERROR, 1, TRUE);
}

void
machine_bury (Machine *machine)
{
  Disk *left;

  machine_cut (machine);
  close_store (machine);
  left = g_steal_pointer (&machine->left);
  machine->is_cut = FALSE;
  machine_replace (machine, left);
}

void
machine_end (Machine *machine)
{
  disk_fail (machine->disk, DISK_FAULT_NONE, 0, FALSE);
  /* Closing in good order would tidy up; a program that ends does not. */
  (void) sqlite3_db_config (ym_store_writer (machine->store), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  close_store (machine);
}

Disk *
machine_copy (Machine *machine)
{
  return disk_copy (machine->disk);
}

void
machine_replace (Machine *machine, Disk *disk)
{
  g_assert_null (machine->store);
  g_clear_pointer (&machine->medium, medium_free);
  g_clear_pointer (&machine->disk, disk_free);
  use_disk (machine, disk);
}
