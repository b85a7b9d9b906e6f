/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new device, from its post to its first exchange; and who may open that door. */

#include "app/forms/choices.h"
#include "sync/exchange/administration.h"
#include "sync/exchange/enrolment.h"
#include "tests/sync/server-fixture.h"

typedef struct {
  TestServer server;
  YmEnrolmentCode code;
  guint64 counter;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  YmHash root;

  test_server_set_up (&fixture->server);
  root = ym_hash_of (fixture->server.force.devices[TEST_ROOT].public_key, 32);
  ym_enrolment_code_init (&fixture->code, &root, &fixture->server.force.random);
  fixture->counter = 1000;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_server_tear_down (&fixture->server);
}

static YmAdministration
administration (Fixture *fixture, YmAdministrationAction action)
{
  TestServer *server = &fixture->server;
  YmAdministration message = { .force = server->force.force,
                               .device = server->force.devices[TEST_ADMINISTRATOR].author.device,
                               .server = server->server,
                               .counter = ++fixture->counter,
                               .action = action };

  memcpy (message.code_id, fixture->code.id, sizeof message.code_id);
  if (action == YM_ADMINISTRATION_OPEN)
    message.expires_us = server->force.world.wall_us + YM_ADMINISTRATION_MOST_OPEN_US / 2;
  return message;
}

static YmAdministered *
administer (Fixture *fixture, const YmAdministration *message, int signer, guint *status)
{
  TestServer *server = &fixture->server;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = ym_administration_seal (message, &server->force.devices[signer].author.signer, &error);
  g_autoptr (GBytes) answer = NULL;
  YmAdministered *administered;
  YmHash hash;

  g_assert_no_error (error);
  hash = ym_hash_of_bytes (bytes);
  answer = test_server_post (server, YM_JOB_ADMINISTER, bytes, status, NULL);
  if (answer == NULL)
    return NULL;
  test_succeeds (ym_cose_verify (YM_MESSAGE_ADMINISTERED, &server->force.force, answer,
                                 server->server_keys.public_key, &error),
                 error);
  administered = ym_administered_decode (answer, &error);
  g_assert_no_error (error);
  g_assert_true (ym_hash_equal (&administered->request, &hash));
  return administered;
}

static void
do_action (Fixture *fixture, YmAdministrationAction action)
{
  const YmAdministration message = administration (fixture, action);
  guint status;
  g_autoptr (YmAdministered) administered = administer (fixture, &message, TEST_ADMINISTRATOR, &status);

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (administered->expected_counter, ==, 0);
}

static YmEnrolmentPost *
post_of (Fixture *fixture, guint8 key)
{
  guint8 signing_key[32] = { key }, sealing_key[32] = { key, 1 };

  return ym_enrolment_post_new (&fixture->code, signing_key, sealing_key, "Tablet");
}

static YmEnrolmentAnswer *
post (Fixture *fixture, guint8 key)
{
  g_autoptr (YmEnrolmentPost) message = post_of (fixture, key);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ym_enrolment_post_encode (message, &error);
  guint status;
  g_autoptr (GBytes) answer = test_server_post (&fixture->server, YM_JOB_ENROL, bytes, &status, NULL);
  YmEnrolmentAnswer *decoded;

  g_assert_cmpuint (status, ==, 200);
  decoded = ym_enrolment_answer_decode (answer, &error);
  g_assert_no_error (error);
  return decoded;
}

static void
assert_refused (Fixture *fixture, guint8 key, const char *reason)
{
  g_autoptr (YmEnrolmentAnswer) answer = post (fixture, key);

  g_assert_cmpint (answer->status, ==, YM_ENROLMENT_REFUSED);
  g_assert_cmpstr (answer->reason, ==, reason);
}

static void
assert_waiting (Fixture *fixture, guint8 key)
{
  g_autoptr (YmEnrolmentAnswer) answer = post (fixture, key);

  g_assert_cmpint (answer->status, ==, YM_ENROLMENT_WAITING);
}

static void
certify (Fixture *fixture, guint8 key)
{
  TestServer *server = &fixture->server;
  guint8 signing_key[32] = { key };
  YmId id = ym_id_of_public_key ("device", signing_key);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_DEVICE), &server->force.force, &id);
  g_auto (YmValue) value = ym_value_bytes (signing_key, sizeof signing_key);

  ym_record_set_integer (record, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &value);
  ym_record_set_id (record, YM_DEVICE_OFFICER, &server->force.devices[TEST_2001].officer);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, 1);
  test_write (server->source, &server->force.devices[TEST_ROOT], "device.certify", NULL, record);
  server->tablets[TEST_ADMINISTRATOR].counter = fixture->counter;
  test_tablet_sync (server, test_server_tablet (server, TEST_ADMINISTRATOR));
  fixture->counter = server->tablets[TEST_ADMINISTRATOR].counter;
}

/* From the code to the certificate; asked twice, answered the same. */
static void
test_enrolment_runs_through (Fixture *fixture, gconstpointer data)
{
  guint8 key[32] = { 7 };
  YmId device = ym_id_of_public_key ("device", key);
  YmAdministration fetch;
  g_autoptr (YmAdministered) administered = NULL;
  g_autoptr (YmEnrolmentPost) fetched = NULL;
  guint status;

  assert_refused (fixture, 7, "code-unknown");
  do_action (fixture, YM_ADMINISTRATION_OPEN);
  assert_waiting (fixture, 7);
  assert_waiting (fixture, 7);
  fetch = administration (fixture, YM_ADMINISTRATION_FETCH);
  administered = administer (fixture, &fetch, TEST_ADMINISTRATOR, &status);
  g_assert_cmpuint (administered->posts->len, ==, 1);
  fetched = ym_enrolment_post_decode (g_ptr_array_index (administered->posts, 0), NULL);
  g_assert_true (ym_enrolment_post_prove (fetched, fixture->code.secret));
  certify (fixture, 7);
  do_action (fixture, YM_ADMINISTRATION_CLOSE);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (YmEnrolmentAnswer) answer = post (fixture, 7);
      g_autoptr (YmBundle) bundle = NULL;

      g_assert_cmpint (answer->status, ==, YM_ENROLMENT_GRANTED);
      g_assert_true (ym_id_equal (&answer->device, &device));
      bundle = ym_bundle_decode (answer->bundle, NULL);
      g_assert_cmpint (bundle->parcels->len, ==,
                       test_count (fixture->server.journal, "SELECT count(*) FROM envelope WHERE class = 4"));
    }
  assert_refused (fixture, 8, "code-expired");
}

/* Who guesses at codes, or floods one, must not fill the server. */
static void
test_posts_are_limited (Fixture *fixture, gconstpointer data)
{
  do_action (fixture, YM_ADMINISTRATION_OPEN);
  for (guint8 key = 1; key <= YM_ADMINISTRATION_MOST_POSTS; key++)
    assert_waiting (fixture, key);
  assert_refused (fixture, 99, "code-used-too-often");
  assert_waiting (fixture, 1);
  fixture->server.force.world.wall_us += YM_ADMINISTRATION_MOST_OPEN_US;
  assert_refused (fixture, 99, "code-expired");
  assert_refused (fixture, 1, "code-expired");
}

/* Only an administrator's own device, not revoked, with a fresh counter, opens enrolments. */
static void
test_who_may_administer (Fixture *fixture, gconstpointer data)
{
  YmAdministration message = administration (fixture, YM_ADMINISTRATION_OPEN);
  g_autoptr (YmAdministered) replayed = NULL;
  guint status;

  g_assert_null (administer (fixture, &message, TEST_2001, &status));
  g_assert_cmpuint (status, ==, 401);
  message.device = fixture->server.force.devices[TEST_2001].author.device;
  g_assert_null (administer (fixture, &message, TEST_2001, &status));
  g_assert_cmpuint (status, ==, 403);
  message = administration (fixture, YM_ADMINISTRATION_OPEN);
  message.counter = 1;
  replayed = administer (fixture, &message, TEST_ADMINISTRATOR, &status);
  g_assert_cmpuint (replayed->expected_counter, >, 1);
  assert_refused (fixture, 7, "code-unknown");
}

int
main (int argc, char **argv)
{
#define TEST(path, run) g_test_add ("/accept/enrol/" path, Fixture, NULL, set_up, run, tear_down)

  g_test_init (&argc, &argv, NULL);
  TEST ("runs-through", test_enrolment_runs_through);
  TEST ("posts-are-limited", test_posts_are_limited);
  TEST ("who-may-administer", test_who_may_administer);
  return g_test_run ();
}
