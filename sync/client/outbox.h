/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"

G_BEGIN_DECLS

/**
 * YmOutboxAgain:
 * @active: whether the server lacks something it once had, or should have
 * @author: whose chain
 * @chain: which
 * @after: everything after this number is sent again, whether it was receipted or not
 *
 * Where the server wants a chain to go on from.
 */
typedef struct {
  gboolean active;
  YmId author;
  YmId chain;
  guint64 after;
} YmOutboxAgain;

/**
 * YmOutbox:
 * @groups: (element-type GPtrArray(YmParcel)): as a request carries them
 * @entries: (element-type gint64): the rows of all envelopes in them
 * @ends: (element-type guint): how many rows the groups up to each have together
 * @more: whether there are groups left that did not fit
 * @last: the chain's number that @again has reached, if it is active
 * @offers: whether it is what a restored server has lost, see ym_offer_fill(); then @more is set
 * @receipts: (element-type GBytes): for what is offered
 *
 * The next groups to push: whole, in chain order, no more than one batch. Clear with ym_outbox_clear().
 */
typedef struct {
  GPtrArray *groups;
  GArray *entries;
  GArray *ends;
  gboolean more;
  guint64 last;
  gboolean offers;
  GPtrArray *receipts;
} YmOutbox;

/**
 * ym_outbox_fill:
 * @authors: (array length=n_authors): whose pending envelopes
 * @again: what is to be sent once more, before anything else
 *
 * What a restored server has lost comes first, in batches of its own.
 */
gboolean ym_outbox_fill (sqlite3 *db, const YmId *authors, guint n_authors, const YmOutboxAgain *again,
                         YmOutbox *outbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_outbox_mark: Notes that what is pending in it is being sent. Inside a transaction. */
gboolean ym_outbox_mark (sqlite3 *db, const YmOutbox *outbox, gint64 now_us, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_outbox_unmark: Notes that there was an answer. Inside a transaction. */
gboolean ym_outbox_unmark (sqlite3 *db, const YmOutbox *outbox, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_outbox_count_pending: How many of the envelopes in its first @n_groups groups have no place in the ledger. */
gboolean ym_outbox_count_pending (sqlite3 *db, const YmOutbox *outbox, guint n_groups, guint *pending,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ym_outbox_clear (YmOutbox *outbox);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmOutbox, ym_outbox_clear)

G_END_DECLS
