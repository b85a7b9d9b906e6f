/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/exchange/outcome.h"
#include "sync/exchange/request.h"
#include "sync/server/ledger.h"

G_BEGIN_DECLS

/**
 * YmReturned:
 *
 * Which envelopes of a request an earlier ledger of this force had, by the receipts that came with them.
 */
typedef struct _YmReturned YmReturned;

/**
 * YmVouch:
 * @outcome: what the lost ledger made of the envelope; its position is one of that ledger
 * @server_us: when that was
 */
typedef struct {
  YmOutcome outcome;
  gint64 server_us;
} YmVouch;

/**
 * ym_returned_open:
 *
 * Verifies the request's receipts. A receipt speaks of an envelope only if hashes lead from the receipt to it, over envelopes of
 * the request or of the ledger; a receipt that is not genuine speaks of nothing.
 *
 * Returns: (transfer full) (nullable): %NULL if the store could not be read
 */
YmReturned *ym_returned_open (YmLedger *ledger, const YmRequest *request, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_returned_free (YmReturned *returned);

/** ym_returned_find: (transfer none) (nullable): What is known of the envelope of this hash. */
const YmVouch *ym_returned_find (const YmReturned *returned, const YmHash *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmReturned, ym_returned_free)

G_END_DECLS
