/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"

G_BEGIN_DECLS

#define YM_SERVER_REQUEST_MAX_BYTES 1024
#define YM_SERVER_ADDRESS_MAX_BYTES 240

/**
 * YmServerRequest:
 * @address: where devices reach it, "https://host[:port]"
 * @signing_key: Ed25519 public key
 * @sealing_key: X25519 public key
 * @tls_key: hash of its TLS key's SubjectPublicKeyInfo
 *
 * What a new server wants certified: the file that `ymweld-server init` writes and `ymweld-admin certify-server` reads.
 * Not signed: the operator carries it.
 */
typedef struct {
  char *address;
  guint8 signing_key[32];
  guint8 sealing_key[32];
  YmHash tls_key;
} YmServerRequest;

YmServerRequest *ym_server_request_new (const char *address, const guint8 signing_key[32],
                                        const guint8 sealing_key[32], const YmHash *tls_key);
void ym_server_request_free (YmServerRequest *request);

/** ym_server_request_encode: (transfer full): NULL with YM_ERROR_INVALID if the address is too long or empty. */
GBytes *ym_server_request_encode (const YmServerRequest *request, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_server_request_decode: (transfer full): Takes hostile bytes. NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
YmServerRequest *ym_server_request_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmServerRequest, ym_server_request_free)

G_END_DECLS
