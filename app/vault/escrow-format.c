/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that pass between a locked tablet and who has the recovery key. Each is
 *
 *   0       8         12                            n
 *   +-------+---------+-----------------------------+---------+
 *   | magic | version | what it is of               | SHA-256 |
 *   +-------+---------+-----------------------------+---------+
 *
 *   request, given out:  store id 16, one-time key 32, escrow slot
 *   answer, taken back:  store id 16, SHA-256 of the request 32, box of the storage keys to the one-time key
 *   kept on the tablet:  length 4, request, one-time secret as a passphrase slot wraps it
 *
 * The box belongs to the answer's bytes 12 to 60: so an answer is good for one request.
 */

#include "app/vault/escrow-format.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/bytes.h"

#define VERSION 1
#define START 12
#define REQUEST_LEAST (YM_ID_BYTES + YM_BOX_PUBLIC_KEY_BYTES)
#define ANSWER_CLEAR (YM_ID_BYTES + YM_HASH_BYTES)
#define ANSWER_LABEL "YMANSWER"
#define FINGERPRINT_BYTES 10

static const char request_magic[8] = "YMESCREQ";
static const char answer_magic[8] = "YMESCANS";
static const char kept_magic[8] = "YMESCROW";

static GByteArray *
begin_file (const char magic[8])
{
  GByteArray *file = g_byte_array_new ();
  guint8 version[4];

  ym_put_be32 (version, VERSION);
  g_byte_array_append (file, (const guint8 *) magic, 8);
  g_byte_array_append (file, version, sizeof version);
  return file;
}

static void
append_bytes (GByteArray *file, GBytes *bytes)
{
  g_byte_array_append (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GBytes *
end_file (GByteArray *file)
{
  YmHash hash = ym_hash_of (file->data, file->len);

  g_byte_array_append (file, hash.bytes, YM_HASH_BYTES);
  return g_byte_array_free_to_bytes (file);
}

/* (transfer full) (nullable): what the file is of, if it is whole and no shorter than @least. */
static GBytes *
open_file (GBytes *bytes, const char magic[8], gsize least, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  YmHash hash;

  if (length >= START && memcmp (data, magic, 8) == 0 && ym_get_be32 (data + 8) > VERSION)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("The file is of a newer version of this program. Update the program."));
      return NULL;
    }
  if (length >= START + least + YM_HASH_BYTES && length <= YM_ESCROW_MOST_BYTES && memcmp (data, magic, 8) == 0
      && ym_get_be32 (data + 8) == VERSION)
    {
      hash = ym_hash_of (data, length - YM_HASH_BYTES);
      if (memcmp (hash.bytes, data + length - YM_HASH_BYTES, YM_HASH_BYTES) == 0)
        return g_bytes_new_from_bytes (bytes, START, length - START - YM_HASH_BYTES);
    }
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("This is not the right file, or it is damaged. Have it written again and take the new one."));
  return NULL;
}

GBytes *
ym_escrow_request_encode (const YmId *store_id, const guint8 one_time_key[YM_BOX_PUBLIC_KEY_BYTES], GBytes *slot)
{
  GByteArray *file = begin_file (request_magic);

  g_byte_array_append (file, store_id->bytes, YM_ID_BYTES);
  g_byte_array_append (file, one_time_key, YM_BOX_PUBLIC_KEY_BYTES);
  append_bytes (file, slot);
  return end_file (file);
}

void
ym_escrow_request_free (YmEscrowRequest *request)
{
  if (request == NULL)
    return;
  g_clear_pointer (&request->slot.body, g_bytes_unref);
  g_free (request);
}

YmEscrowRequest *
ym_escrow_request_decode (GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) content = open_file (bytes, request_magic, REQUEST_LEAST, error);
  g_autoptr (YmEscrowRequest) request = NULL;
  g_autoptr (GBytes) slot = NULL;
  const guint8 *data;

  if (content == NULL)
    return NULL;
  data = g_bytes_get_data (content, NULL);
  request = g_new0 (YmEscrowRequest, 1);
  memcpy (request->store_id.bytes, data, YM_ID_BYTES);
  memcpy (request->one_time_key, data + YM_ID_BYTES, YM_BOX_PUBLIC_KEY_BYTES);
  request->hash = ym_hash_of_bytes (bytes);
  slot = g_bytes_new_from_bytes (content, REQUEST_LEAST, g_bytes_get_size (content) - REQUEST_LEAST);
  if (ym_escrow_slot_parse (slot, &request->slot))
    {
      g_bytes_ref (slot); /* the request's own */
      return g_steal_pointer (&request);
    }
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("This is not the right file, or it is damaged. Have it written again and take the new one."));
  return NULL;
}

/* Letters that nobody takes for others, as in the enrolment code. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

char *
ym_escrow_fingerprint (const YmHash *request)
{
  GString *text = g_string_new (NULL);

  for (guint bit = 0; bit < FINGERPRINT_BYTES * 8; bit += 5)
    {
      guint two = (guint) request->bytes[bit / 8] << 8 | request->bytes[bit / 8 + 1];

      if (bit > 0 && bit % 20 == 0)
        g_string_append_c (text, '-');
      g_string_append_c (text, letters[two >> (11 - bit % 8) & 31]);
    }
  return g_string_free (text, FALSE);
}

gboolean
ym_escrow_fingerprint_matches (const YmHash *request, const char *typed)
{
  g_autofree char *right = ym_escrow_fingerprint (request);
  const char *at = right;

  for (; *typed != '\0'; typed++)
    {
      char letter = g_ascii_toupper (*typed);

      if (g_ascii_isspace (letter) || letter == '-')
        continue;
      while (*at == '-')
        at++;
      letter = letter == 'O' ? '0' : letter == 'I' || letter == 'L' ? '1' : letter;
      if (*at == '\0' || *at++ != letter)
        return FALSE;
    }
  return *at == '\0';
}

GBytes *
ym_escrow_answer_encode (const YmEscrowRequest *request, const YmSecret *storage, const YmRandom *random)
{
  GByteArray *file = begin_file (answer_magic);
  g_autoptr (GBytes) box = NULL;

  g_byte_array_append (file, request->store_id.bytes, YM_ID_BYTES);
  g_byte_array_append (file, request->hash.bytes, YM_HASH_BYTES);
  box = ym_box_seal (request->one_time_key, ANSWER_LABEL, file->data + START, ANSWER_CLEAR, storage, random);
  if (box == NULL)
    {
      g_byte_array_unref (file);
      return NULL;
    }
  append_bytes (file, box);
  return end_file (file);
}

static GBytes *
open_answer (GBytes *bytes, const YmEscrowRequest *request, GError **error)
{
  g_autoptr (GBytes) content = open_file (bytes, answer_magic, ANSWER_CLEAR + YM_BOX_EXTRA_BYTES, error);
  const guint8 *data;

  if (content == NULL)
    return NULL;
  data = g_bytes_get_data (content, NULL);
  if (memcmp (data, request->store_id.bytes, YM_ID_BYTES) == 0
      && memcmp (data + YM_ID_BYTES, request->hash.bytes, YM_HASH_BYTES) == 0)
    return g_steal_pointer (&content);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("This answer is to another request: of another device, or one that was made before the last. "
                          "Ask for an answer to the request that this device shows."));
  return NULL;
}

gboolean
ym_escrow_answer_is_to (GBytes *bytes, const YmEscrowRequest *request, GError **error)
{
  g_autoptr (GBytes) content = open_answer (bytes, request, error);

  return content != NULL;
}

YmSecret *
ym_escrow_answer_open (GBytes *bytes, const YmEscrowRequest *request, const YmSecret *secret, GError **error)
{
  g_autoptr (GBytes) content = open_answer (bytes, request, error);
  const guint8 *data;
  YmSecret *storage;

  if (content == NULL)
    return NULL;
  data = g_bytes_get_data (content, NULL);
  storage = ym_box_open (secret, ANSWER_LABEL, data, ANSWER_CLEAR, data + ANSWER_CLEAR,
                         g_bytes_get_size (content) - ANSWER_CLEAR);
  if (storage == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                         _ ("The answer was changed on its way. Ask your administrator for it again."));
  return storage;
}

GBytes *
ym_escrow_kept_encode (GBytes *request, GBytes *wrapped)
{
  GByteArray *file = begin_file (kept_magic);
  guint8 length[4];

  ym_put_be32 (length, (guint32) g_bytes_get_size (request));
  g_byte_array_append (file, length, sizeof length);
  append_bytes (file, request);
  append_bytes (file, wrapped);
  return end_file (file);
}

gboolean
ym_escrow_kept_decode (GBytes *bytes, GBytes **request, GBytes **wrapped, GError **error)
{
  g_autoptr (GBytes) content = open_file (bytes, kept_magic, 4, error);
  gsize size = content != NULL ? g_bytes_get_size (content) : 0;
  guint32 length = content != NULL ? ym_get_be32 (g_bytes_get_data (content, NULL)) : 0;

  if (content == NULL)
    return FALSE;
  if (length > size - 4)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, _ ("The request on this device is damaged. Make a new one."));
      return FALSE;
    }
  *request = g_bytes_new_from_bytes (content, 4, length);
  *wrapped = g_bytes_new_from_bytes (content, 4 + length, size - 4 - length);
  return TRUE;
}
