/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives out a store's keys to whoever has a secret that opens one of its slots. */

#include "app/vault/keyring.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/keyring-files.h"
#include "app/vault/keyring-format.h"
#include "app/vault/tries.h"

#define KEY_BYTES 32
#define KEYS_BYTES (3 * KEY_BYTES)

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
  keys->keyring_key = random_key (random);
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
  YmKeys *copy = split_keys (&keys->store_id, joined);

  copy->keyring_key = ym_secret_new (KEY_BYTES);
  memcpy (ym_secret_data (copy->keyring_key), ym_secret_data (keys->keyring_key), KEY_BYTES);
  return copy;
}

gboolean
ym_keyring_exists (const char *directory, const YmStoreOptions *options)
{
  return ym_keyring_files_exist (directory, options);
}

/* As the options ask, but never less than @slot has. */
static GBytes *
wrap_passphrase (const YmKeyring *keyring, const YmSecret *passphrase, const YmSecret *keyring_key,
                 const YmStoreOptions *options, GError **error)
{
  const YmSlot *slot = ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE);
  YmSlotCost cost = { options->argon2_operations, options->argon2_memory_bytes };
  YmSlotCost had = { 0, 0 };

  if (slot != NULL)
    had = ym_slot_get_cost (slot->body);
  return ym_slot_wrap_passphrase (&keyring->store_id, passphrase, MAX (cost.operations, had.operations),
                                  MAX (cost.memory_bytes, had.memory_bytes), keyring_key, options->random, error);
}

/* Seals @joined under the slots as they are, as the next generation, and writes both files. */
static gboolean
write_next (const char *directory, YmKeyring *keyring, const YmSecret *keyring_key, const YmSecret *joined,
            const YmStoreOptions *options, GError **error)
{
  keyring->generation++;
  ym_keyring_seal_keys (keyring, keyring_key, joined, options->random);
  return ym_keyring_files_write (directory, keyring, options, error);
}

gboolean
ym_keyring_create (const char *directory, const YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options,
                   GError **error)
{
  g_autoptr (YmKeyring) keyring = ym_keyring_new (&keys->store_id);
  g_autoptr (YmSecret) joined = join_keys (keys);
  GBytes *slot;

  if (unlock->passphrase != NULL)
    slot = wrap_passphrase (keyring, unlock->passphrase, keys->keyring_key, options, error);
  else
    slot = ym_slot_wrap_key (&keys->store_id, unlock->key, keys->keyring_key, options->random);
  if (slot == NULL)
    return FALSE;
  ym_keyring_put_slot (keyring, unlock->passphrase != NULL ? YM_SLOT_PASSPHRASE : YM_SLOT_KEY_FILE, slot);
  if (unlock->passphrase != NULL && !ym_tries_prepare (options->files, directory, options->clock, error))
    return FALSE;
  return write_next (directory, keyring, keys->keyring_key, joined, options, error);
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

/* What one copy of the keyring gives to whoever opens a slot of it. */
typedef struct {
  YmSecret *keyring_key;
  YmSecret *joined;
} Opened;

static void
opened_clear (Opened *opened)
{
  g_clear_pointer (&opened->keyring_key, ym_secret_free);
  g_clear_pointer (&opened->joined, ym_secret_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opened, opened_clear)

static YmSecret *
open_slot (const YmKeyring *keyring, const YmUnlock *unlock, GError **error)
{
  gboolean by_passphrase = unlock->passphrase != NULL;
  const YmSlot *slot = ym_keyring_find_slot (keyring, by_passphrase ? YM_SLOT_PASSPHRASE : YM_SLOT_KEY_FILE);

  if (by_passphrase && slot != NULL)
    return ym_slot_unwrap_passphrase (&keyring->store_id, unlock->passphrase, slot->body, error);
  if (!by_passphrase && slot != NULL && ym_secret_length (unlock->key) == KEY_BYTES)
    return ym_slot_unwrap_key (&keyring->store_id, unlock->key, slot->body, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       by_passphrase
                           ? _ ("This store has no passphrase. Open it by its key.")
                           : _ ("This store can't be opened by a key of 32 bytes. Open it by its passphrase."));
  return NULL;
}

static gboolean
open_copy (const YmKeyring *keyring, const YmUnlock *unlock, Opened *opened, GError **error)
{
  opened->keyring_key = open_slot (keyring, unlock, error);
  if (opened->keyring_key == NULL)
    return FALSE;
  opened->joined = ym_keyring_open_keys (keyring, opened->keyring_key, KEYS_BYTES);
  if (opened->joined != NULL)
    return TRUE;
  opened_clear (opened);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("The store's key file is damaged. Put a copy of it back or recover the store."));
  return FALSE;
}

/* The older copy is asked only where the newer is damaged, never because the newer one refuses: it may have an
 * old passphrase. Returns the copy that opened. */
static YmKeyring *
open_copies (YmKeyringCopies *copies, const YmUnlock *unlock, Opened *opened, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (open_copy (copies->newest, unlock, opened, &why))
    return copies->newest;
  if (copies->other != NULL && g_error_matches (why, YM_ERROR, YM_ERROR_DAMAGED)
      && open_copy (copies->other, unlock, opened, NULL))
    return copies->other;
  g_propagate_error (error, g_steal_pointer (&why));
  return NULL;
}

/* A passphrase is a try, which is counted until it proves right. */
static YmKeyring *
unlock_copies (const char *directory, YmKeyringCopies *copies, const YmUnlock *unlock, const YmStoreOptions *options,
               Opened *opened, GError **error)
{
  YmKeyring *keyring;

  if (unlock->passphrase != NULL
      && (!check_wait (directory, options, error)
          || !ym_tries_begin (options->files, directory, options->clock, error)))
    return NULL;
  keyring = open_copies (copies, unlock, opened, error);
  if (keyring != NULL && unlock->passphrase != NULL)
    ym_tries_clear (options->files, directory, options->clock);
  return keyring;
}

static gboolean
costs_too_little (const YmKeyring *keyring, const YmStoreOptions *options)
{
  YmSlotCost cost = ym_slot_get_cost (ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE)->body);

  return cost.operations < options->argon2_operations || cost.memory_bytes < options->argon2_memory_bytes;
}

static gboolean
put_passphrase (const char *directory, YmKeyring *keyring, const YmSecret *passphrase,
                const YmSecret *keyring_key, const YmSecret *joined, const YmStoreOptions *options, GError **error)
{
  GBytes *slot = wrap_passphrase (keyring, passphrase, keyring_key, options, error);

  if (slot == NULL)
    return FALSE;
  ym_keyring_put_slot (keyring, YM_SLOT_PASSPHRASE, slot);
  return write_next (directory, keyring, keyring_key, joined, options, error);
}

YmKeys *
ym_keyring_open (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  g_auto (Opened) opened = { NULL, NULL };
  const YmKeyring *keyring;
  YmKeys *keys;

  if (copies == NULL)
    return NULL;
  keyring = unlock_copies (directory, copies, unlock, options, &opened, error);
  if (keyring == NULL)
    return NULL;
  keys = split_keys (&keyring->store_id, opened.joined);
  keys->keyring_key = g_steal_pointer (&opened.keyring_key);
  return keys;
}

/* The copy that @keyring_key opens, the newer first, and what it holds. */
static YmKeyring *
find_proved_copy (YmKeyringCopies *copies, const YmSecret *keyring_key, YmSecret **joined)
{
  YmKeyring *const tried[] = { copies->newest, copies->other };

  for (gsize i = 0; i < G_N_ELEMENTS (tried); i++)
    if (tried[i] != NULL && (*joined = ym_keyring_open_keys (tried[i], keyring_key, KEYS_BYTES)) != NULL)
      return tried[i];
  return NULL;
}

void
ym_keyring_tend (const char *directory, const YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, NULL);
  g_autoptr (GError) ignored = NULL;
  g_autoptr (YmSecret) joined = NULL;
  YmKeyring *keyring = copies != NULL ? find_proved_copy (copies, keys->keyring_key, &joined) : NULL;

  if (keyring == NULL)
    return;
  if (unlock->passphrase == NULL || !costs_too_little (keyring, options)
      || !put_passphrase (directory, keyring, unlock->passphrase, keys->keyring_key, joined, options, &ignored))
    ym_keyring_files_repair (directory, copies, keyring, options);
}

gboolean
ym_keyring_change_passphrase (const char *directory, const YmSecret *old, const YmSecret *new_passphrase,
                              const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  g_auto (Opened) opened = { NULL, NULL };
  YmKeyring *keyring;

  if (copies == NULL)
    return FALSE;
  keyring = unlock_copies (directory, copies, &(YmUnlock){ .passphrase = old }, options, &opened, error);
  return keyring != NULL && put_passphrase (directory, keyring, new_passphrase, opened.keyring_key, opened.joined, options, error);
}
