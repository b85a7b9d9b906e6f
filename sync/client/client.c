/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * One round of sync. Each turn of it is: one transaction that numbers the request and notes what is on its way, the
 * network, one transaction that keeps the whole answer. Whatever is cut in between is sent again, and is in the
 * ledger once.
 */

#include "sync/client/client.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/backfill.h"
#include "app/journal/salvage.h"
#include "sync/client/answer.h"
#include "sync/client/fact.h"
#include "sync/client/http-status.h"
#include "sync/client/offer.h"
#include "sync/client/outbox.h"
#include "sync/client/stop.h"
#include "sync/exchange/compress.h"
#include "sync/exchange/request.h"

#define EXCHANGE_PATH "/v1/exchange"

struct _YmSyncClient {
  YmSyncClientOptions options;
  GArray *authors; /* of YmId; NULL until the first turn has read them, if they were not handed in */
};

/* One round, and in it the turn that is under way. */
typedef struct {
  YmSyncClient *client;
  GCancellable *cancellable;
  YmSyncResult *result;
  YmId force;
  YmServerIdentity server;
  guint64 least_counter;
  gboolean counter_told;
  YmOutboxAgain again;
  gboolean salvaged; /* the store was, and has not heard all that the server holds: nothing is pushed before */
  gboolean mended;   /* this turn was the one that completed it */
  gint64 healing;    /* the server was put back, and what it has now is not all here: nothing is pushed before */
  gboolean healed;   /* this turn was the one that completed it */
  gboolean went_back; /* to where the server's ledger was put back, in this round */
  gboolean goes_back; /* in this turn */
  GError *blocked; /* why nothing is pushed any more; pulling goes on */
  YmRequest *request;
  GBytes *sealed;
  YmOutbox outbox;
  YmResponse *response;
  GBytes *response_bytes;
  YmAnswerCounts counts;
} Round;

YmSyncClient *
ym_sync_client_new (const YmSyncClientOptions *options)
{
  YmSyncClient *client = g_new0 (YmSyncClient, 1);

  client->options = *options;
  client->options.authors = NULL;
  if (options->n_authors > 0)
    {
      client->authors = g_array_new (FALSE, FALSE, sizeof (YmId));
      g_array_append_vals (client->authors, options->authors, options->n_authors);
    }
  return client;
}

void
ym_sync_client_free (YmSyncClient *client)
{
  if (client == NULL)
    return;
  g_clear_pointer (&client->authors, g_array_unref);
  g_free (client);
}

static void
clear_turn (Round *round)
{
  ym_server_identity_clear (&round->server);
  g_clear_pointer (&round->request, ym_request_free);
  g_clear_pointer (&round->sealed, g_bytes_unref);
  ym_outbox_clear (&round->outbox);
  g_clear_pointer (&round->response, ym_response_free);
  g_clear_pointer (&round->response_bytes, g_bytes_unref);
}

/* What the device says of itself: how far it is, and what it has of its own. */
static gboolean
describe_device (Round *round, YmJournal *journal, GError **error)
{
  YmRequest *request = round->request;
  const YmSyncClientOptions *options = &round->client->options;
  g_autoptr (GArray) chains = round->salvaged ? ym_journal_salvage_chains (journal, &options->device.device, error)
                                              : ym_journal_chains (journal, &options->device.device, error);
  g_autoptr (GArray) backfills = chains == NULL ? NULL : ym_journal_backfills (ym_journal_get_db (journal), error);

  if (backfills == NULL)
    return FALSE;
  request->force = round->force;
  request->device = options->device.device;
  request->server = round->server.id;
  request->has_cursor = ym_journal_get_cursor (journal, &request->cursor);
  for (guint i = 0; i < chains->len; i++)
    if (g_array_index (chains, YmChainPoint, i).sequence > 0)
      g_array_append_val (request->own, g_array_index (chains, YmChainPoint, i));
  for (guint i = 0; i < backfills->len; i++)
    {
      const YmJournalBackfill *open = &g_array_index (backfills, YmJournalBackfill, i);
      const YmBackfill backfill = { open->scope, open->number, FALSE };

      g_array_append_val (request->backfills, backfill);
    }
  ym_random_fill (options->random, request->nonce, sizeof request->nonce);
  return TRUE;
}

static const YmId *
authors_of (const YmSyncClient *client)
{
  return (const YmId *) client->authors->data;
}

static gboolean
find_authors (YmSyncClient *client, YmJournal *journal, GError **error)
{
  if (client->authors == NULL)
    client->authors = ym_journal_own_authors (journal, &client->options.device.device, error);
  return client->authors != NULL;
}

/* The first transaction of a turn. */
static gboolean
prepare (YmJournal *journal, gpointer data, GError **error)
{
  Round *round = data;
  const YmSyncClientOptions *options = &round->client->options;
  sqlite3 *db = ym_journal_get_db (journal);
  guint n_authors;

  round->force = *ym_journal_get_force (journal);
  round->request = ym_request_new ();
  round->healed = round->goes_back = FALSE;
  if (!ym_journal_salvage_is_open (db, &round->salvaged, error)
      || !ym_sync_fact_get_integer (db, YM_SYNC_FACT_HEALING, &round->healing, error)
      || !find_authors (round->client, journal, error))
    return FALSE;
  n_authors = round->blocked == NULL && !round->salvaged && !round->healing ? round->client->authors->len : 0;
  if (!ym_server_identity_read (db, &round->server, error) || !describe_device (round, journal, error)
      || !ym_sync_next_counter (db, round->least_counter, &round->request->counter, error)
      || !ym_outbox_fill (db, authors_of (round->client), n_authors, &round->again, &round->outbox, error)
      || !ym_outbox_mark (db, &round->outbox, ym_clock_wall_us (options->clock), error))
    return FALSE;
  g_ptr_array_unref (round->request->groups);
  round->request->groups = g_ptr_array_ref (round->outbox.groups);
  g_ptr_array_unref (round->request->receipts);
  round->request->receipts = g_ptr_array_ref (round->outbox.receipts);
  /* Push runs to its end before anything is pulled: what the officer wrote matters more than what others did. */
  round->request->most_bytes = round->outbox.more ? 0 : YM_EXCHANGE_BATCH_BYTES;
  return TRUE;
}

static gboolean
exchange (Round *round, GError **error)
{
  const YmSyncClientOptions *options = &round->client->options;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  guint status;

  round->sealed = ym_request_seal (round->request, &options->device.signer, error);
  if (round->sealed == NULL)
    return FALSE;
  body = ym_compress (round->sealed);
  answer = ym_transport_post (options->transport, EXCHANGE_PATH, body, YM_EXCHANGE_MAX_BYTES, &status,
                              round->cancellable, error);
  if (answer == NULL || !ym_http_status_check (status, error))
    return FALSE;
  round->response = ym_answer_open (&round->server, &round->force, &options->device.device, round->sealed, answer,
                                    &round->response_bytes, error);
  return round->response != NULL;
}

static gboolean
unmark (YmJournal *journal, gpointer data, GError **error)
{
  const Round *round = data;

  return ym_outbox_unmark (ym_journal_get_db (journal), &round->outbox, error);
}

/* "Sent" is said of what may have arrived: without a connection nothing can have. */
static gboolean
exchange_or_unmark (Round *round, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (exchange (round, &failure))
    return TRUE;
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_UNREACHABLE)
      && !ym_sync_store_write (&round->client->options.store, unmark, round, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
has_backfill (const YmResponse *response)
{
  for (guint i = 0; i < response->backfills->len; i++)
    if (!g_array_index (response->backfills, YmBackfill, i).complete)
      return TRUE;
  return FALSE;
}

/* A salvaged store that has all that the server holds: only now it can be told what has to be sent, and how. */
static gboolean
mend_if_complete (Round *round, YmJournal *journal, GError **error)
{
  round->mended = round->salvaged && !round->response->more && !has_backfill (round->response);
  return !round->mended || ym_journal_salvage_mend (journal, &round->client->options.device, error);
}

/* All that a restored server holds is here: now what it lacks can be offered. */
static gboolean
end_healing_if_complete (Round *round, sqlite3 *db, GError **error)
{
  round->healed = round->healing && !round->response->more && !has_backfill (round->response);
  return !round->healed || ym_sync_fact_set_integer (db, YM_SYNC_FACT_HEALING, 0, error);
}

/* Once in a round: a server that is put back again and again in a minute has something else the matter. */
static gboolean
go_back (Round *round, YmJournal *journal, GError **error)
{
  if (round->went_back)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                           _ ("The server's ledger is another with each answer. Everything on this device is kept; tell "
                              "your administrator."));
      return FALSE;
    }
  round->went_back = TRUE;
  return ym_answer_go_back (journal, round->response, error)
         && ym_outbox_unmark (ym_journal_get_db (journal), &round->outbox, error);
}

/* Each group that the server has answered for has its receipt now, or will not get one. */
static gboolean
settle_outbox (Round *round, sqlite3 *db, guint *pending, GError **error)
{
  const YmStop *stop = round->response->stop;
  guint n_groups = round->outbox.groups->len;
  guint n_taken = stop == NULL ? n_groups : MIN (stop->group, n_groups);

  *pending = 0;
  if (!round->outbox.offers)
    return ym_outbox_count_pending (db, &round->outbox, n_taken, pending, error);
  if (stop != NULL && stop->code != YM_STOP_NEWER && n_taken < n_groups)
    n_taken++; /* this one it can't take */
  return ym_offer_settle (db, &round->outbox, n_taken, error);
}

/* The second transaction of a turn. */
static gboolean
keep (YmJournal *journal, gpointer data, GError **error)
{
  Round *round = data;
  sqlite3 *db = ym_journal_get_db (journal);
  guint pending;

  if (!ym_answer_is_other_epoch (journal, round->response, &round->goes_back, error))
    return FALSE;
  if (round->goes_back)
    return go_back (round, journal, error);
  if (!ym_answer_keep (journal, &round->client->options.device.device, authors_of (round->client),
                       round->client->authors->len, round->response, &round->counts, error)
      || !mend_if_complete (round, journal, error) || !end_healing_if_complete (round, db, error)
      || !ym_outbox_unmark (db, &round->outbox, error) || !settle_outbox (round, db, &pending, error))
    return FALSE;
  if (pending == 0 || ym_planted ("unreceipted"))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("The server answered without a receipt for what was sent. Everything is kept on this device; "
                          "tell your administrator."));
  return FALSE;
}

static gboolean
keep_proof (YmJournal *journal, gpointer data, GError **error)
{
  Round *round = data;
  YmHash hash = ym_hash_of_bytes (round->response_bytes);

  return ym_journal_keep_evidence (journal, "response", &hash, round->response_bytes, NULL, error);
}

/* A response that the server signed and that can't be true is kept as what it is: a proof against the server. */
static gboolean
keep_or_accuse (Round *round, GError **error)
{
  const YmSyncStore *store = &round->client->options.store;
  g_autoptr (GError) failure = NULL;

  if (ym_sync_store_write (store, keep, round, &failure))
    return TRUE;
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_SIGNATURE) && !ym_sync_store_write (store, keep_proof, round, error))
    return FALSE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
count (Round *round)
{
  YmSyncResult *result = round->result;

  result->requests++;
  if (round->goes_back)
    return;
  result->pushed += round->outbox.entries->len;
  result->receipted += round->counts.placed;
  result->refused += round->counts.refused;
  result->pulled += round->counts.taken;
}

/* Whether a backfill is further than it was when the request was made. */
static gboolean
has_moved (const YmBackfill *backfill, const YmRequest *request)
{
  for (guint i = 0; i < request->backfills->len; i++)
    {
      const YmBackfill *before = &g_array_index (request->backfills, YmBackfill, i);

      if (ym_id_equal (&before->scope, &backfill->scope))
        return backfill->complete || backfill->number > before->number;
    }
  return TRUE;
}

/* A server that says "more" and gives nothing would keep the round going for ever. */
static gboolean
check_progress (const Round *round, gboolean wants_more, GError **error)
{
  const YmResponse *response = round->response;
  const YmRequest *request = round->request;
  gboolean moved = round->counts.placed > 0 || round->counts.taken > 0 || response->stop != NULL || !request->has_cursor
                   || response->through > request->cursor.number || round->again.active || round->mended || round->healed
                   || round->goes_back || round->outbox.offers;

  for (guint i = 0; i < response->backfills->len && !moved; i++)
    moved = has_moved (&g_array_index (response->backfills, YmBackfill, i), request);
  if (!wants_more || moved)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("The server says that there is more but does not give it. Tell your administrator."));
  return FALSE;
}

/* What the server sent back for a counter that was too low: a copy of this store has used it. */
static gboolean
adopt_counter (Round *round, GError **error)
{
  round->least_counter = round->response->expected_counter;
  if (!round->counter_told)
    {
      round->counter_told = TRUE;
      return TRUE;
    }
  g_set_error_literal (error, YM_ERROR, YM_ERROR_AUTHORITY,
                       _ ("Another copy of this device is talking to the server at the same time. Stop using one of them "
                          "and tell your administrator."));
  return FALSE;
}

/* One turn; @more says whether another one is needed. */
static gboolean
take_turn (Round *round, gboolean *more, GError **error)
{
  const YmSyncClientOptions *options = &round->client->options;
  const YmResponse *response;

  *more = TRUE;
  if (g_cancellable_set_error_if_cancelled (round->cancellable, error)
      || !ym_sync_store_write (&options->store, prepare, round, error) || !exchange_or_unmark (round, error))
    return FALSE;
  response = round->response;
  if (response->expected_counter > 0)
    return adopt_counter (round, error);
  if (!keep_or_accuse (round, error))
    return FALSE;
  count (round);
  if (response->stop != NULL && !round->goes_back && (!round->outbox.offers || response->stop->code == YM_STOP_NEWER))
    ym_stop_answer (response->stop, round->outbox.groups, &round->again, &round->blocked);
  else if (round->again.active)
    round->again = (YmOutboxAgain){ .active = round->outbox.more, .author = round->again.author,
                                    .chain = round->again.chain, .after = round->outbox.last };
  *more = round->mended || round->healed || round->goes_back || round->outbox.more || response->more || has_backfill (response)
          || (response->stop != NULL && round->outbox.groups->len > 0);
  return check_progress (round, *more, error);
}

static gboolean
run (Round *round, YmSyncProgress progress, gpointer data, GError **error)
{
  gboolean more = TRUE;

  while (more)
    {
      gboolean turned;

      clear_turn (round);
      turned = take_turn (round, &more, error);
      if (!turned)
        return FALSE;
      if (progress != NULL)
        progress (data, round->result);
    }
  if (round->blocked == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&round->blocked));
  return FALSE;
}

/* How the round went, for the screen that says so. */
typedef struct {
  gint64 now_us;
  const GError *error;
} Ending;

static gboolean
note_ending (YmJournal *journal, gpointer data, GError **error)
{
  const Ending *ending = data;
  sqlite3 *db = ym_journal_get_db (journal);
  const GError *failure = ending->error;
  gint64 code = failure != NULL && failure->domain == YM_ERROR ? failure->code : -1;

  return ym_sync_fact_set_integer (db, YM_SYNC_FACT_TRIED_AT, ending->now_us, error)
         && (failure != NULL || ym_sync_fact_set_integer (db, YM_SYNC_FACT_SUCCEEDED_AT, ending->now_us, error))
         && ym_sync_fact_set_text (db, YM_SYNC_FACT_ERROR, failure == NULL ? NULL : failure->message, error)
         && ym_sync_fact_set_integer (db, YM_SYNC_FACT_ERROR_CODE, code, error);
}

gboolean
ym_sync_run (YmSyncClient *client, YmSyncProgress progress, gpointer data, GCancellable *cancellable,
             YmSyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Round round = { .client = client, .cancellable = cancellable, .result = result };
  gboolean good;

  *result = (YmSyncResult){ 0 };
  good = run (&round, progress, data, &failure);
  clear_turn (&round);
  g_clear_error (&round.blocked);
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      Ending ending = { ym_clock_wall_us (client->options.clock), failure };
      g_autoptr (GError) unnoted = NULL;

      if (!ym_sync_store_write (&client->options.store, note_ending, &ending, &unnoted) && good)
        {
          g_propagate_error (error, g_steal_pointer (&unnoted));
          return FALSE;
        }
    }
  if (!good)
    g_propagate_error (error, g_steal_pointer (&failure));
  return good;
}
