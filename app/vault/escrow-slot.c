/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The escrow slot of a keyring.
 *
 *   0              32           48
 *   +--------------+------------+----------------------------------+
 *   | recovery key | device's id| box of the storage keys, 64 or   |
 *   |              |            | 128 bytes, to the recovery key   |
 *   +--------------+------------+----------------------------------+
 * The box belongs to: store id, recovery key, device's id. So a slot can't be passed off as another store's or device's.
 */

#include "app/vault/escrow-slot.h"

#include <sodium.h>
#include <string.h>

#define LABEL "YMSLOT3"
#define DEVICE_AT YM_BOX_PUBLIC_KEY_BYTES
#define BOX_AT (DEVICE_AT + YM_ID_BYTES)

typedef struct {
  guint8 bytes[YM_ID_BYTES + BOX_AT];
} Belongs;

static Belongs
belongs_to (const YmId *store_id, const guint8 *clear_part)
{
  Belongs belongs;

  memcpy (belongs.bytes, store_id->bytes, YM_ID_BYTES);
  memcpy (belongs.bytes + YM_ID_BYTES, clear_part, BOX_AT);
  return belongs;
}

static YmId
device_of (const YmSecret *signing_seed)
{
  g_autoptr (YmSecret) signing_key = ym_secret_new (crypto_sign_SECRETKEYBYTES);
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];

  crypto_sign_seed_keypair (public_key, ym_secret_data (signing_key), ym_secret_data (signing_seed));
  return ym_id_of_public_key ("device", public_key);
}

GBytes *
ym_escrow_slot_seal (const YmKeys *keys, const guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES], const YmRandom *random)
{
  g_autoptr (YmSecret) storage = ym_keys_join_storage (keys);
  YmId device = device_of (keys->signing_seed);
  guint8 clear_part[BOX_AT];
  Belongs belongs;
  g_autoptr (GBytes) box = NULL;
  guint8 *body;

  memcpy (clear_part, recovery_key, YM_BOX_PUBLIC_KEY_BYTES);
  memcpy (clear_part + DEVICE_AT, device.bytes, YM_ID_BYTES);
  belongs = belongs_to (&keys->store_id, clear_part);
  box = ym_box_seal (recovery_key, LABEL, belongs.bytes, sizeof belongs.bytes, storage, random);
  if (box == NULL)
    return NULL;
  body = g_malloc (BOX_AT + g_bytes_get_size (box));
  memcpy (body, clear_part, BOX_AT);
  memcpy (body + BOX_AT, g_bytes_get_data (box, NULL), g_bytes_get_size (box));
  return g_bytes_new_take (body, BOX_AT + g_bytes_get_size (box));
}

gboolean
ym_escrow_slot_parse (GBytes *body, YmEscrowSlot *slot)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  if (length != BOX_AT + YM_BOX_EXTRA_BYTES + 2 * YM_KEY_BYTES && length != BOX_AT + YM_BOX_EXTRA_BYTES + 4 * YM_KEY_BYTES)
    return FALSE;
  memcpy (slot->recovery_key, data, YM_BOX_PUBLIC_KEY_BYTES);
  memcpy (slot->device.bytes, data + DEVICE_AT, YM_ID_BYTES);
  slot->body = body;
  return TRUE;
}

YmSecret *
ym_escrow_slot_open (const YmEscrowSlot *slot, const YmId *store_id, const YmSecret *recovery_secret)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (slot->body, &length);
  Belongs belongs = belongs_to (store_id, data);

  return ym_box_open (recovery_secret, LABEL, belongs.bytes, sizeof belongs.bytes, data + BOX_AT, length - BOX_AT);
}
