/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a device alone: encrypted like everything else, never sent. */

#include "app/notebook/schema.h"

#include "app/forms/choices.h"
#include "app/journal/search-index.h"

/*
 * draft.id        the id that the record will have
 * draft.body      the records as they stand; see draft.c
 * draft.place     where in the form the officer was, to come back to
 * draft.refused   the envelope that the server refused and that this draft brings back
 */
G_STATIC_ASSERT (YM_ISSUE_RESOLVED == 3); /* as YM_SQL_UNSETTLED says */

static const char create[]
    = "CREATE TABLE IF NOT EXISTS draft (id BLOB PRIMARY KEY, form INTEGER NOT NULL, scope BLOB NOT NULL,"
      "  body BLOB NOT NULL, place TEXT, begun_at INTEGER NOT NULL, saved_at INTEGER NOT NULL,"
      "  refused BLOB UNIQUE, reason INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX IF NOT EXISTS draft_scope ON draft (scope);"
      "DROP INDEX IF EXISTS issue_status_scope;"
      "CREATE INDEX IF NOT EXISTS issue_unsettled ON issue_status (scope) WHERE " YM_SQL_UNSETTLED ";"
      "CREATE INDEX IF NOT EXISTS envelope_unfolded ON envelope (folded) WHERE folded = 0;"
      "CREATE INDEX IF NOT EXISTS envelope_author_time ON envelope (author, wall_us);"
      "CREATE INDEX IF NOT EXISTS consultation_record ON consultation (record);"
      "CREATE TABLE IF NOT EXISTS taken_back (hash BLOB PRIMARY KEY) WITHOUT ROWID;";

/* A home's records in the order of when they happened; the index of the home alone is part of that. */
static gboolean
index_moments (sqlite3 *db, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      const YmField *moment = ym_form_moment (forms[i]);

      if (moment != NULL)
        g_string_append_printf (sql,
                                "CREATE INDEX IF NOT EXISTS \"%s_moment\" ON \"%s\" (scope, \"%s\");"
                                "DROP INDEX IF EXISTS \"%s_scope\";",
                                forms[i]->name, forms[i]->name, moment->name, forms[i]->name);
    }
  return ym_sql_script (db, sql->str, error);
}

gboolean
ym_notebook_migrate (YmJournal *journal, GError **error)
{
  sqlite3 *db = ym_journal_get_db (journal);

  return ym_sql_script (db, create, error) && index_moments (db, error) && ym_search_index_create (db, error);
}
