/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "sync/client/server-identity.h"
#include "sync/exchange/response.h"

G_BEGIN_DECLS

/**
 * ym_answer_open:
 * @server: who must have signed it
 * @request: the whole signed request that it must answer
 * @body: what came back, compressed
 * @bytes: (out) (transfer full): the response as it was signed
 *
 * Believes nothing before the server's signature, the request's hash and the device's id fit.
 *
 * Returns: (transfer full) (nullable): %NULL with YM_ERROR_MALFORMED, YM_ERROR_NEWER or YM_ERROR_SIGNATURE
 */
YmResponse *ym_answer_open (const YmServerIdentity *server, const YmId *force, const YmId *device, GBytes *request,
                            GBytes *body, GBytes **bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmAnswerCounts:
 * @placed: own envelopes that got their place
 * @refused: those among them that were refused or set aside
 * @taken: envelopes that were new here
 */
typedef struct {
  guint placed;
  guint refused;
  guint taken;
} YmAnswerCounts;

/**
 * ym_answer_keep:
 * @device: whose chains `held` speaks of
 * @authors: (array length=n_authors): whose envelopes count as own
 *
 * Puts a response that ym_answer_open() gave into the store: receipts, entries, backfills and the cursor. Inside a
 * transaction, which is to be undone if it fails. Errors: YM_ERROR_SIGNATURE (a receipt or an entry is not what
 * it says), YM_ERROR_MALFORMED, YM_ERROR_DAMAGED (the server's ledger is not the one it was), what the store says.
 */
gboolean ym_answer_keep (YmJournal *journal, const YmId *device, const YmId *authors, guint n_authors,
                         const YmResponse *response, YmAnswerCounts *counts, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_answer_is_other_epoch:
 * @other: (out): whether the server's ledger is in another epoch than this store's cursor
 */
gboolean ym_answer_is_other_epoch (YmJournal *journal, const YmResponse *response, gboolean *other,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_answer_go_back:
 *
 * The server's ledger was put back, inside a transaction: gives up the places that are lost. What had them is offered once
 * the rest of the new ledger is here, see YM_SYNC_FACT_HEALING.
 */
gboolean ym_answer_go_back (YmJournal *journal, const YmResponse *response, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
