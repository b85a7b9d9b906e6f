/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for English on a Welsh screen. The catalogue is GNU's .mo: a number of strings at 8, and at 12 and 16 where the
 * tables of originals and of translations begin, each entry a length and an offset. */

#include "tests/ui/english.h"

#include <string.h>

#include "tests/ui/harness.h"

#define FEWEST_LETTERS 8 /* of a text with gaps, or it would fit anything */

typedef struct {
  GHashTable *english; /* texts as they are */
  GHashTable *welsh;
  GPtrArray *patterns; /* of texts with gaps: GPatternSpec */
} Catalogue;

static const char *
string_at (const char *mo, guint32 table, guint index)
{
  guint32 entry[2];

  memcpy (entry, mo + table + 8 * index, sizeof entry);
  return mo + entry[1];
}

/* "%u of %u" as "* of *"; %NULL if hardly anything is left that is not a gap. */
static char *
pattern_of (const char *text)
{
  GString *pattern = g_string_new (NULL);
  guint letters = 0;

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '%' && at[1] != '\0')
      {
        at += 1 + strspn (at + 1, "-+ 0123456789.*$");
        at += strspn (at, "lhz");
        g_string_append_c (pattern, '*');
      }
    else
      {
        letters += g_ascii_isalpha (*at);
        g_string_append_c (pattern, strchr ("*?", *at) != NULL ? '*' : *at);
      }
  if (letters >= FEWEST_LETTERS)
    return g_string_free (pattern, FALSE);
  g_string_free (pattern, TRUE);
  return NULL;
}

static void
add (Catalogue *catalogue, const char *original, const char *welsh)
{
  const char *context = strchr (original, '\004');
  const char *english = context == NULL ? original : context + 1;
  g_autofree char *pattern = NULL;

  g_hash_table_add (catalogue->welsh, g_strdup (welsh));
  if (*english == '\0' || strcmp (english, welsh) == 0)
    return;
  g_hash_table_add (catalogue->english, g_strdup (english));
  if (strchr (english, '%') != NULL && (pattern = pattern_of (english)) != NULL)
    g_ptr_array_add (catalogue->patterns, g_pattern_spec_new (pattern));
}

static const Catalogue *
catalogue (void)
{
  static Catalogue read;
  g_autofree char *path = NULL, *mo = NULL;
  guint32 head[5];

  if (read.english != NULL)
    return &read;
  read.english = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read.welsh = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read.patterns = g_ptr_array_new ();
  path = g_build_filename (g_getenv ("YM_BUILD_ROOT"), "po", "cy", "LC_MESSAGES", "ymweld.mo", NULL);
  g_assert_true (g_file_get_contents (path, &mo, NULL, NULL));
  memcpy (head, mo, sizeof head);
  for (guint i = 0; i < head[2]; i++)
    add (&read, string_at (mo, head[3], i), string_at (mo, head[4], i));
  return &read;
}

static gboolean
is_english (const char *text)
{
  const Catalogue *known = catalogue ();

  /* A language is called by its own name where it is chosen. */
  if (g_hash_table_contains (known->welsh, text) || g_str_equal (text, "English"))
    return FALSE;
  if (g_hash_table_contains (known->english, text))
    return TRUE;
  for (guint i = 0; i < known->patterns->len; i++)
    if (g_pattern_spec_match_string (known->patterns->pdata[i], text))
      return TRUE;
  return FALSE;
}

GPtrArray *
english_left (GtkWidget *root)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = harness_text (root);
  g_auto (GStrv) lines = g_strsplit (shown, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (is_english (lines[i]))
      g_ptr_array_add (left, g_strdup (lines[i]));
  return left;
}
