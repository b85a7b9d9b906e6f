/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The force's recovery key in its file.
 *
 *   0          8         12           44                             148       180
 *   +----------+---------+------------+------------------------------+---------+
 *   | YMRECKEY | version | public key | the secret half, as a        | SHA-256 |
 *   |          |         |            | passphrase slot wraps a key  |         |
 *   +----------+---------+------------+------------------------------+---------+
 * In place of a store's id stands the key's own, which follows from its public half.
 */

#include "app/vault/recovery-key.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/bytes.h"
#include "app/vault/keyring-format.h"

#define VERSION 1
#define PUBLIC_AT 12
#define WRAPPED_AT (PUBLIC_AT + YM_BOX_PUBLIC_KEY_BYTES)
#define MOST_BYTES 4096

static const char magic[8] = "YMRECKEY";

static GBytes *
encode (const guint8 *public_key, GBytes *wrapped)
{
  GByteArray *file = g_byte_array_new ();
  guint8 version[4];
  YmHash hash;

  ym_put_be32 (version, VERSION);
  g_byte_array_append (file, (const guint8 *) magic, sizeof magic);
  g_byte_array_append (file, version, sizeof version);
  g_byte_array_append (file, public_key, YM_BOX_PUBLIC_KEY_BYTES);
  g_byte_array_append (file, g_bytes_get_data (wrapped, NULL), g_bytes_get_size (wrapped));
  hash = ym_hash_of (file->data, file->len);
  g_byte_array_append (file, hash.bytes, YM_HASH_BYTES);
  return g_byte_array_free_to_bytes (file);
}

gboolean
ym_recovery_key_make (const char *path, const YmSecret *passphrase, const YmStoreOptions *options,
                      guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], GError **error)
{
  const YmFiles *files = options->files;
  g_autoptr (YmSecret) secret = ym_secret_new (YM_BOX_SECRET_KEY_BYTES);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GBytes) there = files->read (files->context, path, MOST_BYTES, &missing);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) file = NULL;
  YmId id;

  if (there != NULL || !g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("There is a file “%s” already. Choose another name."), path);
      return FALSE;
    }
  ym_random_fill (options->random, ym_secret_data (secret), YM_BOX_SECRET_KEY_BYTES);
  ym_box_public_key (secret, public_key);
  id = ym_id_of_public_key ("recovery", public_key);
  wrapped = ym_slot_wrap_passphrase (&id, passphrase, options->argon2_operations, options->argon2_memory_bytes, secret,
                                     options->random, error);
  if (wrapped == NULL)
    return FALSE;
  file = encode (public_key, wrapped);
  return ym_files_replace (files, directory, name, g_bytes_get_data (file, NULL), g_bytes_get_size (file), error);
}

static gboolean
check (GBytes *file, const char *path, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (file, &length);
  YmHash hash;

  if (length >= PUBLIC_AT && memcmp (data, magic, sizeof magic) == 0 && ym_get_be32 (data + 8) > VERSION)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("The file is of a newer version of this program. Update the program."));
      return FALSE;
    }
  if (length > WRAPPED_AT + YM_HASH_BYTES && memcmp (data, magic, sizeof magic) == 0)
    {
      hash = ym_hash_of (data, length - YM_HASH_BYTES);
      if (memcmp (hash.bytes, data + length - YM_HASH_BYTES, YM_HASH_BYTES) == 0)
        return TRUE;
    }
  g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, _ ("“%s” is not a recovery key, or it is damaged. Use a copy of it."), path);
  return FALSE;
}

YmSecret *
ym_recovery_key_open (const char *path, const YmSecret *passphrase, const YmStoreOptions *options,
                      guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], GError **error)
{
  const YmFiles *files = options->files;
  g_autoptr (GBytes) file = files->read (files->context, path, MOST_BYTES, error);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (YmSecret) secret = NULL;
  guint8 found[YM_BOX_PUBLIC_KEY_BYTES];
  YmId id;

  if (file == NULL || !check (file, path, error))
    return NULL;
  memcpy (public_key, (const guint8 *) g_bytes_get_data (file, NULL) + PUBLIC_AT, YM_BOX_PUBLIC_KEY_BYTES);
  id = ym_id_of_public_key ("recovery", public_key);
  wrapped = g_bytes_new_from_bytes (file, WRAPPED_AT, g_bytes_get_size (file) - WRAPPED_AT - YM_HASH_BYTES);
  secret = ym_slot_unwrap_passphrase (&id, passphrase, wrapped, error);
  if (secret == NULL)
    return NULL;
  ym_box_public_key (secret, found);
  if (memcmp (found, public_key, sizeof found) == 0)
    return g_steal_pointer (&secret);
  g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, _ ("“%s” is not a recovery key, or it is damaged. Use a copy of it."), path);
  return NULL;
}
