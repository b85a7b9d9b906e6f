/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * COSE_Sign1 (RFC 9052 §4.2), cut down to the one form that we write: EdDSA with Ed25519 (RFC 9053 §2.2),
 * nothing in the unprotected header, because what is there is not signed.
 *
 *   d2                     tag 18
 *     84                   array of 4
 *       43 a1 01 27        protected header: the byte string of {1: -8}
 *       a0                 unprotected header: {}
 *       58 .. payload      byte string
 *       58 40 signature    byte string of 64
 *
 * What is signed (§4.4): ["Signature1", protected header, external_aad, payload], where external_aad is the
 * encoding of ["ymweld/1", kind, force id]. So a signature is good for one kind of message of one force.
 */

#include "app/journal/cose.h"

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/cbor.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#define COSE_SIGN1_TAG 18
#define PROTOCOL "ymweld/1"

static const guint8 protected_header[] = { 0xa1, 0x01, 0x27 };

static const char *const kind_names[] = {
  [YM_MESSAGE_ENVELOPE] = "envelope",
  [YM_MESSAGE_REQUEST] = "request",
  [YM_MESSAGE_RESPONSE] = "response",
  [YM_MESSAGE_RECEIPT] = "receipt",
  [YM_MESSAGE_ADMINISTRATION] = "administration",
  [YM_MESSAGE_ADMINISTERED] = "administered",
};

/* The two parts of a message that differ; borrowed from it. */
typedef struct {
  const guint8 *payload;
  gsize payload_length;
  guint8 signature[YM_SIGNATURE_BYTES];
} Sign1;

/* Nothing that we write ourselves here can fail: all texts are constants. */
static GBytes *
finish (YmCborWriter *writer)
{
  GBytes *bytes = ym_cbor_writer_finish (writer, NULL);

  g_assert (bytes != NULL);
  return bytes;
}

/* The Sig_structure of RFC 9052 §4.4. */
static GBytes *
signed_bytes (YmMessageKind kind, const YmId *force, const guint8 *payload, gsize payload_length)
{
  g_autoptr (GBytes) external = NULL;
  g_auto (YmCborWriter) writer = { 0 };

  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, 3);
  ym_cbor_write_text (&writer, PROTOCOL);
  ym_cbor_write_text (&writer, kind_names[kind]);
  ym_cbor_write_id (&writer, force);
  external = finish (&writer);

  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, 4);
  ym_cbor_write_text (&writer, "Signature1");
  ym_cbor_write_data (&writer, protected_header, sizeof protected_header);
  ym_cbor_write_bytes (&writer, external);
  ym_cbor_write_data (&writer, payload, payload_length);
  return finish (&writer);
}

static gboolean
parse (GBytes *message, Sign1 *parts, GError **error)
{
  g_auto (YmCborReader) reader = { 0 };
  gsize length;
  gconstpointer data = g_bytes_get_data (message, &length);
  guint8 header[sizeof protected_header];

  ym_cbor_reader_init (&reader, data, length, YM_COSE_MAX_BYTES);
  ym_cbor_read_tag (&reader, COSE_SIGN1_TAG);
  ym_cbor_read_array (&reader, 4, 4);
  ym_cbor_read_fixed (&reader, header, sizeof header);
  ym_cbor_reader_require (&reader, memcmp (header, protected_header, sizeof header) == 0, "not signed by EdDSA");
  ym_cbor_read_map (&reader, 0, 0);
  parts->payload = ym_cbor_read_data (&reader, 0, YM_COSE_MAX_BYTES, &parts->payload_length);
  ym_cbor_read_fixed (&reader, parts->signature, sizeof parts->signature);
  return ym_cbor_reader_finish (&reader, error);
}

GBytes *
ym_cose_sign (YmMessageKind kind, const YmId *force, GBytes *payload, const YmSigner *signer, GError **error)
{
  g_autoptr (GBytes) to_sign = NULL;
  g_auto (YmCborWriter) writer = { 0 };
  gsize payload_length, to_sign_length;
  const guint8 *payload_data = g_bytes_get_data (payload, &payload_length);
  guint8 signature[YM_SIGNATURE_BYTES];

  if (payload_length > YM_COSE_MAX_BYTES - YM_COSE_OVERHEAD_BYTES)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("A message is too large to be signed. Send fewer records at once."));
      return NULL;
    }
  to_sign = signed_bytes (kind, force, payload_data, payload_length);
  to_sign_length = g_bytes_get_size (to_sign);
  if (!signer->sign (signer->context, g_bytes_get_data (to_sign, NULL), to_sign_length, signature, error))
    return NULL;

  ym_cbor_writer_init (&writer);
  ym_cbor_write_tag (&writer, COSE_SIGN1_TAG);
  ym_cbor_write_array (&writer, 4);
  ym_cbor_write_data (&writer, protected_header, sizeof protected_header);
  ym_cbor_write_map (&writer, 0);
  ym_cbor_write_data (&writer, payload_data, payload_length);
  ym_cbor_write_data (&writer, signature, sizeof signature);
  return finish (&writer);
}

gboolean
ym_cose_verify (YmMessageKind kind, const YmId *force, GBytes *message,
                const guint8 public_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  g_autoptr (GBytes) to_verify = NULL;
  gsize length;
  Sign1 parts;

  if (!parse (message, &parts, error))
    return FALSE;
  to_verify = signed_bytes (kind, force, parts.payload, parts.payload_length);
  length = g_bytes_get_size (to_verify);
  if (ym_planted ("signature")
      || crypto_sign_verify_detached (parts.signature, g_bytes_get_data (to_verify, NULL), length, public_key) == 0)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                       _ ("A signature is not genuine: these data were altered, or signed by someone else. They were "
                          "not taken. Tell your administrator."));
  return FALSE;
}

GBytes *
ym_cose_payload (GBytes *message, GError **error)
{
  const guint8 *data = g_bytes_get_data (message, NULL);
  Sign1 parts;

  if (!parse (message, &parts, error))
    return NULL;
  return g_bytes_new_from_bytes (message, parts.payload - data, parts.payload_length);
}
