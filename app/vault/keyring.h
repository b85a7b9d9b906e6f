/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/secret.h"
#include "app/vault/options.h"

G_BEGIN_DECLS

#define YM_KEYRING_FILE "keyring"
#define YM_KEYRING_SECOND_FILE "keyring.bak"

/**
 * YmUnlock:
 * @passphrase: what the officer typed, or NULL
 * @key: 32 raw bytes, if @passphrase is NULL
 *
 * What opens a slot of the keyring.
 */
typedef struct {
  const YmSecret *passphrase;
  const YmSecret *key;
} YmUnlock;

/**
 * YmKeys:
 * @store_id: random, given when the store was made
 * @vault: 32 bytes, for pages and frames
 * @head: 32 bytes, for the sealed head
 * @signing_seed: 32 bytes, of the device's Ed25519 key
 *
 * @keyring_key: 32 bytes, what the slots wrap and the others are sealed by
 *
 * What a keyring holds, in guarded memory.
 */
typedef struct {
  YmId store_id;
  YmSecret *vault;
  YmSecret *head;
  YmSecret *signing_seed;
  YmSecret *keyring_key;
} YmKeys;

/** ym_keys_new: (transfer full): fresh random keys and store id. */
YmKeys *ym_keys_new (const YmRandom *random);

/** ym_keys_copy: (transfer full): the same keys, for a copy of the store. */
YmKeys *ym_keys_copy (const YmKeys *keys);
void ym_keys_free (YmKeys *keys);

/** ym_keyring_exists: Whether there is a keyring, readable or not: a store was made in @directory. */
gboolean ym_keyring_exists (const char *directory, const YmStoreOptions *options);

/** ym_keyring_create: Makes the keyring with one slot, in both its files, durably. The last step of making a store. */
gboolean ym_keyring_create (const char *directory, const YmKeys *keys, const YmUnlock *unlock,
                            const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_keyring_open:
 *
 * Fails with YM_ERROR_NOT_FOUND, PASSPHRASE, DELAYED, DAMAGED, NEWER or STORAGE. A passphrase is counted as wrong
 * before it is judged.
 *
 * Returns: (transfer full) (nullable): the keys
 */
YmKeys *ym_keyring_open (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_keyring_tend:
 * @unlock: what has given @keys
 *
 * Once the vault has opened by @keys: writes a copy of the keyring anew that is damaged, missing or old, and wraps the
 * passphrase at greater cost if @options ask for more than its slot has. What fails is left for the next time.
 */
void ym_keyring_tend (const char *directory, const YmKeys *keys, const YmUnlock *unlock,
                      const YmStoreOptions *options);

/**
 * ym_keyring_change_passphrase:
 *
 * Rewrites the passphrase slot in both files; the other slots and the keys stay. On YM_ERROR_STORAGE the disk failed:
 * either passphrase may be the one that opens, never both; a full disk leaves the old one.
 */
gboolean ym_keyring_change_passphrase (const char *directory, const YmSecret *old, const YmSecret *new_passphrase,
                                       const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmKeys, ym_keys_free)

G_END_DECLS
