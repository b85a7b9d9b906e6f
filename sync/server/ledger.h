/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"

G_BEGIN_DECLS

/**
 * YmLedger:
 *
 * The order of a force's envelopes, as one server keeps it: a journal whose positions are given out here, with what
 * the server alone remembers beside it (each device's counter, enrolments under way). Belongs to the thread that
 * owns the writing connection.
 */
typedef struct _YmLedger YmLedger;

/**
 * YmLedgerOptions:
 * @clock: for what receipts and entries say of time
 * @random: for the epoch
 * @public_key: the server's signing key
 * @signer: signs with it
 */
typedef struct {
  const YmClock *clock;
  const YmRandom *random;
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  YmSigner signer;
} YmLedgerOptions;

/**
 * ym_ledger_open:
 * @journal: outlives the ledger
 *
 * Makes or migrates the server's own tables; a new ledger gets a random epoch.
 *
 * Returns: (transfer full) (nullable): the ledger
 */
YmLedger *ym_ledger_open (YmJournal *journal, const YmLedgerOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_ledger_free (YmLedger *ledger);

/**
 * ym_ledger_load_identity:
 * @bundle: an encoded YmBundle, as `ymweld-admin certify-server` writes it
 *
 * Takes the force's identity in: the first time it says whom this server trusts, for which the operator who hands the
 * file over vouches; later times it must be the same force. What is known already stays as it is. Errors:
 * YM_ERROR_MALFORMED, YM_ERROR_SIGNATURE, YM_ERROR_INVALID (another force, or no certificate for this server in it).
 */
gboolean ym_ledger_load_identity (YmLedger *ledger, GBytes *bundle, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ledger_is_ready: Whether the root key has certified this server's signing key. */
gboolean ym_ledger_is_ready (YmLedger *ledger);

YmJournal *ym_ledger_get_journal (YmLedger *ledger);
const YmId *ym_ledger_get_epoch (YmLedger *ledger);
const YmId *ym_ledger_get_server (YmLedger *ledger);

/** ym_ledger_get_end: The last position given out; 0 while there is none. */
guint64 ym_ledger_get_end (YmLedger *ledger);

/**
 * ym_ledger_renew_epoch:
 *
 * A new random epoch, for a copy of a ledger that must never speak for the original. Outside a transaction.
 */
gboolean ym_ledger_renew_epoch (sqlite3 *db, const YmRandom *random, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmLedger, ym_ledger_free)

G_END_DECLS
