/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/escrow-slot.h"

G_BEGIN_DECLS

/* No file of escrow is longer. */
#define YM_ESCROW_MOST_BYTES 16384

/**
 * YmEscrowRequest:
 * @store_id: of the store that is to be opened
 * @one_time_key: X25519, for the answer
 * @slot: the sealed slot, with the device that made it
 * @hash: SHA-256 of the whole file, which the answer names
 *
 * What a locked tablet gives out so that the force's recovery key can open it.
 */
typedef struct {
  YmId store_id;
  guint8 one_time_key[YM_BOX_PUBLIC_KEY_BYTES];
  YmEscrowSlot slot;
  YmHash hash;
} YmEscrowRequest;

/** ym_escrow_request_encode: (transfer full) */
GBytes *ym_escrow_request_encode (const YmId *store_id, const guint8 one_time_key[YM_BOX_PUBLIC_KEY_BYTES],
                                  GBytes *slot);

/** ym_escrow_request_decode: (transfer full) (nullable): %NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
YmEscrowRequest *ym_escrow_request_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_escrow_request_free (YmEscrowRequest *request);

/**
 * ym_escrow_fingerprint: (transfer full): 80 bits of the hash of a request, in four groups of four letters.
 *
 * Who compares it on the tablet with what the administrator sees knows that the file is the tablet's own.
 */
char *ym_escrow_fingerprint (const YmHash *request);

/** ym_escrow_fingerprint_matches: Whether @typed is it, whatever its case, spaces and dashes. */
gboolean ym_escrow_fingerprint_matches (const YmHash *request, const char *typed);

/** ym_escrow_answer_encode: (transfer full) (nullable): @storage for this request alone; %NULL if its key can't be one. */
GBytes *ym_escrow_answer_encode (const YmEscrowRequest *request, const YmSecret *storage, const YmRandom *random);

/**
 * ym_escrow_answer_open:
 * @secret: of the request's one-time key
 *
 * Returns: (transfer full) (nullable): the storage keys; %NULL with YM_ERROR_MALFORMED, YM_ERROR_NEWER, or YM_ERROR_INVALID
 *   if it answers another request
 */
YmSecret *ym_escrow_answer_open (GBytes *bytes, const YmEscrowRequest *request, const YmSecret *secret,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_escrow_answer_is_to: Whether @bytes answer @request, judged without any key. Errors as for ym_escrow_answer_open(). */
gboolean ym_escrow_answer_is_to (GBytes *bytes, const YmEscrowRequest *request, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_escrow_kept_encode: (transfer full): What the tablet keeps: @request as it gave it out, and the wrapped one-time secret. */
GBytes *ym_escrow_kept_encode (GBytes *request, GBytes *wrapped);
gboolean ym_escrow_kept_decode (GBytes *bytes, GBytes **request, GBytes **wrapped, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmEscrowRequest, ym_escrow_request_free)

G_END_DECLS
