/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "app/vault/store.h"
#include "tests/fleet/world.h"
#include "tests/power/disk.h"
#include "tests/power/medium.h"

G_BEGIN_DECLS

/**
 * Machine:
 * @skew_us: how far its wall clock is off
 * @disk: what a program sees of it
 * @is_cut: the power is gone; what is still running must be let go with machine_bury()
 * @store: (nullable): while it runs
 * @journal: (nullable): while it runs
 *
 * A tablet's or server's hardware with an encrypted store on it: a disk in memory whose power can be cut at any
 * operation, a clock that is wrong, and random numbers of its own.
 */
typedef struct {
  World *world;
  guint number;
  gint64 skew_us;
  gint64 booted_us;
  guint64 n_ticks;
  guint64 n_draws;
  guint64 randomness;
  Disk *disk;
  Medium *medium;
  guint n_followed;
  gboolean is_cut;
  gboolean is_error; /* what was armed is an error, no cut */
  Disk *left;
  YmClock clock;
  YmRandom random;
  YmStoreOptions options;
  YmStore *store;
  YmJournal *journal;
} Machine;

/**
 * machine_init:
 * @world: (nullable): none while a blank store is made
 * @number: no two in a world have the same
 * @disk: (transfer full): with a blank store, see machine_make_blank()
 */
void machine_init (Machine *machine, World *world, guint number, Disk *disk);

/** machine_clear: Lets go of everything, running or not. */
void machine_clear (Machine *machine);

/** machine_make_blank: (transfer full): A disk with a new store on it; its keys follow from @number. */
Disk *machine_make_blank (guint number, gboolean (*finish) (Machine *machine, GError **error));

/** machine_open: Opens the store and its journal, as the real programs do. */
gboolean machine_open (Machine *machine, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** machine_sign: A YmSigner's: with the store's own key. */
gboolean machine_sign (gpointer machine, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES],
                       GError **error);

/** machine_arm: The power goes at the @nth file operation from now; 0: it does not. */
void machine_arm (Machine *machine, guint nth);

/** machine_arm_error: The @nth operation from now fails, in some way, and nothing else does. */
void machine_arm_error (Machine *machine, guint nth);

/** machine_had_error: Whether it has failed since. */
gboolean machine_had_error (Machine *machine);

/** machine_is_lost: Whether it has gone, or the power was cut. */
gboolean machine_is_lost (Machine *machine);

/** machine_cut: The power goes now. What runs on sees each of its file operations fail. */
void machine_cut (Machine *machine);

/** machine_bury: Lets go of what ran, and leaves what the cut left on the disk. */
void machine_bury (Machine *machine);

/** machine_end: The program that runs ends at once; the disk stays as the kernel has it. */
void machine_end (Machine *machine);

/** machine_copy: (transfer full): What would be on the disk if all were switched off now in good order. */
Disk *machine_copy (Machine *machine);

/** machine_replace: Puts another disk in; nothing may run. @disk: (transfer full) */
void machine_replace (Machine *machine, Disk *disk);

G_END_DECLS
