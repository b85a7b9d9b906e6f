/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cipher makes the published bytes, whosever code it is: a store written by one build must open in another. */

#include "app/vault/cipher.h"

#include <sodium.h>
#include <string.h>

#define MOST_BYTES 5000

static const YmCipher *ciphers[2];
static guint n_ciphers;

/* A cipher that is not XChaCha20-Poly1305 would be ours alone, and nobody have looked at it.
 * The vector is that of draft-irtf-cfrg-xchacha-03 A.3.1. */
static void
test_published_vector (void)
{
  static const char plain[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the "
                              "future, sunscreen would be it.";
  static const char expected[]
      = "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c2"
        "16cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c6"
        "8b13b52ec0875924c1c7987947deafd8780acf49";
  static const guint8 associated[] = { 0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7 };
  const gsize length = sizeof plain - 1;
  guint8 key[YM_CIPHER_KEY_BYTES];
  guint8 nonce[YM_CIPHER_NONCE_BYTES];
  const YmCipherInput input = { key, nonce, associated, sizeof associated };

  for (guint i = 0; i < sizeof key; i++)
    key[i] = (guint8) (0x80 + i);
  for (guint i = 0; i < sizeof nonce; i++)
    nonce[i] = (guint8) (0x40 + i);
  for (guint i = 0; i < n_ciphers; i++)
    {
      guint8 sealed[sizeof plain - 1 + YM_CIPHER_TAG_BYTES];
      char hex[2 * sizeof sealed + 1];

      memcpy (sealed, plain, length);
      ciphers[i]->seal (&input, sealed, length, sealed + length);
      sodium_bin2hex (hex, sizeof hex, sealed, sizeof sealed);
      g_assert_cmpstr (hex, ==, expected);
    }
}

typedef struct {
  guint8 key[YM_CIPHER_KEY_BYTES];
  guint8 nonce[YM_CIPHER_NONCE_BYTES];
  guint8 associated[64];
  YmCipherInput input;
  gsize length;
  guint8 plain[MOST_BYTES];
  guint8 sealed[MOST_BYTES + YM_CIPHER_TAG_BYTES];
} Sample;

/* Number @n of samples that are the same in every run; their lengths cover blocks, parts of blocks and pages. */
static void
make_sample (Sample *sample, guint32 n)
{
  guint8 seed[randombytes_SEEDBYTES] = { 0 };

  memcpy (seed, &n, sizeof n);
  randombytes_buf_deterministic (sample, sizeof *sample, seed);
  sample->length = n < 300 ? n : n == 300 ? 4032 : n == 301 ? 4016 : sample->plain[0] * 19u;
  sample->input = (YmCipherInput){ sample->key, sample->nonce, sample->associated, sample->plain[1] % 64u };
}

static void
seal (const YmCipher *cipher, Sample *sample)
{
  memcpy (sample->sealed, sample->plain, sample->length);
  cipher->seal (&sample->input, sample->sealed, sample->length, sample->sealed + sample->length);
}

static gboolean
opens (const YmCipher *cipher, const Sample *sample)
{
  guint8 data[MOST_BYTES];
  gboolean verified = cipher->verify (&sample->input, sample->sealed, sample->length, sample->sealed + sample->length);
  gboolean opened;

  memcpy (data, sample->sealed, sample->length);
  opened = cipher->open (&sample->input, data, sample->length, sample->sealed + sample->length);
  g_assert_cmpint (opened, ==, verified);
  if (opened)
    g_assert_cmpmem (data, sample->length, sample->plain, sample->length);
  else /* nothing of what was not authentic is handed on */
    g_assert_true (sodium_is_zero (data, sample->length));
  return opened;
}

/* What one library seals another would refuse, or take with a byte that was changed. */
static void
test_each_opens_what_any_sealed (void)
{
  g_autofree Sample *sample = g_new (Sample, 1);

  for (guint32 n = 0; n < 500; n++)
    for (guint from = 0; from < n_ciphers; from++)
      for (guint to = 0; to < n_ciphers; to++)
        {
          make_sample (sample, n);
          seal (ciphers[from], sample);
          g_assert_true (opens (ciphers[to], sample));
          sample->sealed[sample->plain[2] * 20u % (sample->length + YM_CIPHER_TAG_BYTES)] ^= (guint8) (1 << n % 8);
          g_assert_false (opens (ciphers[to], sample));
          seal (ciphers[from], sample);
          sample->nonce[n % YM_CIPHER_NONCE_BYTES] ^= 1;
          g_assert_false (opens (ciphers[to], sample));
          sample->nonce[n % YM_CIPHER_NONCE_BYTES] ^= 1;
          sample->input.associated_length++;
          g_assert_false (opens (ciphers[to], sample));
        }
}

/* A page changed anywhere would be read as it is. */
static void
test_every_byte_of_a_page_counts (void)
{
  g_autofree Sample *sample = g_new (Sample, 1);

  for (guint i = 0; i < n_ciphers; i++)
    {
      make_sample (sample, 300);
      seal (ciphers[i], sample);
      for (gsize at = 0; at < sample->length + YM_CIPHER_TAG_BYTES; at++)
        {
          sample->sealed[at] ^= (guint8) (1 << at % 8);
          g_assert_false (opens (ciphers[i], sample));
          sample->sealed[at] ^= (guint8) (1 << at % 8);
        }
      g_assert_true (opens (ciphers[i], sample));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);
  ciphers[n_ciphers++] = ym_cipher_sodium ();
#ifdef YM_CIPHER_LIBCRYPTO
  ciphers[n_ciphers++] = ym_cipher_libcrypto ();
  g_assert_nonnull (ym_cipher_libcrypto ());
  g_assert_true (ym_cipher_pages () == ym_cipher_libcrypto ());
#endif
  g_test_add_func ("/vault/cipher/published-vector", test_published_vector);
  g_test_add_func ("/vault/cipher/each-opens-what-any-sealed", test_each_opens_what_any_sealed);
  g_test_add_func ("/vault/cipher/every-byte-of-a-page-counts", test_every_byte_of_a_page_counts);
  return g_test_run ();
}
