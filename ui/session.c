/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The open notebook and its syncing, for the pages. Everything here runs on the main loop and only passes work on:
 * to the notebook's lanes, or to the scheduler's thread.
 */

#include "ui/session.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/draft.h"
#include "app/notebook/escrow.h"
#include "app/notebook/recount.h"
#include "sync/client/client.h"
#include "sync/client/scheduler.h"
#include "sync/client/server-identity.h"
#include "sync/transport/https.h"

struct _YmSession
{
  GObject parent_instance;

  YmNotebook *notebook;
  YmSyncScheduler *scheduler;
  YmSyncOverview sync;

  YmRecount *recount; /* (nullable): until the proof is begun */
  YmProof proof;
  GError *damage;
  GPtrArray *named;
  GPtrArray *waiting; /* of GTask: who waits for the proof */
};

G_DEFINE_FINAL_TYPE (YmSession, ym_session, G_TYPE_OBJECT)

enum {
  CHANGED,
  SYNC_CHANGED,
  PROOF_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A write's caller, who is told after the session has seen how it went. */
typedef struct {
  YmSession *session;
  GAsyncReadyCallback callback;
  gpointer user_data;
} Pass;

static gpointer
read_overview (YmDesk *desk, gpointer data, GError **error)
{
  YmSyncOverview *overview = g_new0 (YmSyncOverview, 1);

  if (ym_sync_overview_read (desk->db, NULL, overview, error))
    return overview;
  g_free (overview);
  return NULL;
}

static void
free_overview (gpointer data)
{
  ym_sync_overview_clear (data);
  g_free (data);
}

static void
overview_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (YmSession) self = user_data;
  YmSyncOverview *overview = ym_notebook_run_finish (result, NULL);

  if (overview == NULL || self->notebook == NULL)
    {
      g_clear_pointer (&overview, free_overview);
      return;
    }
  ym_sync_overview_clear (&self->sync);
  self->sync = *overview;
  g_free (overview);
  g_signal_emit (self, signals[SYNC_CHANGED], 0);
}

static void
look_at_sync (YmSession *self)
{
  ym_notebook_run_async (self->notebook, YM_LANE_READ, read_overview, NULL, NULL, free_overview, NULL, overview_read_cb,
                         g_object_ref (self));
}

typedef struct {
  YmServerIdentity server;
  YmAuthor author;
  YmClock clock;
  YmRandom random;
} RoundFacts;

static gpointer
read_facts (YmDesk *desk, gpointer data, GError **error)
{
  RoundFacts *facts = data;

  facts->author = desk->author;
  facts->clock = *desk->clock;
  facts->random = *desk->random;
  return ym_server_identity_read (desk->db, &facts->server, error) ? facts : NULL;
}

static gpointer
take_back (YmDesk *desk, gpointer data, GError **error)
{
  return ym_draft_take_back (desk, error) ? desk : NULL;
}

/* On the scheduler's thread. A connection a round: its keys may have been changed since the last. */
static gboolean
run_round (YmNotebook *notebook, YmSyncProgress progress, gpointer data, GCancellable *cancellable,
           YmSyncResult *result, GError **error)
{
  RoundFacts facts = { 0 };
  g_autoptr (YmHttps) https = NULL;
  g_autoptr (YmSyncClient) client = NULL;
  gboolean good = FALSE;

  if (ym_notebook_run (notebook, YM_LANE_READ, read_facts, &facts, error) == NULL)
    return FALSE;
  https = ym_https_new (facts.server.address, facts.server.pins, facts.server.n_pins, &ym_https_deadlines_usual, error);
  if (https != NULL)
    {
      const YmSyncClientOptions options = {
        .store = ym_sync_store_of_notebook (notebook),
        .transport = ym_https_transport (https),
        .device = facts.author,
        .clock = &facts.clock,
        .random = &facts.random,
      };

      client = ym_sync_client_new (&options);
      good = ym_sync_run (client, progress, data, cancellable, result, error);
    }
  ym_server_identity_clear (&facts.server);
  if (good)
    ym_notebook_tend_escrow (notebook);
  return good && ym_notebook_run (notebook, YM_LANE_WRITE, take_back, NULL, error) != NULL;
}

static gboolean
scheduler_run (gpointer context, YmSyncProgress progress, gpointer data, GCancellable *cancellable,
               YmSyncResult *result, GError **error)
{
  return run_round (YM_SESSION (context)->notebook, progress, data, cancellable, result, error);
}

static void
scheduler_started_cb (gpointer context)
{
  g_signal_emit (context, signals[SYNC_CHANGED], 0);
}

static void
scheduler_progressed_cb (gpointer context, const YmSyncResult *so_far)
{
  look_at_sync (context);
}

static void
scheduler_ended_cb (gpointer context, const YmSyncResult *result, const GError *error)
{
  look_at_sync (context);
  if (result->receipted > 0 || result->refused > 0 || result->pulled > 0)
    g_signal_emit (context, signals[CHANGED], 0);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pass *pass = user_data;
  YmSession *self = pass->session;
  gboolean good = !g_task_had_error (G_TASK (result));

  if (pass->callback != NULL)
    pass->callback (source, result, pass->user_data);
  if (good && self->notebook != NULL)
    {
      if (self->scheduler != NULL)
        ym_sync_scheduler_saved (self->scheduler);
      look_at_sync (self);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  g_object_unref (self);
  g_free (pass);
}

void
ym_session_read (YmSession *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (YM_IS_SESSION (self) && self->notebook != NULL);
  ym_notebook_run_async (self->notebook, YM_LANE_READ, work, data, data_free, result_free, cancellable, callback,
                         user_data);
}

void
ym_session_write (YmSession *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  Pass *pass = g_new (Pass, 1);

  g_return_if_fail (YM_IS_SESSION (self) && self->notebook != NULL);
  *pass = (Pass){ g_object_ref (self), callback, user_data };
  ym_notebook_run_async (self->notebook, YM_LANE_WRITE, work, data, data_free, result_free, NULL, written_cb, pass);
}

void
ym_session_save_draft (YmSession *self, YmWork work, gpointer data, GDestroyNotify data_free,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (YM_IS_SESSION (self) && self->notebook != NULL);
  ym_notebook_run_async (self->notebook, YM_LANE_WRITE, work, data, data_free, NULL, NULL, callback, user_data);
}

void
ym_session_start_sync (YmSession *self)
{
  const YmSyncSchedulerOptions options = {
    .run = scheduler_run,
    .run_context = self,
    .started = scheduler_started_cb,
    .progressed = scheduler_progressed_cb,
    .ended = scheduler_ended_cb,
    .context = self,
    .clock = ym_clock_system (),
    .random = ym_random_system (),
    .monitor = g_network_monitor_get_default (),
  };

  g_return_if_fail (YM_IS_SESSION (self) && self->notebook != NULL);
  if (self->scheduler == NULL)
    self->scheduler = ym_sync_scheduler_new (&options);
  look_at_sync (self);
}

void
ym_session_sync_now (YmSession *self)
{
  g_return_if_fail (YM_IS_SESSION (self));
  if (self->scheduler != NULL)
    ym_sync_scheduler_demand (self->scheduler);
}

void
ym_session_cancel_sync (YmSession *self)
{
  g_return_if_fail (YM_IS_SESSION (self));
  if (self->scheduler != NULL)
    ym_sync_scheduler_cancel (self->scheduler);
}

gboolean
ym_session_is_syncing (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), FALSE);
  return self->scheduler != NULL && ym_sync_scheduler_is_running (self->scheduler);
}

const YmSyncOverview *
ym_session_get_sync (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), NULL);
  return &self->sync;
}

YmNotebook *
ym_session_get_notebook (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), NULL);
  return self->notebook;
}

const YmClock *
ym_session_get_clock (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), NULL);
  return ym_notebook_get_clock (self->notebook);
}

/* --- the proof --- */

static void
answer_waiting (YmSession *self, GTask *task)
{
  if (self->notebook == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s", _ ("The notebook was locked."));
  else if (self->proof == YM_PROOF_GOOD)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, YM_ERROR, YM_ERROR_DAMAGED, "%s", self->damage->message);
}

static void
answer_all_waiting (YmSession *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    answer_waiting (self, g_ptr_array_index (waiting, i));
}

static void
recounted_cb (gpointer user_data, const GError *damage, GPtrArray *named)
{
  g_autoptr (YmSession) self = g_object_ref (user_data);

  self->proof = damage == NULL ? YM_PROOF_GOOD : YM_PROOF_DAMAGED;
  self->damage = damage != NULL ? g_error_copy (damage) : NULL;
  self->named = named != NULL ? g_ptr_array_ref (named) : NULL;
  answer_all_waiting (self);
  g_signal_emit (self, signals[PROOF_CHANGED], 0);
}

void
ym_session_start_proof (YmSession *self)
{
  g_return_if_fail (YM_IS_SESSION (self) && self->notebook != NULL);
  if (self->recount != NULL && self->proof != YM_PROOF_DAMAGED)
    return;
  g_clear_pointer (&self->recount, ym_recount_free);
  g_clear_error (&self->damage);
  g_clear_pointer (&self->named, g_ptr_array_unref);
  self->proof = YM_PROOF_UNDER_WAY;
  self->recount = ym_recount_start (self->notebook, recounted_cb, self);
}

YmProof
ym_session_get_proof (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), YM_PROOF_NONE);
  return self->proof;
}

const char *
ym_session_get_damage (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), NULL);
  return self->damage != NULL ? self->damage->message : NULL;
}

GPtrArray *
ym_session_get_named_damage (YmSession *self)
{
  g_return_val_if_fail (YM_IS_SESSION (self), NULL);
  return self->named;
}

const char *
ym_session_say_proof_first (void)
{
  return _ ("The whole notebook is being checked before anything goes out of it. This goes on by itself when that is done.");
}

void
ym_session_prove (YmSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_return_if_fail (YM_IS_SESSION (self));
  if (self->notebook != NULL)
    ym_session_start_proof (self);
  if (self->notebook == NULL || self->proof != YM_PROOF_UNDER_WAY)
    {
      answer_waiting (self, task);
      return;
    }
  if (self->waiting == NULL)
    self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
}

gboolean
ym_session_prove_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- the end --- */

typedef struct {
  YmNotebook *notebook;
  YmRecount *recount;
} Open;

static void
close_open (Open *open)
{
  ym_recount_free (open->recount);
  ym_notebook_close (open->notebook);
}

static void
close_thread (GTask *task, gpointer source, gpointer open, GCancellable *cancellable)
{
  close_open (open);
  g_task_return_boolean (task, TRUE);
}

/* What is left of the session is for another thread to close. */
static Open
take_open (YmSession *self)
{
  Open open = { g_steal_pointer (&self->notebook), g_steal_pointer (&self->recount) };

  if (open.recount != NULL)
    ym_recount_stop (open.recount);
  answer_all_waiting (self);
  return open;
}

void
ym_session_close (YmSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Open *open;

  g_return_if_fail (YM_IS_SESSION (self) && self->notebook != NULL);
  /* Its thread works on the notebook and waits for nothing of ours but an answer that is cancelled. */
  g_clear_pointer (&self->scheduler, ym_sync_scheduler_free);
  open = g_new (Open, 1);
  *open = take_open (self);
  g_task_set_task_data (task, open, g_free);
  ym_sync_overview_clear (&self->sync);
  g_task_run_in_thread (task, close_thread);
}

static void
ym_session_finalize (GObject *object)
{
  YmSession *self = YM_SESSION (object);
  Open open;

  g_clear_pointer (&self->scheduler, ym_sync_scheduler_free);
  open = take_open (self);
  close_open (&open);
  g_clear_error (&self->damage);
  g_clear_pointer (&self->named, g_ptr_array_unref);
  ym_sync_overview_clear (&self->sync);
  G_OBJECT_CLASS (ym_session_parent_class)->finalize (object);
}

static void
ym_session_class_init (YmSessionClass *class)
{
  G_OBJECT_CLASS (class)->finalize = ym_session_finalize;
  signals[CHANGED]
      = g_signal_new ("changed", YM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PROOF_CHANGED]
      = g_signal_new ("proof-changed", YM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SYNC_CHANGED]
      = g_signal_new ("sync-changed", YM_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ym_session_init (YmSession *self)
{
}

YmSession *
ym_session_new (YmNotebook *notebook)
{
  YmSession *self = g_object_new (YM_TYPE_SESSION, NULL);

  self->notebook = notebook;
  return self;
}
