/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal's own tables, beside those of the forms. */

#include "app/journal/journal-private.h"
#include "app/journal/tables.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"

/* 2: the digest is over what was answered, so that a new field does not change it.
 * 3: and over receipts. */
#define JOURNAL_SCHEMA 3

/*
 * envelope.entry     order of arrival in this store
 * envelope.position  place in the server's ledger; null while only here
 * envelope.folded    whether its operations count: taken or still pending, whole, and within the rules
 * envelope.violation the stream rule it breaks, a YmReason
 * operation          which envelopes touch which record
 * chain              the end of each chain; `current` is the one an author of this store writes
 * conflict           values that somebody changed without having seen them
 * backfill           homes whose earlier envelopes are still coming in, and the position reached
 * issue_status       derived: the state of each issue; see derived.c
 * evidence           what should never happen: forks, and bases that tell another story
 */
static const char create[]
    = "CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;"
      "CREATE TABLE envelope ("
      "  entry INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE,"
      "  author BLOB NOT NULL, chain BLOB NOT NULL, sequence INTEGER NOT NULL,"
      "  scope BLOB NOT NULL, class INTEGER NOT NULL,"
      "  group_id BLOB NOT NULL, group_index INTEGER NOT NULL, group_count INTEGER NOT NULL,"
      "  intent TEXT NOT NULL, subject BLOB NOT NULL, wall_us INTEGER NOT NULL, base INTEGER, base_hash BLOB,"
      "  body BLOB NOT NULL, change_set BLOB,"
      "  epoch BLOB, position INTEGER, disposition INTEGER NOT NULL, reason INTEGER NOT NULL, received_at INTEGER,"
      "  violation INTEGER NOT NULL, folded INTEGER NOT NULL, stream_hash BLOB,"
      "  UNIQUE (author, chain, sequence));"
      "CREATE INDEX envelope_position ON envelope (position);"
      "CREATE INDEX envelope_stream ON envelope (scope, class, position);"
      "CREATE INDEX envelope_author_stream ON envelope (author, chain, scope, class, sequence);"
      "CREATE INDEX envelope_pending ON envelope (entry) WHERE position IS NULL;"
      "CREATE INDEX envelope_unhashed ON envelope (position) WHERE stream_hash IS NULL AND position IS NOT NULL;"
      "CREATE INDEX envelope_group ON envelope (group_id);"
      "CREATE TABLE operation (scope BLOB NOT NULL, record BLOB NOT NULL, type INTEGER NOT NULL,"
      "  entry INTEGER NOT NULL, PRIMARY KEY (scope, record, type, entry)) WITHOUT ROWID;"
      "CREATE INDEX operation_entry ON operation (entry);"
      "CREATE TABLE chain (author BLOB NOT NULL, chain BLOB NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,"
      "  current INTEGER NOT NULL, parent BLOB, parent_sequence INTEGER, parent_hash BLOB,"
      "  PRIMARY KEY (author, chain)) WITHOUT ROWID;"
      "CREATE TABLE conflict (scope BLOB NOT NULL, record BLOB NOT NULL, type INTEGER NOT NULL,"
      "  field INTEGER NOT NULL, other, entry INTEGER NOT NULL);"
      "CREATE INDEX conflict_record ON conflict (scope, record, type);"
      "CREATE TABLE issue_status (issue BLOB PRIMARY KEY, scope BLOB NOT NULL, state INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE INDEX issue_status_scope ON issue_status (scope, state);"
      "CREATE TABLE receipt (hash BLOB PRIMARY KEY, author BLOB NOT NULL, chain BLOB NOT NULL,"
      "  first INTEGER NOT NULL, last INTEGER NOT NULL, body BLOB NOT NULL);"
      "CREATE INDEX receipt_chain ON receipt (author, chain, last);"
      "CREATE TABLE backfill (scope BLOB PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE evidence (number INTEGER PRIMARY KEY, what TEXT NOT NULL, found_at INTEGER NOT NULL,"
      "  hash BLOB UNIQUE, body BLOB, change_set BLOB);";

gboolean
ym_journal_state_get (sqlite3 *db, const char *name, YmValue *value, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (db, error, "SELECT value FROM state WHERE name = ?", "t", name);
  YmSqlStep step;

  *value = (YmValue) YM_VALUE_INIT;
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    *value = ym_sql_column_value (statement, 0);
  return step != YM_SQL_FAILED;
}

gboolean
ym_journal_state_set (sqlite3 *db, const char *name, const YmValue *value, GError **error)
{
  return ym_sql_execute (db, error, "INSERT OR REPLACE INTO state (name, value) VALUES (?, ?)", "tv", name, value);
}

static gboolean
begin_state (sqlite3 *db, const YmRandom *random, GError **error)
{
  guint8 key[YM_DIGEST_KEY_BYTES];
  g_auto (YmValue) value = YM_VALUE_INIT;

  ym_random_fill (random, key, sizeof key);
  value = ym_value_bytes (key, sizeof key);
  return ym_journal_state_set (db, "digest-key", &value, error);
}

/* What the forms want of the tables; a table or column more or less gives another value. */
static YmValue
forms_fingerprint (void)
{
  g_autoptr (GString) all = g_string_new (NULL);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);
  YmHash hash;

  for (guint i = 0; i < n_forms; i++)
    {
      g_string_append_printf (all, "%s:", forms[i]->name);
      for (guint j = 0; j < forms[i]->n_fields; j++)
        g_string_append_printf (all, "%s=%d,", forms[i]->fields[j].name, (int) forms[i]->fields[j].kind);
    }
  hash = ym_hash_of (all->str, all->len);
  return ym_value_bytes (hash.bytes, sizeof hash.bytes);
}

/* Whether the tables are those of this program already: then opening writes nothing and asks nothing more. */
static gboolean
is_current (sqlite3 *db, gint64 version, const YmValue *forms, gboolean *current, GError **error)
{
  g_auto (YmValue) known = YM_VALUE_INIT;

  if (version == JOURNAL_SCHEMA && !ym_journal_state_get (db, "forms", &known, error))
    return FALSE;
  *current = ym_value_equal (&known, forms);
  return TRUE;
}

/* Envelopes that a newer program signed may say what the program here did not know how to fold until now. */
static gboolean
fold_what_is_known_now (YmJournal *journal, GError **error)
{
  g_auto (YmValue) known = YM_VALUE_INIT;
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) rows = NULL;
  YmSqlStep step;

  if (!ym_journal_state_get (journal->db, "schema", &known, error))
    return FALSE;
  rows = ym_sql_prepare (journal->db, error, "SELECT entry, body FROM envelope ORDER BY entry", "");
  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      gint64 entry = sqlite3_column_int64 (rows, 0);
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 1);
      YmEnvelope header;

      if (!ym_envelope_decode (body, &header, error))
        return FALSE;
      if (known.kind != YM_VALUE_INTEGER || header.schema > known.integer)
        g_array_append_val (entries, entry);
    }
  for (guint i = 0; step == YM_SQL_DONE && i < entries->len; i++)
    if (!ym_journal_fold_again (journal, g_array_index (entries, gint64, i), error))
      return FALSE;
  return step == YM_SQL_DONE;
}

/* What the tables are now. */
static gboolean
note_state (sqlite3 *db, GError **error)
{
  g_auto (YmValue) forms = forms_fingerprint ();
  YmValue schema = ym_value_integer (YM_SCHEMA_VERSION);

  return ym_journal_state_set (db, "forms", &forms, error) && ym_journal_state_set (db, "schema", &schema, error)
         && ym_sql_script (db, "PRAGMA user_version = " G_STRINGIFY (JOURNAL_SCHEMA), error);
}

static gboolean
create_all (sqlite3 *db, const YmRandom *random, GError **error)
{
  return ym_sql_script (db, create, error) && begin_state (db, random, error) && ym_tables_migrate (db, error)
         && note_state (db, error);
}

gboolean
ym_journal_prepare (sqlite3 *db, const YmRandom *random, gboolean *current, GError **error)
{
  g_auto (YmValue) forms = forms_fingerprint ();
  gint64 version;

  *current = TRUE;
  if (!ym_sql_integer (db, &version, error, "PRAGMA user_version", ""))
    return FALSE;
  if (version > JOURNAL_SCHEMA)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("This store was written by a newer Ymweld. Install the newer one to open it; nothing "
                              "was changed."));
      return FALSE;
    }
  if (version > 0)
    return is_current (db, version, &forms, current, error);
  if (!ym_sql_begin (db, error))
    return FALSE;
  if (create_all (db, random, error))
    return ym_sql_commit (db, error);
  ym_sql_rollback (db);
  return FALSE;
}

gboolean
ym_journal_migrate (YmJournal *journal, GError **error)
{
  gint64 version;

  return ym_sql_integer (journal->db, &version, error, "PRAGMA user_version", "") && ym_tables_migrate (journal->db, error)
         && (version > 2 || ym_journal_renew_digest (journal, error)) && fold_what_is_known_now (journal, error)
         && note_state (journal->db, error);
}
