/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gnutls/abstract.h>

#include "app/base/id.h"

G_BEGIN_DECLS

/**
 * YmTls:
 *
 * The server's TLS key and certificate, read from two PEM files and read again on demand. Safe to use
 * from several threads.
 */
typedef struct YmTls YmTls;

/**
 * ym_tls_make:
 * @key_path: where the private key goes (PEM, mode 0600); must not exist
 * @certificate_path: where the certificate goes (PEM); must not exist
 * @name: the server's host name, for people who look at the certificate; devices go by the key alone
 * @now_us: wall time, microseconds since 1970
 *
 * Makes a P-256 key and a certificate signed by itself, valid for 20 years: what devices trust is the
 * key, by the root-signed server certificate, so no date in here is a promise to anyone. Both files
 * are durable on return.
 *
 * Returns: FALSE with %YM_ERROR_STORAGE if a file could not be written, or exists
 */
gboolean ym_tls_make (const char *key_path, const char *certificate_path, const char *name, gint64 now_us,
                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_tls_load:
 *
 * Returns: (transfer full) (nullable): NULL with %YM_ERROR_NOT_FOUND, or %YM_ERROR_MALFORMED if the
 *   files are not a key and its certificate
 */
YmTls *ym_tls_load (const char *key_path, const char *certificate_path,
                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_tls_reload:
 *
 * Reads both files again. Connections made from now on see the new certificate, those that stand stay
 * as they are. If the files are not good, the old certificate stays in use.
 */
gboolean ym_tls_reload (YmTls *tls, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_tls_get_key: SHA-256 of the SubjectPublicKeyInfo in use: what devices pin. */
YmHash ym_tls_get_key (YmTls *tls);

/**
 * ym_tls_retrieve:
 * @chain: (out) (transfer none): certificates, own first; valid as long as @tls
 * @n_chain: (out)
 * @key: (out) (transfer none)
 *
 * What a handshake that begins now shows.
 */
void ym_tls_retrieve (YmTls *tls, gnutls_pcert_st **chain, guint *n_chain, gnutls_privkey_t *key);

void ym_tls_free (YmTls *tls);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmTls, ym_tls_free)

G_END_DECLS
