/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/digest.h"
#include "app/journal/journal.h"

G_BEGIN_DECLS

/**
 * YmReceiptRow:
 * @first: of the author's chain: the first envelope that it is for
 * @last: and the last
 * @body: (transfer none): the receipt as the server signed it
 *
 * A server's receipt as the journal keeps it; what it says is for the exchange to read.
 */
typedef struct {
  YmId author;
  YmId chain;
  guint64 first;
  guint64 last;
  GBytes *body;
} YmReceiptRow;

/** ym_journal_keep_receipt: Inside a transaction of the journal. One that is there already stays as it is. */
gboolean ym_journal_keep_receipt (YmJournal *journal, const YmReceiptRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_receipts_count: Adds every receipt to @digest as it must be. */
gboolean ym_receipts_count (sqlite3 *db, YmDigest *digest, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
