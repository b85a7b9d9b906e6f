/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exchange of docs/protocol.md, as the document tells it. */

#include "tests/sync/exchange-example.h"

#include "app/forms/fields.h"
#include "tests/journal/example.h"

#include <string.h>

#define COLLEAGUE 0xb0
#define COLLEAGUE_SEED 0x03
#define COLLEAGUE_CHAIN 0xf0
#define ACTION 0x10
#define ADMINISTRATOR 0x40
#define ADMINISTRATOR_SEED 0x05
#define ROOT_SEED 0x04
#define SEALING_KEY 0x20
#define DEVICE_NAME "Llechen 7"
#define RECEIVED_US (EXAMPLE_WALL_US + G_GINT64_CONSTANT (3600000000)) /* an hour later */

static YmParcel *
example_parcel (const Exchange *exchange)
{
  g_autoptr (YmChangeSet) change_set = example_change_set ();
  g_autoptr (GBytes) change_set_bytes = ym_change_set_encode (change_set, NULL);
  YmEnvelope envelope = example_envelope (change_set_bytes);
  g_autoptr (GBytes) sealed = ym_envelope_seal (&envelope, &exchange->force, &exchange->device.signer, NULL);

  return ym_parcel_new (sealed, change_set_bytes);
}

/* The deputy has seen an action done: the first envelope of a device that has synced nothing yet. */
static YmParcel *
colleagues_parcel (const Exchange *exchange)
{
  const YmValue none = YM_VALUE_INIT, done_on = ym_value_integer (20526); /* 2026-03-14 */
  YmId action = fixed_id (ACTION);
  g_autoptr (YmChangeSet) change_set = example_change_set ();
  g_autoptr (GBytes) change_set_bytes = NULL;
  g_autoptr (GBytes) sealed = NULL;
  YmOperation *operation = ym_operation_new (YM_FORM_ACTION, YM_OPERATION_UPDATE, &action);
  YmEnvelope envelope;

  g_ptr_array_set_size (change_set->operations, 0);
  ym_operation_set (operation, YM_ACTION_DONE_ON, &none, &done_on);
  ym_change_set_add (change_set, operation);
  change_set_bytes = ym_change_set_encode (change_set, NULL);

  envelope = example_envelope (change_set_bytes);
  envelope.author = fixed_id (COLLEAGUE);
  envelope.chain = fixed_id (COLLEAGUE_CHAIN);
  envelope.sequence = 1;
  memset (&envelope.previous, 0, sizeof envelope.previous);
  envelope.stream_previous_sequence = 0;
  envelope.has_base = FALSE;
  envelope.subject = action;
  g_assert_true (ym_envelope_set_intent (&envelope, "action.done"));
  sealed = ym_envelope_seal (&envelope, &exchange->force, &exchange->colleague.signer, NULL);
  return ym_parcel_new (sealed, change_set_bytes);
}

static YmRequest *
example_request (const Exchange *exchange)
{
  YmRequest *request = ym_request_new ();
  GPtrArray *group = ym_group_new ();
  YmChainPoint own = {
    .chain = fixed_id (EXAMPLE_CHAIN),
    .sequence = 3,
    .hash = ym_hash_of_bytes (exchange->parcel->envelope),
  };

  request->force = exchange->force;
  request->device = fixed_id (EXAMPLE_DEVICE);
  request->server = fixed_id (EXAMPLE_SERVER);
  request->counter = 7;
  for (guint i = 0; i < sizeof request->nonce; i++)
    request->nonce[i] = 0x30 + i;
  request->has_cursor = TRUE;
  request->cursor = (YmPosition){ .epoch = fixed_id (EXAMPLE_EPOCH), .number = 41 };
  g_array_append_val (request->own, own);
  request->most_bytes = YM_EXCHANGE_BATCH_BYTES;
  g_ptr_array_add (group, ym_parcel_new (exchange->parcel->envelope, exchange->parcel->change_set));
  g_ptr_array_add (request->groups, group);
  return request;
}

static YmReceipt *
example_receipt (const Exchange *exchange)
{
  YmReceipt *receipt = ym_receipt_new ();
  YmOutcome outcome = { .position = 43, .disposition = YM_DISPOSITION_ACCEPTED };

  receipt->force = exchange->force;
  receipt->epoch = fixed_id (EXAMPLE_EPOCH);
  receipt->server = fixed_id (EXAMPLE_SERVER);
  receipt->author = fixed_id (EXAMPLE_DEVICE);
  receipt->first = 3;
  receipt->last = g_array_index (exchange->request->own, YmChainPoint, 0);
  g_array_append_val (receipt->outcomes, outcome);
  receipt->server_us = RECEIVED_US;
  return receipt;
}

static YmResponse *
example_response (const Exchange *exchange)
{
  YmResponse *response = ym_response_new ();
  YmOutcome outcome = { .position = 42, .disposition = YM_DISPOSITION_LATE, .reason = YM_REASON_NOT_ASSIGNED };
  YmPosition past = { .epoch = fixed_id (EXAMPLE_PAST_EPOCH), .number = 12 };
  YmParcel *parcel = ym_parcel_new (exchange->colleagues_parcel->envelope, exchange->colleagues_parcel->change_set);

  response->request = ym_hash_of_bytes (exchange->request_bytes);
  response->device = fixed_id (EXAMPLE_DEVICE);
  response->epoch = fixed_id (EXAMPLE_EPOCH);
  g_array_append_val (response->held, exchange->receipt->last);
  g_ptr_array_add (response->receipts, g_bytes_ref (exchange->receipt_bytes));
  g_ptr_array_add (response->entries, ym_entry_new (parcel, &outcome, RECEIVED_US - 1));
  response->through = 43;
  response->server_us = RECEIVED_US;
  response->oldest_backup = 30;
  g_array_append_val (response->past, past);
  return response;
}

YmEnrolmentCode
example_code (void)
{
  YmEnrolmentCode code = {
    .id = { 0xa1, 0xa2, 0xa3, 0xa4, 0xa5 },
    .secret = { 0xb0, 0xb1, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9 },
  };
  FixedKeys root;
  YmHash hash;

  fixed_keys_init (&root, ROOT_SEED);
  hash = ym_hash_of (root.public_key, sizeof root.public_key);
  memcpy (code.root, hash.bytes, sizeof code.root);
  return code;
}

YmEnrolmentPost *
example_post (void)
{
  YmEnrolmentCode code = example_code ();
  YmHash sealing_key = fixed_hash (SEALING_KEY);
  FixedKeys device;

  fixed_keys_init (&device, EXAMPLE_DEVICE_SEED);
  return ym_enrolment_post_new (&code, device.public_key, sealing_key.bytes, DEVICE_NAME);
}

static YmAdministration
example_administration (const Exchange *exchange)
{
  YmEnrolmentCode code = example_code ();
  YmAdministration administration = {
    .force = exchange->force,
    .device = fixed_id (ADMINISTRATOR),
    .server = fixed_id (EXAMPLE_SERVER),
    .counter = 12,
    .action = YM_ADMINISTRATION_FETCH,
  };

  memcpy (administration.code_id, code.id, sizeof code.id);
  return administration;
}

static YmAdministered *
example_administered (const Exchange *exchange)
{
  g_autoptr (YmEnrolmentPost) post = example_post ();
  YmAdministered *administered = ym_administered_new ();

  administered->request = ym_hash_of_bytes (exchange->administration_bytes);
  g_ptr_array_add (administered->posts, ym_enrolment_post_encode (post, NULL));
  return administered;
}

void
exchange_init (Exchange *exchange)
{
  fixed_keys_init (&exchange->device, EXAMPLE_DEVICE_SEED);
  fixed_keys_init (&exchange->colleague, COLLEAGUE_SEED);
  fixed_keys_init (&exchange->server, EXAMPLE_SERVER_SEED);
  exchange->force = fixed_id (EXAMPLE_FORCE);
  exchange->parcel = example_parcel (exchange);
  exchange->colleagues_parcel = colleagues_parcel (exchange);
  exchange->request = example_request (exchange);
  exchange->request_bytes = ym_request_seal (exchange->request, &exchange->device.signer, NULL);
  exchange->receipt = example_receipt (exchange);
  exchange->receipt_bytes = ym_receipt_seal (exchange->receipt, &exchange->server.signer, NULL);
  exchange->response = example_response (exchange);
  exchange->response_bytes
    = ym_response_seal (exchange->response, &exchange->force, &exchange->server.signer, NULL);
  exchange->bundle = ym_bundle_new (&exchange->force);
  g_ptr_array_add (exchange->bundle->parcels,
                   ym_parcel_new (exchange->parcel->envelope, exchange->parcel->change_set));
  g_ptr_array_add (exchange->bundle->parcels, ym_parcel_new (exchange->colleagues_parcel->envelope, NULL));
  exchange->bundle_bytes = ym_bundle_encode (exchange->bundle, NULL);
  fixed_keys_init (&exchange->administrator, ADMINISTRATOR_SEED);
  exchange->administration = example_administration (exchange);
  exchange->administration_bytes
    = ym_administration_seal (&exchange->administration, &exchange->administrator.signer, NULL);
  exchange->administered = example_administered (exchange);
  exchange->administered_bytes
    = ym_administered_seal (exchange->administered, &exchange->force, &exchange->server.signer, NULL);
}

void
exchange_clear (Exchange *exchange)
{
  ym_parcel_free (exchange->parcel);
  ym_parcel_free (exchange->colleagues_parcel);
  ym_request_free (exchange->request);
  g_bytes_unref (exchange->request_bytes);
  ym_receipt_free (exchange->receipt);
  g_bytes_unref (exchange->receipt_bytes);
  ym_response_free (exchange->response);
  g_bytes_unref (exchange->response_bytes);
  ym_bundle_free (exchange->bundle);
  g_bytes_unref (exchange->bundle_bytes);
  g_bytes_unref (exchange->administration_bytes);
  ym_administered_free (exchange->administered);
  g_bytes_unref (exchange->administered_bytes);
}
