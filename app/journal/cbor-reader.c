/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Reads deterministic CBOR (RFC 8949 §4.2.1) from bytes that may be hostile, and refuses every other
 * encoding of the same content. No count from outside leads to memory being taken before the bytes that it
 * speaks of are there.
 *
 *   first byte   3 bits major type, 5 bits argument: 0 to 23 is the argument itself, 24 to 27 says that it
 *                follows in 1, 2, 4 or 8 bytes, 28 to 31 are reserved or indefinite lengths: refused
 */

#include "app/journal/cbor.h"

#include "app/base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NULL_BYTE 0xf6

void
ym_cbor_reader_init (YmCborReader *reader, gconstpointer data, gsize length, gsize most)
{
  *reader = (YmCborReader){ .data = data, .length = length };
  ym_cbor_reader_require (reader, length <= most, "too large");
}

void
ym_cbor_reader_init_own (YmCborReader *reader, GBytes *bytes, gsize most)
{
  *reader = (YmCborReader){
    .data = g_bytes_get_data (bytes, NULL),
    .length = g_bytes_get_size (bytes),
    .own = TRUE,
  };
  ym_cbor_reader_require (reader, reader->length <= most, "too large");
}

void
ym_cbor_reader_clear (YmCborReader *reader)
{
  g_clear_error (&reader->error);
}

gboolean
ym_cbor_reader_finish (YmCborReader *reader, GError **error)
{
  ym_cbor_reader_require (reader, reader->nesting.complete, "ends too early");
  ym_cbor_reader_require (reader, reader->offset == reader->length, "more follows the end");
  if (reader->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reader->error));
  return FALSE;
}

gboolean
ym_cbor_reader_failed (const YmCborReader *reader)
{
  return reader->error != NULL;
}

void
ym_cbor_reader_fail (YmCborReader *reader, const char *what)
{
  if (reader->error != NULL)
    return;
  if (reader->own)
    g_set_error (&reader->error, YM_ERROR, YM_ERROR_INVALID,
                 _ ("Ymweld was about to write something that breaks its own format (at byte %u: %s). Nothing was "
                    "signed or sent. Tell your administrator."),
                 (guint) reader->offset, what);
  else
    g_set_error (&reader->error, YM_ERROR, YM_ERROR_MALFORMED,
                 _ ("These data are damaged or not from Ymweld (at byte %u: %s). Fetch them again; if that does "
                    "not help, tell your administrator."),
                 (guint) reader->offset, what);
}

void
ym_cbor_reader_fail_newer (YmCborReader *reader, const char *found, const char *understood)
{
  if (reader->error == NULL)
    g_set_error (&reader->error, YM_ERROR, YM_ERROR_NEWER,
                 _ ("This was written in format %s by a newer Ymweld; this one understands format %s. Update Ymweld "
                    "and try again."),
                 found, understood);
}

void
ym_cbor_reader_require (YmCborReader *reader, gboolean condition, const char *what)
{
  if (!condition)
    ym_cbor_reader_fail (reader, what);
}

/* Reads first byte and argument of the next item, which must be of type @major; FALSE after a failure. */
static gboolean
read_head (YmCborReader *reader, YmCborMajor major, guint64 *argument)
{
  static const char *const wanted[] = {
    [YM_CBOR_UNSIGNED] = "an unsigned integer is missing here",
    [YM_CBOR_NEGATIVE] = "a negative integer is missing here",
    [YM_CBOR_BYTES] = "a byte string is missing here",
    [YM_CBOR_TEXT] = "a text is missing here",
    [YM_CBOR_ARRAY] = "an array is missing here",
    [YM_CBOR_MAP] = "a map is missing here",
    [YM_CBOR_TAG] = "a tag is missing here",
    [YM_CBOR_SIMPLE] = "a truth value is missing here",
  };
  guint info, following;

  *argument = 0;
  ym_cbor_reader_require (reader, ym_cbor_peek (reader) == major, wanted[major]);
  if (reader->error != NULL)
    return FALSE;
  info = reader->data[reader->offset] & 0x1f;
  if (info < YM_CBOR_ARGUMENT_FOLLOWS)
    {
      *argument = info;
      reader->offset++;
      return TRUE;
    }
  ym_cbor_reader_require (reader, info < 28, "indefinite or reserved length");
  ym_cbor_reader_require (reader, major != YM_CBOR_SIMPLE, "float or unknown simple value");
  if (reader->error != NULL)
    return FALSE;
  following = 1 << (info - YM_CBOR_ARGUMENT_FOLLOWS);
  ym_cbor_reader_require (reader, reader->length - reader->offset > following, "ends too early");
  if (reader->error != NULL)
    return FALSE;
  for (guint i = 0; i < following; i++)
    *argument = *argument << 8 | reader->data[reader->offset + 1 + i];
  /* The half of the bytes that a shorter argument would not have must not be zero. */
  ym_cbor_reader_require (
    reader, following == 1 ? *argument >= YM_CBOR_ARGUMENT_FOLLOWS : *argument >> (4 * following) != 0,
    "longer than needed");
  reader->offset += 1 + following;
  return reader->error == NULL;
}

/* Notes that the item which began at @start has been read. */
static gboolean
take (YmCborReader *reader, YmCborMajor major, gsize start)
{
  const char *wrong = ym_cbor_nesting_take (&reader->nesting, major, reader->data, start, reader->offset);

  if (wrong != NULL)
    ym_cbor_reader_fail (reader, wrong);
  return wrong == NULL;
}

gsize
ym_cbor_read_message (YmCborReader *reader, guint version, gsize least, gsize most)
{
  gsize count = ym_cbor_read_map (reader, 1, G_MAXSIZE);
  guint64 found;

  ym_cbor_read_key (reader, 1);
  found = ym_cbor_read_unsigned (reader, 1, G_MAXUINT64);
  if (found != version)
    {
      g_autofree char *found_text = g_strdup_printf ("%" G_GUINT64_FORMAT, found);
      g_autofree char *understood_text = g_strdup_printf ("%u", version);

      ym_cbor_reader_fail_newer (reader, found_text, understood_text);
    }
  ym_cbor_reader_require (reader, count >= least && count <= most, "wrong number of fields");
  return reader->error == NULL ? count : 0;
}

YmCborMajor
ym_cbor_peek (const YmCborReader *reader)
{
  if (reader->error != NULL || reader->nesting.complete || reader->offset >= reader->length)
    return YM_CBOR_NOTHING;
  return reader->data[reader->offset] >> 5;
}

static gsize
read_container (YmCborReader *reader, YmCborMajor major, gsize least, gsize most)
{
  gboolean map = major == YM_CBOR_MAP;
  const char *wrong;
  guint64 count;

  if (!read_head (reader, major, &count))
    return 0;
  ym_cbor_reader_require (reader, count >= least && count <= most, "wrong count");
  ym_cbor_reader_require (reader, count <= (reader->length - reader->offset) / (map ? 2 : 1),
                          "more items than bytes");
  if (reader->error != NULL)
    return 0;
  wrong = ym_cbor_nesting_open (&reader->nesting, map ? 2 * count : count, map);
  if (wrong != NULL)
    ym_cbor_reader_fail (reader, wrong);
  return wrong == NULL ? count : 0;
}

gsize
ym_cbor_read_array (YmCborReader *reader, gsize least, gsize most)
{
  return read_container (reader, YM_CBOR_ARRAY, least, most);
}

gsize
ym_cbor_read_map (YmCborReader *reader, gsize least, gsize most)
{
  return read_container (reader, YM_CBOR_MAP, least, most);
}

void
ym_cbor_read_tag (YmCborReader *reader, guint64 tag)
{
  guint64 found;

  ym_cbor_reader_require (reader, !ym_cbor_nesting_wants_key (&reader->nesting),
                          "map key is neither integer nor text");
  if (read_head (reader, YM_CBOR_TAG, &found))
    ym_cbor_reader_require (reader, found == tag, "another tag");
}

void
ym_cbor_read_key (YmCborReader *reader, guint64 key)
{
  ym_cbor_read_unsigned (reader, key, key);
}

guint64
ym_cbor_read_unsigned (YmCborReader *reader, guint64 least, guint64 most)
{
  gsize start = reader->offset;
  guint64 number;

  if (!read_head (reader, YM_CBOR_UNSIGNED, &number))
    return 0;
  ym_cbor_reader_require (reader, number >= least && number <= most, "number out of range");
  if (reader->error != NULL || !take (reader, YM_CBOR_UNSIGNED, start))
    return 0;
  return number;
}

gint64
ym_cbor_read_integer (YmCborReader *reader)
{
  YmCborMajor major = ym_cbor_peek (reader) == YM_CBOR_NEGATIVE ? YM_CBOR_NEGATIVE : YM_CBOR_UNSIGNED;
  gsize start = reader->offset;
  guint64 number;

  if (!read_head (reader, major, &number))
    return 0;
  ym_cbor_reader_require (reader, number <= G_MAXINT64, "number out of range");
  if (reader->error != NULL || !take (reader, major, start))
    return 0;
  return major == YM_CBOR_UNSIGNED ? (gint64) number : -1 - (gint64) number;
}

gboolean
ym_cbor_read_boolean (YmCborReader *reader)
{
  gsize start = reader->offset;
  guint64 simple;

  if (!read_head (reader, YM_CBOR_SIMPLE, &simple))
    return FALSE;
  ym_cbor_reader_require (reader, simple == YM_CBOR_TRUE || simple == YM_CBOR_FALSE, "neither true nor false");
  return reader->error == NULL && take (reader, YM_CBOR_SIMPLE, start) && simple == YM_CBOR_TRUE;
}

gboolean
ym_cbor_read_null (YmCborReader *reader)
{
  if (ym_cbor_peek (reader) != YM_CBOR_SIMPLE || reader->data[reader->offset] != NULL_BYTE)
    return FALSE;
  reader->offset++;
  return take (reader, YM_CBOR_SIMPLE, reader->offset - 1);
}

/* A string's content, borrowed; NULL after a failure. */
static const guint8 *
read_string (YmCborReader *reader, YmCborMajor major, gsize least, gsize most, gsize *length)
{
  gsize start = reader->offset;
  const guint8 *content;
  guint64 size;

  *length = 0;
  if (!read_head (reader, major, &size))
    return NULL;
  ym_cbor_reader_require (reader, size >= least && size <= most, "string too short or too long");
  ym_cbor_reader_require (reader, size <= reader->length - reader->offset, "ends too early");
  if (reader->error != NULL)
    return NULL;
  content = reader->data + reader->offset;
  /* Also refuses U+0000, which a C string can't hold. */
  ym_cbor_reader_require (reader, major == YM_CBOR_BYTES || g_utf8_validate ((const char *) content, size, NULL),
                          "text is not UTF-8");
  if (reader->error != NULL)
    return NULL;
  reader->offset += size;
  if (!take (reader, major, start))
    return NULL;
  *length = size;
  return content;
}

char *
ym_cbor_read_text (YmCborReader *reader, gsize most)
{
  gsize length;
  const guint8 *text = read_string (reader, YM_CBOR_TEXT, 0, most, &length);

  return text == NULL ? NULL : g_strndup ((const char *) text, length);
}

GBytes *
ym_cbor_read_bytes (YmCborReader *reader, gsize least, gsize most)
{
  gsize length;
  const guint8 *data = ym_cbor_read_data (reader, least, most, &length);

  return data == NULL ? NULL : g_bytes_new (data, length);
}

const guint8 *
ym_cbor_read_data (YmCborReader *reader, gsize least, gsize most, gsize *length)
{
  return read_string (reader, YM_CBOR_BYTES, least, most, length);
}

void
ym_cbor_read_fixed (YmCborReader *reader, gpointer buffer, gsize length)
{
  gsize found;
  const guint8 *data = ym_cbor_read_data (reader, length, length, &found);

  if (data == NULL)
    memset (buffer, 0, length);
  else
    memcpy (buffer, data, length);
}

YmId
ym_cbor_read_id (YmCborReader *reader)
{
  YmId id;

  ym_cbor_read_fixed (reader, id.bytes, sizeof id.bytes);
  return id;
}

YmHash
ym_cbor_read_hash (YmCborReader *reader)
{
  YmHash hash;

  ym_cbor_read_fixed (reader, hash.bytes, sizeof hash.bytes);
  return hash;
}

YmValue
ym_cbor_read_value (YmCborReader *reader)
{
  YmValue value = YM_VALUE_INIT;

  switch (ym_cbor_peek (reader))
    {
    case YM_CBOR_UNSIGNED:
    case YM_CBOR_NEGATIVE:
      value = ym_value_integer (ym_cbor_read_integer (reader));
      break;
    case YM_CBOR_TEXT:
      {
        char *text = ym_cbor_read_text (reader, G_MAXSIZE);

        if (text != NULL)
          value = (YmValue){ .kind = YM_VALUE_TEXT, .text = text };
        break;
      }
    case YM_CBOR_BYTES:
      {
        GBytes *bytes = ym_cbor_read_bytes (reader, 0, G_MAXSIZE);

        if (bytes != NULL)
          value = (YmValue){ .kind = YM_VALUE_BYTES, .bytes = bytes };
        break;
      }
    default:
      if (!ym_cbor_read_null (reader))
        ym_cbor_reader_fail (reader, "an integer, text, byte string or null is missing here");
    }
  return value;
}
