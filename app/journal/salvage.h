/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "app/vault/salvage.h"

G_BEGIN_DECLS

/**
 * YmJournalGap:
 * @author: whose envelopes are missing
 * @chain: in which of the author's chains
 * @first: the number of the first
 * @last: and of the last
 *
 * Envelopes that were here and are not any more.
 */
typedef struct {
  YmId author;
  YmId chain;
  guint64 first;
  guint64 last;
} YmJournalGap;

/**
 * YmJournalSalvage:
 * @found: envelopes whose bytes hold together
 * @taken: those that verify, and are in the new journal
 * @own_taken: those of them that are this device's
 * @own_pending: those of them that the server has not receipted
 * @waiting: those whose author's certificate is not here; they wait for it
 * @entries: how many there must have been, by the sealed head or the numbers of what was found
 * @head_read: whether the sealed head could be read: else what was last may be missing without a trace
 * @gaps: (element-type YmJournalGap): what is known to be missing
 *
 * What came of a salvage. Clear with ym_journal_salvage_clear().
 */
typedef struct {
  guint64 found;
  guint64 taken;
  guint64 own_taken;
  guint64 own_pending;
  guint64 waiting;
  guint64 entries;
  gboolean head_read;
  GArray *gaps;
} YmJournalSalvage;

void ym_journal_salvage_clear (YmJournalSalvage *salvage);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmJournalSalvage, ym_journal_salvage_clear)

/**
 * ym_journal_salvage_begin:
 * @db: the writing connection of a new store
 *
 * Makes the table in which rows wait to be verified. As long as it is there the store is one that was salvaged and has
 * not heard from the server since: see ym_journal_salvage_is_open().
 */
gboolean ym_journal_salvage_begin (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_salvage_row: Sets a row aside if it is one of the journal's; others are passed over. In a transaction. */
gboolean ym_journal_salvage_row (sqlite3 *db, const YmSalvagedRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_salvage_take:
 * @device: this device's id
 * @head: (nullable): what the damaged store promised
 *
 * Founds the journal as the damaged store was, and takes in what verifies, in the order in which it came there: the same
 * fold gives the same tables. The device goes on in a new chain that names the end of the old. Outside a transaction; a
 * journal that nobody can be shown to have founded stays unfounded, and everything waits.
 */
gboolean ym_journal_salvage_take (YmJournal *journal, const YmId *device, const YmHead *head,
                                  YmJournalSalvage *salvage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_salvage_is_open: Whether the store was salvaged and has not been mended since. */
gboolean ym_journal_salvage_is_open (sqlite3 *db, gboolean *open, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_salvage_chains:
 *
 * As ym_journal_chains(), but each only as far as nothing is missing in it: what comes after the server shall give back.
 *
 * Returns: (transfer full) (element-type YmChainPoint) (nullable)
 */
GArray *ym_journal_salvage_chains (YmJournal *journal, const YmId *author, GError **error);

/**
 * ym_journal_salvage_mend:
 * @author: this device
 *
 * When everything that the server holds has come back, inside a transaction: takes in what has waited for a certificate;
 * and what this device signed and the server can't take any more, because an envelope before it or of its group is lost
 * for good, is signed once more in the present chain, with the same change set. The old envelope is kept as evidence.
 */
gboolean ym_journal_salvage_mend (YmJournal *journal, const YmAuthor *author, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
