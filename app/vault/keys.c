/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of a store as a value, and the two orders in which they are written one after the other. */

#include "app/vault/keys.h"

#include <string.h>

#define MEMBER(name) G_STRUCT_OFFSET (YmKeys, name)

static const gsize sealed_order[] = { MEMBER (vault), MEMBER (head), MEMBER (signing_seed), MEMBER (next_vault), MEMBER (next_head) };
static const gsize storage_order[] = { MEMBER (vault), MEMBER (head), MEMBER (next_vault), MEMBER (next_head) };

static YmSecret **
member (const YmKeys *keys, gsize offset)
{
  return &G_STRUCT_MEMBER (YmSecret *, keys, offset);
}

YmSecret *
ym_key_random (const YmRandom *random)
{
  YmSecret *key = ym_secret_new (YM_KEY_BYTES);

  ym_random_fill (random, ym_secret_data (key), YM_KEY_BYTES);
  return key;
}

YmKeys *
ym_keys_new (const YmRandom *random)
{
  YmKeys *keys = g_new0 (YmKeys, 1);

  keys->store_id = ym_id_random (random);
  keys->vault = ym_key_random (random);
  keys->head = ym_key_random (random);
  keys->signing_seed = ym_key_random (random);
  keys->keyring_key = ym_key_random (random);
  return keys;
}

void
ym_keys_free (YmKeys *keys)
{
  if (keys == NULL)
    return;
  ym_secret_free (keys->vault);
  ym_secret_free (keys->head);
  ym_secret_free (keys->signing_seed);
  ym_secret_free (keys->keyring_key);
  ym_keys_forget_next (keys);
  g_free (keys);
}

/* The next keys stand last in either order, and are there both or not at all. */
static YmSecret *
join (const YmKeys *keys, const gsize *order, gsize n)
{
  gsize n_here = keys->next_vault == NULL ? n - 2 : n;
  YmSecret *joined = ym_secret_new (n_here * YM_KEY_BYTES);

  for (gsize i = 0; i < n_here; i++)
    memcpy (ym_secret_data (joined) + i * YM_KEY_BYTES, ym_secret_data (*member (keys, order[i])), YM_KEY_BYTES);
  return joined;
}

static YmKeys *
split (const YmId *store_id, const YmSecret *joined, const gsize *order)
{
  YmKeys *keys = g_new0 (YmKeys, 1);

  keys->store_id = *store_id;
  for (gsize i = 0; i < ym_secret_length (joined) / YM_KEY_BYTES; i++)
    {
      YmSecret *key = ym_secret_new (YM_KEY_BYTES);

      memcpy (ym_secret_data (key), ym_secret_data (joined) + i * YM_KEY_BYTES, YM_KEY_BYTES);
      *member (keys, order[i]) = key;
    }
  return keys;
}

YmSecret *
ym_keys_join (const YmKeys *keys)
{
  return join (keys, sealed_order, G_N_ELEMENTS (sealed_order));
}

YmKeys *
ym_keys_split (const YmId *store_id, const YmSecret *joined)
{
  g_assert (ym_secret_length (joined) == YM_KEYS_SEALED_BYTES || ym_secret_length (joined) == YM_KEYS_CHANGING_BYTES);
  return split (store_id, joined, sealed_order);
}

YmSecret *
ym_keys_join_storage (const YmKeys *keys)
{
  return join (keys, storage_order, G_N_ELEMENTS (storage_order));
}

YmKeys *
ym_keys_from_storage (const YmId *store_id, const YmSecret *storage, const YmRandom *random)
{
  YmKeys *keys;

  if (ym_secret_length (storage) != 2 * YM_KEY_BYTES && ym_secret_length (storage) != 4 * YM_KEY_BYTES)
    return NULL;
  keys = split (store_id, storage, storage_order);
  keys->signing_seed = ym_key_random (random);
  keys->keyring_key = ym_key_random (random);
  return keys;
}

YmKeys *
ym_keys_copy (const YmKeys *keys)
{
  g_autoptr (YmSecret) joined = ym_keys_join (keys);
  YmKeys *copy = ym_keys_split (&keys->store_id, joined);

  copy->keyring_key = ym_secret_new (YM_KEY_BYTES);
  memcpy (ym_secret_data (copy->keyring_key), ym_secret_data (keys->keyring_key), YM_KEY_BYTES);
  return copy;
}

static void
swap (YmSecret **one, YmSecret **other)
{
  YmSecret *kept = *one;

  *one = *other;
  *other = kept;
}

void
ym_keys_swap_vault (YmKeys *keys)
{
  swap (&keys->vault, &keys->next_vault);
}

void
ym_keys_swap_head (YmKeys *keys)
{
  swap (&keys->head, &keys->next_head);
}

void
ym_keys_forget_next (YmKeys *keys)
{
  g_clear_pointer (&keys->next_vault, ym_secret_free);
  g_clear_pointer (&keys->next_head, ym_secret_free);
}
