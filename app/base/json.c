/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JSON writer: indented by two spaces, so that people can read what scripts read. */

#include "app/base/json.h"

#define MOST_NESTING 32

struct _YmJson {
  GString *text;
  guint depth;
  char closing[MOST_NESTING]; /* what ends each open object or array */
  gboolean empty;             /* nothing in the innermost one yet */
};

YmJson *
ym_json_new (void)
{
  YmJson *json = g_new0 (YmJson, 1);

  json->text = g_string_new (NULL);
  json->empty = TRUE;
  return json;
}

void
ym_json_free (YmJson *json)
{
  if (json == NULL)
    return;
  g_string_free (json->text, TRUE);
  g_free (json);
}

static void
new_line (YmJson *json)
{
  g_string_append_c (json->text, '\n');
  for (guint i = 0; i < json->depth; i++)
    g_string_append (json->text, "  ");
}

static void
write_string (YmJson *json, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (json->text, '"');
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '"' || character == '\\')
        g_string_append_c (json->text, '\\');
      if (g_unichar_iscntrl (character))
        g_string_append_printf (json->text, "\\u%04x", character);
      else
        g_string_append_unichar (json->text, character);
    }
  g_string_append_c (json->text, '"');
}

/* Comma, line and key: what comes before every value. */
static void
begin_value (YmJson *json, const char *key)
{
  gboolean in_object = json->depth > 0 && json->closing[json->depth - 1] == '}';

  g_assert ((key != NULL) == in_object);
  g_assert (json->depth > 0 || json->empty); /* one value at the top */
  if (!json->empty)
    g_string_append_c (json->text, ',');
  if (json->depth > 0)
    new_line (json);
  json->empty = FALSE;
  if (key == NULL)
    return;
  write_string (json, key);
  g_string_append (json->text, ": ");
}

static void
begin (YmJson *json, const char *key, char opening, char closing)
{
  begin_value (json, key);
  g_assert (json->depth < MOST_NESTING);
  g_string_append_c (json->text, opening);
  json->closing[json->depth++] = closing;
  json->empty = TRUE;
}

static void
end (YmJson *json, char closing)
{
  g_assert (json->depth > 0 && json->closing[json->depth - 1] == closing);
  json->depth--;
  if (!json->empty)
    new_line (json);
  g_string_append_c (json->text, closing);
  json->empty = FALSE;
}

void
ym_json_begin_object (YmJson *json, const char *key)
{
  begin (json, key, '{', '}');
}

void
ym_json_end_object (YmJson *json)
{
  end (json, '}');
}

void
ym_json_begin_array (YmJson *json, const char *key)
{
  begin (json, key, '[', ']');
}

void
ym_json_end_array (YmJson *json)
{
  end (json, ']');
}

void
ym_json_add_text (YmJson *json, const char *key, const char *text)
{
  if (text == NULL)
    {
      ym_json_add_null (json, key);
      return;
    }
  begin_value (json, key);
  write_string (json, text);
}

void
ym_json_add_integer (YmJson *json, const char *key, gint64 integer)
{
  begin_value (json, key);
  g_string_append_printf (json->text, "%" G_GINT64_FORMAT, integer);
}

void
ym_json_add_boolean (YmJson *json, const char *key, gboolean boolean)
{
  begin_value (json, key);
  g_string_append (json->text, boolean ? "true" : "false");
}

void
ym_json_add_null (YmJson *json, const char *key)
{
  begin_value (json, key);
  g_string_append (json->text, "null");
}

void
ym_json_add_id (YmJson *json, const char *key, const YmId *id)
{
  g_autofree char *text = id == NULL || ym_id_is_zero (id) ? NULL : ym_id_to_string (id);

  ym_json_add_text (json, key, text);
}

void
ym_json_add_hash (YmJson *json, const char *key, const YmHash *hash)
{
  g_autofree char *text = ym_hash_to_string (hash);

  ym_json_add_text (json, key, text);
}

char *
ym_json_finish (YmJson *json)
{
  char *text;

  g_assert (json->depth == 0 && !json->empty);
  g_string_append_c (json->text, '\n');
  text = g_string_free (json->text, FALSE);
  g_free (json);
  return text;
}
