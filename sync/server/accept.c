/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From a request's bytes to the answer's, many at once. Everything is decided and appended in one transaction, and no
 * answer leaves before that is on the disk with its sealed head. A job that fails is undone alone.
 */

#include "sync/server/accept.h"

#include "app/base/error.h"
#include "app/base/planted.h"
#include "sync/server/ledger-private.h"

YmJob *
ym_job_new (YmJobKind kind, GBytes *request)
{
  YmJob *job = g_new0 (YmJob, 1);

  job->kind = kind;
  job->request = g_bytes_ref (request);
  return job;
}

void
ym_job_free (YmJob *job)
{
  g_bytes_unref (job->request);
  g_clear_pointer (&job->answer, g_bytes_unref);
  g_free (job);
}

static gboolean
answer_expected_counter (YmLedger *ledger, YmJob *job, const YmRequest *request, guint64 counter, GError **error)
{
  g_autoptr (YmResponse) response = ym_response_new ();

  ledger->counts.old_counters++;
  response->request = ym_hash_of_bytes (job->request);
  response->device = request->device;
  response->expected_counter = counter + 1;
  job->answer = ym_response_seal (response, &request->force, &ledger->options.signer, error);
  job->status = 200;
  return job->answer != NULL;
}

static gboolean
give_held (YmLedger *ledger, const YmId *device, YmResponse *response, GError **error)
{
  GArray *chains = ym_journal_chains (ledger->journal, device, error);

  if (chains == NULL)
    return FALSE;
  g_array_unref (response->held);
  response->held = chains;
  return TRUE;
}

/*
 * A device whose cursor is of another epoch: the ledger was put back since. What it pushes could not be judged before
 * others have brought back what it stands on, so it is told how the ledger is now, and nothing else.
 */
static gboolean
answer_epoch (YmLedger *ledger, const YmRequest *request, YmResponse *response, GError **error)
{
  if (request->groups->len > 0)
    response->stop = ym_stop_new (YM_STOP_EPOCH, 0, "the ledger is in another epoch");
  response->more = TRUE;
  return ym_device_state_count (ledger, &request->device, request->counter, error)
         && give_held (ledger, &request->device, response, error);
}

static gboolean
take_and_pull (YmLedger *ledger, const YmRequest *request, const YmCertificate *certificate, YmResponse *response,
               GError **error)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_run_free);
  g_autoptr (YmReturned) returned = ym_returned_open (ledger, request, error);
  gboolean revoked;

  return returned != NULL && ym_device_state_count (ledger, &request->device, request->counter, error)
         && ym_enrol_finish (ledger, &request->device, error)
         && ym_groups_take (ledger, request->groups, returned, runs, &response->stop, error)
         && ym_receipts_give (ledger, runs, response->receipts, error)
         && ym_device_is_revoked (ledger, &request->device, &revoked, error)
         && ym_pull (ledger, request, certificate, revoked, response, error)
         && give_held (ledger, &request->device, response, error);
}

static gboolean
answer_exchange (YmLedger *ledger, YmJob *job, const YmRequest *request, const YmCertificate *certificate,
                 GError **error)
{
  g_autoptr (YmResponse) response = ym_response_new ();
  gboolean same_epoch = !request->has_cursor || ym_id_equal (&request->cursor.epoch, &ledger->epoch);

  response->request = ym_hash_of_bytes (job->request);
  response->device = request->device;
  response->epoch = ledger->epoch;
  g_array_append_vals (response->past, ledger->past->data, ledger->past->len);
  response->server_us = ledger->now_us;
  if (same_epoch ? !take_and_pull (ledger, request, certificate, response, error)
                 : !answer_epoch (ledger, request, response, error))
    return FALSE;
  ledger->counts.exchanges++;
  ledger->counts.entries_sent += response->entries->len;
  ledger->counts.stops += response->stop != NULL;
  job->answer = ym_response_seal (response, &request->force, &ledger->options.signer, error);
  job->status = 200;
  return job->answer != NULL;
}

static gboolean
exchange (YmLedger *ledger, YmJob *job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (YmRequest) request = ym_request_decode (job->request, &failure);
  YmCertificate certificate;
  YmDeviceState state;
  gboolean known;

  if (request == NULL)
    {
      ym_job_turn_away_undecoded (job, failure);
      return TRUE;
    }
  if (!ym_device_admit (ledger, job, YM_MESSAGE_REQUEST, &request->force, &request->server, &request->device,
                        &certificate, &known, error))
    return FALSE;
  if (!known)
    return TRUE;
  if (!ym_device_state_read (ledger, &request->device, &state, error))
    return FALSE;
  if (request->counter <= state.counter && !ym_planted ("counter"))
    return answer_expected_counter (ledger, job, request, state.counter, error);
  return answer_exchange (ledger, job, request, &certificate, error);
}

static gboolean (*const kinds[]) (YmLedger *ledger, YmJob *job, GError **error) = {
  [YM_JOB_EXCHANGE] = exchange,
  [YM_JOB_ENROL] = ym_enrol,
  [YM_JOB_ADMINISTER] = ym_administer,
};

/*
 * A job that fails is undone, whatever the reason: if the store itself is in trouble, undoing or committing fails too, and
 * with it every job; otherwise the trouble is this job's alone, and a poisoned one can't hold up a force.
 */
static gboolean
run_job (YmLedger *ledger, YmJob *job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  YmLedgerStep step;
  YmAcceptCounts counts = ledger->counts;

  if (!ym_ledger_begin_step (ledger, &step, error))
    return FALSE;
  if (kinds[job->kind](ledger, job, &failure))
    {
      ledger->counts.turned_away += job->status != 200;
      return ym_ledger_end_step (ledger, error);
    }
  g_warning ("event=job-failed kind=%d error=\"%s\"", job->kind, failure->message);
  g_clear_pointer (&job->answer, g_bytes_unref);
  ym_job_turn_away (job, 500, "failed");
  ledger->counts = counts;
  ledger->counts.turned_away++;
  return ym_ledger_undo_step (ledger, &step, error);
}

/* Nothing is committed where nothing was written: who sends rubbish must not cost the force a sync each time. */
static gboolean
run_all (YmLedger *ledger, YmJob *const *jobs, guint n_jobs, GError **error)
{
  sqlite3 *db = ym_journal_get_db (ledger->journal);
  int changes;

  if (!ym_ledger_begin (ledger, error))
    return FALSE;
  changes = sqlite3_total_changes (db);
  for (guint i = 0; i < n_jobs; i++)
    if (!run_job (ledger, jobs[i], error))
      {
        ym_ledger_rollback (ledger);
        return FALSE;
      }
  if (sqlite3_total_changes (db) != changes)
    return ym_ledger_commit (ledger, error) || ym_planted ("ack-early");
  ym_ledger_rollback (ledger);
  return TRUE;
}

/* The order is out of reach: others may have it, this process goes on, and devices try again. */
static gboolean
is_passing (const GError *failure)
{
  return g_error_matches (failure, YM_ERROR, YM_ERROR_NETWORK);
}

gboolean
ym_accept_jobs (YmLedger *ledger, YmJob *const *jobs, guint n_jobs, GError **error)
{
  const YmAcceptCounts counts = ledger->counts;
  gboolean ready = ym_ledger_is_ready (ledger);
  g_autoptr (GError) failure = NULL;

  if (ready && run_all (ledger, jobs, n_jobs, &failure))
    return TRUE;
  ledger->counts = counts;
  for (guint i = 0; i < n_jobs; i++)
    {
      g_clear_pointer (&jobs[i]->answer, g_bytes_unref);
      ym_job_turn_away (jobs[i], 503, ready ? "not-stored" : "not-certified");
    }
  ledger->counts.turned_away += n_jobs;
  if (failure == NULL)
    return TRUE;
  if (is_passing (failure))
    {
      g_warning ("event=ledger-out-of-reach error=\"%s\"", failure->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

YmAcceptCounts
ym_accept_get_counts (YmLedger *ledger)
{
  return ledger->counts;
}
