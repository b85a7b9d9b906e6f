/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/salvage.h"

/* What the files of the salvage share. */

/**
 * ym_journal_salvage_pass:
 * @last_own: (nullable): the last own envelope, if it is known
 * @in_slices: whether the transaction may be committed and begun again on the way
 * @taken: (out): how many verified
 *
 * Takes in what verifies of what was set aside, inside a transaction.
 */
gboolean ym_journal_salvage_pass (YmJournal *journal, const YmHash *last_own, gboolean in_slices, guint64 *taken,
                                  GError **error);

/** ym_journal_salvage_leave_chain: Starts a new chain at where the old one ended: as the head promised, or as far as it is
 * here if that is further. In a transaction. */
gboolean ym_journal_salvage_leave_chain (YmJournal *journal, const YmId *device, const YmHead *head, GError **error);

/* Fill in a part of @salvage each: before anything is taken, and after. */
gboolean ym_journal_salvage_count_found (sqlite3 *db, const YmHead *head, YmJournalSalvage *salvage, GError **error);
gboolean ym_journal_salvage_count_taken (sqlite3 *db, const YmId *device, const YmHead *head,
                                         YmJournalSalvage *salvage, GError **error);
