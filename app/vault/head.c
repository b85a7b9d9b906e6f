/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sealed head: a small file beside the vault that says how far the journal had come. Two records, written in turn:
 *
 *   0         8         12      36                                     172   188       4096
 *   +---------+---------+-------+----------------------------------------+-----+-- 0 --+-------------------------+
 *   | YMHEAD  | version | nonce | chain, sequence, hash, count, hash,    | tag |       | a second record of this |
 *   |         |         |       | digest, counter; encrypted             |     |       |                         |
 *   +---------+---------+-------+----------------------------------------+-----+-------+-------------------------+
 * Associated data: the first 12 bytes and the store id. Version 1 was one record, replaced whole.
 *
 * The record of counter n is at 0 if n is even, at 4096 if it is odd, so the next is written over the one before the
 * last, in place: one fdatasync, no name and no size changes, and no room is needed. A write that is torn leaves
 * record n - 1; the records are a block apart, so that no disk writes both at once. Beside record n there is always
 * n - 1, but while n + 1 is written. So a destroyed record can't be passed off for one that was never there: the
 * commit that n + 1 follows is in the store by then, and who opens the store counts the commits (is_torn).
 */

#include "app/vault/head.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/vault/bytes.h"
#include "app/vault/cipher.h"

#define VERSION 2
#define VERSION_OF_ONE_RECORD 1
#define PREFIX_BYTES 12
#define CONTENT_AT (PREFIX_BYTES + YM_CIPHER_NONCE_BYTES)
#define CONTENT_BYTES (YM_ID_BYTES + 8 + YM_HASH_BYTES + 8 + YM_HASH_BYTES + YM_HASH_BYTES + 8)
#define TAG_AT (CONTENT_AT + CONTENT_BYTES)
#define RECORD_BYTES (TAG_AT + YM_CIPHER_TAG_BYTES)
#define SPACING_BYTES 4096
#define FILE_BYTES (2 * SPACING_BYTES)
#define READ_LIMIT 65536 /* a newer version may be longer */

G_STATIC_ASSERT (RECORD_BYTES == YM_HEAD_RECORD_BYTES);

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
cipher_input (const YmHeadFile *self, const guint8 *record, Associated *associated)
{
  memcpy (associated->bytes, record, PREFIX_BYTES);
  memcpy (associated->bytes + PREFIX_BYTES, self->store_id->bytes, YM_ID_BYTES);
  return (YmCipherInput){ ym_secret_data (self->key), record + PREFIX_BYTES, associated->bytes,
                          sizeof associated->bytes };
}

static void
seal_record (const YmHeadFile *self, const YmHead *head, guint8 *record)
{
  Associated associated;
  YmCipherInput input;

  memcpy (record, magic, sizeof magic);
  ym_put_be32 (record + sizeof magic, VERSION);
  ym_random_fill (self->random, record + PREFIX_BYTES, YM_CIPHER_NONCE_BYTES);
  put_content (record + CONTENT_AT, head);
  input = cipher_input (self, record, &associated);
  ym_cipher_sodium ()->seal (&input, record + CONTENT_AT, CONTENT_BYTES, record + TAG_AT);
}

static gboolean
open_record (const YmHeadFile *self, const guint8 *record, guint32 version, YmHead *head)
{
  guint8 plain[RECORD_BYTES];
  Associated associated;
  YmCipherInput input;

  memcpy (plain, record, sizeof plain);
  input = cipher_input (self, plain, &associated);
  if (memcmp (plain, magic, sizeof magic) != 0 || ym_get_be32 (plain + sizeof magic) != version
      || !ym_cipher_sodium ()->open (&input, plain + CONTENT_AT, CONTENT_BYTES, plain + TAG_AT))
    return FALSE;
  *head = (YmHead){ 0 };
  get_content (plain + CONTENT_AT, head);
  return TRUE;
}

static gsize
place_of (guint64 counter)
{
  return counter % 2 * SPACING_BYTES;
}

/* The newer of two records that are each in their place. */
static gboolean
open_both (const YmHeadFile *self, const guint8 *file, YmHead *head)
{
  YmHead records[2];
  gboolean good[2];
  guint newer;

  for (guint i = 0; i < 2; i++)
    good[i] = open_record (self, file + i * SPACING_BYTES, VERSION, &records[i])
              && place_of (records[i].counter) == i * SPACING_BYTES;
  if (!good[0] && !good[1])
    return FALSE;
  newer = good[0] && good[1] ? records[1].counter > records[0].counter : good[1];
  *head = records[newer];
  head->is_torn = !good[1 - newer] || records[1 - newer].counter + 1 != head->counter;
  return TRUE;
}

static gboolean
is_newer (const guint8 *file, gsize length)
{
  return length >= PREFIX_BYTES && memcmp (file, magic, sizeof magic) == 0
         && ym_get_be32 (file + sizeof magic) > VERSION;
}

static gboolean
open_file (const YmHeadFile *self, const guint8 *file, gsize length, YmHead *head, GError **error)
{
  if (length == RECORD_BYTES && open_record (self, file, VERSION_OF_ONE_RECORD, head))
    return TRUE;
  if (length == FILE_BYTES && open_both (self, file, head))
    return TRUE;
  if (is_newer (file, length))
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                         _ ("A newer version of this program has used the store. Update the program."));
  else
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("The store's record of its last entry was altered. Sync to find out what is missing."));
  return FALSE;
}

gboolean
ym_head_read (YmHeadFile *self, YmHead *head, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, YM_HEAD_FILE, NULL);
  g_autoptr (GBytes) bytes = self->files->read (self->files->context, path, READ_LIMIT, error);
  const guint8 *file;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  file = g_bytes_get_data (bytes, &length);
  if (!open_file (self, file, length, head, error))
    return FALSE;
  if (self->is_settled)
    return TRUE;
  self->is_known = TRUE;
  self->counter = head->counter;
  self->has_room = length == FILE_BYTES && self->files->overwrite_synced != NULL;
  if (self->has_room)
    memcpy (self->found, file + place_of (head->counter), RECORD_BYTES);
  return TRUE;
}

/* How far the counter is, for who seals without having read. */
static gboolean
get_known (YmHeadFile *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  YmHead ignored;

  if (self->is_known || ym_head_read (self, &ignored, &failure)
      || g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND))
    return self->is_known = TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
overwrite (const YmHeadFile *self, const guint8 *record, guint64 counter, GError **error)
{
  g_autofree char *path = g_build_filename (self->directory, YM_HEAD_FILE, NULL);

  return self->files->overwrite_synced (self->files->context, path, (gint64) place_of (counter), record, RECORD_BYTES,
                                        error);
}

/* What was found may be in the kernel's memory alone, if an earlier program was told that its sync had failed; were the
 * other record written then, a power cut could take both. */
static gboolean
settle (YmHeadFile *self, GError **error)
{
  return self->is_settled || ym_planted ("settle") || overwrite (self, self->found, self->counter, error);
}

/* A new file holds both records from the first; the older promises the same. */
static gboolean
make_file (YmHeadFile *self, const YmHead *head, GError **error)
{
  guint8 file[FILE_BYTES] = { 0 };
  YmHead before = *head;

  before.counter--;
  seal_record (self, &before, file + place_of (before.counter));
  seal_record (self, head, file + place_of (head->counter));
  return ym_files_replace (self->files, self->directory, YM_HEAD_FILE, file, sizeof file, error);
}

gboolean
ym_head_seal (YmHeadFile *self, YmHead *head, GError **error)
{
  guint8 record[RECORD_BYTES];

  if (!get_known (self, error))
    return FALSE;
  head->counter = self->counter + 1;
  if (self->has_room)
    {
      seal_record (self, head, record);
      if (!settle (self, error) || !overwrite (self, record, head->counter, error))
        return FALSE;
    }
  else if (!make_file (self, head, error))
    return FALSE;
  self->counter = head->counter;
  self->has_room = self->files->overwrite_synced != NULL;
  self->is_settled = TRUE;
  return TRUE;
}

gboolean
ym_head_change_key (YmHeadFile *self, const YmSecret *to, GError **error)
{
  g_autoptr (GError) failure = NULL;
  YmHead head = { .is_torn = TRUE };
  gboolean read = ym_head_read (self, &head, &failure);

  if (read && !head.is_torn)
    {
      self->key = to;
      return make_file (self, &head, error);
    }
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND))
    return TRUE;
  if (read)
    g_set_error_literal (&failure, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("The store's record of its last entry is torn. Open the store once, then try again."));
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
