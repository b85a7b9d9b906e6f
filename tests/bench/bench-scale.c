/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an officer waits for, measured on one store: a worker that reads names of tasks, one a line, and prints a JSON list of
 * samples for each. `bench-scale make DIRECTORY VISITS` makes the store. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/journal/search-index.h"
#include "app/notebook/homes.h"
#include "app/notebook/issues.h"
#include "app/notebook/save.h"
#include "app/notebook/search.h"
#include "app/notebook/timeline.h"
#include "app/notebook/visit.h"
#include "sync/client/status.h"
#include "sync/client/store.h"
#include "tests/bench/big-store.h"

#define SAVES 200
#define LOOKS 30
#define FOLDED 1000

typedef struct {
  BigStore store;
  const char *directory;
  GString *answer;
  guint64 seed;
  gboolean by_processor;
} Bench;

static void
add (Bench *bench, double sample)
{
  g_string_append_printf (bench->answer, "%s%.1f", bench->answer->len == 1 ? "" : ", ", sample);
}

static double
since_us (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun);
}

/* What the thread used of a processor: hardly touched by what else the machine does. */
static gint64
processor_us (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void
in_lane (Bench *bench, YmLane lane, YmWork work)
{
  g_autoptr (GError) error = NULL;

  ym_notebook_run (bench->store.notebook, lane, work, bench, &error);
  g_assert_no_error (error);
}

static gpointer
do_homes (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) homes = ym_homes_list (desk, error);

  g_assert_no_error (*error);
  g_assert_cmpuint (homes->len, >=, BIG_HOMES);
  return NULL;
}

/* As the app opens it. */
static void
open_store (Bench *bench)
{
  YmSyncStore sync;
  g_autoptr (GError) error = NULL;

  big_open (&bench->store, bench->directory);
  sync = ym_sync_store_of_notebook (bench->store.notebook);
  test_succeeds (ym_sync_migrate (&sync, &error), error);
}

/* From the key to the homes: the passphrase's derivation is at its least. */
static void
task_open (Bench *bench)
{
  big_close (&bench->store);
  for (int i = 0; i < 5; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      open_store (bench);
      in_lane (bench, YM_LANE_READ, do_homes);
      add (bench, since_us (begun));
      if (i < 4)
        big_close (&bench->store);
    }
}

static gpointer
do_look_at_homes (YmDesk *desk, gpointer data, GError **error)
{
  Bench *bench = data;

  for (int i = 0; i < LOOKS; i++)
    {
      gint64 begun = g_get_monotonic_time (), begun_processor = processor_us ();

      do_homes (desk, data, error);
      add (bench, bench->by_processor ? (double) (processor_us () - begun_processor) : since_us (begun));
    }
  return NULL;
}

static gpointer
do_timeline (YmDesk *desk, gpointer data, GError **error)
{
  Bench *bench = data;

  for (int i = 0; i < LOOKS; i++)
    {
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (GPtrArray) entries = ym_timeline_read (desk, &bench->store.homes[i * 10], 31, error);

      add (bench, since_us (begun));
      g_assert_no_error (*error);
    }
  return NULL;
}

static gpointer
do_issues (YmDesk *desk, gpointer data, GError **error)
{
  Bench *bench = data;

  for (int i = 0; i < LOOKS; i++)
    {
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (GPtrArray) issues = ym_issue_list (desk, &bench->store.homes[i * 10], error);

      add (bench, since_us (begun));
      g_assert_no_error (*error);
    }
  return NULL;
}

/* Each query key by key, as it is typed. */
static gpointer
do_search (YmDesk *desk, gpointer data, GError **error)
{
  static const char *const queries[] = {
    "staff", "children",  "s", "a", "m", "gŵyl", "brynllan", "staff night rota", "restorative approach", "manager agreed calls",
    "ty",    "galwadau nos", "cwmdol penmor", "W1", "zzz", "staff mor",
  };
  Bench *bench = data;

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    for (const char *end = g_utf8_next_char (queries[i]);; end = g_utf8_next_char (end))
      {
        g_autofree char *typed = g_strndup (queries[i], (gsize) (end - queries[i]));
        gint64 begun = g_get_monotonic_time (), begun_processor = processor_us ();
        g_autoptr (YmSearchResult) result = ym_search (desk, typed, 50, error);

        add (bench, bench->by_processor ? (double) (processor_us () - begun_processor) : since_us (begun));
        g_assert_no_error (*error);
        if (*end == '\0')
          break;
      }
  return NULL;
}

static void
save_one (Bench *bench, YmDesk *desk, GError **error)
{
  YmRecord *visit = big_visit (&bench->store, TEST_2001, &bench->store.homes[bench->seed % BIG_HOMES],
                               G_GINT64_CONSTANT (1769000000000000) + (gint64) bench->seed, bench->seed);
  g_autoptr (YmDraft) draft = ym_draft_new (visit, 0);
  YmRecord *met = ym_draft_add_row (draft, ym_form (YM_FORM_PERSON_MET), desk->random);

  bench->seed++;
  ym_record_set_text (met, YM_PERSON_MET_NAME, "Siân Jones");
  ym_record_set_text (met, YM_PERSON_MET_ROLE, "manager");
  test_succeeds (ym_visit_sign_off (desk, draft, error), *error);
}

static gpointer
do_save (YmDesk *desk, gpointer data, GError **error)
{
  Bench *bench = data;
  gint64 begun = g_get_monotonic_time (), begun_processor = processor_us ();

  save_one (bench, desk, error);
  add (bench, bench->by_processor ? (double) (processor_us () - begun_processor) : since_us (begun));
  return NULL;
}

static void
task_processor_search (Bench *bench)
{
  bench->by_processor = TRUE;
  in_lane (bench, YM_LANE_READ, do_search);
  bench->by_processor = FALSE;
}

static void
task_processor_homes (Bench *bench)
{
  bench->by_processor = TRUE;
  in_lane (bench, YM_LANE_READ, do_look_at_homes);
  bench->by_processor = FALSE;
}

/* One job each, as the officer makes them: between them the lane is idle. */
static void
task_saves (Bench *bench)
{
  for (int i = 0; i < SAVES; i++)
    {
      in_lane (bench, YM_LANE_WRITE, do_save);
      g_usleep (2000);
    }
}

static void
task_processor_saves (Bench *bench)
{
  bench->by_processor = TRUE;
  task_saves (bench);
  bench->by_processor = FALSE;
}

static int
count_cb (unsigned kind, void *context, void *statement, void *sql)
{
  (*(guint *) context)++;
  return 0;
}

static gpointer
do_count_statements (YmDesk *desk, gpointer data, GError **error)
{
  for (int i = 0; i < 20; i++)
    {
      guint n_statements = 0;

      sqlite3_trace_v2 (desk->db, SQLITE_TRACE_STMT, count_cb, &n_statements);
      save_one (data, desk, error);
      sqlite3_trace_v2 (desk->db, 0, NULL, NULL);
      add (data, n_statements);
    }
  return NULL;
}

static gpointer
do_count_pages (YmDesk *desk, gpointer data, GError **error)
{
  for (int i = 0; i < 50; i++)
    {
      int before, after, highest;

      sqlite3_db_status (desk->db, SQLITE_DBSTATUS_CACHE_WRITE, &before, &highest, 0);
      save_one (data, desk, error);
      sqlite3_db_status (desk->db, SQLITE_DBSTATUS_CACHE_WRITE, &after, &highest, 0);
      add (data, after - before);
    }
  return NULL;
}

static gpointer
do_draft (YmDesk *desk, gpointer data, GError **error)
{
  Bench *bench = data;
  g_autoptr (YmDraft) draft = ym_draft_new (
      big_visit (&bench->store, TEST_2001, &bench->store.homes[3], G_GINT64_CONSTANT (1769000000000000), bench->seed++), 0);

  for (int i = 0; i < 100; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      test_succeeds (ym_draft_save (desk, draft, error), *error);
      add (bench, since_us (begun));
    }
  test_succeeds (ym_draft_discard (desk, &draft->record->id, error), *error);
  return NULL;
}

static gpointer
do_status (YmDesk *desk, gpointer data, GError **error)
{
  for (int i = 0; i < LOOKS; i++)
    {
      g_auto (YmSyncOverview) overview = { 0 };
      g_autoptr (GArray) saves = NULL;
      gint64 begun = g_get_monotonic_time ();

      test_succeeds (ym_sync_overview_read (desk->db, &desk->author.device, &overview, error), *error);
      saves = ym_sync_saves_read (desk->db, &desk->author.device, 50, error);
      add (data, since_us (begun));
      g_assert_no_error (*error);
    }
  return NULL;
}

static gpointer
do_take_back (YmDesk *desk, gpointer data, GError **error)
{
  for (int i = 0; i < LOOKS; i++)
    {
      gint64 begun = g_get_monotonic_time ();

      test_succeeds (ym_draft_take_back (desk, error), *error);
      add (data, since_us (begun));
    }
  return NULL;
}

typedef struct {
  Bench *bench;
  YmJournal *colleague;
} Taking;

/* As they come with a sync: verified, folded, placed after what is there. */
static gpointer
do_fold (YmDesk *desk, gpointer data, GError **error)
{
  Taking *taking = data;
  gint64 begun = g_get_monotonic_time ();
  YmPosition through;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (ym_journal_get_db (taking->colleague), error,
                                                  "SELECT body, change_set FROM envelope WHERE position IS NULL", "");

  g_assert_true (ym_journal_get_cursor (desk->journal, &through));
  test_succeeds (ym_journal_begin (desk->journal, error), *error);
  while (ym_sql_step (rows, error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, error);
      const YmPlacement placement = { TRUE, { through.epoch, ++through.number }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 1 };

      test_succeeds (ym_journal_take (desk->journal, arrival, &placement, error), *error);
    }
  test_succeeds (ym_journal_advance (desk->journal, &through, error), *error);
  test_succeeds (ym_journal_commit (desk->journal, error), *error);
  add (taking->bench, since_us (begun));
  return NULL;
}

static void
task_fold (Bench *bench)
{
  TestForce *force = &bench->store.force;
  Taking taking = { bench, test_journal_open (force, TEST_2002) };
  g_autoptr (GError) error = NULL;

  test_force_found (force, taking.colleague);
  force->world.seed = bench->seed << 32;
  for (guint i = 0; i < FOLDED; i++)
    {
      g_autoptr (YmRecord) visit = big_visit (&bench->store, TEST_2002, &bench->store.homes[i % BIG_HOMES],
                                              G_GINT64_CONSTANT (1769000000000000) + i, i);

      test_write (taking.colleague, &force->devices[TEST_2002], "visit.sign-off", NULL, visit);
    }
  bench->seed++;
  ym_notebook_run (bench->store.notebook, YM_LANE_WRITE, do_fold, &taking, &error);
  g_assert_no_error (error);
  test_journal_close (taking.colleague);
}

static gpointer
do_recount (YmDesk *desk, gpointer data, GError **error)
{
  gint64 begun = g_get_monotonic_time ();

  test_succeeds (ym_journal_recount (desk->db, error), *error);
  add (data, since_us (begun));
  return NULL;
}

/* The slices that the writing lane spends on the index, of a store that had none. */
static gpointer
do_index (YmDesk *desk, gpointer data, GError **error)
{
  gboolean more = TRUE;

  test_succeeds (ym_sql_script (desk->db, "DELETE FROM state WHERE name = 'search-forms'", error), *error);
  test_succeeds (ym_search_index_create (desk->db, error), *error);
  while (more)
    {
      gint64 begun = g_get_monotonic_time ();

      test_succeeds (ym_search_index_tend (desk->db, &more, error), *error);
      add (data, since_us (begun));
    }
  return NULL;
}

static gpointer
do_memory (YmDesk *desk, gpointer data, GError **error)
{
  g_autofree char *status = NULL;
  const char *peak;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  peak = strstr (status, "VmHWM:");
  g_assert_nonnull (peak);
  add (data, g_ascii_strtod (peak + strlen ("VmHWM:"), NULL) * 1024);
  return NULL;
}

static const struct {
  const char *name;
  void (*run) (Bench *bench);
  YmLane lane;
  YmWork work; /* where there is no `run` */
} tasks[] = {
  { "open", task_open },
  { "homes", NULL, YM_LANE_READ, do_look_at_homes },
  { "timeline", NULL, YM_LANE_READ, do_timeline },
  { "issues", NULL, YM_LANE_READ, do_issues },
  { "search", NULL, YM_LANE_READ, do_search },
  { "save", task_saves },
  { "save-processor", task_processor_saves },
  { "search-processor", task_processor_search },
  { "homes-processor", task_processor_homes },
  { "statements", NULL, YM_LANE_WRITE, do_count_statements },
  { "pages", NULL, YM_LANE_WRITE, do_count_pages },
  { "draft", NULL, YM_LANE_WRITE, do_draft },
  { "status", NULL, YM_LANE_READ, do_status },
  { "take-back", NULL, YM_LANE_WRITE, do_take_back },
  { "fold", task_fold },
  { "recount", NULL, YM_LANE_READ, do_recount },
  { "index", NULL, YM_LANE_WRITE, do_index },
  { "memory", NULL, YM_LANE_READ, do_memory },
};

static void
run_task (Bench *bench, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    if (g_str_equal (tasks[i].name, name))
      {
        if (tasks[i].run != NULL)
          tasks[i].run (bench);
        else
          in_lane (bench, tasks[i].lane, tasks[i].work);
        return;
      }
  g_error ("There is no task “%s”.", name);
}

static void
serve (Bench *bench)
{
  char line[64];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      bench->answer = g_string_new ("[");
      run_task (bench, g_strchomp (line));
      puts (g_string_append_c (bench->answer, ']')->str);
      fflush (stdout);
      g_string_free (bench->answer, TRUE);
    }
}

int
main (int argc, char *argv[])
{
  Bench bench = { .seed = 1000000 + (guint64) (g_get_real_time () / 1000000) };
  g_autoptr (GError) error = NULL;

  if (argc == 4 && g_str_equal (argv[1], "make"))
    big_make (&bench.store, argv[2], (guint) atoi (argv[3]));
  else if (argc == 3 && g_str_equal (argv[1], "serve"))
    {
      bench.directory = argv[2];
      open_store (&bench);
      serve (&bench);
    }
  else
    g_error ("bench-scale make DIRECTORY VISITS, or bench-scale serve DIRECTORY");
  big_close (&bench.store);
  return 0;
}
