/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/cose.h"

G_BEGIN_DECLS

/**
 * YmAudit:
 * @envelopes: looked at
 * @authors: that signed them
 * @chains: that they make
 * @withheld: that have no change set here, though nothing erased it
 * @problems: (element-type utf8): what is wrong, in whole sentences; empty when all is well
 *
 * What a whole walk over a store's envelopes found. Clear with ym_audit_clear().
 */
typedef struct {
  guint64 envelopes;
  guint64 authors;
  guint64 chains;
  guint64 withheld;
  GPtrArray *problems;
} YmAudit;

void ym_audit_clear (YmAudit *audit);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmAudit, ym_audit_clear)

/** YM_AUDIT_MOST_PROBLEMS: no more than this are said one by one; a store so damaged is not mended line by line. */
#define YM_AUDIT_MOST_PROBLEMS 100

/**
 * ym_journal_audit:
 * @db: any connection to the store
 * @root_key: the force's root public key
 * @audit: (out): what was found; clear it whatever is returned
 *
 * Believes nothing that is stored: reads every envelope again, checks its hash, its signature by a certified author,
 * its change set, its place in the author's chain, and the columns beside it; then the tables' digest. What an author
 * wrote about homes that this store does not hold leaves gaps in colleagues' chains, which are no problem. A walk over
 * everything: for a program that was asked to, or a thread in the background.
 *
 * Returns: %FALSE with YM_ERROR_STORAGE or YM_ERROR_DAMAGED if the store can't even be read
 */
gboolean ym_journal_audit (sqlite3 *db, const guint8 root_key[YM_PUBLIC_KEY_BYTES], YmAudit *audit,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
