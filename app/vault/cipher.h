/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YM_CIPHER_KEY_BYTES 32
#define YM_CIPHER_NONCE_BYTES 24
#define YM_CIPHER_TAG_BYTES 16

/**
 * YmCipherInput:
 * @key: YM_CIPHER_KEY_BYTES
 * @nonce: YM_CIPHER_NONCE_BYTES; never twice with one key
 * @associated: authenticated with the message, not part of it
 * @associated_length: in bytes
 *
 * What goes into a sealing beside the message.
 */
typedef struct {
  const guint8 *key;
  const guint8 *nonce;
  const guint8 *associated;
  gsize associated_length;
} YmCipherInput;

/**
 * YmCipher:
 * @seal: encrypts @length bytes at @data in place and writes the tag
 * @open: decrypts in place; FALSE, and @data zeroed, if the tag does not fit
 * @verify: whether @open would succeed; leaves @data as it is and is cheaper
 *
 * XChaCha20-Poly1305-IETF (draft-irtf-cfrg-xchacha-03) by whichever library makes its bytes fastest.
 */
typedef struct {
  void (*seal) (const YmCipherInput *input, guint8 *data, gsize length, guint8 *tag);
  gboolean (*open) (const YmCipherInput *input, guint8 *data, gsize length, const guint8 *tag);
  gboolean (*verify) (const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag);
} YmCipher;

/** ym_cipher_sodium: (transfer none): The cipher by libsodium. */
const YmCipher *ym_cipher_sodium (void);

#ifdef YM_CIPHER_LIBCRYPTO
/** ym_cipher_libcrypto: (transfer none) (nullable): The cipher by OpenSSL's libcrypto, unless that one (a FIPS module,
 * say) does not have it or makes other bytes on this machine. */
const YmCipher *ym_cipher_libcrypto (void);
#endif

/** ym_cipher_pages: (transfer none): The fastest for a page: libcrypto's if it was built in and works, else libsodium's. */
const YmCipher *ym_cipher_pages (void);

G_END_DECLS
