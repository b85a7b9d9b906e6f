/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The index behind the search: an FTS5 table without content, since the texts lie in the forms' tables already, and beside
 * it which document is which row.
 *
 *   search_text             FTS5: all searchable texts of a row as one document
 *   search_document         form, number -> document
 *   search_word             what is in search_text, word by word, for searches and search-check.c
 *
 * A document's number is the day of its moment, days since 1970, and a counter within the day:
 *
 *   day << 16 | counter     so that FTS5, read backwards, gives the latest first without sorting;
 *                           homes and what is known of them lie on two days after all others
 *
 * Beginnings of one to four letters have lists of their own, longer ones are looked up among the words: the first key
 * typed costs as little as the last. FTS5 merges its pieces when it likes, within whatever save comes along; here it is
 * told not to, and ym_search_index_tend() does it while nobody waits. SQLite before 3.42 can't delete at once: a removed
 * row's words stay in the pieces until these are merged, unreachable but there, so what was erased (R14) makes the whole
 * index be merged; `secure_delete` then zeroes the freed pages.
 */

#include "app/journal/search-index.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/journal-private.h"
#include "app/journal/tables.h"

#define LAYOUT "3"
#define DOCUMENTS_A_DAY_BITS 16
#define HOME_DAY 65535
#define HOME_FACTS_DAY 65534
#define DAY_US (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* What one slice does: some 10 ms on a tablet. */
#define BUILD_ROWS 100
#define MERGE_PAGES 64

#define STATE_FORMS "search-forms"
#define STATE_FORM "search-next-form"
#define STATE_NUMBER "search-next-number"
#define STATE_ERASE "search-erase"

static const char create[]
    = "DROP TABLE IF EXISTS search_word; DROP TABLE IF EXISTS search_text; DROP TABLE IF EXISTS search_document;"
      "CREATE VIRTUAL TABLE search_text USING fts5 (text, content = '', columnsize = 0, prefix = '1 2 3 4',"
      "  tokenize = 'unicode61 remove_diacritics 2');"
      "INSERT INTO search_text (search_text, rank) VALUES ('automerge', 0);"
      "CREATE VIRTUAL TABLE search_word USING fts5vocab (search_text, instance);"
      "CREATE TABLE search_document (form INTEGER NOT NULL, number INTEGER NOT NULL, document INTEGER NOT NULL UNIQUE,"
      "  PRIMARY KEY (form, number)) WITHOUT ROWID;";

gboolean
ym_search_is_searched (const YmForm *form)
{
  for (guint i = 0; i < form->n_fields; i++)
    if ((form->fields[i].flags & YM_FIELD_SEARCH) != 0)
      return TRUE;
  return FALSE;
}

const YmField *
ym_search_moment (const YmForm *form)
{
  const YmField *moment = ym_form_moment (form);

  for (guint i = 0; i < form->n_fields && moment == NULL; i++)
    if (form->fields[i].kind == YM_FIELD_INSTANT && (form->fields[i].flags & YM_FIELD_REQUIRED) != 0)
      moment = &form->fields[i];
  return moment;
}

gboolean
ym_search_index_is_there (sqlite3 *db)
{
  return sqlite3_table_column_metadata (db, "main", "search_document", NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* All the row's searchable texts; NULL if it has none. */
static char *
text_of (const YmRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < record->form->n_fields; i++)
    if ((record->form->fields[i].flags & YM_FIELD_SEARCH) != 0 && record->values[i].kind == YM_VALUE_TEXT)
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : "\n", record->values[i].text);
  return text->len == 0 ? NULL : g_strdup (text->str);
}

static gboolean
day_of (sqlite3 *db, const YmRecord *record, gint64 entry, gint64 *day, GError **error)
{
  const YmField *moment = ym_search_moment (record->form);
  gint64 at_us;

  if (record->form->id == YM_FORM_HOME || record->form->id == YM_FORM_HOME_FACTS)
    {
      *day = record->form->id == YM_FORM_HOME ? HOME_DAY : HOME_FACTS_DAY;
      return TRUE;
    }
  if (moment != NULL && ym_record_has (record, moment->id))
    at_us = ym_record_get_integer (record, moment->id, 0);
  else if (!ym_sql_integer (db, &at_us, error, "SELECT wall_us FROM envelope WHERE entry = ?", "i", entry))
    return FALSE;
  *day = CLAMP (at_us / DAY_US, 0, HOME_FACTS_DAY - 1);
  return TRUE;
}

/* The first free document of the day; a day that is full goes on in the next. */
static gboolean
find_free (sqlite3 *db, gint64 day, gint64 *document, GError **error)
{
  for (*document = day << DOCUMENTS_A_DAY_BITS;; day++)
    {
      gint64 last;

      if (!ym_sql_integer (db, &last, error, "SELECT coalesce (max (document), -1) FROM search_document WHERE document < ?", "i",
                           (day + 1) << DOCUMENTS_A_DAY_BITS))
        return FALSE;
      *document = MAX (*document, last + 1);
      if (*document < (day + 1) << DOCUMENTS_A_DAY_BITS)
        return TRUE;
    }
}

/* -1 if the row is not in the index. */
static gboolean
find_document (sqlite3 *db, const YmForm *form, gint64 number, gint64 *document, GError **error)
{
  return ym_sql_integer (db, document, error,
                         "SELECT coalesce ((SELECT document FROM search_document WHERE form = ? AND number = ?), -1)", "ii",
                         (gint64) form->id, number);
}

static gboolean
add (sqlite3 *db, const YmRecord *record, gint64 number, gint64 entry, GError **error)
{
  g_autofree char *text = text_of (record);
  gint64 day, document;

  if (text == NULL)
    return TRUE;
  return day_of (db, record, entry, &day, error) && find_free (db, day, &document, error)
         && ym_sql_execute (db, error, "INSERT INTO search_document (form, number, document) VALUES (?, ?, ?)", "iii",
                            (gint64) record->form->id, number, document)
         && ym_sql_execute (db, error, "INSERT INTO search_text (rowid, text) VALUES (?, ?)", "it", document, text);
}

/* FTS5 without content must be told what it is to forget. */
static gboolean
forget (sqlite3 *db, const YmRecord *old, gint64 number, gboolean *forgotten, GError **error)
{
  g_autofree char *text = text_of (old);
  gint64 document;

  *forgotten = FALSE;
  if (!find_document (db, old->form, number, &document, error))
    return FALSE;
  if (document < 0)
    return TRUE;
  *forgotten = TRUE;
  return ym_sql_execute (db, error, "INSERT INTO search_text (search_text, rowid, text) VALUES ('delete', ?, ?)", "it",
                         document, text)
         && ym_sql_execute (db, error, "DELETE FROM search_document WHERE form = ? AND number = ?", "ii",
                            (gint64) old->form->id, number);
}

/* Whether an index of the one is an index of the other. */
static gboolean
same_for_search (const YmRecord *old, const YmRecord *new)
{
  const YmField *moment = ym_search_moment (new->form);

  for (guint i = 0; i < new->form->n_fields; i++)
    if (((new->form->fields[i].flags & YM_FIELD_SEARCH) != 0 || &new->form->fields[i] == moment)
        && !ym_value_equal (&old->values[i], &new->values[i]))
      return FALSE;
  return TRUE;
}

gboolean
ym_search_index_put (sqlite3 *db, const YmRecord *old, const YmRecord *new, gint64 number, gint64 entry, GError **error)
{
  gboolean forgotten = FALSE;

  if (!ym_search_is_searched (new->form) || !ym_search_index_is_there (db) || (old != NULL && same_for_search (old, new)))
    return TRUE;
  return (old == NULL || forget (db, old, number, &forgotten, error)) && add (db, new, number, entry, error);
}

gboolean
ym_search_index_remove (sqlite3 *db, const YmRecord *old, gint64 number, GError **error)
{
  const YmValue yes = ym_value_integer (1);
  gboolean forgotten;

  if (!ym_search_is_searched (old->form) || !ym_search_index_is_there (db))
    return TRUE;
  return forget (db, old, number, &forgotten, error)
         && (!forgotten || ym_journal_state_set (db, STATE_ERASE, &yes, error));
}

/* What the index was made of: a text more or less, or another layout, gives another value. */
static YmValue
fingerprint (void)
{
  g_autoptr (GString) all = g_string_new (LAYOUT);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);
  YmHash hash;

  for (guint i = 0; i < n_forms; i++)
    for (guint j = 0; j < forms[i]->n_fields; j++)
      if ((forms[i]->fields[j].flags & YM_FIELD_SEARCH) != 0)
        g_string_append_printf (all, " %s.%s", forms[i]->name, forms[i]->fields[j].name);
  hash = ym_hash_of (all->str, all->len);
  return ym_value_bytes (hash.bytes, sizeof hash.bytes);
}

static gboolean
write_progress (sqlite3 *db, gint64 form, gint64 number, GError **error)
{
  const YmValue form_value = ym_value_integer (form), number_value = ym_value_integer (number);

  return ym_journal_state_set (db, STATE_FORM, &form_value, error)
         && ym_journal_state_set (db, STATE_NUMBER, &number_value, error);
}

/* In a new store there is nothing to go through. */
static gboolean
begin_anew (sqlite3 *db, const YmValue *forms, GError **error)
{
  gint64 used;

  return ym_sql_integer (db, &used, error, "SELECT EXISTS (SELECT 1 FROM envelope)", "")
         && ym_sql_script (db, create, error) && ym_journal_state_set (db, STATE_FORMS, forms, error)
         && write_progress (db, used != 0 ? 1 : G_MAXINT64, 1, error);
}

gboolean
ym_search_index_create (sqlite3 *db, GError **error)
{
  g_auto (YmValue) forms = fingerprint ();
  g_auto (YmValue) known = YM_VALUE_INIT;

  if (!ym_journal_state_get (db, STATE_FORMS, &known, error))
    return FALSE;
  if (ym_value_equal (&known, &forms))
    return TRUE;
  if (!ym_sql_begin (db, error))
    return FALSE;
  if (begin_anew (db, &forms, error))
    return ym_sql_commit (db, error);
  ym_sql_rollback (db);
  return FALSE;
}

gboolean
ym_search_index_progress (sqlite3 *db, gint64 *form, gint64 *number, GError **error)
{
  g_auto (YmValue) form_value = YM_VALUE_INIT;
  g_auto (YmValue) number_value = YM_VALUE_INIT;

  if (!ym_journal_state_get (db, STATE_FORM, &form_value, error)
      || !ym_journal_state_get (db, STATE_NUMBER, &number_value, error))
    return FALSE;
  *form = form_value.kind == YM_VALUE_INTEGER ? form_value.integer : G_MAXINT64;
  *number = number_value.kind == YM_VALUE_INTEGER ? number_value.integer : 1;
  return TRUE;
}

/* The first form from id @id on that is searched; NULL if all are done. */
static const YmForm *
next_form (gint64 id)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    if (forms[i]->id >= id && ym_search_is_searched (forms[i]))
      return forms[i];
  return NULL;
}

/* Rows from @number on; those that the fold has brought in meanwhile are passed over. */
static gboolean
build_rows (sqlite3 *db, const YmForm *form, gint64 number, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT number, entry, scope, id FROM \"%s\" WHERE number >= ? LIMIT ?", form->name);
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (db, error, sql, "ii", number, (gint64) BUILD_ROWS);
  gint64 last = -1;
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (rows, 2), id = ym_sql_column_id (rows, 3);
      g_autoptr (YmRecord) record = ym_tables_read (db, form, &scope, &id, error);
      gint64 document;

      last = sqlite3_column_int64 (rows, 0);
      if (record == NULL || !find_document (db, form, last, &document, error)
          || (document < 0 && !add (db, record, last, sqlite3_column_int64 (rows, 1), error)))
        return FALSE;
    }
  return step == YM_SQL_DONE
         && (last < 0 ? write_progress (db, form->id + 1, 1, error) : write_progress (db, form->id, last + 1, error));
}

/* @pages below zero: of all pieces, whatever their size. FTS5 says by the count of changes whether it did anything. */
static gboolean
merge (sqlite3 *db, gint64 pages, gboolean *did, GError **error)
{
  int before = sqlite3_total_changes (db);

  if (!ym_sql_execute (db, error, "INSERT INTO search_text (search_text, rank) VALUES ('merge', ?)", "i", pages))
    return FALSE;
  *did = sqlite3_total_changes (db) - before >= 2;
  return TRUE;
}

static gboolean
tidy (sqlite3 *db, gboolean *did, GError **error)
{
  const YmValue no = ym_value_integer (0);
  g_auto (YmValue) erase = YM_VALUE_INIT;

  if (!ym_journal_state_get (db, STATE_ERASE, &erase, error))
    return FALSE;
  if (erase.kind != YM_VALUE_INTEGER || erase.integer == 0)
    return merge (db, MERGE_PAGES, did, error);
  return merge (db, -MERGE_PAGES, did, error) && (*did || ym_journal_state_set (db, STATE_ERASE, &no, error));
}

static gboolean
build (sqlite3 *db, gboolean *did, GError **error)
{
  const YmForm *form;
  gint64 id, number;

  if (!ym_search_index_progress (db, &id, &number, error))
    return FALSE;
  form = next_form (id);
  *did = form != NULL;
  return form == NULL || build_rows (db, form, form->id == id ? number : 1, error);
}

/* Pieces are put together before more are made: too many, and FTS5 would do it by itself, all at a time. */
static gboolean
tend (sqlite3 *db, gboolean *more, GError **error)
{
  return tidy (db, more, error) && (*more || build (db, more, error));
}

gboolean
ym_search_index_tend (sqlite3 *db, gboolean *more, GError **error)
{
  *more = FALSE;
  if (!ym_search_index_is_there (db))
    return TRUE;
  if (!ym_sql_begin (db, error))
    return FALSE;
  if (tend (db, more, error))
    return ym_sql_commit (db, error);
  *more = FALSE;
  ym_sql_rollback (db);
  return FALSE;
}

gboolean
ym_search_index_is_complete (sqlite3 *db, gboolean *complete, GError **error)
{
  gint64 id, number;

  if (!ym_search_index_progress (db, &id, &number, error))
    return FALSE;
  *complete = ym_search_index_is_there (db) && next_form (id) == NULL;
  return TRUE;
}
