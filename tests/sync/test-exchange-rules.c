/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of the exchange's messages, one by one: each breach must be refused by who writes and who reads. */

#include "app/base/error.h"
#include "tests/journal/bytes.h"
#include "tests/sync/exchange-example.h"

#include <string.h>

static void
set_up (Exchange *exchange, gconstpointer unused)
{
  exchange_init (exchange);
}

static void
tear_down (Exchange *exchange, gconstpointer unused)
{
  exchange_clear (exchange);
}

/* A parcel of @envelope and @change_set zero bytes. */
static YmParcel *
parcel_of (gsize envelope, gsize change_set)
{
  g_autoptr (GBytes) first = g_bytes_new_take (g_malloc0 (envelope), envelope);
  g_autoptr (GBytes) second = change_set == 0 ? NULL : g_bytes_new_take (g_malloc0 (change_set), change_set);

  return ym_parcel_new (first, second);
}

static void
add_group (YmRequest *request, guint parcels, gsize envelope, gsize change_set)
{
  GPtrArray *group = ym_group_new ();

  for (guint i = 0; i < parcels; i++)
    g_ptr_array_add (group, parcel_of (envelope, change_set));
  g_ptr_array_add (request->groups, group);
}

static void
add_groups (YmRequest *request, guint groups, guint parcels, gsize envelope, gsize change_set)
{
  for (guint i = 0; i < groups; i++)
    add_group (request, parcels, envelope, change_set);
}

static void
add_own (YmRequest *request, guint chains)
{
  g_array_set_size (request->own, 0);
  for (guint i = 0; i < chains; i++)
    {
      YmChainPoint point = { .chain = { { i >> 8, i } }, .sequence = 1 };

      g_array_append_val (request->own, point);
    }
}

typedef struct {
  guint groups, parcels;
  gsize envelope, change_set;
  guint chains;
  guint64 counter;
  gboolean good;
} RequestCase;

/* Otherwise a request could be larger or odder than the server reckons with. */
static void
test_request (Exchange *exchange, gconstpointer unused)
{
  static const RequestCase cases[] = {
    { 0, 0, 0, 0, 0, 1, TRUE },
    { 0, 0, 0, 0, 0, 0, FALSE },                         /* counters begin at 1 */
    { 0, 0, 0, 0, 0, G_MAXUINT64, FALSE },               /* beyond SQLite's integer */
    { 1, 0, 0, 0, 0, 1, FALSE },                         /* empty group */
    { 1, 1, 1, 0, 0, 1, TRUE },
    { 1, 1, 0, 0, 0, 1, FALSE },                         /* empty envelope */
    { 1, 256, 10, 10, 0, 1, TRUE },
    { 1, 257, 10, 10, 0, 1, FALSE },                     /* too many envelopes in a group */
    { 1, 1, 1024, 63 * 1024, 0, 1, TRUE },
    { 1, 1, 1025, 63 * 1024, 0, 1, FALSE },              /* envelope with change set above 64 KiB */
    { 1, 4, 1024, 49 * 1024, 0, 1, TRUE },
    { 1, 4, 1024, 49 * 1024 + 1, 0, 1, FALSE },          /* group above 200 KiB */
    { 1024, 1, 10, 10, 0, 1, TRUE },
    { 1025, 1, 10, 10, 0, 1, FALSE },                    /* too many groups */
    { 6, 4, 1024, 49 * 1024, 0, 1, FALSE },              /* message above 1 MiB */
    { 0, 0, 0, 0, 256, 1, TRUE },
    { 0, 0, 0, 0, 257, 1, FALSE },                       /* too many chains */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) sealed = NULL;

      g_ptr_array_set_size (exchange->request->groups, 0);
      add_groups (exchange->request, cases[i].groups, cases[i].parcels, cases[i].envelope, cases[i].change_set);
      add_own (exchange->request, cases[i].chains);
      exchange->request->counter = cases[i].counter;
      sealed = ym_request_seal (exchange->request, &exchange->device.signer, &error);
      if ((sealed != NULL) != cases[i].good)
        g_error ("case %" G_GSIZE_FORMAT ": %s", i, sealed != NULL ? "taken" : error->message);
      if (!cases[i].good)
        g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
    }
}

/* Otherwise the same set of chains would have several encodings, or one chain two places. */
static void
test_chains_are_sorted_and_once (Exchange *exchange, gconstpointer unused)
{
  YmChainPoint low = { .chain = fixed_id (0x01), .sequence = 1 }, high = { .chain = fixed_id (0xff), .sequence = 2 };
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (exchange->request->own, low);
  g_array_append_val (exchange->request->own, high);
  one = ym_request_seal (exchange->request, &exchange->device.signer, &error);
  g_assert_no_error (error);
  g_array_remove_index (exchange->request->own, 1);
  g_array_append_val (exchange->request->own, low);
  other = ym_request_seal (exchange->request, &exchange->device.signer, &error);
  assert_same_bytes (one, other);
  g_array_append_val (exchange->request->own, low);
  g_assert_null (ym_request_seal (exchange->request, &exchange->device.signer, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

typedef struct {
  guint64 positions[3];
  YmDisposition disposition;
  guint reason;
  guint64 through;
  gboolean good;
} ResponseCase;

/* Otherwise a cursor could go back or skip, or an officer's work be refused without a reason. */
static void
test_response (Exchange *exchange, gconstpointer unused)
{
  static const ResponseCase cases[] = {
    { { 1, 2, 9 }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 9, TRUE },
    { { 1, 2, 9 }, YM_DISPOSITION_ACCEPTED, YM_REASON_SIDE_BRANCH, 10, TRUE },
    { { 1, 2, 9 }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 8, FALSE }, /* through is before the last entry */
    { { 1, 2, 2 }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 9, FALSE }, /* twice one position */
    { { 2, 1, 9 }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 9, FALSE }, /* out of order */
    { { 0, 1, 2 }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 9, FALSE }, /* positions begin at 1 */
    { { 1, 2, 3 }, 0, YM_REASON_NONE, 9, FALSE },                       /* no disposition */
    { { 1, 2, 3 }, 5, YM_REASON_REVOKED, 9, FALSE },                    /* unknown disposition */
    { { 1, 2, 3 }, YM_DISPOSITION_REFUSED, YM_REASON_FIXED_RECORD, 9, TRUE },
    { { 1, 2, 3 }, YM_DISPOSITION_REFUSED, 65535, 9, TRUE },            /* a reason of a later version */
    { { 1, 2, 3 }, YM_DISPOSITION_REFUSED, 65536, 9, FALSE },
    { { 1, 2, 3 }, YM_DISPOSITION_REFUSED, YM_REASON_NONE, 9, FALSE },  /* refused without a reason */
    { { 1, 2, 3 }, YM_DISPOSITION_QUARANTINED, YM_REASON_NONE, 9, FALSE },
    { { 1, 2, 3 }, YM_DISPOSITION_LATE, YM_REASON_NONE, 9, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) sealed = NULL;
      g_autoptr (GError) error = NULL;

      g_ptr_array_set_size (exchange->response->entries, 0);
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].positions); j++)
        {
          YmOutcome outcome = {
            .position = cases[i].positions[j],
            .disposition = cases[i].disposition,
            .reason = cases[i].reason,
          };

          g_ptr_array_add (exchange->response->entries, ym_entry_new (parcel_of (9, 9), &outcome, 1));
        }
      exchange->response->through = cases[i].through;
      sealed = ym_response_seal (exchange->response, &exchange->force, &exchange->server.signer, &error);
      if ((sealed != NULL) != cases[i].good)
        g_error ("case %" G_GSIZE_FORMAT ": %s", i, sealed != NULL ? "taken" : error->message);
    }
}

/* Otherwise an officer would not be told why a push stopped, or at which record. */
static void
test_stop_comes_back (Exchange *exchange, gconstpointer unused)
{
  YmStop *stop = ym_stop_new (YM_STOP_GAP, 5, "number 9 of the chain is missing");
  g_autoptr (YmResponse) decoded = NULL;
  g_autoptr (GBytes) sealed = NULL;

  stop->has_expected = TRUE;
  stop->expected = (YmChainPoint){ .chain = fixed_id (0xc0), .sequence = 8, .hash = fixed_hash (8) };
  exchange->response->stop = stop;
  exchange->response->more = TRUE;
  sealed = ym_response_seal (exchange->response, &exchange->force, &exchange->server.signer, NULL);
  decoded = ym_response_decode (sealed, NULL);
  g_assert_cmpuint (decoded->stop->code, ==, YM_STOP_GAP);
  g_assert_cmpuint (decoded->stop->group, ==, 5);
  g_assert_cmpstr (decoded->stop->text, ==, stop->text);
  g_assert_true (decoded->stop->has_expected);
  g_assert_cmpuint (decoded->stop->expected.sequence, ==, 8);
  g_assert_true (ym_hash_equal (&decoded->stop->expected.hash, &stop->expected.hash));
  g_assert_true (decoded->more);
}

/* Otherwise a replayed request would yield data. */
static void
test_old_counter_gets_the_counter_only (Exchange *exchange, gconstpointer unused)
{
  g_autoptr (YmResponse) decoded = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) payload = NULL;
  g_autofree char *hex = NULL;

  exchange->response->expected_counter = 8;
  sealed = ym_response_seal (exchange->response, &exchange->force, &exchange->server.signer, NULL);
  decoded = ym_response_decode (sealed, NULL);
  g_assert_cmpuint (decoded->expected_counter, ==, 8);
  g_assert_true (ym_hash_equal (&decoded->request, &exchange->response->request));
  g_assert_true (ym_id_equal (&decoded->device, &exchange->response->device));
  g_assert_true (ym_id_is_zero (&decoded->epoch));
  g_assert_cmpuint (decoded->entries->len + decoded->receipts->len + decoded->held->len, ==, 0);
  payload = ym_cose_payload (sealed, NULL);
  hex = bytes_to_hex (payload);
  g_assert_true (g_str_has_prefix (hex, "a4010102"));
  g_assert_true (g_str_has_suffix (hex, "0d08"));
}

/* Signs @payload, with its hex @from replaced by @to, as a response. */
static YmResponse *
decode_altered (const Exchange *exchange, const char *from, const char *to, GError **error)
{
  g_autoptr (GBytes) payload = ym_cose_payload (exchange->response_bytes, NULL);
  g_autofree char *hex = bytes_to_hex (payload);
  g_auto (GStrv) parts = g_strsplit (hex, from, 2);
  g_autofree char *altered = NULL;
  g_autoptr (GBytes) altered_bytes = NULL;
  g_autoptr (GBytes) sealed = NULL;

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  altered = g_strjoinv (to, parts);
  altered_bytes = bytes_from_hex (altered);
  sealed = ym_cose_sign (YM_MESSAGE_RESPONSE, &exchange->force, altered_bytes, &exchange->server.signer, NULL);
  return ym_response_decode (sealed, error);
}

/* Otherwise a server with a good key could lead a device astray by an odd message. */
static void
test_hostile_response_is_refused (Exchange *exchange, gconstpointer unused)
{
  static const struct {
    const char *from;
    const char *to;
    int code;
  } cases[] = {
    { "af010102", "af010202", YM_ERROR_NEWER },         /* format 2 */
    { "af010102", "ae010102", YM_ERROR_MALFORMED },     /* a field less */
    { "0cf60df6", "0cf60d01", YM_ERROR_MALFORMED },     /* an expected counter beside data */
    { "09f40a", "09f60a", YM_ERROR_MALFORMED },         /* neither more nor not more */
    { "09f40a", "09000a", YM_ERROR_MALFORMED },
    { "08182b09", "08182909", YM_ERROR_MALFORMED },     /* through 41, the last entry is 42 */
    { "0cf60df6", "0c84004078000df6", YM_ERROR_MALFORMED },
    { "0df60e80", "0df60ef6", YM_ERROR_MALFORMED },     /* no array of backfills */
    { "0681", "069affffffff", YM_ERROR_MALFORMED },     /* four thousand million receipts */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YmResponse) response = decode_altered (exchange, cases[i].from, cases[i].to, &error);

      if (response != NULL)
        g_error ("case %" G_GSIZE_FORMAT " was taken", i);
      g_assert_error (error, YM_ERROR, cases[i].code);
    }
}

typedef struct {
  guint64 first, last;
  guint outcomes;
  guint64 first_position;
  gboolean good;
} ReceiptCase;

/* Otherwise a receipt could speak of more or fewer envelopes than it names, and a device would forget one. */
static void
test_receipt (Exchange *exchange, gconstpointer unused)
{
  static const ReceiptCase cases[] = {
    { 1, 1, 1, 1, TRUE },
    { 5, 7, 3, 100, TRUE },
    { 5, 7, 2, 100, FALSE },
    { 5, 7, 4, 100, FALSE },
    { 7, 5, 1, 100, FALSE },
    { 0, 1, 2, 100, FALSE },
    { 1, 1, 1, 0, FALSE },
    { 1, 1024, 1024, 1, TRUE },
    { 1, 1025, 1025, 1, FALSE },
    { 1, G_MAXINT64, 1, 1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) sealed = NULL;
      g_autoptr (YmReceipt) decoded = NULL;
      g_autoptr (GError) error = NULL;

      g_array_set_size (exchange->receipt->outcomes, 0);
      for (guint j = 0; j < cases[i].outcomes; j++)
        {
          YmOutcome outcome = { .position = cases[i].first_position + j, .disposition = YM_DISPOSITION_ACCEPTED };

          g_array_append_val (exchange->receipt->outcomes, outcome);
        }
      exchange->receipt->first = cases[i].first;
      exchange->receipt->last.sequence = cases[i].last;
      sealed = ym_receipt_seal (exchange->receipt, &exchange->server.signer, &error);
      if ((sealed != NULL) != cases[i].good)
        g_error ("case %" G_GSIZE_FORMAT ": %s", i, sealed != NULL ? "taken" : error->message);
      if (sealed == NULL)
        continue;
      decoded = ym_receipt_decode (sealed, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (decoded->outcomes->data, decoded->outcomes->len * sizeof (YmOutcome),
                       exchange->receipt->outcomes->data, exchange->receipt->outcomes->len * sizeof (YmOutcome));
    }
}

/* Otherwise the old entries of one home could be at two places at once. */
static void
test_backfills_are_sorted_and_once (Exchange *exchange, gconstpointer unused)
{
  YmBackfill low = { .scope = fixed_id (0x01), .number = 7 }, high = { .scope = fixed_id (0x02), .complete = TRUE };
  g_autoptr (YmResponse) decoded = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GError) error = NULL;

  g_array_append_val (exchange->response->backfills, high);
  g_array_append_val (exchange->response->backfills, low);
  sealed = ym_response_seal (exchange->response, &exchange->force, &exchange->server.signer, &error);
  g_assert_no_error (error);
  decoded = ym_response_decode (sealed, NULL);
  g_assert_cmpuint (decoded->backfills->len, ==, 2);
  g_assert_cmpuint (g_array_index (decoded->backfills, YmBackfill, 0).number, ==, 7);
  g_assert_false (g_array_index (decoded->backfills, YmBackfill, 0).complete);
  g_assert_true (g_array_index (decoded->backfills, YmBackfill, 1).complete);

  g_array_append_val (exchange->response->backfills, low);
  g_assert_null (ym_response_seal (exchange->response, &exchange->force, &exchange->server.signer, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

/* Otherwise an enrolment could stand open without an end, or the server be asked for what it does not know. */
static void
test_administration (Exchange *exchange, gconstpointer unused)
{
  static const struct {
    YmAdministrationAction action;
    gint64 expires_us;
    guint64 counter;
    gboolean good;
  } cases[] = {
    { YM_ADMINISTRATION_OPEN, 1, 1, TRUE },
    { YM_ADMINISTRATION_OPEN, 0, 1, FALSE },
    { YM_ADMINISTRATION_FETCH, 0, 1, TRUE },
    { YM_ADMINISTRATION_FETCH, 1, 1, FALSE },
    { YM_ADMINISTRATION_CLOSE, 0, 1, TRUE },
    { YM_ADMINISTRATION_CLOSE, 0, 0, FALSE },
    { YM_ADMINISTRATION_CLOSE + 1, 0, 1, FALSE },
    { 0, 0, 1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) sealed = NULL;

      exchange->administration.action = cases[i].action;
      exchange->administration.expires_us = cases[i].expires_us;
      exchange->administration.counter = cases[i].counter;
      sealed = ym_administration_seal (&exchange->administration, &exchange->administrator.signer, NULL);
      g_assert_cmpint (sealed != NULL, ==, cases[i].good);
    }
}

/* Otherwise a replayed question would yield what devices posted, or a code could be flooded with posts. */
static void
test_administered (Exchange *exchange, gconstpointer unused)
{
  YmAdministered *administered = exchange->administered;
  g_autoptr (GBytes) post = g_bytes_new_static ("post", 4);
  g_autoptr (GBytes) five = NULL;
  g_autoptr (GBytes) counter_only = NULL;

  while (administered->posts->len < YM_ADMINISTRATION_MOST_POSTS)
    g_ptr_array_add (administered->posts, g_bytes_ref (post));
  five = ym_administered_seal (administered, &exchange->force, &exchange->server.signer, NULL);
  g_assert_nonnull (five);
  g_ptr_array_add (administered->posts, g_bytes_ref (post));
  g_assert_null (ym_administered_seal (administered, &exchange->force, &exchange->server.signer, NULL));

  g_ptr_array_set_size (administered->posts, 1);
  administered->expected_counter = 13;
  g_assert_null (ym_administered_seal (administered, &exchange->force, &exchange->server.signer, NULL));
  g_ptr_array_set_size (administered->posts, 0);
  counter_only = ym_administered_seal (administered, &exchange->force, &exchange->server.signer, NULL);
  g_assert_nonnull (counter_only);
}

/* Otherwise a bundle of a later version would be called damaged, and the officer told to fetch it again. */
static void
test_bundle_names_its_format (void)
{
  static const struct {
    const char *hex;
    int code; /* -1: good */
  } cases[] = {
    { "83 6f796d77656c642d62756e646c652f31 50000102030405060708090a0b0c0d0e0f 80", -1 },
    { "83 6f796d77656c642d62756e646c652f32 50000102030405060708090a0b0c0d0e0f 80", YM_ERROR_NEWER },
    { "83 6f796d77656c642d62756e646c652f32 f5 80", YM_ERROR_NEWER },
    { "83 6f796d77656c642d7061727365652f31 50000102030405060708090a0b0c0d0e0f 80", YM_ERROR_MALFORMED },
    { "83 01 50000102030405060708090a0b0c0d0e0f 80", YM_ERROR_MALFORMED },
    { "83 6f796d77656c642d62756e646c652f31 4f000102030405060708090a0b0c0d0e 80", YM_ERROR_MALFORMED },
    { "83 6f796d77656c642d62756e646c652f31 50000102030405060708090a0b0c0d0e0f a0", YM_ERROR_MALFORMED },
    { "83 6f796d77656c642d62756e646c652f31 50000102030405060708090a0b0c0d0e0f 8182f6f6", YM_ERROR_MALFORMED },
    { "83 6f796d77656c642d62756e646c652f31 50000102030405060708090a0b0c0d0e0f 8182410040", YM_ERROR_MALFORMED },
    { "83 6f796d77656c642d62756e646c652f31 50000102030405060708090a0b0c0d0e0f 81824100f6", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = bytes_from_hex (cases[i].hex);
      g_autoptr (GError) error = NULL;
      g_autoptr (YmBundle) bundle = ym_bundle_decode (bytes, &error);

      if (cases[i].code < 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, YM_ERROR, cases[i].code);
    }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *path;
    void (*run) (Exchange *exchange, gconstpointer unused);
  } tests[] = {
    { "/sync/request/rules", test_request },
    { "/sync/request/chains-are-sorted-and-once", test_chains_are_sorted_and_once },
    { "/sync/response/rules", test_response },
    { "/sync/response/stop-comes-back", test_stop_comes_back },
    { "/sync/response/old-counter-gets-the-counter-only", test_old_counter_gets_the_counter_only },
    { "/sync/response/hostile-is-refused", test_hostile_response_is_refused },
    { "/sync/response/backfills-are-sorted-and-once", test_backfills_are_sorted_and_once },
    { "/sync/receipt/rules", test_receipt },
    { "/sync/administration/rules", test_administration },
    { "/sync/administered/rules", test_administered },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Exchange, NULL, set_up, tests[i].run, tear_down);
  g_test_add_func ("/sync/bundle/names-its-format", test_bundle_names_its_format);
  return g_test_run ();
}
