/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "tests/power/disk.h"

G_BEGIN_DECLS

#define TABLET_DIRECTORY "/tablet"

/**
 * Tablet:
 * @disk: (transfer none): what the store lies on
 * @wall_us: its wall clock, a microsecond later at each look
 * @boot_us: time since boot, the same
 * @seed: of its random numbers, counts up
 * @is_bare: open the store and its journal alone, without the notebook's two threads and its reader
 * @notebook: (nullable): the open store
 * @store: (nullable): the open store, if it is bare
 * @found_counter: if it is bare: of the sealed head as it was found, before the journal looked at it; 0: none
 *
 * An officer's tablet: the real notebook on a disk in memory, with a clock and a chance of its own. The key derivation
 * is the least there is.
 */
typedef struct {
  Disk *disk;
  gint64 wall_us;
  gint64 boot_us;
  guint64 seed;
  YmClock clock;
  YmRandom random;
  YmStoreOptions options;
  gboolean is_bare;
  YmNotebook *notebook;
  YmStore *store;
  guint64 found_counter;
  YmJournal *journal;
} Tablet;

void tablet_init (Tablet *tablet, Disk *disk, guint64 seed, gint64 wall_us);

gboolean tablet_create (Tablet *tablet, const char *passphrase, GError **error);

/** tablet_open: Waits first, by its clock, as long as wrong tries demand; checkpoints come early, see tablet.c. */
gboolean tablet_open (Tablet *tablet, const char *passphrase, GError **error);
void tablet_close (Tablet *tablet);
gboolean tablet_is_open (Tablet *tablet);

/** tablet_switch_off: As tablet_close(), without the last checkpoint: it is of no interest any more. */
void tablet_switch_off (Tablet *tablet);

/** tablet_run: Work on the writing lane; FALSE with @error if it returned NULL with one. */
gboolean tablet_run (Tablet *tablet, YmWork work, gpointer data, GError **error);

/** tablet_tend: If it is bare: what the writing lane does when it has nothing else to do, to its end. */
gboolean tablet_tend (Tablet *tablet, GError **error);

/** tablet_get_store: (transfer none): The open store. */
YmStore *tablet_get_store (Tablet *tablet);

/** tablet_head_counter: How often the head that lies there now was sealed; 0 if there is none. */
guint64 tablet_head_counter (Tablet *tablet);

/** tablet_state: A hash of every row of every table but the index of words: two stores with the same hold the same. */
gboolean tablet_state (Tablet *tablet, YmHash *state, GError **error);

/**
 * tablet_words:
 * @words: (element-type utf8): what is asked for; those that are there are added if it is empty
 *
 * A hash of what a search finds for each of them: two stores with the same find the same.
 */
gboolean tablet_words (Tablet *tablet, GPtrArray *words, YmHash *found, GError **error);

/** tablet_pages: A number that follows from every byte of every page, or 0 if they can't be read. What is said of the tables of
 * one store is true of another with the same. */
guint64 tablet_pages (Tablet *tablet);

/** tablet_check_pages: SQLite's integrity check, also of the index of words. */
gboolean tablet_check_pages (Tablet *tablet, GError **error);

/** tablet_recount: The journal's check of every row against its digest. */
gboolean tablet_recount (Tablet *tablet, GError **error);

G_END_DECLS
