/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every engine is asked to do, so that only the engine differs. Figures are microseconds for one operation unless
 * the task says otherwise, or -1 for what the engine can't do; the driver (bench-vault.py) takes the engines in turn and works out medians and ratios. */

#include "tests/bench/work.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define VISITS 100000
#define COMMITS 200
#define LOOKUPS 5000
#define SEARCHES 200
#define WORDS 5000
#define SMALL_CACHE_KIB 2048
#define LARGE_CACHE_KIB 131072

static const BenchEngine *engine;
static char *visits_directory; /* filled by "bulk" */
static gint64 visits_bytes;
static clockid_t bench_clock = CLOCK_MONOTONIC;

gint64
bench_now_us (void)
{
  struct timespec now;

  clock_gettime (bench_clock, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void
bench_execute (sqlite3 *database, const char *sql)
{
  char *said = NULL;

  if (sqlite3_exec (database, sql, NULL, NULL, &said) != SQLITE_OK)
    g_error ("%s: %s: %s", engine != NULL ? engine->name : "", sql, said);
}

static gint64
integer (sqlite3_stmt *statement)
{
  gint64 value;

  if (sqlite3_step (statement) != SQLITE_ROW)
    g_error ("%s: no row", engine->name);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return value;
}

static sqlite3_stmt *
prepare (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s: %s", engine->name, sql, sqlite3_errmsg (database));
  return statement;
}

/* Twenty words out of some thousands; the same for every engine and run. */
static char *
note (GRand *rand)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < 20; i++)
    g_string_append_printf (text, "gair%d ", g_rand_int_range (rand, 0, WORDS));
  return g_string_free (text, FALSE);
}

static void
insert_visits (sqlite3 *database, int n_visits, gboolean each_committed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  sqlite3_stmt *insert = prepare (database, "INSERT INTO visit (home, started_us, notes) VALUES (?1, ?2, ?3)");

  if (!each_committed)
    bench_execute (database, "BEGIN");
  for (int i = 0; i < n_visits; i++)
    {
      guint8 home[16] = { 0 };
      g_autofree char *text = note (rand);

      home[15] = i % 264;
      sqlite3_bind_blob (insert, 1, home, sizeof home, SQLITE_STATIC);
      sqlite3_bind_int64 (insert, 2, G_GINT64_CONSTANT (1760000000000000) + i * G_GINT64_CONSTANT (60000000));
      sqlite3_bind_text (insert, 3, text, -1, SQLITE_STATIC);
      if (sqlite3_step (insert) != SQLITE_DONE)
        g_error ("%s: %s", engine->name, sqlite3_errmsg (database));
      sqlite3_reset (insert);
    }
  if (!each_committed)
    bench_execute (database, "COMMIT");
  sqlite3_finalize (insert);
}

static sqlite3 *
make (const char *directory)
{
  sqlite3 *database = engine->open (directory, LARGE_CACHE_KIB / 2);

  bench_execute (database, "CREATE TABLE visit (id INTEGER PRIMARY KEY, home BLOB, started_us INTEGER, notes TEXT);"
                           "CREATE INDEX visit_by_home ON visit (home, started_us)");
  return database;
}

static double
commits (const char *directory, const char *setting)
{
  sqlite3 *database = make (directory);
  gint64 begun;
  double took;

  bench_execute (database, setting);
  begun = bench_now_us ();
  insert_visits (database, COMMITS, TRUE);
  took = (double) (bench_now_us () - begun) / COMMITS;
  engine->close (database);
  return took;
}

static double
commit_full (const char *directory)
{
  return commits (directory, "PRAGMA synchronous = FULL");
}

static double
commit_normal (const char *directory)
{
  return commits (directory, "PRAGMA synchronous = NORMAL");
}

/* Debian's SQLCipher has no FTS5. */
static gboolean
has_search (void)
{
  return sqlite3_compileoption_used ("ENABLE_FTS5");
}

static gint64
file_bytes (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, engine->file, NULL);
  GStatBuf about;

  if (g_stat (path, &about) != 0)
    g_error ("%s: no file %s", engine->name, path);
  return about.st_size;
}

/* Until the rows are in the file, the log copied. Makes the database that the reading tasks read. */
static double
bulk (const char *directory)
{
  sqlite3 *database = make (directory);
  gint64 begun = bench_now_us ();
  gint64 took;

  insert_visits (database, VISITS, FALSE);
  bench_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)");
  took = bench_now_us () - begun;
  visits_bytes = file_bytes (directory);
  if (has_search ())
    bench_execute (database, "CREATE VIRTUAL TABLE word USING fts5 (notes, content = 'visit', content_rowid = 'id');"
                             "INSERT INTO word (word) VALUES ('rebuild')");
  engine->close (database);
  g_free (visits_directory);
  visits_directory = g_strdup (directory);
  return took;
}

static double
scan_with (sqlite3 *database)
{
  sqlite3_stmt *sum = prepare (database, "SELECT sum (length (notes)) FROM visit");
  gint64 begun = bench_now_us ();

  integer (sum);
  sqlite3_finalize (sum);
  return bench_now_us () - begun;
}

static double
scan (const char *directory)
{
  sqlite3 *database = engine->open (visits_directory, SMALL_CACHE_KIB);
  double took = scan_with (database);

  engine->close (database);
  return took;
}

static double
search (const char *directory)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  sqlite3 *database;
  sqlite3_stmt *match;
  gint64 begun;
  double took;

  if (!has_search ())
    return -1;
  database = engine->open (visits_directory, SMALL_CACHE_KIB);
  match = prepare (database, "SELECT sum (length (visit.notes)) FROM word JOIN visit ON visit.id = word.rowid"
                             " WHERE word MATCH ?1");
  begun = bench_now_us ();

  for (int i = 0; i < SEARCHES; i++)
    {
      g_autofree char *word = g_strdup_printf ("gair%d", g_rand_int_range (rand, 0, WORDS));

      sqlite3_bind_text (match, 1, word, -1, SQLITE_STATIC);
      integer (match);
    }
  took = (double) (bench_now_us () - begun) / SEARCHES;
  sqlite3_finalize (match);
  engine->close (database);
  return took;
}

static double
lookups_with (sqlite3 *database)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  sqlite3_stmt *find = prepare (database, "SELECT length (notes) FROM visit WHERE id = ?1");
  gint64 begun = bench_now_us ();

  for (int i = 0; i < LOOKUPS; i++)
    {
      sqlite3_bind_int64 (find, 1, g_rand_int_range (rand, 1, VISITS + 1));
      integer (find);
    }
  sqlite3_finalize (find);
  return (double) (bench_now_us () - begun) / LOOKUPS;
}

static double
lookups (const char *directory)
{
  sqlite3 *database = engine->open (visits_directory, SMALL_CACHE_KIB);
  double took = lookups_with (database);

  engine->close (database);
  return took;
}

static double
cached (const char *directory)
{
  sqlite3 *database = engine->open (visits_directory, LARGE_CACHE_KIB);
  double took;

  scan_with (database);
  took = lookups_with (database);
  engine->close (database);
  return took;
}

static double
first_row (const char *directory)
{
  gint64 begun = bench_now_us ();
  sqlite3 *database = engine->open (visits_directory, SMALL_CACHE_KIB);
  sqlite3_stmt *find = prepare (database, "SELECT length (notes) FROM visit WHERE id = 1");
  double took;

  integer (find);
  took = bench_now_us () - begun;
  sqlite3_finalize (find);
  engine->close (database);
  return took;
}

/* Bytes, without the full-text index that not all have. */
static double
size (const char *directory)
{
  return visits_bytes;
}

static const BenchTask tasks[] = {
  { "commit-full", commit_full }, { "commit-normal", commit_normal }, { "bulk", bulk },     { "scan", scan },
  { "search", search },           { "lookups", lookups },             { "cached", cached }, { "first-row", first_row },
  { "size", size },               { NULL, NULL },
};

static const BenchTask *
find_task (const BenchTask *among, const char *name)
{
  for (; among != NULL && among->name != NULL; among++)
    if (strcmp (among->name, name) == 0)
      return among;
  return NULL;
}

int
bench_serve (int argc, char *argv[], const BenchEngine *served, const BenchTask *extra)
{
  char line[64];

  if (argc != 2 && !(argc == 3 && strcmp (argv[2], "cpu") == 0))
    g_error ("usage: %s DIRECTORY [cpu]", argv[0]);
  if (argc == 3)
    bench_clock = CLOCK_PROCESS_CPUTIME_ID;
  engine = served;
  for (int serial = 0; fgets (line, sizeof line, stdin) != NULL; serial++)
    {
      g_autofree char *directory = g_strdup_printf ("%s/%d", argv[1], serial);
      const BenchTask *task = find_task (tasks, g_strchomp (line));

      if (task == NULL)
        task = find_task (extra, line);
      if (task == NULL)
        g_error ("There is no task “%s”.", line);
      if (g_mkdir (directory, 0700) != 0)
        g_error ("The directory %s can't be made.", directory);
      printf ("%.3f\n", task->run (directory));
      fflush (stdout);
    }
  return 0;
}
