/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a device alone: encrypted like everything else, never sent. */

#include "app/notebook/schema.h"

#include "app/journal/search-index.h"

/*
 * draft.id        the id that the record will have
 * draft.body      the records as they stand; see draft.c
 * draft.place     where in the form the officer was, to come back to
 * draft.refused   the envelope that the server refused and that this draft brings back
 */
static const char create[]
    = "CREATE TABLE IF NOT EXISTS draft (id BLOB PRIMARY KEY, form INTEGER NOT NULL, scope BLOB NOT NULL,"
      "  body BLOB NOT NULL, place TEXT, begun_at INTEGER NOT NULL, saved_at INTEGER NOT NULL,"
      "  refused BLOB UNIQUE, reason INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS draft_scope ON draft (scope);"
      "CREATE TABLE IF NOT EXISTS taken_back (hash BLOB PRIMARY KEY) WITHOUT ROWID;";

gboolean
ym_notebook_migrate (YmJournal *journal, GError **error)
{
  sqlite3 *db = ym_journal_get_db (journal);

  return ym_sql_script (db, create, error) && ym_search_index_create (db, error);
}
