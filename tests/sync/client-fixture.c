/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/sync/client-fixture.h"

#include <string.h>

#include "app/base/error.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/compress.h"

static GBytes *
fail_network (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, "cut");
  return NULL;
}

static GBytes *
fail_unreachable (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_UNREACHABLE, "away");
  return NULL;
}

static GBytes *
seal (TestWire *wire, const YmResponse *response)
{
  g_autoptr (GError) error = NULL;
  GBytes *sealed
      = ym_response_seal (response, &wire->server->force.force, &wire->forger->author.signer, &error);

  g_assert_no_error (error);
  return sealed;
}

/* An answer in the server's place, which then does not see the request. */
static GBytes *
answer_instead (TestWire *wire, GBytes *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmResponse) response = NULL;

  g_clear_pointer (&wire->request, ym_request_free);
  wire->request = ym_request_decode (request, &error);
  g_assert_no_error (error);
  response = wire->answer == NULL ? NULL : wire->answer (wire, wire->request);
  if (response == NULL)
    return NULL;
  response->request = ym_hash_of_bytes (request);
  response->device = wire->request->device;
  return seal (wire, response);
}

static GBytes *
alter (TestWire *wire, GBytes *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmResponse) response = NULL;

  if (wire->alter == NULL)
    return g_bytes_ref (answer);
  response = ym_response_decode (answer, &error);
  g_assert_no_error (error);
  wire->alter (wire, response);
  return seal (wire, response);
}

static GBytes *
serve (TestWire *wire, YmJobKind kind, GBytes *request, guint *http_status)
{
  GBytes *answer = kind == YM_JOB_EXCHANGE ? answer_instead (wire, request) : NULL;

  if (answer != NULL)
    {
      *http_status = 200;
      return answer;
    }
  for (guint i = 0; i < (wire->posts == wire->twice ? 2 : 1); i++)
    {
      g_clear_pointer (&answer, g_bytes_unref);
      answer = test_server_post (wire->server, kind, request, http_status, NULL);
    }
  return answer;
}

static GBytes *
post (gpointer context, const char *path, GBytes *body, gsize most_answer_bytes, guint *http_status,
      GCancellable *cancellable, GError **error)
{
  TestWire *wire = context;
  YmJobKind kind = test_job_kind (path);
  g_autoptr (GBytes) request
      = kind == YM_JOB_EXCHANGE ? ym_inflate (body, YM_EXCHANGE_MAX_BYTES, error) : g_bytes_ref (body);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GBytes) altered = NULL;

  g_assert_nonnull (request);
  wire->posts++;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (wire->away)
    return fail_unreachable (error);
  if (wire->posts == wire->lose_request)
    return fail_network (error);
  answer = serve (wire, kind, request, http_status);
  if (wire->posts == wire->lose_answer)
    return fail_network (error);
  if (wire->status != 0)
    *http_status = wire->status;
  if (answer == NULL)
    return g_bytes_new_static ("", 0);
  if (kind != YM_JOB_EXCHANGE)
    return g_steal_pointer (&answer);
  altered = alter (wire, answer);
  return ym_compress (altered);
}

void
test_wire_init (TestWire *wire, TestServer *server)
{
  *wire = (TestWire){ .server = server, .transport = { post, wire }, .forger = &server->server_keys };
  wire->server->server_keys.author = (YmAuthor){ server->server, { server->force.devices[0].author.signer.sign,
                                                                   &server->server_keys } };
}

void
test_wire_clear (TestWire *wire)
{
  g_clear_pointer (&wire->request, ym_request_free);
}

static void
take_identity (TestServer *server, YmJournal *journal)
{
  const YmPlacement nowhere = { .placed = FALSE };
  g_autoptr (GBytes) identity = test_server_identity (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmBundle) bundle = ym_bundle_decode (identity, &error);

  test_succeeds (ym_journal_begin (journal, &error), error);
  for (guint i = 0; i < bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (bundle->parcels, i);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, &error);

      test_succeeds (ym_journal_take (journal, arrival, &nowhere, &error), error);
    }
  test_succeeds (ym_journal_commit (journal, &error), error);
}

void
test_unit_init (TestUnit *unit, TestWire *wire, int device)
{
  TestForce *force = &wire->server->force;
  g_autoptr (GError) error = NULL;
  YmSyncClientOptions options;

  unit->device = &force->devices[device];
  unit->journal = test_journal_open (force, device);
  unit->store = ym_sync_store_direct (unit->journal);
  take_identity (wire->server, unit->journal);
  test_succeeds (ym_sync_migrate (&unit->store, &error), error);
  options = (YmSyncClientOptions){ .store = unit->store,
                                   .transport = &wire->transport,
                                   .device = unit->device->author,
                                   .clock = &force->clock,
                                   .random = &force->random };
  unit->client = ym_sync_client_new (&options);
}

void
test_unit_clear (TestUnit *unit)
{
  ym_sync_client_free (unit->client);
  test_journal_close (unit->journal);
}

void
test_unit_sync (TestUnit *unit)
{
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_sync_run (unit->client, NULL, NULL, NULL, &unit->result, &error), error);
}

void
test_unit_fail (TestUnit *unit, YmError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ym_sync_run (unit->client, NULL, NULL, NULL, &unit->result, &error));
  g_assert_error (error, YM_ERROR, (int) code);
}

YmRecord *
test_unit_visit (TestServer *server, TestUnit *unit, const YmId *home, gsize n_letters)
{
  int device = (int) (unit->device - server->force.devices);
  YmRecord *visit = test_visit (&server->force, device, home);
  g_autofree char *notes = g_strnfill (n_letters, 'n');

  ym_record_set_text (visit, YM_VISIT_NOTES, notes);
  test_write (unit->journal, unit->device, "visit.sign-off", NULL, visit);
  return visit;
}

YmSyncStanding
test_unit_standing (TestUnit *unit, const YmRecord *record)
{
  g_autoptr (GError) error = NULL;
  YmSyncStanding standing;

  test_succeeds (ym_sync_standing_read (ym_journal_get_db (unit->journal), record->form->id, &record->scope, &record->id,
                                        &standing, &error),
                 error);
  return standing;
}
