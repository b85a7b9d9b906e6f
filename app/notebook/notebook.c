/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The open store and its two lanes, each a thread with a queue. */

#include "app/notebook/notebook.h"

#include "app/base/error.h"
#include "app/journal/search-index.h"
#include "app/notebook/schema.h"

typedef struct {
  YmWork work;
  gpointer data;
  GDestroyNotify data_free;
  GDestroyNotify result_free;
  GTask *task; /* where the answer goes, or NULL for ym_notebook_run() */
  GMutex *mutex;
  GCond *done;
  gboolean is_done;
  gpointer result;
  GError *error;
} Job;

typedef struct {
  GThread *thread;
  GAsyncQueue *jobs;
  YmDesk desk;
  YmNotebook *notebook;
} Lane;

struct _YmNotebook {
  YmStore *store;
  YmJournal *journal;
  sqlite3 *reader;
  Lane lanes[2];
};

/* Ends a lane: the last job of all. */
static Job stop;

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  ym_store_sign (context, message, length, signature);
  return TRUE;
}

/* Whose device this is comes with the enrolment, so it is looked up until it is known. A look that fails must not pass
 * for nobody's device: what is saved then would have no officer. */
static gboolean
find_officer (YmDesk *desk, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  YmSqlStep step;

  if (!ym_id_is_zero (&desk->officer))
    return TRUE;
  statement = ym_sql_prepare (desk->db, error, "SELECT officer FROM device WHERE id = ?", "d", &desk->author.device);
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    desk->officer = ym_sql_column_id (statement, 0);
  return step != YM_SQL_FAILED;
}

static void
finish (Job *job, gpointer result, GError *error)
{
  if (job->data_free != NULL)
    job->data_free (job->data);
  if (job->task == NULL)
    {
      g_mutex_lock (job->mutex);
      job->result = result;
      job->error = error;
      job->is_done = TRUE;
      g_cond_signal (job->done);
      g_mutex_unlock (job->mutex); /* the job is its waiter's */
      return;
    }
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, result, job->result_free);
  g_object_unref (job->task);
  g_free (job);
}

/* The next job. While there is none the writing lane tends the search index, a slice at a time; after a slice that failed,
 * for lack of room say, not before the next job. */
static Job *
next_job (Lane *lane)
{
  gboolean more = lane->desk.journal != NULL;
  Job *job;

  while ((job = g_async_queue_try_pop (lane->jobs)) == NULL && more)
    if (!ym_search_index_tend (lane->desk.db, &more, NULL))
      more = FALSE;
  return job != NULL ? job : g_async_queue_pop (lane->jobs);
}

static gpointer
run_lane (gpointer data)
{
  Lane *lane = data;
  Job *job;

  while ((job = next_job (lane)) != &stop)
    {
      GError *error = NULL;
      gpointer result = NULL;

      gboolean cancelled
          = job->task != NULL && g_cancellable_set_error_if_cancelled (g_task_get_cancellable (job->task), &error);

      if (!cancelled && find_officer (&lane->desk, &error))
        result = job->work (&lane->desk, job->data, &error);
      finish (job, result, error);
    }
  return NULL;
}

static void
start_lane (YmNotebook *notebook, YmLane which, const YmStoreOptions *options)
{
  static const char *const names[] = { "ymweld-read", "ymweld-write" };
  Lane *lane = &notebook->lanes[which];
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];

  ym_store_public_key (notebook->store, public_key);
  lane->jobs = g_async_queue_new ();
  lane->desk = (YmDesk){
    .db = which == YM_LANE_READ ? notebook->reader : ym_store_writer (notebook->store),
    .journal = which == YM_LANE_READ ? NULL : notebook->journal,
    .author = { ym_id_of_public_key ("device", public_key), { sign, notebook->store } },
    .clock = options->clock,
    .random = options->random,
  };
  lane->thread = g_thread_new (names[which], run_lane, lane);
}

static gboolean
seal (gpointer context, YmHead *head, GError **error)
{
  return ym_store_seal_head (context, head, error);
}

static gboolean
read_head (gpointer context, YmHead *head, GError **error)
{
  return ym_store_read_head (context, head, error);
}

YmNotebook *
ym_notebook_open_on (YmStore *taken, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmStore) store = taken;
  g_autoptr (YmJournal) journal = NULL;
  YmNotebook *notebook;
  sqlite3 *reader;

  if (store == NULL)
    return NULL;
  {
    const YmJournalOptions journal_options = { options->clock, options->random, seal, read_head, store };

    journal = ym_journal_open (ym_store_writer (store), &journal_options, error);
  }
  if (journal == NULL || !ym_notebook_migrate (journal, error))
    return NULL;
  reader = ym_store_open_reader (store, error);
  if (reader == NULL)
    return NULL;
  notebook = g_new0 (YmNotebook, 1);
  notebook->store = g_steal_pointer (&store);
  notebook->journal = g_steal_pointer (&journal);
  notebook->reader = reader;
  start_lane (notebook, YM_LANE_READ, options);
  start_lane (notebook, YM_LANE_WRITE, options);
  return notebook;
}

YmNotebook *
ym_notebook_create (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  return ym_notebook_open_on (ym_store_create (directory, passphrase, options, error), options, error);
}

YmNotebook *
ym_notebook_open (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, GError **error)
{
  return ym_notebook_open_on (ym_store_open (directory, passphrase, options, error), options, error);
}

void
ym_notebook_close (YmNotebook *notebook)
{
  if (notebook == NULL)
    return;
  for (int i = 0; i < 2; i++)
    {
      g_async_queue_push (notebook->lanes[i].jobs, &stop);
      g_thread_join (notebook->lanes[i].thread);
      g_async_queue_unref (notebook->lanes[i].jobs);
    }
  ym_store_close_reader (notebook->store, notebook->reader);
  ym_journal_free (notebook->journal);
  ym_store_close (notebook->store);
  g_free (notebook);
}

YmStore *
ym_notebook_get_store (YmNotebook *notebook)
{
  return notebook->store;
}

const YmClock *
ym_notebook_get_clock (YmNotebook *notebook)
{
  return notebook->lanes[YM_LANE_READ].desk.clock;
}

void
ym_notebook_run_async (YmNotebook *notebook, YmLane lane, YmWork work, gpointer data, GDestroyNotify data_free,
                       GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->data_free = data_free;
  job->result_free = result_free;
  job->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, ym_notebook_run_async);
  g_async_queue_push (notebook->lanes[lane].jobs, job);
}

gpointer
ym_notebook_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ym_notebook_run_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

gpointer
ym_notebook_run (YmNotebook *notebook, YmLane lane, YmWork work, gpointer data, GError **error)
{
  GMutex mutex;
  GCond done;
  Job job = { .work = work, .data = data, .mutex = &mutex, .done = &done };

  g_mutex_init (&mutex);
  g_cond_init (&done);
  g_async_queue_push (notebook->lanes[lane].jobs, &job);
  g_mutex_lock (&mutex);
  while (!job.is_done)
    g_cond_wait (&done, &mutex);
  g_mutex_unlock (&mutex);
  g_mutex_clear (&mutex);
  g_cond_clear (&done);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.result;
}
