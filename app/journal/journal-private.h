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
  guint64 sealed;       /* the sealed head's counter, which is also the number of the last commit */
  gboolean is_unsealed; /* a commit that no head followed: the next would take its number */
  gboolean in_transaction;
  sqlite3_stmt *undo; /* of the transaction: "ROLLBACK", made while there was memory for it */
};

/** ym_journal_migrate: Makes or migrates every table the journal has. */
gboolean ym_journal_migrate (sqlite3 *db, const YmRandom *random, GError **error);

/* The small facts of which there is one each: `state` rows. */
gboolean ym_journal_state_get (sqlite3 *db, const char *name, YmValue *value, GError **error);
gboolean ym_journal_state_set (sqlite3 *db, const char *name, const YmValue *value, GError **error);

/** ym_journal_read_cursor: As ym_journal_get_cursor(), but a failure to read is none that has no cursor. */
gboolean ym_journal_read_cursor (YmJournal *journal, gboolean *found, YmPosition *cursor, GError **error);

/** ym_journal_envelope_row: An envelope's row as the digest sees it. */
GBytes *ym_journal_envelope_row (gint64 entry, const YmHash *hash, const YmPlacement *placement);

/** ym_journal_stream_hash_at: The stream's running hash up to position @number; zero before its first envelope. */
gboolean ym_journal_stream_hash_at (sqlite3 *db, const YmId *scope, YmClass stream_class, guint64 number, YmHash *hash,
                                    GError **error);
