/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/digest.h"
#include "app/journal/journal.h"

/* What the files of the journal share. */

struct _YmJournal {
  sqlite3 *db;
  YmJournalOptions options;
  gboolean founded;
  YmId force;
  YmId device;
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  YmDigest digest;
  YmHash digest_before; /* to return to when the transaction is rolled back */
  gboolean founded_before;
  YmId device_before;
  guint64 sealed;       /* the sealed head's counter, which is also the number of the last commit */
  gboolean is_unsealed; /* a commit that no head followed: the next would take its number */
  gboolean in_transaction;
  sqlite3_stmt *undo; /* of the transaction: "ROLLBACK", made while there was memory for it */
};

/**
 * ym_journal_prepare:
 * @current: (out): whether the tables are those of this program; else ym_journal_migrate() brings them up to date
 *
 * Makes every table that the journal has in a new store. YM_ERROR_NEWER for a store that a newer program wrote.
 */
gboolean ym_journal_prepare (sqlite3 *db, const YmRandom *random, gboolean *current, GError **error);

/** ym_journal_migrate: Brings the tables up to date, inside a transaction, once they have been held against the head. */
gboolean ym_journal_migrate (YmJournal *journal, GError **error);

/** ym_journal_fold_again: Makes the rows of all records that envelope @entry touches anew. */
gboolean ym_journal_fold_again (YmJournal *journal, gint64 entry, GError **error);

/* The small facts of which there is one each: `state` rows. */
gboolean ym_journal_state_get (sqlite3 *db, const char *name, YmValue *value, GError **error);
gboolean ym_journal_state_set (sqlite3 *db, const char *name, const YmValue *value, GError **error);

/** ym_journal_renew_digest: Counts the digest anew and believes it: for a migration. */
gboolean ym_journal_renew_digest (YmJournal *journal, GError **error);

/** ym_journal_read_cursor: As ym_journal_get_cursor(), but a failure to read is none that has no cursor. */
gboolean ym_journal_read_cursor (YmJournal *journal, gboolean *found, YmPosition *cursor, GError **error);

/** ym_journal_start_chain_from: As ym_journal_start_chain(), from a point that need not be here. */
gboolean ym_journal_start_chain_from (YmJournal *journal, const YmId *author, const YmChainPoint *parent, GError **error);

/**
 * ym_journal_write_again:
 * @old: what the author signed before; its group, intent, times and base are kept
 * @change_set: its change set
 *
 * Signs the same change set anew as the next of the author's present chain, and keeps it, inside a transaction. The old
 * envelope must be out of the journal by then.
 */
gboolean ym_journal_write_again (YmJournal *journal, const YmAuthor *author, const YmEnvelope *old, GBytes *change_set,
                                 GError **error);

/** ym_journal_place_revocation: After envelope @entry got its place: if it is a revocation, what it had set aside is judged anew. */
gboolean ym_journal_place_revocation (YmJournal *journal, gint64 entry, GError **error);

/** ym_journal_forget: Takes an envelope out of the journal as if it had never come, inside a transaction. */
gboolean ym_journal_forget (YmJournal *journal, gint64 entry, GError **error);

/** ym_journal_envelope_row: An envelope's row as the digest sees it. */
GBytes *ym_journal_envelope_row (gint64 entry, const YmHash *hash, const YmPlacement *placement);

/** ym_journal_stream_hash_at: The stream's running hash up to position @number; zero before its first envelope. */
gboolean ym_journal_stream_hash_at (sqlite3 *db, const YmId *scope, YmClass stream_class, guint64 number, YmHash *hash,
                                    GError **error);
