/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whether a text names somebody that the store knows. Text and names become lists of words without case and accents; a
 * name is found where its words stand in the text one after the other. What is found too often costs an officer another
 * word; what is missed costs a child.
 */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/notebook/learning.h"

/* Initials and year of birth belong together when they stand this close, as in "JS, born in 2011". */
#define WORDS_APART 4

static const char *const ranks[] = { "pc",       "pcso",     "ps",        "dc",      "ds",       "di",          "sgt",
                                     "sergeant", "sarjant",  "rhingyll",  "insp",    "inspector", "arolygydd",  "officer",
                                     "swyddog",  "cwnstabl", "constable", "supt",    "ci",        "superintendent", NULL };

static const char *const articles[] = { "the", "y", "yr", NULL };

/* Letters without their accents, in lower case. */
static char *
fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *at = decomposed; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_ismark (g_utf8_get_char (at)))
      g_string_append_unichar (bare, g_utf8_get_char (at));
  return g_utf8_casefold (bare->str, -1);
}

static void
end_word (GStrvBuilder *words, GString *word)
{
  if (word->len > 0)
    g_strv_builder_add (words, word->str);
  g_string_truncate (word, 0);
}

/* Letters and digits are parted, so that "PC2001" holds the number 2001, and "Gwyn's" the name Gwyn. */
static GStrv
words_of (const char *text)
{
  g_autofree char *folded = fold (text);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean was_digit = FALSE;

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      gboolean is_digit = g_unichar_isdigit (letter);

      if (!g_unichar_isalnum (letter) || is_digit != was_digit)
        end_word (words, word);
      if (g_unichar_isalnum (letter))
        g_string_append_unichar (word, letter);
      was_digit = is_digit;
    }
  end_word (words, word);
  return g_strv_builder_end (words);
}

static gboolean
begins_with (const char *const *text, const char *const *name)
{
  for (guint i = 0; name[i] != NULL; i++)
    if (text[i] == NULL || !g_str_equal (text[i], name[i]))
      return FALSE;
  return TRUE;
}

static gboolean
has_name (const char *const *text, const char *const *name)
{
  for (guint i = 0; name[0] != NULL && text[i] != NULL; i++)
    if (begins_with (text + i, name))
      return TRUE;
  return FALSE;
}

static gboolean
has_text (const char *const *text, const char *name)
{
  g_auto (GStrv) words = words_of (name);

  return has_name (text, (const char *const *) words);
}

/* "Tŷ Gwyn, Aberteifi" is called Tŷ Gwyn, and the Willows are the Willows. */
static gboolean
has_home (const char *const *text, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, ",", 2);
  g_auto (GStrv) words = words_of (parts[0]);
  gboolean article = words[0] != NULL && words[1] != NULL && g_strv_contains (articles, words[0]);

  return has_name (text, (const char *const *) words + article);
}

/* "E. Evans" and "PC Evans"; the bare surname is too often a word, or somebody else. */
static gboolean
has_officer (const char *const *text, const char *name)
{
  g_auto (GStrv) words = words_of (name);
  guint n = g_strv_length (words);
  gboolean several = n > 1;

  if (n == 0)
    return FALSE;
  if (several && has_name (text, (const char *const *) words))
    return TRUE;
  for (guint i = 1; text[0] != NULL && text[i] != NULL; i++)
    if (g_str_equal (text[i], words[n - 1]) && g_strv_contains (ranks, text[i - 1]))
      return TRUE;
  return FALSE;
}

/* How many words from @text on are the initials: "JS" is one, "J.S." two; 0 if they aren't. */
static guint
match_initials (const char *const *text, const char *initials)
{
  guint n = 0;

  if (g_str_equal (text[0], initials))
    return 1;
  while (*initials != '\0' && text[n] != NULL && g_utf8_strlen (text[n], -1) == 1 && g_str_has_prefix (initials, text[n]))
    initials += strlen (text[n++]);
  return *initials == '\0' ? n : 0;
}

static gboolean
has_initials_and_year (const char *const *text, const char *initials, const char *year)
{
  g_auto (GStrv) words = words_of (initials);
  g_autofree char *joined = g_strjoinv ("", words);
  guint n_text = g_strv_length ((GStrv) text);

  for (guint i = 0; *joined != '\0' && i < n_text; i++)
    {
      guint length = match_initials (text + i, joined);

      for (guint j = i > WORDS_APART ? i - WORDS_APART : 0; length > 0 && j < MIN (i + length + WORDS_APART, n_text); j++)
        if (g_str_equal (text[j], year))
          return TRUE;
    }
  return FALSE;
}

typedef gboolean (*Finder) (const char *const *text, const char *name);

/* Where names are kept, how they are found, and what is said of what was found. */
static const struct {
  const char *sql;
  Finder find;
  const char *sentence;
} kinds[] = {
  { "SELECT name FROM home", has_home,
    N_ ("“%s” is the name of a home. Everybody in the force will read this: say it without.") },
  { "SELECT registration_no FROM home", has_text,
    N_ ("“%s” is the registration number of a home. Everybody in the force will read this: say it without.") },
  { "SELECT name FROM officer", has_officer,
    N_ ("“%s” is the name of an officer. Everybody in the force will read this: say it without.") },
  { "SELECT collar_no FROM officer", has_text,
    N_ ("“%s” is the collar number of an officer. Everybody in the force will read this: say it without.") },
  { "SELECT person_ref FROM child_concern UNION SELECT person_ref FROM arrest_review WHERE person_ref IS NOT NULL", has_text,
    N_ ("“%s” is the reference of a child. Everybody in the force will read this: say it without.") },
};

static gboolean
refuse (GError **error, const char *sentence, const char *found)
{
  g_autofree char *message = NULL;
  g_auto (GStrv) halves = g_strsplit (sentence, "%s", 2);

  message = g_strconcat (halves[0], found, halves[1], NULL);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
check_kind (sqlite3 *db, guint kind, const char *const *text, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (db, error, kinds[kind].sql, "");
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const char *name = ym_sql_column_text (rows, 0);

      if (name != NULL && kinds[kind].find (text, name))
        return refuse (error, _ (kinds[kind].sentence), name);
    }
  return step == YM_SQL_DONE;
}

static gboolean
check_initials (sqlite3 *db, const char *const *text, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      db, error,
      "SELECT initials, year_of_birth FROM child_concern UNION SELECT initials, year_of_birth FROM arrest_review "
      "WHERE initials IS NOT NULL AND year_of_birth IS NOT NULL",
      "");
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const char *initials = ym_sql_column_text (rows, 0), *year = ym_sql_column_text (rows, 1);

      if (initials != NULL && year != NULL && has_initials_and_year (text, initials, year))
        {
          g_autofree char *found = g_strdup_printf ("%s, %s", initials, year);

          return refuse (error,
                         _ ("“%s” stands for a child: initials and year of birth. Everybody in the force will read this: "
                            "say it without."),
                         found);
        }
    }
  return step == YM_SQL_DONE;
}

gboolean
ym_learning_check (sqlite3 *db, const char *text, GError **error)
{
  g_auto (GStrv) words = text == NULL ? NULL : words_of (text);

  if (text == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (!check_kind (db, i, (const char *const *) words, error))
      return FALSE;
  return check_initials (db, (const char *const *) words, error);
}
