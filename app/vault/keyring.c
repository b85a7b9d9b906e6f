/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives out a store's keys to whoever has a secret that opens one of its slots. */

#include "app/vault/keyring.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/escrow-slot.h"
#include "app/vault/keyring-files.h"
#include "app/vault/keyring-format.h"
#include "app/vault/tries.h"

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

/* Seals @keys under the slots as they are, as the next generation, and writes both files. */
static gboolean
write_next (const char *directory, YmKeyring *keyring, const YmKeys *keys, const YmStoreOptions *options, GError **error)
{
  keyring->generation++;
  ym_keyring_seal_keys (keyring, keys, options->random);
  return ym_keyring_files_write (directory, keyring, options, error);
}

static gboolean
put_unlock (YmKeyring *keyring, const YmUnlock *unlock, const YmKeys *keys, const YmStoreOptions *options,
            GError **error)
{
  GBytes *slot;

  if (unlock->passphrase != NULL)
    slot = wrap_passphrase (keyring, unlock->passphrase, keys->keyring_key, options, error);
  else
    slot = ym_slot_wrap_key (&keys->store_id, unlock->key, keys->keyring_key, options->random);
  if (slot != NULL)
    ym_keyring_put_slot (keyring, unlock->passphrase != NULL ? YM_SLOT_PASSPHRASE : YM_SLOT_KEY_FILE, slot);
  return slot != NULL;
}

gboolean
ym_keyring_create (const char *directory, const YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options,
                   GError **error)
{
  g_autoptr (YmKeyring) keyring = ym_keyring_new (&keys->store_id);

  if (!put_unlock (keyring, unlock, keys, options, error))
    return FALSE;
  if (unlock->passphrase != NULL && !ym_tries_prepare (options->files, directory, options->clock, error))
    return FALSE;
  return write_next (directory, keyring, keys, options, error);
}

static YmSecret *
open_slot (const YmKeyring *keyring, const YmUnlock *unlock, GError **error)
{
  gboolean by_passphrase = unlock->passphrase != NULL;
  const YmSlot *slot = ym_keyring_find_slot (keyring, by_passphrase ? YM_SLOT_PASSPHRASE : YM_SLOT_KEY_FILE);

  if (by_passphrase && slot != NULL)
    return ym_slot_unwrap_passphrase (&keyring->store_id, unlock->passphrase, slot->body, error);
  if (!by_passphrase && slot != NULL && ym_secret_length (unlock->key) == YM_KEY_BYTES)
    return ym_slot_unwrap_key (&keyring->store_id, unlock->key, slot->body, error);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       by_passphrase
                           ? _ ("This store has no passphrase. Open it by its key.")
                           : _ ("This store can't be opened by a key of 32 bytes. Open it by its passphrase."));
  return NULL;
}

static YmKeys *
open_copy (const YmKeyring *keyring, const YmUnlock *unlock, GError **error)
{
  g_autoptr (YmSecret) keyring_key = open_slot (keyring, unlock, error);
  YmKeys *keys = keyring_key != NULL ? ym_keyring_open_keys (keyring, keyring_key) : NULL;

  if (keys != NULL)
    keys->keyring_key = g_steal_pointer (&keyring_key);
  else if (keyring_key != NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("The store's key file is damaged. Put a copy of it back or recover the store."));
  return keys;
}

/* The older copy is asked only where the newer is damaged, never because the newer one refuses: it may have an
 * old passphrase. @keyring is the copy that opened. */
static YmKeys *
open_copies (YmKeyringCopies *copies, const YmUnlock *unlock, YmKeyring **keyring, GError **error)
{
  g_autoptr (GError) why = NULL;
  YmKeys *keys;

  *keyring = copies->newest;
  keys = open_copy (copies->newest, unlock, &why);
  if (keys == NULL && copies->other != NULL && g_error_matches (why, YM_ERROR, YM_ERROR_DAMAGED))
    {
      *keyring = copies->other;
      keys = open_copy (copies->other, unlock, NULL);
    }
  if (keys == NULL)
    g_propagate_error (error, g_steal_pointer (&why));
  return keys;
}

/* A passphrase is a try, which is counted until it proves right. */
static YmKeys *
unlock_copies (const char *directory, YmKeyringCopies *copies, const YmUnlock *unlock, const YmStoreOptions *options,
               YmKeyring **keyring, GError **error)
{
  YmKeys *keys;

  if (unlock->passphrase != NULL
      && (!ym_tries_check (options->files, directory, options->clock, error)
          || !ym_tries_begin (options->files, directory, options->clock, error)))
    return NULL;
  keys = open_copies (copies, unlock, keyring, error);
  if (keys != NULL && unlock->passphrase != NULL)
    ym_tries_clear (options->files, directory, options->clock);
  return keys;
}

/* A slot of the least cost there is was made so on purpose, by a test that knew its passphrase: no version of ours ever
 * asked for so little, and the cost is bound to the slot. Raising it would make each test's unlock cost a second. */
static gboolean
costs_too_little (const YmKeyring *keyring, const YmStoreOptions *options)
{
  YmSlotCost cost = ym_slot_get_cost (ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE)->body);

  if (cost.operations == crypto_pwhash_OPSLIMIT_MIN && cost.memory_bytes == crypto_pwhash_MEMLIMIT_MIN)
    return FALSE;
  return cost.operations < options->argon2_operations || cost.memory_bytes < options->argon2_memory_bytes;
}

static gboolean
put_passphrase (const char *directory, YmKeyring *keyring, const YmSecret *passphrase, const YmKeys *keys,
                const YmStoreOptions *options, GError **error)
{
  return put_unlock (keyring, &(YmUnlock){ .passphrase = passphrase }, keys, options, error)
         && write_next (directory, keyring, keys, options, error);
}

YmKeys *
ym_keyring_open (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  YmKeyring *keyring;

  return copies != NULL ? unlock_copies (directory, copies, unlock, options, &keyring, error) : NULL;
}

/* The copy that @keys opens, the newer first; it may hold other keys than these. */
static YmKeyring *
find_proved_copy (YmKeyringCopies *copies, const YmKeys *keys, YmKeys **held)
{
  YmKeyring *const tried[] = { copies->newest, copies->other };

  for (gsize i = 0; i < G_N_ELEMENTS (tried); i++)
    if (tried[i] != NULL && (*held = ym_keyring_open_keys (tried[i], keys->keyring_key)) != NULL)
      {
        (*held)->keyring_key = ym_secret_copy (keys->keyring_key);
        return tried[i];
      }
  return NULL;
}

void
ym_keyring_tend (const char *directory, const YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, NULL);
  g_autoptr (GError) ignored = NULL;
  g_autoptr (YmKeys) held = NULL;
  YmKeyring *keyring = copies != NULL ? find_proved_copy (copies, keys, &held) : NULL;

  if (keyring == NULL)
    return;
  if (unlock->passphrase == NULL || !costs_too_little (keyring, options)
      || !put_passphrase (directory, keyring, unlock->passphrase, held, options, &ignored))
    ym_keyring_files_repair (directory, copies, keyring, options);
}

gboolean
ym_keyring_change_passphrase (const char *directory, const YmSecret *old, const YmSecret *new_passphrase,
                              const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  g_autoptr (YmKeys) keys = NULL;
  YmKeyring *keyring;

  if (copies == NULL)
    return FALSE;
  keys = unlock_copies (directory, copies, &(YmUnlock){ .passphrase = old }, options, &keyring, error);
  return keys != NULL && put_passphrase (directory, keyring, new_passphrase, keys, options, error);
}

/* The files as @keys opened them. */
static YmKeyringCopies *
read_proved (const char *directory, const YmKeys *keys, const YmStoreOptions *options, YmKeyring **keyring,
             GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  g_autoptr (YmKeys) held = NULL;

  *keyring = copies != NULL ? find_proved_copy (copies, keys, &held) : NULL;
  if (*keyring != NULL)
    {
      (*keyring)->generation = copies->newest->generation; /* what is written next is newer than either */
      return g_steal_pointer (&copies);
    }
  if (copies != NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("The store's key file is not the one that opened it. Lock and unlock the store."));
  return NULL;
}

/* Escrow follows the keys: sealed afresh to whomever it was sealed to. */
static gboolean
renew_escrow (const YmKeyring *before, YmKeyring *keyring, const YmKeys *keys, const YmStoreOptions *options)
{
  const YmSlot *slot = ym_keyring_find_slot (before, YM_SLOT_ESCROW);
  YmEscrowSlot escrow;
  GBytes *body;

  if (slot == NULL || !ym_escrow_slot_parse (slot->body, &escrow))
    return TRUE;
  body = ym_escrow_slot_seal (keys, escrow.recovery_key, options->random);
  if (body != NULL)
    ym_keyring_put_slot (keyring, YM_SLOT_ESCROW, body);
  return body != NULL;
}

static void
mark_due (YmKeyring *keyring)
{
  ym_keyring_put_slot (keyring, YM_SLOT_KEYS_DUE, g_bytes_new (NULL, 0));
}

gboolean
ym_keyring_begin_change (const char *directory, YmKeys *keys, const YmUnlock *unlock, const YmStoreOptions *options,
                         GError **error)
{
  YmKeyring *before;
  g_autoptr (YmKeyringCopies) copies = read_proved (directory, keys, options, &before, error);
  g_autoptr (YmKeyring) keyring = NULL;

  if (copies == NULL)
    return FALSE;
  keyring = ym_keyring_new (&keys->store_id);
  keyring->generation = copies->newest->generation;
  ym_secret_free (keys->keyring_key);
  keys->keyring_key = ym_key_random (options->random);
  keys->next_vault = ym_key_random (options->random);
  keys->next_head = ym_key_random (options->random);
  /* The cost of the slot is the one it had at least. */
  if (unlock->passphrase != NULL && ym_keyring_find_slot (before, YM_SLOT_PASSPHRASE) != NULL)
    ym_keyring_put_slot (keyring, YM_SLOT_PASSPHRASE, g_bytes_ref (ym_keyring_find_slot (before, YM_SLOT_PASSPHRASE)->body));
  /* A change that is taken back has changed nothing. */
  if (ym_keyring_find_slot (before, YM_SLOT_KEYS_DUE) != NULL)
    mark_due (keyring);
  return put_unlock (keyring, unlock, keys, options, error)
         && renew_escrow (before, keyring, keys, options) && write_next (directory, keyring, keys, options, error);
}

/* Whether the keys in use are others than they were when the keyring was written. */
static gboolean
has_changed (const YmKeyring *keyring, const YmKeys *keys)
{
  g_autoptr (YmKeys) held = ym_keyring_open_keys (keyring, keys->keyring_key);

  return held != NULL && sodium_memcmp (ym_secret_data (held->vault), ym_secret_data (keys->vault), YM_KEY_BYTES) != 0;
}

gboolean
ym_keyring_end_change (const char *directory, YmKeys *keys, const YmStoreOptions *options, GError **error)
{
  YmKeyring *keyring;
  g_autoptr (YmKeyringCopies) copies = read_proved (directory, keys, options, &keyring, error);

  if (copies == NULL)
    return FALSE;
  if (has_changed (keyring, keys))
    ym_keyring_remove_slot (keyring, YM_SLOT_KEYS_DUE);
  ym_keys_forget_next (keys);
  return renew_escrow (keyring, keyring, keys, options) && write_next (directory, keyring, keys, options, error);
}

gboolean
ym_keyring_keys_are_due (const char *directory, const YmKeys *keys, const YmStoreOptions *options, gboolean *due, GError **error)
{
  YmKeyring *keyring;
  g_autoptr (YmKeyringCopies) copies = read_proved (directory, keys, options, &keyring, error);

  *due = copies != NULL && ym_keyring_find_slot (keyring, YM_SLOT_KEYS_DUE) != NULL;
  return copies != NULL;
}

gboolean
ym_keyring_mark_due (const char *directory, const YmKeys *keys, const YmStoreOptions *options, GError **error)
{
  YmKeyring *keyring;
  g_autoptr (YmKeyringCopies) copies = read_proved (directory, keys, options, &keyring, error);

  if (copies == NULL)
    return FALSE;
  mark_due (keyring);
  return write_next (directory, keyring, keys, options, error);
}

gboolean
ym_keyring_set_escrow (const char *directory, const YmKeys *keys, const guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES],
                       const YmStoreOptions *options, GError **error)
{
  YmKeyring *keyring;
  g_autoptr (YmKeyringCopies) copies = read_proved (directory, keys, options, &keyring, error);
  const YmSlot *slot = copies != NULL ? ym_keyring_find_slot (keyring, YM_SLOT_ESCROW) : NULL;
  YmEscrowSlot escrow;
  GBytes *body;

  if (copies == NULL)
    return FALSE;
  if (slot != NULL && ym_escrow_slot_parse (slot->body, &escrow)
      && memcmp (escrow.recovery_key, recovery_key, YM_BOX_PUBLIC_KEY_BYTES) == 0)
    return TRUE;
  body = ym_escrow_slot_seal (keys, recovery_key, options->random);
  if (body == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The force's recovery key can't be used. Ask your administrator to make another."));
      return FALSE;
    }
  ym_keyring_put_slot (keyring, YM_SLOT_ESCROW, body);
  return write_next (directory, keyring, keys, options, error);
}

gboolean
ym_keyring_renew (const char *directory, const YmKeys *keys, const YmSecret *passphrase, const YmStoreOptions *options,
                  GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  g_autoptr (YmKeyring) keyring = ym_keyring_new (&keys->store_id);

  if (copies == NULL)
    return FALSE;
  keyring->generation = copies->newest->generation;
  mark_due (keyring);
  /* Nothing vouches for the slots of a keyring that nobody could open: none of them goes into the new one. */
  return put_unlock (keyring, &(YmUnlock){ .passphrase = passphrase }, keys, options, error)
         && write_next (directory, keyring, keys, options, error);
}
