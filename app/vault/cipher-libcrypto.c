/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cipher by OpenSSL's libcrypto, which makes the same bytes of a page in half the time. XChaCha20-Poly1305 is ChaCha20-Poly1305
 * (RFC 8439) under a key that HChaCha20 derives from the first 16 bytes of the nonce, with four zeros and the other 8
 * for a nonce (draft-irtf-cfrg-xchacha-03 2.3). */

#include "app/vault/cipher.h"

#include <openssl/evp.h>
#include <sodium.h>
#include <string.h>

#define IV_BYTES 12
#define DERIVED_FROM_BYTES 16
#define SAMPLE_BYTES 4032

static EVP_CIPHER *chacha20_poly1305;

/* A context for each call: nothing of a key outlives it, for EVP_CIPHER_CTX_free() wipes. */
static EVP_CIPHER_CTX *
begin (const YmCipherInput *input, gboolean seals)
{
  guint8 key[YM_CIPHER_KEY_BYTES];
  guint8 iv[IV_BYTES] = { 0 };
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new ();
  int length;

  crypto_core_hchacha20 (key, input->nonce, input->key, NULL);
  memcpy (iv + 4, input->nonce + DERIVED_FROM_BYTES, YM_CIPHER_NONCE_BYTES - DERIVED_FROM_BYTES);
  if (context == NULL || !EVP_CipherInit_ex2 (context, chacha20_poly1305, key, iv, seals, NULL)
      || !EVP_CipherUpdate (context, NULL, &length, input->associated, (int) input->associated_length))
    g_error ("There is no memory for a cipher.");
  sodium_memzero (key, sizeof key);
  return context;
}

static void
libcrypto_seal (const YmCipherInput *input, guint8 *data, gsize length, guint8 *tag)
{
  EVP_CIPHER_CTX *context = begin (input, TRUE);
  int written;

  if (!EVP_CipherUpdate (context, data, &written, data, (int) length)
      || !EVP_CipherFinal_ex (context, data + written, &written)
      || !EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_GET_TAG, YM_CIPHER_TAG_BYTES, tag))
    g_error ("The cipher failed.");
  EVP_CIPHER_CTX_free (context);
}

static gboolean
libcrypto_open (const YmCipherInput *input, guint8 *data, gsize length, const guint8 *tag)
{
  EVP_CIPHER_CTX *context = begin (input, FALSE);
  int written;
  gboolean opened
      = EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_AEAD_SET_TAG, YM_CIPHER_TAG_BYTES, (void *) tag)
        && EVP_CipherUpdate (context, data, &written, data, (int) length)
        && EVP_CipherFinal_ex (context, data + written, &written);
  EVP_CIPHER_CTX_free (context);
  if (!opened)
    memset (data, 0, length);
  return opened;
}

/* The tag alone, which libcrypto does not offer. */
static gboolean
libcrypto_verify (const YmCipherInput *input, const guint8 *data, gsize length, const guint8 *tag)
{
  return ym_cipher_sodium ()->verify (input, data, length, tag);
}

static const YmCipher libcrypto = { libcrypto_seal, libcrypto_open, libcrypto_verify };

/* On this processor, with the code that libcrypto chooses for it: wrong bytes would be pages that nobody opens again. */
static gboolean
makes_the_same_bytes (void)
{
  const guint8 key[YM_CIPHER_KEY_BYTES] = { 1 };
  const guint8 nonce[YM_CIPHER_NONCE_BYTES] = { 2 };
  const YmCipherInput input = { key, nonce, nonce, 20 };
  guint8 sealed[2][SAMPLE_BYTES + YM_CIPHER_TAG_BYTES] = { { 3 }, { 3 } };

  libcrypto.seal (&input, sealed[0], SAMPLE_BYTES, sealed[0] + SAMPLE_BYTES);
  ym_cipher_sodium ()->seal (&input, sealed[1], SAMPLE_BYTES, sealed[1] + SAMPLE_BYTES);
  return memcmp (sealed[0], sealed[1], sizeof sealed[0]) == 0
         && libcrypto.open (&input, sealed[0], SAMPLE_BYTES, sealed[1] + SAMPLE_BYTES) && sealed[0][0] == 3
         && sodium_is_zero (sealed[0] + 1, SAMPLE_BYTES - 1);
}

const YmCipher *
ym_cipher_libcrypto (void)
{
  static const YmCipher *found;
  static gsize once;

  if (g_once_init_enter (&once))
    {
      chacha20_poly1305 = EVP_CIPHER_fetch (NULL, "ChaCha20-Poly1305", NULL);
      found = chacha20_poly1305 != NULL && makes_the_same_bytes () ? &libcrypto : NULL;
      g_once_init_leave (&once, 1);
    }
  return found;
}
