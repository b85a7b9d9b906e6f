/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The background scan of an open store. */

#include "app/notebook/recount.h"

#include <string.h>

#include "app/journal/damage.h"

#define INTERRUPT_EVERY_US (10 * 1000)

struct _YmRecount {
  YmNotebook *notebook;
  YmRecounted recounted;
  gpointer data;
  GMainContext *context;
  GThread *thread;

  GMutex mutex; /* of all below */
  GCond changed;
  sqlite3 *reader;  /* (nullable): while it is in use */
  GSource *answer;  /* (nullable): on its way to the main context */
  gboolean stopped;
  gboolean ended;

  GError *damage;
  GPtrArray *named;
};

static gpointer
read_root_key (YmDesk *desk, gpointer root_key, GError **error)
{
  memcpy (root_key, ym_journal_get_root_key (desk->journal), YM_PUBLIC_KEY_BYTES);
  return root_key;
}

static gboolean
is_stopped (YmRecount *recount)
{
  gboolean stopped;

  g_mutex_lock (&recount->mutex);
  stopped = recount->stopped;
  g_mutex_unlock (&recount->mutex);
  return stopped;
}

static void
set_reader (YmRecount *recount, sqlite3 *reader)
{
  g_mutex_lock (&recount->mutex);
  recount->reader = reader;
  g_mutex_unlock (&recount->mutex);
}

static void
scan (YmRecount *recount)
{
  YmStore *store = ym_notebook_get_store (recount->notebook);
  sqlite3 *reader = ym_store_open_reader (store, &recount->damage);
  guint8 root_key[YM_PUBLIC_KEY_BYTES];

  if (reader == NULL)
    return;
  set_reader (recount, reader);
  if (!is_stopped (recount) && !ym_journal_recount (reader, &recount->damage) && !is_stopped (recount)
      && ym_notebook_run (recount->notebook, YM_LANE_WRITE, read_root_key, root_key, NULL) != NULL)
    recount->named = ym_journal_name_damage (reader, root_key, recount->damage);
  set_reader (recount, NULL);
  ym_store_close_reader (store, reader);
}

static gboolean
answer_cb (gpointer user_data)
{
  YmRecount *recount = user_data;

  recount->recounted (recount->data, recount->damage, recount->named);
  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer data)
{
  YmRecount *recount = data;

  scan (recount);
  g_mutex_lock (&recount->mutex);
  recount->ended = TRUE;
  if (!recount->stopped)
    {
      recount->answer = g_idle_source_new ();
      g_source_set_callback (recount->answer, answer_cb, recount, NULL);
      g_source_attach (recount->answer, recount->context);
    }
  g_cond_signal (&recount->changed);
  g_mutex_unlock (&recount->mutex);
  return NULL;
}

YmRecount *
ym_recount_start (YmNotebook *notebook, YmRecounted recounted, gpointer data)
{
  YmRecount *recount = g_new0 (YmRecount, 1);

  recount->notebook = notebook;
  recount->recounted = recounted;
  recount->data = data;
  recount->context = g_main_context_ref_thread_default ();
  g_mutex_init (&recount->mutex);
  g_cond_init (&recount->changed);
  recount->thread = g_thread_new ("ymweld-recount", run, recount);
  return recount;
}

void
ym_recount_stop (YmRecount *recount)
{
  g_mutex_lock (&recount->mutex);
  recount->stopped = TRUE;
  if (recount->answer != NULL)
    g_source_destroy (recount->answer);
  if (recount->reader != NULL)
    sqlite3_interrupt (recount->reader);
  g_mutex_unlock (&recount->mutex);
}

/* SQLite forgets an interrupt that comes between two statements, so it is said until it is heard. */
static void
wait_for_end (YmRecount *recount)
{
  g_mutex_lock (&recount->mutex);
  while (!recount->ended)
    {
      if (recount->reader != NULL)
        sqlite3_interrupt (recount->reader);
      g_cond_wait_until (&recount->changed, &recount->mutex, g_get_monotonic_time () + INTERRUPT_EVERY_US);
    }
  g_mutex_unlock (&recount->mutex);
  g_thread_join (recount->thread);
}

void
ym_recount_free (YmRecount *recount)
{
  if (recount == NULL)
    return;
  wait_for_end (recount);
  g_clear_pointer (&recount->answer, g_source_unref);
  g_clear_pointer (&recount->named, g_ptr_array_unref);
  g_clear_error (&recount->damage);
  g_main_context_unref (recount->context);
  g_mutex_clear (&recount->mutex);
  g_cond_clear (&recount->changed);
  g_free (recount);
}
