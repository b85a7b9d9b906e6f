/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"

G_BEGIN_DECLS

#define YM_SIGNATURE_BYTES 64
#define YM_PUBLIC_KEY_BYTES 32

/* No signed message is larger, whatever its kind. */
#define YM_COSE_MAX_BYTES (1024 * 1024)

/* What the frame around a payload adds at most. */
#define YM_COSE_OVERHEAD_BYTES 78

/**
 * YmMessageKind:
 *
 * What is signed. The kind is part of the signed bytes, so that a signature made for one never
 * passes for another.
 */
typedef enum {
  YM_MESSAGE_ENVELOPE,
  YM_MESSAGE_REQUEST,
  YM_MESSAGE_RESPONSE,
  YM_MESSAGE_RECEIPT,
  YM_MESSAGE_ADMINISTRATION,
  YM_MESSAGE_ADMINISTERED,
} YmMessageKind;

/**
 * YmSigner:
 * @sign: writes the Ed25519 signature of the @length bytes at @message; FALSE with @error if the key
 *   can't be used, for example because the store is locked
 * @context: handed to @sign
 *
 * Signs without giving the private key away: it stays where it is kept.
 */
typedef struct {
  gboolean (*sign) (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES],
                    GError **error);
  gpointer context;
} YmSigner;

/**
 * ym_cose_sign:
 * @force: the force the message belongs to; signed, not sent
 * @payload: any bytes
 *
 * A COSE_Sign1 message (RFC 9052 §4.2) around @payload.
 *
 * Returns: (transfer full): NULL with the signer's error, or YM_ERROR_INVALID if it would be larger than
 *   YM_COSE_MAX_BYTES
 */
GBytes *ym_cose_sign (YmMessageKind kind, const YmId *force, GBytes *payload, const YmSigner *signer,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_cose_verify:
 *
 * Whether @message is well-formed and was signed, as @kind and for @force, by the holder of the key.
 * Errors: YM_ERROR_MALFORMED, YM_ERROR_SIGNATURE.
 */
gboolean ym_cose_verify (YmMessageKind kind, const YmId *force, GBytes *message,
                         const guint8 public_key[YM_PUBLIC_KEY_BYTES], GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_cose_payload:
 *
 * The payload of a well-formed message; the signature is not looked at.
 *
 * Returns: (transfer full): shares @message's memory; NULL with YM_ERROR_MALFORMED
 */
GBytes *ym_cose_payload (GBytes *message, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
