/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The decoders. What one of them takes must be what our encoder would have written: one meaning, one form. */

#include "sync/exchange/compress.h"
#include "sync/exchange/enrolment-code.h"
#include "sync/exchange/limits.h"
#include "tests/fuzz/target.h"
#include "tests/journal/example.h"
#include "tests/sync/exchange-example.h"

/* The example of docs/protocol.md, made once. */
static const Exchange *
example (void)
{
  static Exchange exchange;
  static gboolean made;

  if (!made)
    exchange_init (&exchange);
  made = TRUE;
  return &exchange;
}

static void
add (GPtrArray *inputs, GBytes *bytes)
{
  g_ptr_array_add (inputs, g_bytes_ref (bytes));
}

/* Takes @again, which may be %NULL for an error that must not be. */
static void
assert_same (GBytes *input, GBytes *again)
{
  g_assert_nonnull (again);
  g_assert_true (g_bytes_equal (input, again));
  g_bytes_unref (again);
}

/* The same for what is signed: a signature of ours can't be that of the input, but the payload must be. */
static void
assert_same_payload (GBytes *input, GBytes *again)
{
  g_autoptr (GBytes) payload = ym_cose_payload (input, NULL);

  g_assert_nonnull (again);
  g_assert_nonnull (payload);
  assert_same (payload, ym_cose_payload (again, NULL));
  g_bytes_unref (again);
}

static void
seed_envelope (GPtrArray *inputs)
{
  add (inputs, example ()->parcel->envelope);
  add (inputs, example ()->colleagues_parcel->envelope);
}

static gboolean
run_envelope (GBytes *input)
{
  YmEnvelope envelope;

  if (!ym_envelope_decode (input, &envelope, NULL))
    return FALSE;
  assert_same_payload (input, ym_envelope_seal (&envelope, &example ()->force, &example ()->device.signer, NULL));
  return TRUE;
}

static void
seed_change_set (GPtrArray *inputs)
{
  add (inputs, example ()->parcel->change_set);
  add (inputs, example ()->colleagues_parcel->change_set);
}

static gboolean
run_change_set (GBytes *input)
{
  g_autoptr (YmChangeSet) change_set = ym_change_set_decode (input, NULL);

  if (change_set == NULL)
    return FALSE;
  assert_same (input, ym_change_set_encode (change_set, NULL));
  return TRUE;
}

static void
seed_request (GPtrArray *inputs)
{
  add (inputs, example ()->request_bytes);
}

static gboolean
run_request (GBytes *input)
{
  g_autoptr (YmRequest) request = ym_request_decode (input, NULL);

  if (request == NULL)
    return FALSE;
  assert_same_payload (input, ym_request_seal (request, &example ()->device.signer, NULL));
  return TRUE;
}

static void
seed_response (GPtrArray *inputs)
{
  add (inputs, example ()->response_bytes);
}

static gboolean
run_response (GBytes *input)
{
  g_autoptr (YmResponse) response = ym_response_decode (input, NULL);

  if (response == NULL)
    return FALSE;
  assert_same_payload (input,
                       ym_response_seal (response, &example ()->force, &example ()->server.signer, NULL));
  return TRUE;
}

static void
seed_receipt (GPtrArray *inputs)
{
  add (inputs, example ()->receipt_bytes);
}

static gboolean
run_receipt (GBytes *input)
{
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (input, NULL);

  if (receipt == NULL)
    return FALSE;
  assert_same_payload (input, ym_receipt_seal (receipt, &example ()->server.signer, NULL));
  return TRUE;
}

static void
seed_bundle (GPtrArray *inputs)
{
  add (inputs, example ()->bundle_bytes);
}

static gboolean
run_bundle (GBytes *input)
{
  g_autoptr (YmBundle) bundle = ym_bundle_decode (input, NULL);

  if (bundle == NULL)
    return FALSE;
  assert_same (input, ym_bundle_encode (bundle, NULL));
  return TRUE;
}

static void
seed_administration (GPtrArray *inputs)
{
  add (inputs, example ()->administration_bytes);
}

static gboolean
run_administration (GBytes *input)
{
  YmAdministration administration;

  if (!ym_administration_decode (input, &administration, NULL))
    return FALSE;
  assert_same_payload (input, ym_administration_seal (&administration, &example ()->administrator.signer, NULL));
  return TRUE;
}

static void
seed_administered (GPtrArray *inputs)
{
  add (inputs, example ()->administered_bytes);
}

static gboolean
run_administered (GBytes *input)
{
  g_autoptr (YmAdministered) administered = ym_administered_decode (input, NULL);

  if (administered == NULL)
    return FALSE;
  assert_same_payload (input,
                       ym_administered_seal (administered, &example ()->force, &example ()->server.signer, NULL));
  return TRUE;
}

static void
seed_enrolment (GPtrArray *inputs)
{
  g_autoptr (YmEnrolmentPost) post = example_post ();

  g_ptr_array_add (inputs, ym_enrolment_post_encode (post, NULL));
}

static gboolean
run_enrolment (GBytes *input)
{
  g_autoptr (YmEnrolmentPost) post = ym_enrolment_post_decode (input, NULL);

  if (post == NULL)
    return FALSE;
  assert_same (input, ym_enrolment_post_encode (post, NULL));
  return TRUE;
}

static void
seed_enrolment_answer (GPtrArray *inputs)
{
  const YmId device = fixed_id (EXAMPLE_DEVICE);
  g_autoptr (YmEnrolmentAnswer) waiting = ym_enrolment_answer_new_waiting ();
  g_autoptr (YmEnrolmentAnswer) refused = ym_enrolment_answer_new_refused ("code-expired");
  g_autoptr (YmEnrolmentAnswer) granted = ym_enrolment_answer_new_granted (example ()->bundle_bytes, &device);

  g_ptr_array_add (inputs, ym_enrolment_answer_encode (waiting, NULL));
  g_ptr_array_add (inputs, ym_enrolment_answer_encode (refused, NULL));
  g_ptr_array_add (inputs, ym_enrolment_answer_encode (granted, NULL));
}

static gboolean
run_enrolment_answer (GBytes *input)
{
  g_autoptr (YmEnrolmentAnswer) answer = ym_enrolment_answer_decode (input, NULL);

  if (answer == NULL)
    return FALSE;
  assert_same (input, ym_enrolment_answer_encode (answer, NULL));
  return TRUE;
}

static void
seed_enrolment_code (GPtrArray *inputs)
{
  YmEnrolmentCode code = example_code ();
  char *text = ym_enrolment_code_format (&code);

  g_ptr_array_add (inputs, g_bytes_new_take (text, strlen (text)));
}

static gboolean
run_enrolment_code (GBytes *input)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (input, NULL), g_bytes_get_size (input));
  g_autofree char *written = NULL;
  YmEnrolmentCode code, again;

  if (!ym_enrolment_code_parse (text, &code, NULL))
    return FALSE;
  written = ym_enrolment_code_format (&code);
  g_assert_true (ym_enrolment_code_parse (written, &again, NULL));
  g_assert_cmpmem (&again, sizeof again, &code, sizeof code);
  return TRUE;
}

static void
seed_inflate (GPtrArray *inputs)
{
  g_ptr_array_add (inputs, ym_compress (example ()->request_bytes));
}

/* Never more than was allowed, whatever the frame says. */
static gboolean
run_inflate (GBytes *input)
{
  g_autoptr (GBytes) inflated = ym_inflate (input, YM_EXCHANGE_BATCH_BYTES, NULL);

  if (inflated == NULL)
    return FALSE;
  g_assert_cmpuint (g_bytes_get_size (inflated), <=, YM_EXCHANGE_BATCH_BYTES);
  return TRUE;
}

const FuzzTarget fuzz_message_targets[] = {
  { "envelope", seed_envelope, run_envelope },
  { "change-set", seed_change_set, run_change_set },
  { "request", seed_request, run_request },
  { "response", seed_response, run_response },
  { "receipt", seed_receipt, run_receipt },
  { "bundle", seed_bundle, run_bundle },
  { "administration", seed_administration, run_administration },
  { "administered", seed_administered, run_administered },
  { "enrolment", seed_enrolment, run_enrolment },
  { "enrolment-answer", seed_enrolment_answer, run_enrolment_answer },
  { "enrolment-code", seed_enrolment_code, run_enrolment_code },
  { "inflate", seed_inflate, run_inflate },
  { NULL },
};
