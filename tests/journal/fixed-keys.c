/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys and ids that are the same in every run, so that signed bytes can be compared whole. */

#include "tests/journal/fixed-keys.h"

#include <sodium.h>
#include <string.h>

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  const FixedKeys *keys = context;

  crypto_sign_detached (signature, NULL, message, length, keys->secret_key);
  return TRUE;
}

void
fixed_keys_init (FixedKeys *keys, guint8 seed_byte)
{
  guint8 seed[crypto_sign_SEEDBYTES];

  memset (seed, seed_byte, sizeof seed);
  crypto_sign_seed_keypair (keys->public_key, keys->secret_key, seed);
  keys->signer = (YmSigner){ .sign = sign, .context = keys };
}

YmId
fixed_id (guint8 first)
{
  YmId id;

  for (guint i = 0; i < sizeof id.bytes; i++)
    id.bytes[i] = first + i;
  return id;
}

YmHash
fixed_hash (guint8 first)
{
  YmHash hash;

  for (guint i = 0; i < sizeof hash.bytes; i++)
    hash.bytes[i] = first + i;
  return hash;
}
