/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same SQL on a vault and on a plain database in memory must give the same, whatever the mix of spilled transactions,
 * savepoints, rollbacks, checkpoints, crashes and reopenings. */

#include <string.h>

#include "tests/vault/scratch.h"

#define STEPS 400

/* One statement, to be executed alike by both. */
typedef struct {
  const char *sql;
  int numbers[3];
} Statement;

static Statement
random_statement (GRand *rand)
{
  static const char *const shapes[] = {
    "INSERT INTO entry (text) SELECT printf ('%.*c', ?1 * 9, 'a') || ?2 FROM entry LIMIT ?3",
    "INSERT INTO entry (text) VALUES ('word' || ?1 || '/' || ?2 || '/' || ?3)",
    "UPDATE entry SET text = substr (text, 1, 400) || 'u' || ?1 WHERE id % 7 = ?2 % 7 AND id > ?3",
    "DELETE FROM entry WHERE id % 11 = ?1 % 11 AND id % 3 = ?2 % 3 AND id > ?3",
    "INSERT INTO found (text) SELECT text || ' w' || ?1 FROM entry WHERE id % 5 = ?2 % 5 LIMIT ?3",
    "DELETE FROM found WHERE rowid % 13 = ?1 % 13 AND rowid > ?2 + ?3",
    "CREATE TABLE IF NOT EXISTS further AS SELECT id, text FROM entry LIMIT ?1 + ?2 + ?3",
    "DROP TABLE IF EXISTS further",
    "UPDATE entry SET id = id + 100000 + ?1 WHERE id = (SELECT max (id) FROM entry) AND ?2 < ?3",
  };

  return (Statement){ shapes[g_rand_int_range (rand, 0, G_N_ELEMENTS (shapes))],
                      { g_rand_int_range (rand, 0, 20), g_rand_int_range (rand, 0, 100), g_rand_int_range (rand, 1, 60) } };
}

static const char schema[] = "CREATE INDEX by_text ON entry (text); CREATE VIRTUAL TABLE found USING fts5 (text);"
                             "INSERT INTO entry (text) VALUES ('one'), ('two'), ('three')";

static void
compare (sqlite3 *vault, sqlite3 *plain)
{
  static const char *const queries[] = {
    "SELECT count(*) || ',' || total (id) || ',' || total (length (text)) FROM entry",
    "SELECT group_concat (id || text) FROM (SELECT id, text FROM entry ORDER BY id)",
    "SELECT group_concat (id) FROM (SELECT id FROM entry ORDER BY text, id)",
    "SELECT group_concat (rowid) FROM (SELECT rowid FROM found WHERE found MATCH 'w3 OR w5' ORDER BY rowid)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *ours = scratch_text (vault, queries[i]);
      g_autofree char *theirs = scratch_text (plain, queries[i]);

      g_assert_cmpstr (ours, ==, theirs);
    }
}

static int
execute (sqlite3 *database, const Statement *statement)
{
  sqlite3_stmt *prepared = NULL;
  int result = sqlite3_prepare_v2 (database, statement->sql, -1, &prepared, NULL);

  if (result != SQLITE_OK)
    return result;
  for (int i = 0; i < sqlite3_bind_parameter_count (prepared); i++)
    g_assert_cmpint (sqlite3_bind_int (prepared, i + 1, statement->numbers[i]), ==, SQLITE_OK);
  sqlite3_step (prepared);
  return sqlite3_finalize (prepared);
}

/* Both succeed or both fail. */
static void
execute_both (sqlite3 *vault, sqlite3 *plain, Statement statement)
{
  int ours = execute (vault, &statement);
  int theirs = execute (plain, &statement);

  if (ours != theirs)
    g_test_message ("%s: %s", statement.sql, sqlite3_errmsg (vault));
  g_assert_cmpint (ours & 0xff, ==, theirs & 0xff);
}

static void
begin_or_end (sqlite3 *vault, sqlite3 *plain, GRand *rand)
{
  static const char *const inside[] = { "COMMIT", "ROLLBACK", "SAVEPOINT s", "ROLLBACK TO s", "RELEASE s" };

  if (sqlite3_get_autocommit (vault))
    execute_both (vault, plain, (Statement){ "BEGIN" });
  else
    execute_both (vault, plain, (Statement){ inside[g_rand_int_range (rand, 0, G_N_ELEMENTS (inside))] });
}

static void
crash_or_reopen (Scratch *scratch, sqlite3 *plain, GRand *rand)
{
  if (!sqlite3_get_autocommit (ym_store_writer (scratch->store)))
    {
      scratch_execute (ym_store_writer (scratch->store), "ROLLBACK");
      scratch_execute (plain, "ROLLBACK");
    }
  if (g_rand_boolean (rand))
    scratch_crash (scratch);
  else
    scratch_close (scratch);
  scratch_open (scratch);
  g_assert_null (ym_store_get_kept_wal (scratch->store));
  scratch_check_integrity (ym_store_writer (scratch->store));
  compare (ym_store_writer (scratch->store), plain);
}

static void
run (guint32 seed)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  GRand *rand = g_rand_new_with_seed (seed);
  sqlite3 *plain = NULL;

  scratch_close (scratch);
  scratch->options.cache_bytes = 1024 * g_rand_int_range (rand, 8, 200);
  scratch_open (scratch);
  g_assert_cmpint (sqlite3_open (":memory:", &plain), ==, SQLITE_OK);
  scratch_execute (plain, "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)");
  scratch_execute (plain, schema);
  scratch_execute (ym_store_writer (scratch->store), schema);
  for (int step = 0; step < STEPS; step++)
    {
      int what = g_rand_int_range (rand, 0, 20);

      if (what < 4)
        begin_or_end (ym_store_writer (scratch->store), plain, rand);
      else if (what == 4)
        crash_or_reopen (scratch, plain, rand);
      else if (what == 5 && sqlite3_get_autocommit (plain))
        scratch_execute (ym_store_writer (scratch->store), "PRAGMA wal_checkpoint (RESTART)");
      else
        execute_both (ym_store_writer (scratch->store), plain, random_statement (rand));
    }
  crash_or_reopen (scratch, plain, rand);
  g_assert_cmpint (sqlite3_close (plain), ==, SQLITE_OK);
  g_rand_free (rand);
}

/* Some order of writes that no one thought of would leave other content than SQLite meant. */
static void
test_same_as_plain_sqlite (void)
{
  for (guint32 seed = 1; seed <= 6; seed++)
    {
      g_test_message ("seed %u", seed);
      run (seed);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/oracle/same-as-plain-sqlite", test_same_as_plain_sqlite);
  return g_test_run ();
}
