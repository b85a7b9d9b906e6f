/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What older spreadsheets on Windows write when they are asked for "CSV": one byte a letter, by code page 1252. */

#include "app/forms/csv-private.h"

#include <string.h>

/* 0x80 to 0x9F; the rest of the code page is Latin-1. 0 where it has no letter. */
static const guint16 letters[32] = {
  0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
  0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

/* A byte order mark, or any whole letter in UTF-8. */
static gboolean
has_utf8_letters (const char *data, gsize size)
{
  const char *end = data + size, *at = data;

  while (at < end)
    {
      const char *wrong;

      if (g_utf8_validate (at, end - at, &wrong))
        wrong = end;
      for (; at < wrong; at++)
        if ((guchar) *at >= 0x80)
          return TRUE;
      at = wrong + 1;
    }
  return FALSE;
}

char *
ym_csv_from_windows_1252 (const char *data, gsize size, gsize *converted_size)
{
  g_autoptr (GString) text = NULL;

  if (has_utf8_letters (data, size))
    return NULL;
  text = g_string_sized_new (size + size / 8);
  for (gsize i = 0; i < size; i++)
    {
      guchar byte = (guchar) data[i];
      gunichar letter = byte >= 0x80 && byte < 0xA0 ? letters[byte - 0x80] : byte;

      if (letter == 0)
        return NULL;
      g_string_append_unichar (text, letter);
    }
  *converted_size = text->len;
  return g_string_free (g_steal_pointer (&text), FALSE);
}
