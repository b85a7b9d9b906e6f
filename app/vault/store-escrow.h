/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/escrow-format.h"
#include "app/vault/store.h"

G_BEGIN_DECLS

/* A forgotten passphrase: a request goes out of the locked store, an answer by the force's recovery key comes back. */

#define YM_ESCROW_FILE "escrow"

/**
 * ym_store_request_escrow:
 * @directory: of a store that is not open
 * @passphrase: the one that the officer wants from now on; judge it before with ym_passphrase_score()
 *
 * Makes a one-time key, keeps its secret half in the store, wrapped by @passphrase, and gives out what the administrator
 * needs. An earlier request is withdrawn. Nothing else changes: the old passphrase opens the store as before, and if it
 * does, the request is withdrawn. Blocks for one key derivation. Errors: YM_ERROR_NOT_FOUND if nothing is in escrow, and
 * as for ym_store_open().
 *
 * Returns: (transfer full) (nullable): the request, an encoded YmEscrowRequest
 */
GBytes *ym_store_request_escrow (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_store_read_escrow_request: (transfer full) (nullable): the request that waits for its answer; YM_ERROR_NOT_FOUND if none does. */
GBytes *ym_store_read_escrow_request (const char *directory, const YmStoreOptions *options,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_take_escrow_answer:
 * @passphrase: the one that was chosen for the request; judged like a try to open
 *
 * A new keyring in place of the one that nobody opens: the same storage keys, a new signing key (the device has to be
 * enrolled again), and @passphrase alone. Whole or not at all. Errors: YM_ERROR_NOT_FOUND (no request waits: it was
 * answered or withdrawn), YM_ERROR_INVALID (an answer to another request), YM_ERROR_MALFORMED, YM_ERROR_PASSPHRASE,
 * YM_ERROR_DELAYED, and as for ym_store_open().
 */
gboolean ym_store_take_escrow_answer (const char *directory, GBytes *answer, const YmSecret *passphrase,
                                      const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
