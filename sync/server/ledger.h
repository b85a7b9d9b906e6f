/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "sync/server/order.h"

G_BEGIN_DECLS

/**
 * YmLedger:
 *
 * The order of a force's envelopes, as one server has it: a journal whose positions are given out here, with what
 * servers alone remember beside it (each device's counter, enrolments under way). Either the journal is all there is of it
 * (embedded), or the order is kept elsewhere, for several servers (YmOrder). Belongs to the thread that owns the writing
 * connection.
 */
typedef struct _YmLedger YmLedger;

/**
 * YmLedgerOptions:
 * @clock: for what receipts and entries say of time
 * @random: for the epoch
 * @public_key: the server's signing key
 * @signer: signs with it
 * @order: (nullable): where the order is kept, and outlives the ledger; the journal is then a fold of it, empty or as far
 *   as an order had come once, that this ledger alone writes. %NULL: the journal itself is the ledger (embedded)
 */
typedef struct {
  const YmClock *clock;
  const YmRandom *random;
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  YmSigner signer;
  const YmOrder *order;
} YmLedgerOptions;

/**
 * ym_ledger_open:
 * @journal: outlives the ledger
 *
 * Makes or migrates the server's own tables; a new ledger gets a random epoch. With an order and a journal that is
 * founded, reads all that is in the order.
 *
 * Returns: (transfer full) (nullable): the ledger; NULL with YM_ERROR_NETWORK if the order can't be reached
 */
YmLedger *ym_ledger_open (YmJournal *journal, const YmLedgerOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_ledger_free (YmLedger *ledger);

/**
 * ym_ledger_load_identity:
 * @bundle: an encoded YmBundle, as `ymweld-admin certify-server` writes it
 *
 * Takes the force's identity in: the first time it says whom this server trusts, for which the operator who hands the
 * file over vouches; later times it must be the same force. What is known already stays as it is. Errors:
 * YM_ERROR_MALFORMED, YM_ERROR_SIGNATURE, YM_ERROR_INVALID (another force, no certificate for this server in it, or older
 * than the backup that was put back).
 */
gboolean ym_ledger_load_identity (YmLedger *ledger, GBytes *bundle, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ledger_is_ready: Whether the root key has certified this server's signing key, and this is not a copy that was put back
 * and has no current identity yet. */
gboolean ym_ledger_is_ready (YmLedger *ledger);

/**
 * ym_ledger_follow:
 *
 * Takes in what other servers have appended, so that the next jobs find less to do. Needs no lock on the order; does
 * nothing where there is none. Errors: YM_ERROR_NETWORK, try later; others: this fold is good for nothing any more.
 */
gboolean ym_ledger_follow (YmLedger *ledger, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ledger_watch: As a YmOrder's @watch; never calls @news where there is no order. */
void ym_ledger_watch (YmLedger *ledger, void (*news) (gpointer data), gpointer data);

/**
 * ym_ledger_move_to:
 * @ledger: embedded
 * @order: an empty one, or one that has the beginning of this ledger
 *
 * Puts everything into the order: positions, receipts and epoch stay what they are. Back again it comes by opening the
 * ledger with the order once.
 */
gboolean ym_ledger_move_to (YmLedger *ledger, const YmOrder *order, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ledger_set_moved: Says, for good, whether the ledger is elsewhere, so that this one must not give out positions. */
gboolean ym_ledger_set_moved (YmLedger *ledger, gboolean moved, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_ledger_is_moved (YmLedger *ledger);

YmJournal *ym_ledger_get_journal (YmLedger *ledger);
const YmId *ym_ledger_get_epoch (YmLedger *ledger);
const YmId *ym_ledger_get_server (YmLedger *ledger);

/** ym_ledger_get_end: The last position given out; 0 while there is none. */
guint64 ym_ledger_get_end (YmLedger *ledger);

/**
 * ym_ledger_mark_copy:
 *
 * For a copy of a ledger, which may be older than what was served since: it is not ready before it has the force's current
 * identity, so that what was revoked stays revoked, and then goes on in a new random epoch.
 */
gboolean ym_ledger_mark_copy (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmLedger, ym_ledger_free)

G_END_DECLS
