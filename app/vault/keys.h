/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_KEY_BYTES 32

/* How many keys a keyring seals: vault, head, signing seed; and, while they are being changed, the next vault and head. */
#define YM_KEYS_SEALED_BYTES (3 * YM_KEY_BYTES)
#define YM_KEYS_CHANGING_BYTES (5 * YM_KEY_BYTES)

/**
 * YmKeys:
 * @store_id: random, given when the store was made
 * @vault: for pages and frames
 * @head: for the sealed head
 * @signing_seed: of the device's Ed25519 key
 * @keyring_key: what the slots wrap and the others are sealed by
 * @next_vault: (nullable): only while the keys are being changed: the other pair; which of the two fits is for the vault
 *   to say
 * @next_head: (nullable): with @next_vault
 *
 * What a keyring holds, YM_KEY_BYTES each, in guarded memory.
 */
typedef struct {
  YmId store_id;
  YmSecret *vault;
  YmSecret *head;
  YmSecret *signing_seed;
  YmSecret *keyring_key;
  YmSecret *next_vault;
  YmSecret *next_head;
} YmKeys;

/** ym_keys_new: (transfer full): fresh random keys and store id. */
YmKeys *ym_keys_new (const YmRandom *random);

/** ym_keys_copy: (transfer full): the same keys, for a copy of the store. */
YmKeys *ym_keys_copy (const YmKeys *keys);
void ym_keys_free (YmKeys *keys);

/** ym_key_random: (transfer full): YM_KEY_BYTES fresh bytes. */
YmSecret *ym_key_random (const YmRandom *random);

/** ym_keys_join: (transfer full): the keys as a keyring seals them, one after the other. */
YmSecret *ym_keys_join (const YmKeys *keys);

/** ym_keys_split: (transfer full): Undoes ym_keys_join(); without the keyring key. */
YmKeys *ym_keys_split (const YmId *store_id, const YmSecret *joined);

/** ym_keys_join_storage: (transfer full): what reads the store and signs nothing: vault, head, and the next ones if any. */
YmSecret *ym_keys_join_storage (const YmKeys *keys);

/**
 * ym_keys_from_storage:
 * @storage: from ym_keys_join_storage()
 *
 * Returns: (transfer full) (nullable): those keys, with a fresh signing seed and keyring key; %NULL if it can't be one
 */
YmKeys *ym_keys_from_storage (const YmId *store_id, const YmSecret *storage, const YmRandom *random);

/** ym_keys_swap_vault: / ym_keys_swap_head: Makes the next key the one in use, and the other way round. */
void ym_keys_swap_vault (YmKeys *keys);
void ym_keys_swap_head (YmKeys *keys);

/** ym_keys_forget_next: Wipes the next vault and head key. */
void ym_keys_forget_next (YmKeys *keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmKeys, ym_keys_free)

G_END_DECLS
