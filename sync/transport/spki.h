/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"

G_BEGIN_DECLS

/**
 * ym_spki_hash:
 * @der: an X.509 certificate, DER
 * @length: its length in bytes
 * @hash: (out): SHA-256 of its SubjectPublicKeyInfo (RFC 7469 2.4)
 *
 * The name of a TLS key: it stays when the certificate is made anew, and changes with the key.
 *
 * Returns: FALSE with %YM_ERROR_MALFORMED if @der is not a certificate
 */
gboolean ym_spki_hash (gconstpointer der, gsize length, YmHash *hash,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
