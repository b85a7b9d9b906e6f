/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only one other can open: a fresh X25519 key for each box, and XChaCha20-Poly1305 under what both keys agree on.
 * libsodium's crypto_box_seal() does the same without associated data, and what these boxes belong to must not be left
 * to whoever carries them.
 *
 *   0              32      56                    n
 *   +--------------+-------+---------------------+--------+
 *   | one-time key | nonce | content, encrypted  | tag 16 |
 *   +--------------+-------+---------------------+--------+
 *
 *   key = BLAKE2b-256, keyed by X25519 (one-time secret, public key), of label, one-time key, public key
 *   associated data = label, what was handed in
 */

#include "app/vault/sealed-box.h"

#include <sodium.h>
#include <string.h>

#include "app/vault/cipher.h"

#define NONCE_AT YM_BOX_PUBLIC_KEY_BYTES
#define CONTENT_AT (NONCE_AT + YM_CIPHER_NONCE_BYTES)

G_STATIC_ASSERT (YM_BOX_EXTRA_BYTES == CONTENT_AT + YM_CIPHER_TAG_BYTES);

/* NULL where the other key is of small order: what both agree on would be known to everybody. */
static YmSecret *
agree (const YmSecret *secret_key, const guint8 *other_key, const char *label, const guint8 *one_time,
       const guint8 *public_key)
{
  g_autoptr (YmSecret) shared = ym_secret_new (crypto_scalarmult_BYTES);
  YmSecret *key;
  crypto_generichash_state state;

  if (crypto_scalarmult (ym_secret_data (shared), ym_secret_data (secret_key), other_key) != 0)
    return NULL;
  key = ym_secret_new (YM_CIPHER_KEY_BYTES);
  crypto_generichash_init (&state, ym_secret_data (shared), crypto_scalarmult_BYTES, YM_CIPHER_KEY_BYTES);
  crypto_generichash_update (&state, (const guint8 *) label, strlen (label));
  crypto_generichash_update (&state, one_time, YM_BOX_PUBLIC_KEY_BYTES);
  crypto_generichash_update (&state, public_key, YM_BOX_PUBLIC_KEY_BYTES);
  crypto_generichash_final (&state, ym_secret_data (key), YM_CIPHER_KEY_BYTES);
  sodium_memzero (&state, sizeof state);
  return key;
}

static GByteArray *
join (const char *label, gconstpointer associated, gsize length)
{
  GByteArray *joined = g_byte_array_new ();

  g_byte_array_append (joined, (const guint8 *) label, strlen (label));
  if (length > 0)
    g_byte_array_append (joined, associated, length);
  return joined;
}

void
ym_box_public_key (const YmSecret *secret_key, guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES])
{
  g_assert (ym_secret_length (secret_key) == YM_BOX_SECRET_KEY_BYTES);
  crypto_scalarmult_base (public_key, ym_secret_data (secret_key));
}

GBytes *
ym_box_seal (const guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], const char *label, gconstpointer associated,
             gsize associated_length, const YmSecret *content, const YmRandom *random)
{
  gsize length = ym_secret_length (content);
  g_autofree guint8 *box = g_malloc (YM_BOX_EXTRA_BYTES + length);
  g_autoptr (YmSecret) one_time = ym_secret_new (YM_BOX_SECRET_KEY_BYTES);
  g_autoptr (GByteArray) joined = join (label, associated, associated_length);
  g_autoptr (YmSecret) key = NULL;
  YmCipherInput input;

  ym_random_fill (random, ym_secret_data (one_time), YM_BOX_SECRET_KEY_BYTES);
  ym_box_public_key (one_time, box);
  key = agree (one_time, public_key, label, box, public_key);
  if (key == NULL)
    return NULL;
  ym_random_fill (random, box + NONCE_AT, YM_CIPHER_NONCE_BYTES);
  memcpy (box + CONTENT_AT, ym_secret_data (content), length);
  input = (YmCipherInput){ ym_secret_data (key), box + NONCE_AT, joined->data, joined->len };
  ym_cipher_sodium ()->seal (&input, box + CONTENT_AT, length, box + CONTENT_AT + length);
  return g_bytes_new_take (g_steal_pointer (&box), YM_BOX_EXTRA_BYTES + length);
}

YmSecret *
ym_box_open (const YmSecret *secret_key, const char *label, gconstpointer associated, gsize associated_length,
             gconstpointer box, gsize length)
{
  const guint8 *data = box;
  guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES];
  g_autoptr (GByteArray) joined = join (label, associated, associated_length);
  g_autoptr (YmSecret) key = NULL;
  g_autoptr (YmSecret) content = NULL;
  YmCipherInput input;

  if (length <= YM_BOX_EXTRA_BYTES || ym_secret_length (secret_key) != YM_BOX_SECRET_KEY_BYTES)
    return NULL;
  ym_box_public_key (secret_key, public_key);
  key = agree (secret_key, data, label, data, public_key);
  if (key == NULL)
    return NULL;
  length -= YM_BOX_EXTRA_BYTES;
  content = ym_secret_new (length);
  memcpy (ym_secret_data (content), data + CONTENT_AT, length);
  input = (YmCipherInput){ ym_secret_data (key), data + NONCE_AT, joined->data, joined->len };
  if (!ym_cipher_sodium ()->open (&input, ym_secret_data (content), length, data + CONTENT_AT + length))
    return NULL;
  return g_steal_pointer (&content);
}
