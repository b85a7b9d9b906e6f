/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything between a closed tablet and an open notebook that takes time: key derivation, recovery, asking the server
 * to be enrolled. Each call is a task on a thread of its own; nothing here knows a widget. */

#include "ui/desk/opening.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/notebook/escrow.h"
#include "sync/client/enrol.h"
#include "sync/client/recover.h"
#include "sync/exchange/enrolment-code.h"
#include "sync/transport/https.h"

typedef struct {
  char *directory;
  YmSecret *passphrase;
  YmStoreOptions options;
  char *address;
  char *code;
  char *device_name;
  const YmOpeningRoad *road;
  YmNotebook *notebook;
  gboolean is_ours; /* the notebook was opened here and nobody has taken it yet */
  YmOpeningState state;
  GError *unchanged; /* (nullable): why keys that were out of escrow are still in use */
  gint64 wait_us;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job->is_ours)
    ym_notebook_close (job->notebook);
  g_free (job->directory);
  ym_secret_free (job->passphrase);
  g_free (job->address);
  g_free (job->code);
  g_free (job->device_name);
  g_clear_error (&job->unchanged);
  g_free (job);
}

static GTask *
new_task (Job *job, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, job, job_free);
  /* What was done stays done: a cancelled question that was answered all the same is an answer. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static Job *
new_job (const char *directory, const YmStoreOptions *options)
{
  Job *job = g_new0 (Job, 1);

  job->directory = g_strdup (directory);
  if (options != NULL)
    job->options = *options;
  return job;
}

static YmNotebook *
take_notebook (Job *job)
{
  job->is_ours = FALSE;
  return g_steal_pointer (&job->notebook);
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  gboolean exists = ym_store_exists (job->directory, &job->options);

  if (exists)
    job->wait_us = ym_store_get_wait_us (job->directory, &job->options);
  g_task_return_boolean (task, exists);
}

void
ym_opening_look (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_task (new_job (directory, options), NULL, callback, user_data);

  g_task_run_in_thread (task, look_thread);
}

gboolean
ym_opening_look_finish (GAsyncResult *result, gint64 *wait_us)
{
  *wait_us = ((Job *) g_task_get_task_data (G_TASK (result)))->wait_us;
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

static gpointer
read_state (YmDesk *desk, gpointer data, GError **error)
{
  YmOpeningState *state = data;
  g_auto (YmEnrolPending) pending = { 0 };
  g_autoptr (GError) not_begun = NULL;

  *state = YM_OPENING_ENROLLED;
  /* After escrow the notebook is there and the device is a new one. */
  if (ym_journal_is_founded (desk->journal)
      && ym_id_equal (ym_journal_get_device (desk->journal), &desk->author.device))
    return state;
  if (ym_enrol_read_pending (desk->db, &pending, &not_begun))
    *state = YM_OPENING_WAITING;
  else if (g_error_matches (not_begun, YM_ERROR, YM_ERROR_NOT_FOUND))
    *state = ym_journal_is_founded (desk->journal) ? YM_OPENING_AGAIN : YM_OPENING_EMPTY;
  else
    {
      g_propagate_error (error, g_steal_pointer (&not_begun));
      return NULL;
    }
  return state;
}

/* Brings what the client keeps up to date before anything else looks at it. */
static gboolean
prepare (YmNotebook *notebook, YmOpeningState *state, GError **error)
{
  const YmSyncStore store = ym_sync_store_of_notebook (notebook);

  return ym_sync_migrate (&store, error)
         && ym_notebook_run (notebook, YM_LANE_WRITE, read_state, state, error) != NULL;
}

static void
unlock_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;

  job->notebook
      = ym_notebook_open_renewed (job->directory, job->passphrase, &job->options, &job->unchanged, &error);
  job->is_ours = TRUE;
  if (job->notebook != NULL && prepare (job->notebook, &job->state, &error))
    {
      ym_notebook_tend_escrow (job->notebook);
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_clear_pointer (&job->notebook, ym_notebook_close);
  job->wait_us = ym_store_get_wait_us (job->directory, &job->options);
  g_task_return_error (task, error);
}

void
ym_opening_unlock (const char *directory, YmSecret *passphrase, const YmStoreOptions *options,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = new_job (directory, options);
  g_autoptr (GTask) task = new_task (job, NULL, callback, user_data);

  job->passphrase = passphrase;
  g_task_run_in_thread (task, unlock_thread);
}

YmNotebook *
ym_opening_unlock_finish (GAsyncResult *result, YmOpeningState *state, gint64 *wait_us, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  *state = job->state;
  *wait_us = job->wait_us;
  return g_task_propagate_boolean (G_TASK (result), error) ? take_notebook (job) : NULL;
}

const char *
ym_opening_unlock_get_warning (GAsyncResult *result)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  return job->unchanged != NULL ? job->unchanged->message : NULL;
}

/* Nouns in the plural with their numbers behind them: no language has to bend them. */
static char *
describe (const YmRecovery *recovery)
{
  const YmJournalSalvage *journal = &recovery->journal;
  guint64 missing = journal->entries > journal->found ? journal->entries - journal->found : 0;

  return g_strdup_printf (recovery->enrolled ? _ ("The store is recovered. Signed records saved: %lu; missing: %lu; drafts saved: %u. Unlock it and sync: "
                                                  "what the server has of the missing ones comes back. The damaged store is kept in “%s”.")
                                             : _ ("The store is recovered. Signed records saved: %lu; missing: %lu; drafts saved: %u. It does not know its "
                                                  "server any more: unlock it and enrol this device again. The damaged store is kept in “%s”."),
                          (gulong) (journal->taken + journal->waiting), (gulong) missing, recovery->drafts,
                          recovery->aside);
}

static void
recover_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_auto (YmRecovery) recovery = { .aside = NULL };
  GError *error = NULL;

  if (ym_recover (job->directory, job->passphrase, &job->options, &recovery, &error))
    {
      g_task_return_pointer (task, describe (&recovery), g_free);
      return;
    }
  job->wait_us = ym_store_get_wait_us (job->directory, &job->options);
  g_task_return_error (task, error);
}

void
ym_opening_recover (const char *directory, YmSecret *passphrase, const YmStoreOptions *options,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = new_job (directory, options);
  g_autoptr (GTask) task = new_task (job, NULL, callback, user_data);

  job->passphrase = passphrase;
  g_task_run_in_thread (task, recover_thread);
}

char *
ym_opening_recover_finish (GAsyncResult *result, gint64 *wait_us, GError **error)
{
  *wait_us = ((Job *) g_task_get_task_data (G_TASK (result)))->wait_us;
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
ym_opening_check_code (const char *code, GError **error)
{
  g_auto (YmEnrolmentCode) parsed = { 0 };

  return ym_enrolment_code_parse (code, &parsed, error);
}

static void
begin_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  YmSyncStore store;
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];

  if (job->notebook == NULL)
    {
      job->notebook = ym_notebook_create (job->directory, job->passphrase, &job->options, &error);
      job->is_ours = TRUE;
    }
  if (job->notebook == NULL || !prepare (job->notebook, &job->state, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  store = ym_sync_store_of_notebook (job->notebook);
  ym_store_public_key (ym_notebook_get_store (job->notebook), public_key);
  if (ym_enrol_begin (&store, public_key, job->address, job->code, job->device_name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ym_opening_begin (const char *directory, YmNotebook *notebook, YmSecret *passphrase, const YmStoreOptions *options,
                  const char *address, const char *code, const char *device_name, GAsyncReadyCallback callback,
                  gpointer user_data)
{
  Job *job = new_job (directory, options);
  g_autoptr (GTask) task = new_task (job, NULL, callback, user_data);

  g_return_if_fail (notebook != NULL || passphrase != NULL);
  job->notebook = notebook;
  job->passphrase = passphrase;
  job->address = g_strdup (address);
  job->code = g_strdup (code);
  job->device_name = g_strdup (device_name);
  g_task_run_in_thread (task, begin_thread);
}

gboolean
ym_opening_begin_finish (GAsyncResult *result, YmNotebook **notebook, GError **error)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  *notebook = take_notebook (job);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gpointer
read_pending (YmDesk *desk, gpointer data, GError **error)
{
  return ym_enrol_read_pending (desk->db, data, error) ? data : NULL;
}

static gboolean
ask (Job *job, GCancellable *cancellable, GError **error)
{
  const YmSyncStore store = ym_sync_store_of_notebook (job->notebook);
  g_auto (YmEnrolPending) pending = { 0 };
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  YmEnrolLink link = { .get_key = job->road->get_key };
  YmEnrolStep step = YM_ENROL_WAITING;
  gboolean good;

  if (ym_notebook_run (job->notebook, YM_LANE_READ, read_pending, &pending, error) == NULL)
    return FALSE;
  link.context = job->road->open (job->road->context, pending.address, &link.transport, error);
  if (link.context == NULL)
    return FALSE;
  ym_store_public_key (ym_notebook_get_store (job->notebook), public_key);
  good = ym_enrol_ask (&store, public_key, &link, cancellable, &step, error);
  job->road->close (link.context);
  job->state = step == YM_ENROL_DONE ? YM_OPENING_ENROLLED : YM_OPENING_WAITING;
  return good;
}

static void
ask_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (ask (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
ym_opening_ask (YmNotebook *notebook, const YmOpeningRoad *road, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
  Job *job = new_job (NULL, NULL);
  g_autoptr (GTask) task = new_task (job, cancellable, callback, user_data);

  job->notebook = notebook;
  job->road = road;
  g_task_run_in_thread (task, ask_thread);
}

gboolean
ym_opening_ask_finish (GAsyncResult *result, gboolean *done, GError **error)
{
  *done = ((Job *) g_task_get_task_data (G_TASK (result)))->state == YM_OPENING_ENROLLED;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
close_thread (GTask *task, gpointer source, gpointer notebook, GCancellable *cancellable)
{
  ym_notebook_close (notebook);
  g_task_return_boolean (task, TRUE);
}

void
ym_opening_close (YmNotebook *notebook, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, notebook, NULL);
  g_task_run_in_thread (task, close_thread);
}

static gpointer
open_https (gpointer context, const char *address, const YmTransport **transport, GError **error)
{
  YmHttps *https = ym_https_new (address, NULL, 0, &ym_https_deadlines_usual, error);

  if (https != NULL)
    *transport = ym_https_transport (https);
  return https;
}

static gboolean
get_https_key (gpointer https, YmHash *key)
{
  return ym_https_get_key (https, key);
}

static void
close_https (gpointer https)
{
  ym_https_free (https);
}

const YmOpeningRoad ym_opening_road_https = { open_https, get_https_key, close_https, NULL };
