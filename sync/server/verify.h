/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/audit.h"
#include "app/journal/journal.h"

G_BEGIN_DECLS

/**
 * YmVerification:
 * @audit: envelopes, signatures, chains, change sets and the tables' digest; its problems include those below
 * @end: the last position
 * @receipts: verified
 * @records: folded anew and compared
 * @missing: envelopes that an earlier ledger had and nobody has brought back
 *
 * What a whole walk over a ledger found. Clear with ym_verification_clear().
 */
typedef struct {
  YmAudit audit;
  guint64 end;
  guint64 receipts;
  guint64 records;
  guint64 missing;
} YmVerification;

void ym_verification_clear (YmVerification *verification);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmVerification, ym_verification_clear)

/**
 * ym_ledger_verify:
 * @db: any connection to the ledger
 * @verification: (out): clear it whatever is returned
 *
 * As ym_journal_audit(), and beyond what any replica could say: positions without gaps, chains whole from their first
 * envelope, receipts that verify and say what the ledger says, and each row what its operations give.
 *
 * Returns: %FALSE if the store can't even be read, or has no force yet (YM_ERROR_NOT_FOUND)
 */
gboolean ym_ledger_verify (sqlite3 *db, YmVerification *verification, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
