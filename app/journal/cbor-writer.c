/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes deterministic CBOR (RFC 8949 §4.2.1): for each content the one shortest encoding, so that a hash
 * over the bytes is a hash over the content.
 */

#include "app/journal/cbor.h"

#include "app/base/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
write_head (YmCborWriter *writer, YmCborMajor major, guint64 argument)
{
  guint8 head[9];
  guint following = argument < YM_CBOR_ARGUMENT_FOLLOWS ? 0
                    : argument <= G_MAXUINT8    ? 1
                    : argument <= G_MAXUINT16   ? 2
                    : argument <= G_MAXUINT32   ? 4
                                                : 8;

  head[0] = major << 5 | (following == 0 ? argument : YM_CBOR_ARGUMENT_FOLLOWS + g_bit_storage (following) - 1);
  for (guint i = 0; i < following; i++)
    head[1 + i] = argument >> (8 * (following - 1 - i));
  g_byte_array_append (writer->buffer, head, 1 + following);
}

/* A head and, for strings, what follows it. */
static void
write_item (YmCborWriter *writer, YmCborMajor major, guint64 argument, gconstpointer content)
{
  gsize start = writer->buffer->len;
  const char *wrong;

  write_head (writer, major, argument);
  if (content != NULL)
    {
      g_assert (argument <= G_MAXUINT / 2);
      g_byte_array_append (writer->buffer, content, argument);
    }
  wrong = ym_cbor_nesting_take (&writer->nesting, major, writer->buffer->data, start, writer->buffer->len);
  g_assert (wrong == NULL);
}

static void
write_container (YmCborWriter *writer, YmCborMajor major, gsize count)
{
  gboolean map = major == YM_CBOR_MAP;
  const char *wrong = ym_cbor_nesting_open (&writer->nesting, map ? 2 * (guint64) count : count, map);

  g_assert (wrong == NULL);
  write_head (writer, major, count);
}

void
ym_cbor_writer_init (YmCborWriter *writer)
{
  *writer = (YmCborWriter){ .buffer = g_byte_array_new () };
}

void
ym_cbor_writer_clear (YmCborWriter *writer)
{
  g_clear_pointer (&writer->buffer, g_byte_array_unref);
}

GBytes *
ym_cbor_writer_finish (YmCborWriter *writer, GError **error)
{
  g_assert (writer->nesting.complete);
  if (writer->not_utf8)
    {
      ym_cbor_writer_clear (writer);
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("A text holds characters that are not valid. Type it again and save."));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&writer->buffer));
}

void
ym_cbor_write_array (YmCborWriter *writer, gsize count)
{
  write_container (writer, YM_CBOR_ARRAY, count);
}

void
ym_cbor_write_map (YmCborWriter *writer, gsize count)
{
  write_container (writer, YM_CBOR_MAP, count);
}

void
ym_cbor_write_tag (YmCborWriter *writer, guint64 tag)
{
  g_assert (!writer->nesting.complete && !ym_cbor_nesting_wants_key (&writer->nesting));
  write_head (writer, YM_CBOR_TAG, tag);
}

void
ym_cbor_write_unsigned (YmCborWriter *writer, guint64 number)
{
  write_item (writer, YM_CBOR_UNSIGNED, number, NULL);
}

void
ym_cbor_write_integer (YmCborWriter *writer, gint64 number)
{
  if (number >= 0)
    write_item (writer, YM_CBOR_UNSIGNED, number, NULL);
  else
    write_item (writer, YM_CBOR_NEGATIVE, ~(guint64) number, NULL); /* -1 - n */
}

void
ym_cbor_write_text (YmCborWriter *writer, const char *text)
{
  writer->not_utf8 |= !g_utf8_validate (text, -1, NULL);
  write_item (writer, YM_CBOR_TEXT, strlen (text), text);
}

void
ym_cbor_write_data (YmCborWriter *writer, gconstpointer data, gsize length)
{
  write_item (writer, YM_CBOR_BYTES, length, length == 0 ? NULL : data);
}

void
ym_cbor_write_bytes (YmCborWriter *writer, GBytes *bytes)
{
  if (bytes == NULL)
    ym_cbor_write_null (writer);
  else
    ym_cbor_write_data (writer, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

void
ym_cbor_write_null (YmCborWriter *writer)
{
  write_item (writer, YM_CBOR_SIMPLE, YM_CBOR_NULL, NULL);
}

void
ym_cbor_write_boolean (YmCborWriter *writer, gboolean truth)
{
  write_item (writer, YM_CBOR_SIMPLE, truth ? YM_CBOR_TRUE : YM_CBOR_FALSE, NULL);
}

void
ym_cbor_write_id (YmCborWriter *writer, const YmId *id)
{
  ym_cbor_write_data (writer, id->bytes, sizeof id->bytes);
}

void
ym_cbor_write_hash (YmCborWriter *writer, const YmHash *hash)
{
  ym_cbor_write_data (writer, hash->bytes, sizeof hash->bytes);
}

void
ym_cbor_write_value (YmCborWriter *writer, const YmValue *value)
{
  switch (value->kind)
    {
    case YM_VALUE_NULL:
      ym_cbor_write_null (writer);
      break;
    case YM_VALUE_INTEGER:
      ym_cbor_write_integer (writer, value->integer);
      break;
    case YM_VALUE_TEXT:
      ym_cbor_write_text (writer, value->text);
      break;
    case YM_VALUE_BYTES:
      ym_cbor_write_bytes (writer, value->bytes);
      break;
    }
}
