/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/client/outbox.h"

G_BEGIN_DECLS

/**
 * ym_offer_fill:
 * @authors: (array length=n_authors): whose envelopes may be judged anew if there is no receipt for them
 * @outbox: an empty one; stays so if nothing is to be offered
 *
 * The next batch of what lost its place when the server's ledger was put back, whoever wrote it, with the receipts that say what
 * the lost ledger made of it: in the order in which it was received, so that nothing comes before what its author had seen.
 */
gboolean ym_offer_fill (sqlite3 *db, const YmId *authors, guint n_authors, YmOutbox *outbox,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_offer_settle:
 * @n_groups: how many of the groups the server has answered for
 *
 * What was offered and has no place now is not offered again: the ledger has another envelope there, or can't take it.
 * Inside a transaction.
 */
gboolean ym_offer_settle (sqlite3 *db, const YmOutbox *outbox, guint n_groups, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_offer_count: How many envelopes wait to be offered. */
gboolean ym_offer_count (sqlite3 *db, guint64 *count, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
