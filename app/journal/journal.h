/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/clock.h"
#include "app/base/sql.h"
#include "app/forms/record.h"
#include "app/journal/author.h"
#include "app/journal/arrival.h"
#include "app/journal/lineage.h"
#include "app/vault/head.h"

G_BEGIN_DECLS

/**
 * YmJournal:
 *
 * The signed envelopes in a store and the tables that are folded from them: on a device, in the
 * administrator's tool and on the server alike. Belongs to the thread that owns the writing connection.
 */
typedef struct _YmJournal YmJournal;

/**
 * YmJournalOptions:
 * @clock: for the times that envelopes carry
 * @random: for chains, groups and salts
 * @seal: (nullable): makes the head durable, as ym_store_seal_head(), which counts its `counter`; %NULL for a
 *   store without one, in tests
 * @read: (nullable): reads the head back, as ym_store_read_head()
 * @seal_context: handed to both
 */
typedef struct {
  const YmClock *clock;
  const YmRandom *random;
  gboolean (*seal) (gpointer context, YmHead *head, GError **error);
  gboolean (*read) (gpointer context, YmHead *head, GError **error);
  gpointer seal_context;
} YmJournalOptions;

/**
 * ym_journal_open:
 * @db: the writing connection; outlives the journal
 *
 * Makes or migrates the tables, and holds what is there against the sealed head. What the head promises and the
 * store has not is YM_ERROR_DAMAGED, said by number; nothing is thrown away.
 *
 * Returns: (transfer full) (nullable): the journal
 */
YmJournal *ym_journal_open (sqlite3 *db, const YmJournalOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_journal_free (YmJournal *journal);
sqlite3 *ym_journal_get_db (YmJournal *journal);

/**
 * ym_journal_found:
 * @root_key: the force's root public key, verified by whoever calls
 * @device: this device's id
 *
 * Says once and for all whom this store trusts, inside a transaction. The same again is fine, another is
 * YM_ERROR_INVALID.
 */
gboolean ym_journal_found (YmJournal *journal, const guint8 root_key[YM_PUBLIC_KEY_BYTES], const YmId *device,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_journal_is_founded (YmJournal *journal);

/**
 * ym_journal_succeed:
 * @device: the new one; certified for the same officer by whoever calls
 *
 * From now on this store is of another device, as it is after its keys were brought back from escrow, inside a
 * transaction. What the old device signed stays as it was signed, and is pushed as what it is.
 */
gboolean ym_journal_succeed (YmJournal *journal, const YmId *device, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_get_force: (transfer none): The force's id; all zero before ym_journal_found(). */
const YmId *ym_journal_get_force (YmJournal *journal);
const YmId *ym_journal_get_device (YmJournal *journal);
const guint8 *ym_journal_get_root_key (YmJournal *journal);

/**
 * ym_journal_begin: / ym_journal_commit: / ym_journal_rollback:
 *
 * One transaction around any number of writes, takes and other statements. A commit is acknowledged only when the
 * sealed head is durable; if that fails, the store must be opened again before anything is believed.
 */
gboolean ym_journal_begin (YmJournal *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_journal_commit (YmJournal *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_journal_rollback (YmJournal *journal);

/** YmJournalStep: A part of a transaction that can be undone by itself; steps may hold further steps. */
typedef struct {
  YmHash digest;
} YmJournalStep;

/**
 * ym_journal_begin_step: / ym_journal_end_step: / ym_journal_undo_step:
 * @step: (out) in the first; then the one begun last
 *
 * Inside a transaction. After an error only ym_journal_rollback() is left.
 */
gboolean ym_journal_begin_step (YmJournal *journal, YmJournalStep *step, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_journal_end_step (YmJournal *journal, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_journal_undo_step (YmJournal *journal, const YmJournalStep *step, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmAuthor:
 * @device: the signing device's id
 * @signer: signs with that device's key
 */
typedef struct {
  YmId device;
  YmSigner signer;
} YmAuthor;

/**
 * YmChange:
 * @before: (nullable): the record as it was seen; %NULL for a new one
 * @after: the record as it shall be
 */
typedef struct {
  const YmRecord *before;
  const YmRecord *after;
} YmChange;

/**
 * ym_journal_write:
 * @author: who signs
 * @intent: why, such as "visit.sign-off"
 * @subject: the record that it is about
 * @changes: (array length=n_changes): what changes; what does not differ is left out
 *
 * The one way to write: operations, signed envelopes and folded rows, inside a transaction. The changes become one
 * group: an envelope for each scope and class, each record about a child in its own. Errors:
 * YM_ERROR_INVALID if a change breaks a rule that every replica checks.
 */
gboolean ym_journal_write (YmJournal *journal, const YmAuthor *author, const char *intent, const YmId *subject,
                           const YmChange *changes, guint n_changes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_start_chain:
 *
 * The author's next envelope starts a new chain that names the end of the old one as its parent, inside a
 * transaction: for a store that can't prove that it is the latest.
 */
gboolean ym_journal_start_chain (YmJournal *journal, const YmId *author, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_verify:
 * @certificate: (out): the author's
 *
 * Whether a certified author signed it. Errors: YM_ERROR_SIGNATURE.
 */
gboolean ym_journal_verify (YmJournal *journal, const YmArrival *arrival, YmCertificate *certificate,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_take:
 * @arrival: somebody's envelope, or this device's own
 * @placement: where the ledger has it
 *
 * Verifies, keeps and folds, inside a transaction. The same envelope again only moves it to @placement. An
 * envelope that breaks a stream rule or lies past its author's revocation is kept and not folded; a second envelope
 * with the number of a first is kept as evidence only. Errors: YM_ERROR_SIGNATURE.
 */
gboolean ym_journal_take (YmJournal *journal, const YmArrival *arrival, const YmPlacement *placement,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_keep:
 * @violation: the rule that every replica will find broken, or %YM_REASON_NONE
 *
 * The last part of ym_journal_take() and ym_journal_write(): keeps and folds, inside a transaction, an envelope that the
 * caller has verified and judged and that is not here yet. For the server, which judges by more rules than these.
 */
gboolean ym_journal_keep (YmJournal *journal, const YmArrival *arrival, const YmPlacement *placement, YmReason violation,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_place: As ym_journal_take(), for an envelope that is here already, named by its author's number. */
gboolean ym_journal_place (YmJournal *journal, const YmId *author, const YmId *chain, guint64 sequence,
                           const YmPlacement *placement, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_advance:
 * @through: everything up to here that this device may see is in
 *
 * Moves the cursor and computes the running hashes of the streams up to it, inside a transaction. An author's
 * `base` that tells another story is kept as evidence of a server that says one thing to one and another
 * to another.
 */
gboolean ym_journal_advance (YmJournal *journal, const YmPosition *through, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_get_cursor: FALSE before the first ym_journal_advance(). */
gboolean ym_journal_get_cursor (YmJournal *journal, YmPosition *cursor);

/**
 * ym_journal_read_lineage:
 * @lineage: (out): the epochs of the ledger up to the cursor; clear it
 */
gboolean ym_journal_read_lineage (YmJournal *journal, YmLineage *lineage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_journal_note_past: The past epochs of the ledger that this journal begins to follow, inside a transaction. */
gboolean ym_journal_note_past (YmJournal *journal, const YmLineage *lineage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_branch:
 * @lineage: how the server's ledger is now
 * @n_given_up: (out): how many envelopes lost their place
 *
 * The ledger was put back from a backup, or begun anew, inside a transaction: the cursor goes back to what it shares with the
 * ledger that was known, and what stood above that has no place any more, though it stays as it was judged. Such envelopes
 * have no position and a time of receipt.
 */
gboolean ym_journal_branch (YmJournal *journal, const YmLineage *lineage, guint64 *n_given_up,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_chain_end:
 * @end: (out): the last envelope of the chain that is here; sequence 0 and a zero hash if there is none
 */
gboolean ym_journal_chain_end (YmJournal *journal, const YmId *author, const YmId *chain, YmChainPoint *end,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** YM_JOURNAL_OWN_AUTHORS: SQL: whoever has written in this store: this device, and those that it has succeeded. */
#define YM_JOURNAL_OWN_AUTHORS "(SELECT author FROM chain WHERE current)"

/** ym_journal_own_authors: (transfer full) (element-type YmId) (nullable): This device first, then those that it has succeeded. */
GArray *ym_journal_own_authors (YmJournal *journal, const YmId *device, GError **error);

/** ym_journal_chains: (transfer full) (element-type YmChainPoint): The end of each chain of an author. */
GArray *ym_journal_chains (YmJournal *journal, const YmId *author, GError **error);

/**
 * ym_journal_keep_evidence:
 * @what: a word for it, such as "fork"
 * @hash: names it; the same again is kept once
 * @body: (nullable): what was signed
 * @change_set: (nullable): what belongs to it
 *
 * Keeps the proof of what should never happen, inside a transaction, for an administrator to look at.
 */
gboolean ym_journal_keep_evidence (YmJournal *journal, const char *what, const YmHash *hash, GBytes *body,
                                   GBytes *change_set, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_journal_recount:
 *
 * Reads every page and index, computes the tables' digest anew and compares it with the running one: a page that was put
 * back from an older copy of the file shows here, as YM_ERROR_DAMAGED. Costs a walk over everything; for a reader in the
 * background.
 */
gboolean ym_journal_recount (sqlite3 *db, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmJournal, ym_journal_free)

G_END_DECLS
