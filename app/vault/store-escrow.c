/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tablet's side of escrow, all of it on a store that stays closed. */

#include "app/vault/store-escrow.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/vault/keyring-files.h"
#include "app/vault/store-private.h"
#include "app/vault/tries.h"

/* The lock of the store's directory, held while the keyring is looked at and changed. */
typedef struct {
  const YmFiles *files;
  gpointer lock;
} Held;

static void
held_clear (Held *held)
{
  if (held->lock != NULL)
    held->files->unlock (held->files->context, held->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Held, held_clear)

static gboolean
hold (Held *held, const char *directory, const YmStoreOptions *options, GError **error)
{
  g_autofree char *path = g_build_filename (directory, YM_LOCK_FILE, NULL);

  held->files = options->files;
  held->lock = options->files->lock (options->files->context, path, error);
  return held->lock != NULL;
}

/* (transfer full) (nullable): the escrow slot's body. Nothing vouches for it before the recovery key has opened it. */
static GBytes *
read_slot (const char *directory, const YmStoreOptions *options, YmId *store_id, GError **error)
{
  g_autoptr (YmKeyringCopies) copies = ym_keyring_files_read (directory, options, error);
  const YmSlot *slot = copies != NULL ? ym_keyring_find_slot (copies->newest, YM_SLOT_ESCROW) : NULL;

  if (slot != NULL)
    {
      *store_id = copies->newest->store_id;
      return g_bytes_ref (slot->body);
    }
  if (copies != NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                         _ ("The keys of this device are not in escrow: your force had no recovery key when it last synced. "
                            "Only its passphrase opens it."));
  return NULL;
}

static YmId
id_of_one_time_key (const YmEscrowRequest *request)
{
  return ym_id_of_public_key ("one-time", request->one_time_key);
}

static GBytes *
make_kept (GBytes *request_bytes, const YmSecret *secret, const YmSecret *passphrase, const YmStoreOptions *options,
           GError **error)
{
  g_autoptr (YmEscrowRequest) request = ym_escrow_request_decode (request_bytes, error);
  g_autoptr (GBytes) wrapped = NULL;
  YmId id;

  if (request == NULL)
    return NULL;
  id = id_of_one_time_key (request);
  wrapped = ym_slot_wrap_passphrase (&id, passphrase, options->argon2_operations, options->argon2_memory_bytes, secret,
                                     options->random, error);
  return wrapped != NULL ? ym_escrow_kept_encode (request_bytes, wrapped) : NULL;
}

GBytes *
ym_store_request_escrow (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                         GError **error)
{
  g_auto (Held) held = { NULL, NULL };
  g_autoptr (YmSecret) secret = NULL;
  g_autoptr (GBytes) slot = NULL;
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) kept = NULL;
  guint8 one_time_key[YM_BOX_PUBLIC_KEY_BYTES];
  YmId store_id;

  if (!ym_keyring_exists (directory, options))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no store here. Make one first."));
      return NULL;
    }
  if (!hold (&held, directory, options, error))
    return NULL;
  slot = read_slot (directory, options, &store_id, error);
  if (slot == NULL)
    return NULL;
  secret = ym_key_random (options->random);
  ym_box_public_key (secret, one_time_key);
  request = ym_escrow_request_encode (&store_id, one_time_key, slot);
  kept = make_kept (request, secret, passphrase, options, error);
  if (kept == NULL
      || !ym_files_replace (options->files, directory, YM_ESCROW_FILE, g_bytes_get_data (kept, NULL),
                            g_bytes_get_size (kept), error))
    return NULL;
  return g_steal_pointer (&request);
}

static gboolean
read_kept (const char *directory, const YmStoreOptions *options, GBytes **request, GBytes **wrapped, GError **error)
{
  g_autofree char *path = g_build_filename (directory, YM_ESCROW_FILE, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) kept
      = options->files->read (options->files->context, path, YM_ESCROW_MOST_BYTES, &failure);

  if (kept != NULL)
    return ym_escrow_kept_decode (kept, request, wrapped, error);
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND))
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                         _ ("No request of this device waits for an answer: it was answered, or the device has been unlocked "
                            "since. Make a new request if the passphrase is forgotten."));
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

GBytes *
ym_store_read_escrow_request (const char *directory, const YmStoreOptions *options, GError **error)
{
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) wrapped = NULL;

  return read_kept (directory, options, &request, &wrapped, error) ? g_steal_pointer (&request) : NULL;
}

/* The one-time secret, for who chose the passphrase: a try like any other. */
static YmSecret *
unwrap (const char *directory, const YmEscrowRequest *request, GBytes *wrapped, const YmSecret *passphrase,
        const YmStoreOptions *options, GError **error)
{
  YmId id = id_of_one_time_key (request);
  YmSecret *secret;

  if (!ym_tries_check (options->files, directory, options->clock, error)
      || !ym_tries_begin (options->files, directory, options->clock, error))
    return NULL;
  secret = ym_slot_unwrap_passphrase (&id, passphrase, wrapped, error);
  if (secret != NULL)
    ym_tries_clear (options->files, directory, options->clock);
  return secret;
}

static gboolean
fits (const char *directory, const YmKeys *keys, const YmSecret *vault_key, const YmStoreOptions *options,
      gboolean *found, GError **error)
{
  g_autofree char *canonical = g_canonicalize_filename (directory, NULL);
  g_autofree char *path = g_build_filename (canonical, YM_VAULT_FILE, NULL);
  g_autoptr (YmVaultVfs) vfs = NULL;

  *found = FALSE;
  if (vault_key == NULL)
    return TRUE;
  vfs = ym_vault_vfs_new (options->base_vfs, path, &keys->store_id, vault_key, options->random, error);
  return vfs != NULL && ym_vault_vfs_fits (vfs, found, error);
}

/* Before the old keyring goes: what came opens the vault. */
static gboolean
check_keys (const char *directory, const YmKeys *keys, const YmStoreOptions *options, GError **error)
{
  gboolean now, next;

  if (!fits (directory, keys, keys->vault, options, &now, error)
      || !fits (directory, keys, keys->next_vault, options, &next, error))
    return FALSE;
  if (now || next)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("The answer's keys are not the ones of this store. Nothing was changed; make a new request."));
  return FALSE;
}

gboolean
ym_store_take_escrow_answer (const char *directory, GBytes *answer, const YmSecret *passphrase,
                             const YmStoreOptions *options, GError **error)
{
  const YmFiles *files = options->files;
  g_auto (Held) held = { NULL, NULL };
  g_autofree char *path = g_build_filename (directory, YM_ESCROW_FILE, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (YmEscrowRequest) request = NULL;
  g_autoptr (YmSecret) secret = NULL;
  g_autoptr (YmSecret) storage = NULL;
  g_autoptr (YmKeys) keys = NULL;

  if (!hold (&held, directory, options, error) || !read_kept (directory, options, &bytes, &wrapped, error))
    return FALSE;
  request = ym_escrow_request_decode (bytes, error);
  /* A wrong file costs no try. */
  if (request == NULL || !ym_escrow_answer_is_to (answer, request, error))
    return FALSE;
  secret = unwrap (directory, request, wrapped, passphrase, options, error);
  storage = secret != NULL ? ym_escrow_answer_open (answer, request, secret, error) : NULL;
  if (storage == NULL)
    return FALSE;
  keys = ym_keys_from_storage (&request->store_id, storage, options->random);
  if (keys == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                           _ ("The answer was changed on its way. Ask your administrator for it again."));
      return FALSE;
    }
  return check_keys (directory, keys, options, error)
         && ym_keyring_renew (directory, keys, passphrase, options, error)
         && files->remove (files->context, path, error);
}

void
ym_store_withdraw_escrow_request (YmStore *store)
{
  const YmFiles *files = store->options.files;
  g_autofree char *path = g_build_filename (store->directory, YM_ESCROW_FILE, NULL);
  g_autoptr (GBytes) kept = files->read (files->context, path, YM_ESCROW_MOST_BYTES, NULL);
  g_autoptr (GError) ignored = NULL;

  if (kept != NULL)
    (void) files->remove (files->context, path, &ignored);
}
