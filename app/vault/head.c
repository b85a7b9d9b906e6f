/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sealed head: a small file beside the vault that says how far the journal had come.
 *
 *   0         8         12      36                                     172   188
 *   +---------+---------+-------+----------------------------------------+-----+
 *   | YMHEAD  | version | nonce | chain, sequence, hash, count, hash,    | tag |
 *   |         |         |       | digest, counter; encrypted             |     |
 *   +---------+---------+-------+----------------------------------------+-----+
 * Associated data: the first 12 bytes and the store id.
 */

#include "app/vault/head.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/bytes.h"
#include "app/vault/cipher.h"

#define VERSION 1
#define PREFIX_BYTES 12
#define CONTENT_AT (PREFIX_BYTES + YM_CIPHER_NONCE_BYTES)
#define CONTENT_BYTES (YM_ID_BYTES + 8 + YM_HASH_BYTES + 8 + YM_HASH_BYTES + YM_HASH_BYTES + 8)
#define TAG_AT (CONTENT_AT + CONTENT_BYTES)
#define FILE_BYTES (TAG_AT + YM_CIPHER_TAG_BYTES)
#define READ_LIMIT 4096 /* a newer version may be longer */

static const char magic[8] = "YMHEAD";

/* One field after the other, either way. */
static void
put_content (guint8 *at, const YmHead *head)
{
  memcpy (at, head->chain.bytes, YM_ID_BYTES);
  ym_put_be64 (at += YM_ID_BYTES, head->sequence);
  memcpy (at += 8, head->own_hash.bytes, YM_HASH_BYTES);
  ym_put_be64 (at += YM_HASH_BYTES, head->entry_count);
  memcpy (at += 8, head->entry_hash.bytes, YM_HASH_BYTES);
  memcpy (at += YM_HASH_BYTES, head->tables_digest.bytes, YM_HASH_BYTES);
  ym_put_be64 (at + YM_HASH_BYTES, head->counter);
}

static void
get_content (const guint8 *at, YmHead *head)
{
  memcpy (head->chain.bytes, at, YM_ID_BYTES);
  head->sequence = ym_get_be64 (at += YM_ID_BYTES);
  memcpy (head->own_hash.bytes, at += 8, YM_HASH_BYTES);
  head->entry_count = ym_get_be64 (at += YM_HASH_BYTES);
  memcpy (head->entry_hash.bytes, at += 8, YM_HASH_BYTES);
  memcpy (head->tables_digest.bytes, at += YM_HASH_BYTES, YM_HASH_BYTES);
  head->counter = ym_get_be64 (at + YM_HASH_BYTES);
}

typedef struct {
  guint8 bytes[PREFIX_BYTES + YM_ID_BYTES];
} Associated;

static YmCipherInput
cipher_input (const guint8 *file, const YmId *store_id, const YmSecret *key, Associated *associated)
{
  memcpy (associated->bytes, file, PREFIX_BYTES);
  memcpy (associated->bytes + PREFIX_BYTES, store_id->bytes, YM_ID_BYTES);
  return (YmCipherInput){ ym_secret_data (key), file + PREFIX_BYTES, associated->bytes, sizeof associated->bytes };
}

gboolean
ym_head_seal (const YmHead *head, const YmFiles *files, const char *directory, const YmId *store_id,
              const YmSecret *key, const YmRandom *random, GError **error)
{
  guint8 file[FILE_BYTES];
  Associated associated;
  YmCipherInput input;

  memcpy (file, magic, sizeof magic);
  ym_put_be32 (file + sizeof magic, VERSION);
  ym_random_fill (random, file + PREFIX_BYTES, YM_CIPHER_NONCE_BYTES);
  put_content (file + CONTENT_AT, head);
  input = cipher_input (file, store_id, key, &associated);
  ym_cipher_sodium ()->seal (&input, file + CONTENT_AT, CONTENT_BYTES, file + TAG_AT);
  return ym_files_replace (files, directory, YM_HEAD_FILE, file, sizeof file, error);
}

static gboolean
open_file (guint8 *file, gsize length, const YmId *store_id, const YmSecret *key, GError **error)
{
  Associated associated;
  YmCipherInput input;

  if (length >= PREFIX_BYTES && memcmp (file, magic, sizeof magic) == 0
      && ym_get_be32 (file + sizeof magic) > VERSION)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("A newer version of this program has used the store. Update the program."));
      return FALSE;
    }
  if (length == FILE_BYTES && memcmp (file, magic, sizeof magic) == 0)
    {
      input = cipher_input (file, store_id, key, &associated);
      if (ym_cipher_sodium ()->open (&input, file + CONTENT_AT, CONTENT_BYTES, file + TAG_AT))
        return TRUE;
    }
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("The store's record of its last entry was altered. Sync to find out what is missing."));
  return FALSE;
}

gboolean
ym_head_read (YmHead *head, const YmFiles *files, const char *directory, const YmId *store_id, const YmSecret *key,
              GError **error)
{
  g_autofree char *path = g_build_filename (directory, YM_HEAD_FILE, NULL);
  g_autoptr (GBytes) bytes = files->read (files->context, path, READ_LIMIT, error);
  g_autofree guint8 *file = NULL;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  length = g_bytes_get_size (bytes);
  file = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  if (!open_file (file, length, store_id, key, error))
    return FALSE;
  get_content (file + CONTENT_AT, head);
  return TRUE;
}
