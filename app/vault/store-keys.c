/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store's keys changed. In this order, so that the keyring can open the vault at any cut:
 *
 *   1. the log goes into the vault, and away         the vault is whole in one file
 *   2. keyring: keys in use and next keys            either opens
 *   3. vault.new, under the next key                 written, on the medium, read back, compared
 *   4. head, under the next key                      either opens it
 *   5. vault.new is named vault                      from here on the next keys are the ones in use
 *   6. keyring: keys in use alone
 *
 * Who opens a store whose keyring holds both pairs sees by the key check which one the vault is sealed by, and brings
 * step 6 after, for the one or the other.
 */

#include "app/vault/store.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/vault/database.h"
#include "app/vault/store-private.h"

static YmVaultVfs *
vfs_for (const YmStore *store, const char *path, const YmSecret *vault_key, GError **error)
{
  return ym_vault_vfs_new (store->options.base_vfs, path, &store->keys->store_id, vault_key, store->options.random, error);
}

/* The vault is sealed by one of two keys; where it is damaged, the one in use stands. */
static gboolean
choose_vault_key (const YmStore *store, YmKeys *keys, GError **error)
{
  g_autoptr (YmVaultVfs) next = ym_vault_vfs_new (store->options.base_vfs, store->vault_path, &keys->store_id,
                                                  keys->next_vault, store->options.random, error);
  gboolean fits;

  if (next == NULL || !ym_vault_vfs_fits (next, &fits, error))
    return FALSE;
  if (fits)
    ym_keys_swap_vault (keys);
  return TRUE;
}

static gboolean
opens_head (const YmStore *store, const YmKeys *keys, const YmSecret *key)
{
  YmHeadFile file = { .files = store->options.files,
                      .directory = store->directory,
                      .store_id = &keys->store_id,
                      .key = key,
                      .random = store->options.random };
  YmHead head;

  return ym_head_read (&file, &head, NULL);
}

gboolean
ym_store_choose_keys (YmStore *store, YmKeys *keys, GError **error)
{
  if (keys->next_vault == NULL)
    return TRUE;
  if (!choose_vault_key (store, keys, error))
    return FALSE;
  /* Any pair of the four will do: the head may be a step ahead of the vault. */
  if (!opens_head (store, keys, keys->head) && opens_head (store, keys, keys->next_head))
    ym_keys_swap_head (keys);
  return TRUE;
}

gboolean
ym_store_end_change (YmStore *store, GError **error)
{
  const YmFiles *files = store->options.files;
  g_autofree char *left_over = g_build_filename (store->directory, YM_VAULT_NEXT_FILE, NULL);

  if (store->keys->next_vault == NULL)
    return TRUE;
  /* What names the files have now must last before the keys to other ones go. */
  return files->sync_directory (files->context, store->directory, error)
         && ym_keyring_end_change (store->directory, store->keys, &store->options, error)
         && files->remove (files->context, left_over, error);
}

/* Everything into the vault, and the log away, so that the file alone is the store. */
static gboolean
close_log (YmStore *store, GError **error)
{
  const YmFiles *files = store->options.files;
  int result = sqlite3_wal_checkpoint_v2 (store->writer, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  if (result != SQLITE_OK)
    {
      ym_database_set_error (error, store->writer, result);
      return FALSE;
    }
  ym_database_close (store->writer);
  store->writer = NULL;
  if (ym_vault_vfs_has_log (store->vfs))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                           _ ("The disk refused to take the last entries in. The keys are as they were; try again."));
      return FALSE;
    }
  return files->sync_directory (files->context, store->directory, error);
}

static gboolean
change_files (YmStore *store, GError **error)
{
  const YmFiles *files = store->options.files;
  g_autofree char *path = g_build_filename (store->directory, YM_VAULT_NEXT_FILE, NULL);
  g_autoptr (YmVaultVfs) next = vfs_for (store, path, store->keys->next_vault, error);

  return next != NULL && ym_vault_vfs_reseal (store->vfs, next, error)
         && ym_head_change_key (&store->head, store->keys->next_head, error)
         && files->rename (files->context, path, store->vault_path, error)
         && files->sync_directory (files->context, store->directory, error);
}

/* Sealed by a key that is no more. */
static void
remove_kept_logs (const YmStore *store)
{
  const YmFiles *files = store->options.files;

  for (int i = 1; i <= YM_MOST_KEPT_WALS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/" YM_VAULT_FILE "-wal.kept-%d", store->directory, i);
      g_autoptr (GError) ignored = NULL;

      (void) files->remove (files->context, path, &ignored);
    }
}

static gboolean
change_keys (YmStore *store, const YmUnlock *unlock, GError **error)
{
  g_autoptr (GError) left = NULL;

  if (!ym_store_check (store, error) || !close_log (store, error)
      || !ym_keyring_begin_change (store->directory, store->keys, unlock, &store->options, error))
    return FALSE;
  if (!change_files (store, error))
    {
      /* Back to what there was; what can't be done now is done when the store is next opened. */
      if (ym_store_choose_keys (store, store->keys, &left))
        ym_store_end_change (store, &left);
      return FALSE;
    }
  ym_keys_swap_vault (store->keys);
  ym_keys_swap_head (store->keys);
  remove_kept_logs (store);
  return ym_store_end_change (store, error);
}

gboolean
ym_store_change_keys (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  const YmUnlock unlock = { .passphrase = passphrase };
  g_autoptr (YmStore) store = ym_store_open_by (directory, &unlock, options, error);

  return store != NULL && change_keys (store, &unlock, error);
}

gboolean
ym_store_set_escrow (YmStore *store, const guint8 recovery_key[YM_STORE_PUBLIC_KEY_BYTES], GError **error)
{
  gboolean set;

  g_mutex_lock (&store->mutex);
  set = ym_keyring_set_escrow (store->directory, store->keys, recovery_key, &store->options, error);
  g_mutex_unlock (&store->mutex);
  return set;
}

gboolean
ym_store_change_passphrase (YmStore *store, const YmSecret *old, const YmSecret *new_passphrase, GError **error)
{
  gboolean changed;

  g_mutex_lock (&store->mutex);
  changed = ym_keyring_change_passphrase (store->directory, old, new_passphrase, &store->options, error);
  g_mutex_unlock (&store->mutex);
  return changed;
}

gboolean
ym_store_keys_are_due (YmStore *store, gboolean *due, GError **error)
{
  gboolean read;

  g_mutex_lock (&store->mutex);
  read = ym_keyring_keys_are_due (store->directory, store->keys, &store->options, due, error);
  g_mutex_unlock (&store->mutex);
  return read;
}

gboolean
ym_store_mark_keys_due (YmStore *store, GError **error)
{
  gboolean marked;

  g_mutex_lock (&store->mutex);
  marked = ym_keyring_mark_due (store->directory, store->keys, &store->options, error);
  g_mutex_unlock (&store->mutex);
  return marked;
}
