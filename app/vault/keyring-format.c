/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyring file as bytes. The checksum at its end tells damage from a wrong passphrase; what protects the keys
 * are the tags of the slots
 * and of the sealed keys, whose associated data is all that stands before them.
 *
 *   0          8         12         28           36      40
 *   +----------+---------+----------+------------+-------+-------------------------+-------------+---------+
 *   | YMKEYRNG | version | store id | generation | slots | each: type, length,     | length,     | SHA-256 |
 *   |          |         |          |            |       | body                    | sealed keys |         |
 *   +----------+---------+----------+------------+-------+-------------------------+-------------+---------+
 *
 *   passphrase slot: | operations 8 | memory 8 | salt 16 | nonce 24 | wrapped key 32 | tag 16 |
 *   key file slot:                                       | nonce 24 | wrapped key 32 | tag 16 |
 *   sealed keys:                                         | nonce 24 | keys           | tag 16 |
 */

#include "app/vault/keyring-format.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/bytes.h"
#include "app/vault/cipher.h"

#define VERSION 1
#define VERSION_CHANGING 2
#define GENERATION_AT 28
#define SLOTS_AT 36
#define LEAST_BYTES (SLOTS_AT + 4)
#define MOST_SLOTS 16
#define LONGEST_PART 4096
#define KEY_BYTES YM_KEY_BYTES
#define BOX_BYTES(length) (YM_CIPHER_NONCE_BYTES + (length) + YM_CIPHER_TAG_BYTES)
#define DERIVATION_BYTES (8 + 8 + crypto_pwhash_SALTBYTES)

/* More than anyone would set; a damaged number must not take the machine down. */
#define MOST_OPERATIONS 1000
#define MOST_MEMORY_BYTES (G_GUINT64_CONSTANT (4) << 30)

static const char magic[8] = "YMKEYRNG";

static void
slot_clear (gpointer slot)
{
  g_bytes_unref (((YmSlot *) slot)->body);
}

YmKeyring *
ym_keyring_new (const YmId *store_id)
{
  YmKeyring *keyring = g_new0 (YmKeyring, 1);

  keyring->store_id = *store_id;
  keyring->slots = g_array_new (FALSE, FALSE, sizeof (YmSlot));
  g_array_set_clear_func (keyring->slots, slot_clear);
  return keyring;
}

void
ym_keyring_free (YmKeyring *keyring)
{
  if (keyring == NULL)
    return;
  g_array_unref (keyring->slots);
  g_clear_pointer (&keyring->sealed_keys, g_bytes_unref);
  g_free (keyring);
}

static gpointer
set_damaged (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("The store's key file is damaged. Put a copy of it back or recover the store."));
  return NULL;
}

/* Bytes still to be read, with every length checked. */
typedef struct {
  GBytes *bytes;
  gsize at;
  gsize end;
} Reader;

static gboolean
take_number (Reader *reader, guint32 *number)
{
  const guint8 *data = g_bytes_get_data (reader->bytes, NULL);

  if (reader->end - reader->at < 4)
    return FALSE;
  *number = ym_get_be32 (data + reader->at);
  reader->at += 4;
  return TRUE;
}

static GBytes *
take_part (Reader *reader)
{
  guint32 length;
  GBytes *part;

  if (!take_number (reader, &length) || length > LONGEST_PART || length > reader->end - reader->at)
    return NULL;
  part = g_bytes_new_from_bytes (reader->bytes, reader->at, length);
  reader->at += length;
  return part;
}

static gboolean
take_slots (Reader *reader, YmKeyring *keyring)
{
  guint32 count;

  if (!take_number (reader, &count) || count > MOST_SLOTS)
    return FALSE;
  for (guint32 i = 0; i < count; i++)
    {
      YmSlot slot;

      if (!take_number (reader, &slot.type))
        return FALSE;
      slot.body = take_part (reader);
      if (slot.body == NULL)
        return FALSE;
      g_array_append_val (keyring->slots, slot);
    }
  return TRUE;
}

YmKeyring *
ym_keyring_parse (GBytes *bytes, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (YmKeyring) keyring = NULL;
  Reader reader = { bytes, SLOTS_AT, length - YM_HASH_BYTES };
  YmHash hash;
  YmId store_id;

  if (length < LEAST_BYTES + YM_HASH_BYTES || memcmp (data, magic, sizeof magic) != 0)
    return set_damaged (error);
  hash = ym_hash_of (data, length - YM_HASH_BYTES);
  if (memcmp (hash.bytes, data + length - YM_HASH_BYTES, YM_HASH_BYTES) != 0)
    return set_damaged (error);
  if (ym_get_be32 (data + 8) > VERSION_CHANGING)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("A newer version of this program has used the store. Update the program."));
      return NULL;
    }
  memcpy (store_id.bytes, data + 12, YM_ID_BYTES);
  keyring = ym_keyring_new (&store_id);
  keyring->is_changing = ym_get_be32 (data + 8) == VERSION_CHANGING;
  keyring->generation = ym_get_be64 (data + GENERATION_AT);
  if (!take_slots (&reader, keyring))
    return set_damaged (error);
  keyring->sealed_keys = take_part (&reader);
  if (keyring->sealed_keys == NULL || reader.at != reader.end)
    return set_damaged (error);
  return g_steal_pointer (&keyring);
}

static void
append_number (GByteArray *array, guint32 number)
{
  guint8 bytes[4];

  ym_put_be32 (bytes, number);
  g_byte_array_append (array, bytes, sizeof bytes);
}

static void
append_part (GByteArray *array, GBytes *part)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (part, &length);

  append_number (array, length);
  g_byte_array_append (array, data, length);
}

/* All that stands before the sealed keys. */
static GByteArray *
serialize_slots (const YmKeyring *keyring)
{
  GByteArray *array = g_byte_array_new ();
  guint8 generation[8];

  g_byte_array_append (array, (const guint8 *) magic, sizeof magic);
  append_number (array, keyring->is_changing ? VERSION_CHANGING : VERSION);
  g_byte_array_append (array, keyring->store_id.bytes, YM_ID_BYTES);
  ym_put_be64 (generation, keyring->generation);
  g_byte_array_append (array, generation, sizeof generation);
  append_number (array, keyring->slots->len);
  for (guint i = 0; i < keyring->slots->len; i++)
    {
      const YmSlot *slot = &g_array_index (keyring->slots, YmSlot, i);

      append_number (array, slot->type);
      append_part (array, slot->body);
    }
  return array;
}

GBytes *
ym_keyring_serialize (const YmKeyring *keyring)
{
  GByteArray *array = serialize_slots (keyring);
  YmHash hash;

  append_part (array, keyring->sealed_keys);
  hash = ym_hash_of (array->data, array->len);
  g_byte_array_append (array, hash.bytes, YM_HASH_BYTES);
  return g_byte_array_free_to_bytes (array);
}

const YmSlot *
ym_keyring_find_slot (const YmKeyring *keyring, YmSlotType type)
{
  for (guint i = 0; i < keyring->slots->len; i++)
    if (g_array_index (keyring->slots, YmSlot, i).type == type)
      return &g_array_index (keyring->slots, YmSlot, i);
  return NULL;
}

void
ym_keyring_put_slot (YmKeyring *keyring, YmSlotType type, GBytes *body)
{
  YmSlot *slot = (YmSlot *) ym_keyring_find_slot (keyring, type);
  YmSlot added = { type, body };

  if (slot == NULL)
    {
      g_array_append_val (keyring->slots, added);
      return;
    }
  g_bytes_unref (slot->body);
  slot->body = body;
}

void
ym_keyring_remove_slot (YmKeyring *keyring, YmSlotType type)
{
  for (guint i = keyring->slots->len; i > 0; i--)
    if (g_array_index (keyring->slots, YmSlot, i - 1).type == type)
      g_array_remove_index (keyring->slots, i - 1);
}

/* A box is nonce, ciphertext, tag. What it is for is authenticated: label, store id, and what stands before it. */
static GByteArray *
box_associated (const char *label, const YmId *store_id, const guint8 *before, gsize before_length)
{
  GByteArray *associated = g_byte_array_new ();

  g_byte_array_append (associated, (const guint8 *) label, strlen (label));
  g_byte_array_append (associated, store_id->bytes, YM_ID_BYTES);
  if (before_length > 0)
    g_byte_array_append (associated, before, before_length);
  return associated;
}

static void
box_close (guint8 *box, const YmSecret *content, const YmSecret *key, GByteArray *associated,
           const YmRandom *random)
{
  gsize length = ym_secret_length (content);
  YmCipherInput input = { ym_secret_data (key), box, associated->data, associated->len };

  ym_random_fill (random, box, YM_CIPHER_NONCE_BYTES);
  memcpy (box + YM_CIPHER_NONCE_BYTES, ym_secret_data (content), length);
  ym_cipher_sodium ()->seal (&input, box + YM_CIPHER_NONCE_BYTES, length, box + YM_CIPHER_NONCE_BYTES + length);
}

static YmSecret *
box_open (const guint8 *box, gsize length, const YmSecret *key, GByteArray *associated)
{
  g_autoptr (YmSecret) content = ym_secret_new (length);
  YmCipherInput input = { ym_secret_data (key), box, associated->data, associated->len };

  memcpy (ym_secret_data (content), box + YM_CIPHER_NONCE_BYTES, length);
  if (!ym_cipher_sodium ()->open (&input, ym_secret_data (content), length, box + YM_CIPHER_NONCE_BYTES + length))
    return NULL;
  return g_steal_pointer (&content);
}

/* @parameters: operations, memory and salt as they stand in the slot. */
static YmSecret *
derive (const YmSecret *passphrase, const guint8 *parameters, GError **error)
{
  g_autoptr (YmSecret) key = ym_secret_new (KEY_BYTES);

  if (crypto_pwhash (ym_secret_data (key), KEY_BYTES, (const char *) ym_secret_data (passphrase),
                     ym_secret_length (passphrase), parameters + 16, ym_get_be64 (parameters),
                     ym_get_be64 (parameters + 8), crypto_pwhash_ALG_ARGON2ID13)
      == 0)
    return g_steal_pointer (&key);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                       _ ("There is not enough memory to check the passphrase. Close other programs and try again."));
  return NULL;
}

YmSlotCost
ym_slot_get_cost (GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  if (length != DERIVATION_BYTES + BOX_BYTES (KEY_BYTES))
    return (YmSlotCost){ 0, 0 };
  return (YmSlotCost){ ym_get_be64 (data), ym_get_be64 (data + 8) };
}

GBytes *
ym_slot_wrap_passphrase (const YmId *store_id, const YmSecret *passphrase, guint64 operations, guint64 memory_bytes,
                         const YmSecret *keyring_key, const YmRandom *random, GError **error)
{
  guint8 body[DERIVATION_BYTES + BOX_BYTES (KEY_BYTES)];
  g_autoptr (GByteArray) associated = NULL;
  g_autoptr (YmSecret) key = NULL;

  ym_put_be64 (body, operations);
  ym_put_be64 (body + 8, memory_bytes);
  ym_random_fill (random, body + 16, crypto_pwhash_SALTBYTES);
  key = derive (passphrase, body, error);
  if (key == NULL)
    return NULL;
  associated = box_associated ("YMSLOT1", store_id, body, DERIVATION_BYTES);
  box_close (body + DERIVATION_BYTES, keyring_key, key, associated, random);
  return g_bytes_new (body, sizeof body);
}

YmSecret *
ym_slot_unwrap_passphrase (const YmId *store_id, const YmSecret *passphrase, GBytes *body, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);
  g_autoptr (GByteArray) associated = NULL;
  g_autoptr (YmSecret) key = NULL;
  YmSecret *keyring_key;

  if (length != DERIVATION_BYTES + BOX_BYTES (KEY_BYTES) || ym_get_be64 (data) < crypto_pwhash_OPSLIMIT_MIN
      || ym_get_be64 (data) > MOST_OPERATIONS || ym_get_be64 (data + 8) < crypto_pwhash_MEMLIMIT_MIN
      || ym_get_be64 (data + 8) > MOST_MEMORY_BYTES)
    return set_damaged (error);
  key = derive (passphrase, data, error);
  if (key == NULL)
    return NULL;
  associated = box_associated ("YMSLOT1", store_id, data, DERIVATION_BYTES);
  keyring_key = box_open (data + DERIVATION_BYTES, KEY_BYTES, key, associated);
  if (keyring_key == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_PASSPHRASE, _ ("That is not the passphrase. Try again."));
  return keyring_key;
}

GBytes *
ym_slot_wrap_key (const YmId *store_id, const YmSecret *key, const YmSecret *keyring_key, const YmRandom *random)
{
  g_autoptr (GByteArray) associated = box_associated ("YMSLOT2", store_id, NULL, 0);
  guint8 body[BOX_BYTES (KEY_BYTES)];

  box_close (body, keyring_key, key, associated, random);
  return g_bytes_new (body, sizeof body);
}

YmSecret *
ym_slot_unwrap_key (const YmId *store_id, const YmSecret *key, GBytes *body, GError **error)
{
  g_autoptr (GByteArray) associated = box_associated ("YMSLOT2", store_id, NULL, 0);
  YmSecret *keyring_key;

  if (g_bytes_get_size (body) != BOX_BYTES (KEY_BYTES))
    return set_damaged (error);
  keyring_key = box_open (g_bytes_get_data (body, NULL), KEY_BYTES, key, associated);
  if (keyring_key == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_PASSPHRASE,
                         _ ("The key does not open this store. Use the key that it was made with."));
  return keyring_key;
}

static GByteArray *
keys_associated (const YmKeyring *keyring)
{
  g_autoptr (GByteArray) before = serialize_slots (keyring);

  return box_associated ("YMKEYS1", &keyring->store_id, before->data, before->len);
}

void
ym_keyring_seal_keys (YmKeyring *keyring, const YmKeys *keys, const YmRandom *random)
{
  g_autoptr (YmSecret) joined = ym_keys_join (keys);
  g_autoptr (GByteArray) associated = NULL;
  gsize length = BOX_BYTES (ym_secret_length (joined));
  guint8 *box = g_malloc (length);

  keyring->is_changing = keys->next_vault != NULL;
  associated = keys_associated (keyring);
  box_close (box, joined, keys->keyring_key, associated, random);
  g_clear_pointer (&keyring->sealed_keys, g_bytes_unref);
  keyring->sealed_keys = g_bytes_new_take (box, length);
}

YmKeys *
ym_keyring_open_keys (const YmKeyring *keyring, const YmSecret *keyring_key)
{
  gsize length = keyring->is_changing ? YM_KEYS_CHANGING_BYTES : YM_KEYS_SEALED_BYTES;
  g_autoptr (GByteArray) associated = keys_associated (keyring);
  g_autoptr (YmSecret) joined = NULL;

  if (g_bytes_get_size (keyring->sealed_keys) != BOX_BYTES (length))
    return NULL;
  joined = box_open (g_bytes_get_data (keyring->sealed_keys, NULL), length, keyring_key, associated);
  return joined != NULL ? ym_keys_split (&keyring->store_id, joined) : NULL;
}
