/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"

G_BEGIN_DECLS

/**
 * YmJournalBackfill:
 * @scope: a home that has become visible
 * @number: its earlier envelopes up to this position are in
 *
 * A scope whose earlier envelopes are still coming in, after those that follow the cursor.
 */
typedef struct {
  YmId scope;
  guint64 number;
} YmJournalBackfill;

/**
 * ym_journal_set_backfill:
 * @complete: all earlier envelopes are in
 *
 * Opens, continues or ends a backfill, inside a transaction and before ym_journal_advance(). The running hashes of the
 * scope's streams wait until it is complete, because they can only be computed from the first envelope on.
 */
gboolean ym_journal_set_backfill (YmJournal *journal, const YmId *scope, guint64 number, gboolean complete,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_backfills: (transfer full) (element-type YmJournalBackfill) (nullable): What is under way, by scope. */
GArray *ym_journal_backfills (sqlite3 *db, GError **error);

G_END_DECLS
