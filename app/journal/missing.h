/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"

G_BEGIN_DECLS

/**
 * YmMissing:
 * @author: who signed them
 * @chain: in which of the author's chains
 * @first: the number of the first
 * @last: and of the last
 *
 * Envelopes that must have been, because others name them, and that nobody has brought back.
 */
typedef struct {
  YmId author;
  YmId chain;
  guint64 first;
  guint64 last;
} YmMissing;

/**
 * ym_journal_missing:
 * @db: any connection to a server's store
 *
 * The gaps in all chains: a server has none but what a lost ledger had.
 *
 * Returns: (transfer full) (element-type YmMissing) (nullable)
 */
GArray *ym_journal_missing (sqlite3 *db, GError **error);

/**
 * ym_journal_missing_here:
 * @db: any connection to a device's store
 *
 * A device sees of a colleague's chain only what is in its streams, so it goes by what each envelope says of the one before it in
 * the same stream. Nothing is looked at in a store whose server was never restored.
 *
 * Returns: (transfer full) (element-type YmMissing) (nullable)
 */
GArray *ym_journal_missing_here (sqlite3 *db, GError **error);

G_END_DECLS
