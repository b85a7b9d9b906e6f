/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Group commit: while one commit is on its way to the disk, the next ones gather. */

#include "sync/server/queue.h"

#include "app/base/error.h"

typedef struct {
  YmJob *job;
  YmQueueDone done;
  gpointer data;
} Waiting;

struct _YmQueue {
  YmLedger *ledger;
  YmQueueOptions options;
  GThread *thread;
  GMutex mutex; /* over what follows */
  GCond changed;
  GQueue waiting; /* Waiting */
  gsize waiting_bytes;
  gboolean stopping;
  gboolean news;
  YmQueueCounts counts;
};

const YmQueueOptions ym_queue_options_usual = {
  .most_waiting = 1024,
  .most_waiting_bytes = 64 * 1024 * 1024,
  .most_in_commit = 256,
};

/*
 * What waits, up to the most for one commit. Blocks until there is something; empty when the queue is to stop, or there is
 * *@news, which whoever commits takes in anyway.
 */
static GPtrArray *
take_waiting (YmQueue *queue, gboolean *news)
{
  GPtrArray *batch = g_ptr_array_new ();

  g_mutex_lock (&queue->mutex);
  while (g_queue_is_empty (&queue->waiting) && !queue->stopping && !queue->news)
    g_cond_wait (&queue->changed, &queue->mutex);
  while (batch->len < queue->options.most_in_commit && !g_queue_is_empty (&queue->waiting))
    {
      Waiting *waiting = g_queue_pop_head (&queue->waiting);

      queue->waiting_bytes -= g_bytes_get_size (waiting->job->request);
      g_ptr_array_add (batch, waiting);
    }
  *news = queue->news && !queue->stopping && batch->len == 0;
  queue->news = FALSE;
  g_mutex_unlock (&queue->mutex);
  return batch;
}

static void
tell_news (gpointer data)
{
  YmQueue *queue = data;

  g_mutex_lock (&queue->mutex);
  queue->news = TRUE;
  g_cond_signal (&queue->changed);
  g_mutex_unlock (&queue->mutex);
}

static void
note_outcome (YmQueue *queue, gboolean good, const GError *error)
{
  g_mutex_lock (&queue->mutex);
  queue->counts.accept = ym_accept_get_counts (queue->ledger);
  queue->counts.end = ym_ledger_get_end (queue->ledger);
  queue->counts.failed = !good;
  g_mutex_unlock (&queue->mutex);
  if (!good && queue->options.failed != NULL)
    queue->options.failed (queue->options.context, error);
}

/* What others have appended; where they can't be reached there is no hurry. */
static void
follow (YmQueue *queue)
{
  g_autoptr (GError) error = NULL;
  gboolean good = ym_ledger_follow (queue->ledger, &error);

  if (!good && g_error_matches (error, YM_ERROR, YM_ERROR_NETWORK))
    g_info ("event=ledger-out-of-reach error=\"%s\"", error->message);
  else
    note_outcome (queue, good, error);
}

static void
accept_batch (YmQueue *queue, GPtrArray *batch)
{
  g_autofree YmJob **jobs = g_new (YmJob *, batch->len);
  g_autoptr (GError) error = NULL;
  gboolean good;

  for (guint i = 0; i < batch->len; i++)
    jobs[i] = ((Waiting *) g_ptr_array_index (batch, i))->job;
  good = ym_accept_jobs (queue->ledger, jobs, batch->len, &error);
  note_outcome (queue, good, error);
}

/* A store that failed once is not believed again in this process. */
static void
turn_away_batch (GPtrArray *batch)
{
  for (guint i = 0; i < batch->len; i++)
    {
      YmJob *job = ((Waiting *) g_ptr_array_index (batch, i))->job;

      job->status = 503;
      job->problem = "not-stored";
    }
}

static gpointer
run (gpointer data)
{
  YmQueue *queue = data;

  for (;;)
    {
      gboolean news;
      g_autoptr (GPtrArray) batch = take_waiting (queue, &news);

      if (batch->len == 0 && !news)
        return NULL;
      if (queue->counts.failed) /* written by this thread alone */
        turn_away_batch (batch);
      else if (news)
        follow (queue);
      else
        accept_batch (queue, batch);
      for (guint i = 0; i < batch->len; i++)
        {
          g_autofree Waiting *waiting = g_ptr_array_index (batch, i);

          waiting->done (waiting->data, waiting->job);
        }
    }
}

YmQueue *
ym_queue_start (YmLedger *ledger, const YmQueueOptions *options)
{
  YmQueue *queue = g_new0 (YmQueue, 1);

  queue->ledger = ledger;
  queue->options = *options;
  queue->counts.end = ym_ledger_get_end (ledger);
  g_mutex_init (&queue->mutex);
  g_cond_init (&queue->changed);
  g_queue_init (&queue->waiting);
  queue->thread = g_thread_new ("ledger", run, queue);
  ym_ledger_watch (ledger, tell_news, queue);
  return queue;
}

static gboolean
has_room (const YmQueue *queue, gsize bytes)
{
  return !queue->stopping && g_queue_get_length ((GQueue *) &queue->waiting) < queue->options.most_waiting
         && queue->waiting_bytes + bytes <= queue->options.most_waiting_bytes;
}

void
ym_queue_push (YmQueue *queue, YmJob *job, YmQueueDone done, gpointer data)
{
  gsize bytes = g_bytes_get_size (job->request);
  gboolean taken;

  g_mutex_lock (&queue->mutex);
  taken = has_room (queue, bytes);
  if (taken)
    {
      Waiting *waiting = g_new (Waiting, 1);

      *waiting = (Waiting){ job, done, data };
      g_queue_push_tail (&queue->waiting, waiting);
      queue->waiting_bytes += bytes;
      g_cond_signal (&queue->changed);
    }
  else
    queue->counts.full++;
  g_mutex_unlock (&queue->mutex);
  if (taken)
    return;
  job->status = 503;
  job->problem = "busy";
  done (data, job);
}

void
ym_queue_stop (YmQueue *queue)
{
  ym_ledger_watch (queue->ledger, NULL, NULL);
  g_mutex_lock (&queue->mutex);
  queue->stopping = TRUE;
  g_cond_signal (&queue->changed);
  g_mutex_unlock (&queue->mutex);
  g_thread_join (queue->thread);
  g_mutex_clear (&queue->mutex);
  g_cond_clear (&queue->changed);
  g_free (queue);
}

YmQueueCounts
ym_queue_get_counts (YmQueue *queue)
{
  YmQueueCounts counts;

  g_mutex_lock (&queue->mutex);
  counts = queue->counts;
  counts.waiting = g_queue_get_length (&queue->waiting);
  g_mutex_unlock (&queue->mutex);
  return counts;
}
