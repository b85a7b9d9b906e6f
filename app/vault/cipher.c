/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one cipher of the vault, by libsodium, and who makes it for pages. */

#include "app/vault/cipher.h"

#include <sodium.h>

G_STATIC_ASSERT (YM_CIPHER_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
G_STATIC_ASSERT (YM_CIPHER_NONCE_BYTES == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
G_STATIC_ASSERT (YM_CIPHER_TAG_BYTES == crypto_aead_xchacha20poly1305_ietf_ABYTES);

static void
sodium_seal (const YmCipherInput *input, guint8 *data, gsize length, guint8 *tag)
{
  crypto_aead_xchacha20poly1305_ietf_encrypt_detached (data, tag, NULL, data, length, input->associated,
                                                       input->associated_length, NULL, input->nonce, input->key);
}

static gboolean
sodium_open (const YmCipherInput *input, guint8 *data, gsize length, const guint8 *tag)
{
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached (data, NULL, data, length, tag, input->associated,
                                                              input->associated_length, input->nonce, input->key)
         == 0;
}

static gboolean
sodium_verify (const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag)
{
  /* Without a place for the message libsodium stops after the tag. */
  return crypto_aead_xchacha20poly1305_ietf_decrypt_detached (NULL, NULL, data, length, tag, input->associated,
                                                              input->associated_length, input->nonce, input->key)
         == 0;
}

const YmCipher *
ym_cipher_sodium (void)
{
  static const YmCipher cipher = { sodium_seal, sodium_open, sodium_verify };

  return &cipher;
}

const YmCipher *
ym_cipher_pages (void)
{
#ifdef YM_CIPHER_LIBCRYPTO
  const YmCipher *libcrypto = ym_cipher_libcrypto ();

  if (libcrypto != NULL)
    return libcrypto;
#endif
  return ym_cipher_sodium ();
}
