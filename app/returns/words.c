/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Words of a language that is not the process's own. gettext's own functions follow LANGUAGE and the locale, which belong
 * to the whole process and have to be installed; what is given out needs neither. A catalogue (GNU .mo) is
 *
 *   0   magic 0x950412de, little or big end first      12  offset of the table of originals
 *   4   revision, 0 or 1 in its upper half             16  offset of the table of translations
 *   8   number of strings                              each table: length, offset of the string; a NUL follows it
 *
 * An original with a context is "context EOT text", as N_() and NC_() leave it in our tables.
 */

#include "app/returns/words.h"

#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <string.h>

#define MAGIC 0x950412deu
#define HEADER_BYTES 20
#define MAX_BYTES (8 * 1024 * 1024)

/* Where one English word needs two Welsh ones: keep the context before the word. */
#undef NC_
#define NC_(context, text) context "\004" text

struct _YmWords {
  char *language;
  GBytes *catalogue;    /* NULL in English */
  GHashTable *by_text;  /* points into the catalogue */
};

static const char *const months[12]
    = { NC_ ("month", "January"),   NC_ ("month", "February"), NC_ ("month", "March"),    NC_ ("month", "April"),
        NC_ ("month", "May"),       NC_ ("month", "June"),     NC_ ("month", "July"),     NC_ ("month", "August"),
        NC_ ("month", "September"), NC_ ("month", "October"),  NC_ ("month", "November"), NC_ ("month", "December") };

static const char *const weekdays[7]
    = { NC_ ("weekday", "Monday"), NC_ ("weekday", "Tuesday"),  NC_ ("weekday", "Wednesday"), NC_ ("weekday", "Thursday"),
        NC_ ("weekday", "Friday"), NC_ ("weekday", "Saturday"), NC_ ("weekday", "Sunday") };

void
ym_words_free (YmWords *words)
{
  if (words == NULL)
    return;
  g_free (words->language);
  g_clear_pointer (&words->by_text, g_hash_table_unref);
  g_clear_pointer (&words->catalogue, g_bytes_unref);
  g_free (words);
}

static guint32
read_u32 (const guint8 *data, gsize offset, gboolean swapped)
{
  guint32 number;

  memcpy (&number, data + offset, sizeof number);
  number = GUINT32_FROM_LE (number);
  return swapped ? GUINT32_SWAP_LE_BE (number) : number;
}

/* The string that entry @index of the table at @table names; NULL if it is not wholly within the file. */
static const char *
read_string (const guint8 *data, gsize size, guint32 table, guint32 index, gboolean swapped)
{
  gsize entry = (gsize) table + (gsize) index * 8;
  gsize length, offset;

  if (entry + 8 > size)
    return NULL;
  length = read_u32 (data, entry, swapped);
  offset = read_u32 (data, entry + 4, swapped);
  if (offset >= size || length >= size - offset || data[offset + length] != '\0'
      || !g_utf8_validate ((const char *) data + offset, -1, NULL))
    return NULL;
  return (const char *) data + offset;
}

static gboolean
read_catalogue (YmWords *words)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (words->catalogue, &size);
  gboolean swapped;
  guint32 n;

  if (size < HEADER_BYTES || size > MAX_BYTES)
    return FALSE;
  swapped = read_u32 (data, 0, FALSE) != MAGIC;
  if (read_u32 (data, 0, swapped) != MAGIC || read_u32 (data, 4, swapped) >> 16 > 1)
    return FALSE;
  n = read_u32 (data, 8, swapped);
  for (guint32 i = 0; i < n; i++)
    {
      const char *text = read_string (data, size, read_u32 (data, 12, swapped), i, swapped);
      const char *translation = read_string (data, size, read_u32 (data, 16, swapped), i, swapped);

      if (text == NULL || translation == NULL)
        return FALSE;
      if (*text != '\0' && *translation != '\0')
        g_hash_table_insert (words->by_text, (gpointer) text, (gpointer) translation);
    }
  return TRUE;
}

YmWords *
ym_words_new (const char *language, const char *directory, GError **error)
{
  g_autoptr (YmWords) words = g_new0 (YmWords, 1);
  g_autofree char *path = NULL;
  char *contents;
  gsize length;

  words->language = g_strdup (language);
  words->by_text = g_hash_table_new (g_str_hash, g_str_equal);
  if (g_str_equal (language, "en"))
    return g_steal_pointer (&words);
  if (!g_str_equal (language, "cy"))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("“%s” is not a language that is known here: say en or cy."), language);
      return NULL;
    }
  if (directory == NULL)
    directory = bindtextdomain (GETTEXT_PACKAGE, NULL);
  path = g_build_filename (directory, language, "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  if (!g_file_get_contents (path, &contents, &length, NULL))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("The Welsh words are not installed: %s is missing."), path);
      return NULL;
    }
  words->catalogue = g_bytes_new_take (contents, length);
  if (read_catalogue (words))
    return g_steal_pointer (&words);
  g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED,
               _ ("The file of Welsh words, %s, is damaged. Install it again."), path);
  return NULL;
}

const char *
ym_words_language (const YmWords *words)
{
  return words->language;
}

const char *
ym_words_get (const YmWords *words, const char *text)
{
  const char *found = g_hash_table_lookup (words->by_text, text);
  const char *after_context = strchr (text, '\004');

  if (found != NULL)
    return found;
  return after_context == NULL ? text : after_context + 1;
}

char *
ym_words_month (const YmWords *words, YmMonth month)
{
  int year, number;

  ym_day_to_ymd (ym_month_first_day (month), &year, &number, NULL);
  return g_strdup_printf ("%s %d", ym_words_get (words, months[number - 1]), year);
}

char *
ym_words_day (const YmWords *words, YmDay day)
{
  int year, number, day_of_month;

  ym_day_to_ymd (day, &year, &number, &day_of_month);
  return g_strdup_printf ("%d %s %d", day_of_month, ym_words_get (words, months[number - 1]), year);
}

const char *
ym_words_weekday (const YmWords *words, guint weekday)
{
  g_return_val_if_fail (weekday < G_N_ELEMENTS (weekdays), "");
  return ym_words_get (words, weekdays[weekday]);
}
