/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The signed header of a change set: a map with the keys 1 to 17 as the payload of a COSE_Sign1 message.
 * What may be null is null, never left out, so that each field has its place. docs/protocol.md says what
 * each is for.
 *
 *    1 format version          7 scope                    13 microseconds since start
 *    2 author                  8 class                    14 schema version
 *    3 chain                   9 [group, index, count]    15 base [epoch, number, hash] | null
 *    4 sequence               10 intent                   16 [change set hash, length]
 *    5 previous hash | null   11 subject                  17 parent [chain, sequence, hash] | null
 *    6 stream previous        12 wall clock,
 *      [sequence, hash] | null   microseconds
 */

#include "app/journal/envelope.h"

#include "app/base/error.h"
#include "app/journal/cbor.h"
#include "app/journal/change-set.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIELDS 17

/* A change set is its salt and at least an array of one operation. */
#define CHANGE_SET_LEAST_BYTES (YM_CHANGE_SET_SALT_BYTES + 1)

static const YmHash no_hash = { { 0 } };

static gboolean
is_intent (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= YM_INTENT_MAX_BYTES && strspn (text, "abcdefghijklmnopqrstuvwxyz.-") == length;
}

gboolean
ym_envelope_set_intent (YmEnvelope *envelope, const char *intent)
{
  if (!is_intent (intent))
    return FALSE;
  g_strlcpy (envelope->intent, intent, sizeof envelope->intent);
  return TRUE;
}

void
ym_envelope_set_change_set (YmEnvelope *envelope, GBytes *change_set)
{
  envelope->change_set_hash = ym_hash_of_bytes (change_set);
  envelope->change_set_length = g_bytes_get_size (change_set);
}

static void
write_key (YmCborWriter *writer, guint key)
{
  ym_cbor_write_unsigned (writer, key);
}

/* Fields 2 to 6: where in the author's chain. */
static void
write_place (const YmEnvelope *envelope, YmCborWriter *writer)
{
  write_key (writer, 2);
  ym_cbor_write_id (writer, &envelope->author);
  write_key (writer, 3);
  ym_cbor_write_id (writer, &envelope->chain);
  write_key (writer, 4);
  ym_cbor_write_unsigned (writer, envelope->sequence);
  write_key (writer, 5);
  if (ym_hash_equal (&envelope->previous, &no_hash))
    ym_cbor_write_null (writer);
  else
    ym_cbor_write_hash (writer, &envelope->previous);
  write_key (writer, 6);
  if (envelope->stream_previous_sequence == 0)
    ym_cbor_write_null (writer);
  else
    {
      ym_cbor_write_array (writer, 2);
      ym_cbor_write_unsigned (writer, envelope->stream_previous_sequence);
      ym_cbor_write_hash (writer, &envelope->stream_previous_hash);
    }
}

static void
read_place (YmCborReader *reader, YmEnvelope *envelope)
{
  gboolean first;

  ym_cbor_read_key (reader, 2);
  envelope->author = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 3);
  envelope->chain = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 4);
  envelope->sequence = ym_cbor_read_unsigned (reader, 1, YM_SEQUENCE_MAX);
  ym_cbor_read_key (reader, 5);
  first = ym_cbor_read_null (reader);
  if (!first)
    envelope->previous = ym_cbor_read_hash (reader);
  ym_cbor_reader_require (reader, first == (envelope->sequence == 1), "only the first envelope has no previous");
  ym_cbor_reader_require (reader, first || !ym_hash_equal (&envelope->previous, &no_hash), "previous hash is zero");
  ym_cbor_read_key (reader, 6);
  if (ym_cbor_read_null (reader))
    return;
  ym_cbor_read_array (reader, 2, 2);
  envelope->stream_previous_sequence = ym_cbor_read_unsigned (reader, 1, YM_SEQUENCE_MAX);
  envelope->stream_previous_hash = ym_cbor_read_hash (reader);
  ym_cbor_reader_require (reader, envelope->stream_previous_sequence < envelope->sequence,
                          "previous of the stream is not before this");
  ym_cbor_reader_require (reader,
                          envelope->stream_previous_sequence != envelope->sequence - 1
                            || ym_hash_equal (&envelope->stream_previous_hash, &envelope->previous),
                          "two hashes for one envelope");
}

/* Fields 7 to 14: what it is about, and when. */
static void
write_matter (const YmEnvelope *envelope, YmCborWriter *writer)
{
  write_key (writer, 7);
  ym_cbor_write_id (writer, &envelope->scope);
  write_key (writer, 8);
  ym_cbor_write_unsigned (writer, envelope->stream_class);
  write_key (writer, 9);
  ym_cbor_write_array (writer, 3);
  ym_cbor_write_id (writer, &envelope->group);
  ym_cbor_write_unsigned (writer, envelope->group_index);
  ym_cbor_write_unsigned (writer, envelope->group_count);
  write_key (writer, 10);
  ym_cbor_write_text (writer, envelope->intent);
  write_key (writer, 11);
  ym_cbor_write_id (writer, &envelope->subject);
  write_key (writer, 12);
  ym_cbor_write_integer (writer, envelope->wall_us);
  write_key (writer, 13);
  ym_cbor_write_unsigned (writer, envelope->boot_us);
  write_key (writer, 14);
  ym_cbor_write_unsigned (writer, envelope->schema);
}

static void
read_matter (YmCborReader *reader, YmEnvelope *envelope)
{
  g_autofree char *intent = NULL;

  ym_cbor_read_key (reader, 7);
  envelope->scope = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 8);
  envelope->stream_class = ym_cbor_read_unsigned (reader, YM_CLASS_ORDINARY, YM_CLASS_IDENTITY);
  ym_cbor_read_key (reader, 9);
  ym_cbor_read_array (reader, 3, 3);
  envelope->group = ym_cbor_read_id (reader);
  envelope->group_index = ym_cbor_read_unsigned (reader, 0, YM_GROUP_MAX_ENVELOPES - 1);
  envelope->group_count = ym_cbor_read_unsigned (reader, 1, YM_GROUP_MAX_ENVELOPES);
  ym_cbor_reader_require (reader, envelope->group_index < envelope->group_count, "index beyond the group");
  ym_cbor_read_key (reader, 10);
  intent = ym_cbor_read_text (reader, YM_INTENT_MAX_BYTES);
  ym_cbor_reader_require (reader, intent != NULL && ym_envelope_set_intent (envelope, intent), "not an intent");
  ym_cbor_read_key (reader, 11);
  envelope->subject = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 12);
  envelope->wall_us = ym_cbor_read_integer (reader);
  ym_cbor_read_key (reader, 13);
  envelope->boot_us = ym_cbor_read_unsigned (reader, 0, G_MAXINT64);
  ym_cbor_read_key (reader, 14);
  envelope->schema = ym_cbor_read_unsigned (reader, 1, YM_SCHEMA_MAX);
}

/* Fields 15 to 17: what it rests on. */
static void
write_ground (const YmEnvelope *envelope, YmCborWriter *writer)
{
  write_key (writer, 15);
  if (envelope->has_base)
    {
      ym_cbor_write_array (writer, 3);
      ym_cbor_write_id (writer, &envelope->base.epoch);
      ym_cbor_write_unsigned (writer, envelope->base.number);
      ym_cbor_write_hash (writer, &envelope->base_hash);
    }
  else
    ym_cbor_write_null (writer);
  write_key (writer, 16);
  ym_cbor_write_array (writer, 2);
  ym_cbor_write_hash (writer, &envelope->change_set_hash);
  ym_cbor_write_unsigned (writer, envelope->change_set_length);
  write_key (writer, 17);
  if (envelope->has_parent)
    ym_chain_point_write (&envelope->parent, writer);
  else
    ym_cbor_write_null (writer);
}

static void
read_ground (YmCborReader *reader, YmEnvelope *envelope)
{
  ym_cbor_read_key (reader, 15);
  envelope->has_base = !ym_cbor_read_null (reader);
  if (envelope->has_base)
    {
      ym_cbor_read_array (reader, 3, 3);
      envelope->base.epoch = ym_cbor_read_id (reader);
      envelope->base.number = ym_cbor_read_unsigned (reader, 0, YM_SEQUENCE_MAX);
      envelope->base_hash = ym_cbor_read_hash (reader);
    }
  ym_cbor_read_key (reader, 16);
  ym_cbor_read_array (reader, 2, 2);
  envelope->change_set_hash = ym_cbor_read_hash (reader);
  envelope->change_set_length = ym_cbor_read_unsigned (reader, CHANGE_SET_LEAST_BYTES, YM_CHANGE_SET_MAX_BYTES);
  ym_cbor_read_key (reader, 17);
  envelope->has_parent = !ym_cbor_read_null (reader);
  if (!envelope->has_parent)
    return;
  envelope->parent = ym_chain_point_read (reader);
  ym_cbor_reader_require (reader, envelope->sequence == 1, "only the first envelope has a parent");
  ym_cbor_reader_require (reader, !ym_id_equal (&envelope->parent.chain, &envelope->chain),
                          "a chain is its own parent");
}

static void
read_envelope (YmCborReader *reader, YmEnvelope *envelope)
{
  ym_cbor_read_message (reader, YM_ENVELOPE_VERSION, FIELDS, FIELDS);
  read_place (reader, envelope);
  read_matter (reader, envelope);
  read_ground (reader, envelope);
}

GBytes *
ym_envelope_seal (const YmEnvelope *envelope, const YmId *force, const YmSigner *signer, GError **error)
{
  g_auto (YmCborWriter) writer = { 0 };
  g_auto (YmCborReader) reader = { 0 };
  g_autoptr (GBytes) payload = NULL;
  YmEnvelope read_back = { 0 };

  ym_cbor_writer_init (&writer);
  ym_cbor_write_map (&writer, FIELDS);
  write_key (&writer, 1);
  ym_cbor_write_unsigned (&writer, YM_ENVELOPE_VERSION);
  write_place (envelope, &writer);
  write_matter (envelope, &writer);
  write_ground (envelope, &writer);
  payload = ym_cbor_writer_finish (&writer, error);
  if (payload == NULL)
    return NULL;
  ym_cbor_reader_init_own (&reader, payload, YM_ENVELOPE_MAX_BYTES);
  read_envelope (&reader, &read_back);
  if (!ym_cbor_reader_finish (&reader, error))
    return NULL;
  if (g_bytes_get_size (payload) + YM_COSE_OVERHEAD_BYTES + envelope->change_set_length > YM_ENVELOPE_MAX_BYTES)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("This save with its signature is larger than %u KiB. Shorten the longest note and save again."),
                   YM_ENVELOPE_MAX_BYTES / 1024);
      return NULL;
    }
  return ym_cose_sign (YM_MESSAGE_ENVELOPE, force, payload, signer, error);
}

gboolean
ym_envelope_decode (GBytes *bytes, YmEnvelope *envelope, GError **error)
{
  g_auto (YmCborReader) reader = { 0 };
  g_autoptr (GBytes) payload = ym_cose_payload (bytes, error);
  YmEnvelope decoded = { 0 };

  if (payload == NULL)
    return FALSE;
  ym_cbor_reader_init (&reader, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload), YM_ENVELOPE_MAX_BYTES);
  read_envelope (&reader, &decoded);
  ym_cbor_reader_require (&reader, g_bytes_get_size (bytes) + decoded.change_set_length <= YM_ENVELOPE_MAX_BYTES,
                          "too large with its change set");
  if (!ym_cbor_reader_finish (&reader, error))
    return FALSE;
  decoded.hash = ym_hash_of_bytes (bytes);
  *envelope = decoded;
  return TRUE;
}

gboolean
ym_envelope_verify (GBytes *bytes, const YmId *force, const guint8 public_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  return ym_cose_verify (YM_MESSAGE_ENVELOPE, force, bytes, public_key, error);
}

gboolean
ym_envelope_check_change_set (const YmEnvelope *envelope, GBytes *change_set, GError **error)
{
  YmHash hash = ym_hash_of_bytes (change_set);

  if (g_bytes_get_size (change_set) == envelope->change_set_length
      && ym_hash_equal (&hash, &envelope->change_set_hash))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                       _ ("A record is not what its author signed. It was not taken. Tell your administrator."));
  return FALSE;
}
