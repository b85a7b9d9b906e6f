/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Whether the index of words says what the records say. A page of it that was put back from an older copy of the file proves
 * itself as any page does, FTS5 finds nothing wrong with it, and a search would miss words without saying so. So all that is
 * in the index is compared with all that must be in it:
 *
 *   words      of every (word, document, place) a hash, summed: once as FTS5 lists them, once as the texts are cut
 *   prefixes   short ones have lists of their own: for each of them, the sum over the documents found by it
 *   documents  each row that has words has one, unless it is still to come into an index that is being made
 */

#include "app/journal/search-check.h"

#include <sodium.h>
#include <string.h>

#include "app/base/sql.h"
#include "app/forms/record.h"
#include "app/journal/search-index.h"

#define MOST_WORD_BYTES 32768 /* FTS5 cuts longer ones */

typedef struct {
  sqlite3 *db;
  YmSearchTokenizer *tokenizer;
  guint64 words;
  gint64 documents;
  GHashTable *prefixes; /* to guint64: the sum over documents */
  GHashTable *seen;     /* the prefixes of this document */
  gint64 document;
  gint64 place;
  gboolean same; /* of ym_search_tokenize: whether what came is what was asked */
  const char *asked;
} Check;

static guint64
hash (const char *word, gsize length, gint64 document, gint64 place)
{
  static const guint8 key[crypto_shorthash_KEYBYTES] = "ymweld's words";
  const gint64 where[] = { document, place };
  guint64 of_word, all[3] = { 0, (guint64) where[0], (guint64) where[1] };

  crypto_shorthash ((guint8 *) all, (const guint8 *) word, length, key);
  crypto_shorthash ((guint8 *) &of_word, (const guint8 *) all, sizeof all, key);
  return of_word;
}

/* Once a document, however often a word that begins so is in it. */
static void
add_prefix (Check *check, const char *word, gsize length)
{
  g_autofree char *prefix = g_strndup (word, length);
  guint64 *sum = g_hash_table_lookup (check->prefixes, prefix);

  if (g_hash_table_contains (check->seen, prefix))
    return;
  if (sum == NULL)
    {
      sum = g_new0 (guint64, 1);
      g_hash_table_insert (check->prefixes, g_strdup (prefix), sum);
    }
  *sum += hash ("", 0, check->document, 0);
  g_hash_table_add (check->seen, g_steal_pointer (&prefix));
}

static void
word_cb (gpointer data, const char *word, gsize length, gsize start, gsize end)
{
  Check *check = data;
  gsize at = 0;

  length = MIN (length, MOST_WORD_BYTES);
  check->words += hash (word, length, check->document, check->place++);
  for (guint letters = 0; letters < YM_SEARCH_LISTED_LETTERS && at < length; letters++)
    {
      at += 1;
      while (at < length && ((guint8) word[at] & 0xc0) == 0x80)
        at++;
      add_prefix (check, word, at);
    }
}

/* "SELECT number, document, text, text ..." of the form's rows. */
static char *
rows_query (const YmForm *form)
{
  GString *sql = g_string_new ("SELECT t.number, d.document");

  for (guint i = 0; i < form->n_fields; i++)
    if ((form->fields[i].flags & YM_FIELD_SEARCH) != 0)
      g_string_append_printf (sql, ", t.\"%s\"", form->fields[i].name);
  g_string_append_printf (sql, " FROM \"%s\" t LEFT JOIN search_document d ON d.form = %u AND d.number = t.number", form->name,
                          form->id);
  return g_string_free (sql, FALSE);
}

static gboolean
cut_row (Check *check, sqlite3_stmt *row, gboolean *has_text, GError **error)
{
  *has_text = FALSE;
  check->document = sqlite3_column_int64 (row, 1);
  check->place = 0;
  g_hash_table_remove_all (check->seen);
  for (int i = 2; i < sqlite3_column_count (row); i++)
    {
      const char *text = sqlite3_column_type (row, i) == SQLITE_TEXT ? ym_sql_column_text (row, i) : "";

      *has_text = *has_text || text[0] != '\0';
      if (sqlite3_column_type (row, 1) != SQLITE_NULL
          && !ym_search_tokenize (check->tokenizer, text, word_cb, check, error))
        return FALSE;
    }
  return TRUE;
}

/* Rows from @still_to_come on need not be there yet. */
static gboolean
cut_form (Check *check, const YmForm *form, gint64 still_to_come, gboolean *good, GError **error)
{
  g_autofree char *sql = rows_query (form);
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare_unbound (check->db, error, sql);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && *good && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      gboolean is_there = sqlite3_column_type (rows, 1) != SQLITE_NULL;
      gboolean has_text;

      if (!cut_row (check, rows, &has_text, error))
        return FALSE;
      check->documents += is_there;
      *good = is_there || !has_text || sqlite3_column_int64 (rows, 0) >= still_to_come;
    }
  return !*good || step == YM_SQL_DONE;
}

static gboolean
cut_texts (Check *check, gboolean *good, GError **error)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);
  gint64 form, number;

  if (!ym_search_index_progress (check->db, &form, &number, error))
    return FALSE;
  for (guint i = 0; *good && i < n_forms; i++)
    {
      gint64 still_to_come = forms[i]->id < form ? G_MAXINT64 : forms[i]->id == form ? number : 0;

      if (ym_search_is_searched (forms[i]) && !cut_form (check, forms[i], still_to_come, good, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
compare_words (Check *check, gboolean *good, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (check->db, error, "SELECT term, doc, \"offset\" FROM search_word", "");
  guint64 words = 0;
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const char *word = ym_sql_column_text (rows, 0);

      words += hash (word, (gsize) sqlite3_column_bytes (rows, 0), sqlite3_column_int64 (rows, 1),
                     sqlite3_column_int64 (rows, 2));
    }
  *good = words == check->words;
  return step == YM_SQL_DONE;
}

static gboolean
compare_documents (Check *check, gboolean *good, GError **error)
{
  gint64 documents;

  if (!ym_sql_integer (check->db, &documents, error, "SELECT count(*) FROM search_document", ""))
    return FALSE;
  *good = documents == check->documents;
  return TRUE;
}

static void
same_cb (gpointer data, const char *word, gsize length, gsize start, gsize end)
{
  Check *check = data;

  check->same = check->place++ == 0 && strlen (check->asked) == length && memcmp (check->asked, word, length) == 0;
}

/* What is asked for is cut and folded before it is looked up: letters that do not stay themselves then can't be asked for. */
static gboolean
can_ask (Check *check, const char *prefix, gboolean *can, GError **error)
{
  check->asked = prefix;
  check->place = 0;
  check->same = FALSE;
  if (!ym_search_tokenize (check->tokenizer, prefix, same_cb, check, error))
    return FALSE;
  *can = check->same;
  return TRUE;
}

static gboolean
compare_prefix (Check *check, const char *prefix, guint64 expected, gboolean *good, GError **error)
{
  g_autofree char *query = g_strdup_printf ("\"%s\"*", prefix);
  g_autoptr (sqlite3_stmt) rows = NULL;
  guint64 found = 0;
  gboolean can;
  YmSqlStep step = YM_SQL_FAILED;

  if (!can_ask (check, prefix, &can, error))
    return FALSE;
  if (!can)
    return TRUE;
  rows = ym_sql_prepare (check->db, error, "SELECT rowid FROM search_text WHERE search_text MATCH ?", "t", query);
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    found += hash ("", 0, sqlite3_column_int64 (rows, 0), 0);
  *good = found == expected;
  return step == YM_SQL_DONE;
}

static gboolean
compare_prefixes (Check *check, gboolean *good, GError **error)
{
  GHashTableIter iter;
  gpointer prefix, sum;

  g_hash_table_iter_init (&iter, check->prefixes);
  while (*good && g_hash_table_iter_next (&iter, &prefix, &sum))
    if (!compare_prefix (check, prefix, *(const guint64 *) sum, good, error))
      return FALSE;
  return TRUE;
}

gboolean
ym_search_check (sqlite3 *db, gboolean *good, GError **error)
{
  Check check = { .db = db };
  gboolean checked;

  *good = TRUE;
  if (!ym_search_index_is_there (db))
    return TRUE;
  check.tokenizer = ym_search_tokenizer_new (db, error);
  if (check.tokenizer == NULL)
    return FALSE;
  check.prefixes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  check.seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  checked = cut_texts (&check, good, error) && (!*good || compare_documents (&check, good, error))
            && (!*good || compare_words (&check, good, error)) && (!*good || compare_prefixes (&check, good, error));
  g_hash_table_unref (check.prefixes);
  g_hash_table_unref (check.seen);
  ym_search_tokenizer_free (check.tokenizer);
  return checked;
}
