/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One field's value, the same in memory, in SQLite and on the wire. */

#include "app/base/value.h"

#include <string.h>

YmValue
ym_value_integer (gint64 integer)
{
  return (YmValue){ .kind = YM_VALUE_INTEGER, .integer = integer };
}

YmValue
ym_value_text (const char *text)
{
  if (text == NULL)
    return (YmValue) YM_VALUE_INIT;
  return (YmValue){ .kind = YM_VALUE_TEXT, .text = g_strdup (text) };
}

YmValue
ym_value_bytes (gconstpointer data, gsize length)
{
  return (YmValue){ .kind = YM_VALUE_BYTES, .bytes = g_bytes_new (data, length) };
}

YmValue
ym_value_id (const YmId *id)
{
  return ym_value_bytes (id->bytes, sizeof id->bytes);
}

YmValue
ym_value_copy (const YmValue *value)
{
  switch (value->kind)
    {
    case YM_VALUE_TEXT:
      return ym_value_text (value->text);
    case YM_VALUE_BYTES:
      return (YmValue){ .kind = YM_VALUE_BYTES, .bytes = g_bytes_ref (value->bytes) };
    case YM_VALUE_INTEGER:
    case YM_VALUE_NULL:
      break;
    }
  return *value;
}

void
ym_value_clear (YmValue *value)
{
  if (value->kind == YM_VALUE_TEXT)
    g_free (value->text);
  else if (value->kind == YM_VALUE_BYTES)
    g_bytes_unref (value->bytes);
  *value = (YmValue) YM_VALUE_INIT;
}

gboolean
ym_value_equal (const YmValue *a, const YmValue *b)
{
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case YM_VALUE_INTEGER:
      return a->integer == b->integer;
    case YM_VALUE_TEXT:
      return strcmp (a->text, b->text) == 0;
    case YM_VALUE_BYTES:
      return g_bytes_equal (a->bytes, b->bytes);
    case YM_VALUE_NULL:
      break;
    }
  return TRUE;
}

gboolean
ym_value_get_id (const YmValue *value, YmId *id)
{
  if (value->kind != YM_VALUE_BYTES || g_bytes_get_size (value->bytes) != YM_ID_BYTES)
    return FALSE;
  memcpy (id->bytes, g_bytes_get_data (value->bytes, NULL), YM_ID_BYTES);
  return TRUE;
}
