/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/cose.h"

/* What a batch of groups, or the entries of a response, should weigh: the sum of the envelopes and change
 * sets. A device sends no more than this in one request; a server puts no more into one response. */
#define YM_EXCHANGE_BATCH_BYTES (256 * 1024)

/* A whole request or response, inflated. What is larger is refused unseen. */
#define YM_EXCHANGE_MAX_BYTES YM_COSE_MAX_BYTES

#define YM_EXCHANGE_MAX_GROUPS 1024
#define YM_EXCHANGE_MAX_ENTRIES 4096
#define YM_EXCHANGE_MAX_CHAINS 256
#define YM_EXCHANGE_MAX_RECEIPTS 1024
#define YM_EXCHANGE_MAX_BACKFILLS 1024

/* Envelopes that one receipt speaks of. */
#define YM_RECEIPT_MAX_RUN 1024
#define YM_RECEIPT_MAX_BYTES (64 * 1024)

#define YM_BUNDLE_MAX_BYTES (16 * 1024 * 1024)
#define YM_BUNDLE_MAX_PARCELS 65536
