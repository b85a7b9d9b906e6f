/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements that stay prepared must be as good as new. */

#include "app/base/sql.h"

typedef struct {
  sqlite3 *db;
} Kept;

static void
set_up (Kept *kept, gconstpointer data)
{
  g_assert_cmpint (sqlite3_open (":memory:", &kept->db), ==, SQLITE_OK);
  ym_sql_keep_statements (kept->db);
  g_assert_true (ym_sql_script (kept->db, "CREATE TABLE home (id INTEGER PRIMARY KEY, name TEXT)", NULL));
}

static void
tear_down (Kept *kept, gconstpointer data)
{
  ym_sql_drop_statements (kept->db);
  g_assert_cmpint (sqlite3_close (kept->db), ==, SQLITE_OK);
}

static gint64
ask (Kept *kept, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 answer = -1;

  g_assert_true (ym_sql_integer (kept->db, &answer, &error, sql, ""));
  g_assert_no_error (error);
  return answer;
}

static guint
count_statements (Kept *kept)
{
  guint n = 0;

  for (sqlite3_stmt *at = sqlite3_next_stmt (kept->db, NULL); at != NULL; at = sqlite3_next_stmt (kept->db, at))
    n++;
  return n;
}

/* Each save would parse its thirty statements again. */
static void
test_are_kept (Kept *kept, gconstpointer data)
{
  const char *sql = "INSERT INTO home (name) VALUES (?)";

  for (int i = 0; i < 5; i++)
    g_assert_true (ym_sql_execute (kept->db, NULL, sql, "t", "Ty Gwyn"));
  g_assert_cmpuint (count_statements (kept), ==, 1);
  g_assert_cmpint (ask (kept, "SELECT count (*) FROM home WHERE name = 'Ty Gwyn'"), ==, 5);
}

/* What one caller bound or left half read would reach the next. */
static void
test_begin_anew (Kept *kept, gconstpointer data)
{
  const char *sql = "SELECT ?, id FROM home ORDER BY id";

  g_assert_true (ym_sql_script (kept->db, "INSERT INTO home VALUES (1, 'a'), (2, 'b')", NULL));
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (sqlite3_stmt) statement = ym_sql_prepare_unbound (kept->db, NULL, sql);

      if (i == 0)
        g_assert_true (ym_sql_bind (statement, 1, NULL, "t", "a child's name"));
      g_assert_cmpint (ym_sql_step (statement, NULL), ==, YM_SQL_ROW);
      g_assert_cmpint (sqlite3_column_type (statement, 0), ==, i == 0 ? SQLITE_TEXT : SQLITE_NULL);
      g_assert_cmpint (sqlite3_column_int (statement, 1), ==, 1);
    }
  g_assert_cmpuint (count_statements (kept), ==, 1);
}

/* A query inside the loop over its like would move the outer one. */
static void
test_are_not_shared (Kept *kept, gconstpointer data)
{
  const char *sql = "SELECT id FROM home ORDER BY id";
  g_autoptr (sqlite3_stmt) outer = NULL;

  g_assert_true (ym_sql_script (kept->db, "INSERT INTO home VALUES (1, 'a'), (2, 'b')", NULL));
  g_assert_cmpint (ask (kept, sql), ==, 1);
  outer = ym_sql_prepare (kept->db, NULL, sql, "");
  g_assert_cmpint (ym_sql_step (outer, NULL), ==, YM_SQL_ROW);
  g_assert_cmpint (ask (kept, sql), ==, 1);
  g_assert_cmpint (ym_sql_step (outer, NULL), ==, YM_SQL_ROW);
  g_assert_cmpint (sqlite3_column_int (outer, 0), ==, 2);
}

/* After a migration a statement would go on with the old tables, and a failed one with its failure. */
static void
test_follow_the_tables (Kept *kept, gconstpointer data)
{
  const char *sql = "INSERT INTO home (id) VALUES (1)";
  g_autoptr (GError) error = NULL;

  g_assert_true (ym_sql_execute (kept->db, NULL, sql, ""));
  g_assert_false (ym_sql_execute (kept->db, &error, sql, "")); /* there is a 1 */
  g_assert_nonnull (error);
  g_assert_true (ym_sql_script (kept->db, "DROP TABLE home; CREATE TABLE home (name TEXT DEFAULT 'new', id INTEGER)", NULL));
  g_assert_true (ym_sql_execute (kept->db, NULL, sql, ""));
  g_assert_cmpint (ask (kept, "SELECT count (*) FROM home WHERE name = 'new' AND id = 1"), ==, 1);
}

/* A pragma acts while it is prepared, so one that SQLite did not prepare anew by itself would act once. */
static void
test_pragmas_act_each_time (Kept *kept, gconstpointer data)
{
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (ym_sql_execute (kept->db, NULL, "PRAGMA cache_size = 100", ""));
      g_assert_cmpint (ask (kept, "SELECT cache_size FROM pragma_cache_size"), ==, 100);
      g_assert_true (ym_sql_script (kept->db, "PRAGMA cache_size = 50", NULL));
    }
}

/* Words that differ each time, such as a search's, would fill the memory. */
static void
test_do_not_pile_up (Kept *kept, gconstpointer data)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT %d", i);

      g_assert_cmpint (ask (kept, sql), ==, i);
      g_assert_cmpuint (count_statements (kept), <=, 256);
    }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*test) (Kept *, gconstpointer);
  } tests[] = {
    { "/sql/statements/are-kept", test_are_kept },
    { "/sql/statements/begin-anew", test_begin_anew },
    { "/sql/statements/are-not-shared", test_are_not_shared },
    { "/sql/statements/follow-the-tables", test_follow_the_tables },
    { "/sql/statements/pragmas-act-each-time", test_pragmas_act_each_time },
    { "/sql/statements/do-not-pile-up", test_do_not_pile_up },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Kept, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
