/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives out a store's keys to whoever has a secret that opens one of its slots. */

#include "app/vault/keyring.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/keyring-format.h"
#include "app/vault/tries.h"

#define KEY_BYTES 32
#define MOST_FILE_BYTES 65536

static YmSecret *
random_key (const YmRandom *random)
{
  YmSecret *key = ym_secret_new (KEY_BYTES);

  ym_random_fill (random, ym_secret_data (key), KEY_BYTES);
  return key;
}

YmKeys *
ym_keys_new (const YmRandom *random)
{
  YmKeys *keys = g_new0 (YmKeys, 1);

  keys->store_id = ym_id_random (random);
  keys->vault = random_key (random);
  keys->head = random_key (random);
  keys->signing_seed = random_key (random);
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
  g_free (keys);
}

/* The keys one after the other, as they are sealed: vault, head, signing seed. */
static YmSecret *
join_keys (const YmKeys *keys)
{
  const YmSecret *const parts[] = { keys->vault, keys->head, keys->signing_seed };
  YmSecret *joined = ym_secret_new (G_N_ELEMENTS (parts) * KEY_BYTES);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    memcpy (ym_secret_data (joined) + i * KEY_BYTES, ym_secret_data (parts[i]), KEY_BYTES);
  return joined;
}

static YmKeys *
split_keys (const YmId *store_id, const YmSecret *joined)
{
  YmKeys *keys = g_new0 (YmKeys, 1);
  YmSecret **const parts[] = { &keys->vault, &keys->head, &keys->signing_seed };

  keys->store_id = *store_id;
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      *parts[i] = ym_secret_new (KEY_BYTES);
      memcpy (ym_secret_data (*parts[i]), ym_secret_data (joined) + i * KEY_BYTES, KEY_BYTES);
    }
  return keys;
}

YmKeys *
ym_keys_copy (const YmKeys *keys)
{
  g_autoptr (YmSecret) joined = join_keys (keys);

  return split_keys (&keys->store_id, joined);
}

static GBytes *
read_file (const char *directory, const YmStoreOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (directory, YM_KEYRING_FILE, NULL);

  return options->files->read (options->files->context, path, MOST_FILE_BYTES, error);
}

gboolean
ym_keyring_exists (const char *directory, const YmStoreOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = read_file (directory, options, &error);

  return bytes != NULL || !g_error_matches (error, YM_ERROR, YM_ERROR_NOT_FOUND);
}

static YmKeyring *
read_keyring (const char *directory, const YmStoreOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = read_file (directory, options, error);

  return bytes != NULL ? ym_keyring_parse (bytes, error) : NULL;
}

static gboolean
write_keyring (const char *directory, const YmKeyring *keyring, const YmStoreOptions *options, GError **error)
{
  g_autoptr (GBytes) bytes = ym_keyring_serialize (keyring);

  return ym_files_replace (options->files, directory, YM_KEYRING_FILE, g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes), error);
}

static GBytes *
wrap_passphrase (const YmKeyring *keyring, const YmSecret *passphrase, const YmSecret *keyring_key,
                 const YmStoreOptions *options, GError **error)
{
  return ym_slot_wrap_passphrase (&keyring->store_id, passphrase, options->argon2_operations,
                                  options->argon2_memory_bytes, keyring_key, options->random, error);
}

gboolean
ym_keyring_create (const char *directory, const YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options,
                   GError **error)
{
  g_autoptr (YmKeyring) keyring = ym_keyring_new (&keys->store_id);
  g_autoptr (YmSecret) keyring_key = random_key (options->random);
  g_autoptr (YmSecret) joined = join_keys (keys);
  GBytes *slot;

  keyring->sealed_keys = ym_keyring_seal_keys (&keys->store_id, keyring_key, joined, options->random);
  if (unlock->passphrase != NULL)
    slot = wrap_passphrase (keyring, unlock->passphrase, keyring_key, options, error);
  else
    slot = ym_slot_wrap_key (&keys->store_id, unlock->key, keyring_key, options->random);
  if (slot == NULL)
    return FALSE;
  ym_keyring_put_slot (keyring, unlock->passphrase != NULL ? YM_SLOT_PASSPHRASE : YM_SLOT_KEY_FILE, slot);
  return write_keyring (directory, keyring, options, error);
}

static gboolean
check_wait (const char *directory, const YmStoreOptions *options, GError **error)
{
  gint64 wait_us = ym_tries_get_wait_us (options->files, directory, options->clock);
  int seconds = (wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  if (wait_us == 0)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_DELAYED,
               ngettext ("There were wrong tries. Wait %d second, then try again.",
                         "There were wrong tries. Wait %d seconds, then try again.", seconds),
               seconds);
  return FALSE;
}

/* Judges a passphrase as a try, which is counted until it proves right. */
static YmSecret *
try_passphrase (const char *directory, const YmKeyring *keyring, const YmSecret *passphrase,
                const YmStoreOptions *options, GError **error)
{
  const YmSlot *slot = ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE);
  YmSecret *keyring_key;

  if (slot == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("This store has no passphrase. Open it by its key."));
      return NULL;
    }
  if (!check_wait (directory, options, error)
      || !ym_tries_begin (options->files, directory, options->clock, error))
    return NULL;
  keyring_key = ym_slot_unwrap_passphrase (&keyring->store_id, passphrase, slot->body, error);
  if (keyring_key != NULL)
    ym_tries_clear (options->files, directory);
  return keyring_key;
}

static YmSecret *
try_key (const YmKeyring *keyring, const YmSecret *key, GError **error)
{
  const YmSlot *slot = ym_keyring_find_slot (keyring, YM_SLOT_KEY_FILE);

  if (slot != NULL && ym_secret_length (key) == KEY_BYTES)
    return ym_slot_unwrap_key (&keyring->store_id, key, slot->body, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This store can't be opened by a key of 32 bytes. Open it by its passphrase."));
  return NULL;
}

YmKeys *
ym_keyring_open (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyring) keyring = read_keyring (directory, options, error);
  g_autoptr (YmSecret) keyring_key = NULL;
  g_autoptr (YmSecret) joined = NULL;

  if (keyring == NULL)
    return NULL;
  if (unlock->passphrase != NULL)
    keyring_key = try_passphrase (directory, keyring, unlock->passphrase, options, error);
  else
    keyring_key = try_key (keyring, unlock->key, error);
  if (keyring_key == NULL)
    return NULL;
  joined = ym_keyring_open_keys (keyring, keyring_key, 3 * KEY_BYTES);
  if (joined != NULL)
    return split_keys (&keyring->store_id, joined);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("The store's key file is damaged. Put a copy of it back or recover the store."));
  return NULL;
}

gboolean
ym_keyring_change_passphrase (const char *directory, const YmSecret *old, const YmSecret *new_passphrase,
                              const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyring) keyring = read_keyring (directory, options, error);
  g_autoptr (YmSecret) keyring_key = NULL;
  GBytes *slot;

  if (keyring == NULL)
    return FALSE;
  keyring_key = try_passphrase (directory, keyring, old, options, error);
  if (keyring_key == NULL)
    return FALSE;
  slot = wrap_passphrase (keyring, new_passphrase, keyring_key, options, error);
  if (slot == NULL)
    return FALSE;
  ym_keyring_put_slot (keyring, YM_SLOT_PASSPHRASE, slot);
  return write_keyring (directory, keyring, options, error);
}
