/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/vault/keys.h"
#include "app/vault/options.h"
#include "app/vault/sealed-box.h"

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

/**
 * ym_keyring_begin_change:
 * @keys: as they were opened; gets a fresh keyring key and the next vault and head key
 * @unlock: what has given @keys
 *
 * First step of a change of keys: a keyring that holds the keys in use and the next ones, in both files, durably. From
 * here on the vault may be sealed by either. The slots that are not @unlock's or escrow go: they wrap the old keyring key.
 */
gboolean ym_keyring_begin_change (const char *directory, YmKeys *keys, const YmUnlock *unlock,
                                  const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_keyring_end_change:
 * @keys: the pair in use is the one that the vault is sealed by
 *
 * Last step of a change of keys, whichever way it went: the other pair goes from both files, and from @keys.
 */
gboolean ym_keyring_end_change (const char *directory, YmKeys *keys, const YmStoreOptions *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_keyring_keys_are_due:
 * @due: (out): whether the storage keys came out of escrow and have not been changed since
 *
 * The mark is under the seal of the keyring, from ym_keyring_renew() until a change of keys has gone through.
 */
gboolean ym_keyring_keys_are_due (const char *directory, const YmKeys *keys, const YmStoreOptions *options, gboolean *due,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_keyring_mark_due: Marks the storage keys as due to be changed: somebody else may know them. Durably, in both files. */
gboolean ym_keyring_mark_due (const char *directory, const YmKeys *keys, const YmStoreOptions *options,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_keyring_set_escrow:
 * @recovery_key: the force's; verified by whoever calls
 *
 * Puts the storage keys into escrow: durably into both files, unless they are there already for this key.
 */
gboolean ym_keyring_set_escrow (const char *directory, const YmKeys *keys,
                                const guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES], const YmStoreOptions *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_keyring_renew:
 * @keys: out of escrow, with a fresh keyring key and signing seed
 * @passphrase: the only thing that opens the keyring from now on
 *
 * The keys are marked as due to be changed: somebody else has held them.
 * A new keyring in place of one that nobody can open, in both files, durably.
 */
gboolean ym_keyring_renew (const char *directory, const YmKeys *keys, const YmSecret *passphrase,
                           const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
