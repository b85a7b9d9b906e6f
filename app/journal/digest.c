/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The set hash that the sealed head carries. */

#include "app/journal/digest.h"

#include <sodium.h>

static void
hash_row (const YmDigest *digest, GBytes *row, guint8 hash[YM_HASH_BYTES])
{
  gsize length;
  const guint8 *data = g_bytes_get_data (row, &length);

  crypto_generichash (hash, YM_HASH_BYTES, data, length, digest->key, sizeof digest->key);
}

void
ym_digest_add (YmDigest *digest, GBytes *row)
{
  guint8 hash[YM_HASH_BYTES];

  hash_row (digest, row, hash);
  sodium_add (digest->sum.bytes, hash, sizeof hash);
}

void
ym_digest_remove (YmDigest *digest, GBytes *row)
{
  guint8 hash[YM_HASH_BYTES];

  hash_row (digest, row, hash);
  sodium_sub (digest->sum.bytes, hash, sizeof hash);
}
