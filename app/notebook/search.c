/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Searching everything that is on this device. What an officer may see is what is here: streams are kept from other
 * devices, not records from a search. Index and order of documents: app/journal/search-index.c.
 */

#include "app/notebook/search.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/search-index.h"
#include "app/journal/tables.h"
#include "app/rules/civil.h"

/* More of a query changes nothing that a person would notice, but costs. */
#define MOST_BYTES 400
#define MOST_TERMS 12
#define MOST_WORDS 32 /* that a beginning is made out to be */

#define MOST_HOMES 1000 /* looked at to put those first that have the words in their name */
#define SNIPPET_BEFORE 48
#define SNIPPET_BYTES 200

/* One word that is looked for, as the index has it. */
typedef struct {
  char *token;
  gsize length;
  gboolean is_prefix;
} Term;

/* One search under way. */
typedef struct {
  YmDesk *desk;
  YmSearchTokenizer *tokenizer;
  GArray *terms;          /* of Term */
  gsize last_end;         /* where the last of them ends in what was typed */
  GHashTable *home_names; /* of those met so far */
} Search;

static void
clear_term (gpointer term)
{
  g_free (((Term *) term)->token);
}

static void
search_clear (Search *search)
{
  g_clear_pointer (&search->tokenizer, ym_search_tokenizer_free);
  g_clear_pointer (&search->terms, g_array_unref);
  g_clear_pointer (&search->home_names, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

static void
hit_free (gpointer data)
{
  YmSearchHit *hit = data;

  g_free (hit->home_name);
  g_free (hit->title.text);
  g_free (hit->snippet.text);
  g_clear_pointer (&hit->title.marks, g_array_unref);
  g_clear_pointer (&hit->snippet.marks, g_array_unref);
  g_free (hit);
}

void
ym_search_result_free (YmSearchResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->hits);
  g_free (result);
}

/* --- What is looked for --- */

static void
add_term_cb (gpointer data, const char *token, gsize length, gsize start, gsize end)
{
  Search *search = data;
  const Term term = { g_strndup (token, length), length, FALSE };

  g_array_append_val (search->terms, term);
  search->last_end = end;
}

/* The words of the query; a cut in the middle of a character would not be text any more. */
static gboolean
read_terms (Search *search, const char *words, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (words, (gssize) strnlen (words, MOST_BYTES));

  if (!ym_search_tokenize (search->tokenizer, valid, add_term_cb, search, error))
    return FALSE;
  if (search->terms->len > 0)
    g_array_index (search->terms, Term, search->terms->len - 1).is_prefix
      = strpbrk (valid + search->last_end, " \t\n") == NULL;
  if (search->terms->len > MOST_TERMS)
    g_array_set_size (search->terms, MOST_TERMS);
  return TRUE;
}

/* The words of the index that begin as @term, one more than MOST_WORDS if there are more. No word has a control character
 * in it, so nothing lies between a word and the same with one behind it. */
static GPtrArray *
find_words (const Search *search, const Term *term, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *from = g_strdup (term->token);

  while (words->len <= MOST_WORDS)
    {
      g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
          search->desk->db, error, "SELECT term FROM search_word WHERE term >= ? LIMIT 1", "t", from);
      YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

      if (step == YM_SQL_FAILED)
        return NULL;
      if (step == YM_SQL_DONE || !g_str_has_prefix (ym_sql_column_text (row, 0), term->token))
        break;
      g_ptr_array_add (words, g_strdup (ym_sql_column_text (row, 0)));
      g_free (from);
      from = g_strconcat (ym_sql_column_text (row, 0), "\x01", NULL);
    }
  return g_steal_pointer (&words);
}

/* The last of several terms, after an AND that binds less than the blanks between those before it. A beginning that the
 * index has no list of would have FTS5 gather every entry of every word that begins so, before it gives the first; of the
 * words themselves it reads no more than is asked for. */
static gboolean
append_last (const Search *search, const Term *term, GString *match, GError **error)
{
  g_autoptr (GPtrArray) words = NULL;

  if (term->is_prefix && g_utf8_strlen (term->token, -1) > YM_SEARCH_LISTED_LETTERS)
    {
      words = find_words (search, term, error);
      if (words == NULL)
        return FALSE;
    }
  if (words == NULL || words->len == 0 || words->len > MOST_WORDS)
    {
      g_string_append_printf (match, "\"%s\"%s", term->token, term->is_prefix ? " *" : "");
      return TRUE;
    }
  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (match, "%s\"%s\"", i == 0 ? "(" : " OR ", (const char *) g_ptr_array_index (words, i));
  g_string_append_c (match, ')');
  return TRUE;
}

/* Each word between quotes: the tokenizer leaves no sign in it that FTS5 would read as syntax. */
static char *
match_of (const Search *search, GError **error)
{
  g_autoptr (GString) match = g_string_new (NULL);
  guint last = search->terms->len - 1;

  for (guint i = 0; i < last; i++)
    g_string_append_printf (match, "\"%s\" %s", g_array_index (search->terms, Term, i).token, i + 1 == last ? "AND " : "");
  if (!append_last (search, &g_array_index (search->terms, Term, last), match, error))
    return NULL;
  return g_string_free (g_steal_pointer (&match), FALSE);
}

/* --- What is shown of it --- */

typedef struct {
  const Search *search;
  GArray *marks;
} Marking;

static gboolean
matches (const Term *term, const char *token, gsize length)
{
  return (term->is_prefix ? length >= term->length : length == term->length)
         && memcmp (token, term->token, term->length) == 0;
}

static void
mark_cb (gpointer data, const char *token, gsize length, gsize start, gsize end)
{
  Marking *marking = data;
  const YmSearchMark mark = { start, end };

  for (guint i = 0; i < marking->search->terms->len; i++)
    if (matches (&g_array_index (marking->search->terms, Term, i), token, length))
      {
        g_array_append_val (marking->marks, mark);
        return;
      }
}

static GArray *
mark (const Search *search, const char *text, GError **error)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (YmSearchMark));
  Marking marking = { search, marks };

  return ym_search_tokenize (search->tokenizer, text, mark_cb, &marking, error) ? g_steal_pointer (&marks) : NULL;
}

/* Back to the beginning of a character. */
static gsize
character_at (const char *text, gsize offset)
{
  while (offset > 0 && ((guchar) text[offset] & 0xc0) == 0x80)
    offset--;
  return offset;
}

/* Some words before the first mark, the rest after it, on one line; marks that are cut off are left out. */
static void
cut (YmSearchText *snippet, const char *text, GArray *marks)
{
  static const char ellipsis[] = "…";
  gsize length = strlen (text);
  gsize first = g_array_index (marks, YmSearchMark, 0).start;
  gsize from = character_at (text, first > SNIPPET_BEFORE ? first - SNIPPET_BEFORE : 0);
  gsize until = character_at (text, MIN (length, from + SNIPPET_BYTES));
  gsize shift;

  if (from > 0)
    while (from < first && text[from - 1] != ' ')
      from++;
  shift = from > 0 ? strlen (ellipsis) : 0;
  snippet->text = g_strdup_printf ("%s%.*s%s", from > 0 ? ellipsis : "", (int) (until - from), text + from,
                                   until < length ? ellipsis : "");
  g_strdelimit (snippet->text, "\n\t", ' ');
  snippet->marks = g_array_new (FALSE, FALSE, sizeof (YmSearchMark));
  for (guint i = 0; i < marks->len; i++)
    {
      YmSearchMark mark = g_array_index (marks, YmSearchMark, i);

      if (mark.end > until)
        break;
      mark = (YmSearchMark){ mark.start - from + shift, mark.end - from + shift };
      g_array_append_val (snippet->marks, mark);
    }
}

/* The field by which people call such a record; 0 where they have no name. */
static guint
title_field (guint form)
{
  static const struct {
    guint form, field;
  } titles[] = {
    { YM_FORM_HOME, YM_HOME_NAME },
    { YM_FORM_ISSUE, YM_ISSUE_TITLE },
    { YM_FORM_ACTION, YM_ACTION_WHAT },
    { YM_FORM_INSPECTION_ACTION, YM_ACTION_WHAT },
    { YM_FORM_PERSON_MET, YM_PERSON_MET_NAME },
    { YM_FORM_CALL, YM_CALL_INCIDENT_REF },
    { YM_FORM_PARTNER, YM_PARTNER_NAME },
  };

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].form == form)
      return titles[i].field;
  return 0;
}

static gboolean
add_title (const Search *search, YmSearchHit *hit, const YmRecord *record, guint field, GError **error)
{
  const char *name = field != 0 ? ym_record_get_text (record, field) : NULL;

  hit->title.text = g_strdup (name != NULL ? name : ym_label (record->form->label));
  hit->title.marks = name != NULL ? mark (search, name, error) : g_array_new (FALSE, FALSE, sizeof (YmSearchMark));
  return hit->title.marks != NULL;
}

/* From the first text beside the title that has one of the words. */
static gboolean
add_snippet (const Search *search, YmSearchHit *hit, const YmRecord *record, guint title, GError **error)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];
      g_autoptr (GArray) marks = NULL;

      if ((field->flags & YM_FIELD_SEARCH) == 0 || field->id == title || record->values[i].kind != YM_VALUE_TEXT)
        continue;
      marks = mark (search, record->values[i].text, error);
      if (marks == NULL)
        return FALSE;
      if (marks->len > 0)
        {
          cut (&hit->snippet, record->values[i].text, marks);
          return TRUE;
        }
    }
  return TRUE;
}

/* What is part of another record is seen there. */
static void
find_what_to_open (YmSearchHit *hit, const YmRecord *record)
{
  static const struct {
    guint form, field, opens;
  } parts[] = {
    { YM_FORM_ISSUE_UPDATE, YM_ISSUE_UPDATE_ISSUE, YM_FORM_ISSUE },
    { YM_FORM_ACTION, YM_ACTION_ISSUE, YM_FORM_ISSUE },
    { YM_FORM_ADDENDUM, YM_ADDENDUM_VISIT, YM_FORM_VISIT },
    { YM_FORM_INSPECTION_ACTION, YM_INSPECTION_ACTION_INSPECTION, YM_FORM_JOINT_INSPECTION },
    { YM_FORM_HOME_FACTS, YM_HOME_FACTS_HOME, YM_FORM_HOME },
    { YM_FORM_PERSON_MET, YM_PERSON_MET_VISIT, YM_FORM_VISIT },
    { YM_FORM_CHILD_CONVERSATION, YM_CHILD_CONVERSATION_VISIT, YM_FORM_VISIT },
    { YM_FORM_ARREST_VIEW, YM_ARREST_VIEW_REVIEW, YM_FORM_ARREST_REVIEW },
  };
  YmId whole;

  hit->open_form = hit->form = record->form->id;
  hit->open_id = hit->id = record->id;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].form == hit->form && ym_record_get_id (record, parts[i].field, &whole))
      {
        hit->open_form = parts[i].opens;
        hit->open_id = whole;
      }
}

/* NULL in @name for a home that is not here, and for the force. */
static gboolean
find_home_name (Search *search, const YmId *home, char **name, GError **error)
{
  g_autoptr (sqlite3_stmt) row = NULL;
  gpointer known;
  YmSqlStep step;

  if (g_hash_table_lookup_extended (search->home_names, home, NULL, &known))
    {
      *name = g_strdup (known);
      return TRUE;
    }
  row = ym_sql_prepare (search->desk->db, error, "SELECT name FROM home WHERE id = ?", "d", home);
  step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);
  if (step == YM_SQL_ROW)
    *name = g_strdup (ym_sql_column_text (row, 0));
  g_hash_table_insert (search->home_names, ym_id_copy (home), g_strdup (*name));
  return step != YM_SQL_FAILED;
}

static gboolean
find_moment (Search *search, const YmRecord *record, gint64 entry, gint64 *at_us, GError **error)
{
  const YmField *moment = ym_search_moment (record->form);

  *at_us = YM_INSTANT_NONE;
  if (record->form->id == YM_FORM_HOME || record->form->id == YM_FORM_HOME_FACTS)
    return TRUE;
  if (moment == NULL || !ym_record_has (record, moment->id))
    return ym_sql_integer (search->desk->db, at_us, error, "SELECT wall_us FROM envelope WHERE entry = ?", "i", entry);
  *at_us = ym_record_get_integer (record, moment->id, YM_INSTANT_NONE);
  return TRUE;
}

static YmSearchHit *
new_hit (Search *search, const YmRecord *record, gint64 entry, GError **error)
{
  YmSearchHit *hit = g_new0 (YmSearchHit, 1);
  guint title = title_field (record->form->id);
  gboolean good;

  find_what_to_open (hit, record);
  hit->home = record->scope;
  hit->asks_why = record->form->record_class == YM_CLASS_CHILD;
  good = find_moment (search, record, entry, &hit->at_us, error)
         && find_home_name (search, &hit->home, &hit->home_name, error)
         && add_title (search, hit, record, hit->asks_why ? 0 : title, error)
         && (hit->asks_why || add_snippet (search, hit, record, title, error));
  if (!good)
    g_clear_pointer (&hit, hit_free);
  return hit;
}

/* --- Finding it --- */

/* Columns: form, number. */
static gboolean
add_hit (Search *search, sqlite3_stmt *row, GPtrArray *hits, GError **error)
{
  const YmForm *form = ym_form ((guint) sqlite3_column_int64 (row, 0));
  gint64 number = sqlite3_column_int64 (row, 1), entry;
  g_autofree char *sql = g_strdup_printf ("SELECT entry FROM \"%s\" WHERE number = ?", form->name);
  g_autoptr (GPtrArray) records
      = ym_tables_select (search->desk->db, form, error, "WHERE number = ?", "i", number);
  YmSearchHit *hit;

  if (records == NULL)
    return FALSE;
  g_assert (records->len == 1); /* the fold keeps both in one transaction */
  if (!ym_sql_integer (search->desk->db, &entry, error, sql, "i", number))
    return FALSE;
  hit = new_hit (search, g_ptr_array_index (records, 0), entry, error);
  if (hit != NULL)
    g_ptr_array_add (hits, hit);
  return hit != NULL;
}

/* The last @most documents from @from to before @until, one more if there is one. */
static GPtrArray *
find (Search *search, const char *match, gint64 from, gint64 until, guint most, GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (hit_free);
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      search->desk->db, error,
      "SELECT d.form, d.number FROM (SELECT rowid FROM search_text WHERE search_text MATCH ? AND rowid >= ? AND rowid < ? "
      "ORDER BY rowid DESC LIMIT ?) f CROSS JOIN search_document d ON d.document = f.rowid ORDER BY d.document DESC",
      "tiii", match, from, until, (gint64) most + 1);
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    if (!add_hit (search, rows, hits, error))
      return NULL;
  return step == YM_SQL_DONE ? g_steal_pointer (&hits) : NULL;
}

static int
names_first (gconstpointer a, gconstpointer b)
{
  const YmSearchHit *one = *(YmSearchHit *const *) a, *other = *(YmSearchHit *const *) b;
  gboolean one_named = one->title.marks->len > 0, other_named = other->title.marks->len > 0;

  if (one_named != other_named)
    return one_named ? -1 : 1;
  return g_utf8_collate (one->title.text, other->title.text);
}

/* Moves what there is room for to the end of @hits. */
static void
take (YmSearchResult *result, GPtrArray *found, guint most)
{
  result->more = result->more || found->len > most;
  if (found->len > most)
    g_ptr_array_set_size (found, (int) most);
  g_ptr_array_extend_and_steal (result->hits, found);
}

static gboolean
find_all (Search *search, YmSearchResult *result, guint most, GError **error)
{
  g_autofree char *match = match_of (search, error);
  GPtrArray *homes = match == NULL ? NULL : find (search, match, YM_SEARCH_FIRST_HOME, G_MAXINT64, MOST_HOMES, error);
  GPtrArray *others = homes == NULL ? NULL : find (search, match, 0, YM_SEARCH_FIRST_HOME, most, error);
  guint room;

  if (others == NULL)
    {
      g_clear_pointer (&homes, g_ptr_array_unref);
      return FALSE;
    }
  g_ptr_array_sort (homes, names_first);
  room = MAX (most / 3, most > others->len ? most - others->len : 0);
  take (result, homes, room);
  take (result, others, most - result->hits->len);
  return TRUE;
}

YmSearchResult *
ym_search (YmDesk *desk, const char *words, guint most, GError **error)
{
  g_autoptr (YmSearchResult) result = g_new0 (YmSearchResult, 1);
  g_auto (Search) search = { .desk = desk };

  result->hits = g_ptr_array_new_with_free_func (hit_free);
  search.terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (search.terms, clear_term);
  search.home_names = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, g_free);
  search.tokenizer = ym_search_tokenizer_new (desk->db, error);
  if (search.tokenizer == NULL || !ym_search_index_is_complete (desk->db, &result->complete, error)
      || !read_terms (&search, words, error)
      || (search.terms->len > 0 && !find_all (&search, result, most, error)))
    return NULL;
  return g_steal_pointer (&result);
}
