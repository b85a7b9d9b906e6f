/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes for tests: from hex, from the protocol's own document, and damaged in every way. */

#include "tests/journal/bytes.h"

#include <string.h>

GBytes *
bytes_from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();
  int high = -1;

  for (const char *place = hex; *place != '\0';)
    {
      if (*place == '#')
        {
          place += strcspn (place, "\n");
          continue;
        }
      if (g_ascii_isxdigit (*place))
        {
          int digit = g_ascii_xdigit_value (*place);

          if (high >= 0)
            g_byte_array_append (bytes, &(guint8){ high << 4 | digit }, 1);
          high = high < 0 ? digit : -1;
        }
      else
        g_assert_true (g_ascii_isspace (*place));
      place++;
    }
  g_assert_cmpint (high, ==, -1);
  return g_byte_array_free_to_bytes (bytes);
}

char *
bytes_to_hex (GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}

char *
document_block (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "docs", "protocol.md", NULL);
  g_autofree char *fence = g_strdup_printf ("```%s\n", name);
  g_autofree char *text = NULL;
  const char *start, *end;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  start = strstr (text, fence);
  if (start == NULL)
    g_error ("docs/protocol.md has no block %s", name);
  start += strlen (fence);
  end = strstr (start, "```");
  g_assert_nonnull (end);
  return g_strndup (start, end - start);
}

GBytes *
bytes_from_document (const char *name)
{
  g_autofree char *full_name = g_strdup_printf ("hex %s", name);
  g_autofree char *block = document_block (full_name);

  return bytes_from_hex (block);
}

void
assert_same_bytes (GBytes *found, GBytes *wanted)
{
  g_autofree char *found_hex = bytes_to_hex (found);
  g_autofree char *wanted_hex = bytes_to_hex (wanted);

  g_assert_cmpstr (found_hex, ==, wanted_hex);
}

void
for_each_truncation (GBytes *good, void (*check) (GBytes *bytes, gpointer data), gpointer data)
{
  for (gsize length = 0; length < g_bytes_get_size (good); length++)
    {
      /* A copy of its own, so that reading beyond it is seen. */
      g_autoptr (GBytes) bytes = g_bytes_new (g_bytes_get_data (good, NULL), length);

      check (bytes, data);
    }
}

void
for_each_flip (GBytes *good, void (*check) (GBytes *bytes, gpointer data), gpointer data)
{
  gsize length;
  const guint8 *original = g_bytes_get_data (good, &length);

  for (gsize bit = 0; bit < 8 * length; bit++)
    {
      guint8 *flipped = g_memdup2 (original, length);
      g_autoptr (GBytes) bytes = g_bytes_new_take (flipped, length);

      flipped[bit / 8] ^= 1 << bit % 8;
      check (bytes, data);
    }
}
