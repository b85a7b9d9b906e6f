/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the store share; nothing outside app/vault/store*.c and salvage.c includes this. */

#include "app/vault/keyring.h"
#include "app/vault/store.h"
#include "app/vault/vfs.h"

G_BEGIN_DECLS

#define YM_VAULT_FILE "vault"
#define YM_VAULT_NEXT_FILE "vault.new"
#define YM_LOCK_FILE "lock"
#define YM_MOST_KEPT_WALS 8

struct _YmStore {
  char *directory;
  char *vault_path;
  YmStoreOptions options;
  gpointer lock;
  YmKeys *keys;
  YmSecret *signing_key;
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  YmVaultVfs *vfs;
  char *kept_wal;
  sqlite3 *writer;
  GMutex mutex; /* over what follows */
  GPtrArray *readers;
  YmHeadFile head;
  gboolean head_failed;
};

/** ym_store_open_by: As ym_store_open(), by whatever opens the keyring. */
YmStore *ym_store_open_by (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_choose_keys:
 * @keys: as the keyring gave them
 *
 * Where a change of keys was cut: puts the keys in use that the vault and the head are sealed by. Before the vault is
 * opened.
 */
gboolean ym_store_choose_keys (YmStore *store, YmKeys *keys, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_store_end_change: Brings a change of keys that was begun to its end, whichever way it went; without one, nothing. */
gboolean ym_store_end_change (YmStore *store, GError **error);

/** ym_store_withdraw_escrow_request: The store has opened by itself: whoever chose another passphrase meanwhile has no use for it. */
void ym_store_withdraw_escrow_request (YmStore *store);

G_END_DECLS
