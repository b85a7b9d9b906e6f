/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ids and hashes as plain values, compared and printed the same way everywhere. */

#include "app/base/id.h"

#include <sodium.h>
#include <string.h>

const YmId ym_id_zero = { { 0 } };

YmId
ym_id_random (const YmRandom *random)
{
  YmId id;

  ym_random_fill (random, id.bytes, sizeof id.bytes);
  return id;
}

static void
hash_part (crypto_hash_sha256_state *state, gconstpointer data, gsize length)
{
  guint32 length_be = GUINT32_TO_BE ((guint32) length);

  crypto_hash_sha256_update (state, (const guint8 *) &length_be, sizeof length_be);
  crypto_hash_sha256_update (state, data, length);
}

static YmId
finish_id (crypto_hash_sha256_state *state)
{
  guint8 digest[crypto_hash_sha256_BYTES];
  YmId id;

  crypto_hash_sha256_final (state, digest);
  memcpy (id.bytes, digest, sizeof id.bytes);
  return id;
}

YmId
ym_id_from_key (const YmId *force, const char *type, const char *key)
{
  static const char label[] = "ymweld-id";
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  hash_part (&state, label, strlen (label));
  hash_part (&state, force->bytes, sizeof force->bytes);
  hash_part (&state, type, strlen (type));
  hash_part (&state, key, strlen (key));
  return finish_id (&state);
}

YmId
ym_id_of_public_key (const char *what, const guint8 public_key[32])
{
  static const char label[] = "ymweld-key";
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  hash_part (&state, label, strlen (label));
  hash_part (&state, what, strlen (what));
  hash_part (&state, public_key, 32);
  return finish_id (&state);
}

gboolean
ym_id_equal (const YmId *a, const YmId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

gboolean
ym_id_is_zero (const YmId *id)
{
  return ym_id_equal (id, &ym_id_zero);
}

int
ym_id_compare (const YmId *a, const YmId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

guint
ym_id_hash_func (gconstpointer id)
{
  guint hash;

  memcpy (&hash, ((const YmId *) id)->bytes, sizeof hash);
  return hash;
}

gboolean
ym_id_equal_func (gconstpointer a, gconstpointer b)
{
  return ym_id_equal (a, b);
}

YmId *
ym_id_copy (const YmId *id)
{
  return g_memdup2 (id, sizeof *id);
}

static char *
to_hex (const guint8 *bytes, gsize length)
{
  char *text = g_malloc (length * 2 + 1);

  return sodium_bin2hex (text, length * 2 + 1, bytes, length);
}

char *
ym_id_to_string (const YmId *id)
{
  return to_hex (id->bytes, sizeof id->bytes);
}

gboolean
ym_id_parse (const char *text, YmId *id)
{
  gsize length;

  return strlen (text) == 2 * YM_ID_BYTES
         && sodium_hex2bin (id->bytes, sizeof id->bytes, text, 2 * YM_ID_BYTES, NULL, &length, NULL) == 0
         && length == YM_ID_BYTES;
}

YmHash
ym_hash_of (gconstpointer data, gsize length)
{
  YmHash hash;

  crypto_hash_sha256 (hash.bytes, data, length);
  return hash;
}

YmHash
ym_hash_of_bytes (GBytes *bytes)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  return ym_hash_of (data, length);
}

gboolean
ym_hash_equal (const YmHash *a, const YmHash *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

char *
ym_hash_to_string (const YmHash *hash)
{
  return to_hex (hash->bytes, sizeof hash->bytes);
}
