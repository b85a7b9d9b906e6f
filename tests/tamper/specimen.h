/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/day.h"

G_BEGIN_DECLS

/**
 * Specimen:
 * @disk: a store as a tablet leaves it: vault, a log with commits in it if it was not locked, both keyrings, head,
 *   counter of tries, and a log that was kept
 * @older: (element-type Disk): the same store after each step of the day
 * @older_locked: (element-type Disk): the same, locked then, so that all its pages are in the vault; a page is sealed in the
 *   same way in the log
 * @older_passphrases: (element-type utf8): what opens each of them
 * @older_states: (element-type YmHash): what each of them holds
 * @foreign: another officer's store of the same force
 * @passphrase: opens @disk
 * @state: every row of every table of @disk
 * @words: (element-type utf8): what a search can be asked for
 * @found: what it finds for each
 * @root_key: whom it trusts
 *
 * A store to be tampered with, made by a short real day.
 */
typedef struct {
  Disk *disk;
  GPtrArray *older;
  GPtrArray *older_locked;
  GPtrArray *older_passphrases;
  GArray *older_states;
  Disk *foreign;
  const char *passphrase;
  YmHash state;
  GPtrArray *words;
  YmHash found;
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  gint64 wall_us;
} Specimen;

/** SpecimenState: @SPECIMEN_LOCKED: all is in the vault, a draft too; @SPECIMEN_CUT: the power went, and a log is left. */
typedef enum {
  SPECIMEN_LOCKED,
  SPECIMEN_CUT,
} SpecimenState;

Specimen *specimen_new (SpecimenState state);
void specimen_free (Specimen *specimen);

/** specimen_list: (transfer full): The names of the files of @disk, without the directory; what they hold is read as a store. */
char **specimen_list (Specimen *specimen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Specimen, specimen_free)

G_END_DECLS
