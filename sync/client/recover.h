/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/salvage.h"
#include "app/vault/salvage.h"

G_BEGIN_DECLS

/**
 * YmRecovery:
 * @counts: what of the files could be read
 * @journal: what of the journal was saved, and what is missing
 * @drafts: how many drafts were saved
 * @receipts: how many of the server's receipts verify
 * @enrolled: whether the store still knows its server; else the device has to be enrolled again, and stays itself
 * @aside: where the damaged store is now
 *
 * What came of a recovery. Clear with ym_recovery_clear().
 */
typedef struct {
  YmSalvageCounts counts;
  YmJournalSalvage journal;
  guint drafts;
  guint receipts;
  gboolean enrolled;
  char *aside;
} YmRecovery;

void ym_recovery_clear (YmRecovery *recovery);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmRecovery, ym_recovery_clear)

/**
 * ym_recover:
 * @directory: a store that opens with damage, or not at all; closed
 * @passphrase: opens it, and the new one
 *
 * Saves what verifies into a new store, which then takes the damaged one's place in one step; that one is kept beside it.
 * The next exchange brings back what the server holds. Needs no network. Blocks. Errors as for ym_salvage_open();
 * YM_ERROR_DAMAGED if nothing at all can be saved. After an error the damaged store is where it was.
 */
gboolean ym_recover (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                     YmRecovery *recovery, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
