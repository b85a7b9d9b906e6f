/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The encrypted store as a whole: directory, lock, keyring, vault, head. SQLite's unix-excl VFS keeps the wal-index in
 * memory and other processes out, provided that the first connection to touch the file may write and that it
 * is the last to close: so the writer opens first and reads a page, and closes last. */

#include "app/vault/store.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/sql.h"
#include "app/vault/database.h"
#include "app/vault/store-private.h"
#include "app/vault/tries.h"
#include "app/vault/wal-survey.h"

#define BUSY_TIMEOUT_MS 5000

YmStoreOptions
ym_store_options_default (void)
{
  return (YmStoreOptions){
    .clock = ym_clock_system (),
    .random = ym_random_system (),
    .files = ym_files_system (),
    .base_vfs = "unix-excl",
    .argon2_operations = crypto_pwhash_OPSLIMIT_MODERATE,
    .argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MODERATE,
    .cache_bytes = 64 * 1024 * 1024,
  };
}

gboolean
ym_store_exists (const char *directory, const YmStoreOptions *options)
{
  return ym_keyring_exists (directory, options);
}

gint64
ym_store_get_wait_us (const char *directory, const YmStoreOptions *options)
{
  return ym_tries_get_wait_us (options->files, directory, options->clock);
}

static YmStore *
store_new (const char *directory, const YmStoreOptions *options)
{
  YmStore *store = g_new0 (YmStore, 1);

  g_assert (sodium_init () >= 0);
  store->directory = g_canonicalize_filename (directory, NULL);
  store->vault_path = g_build_filename (store->directory, YM_VAULT_FILE, NULL);
  store->options = *options;
  store->readers = g_ptr_array_new ();
  g_mutex_init (&store->mutex);
  return store;
}

void
ym_store_close (YmStore *store)
{
  if (store == NULL)
    return;
  for (guint i = 0; i < store->readers->len; i++)
    ym_database_close (g_ptr_array_index (store->readers, i));
  g_ptr_array_unref (store->readers);
  ym_database_close (store->writer);
  ym_vault_vfs_free (store->vfs);
  ym_secret_free (store->signing_key);
  ym_keys_free (store->keys);
  if (store->lock != NULL)
    store->options.files->unlock (store->options.files->context, store->lock);
  g_mutex_clear (&store->mutex);
  g_free (store->kept_wal);
  g_free (store->vault_path);
  g_free (store->directory);
  g_free (store);
}

static gboolean
take_lock (YmStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (store->directory, YM_LOCK_FILE, NULL);

  store->lock = store->options.files->lock (store->options.files->context, path, error);
  return store->lock != NULL;
}

/* Takes @keys. */
static gboolean
use_keys (YmStore *store, YmKeys *keys, GError **error)
{
  store->keys = keys;
  store->signing_key = ym_secret_new (crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair (store->public_key, ym_secret_data (store->signing_key),
                            ym_secret_data (keys->signing_seed));
  store->head = (YmHeadFile){ .files = store->options.files,
                              .directory = store->directory,
                              .store_id = &keys->store_id,
                              .key = keys->head,
                              .random = store->options.random };
  store->vfs = ym_vault_vfs_new (store->options.base_vfs, store->vault_path, &keys->store_id, keys->vault,
                                 store->options.random, error);
  return store->vfs != NULL;
}

/* A store was made here, so a vault that is missing or cut to nothing is damage, not a beginning. */
static void
set_open_error (GError **error, sqlite3 *database, int result)
{
  if ((result & 0xff) == SQLITE_CANTOPEN)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("The store's file is missing or can't be opened. Nothing was thrown away; "
                            "put the file back or recover the store."));
  else
    ym_database_set_error (error, database, result);
}

static sqlite3 *
open_connection (YmStore *store, GError **error)
{
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  g_autofree char *settings
      = g_strdup_printf ("PRAGMA cache_size = -%" G_GSIZE_FORMAT "; PRAGMA temp_store = MEMORY;"
                         "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF;",
                         store->options.cache_bytes / 1024);
  sqlite3 *database = NULL;
  int result = sqlite3_open_v2 (store->vault_path, &database, flags, ym_vault_vfs_name (store->vfs));

  if (result == SQLITE_OK)
    result = sqlite3_busy_timeout (database, BUSY_TIMEOUT_MS);
  if (result == SQLITE_OK)
    result = sqlite3_db_config (database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  /* The last statement reads page 1, and with it takes the file. */
  if (result == SQLITE_OK)
    result = sqlite3_exec (database, settings, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_exec (database, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  if (result == SQLITE_OK)
    {
      ym_sql_keep_statements (database);
      return database;
    }
  set_open_error (error, database, result);
  sqlite3_close (database);
  return NULL;
}

/* The first free name; the last is taken over and over, so that the earliest evidence stays. */
static char *
kept_wal_name (YmStore *store)
{
  const YmFiles *files = store->options.files;

  for (int i = 1; i < YM_MOST_KEPT_WALS; i++)
    {
      g_autofree char *name = g_strdup_printf (YM_VAULT_FILE "-wal.kept-%d", i);
      g_autofree char *path = g_build_filename (store->directory, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = files->read (files->context, path, 0, &error);

      if (bytes == NULL && g_error_matches (error, YM_ERROR, YM_ERROR_NOT_FOUND))
        return g_steal_pointer (&name);
    }
  return g_strdup_printf (YM_VAULT_FILE "-wal.kept-%d", YM_MOST_KEPT_WALS);
}

/* FALSE in @kept, and the reason thrown away, if there is no room for the copy. */
static gboolean
keep_unreadable_wal (YmStore *store, gboolean *kept, GError **error)
{
  g_autoptr (GBytes) remains = NULL;
  g_autoptr (GError) ignored = NULL;
  g_autofree char *name = NULL;

  *kept = TRUE;
  if (!ym_wal_survey (store->vfs, &remains, error))
    return FALSE;
  if (remains == NULL)
    return TRUE;
  name = kept_wal_name (store);
  *kept = ym_files_replace (store->options.files, store->directory, name, g_bytes_get_data (remains, NULL),
                            g_bytes_get_size (remains), &ignored);
  store->kept_wal = g_build_filename (store->directory, *kept ? name : YM_VAULT_FILE "-wal", NULL);
  return TRUE;
}

/* SQLite makes the log when it opens, and syncs the directory after the first commit without looking at what comes of it:
 * should that fail, a power cut would take the log's name and with it all that was saved. So its name lasts from the
 * start.
 *
 * Where an unreadable log can't be copied, the disk being full, the store is opened to be read and the log stays. */
static gboolean
open_writer (YmStore *store, GError **error)
{
  const YmFiles *files = store->options.files;
  gboolean kept;

  if (!ym_vault_vfs_remove_foreign_shm (store->vfs, error) || !ym_vault_vfs_repair_key_check (store->vfs, error)
      || !keep_unreadable_wal (store, &kept, error))
    return FALSE;
  store->writer = open_connection (store, error);
  if (store->writer == NULL || !files->sync_directory (files->context, store->directory, error))
    return FALSE;
  if (!kept)
    ym_vault_vfs_refuse_writes (store->vfs);
  return TRUE;
}

/* The names of the directory and of what is in it so far, before a keyring says that they must be there. */
static gboolean
sync_names (YmStore *store, GError **error)
{
  const YmFiles *files = store->options.files;
  g_autofree char *parent = g_path_get_dirname (store->directory);

  return files->sync_directory (files->context, store->directory, error)
         && files->sync_directory (files->context, parent, error);
}

/* Takes @taken. */
static YmStore *
create (const char *directory, YmKeys *taken, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeys) keys = taken;
  g_autoptr (YmStore) store = store_new (directory, options);
  const YmFiles *files = options->files;

  if (!files->make_directory (files->context, store->directory, error) || !take_lock (store, error))
    return NULL;
  if (ym_keyring_exists (store->directory, options))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("There is a store already. Choose another place."));
      return NULL;
    }
  /* The keyring comes last: with it the store exists, and a crash before it leaves none. */
  if (!use_keys (store, g_steal_pointer (&keys), error) || !ym_vault_vfs_create_vault (store->vfs, error)
      || !sync_names (store, error) || !ym_keyring_create (store->directory, store->keys, unlock, options, error)
      || !open_writer (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

YmStore *
ym_store_open_by (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmStore) store = store_new (directory, options);
  g_autoptr (YmKeys) keys = NULL;

  if (!ym_keyring_exists (store->directory, options))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no store here. Make one first."));
      return NULL;
    }
  if (!take_lock (store, error))
    return NULL;
  keys = ym_keyring_open (store->directory, unlock, options, error);
  if (keys == NULL || !ym_store_choose_keys (store, keys, error)
      || !use_keys (store, g_steal_pointer (&keys), error) || !open_writer (store, error))
    return NULL;
  ym_store_end_change (store, NULL);
  ym_store_withdraw_escrow_request (store);
  ym_keyring_tend (store->directory, store->keys, unlock, options);
  return g_steal_pointer (&store);
}

YmStore *
ym_store_create (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  return create (directory, ym_keys_new (options->random), &(YmUnlock){ .passphrase = passphrase }, options, error);
}

YmStore *
ym_store_open (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  return ym_store_open_by (directory, &(YmUnlock){ .passphrase = passphrase }, options, error);
}

YmStore *
ym_store_create_with_key (const char *directory, const YmSecret *key, const YmStoreOptions *options, GError **error)
{
  g_return_val_if_fail (ym_secret_length (key) == YM_STORE_KEY_BYTES, NULL);
  return create (directory, ym_keys_new (options->random), &(YmUnlock){ .key = key }, options, error);
}

YmStore *
ym_store_create_with_keys (const char *directory, YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options,
                           GError **error)
{
  return create (directory, keys, unlock, options, error);
}

YmStore *
ym_store_open_with_key (const char *directory, const YmSecret *key, const YmStoreOptions *options, GError **error)
{
  return ym_store_open_by (directory, &(YmUnlock){ .key = key }, options, error);
}

sqlite3 *
ym_store_writer (YmStore *store)
{
  return store->writer;
}

sqlite3 *
ym_store_open_reader (YmStore *store, GError **error)
{
  sqlite3 *reader = open_connection (store, error);

  if (reader == NULL)
    return NULL;
  if (!ym_database_execute (reader, "PRAGMA query_only = ON", error))
    {
      ym_database_close (reader);
      return NULL;
    }
  g_mutex_lock (&store->mutex);
  g_ptr_array_add (store->readers, reader);
  g_mutex_unlock (&store->mutex);
  return reader;
}

void
ym_store_close_reader (YmStore *store, sqlite3 *reader)
{
  g_mutex_lock (&store->mutex);
  g_ptr_array_remove_fast (store->readers, reader);
  g_mutex_unlock (&store->mutex);
  ym_database_close (reader);
}

const char *
ym_store_get_kept_wal (YmStore *store)
{
  return store->kept_wal;
}

static gboolean
copy_pages (sqlite3 *from, sqlite3 *to, GError **error)
{
  sqlite3_backup *copy = sqlite3_backup_init (to, "main", from, "main");
  int result;

  if (copy == NULL)
    {
      ym_database_set_error (error, to, sqlite3_extended_errcode (to));
      return FALSE;
    }
  sqlite3_backup_step (copy, -1); /* all pages, as one reader sees them */
  result = sqlite3_backup_finish (copy);
  if (result != SQLITE_OK)
    ym_database_set_error (error, to, result);
  return result == SQLITE_OK;
}

YmStore *
ym_store_copy_with_key (YmStore *store, const char *directory, const YmSecret *key, const YmStoreOptions *options,
                        GError **error)
{
  sqlite3 *reader = ym_store_open_reader (store, error);
  g_autoptr (YmStore) copy = NULL;
  gboolean copied;

  if (reader == NULL)
    return NULL;
  copy = create (directory, ym_keys_copy (store->keys), &(YmUnlock){ .key = key }, options, error);
  copied = copy != NULL && copy_pages (reader, copy->writer, error);
  ym_store_close_reader (store, reader);
  return copied ? g_steal_pointer (&copy) : NULL;
}

gboolean
ym_store_check (YmStore *store, GError **error)
{
  gboolean failed;

  g_mutex_lock (&store->mutex);
  failed = store->head_failed || ym_vault_vfs_has_failed (store->vfs);
  g_mutex_unlock (&store->mutex);
  if (!failed)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                       _ ("The disk is full or refused to write. Nothing was saved since. Make room, then lock and unlock the store."));
  return FALSE;
}

gboolean
ym_store_seal_head (YmStore *store, YmHead *head, GError **error)
{
  gboolean sealed;

  if (!ym_store_check (store, error))
    return FALSE;
  g_mutex_lock (&store->mutex);
  sealed = ym_head_seal (&store->head, head, error);
  if (!sealed)
    store->head_failed = TRUE;
  g_mutex_unlock (&store->mutex);
  return sealed;
}

gboolean
ym_store_read_head (YmStore *store, YmHead *head, GError **error)
{
  gboolean read;

  g_mutex_lock (&store->mutex);
  read = ym_head_read (&store->head, head, error);
  g_mutex_unlock (&store->mutex);
  return read;
}

const YmId *
ym_store_id (YmStore *store)
{
  return &store->keys->store_id;
}

void
ym_store_sign (YmStore *store, gconstpointer data, gsize length, guint8 signature[YM_STORE_SIGNATURE_BYTES])
{
  crypto_sign_detached (signature, NULL, data, length, ym_secret_data (store->signing_key));
}

void
ym_store_public_key (YmStore *store, guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES])
{
  memcpy (public_key, store->public_key, YM_STORE_PUBLIC_KEY_BYTES);
}
