/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new device, the administrator's tool and the server, from the code on paper to the first homes. */

#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/admin/certify.h"
#include "sync/admin/enroller.h"
#include "sync/client/enrol.h"
#include "sync/exchange/enrolment.h"
#include "tests/sync/client-fixture.h"

#define ADDRESS "https://ymweld.example:8443"

typedef struct {
  TestServer server;
  TestWire wire;
  YmOffice office;
  YmEnrolling enrolling;
  char *code;
  TestDevice tablet;
  YmJournal *journal;
  YmSyncStore store;
  YmEnrolLink link;
  YmHash tls_key;
} Fixture;

static gboolean
get_key (gpointer context, YmHash *key)
{
  *key = ((Fixture *) context)->tls_key;
  return TRUE;
}

static void
open_tablet (Fixture *fixture)
{
  TestForce *force = &fixture->server.force;
  const YmJournalOptions options = { .clock = &force->clock, .random = &force->random };
  const guint8 seed[crypto_sign_SEEDBYTES] = { 77 };
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  crypto_sign_seed_keypair (fixture->tablet.public_key, fixture->tablet.secret_key, seed);
  fixture->tablet.author
      = (YmAuthor){ ym_id_of_public_key ("device", fixture->tablet.public_key),
                    { force->devices[TEST_ROOT].author.signer.sign, &fixture->tablet } };
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  fixture->journal = ym_journal_open (db, &options, &error);
  g_assert_no_error (error);
  fixture->store = ym_sync_store_direct (fixture->journal);
  test_succeeds (ym_sync_migrate (&fixture->store, &error), error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  YmSyncResult result;

  test_server_set_up (&fixture->server);
  test_wire_init (&fixture->wire, &fixture->server);
  fixture->office = (YmOffice){
    .journal = fixture->server.source,
    .sync_store = ym_sync_store_direct (fixture->server.source),
    .root = fixture->server.force.devices[TEST_ROOT].author,
    .administrator = fixture->server.force.devices[TEST_ADMINISTRATOR].author,
    .options = { .clock = &fixture->server.force.clock, .random = &fixture->server.force.random },
  };
  test_succeeds (ym_sync_migrate (&fixture->office.sync_store, &error), error);
  test_succeeds (ym_office_sync (&fixture->office, &fixture->wire.transport, &result, &error), error);
  test_succeeds (ym_enroller_begin (&fixture->office, &fixture->wire.transport, "2001", &fixture->enrolling, &error),
                 error);
  fixture->code = ym_enrolment_code_format (&fixture->enrolling.code);
  open_tablet (fixture);
  /* the fixture's certificate says so */
  memcpy (fixture->tls_key.bytes, fixture->server.server_keys.public_key, YM_HASH_BYTES);
  fixture->link = (YmEnrolLink){ &fixture->wire.transport, get_key, fixture };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->code);
  test_journal_close (fixture->journal);
  test_wire_clear (&fixture->wire);
  test_server_tear_down (&fixture->server);
}

static void
begin (Fixture *fixture, const char *code)
{
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_enrol_begin (&fixture->store, fixture->tablet.public_key, ADDRESS, code, "Tablet 7", &error), error);
}

static gboolean
ask (Fixture *fixture, YmEnrolStep *step, GError **error)
{
  return ym_enrol_ask (&fixture->store, fixture->tablet.public_key, &fixture->link, NULL, step, error);
}

static void
assert_waiting (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  YmEnrolStep step;

  test_succeeds (ask (fixture, &step, &error), error);
  g_assert_cmpint (step, ==, YM_ENROL_WAITING);
}

static YmId
collect (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  YmId device;

  test_succeeds (ym_enroller_collect (&fixture->office, &fixture->wire.transport, &fixture->enrolling, &device, &error),
                 error);
  return device;
}

/* Nothing of a refused grant is kept, and the officer may try again. */
static void
assert_distrust (Fixture *fixture, YmError code)
{
  g_autoptr (GError) error = NULL;
  g_auto (YmEnrolPending) pending = { 0 };
  YmEnrolStep step;

  g_assert_false (ask (fixture, &step, &error));
  g_assert_error (error, YM_ERROR, (int) code);
  g_clear_error (&error);
  g_assert_false (ym_journal_is_founded (fixture->journal));
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM envelope"), ==, 0);
  test_succeeds (ym_enrol_read_pending (ym_journal_get_db (fixture->journal), &pending, &error), error);
}

/* Broken: an officer can't get a tablet that works. */
static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (YmEnrolPending) pending = { 0 };
  g_autoptr (YmSyncClient) client = NULL;
  YmSyncClientOptions options;
  YmSyncResult result;
  YmEnrolStep step;
  YmId device;

  begin (fixture, fixture->code);
  assert_waiting (fixture);
  assert_waiting (fixture);
  test_succeeds (ym_enrol_read_pending (ym_journal_get_db (fixture->journal), &pending, &error), error);
  g_assert_cmpstr (pending.address, ==, ADDRESS);
  g_assert_cmpstr (pending.code, ==, fixture->code);
  device = collect (fixture);
  g_assert_true (ym_id_equal (&device, &fixture->tablet.author.device));
  test_succeeds (ask (fixture, &step, &error), error);
  g_assert_cmpint (step, ==, YM_ENROL_DONE);
  g_assert_true (ym_id_equal (ym_journal_get_force (fixture->journal), &fixture->server.force.force));
  ym_enrol_pending_clear (&pending);
  g_assert_false (ym_enrol_read_pending (ym_journal_get_db (fixture->journal), &pending, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  options = (YmSyncClientOptions){ .store = fixture->store,
                                   .transport = &fixture->wire.transport,
                                   .device = fixture->tablet.author,
                                   .clock = &fixture->server.force.clock,
                                   .random = &fixture->server.force.random };
  client = ym_sync_client_new (&options);
  test_succeeds (ym_sync_run (client, NULL, NULL, NULL, &result, &error), error);
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM home"), ==, 1);
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE position IS NULL"), ==, 0);
}

/* Broken: an administrator who was interrupted hands out a second code, and the first is dead. */
static void
test_same_code_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (YmEnrolling) again = { 0 };

  test_succeeds (ym_enroller_begin (&fixture->office, &fixture->wire.transport, "2001", &again, &error), error);
  g_assert_cmpmem (&again.code, sizeof again.code, &fixture->enrolling.code, sizeof again.code);
  g_assert_false (ym_enroller_begin (&fixture->office, &fixture->wire.transport, "9999", &again, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
}

/* Broken: who only saw the public part of a code gets a certificate in an officer's name. */
static void
test_guessed_secret (Fixture *fixture, gconstpointer data)
{
  g_auto (YmEnrolmentCode) guess = fixture->enrolling.code;
  g_autofree char *code = NULL;
  YmId device;

  guess.secret[0] ^= 1;
  code = ym_enrolment_code_format (&guess);
  begin (fixture, code);
  assert_waiting (fixture);
  device = collect (fixture);
  g_assert_true (ym_id_is_zero (&device));
  assert_waiting (fixture);
}

/* Broken: a foreign server can enrol the device for a force of its own. */
static void
test_wrong_root (Fixture *fixture, gconstpointer data)
{
  g_auto (YmEnrolmentCode) other = fixture->enrolling.code;
  g_autofree char *code = NULL;

  begin (fixture, fixture->code);
  assert_waiting (fixture);
  collect (fixture);
  other.root[0] ^= 1;
  code = ym_enrolment_code_format (&other);
  begin (fixture, code);
  assert_distrust (fixture, YM_ERROR_SIGNATURE);
}

/* Broken: somebody between the device and the server reads and answers on the server's behalf. */
static void
test_wrong_tls_key (Fixture *fixture, gconstpointer data)
{
  begin (fixture, fixture->code);
  assert_waiting (fixture);
  collect (fixture);
  fixture->tls_key.bytes[0] ^= 1;
  assert_distrust (fixture, YM_ERROR_SIGNATURE);
}

/* Broken: a device founds its store on a certificate that lets no officer use it, or that was taken back. */
static void
test_wrong_certificate (Fixture *fixture, gconstpointer data)
{
  const YmId *force = &fixture->server.force.force;
  gboolean revoked = GPOINTER_TO_INT (data);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_DEVICE), force, &fixture->tablet.author.device);
  g_auto (YmValue) key = ym_value_bytes (fixture->tablet.public_key, 32);
  g_autoptr (GError) error = NULL;
  YmSyncResult result;

  begin (fixture, fixture->code);
  assert_waiting (fixture);
  ym_record_set_integer (record, YM_DEVICE_KIND, revoked ? YM_DEVICE_KIND_OFFICER : YM_DEVICE_KIND_ADMINISTRATOR);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, 0);
  if (revoked)
    ym_record_set_id (record, YM_DEVICE_OFFICER, &fixture->server.force.devices[TEST_2001].officer);
  test_succeeds (ym_office_write (&fixture->office, &fixture->office.root, "device.certify", NULL, record, &error), error);
  if (revoked)
    test_succeeds (ym_revoke_device (&fixture->office, &record->id, "lost", FALSE, &error), error);
  test_succeeds (ym_office_sync (&fixture->office, &fixture->wire.transport, &result, &error), error);
  g_assert_cmpuint (result.receipted, ==, revoked ? 2 : 1);
  g_assert_cmpuint (result.pulled, ==, 0);
  assert_distrust (fixture, YM_ERROR_SIGNATURE);
}

/* The grant with one more envelope in its bundle: one that the administrator signed. */
static GBytes *
post_with_stranger (gpointer context, const char *path, GBytes *body, gsize most_answer_bytes, guint *http_status,
                    GCancellable *cancellable, GError **error)
{
  Fixture *fixture = context;
  g_autoptr (GBytes) bytes
      = fixture->wire.transport.post (&fixture->wire, path, body, most_answer_bytes, http_status, cancellable, error);
  g_autoptr (YmEnrolmentAnswer) answer = ym_enrolment_answer_decode (bytes, error);
  g_autoptr (YmBundle) bundle = ym_bundle_decode (answer->bundle, error);
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      ym_journal_get_db (fixture->server.source), error,
      "SELECT body, change_set FROM envelope WHERE intent = 'officer.import' LIMIT 1", "");
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) change_set = NULL;

  g_assert_cmpint (ym_sql_step (row, error), ==, YM_SQL_ROW);
  envelope = ym_sql_column_bytes (row, 0);
  change_set = ym_sql_column_bytes (row, 1);
  g_ptr_array_add (bundle->parcels, ym_parcel_new (envelope, change_set));
  g_bytes_unref (answer->bundle);
  answer->bundle = ym_bundle_encode (bundle, error);
  return ym_enrolment_answer_encode (answer, error);
}

/* Broken: the server slips something into the identity that the root key never said. */
static void
test_stranger_in_bundle (Fixture *fixture, gconstpointer data)
{
  const YmTransport stranger = { post_with_stranger, fixture };

  begin (fixture, fixture->code);
  assert_waiting (fixture);
  collect (fixture);
  fixture->link.transport = &stranger;
  assert_distrust (fixture, YM_ERROR_SIGNATURE);
}

/* Broken: a code that is over keeps the officer waiting for ever. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (YmEnrolmentCode) unknown = fixture->enrolling.code;
  g_autofree char *code = NULL;

  unknown.id[0] ^= 1;
  code = ym_enrolment_code_format (&unknown);
  begin (fixture, code);
  assert_distrust (fixture, YM_ERROR_AUTHORITY);
}

/* Broken: a typing mistake is found only by the server, or an address without https is used. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  const struct {
    const char *address;
    const char *name;
    const char *kept; /* NULL: refused */
  } cases[] = {
    { " ymweld.example:8443 ", "Tablet", "https://ymweld.example:8443" },
    { "https://ymweld.example/", "Tablet", "https://ymweld.example" },
    { "http://ymweld.example", "Tablet", NULL },
    { "https://", "Tablet", NULL },
    { "", "Tablet", NULL },
    { "https://ymweld.example/v1", "Tablet", NULL },
    { "ymweld.example", "  ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (YmEnrolPending) pending = { 0 };

      g_assert_cmpint (
          ym_enrol_begin (&fixture->store, fixture->tablet.public_key, cases[i].address, fixture->code, cases[i].name, &error), ==,
          cases[i].kept != NULL);
      if (cases[i].kept == NULL)
        {
          g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
          continue;
        }
      test_succeeds (ym_enrol_read_pending (ym_journal_get_db (fixture->journal), &pending, &error), error);
      g_assert_cmpstr (pending.address, ==, cases[i].kept);
      test_succeeds (ym_enrol_abandon (&fixture->store, &error), error);
      ym_enrol_pending_clear (&pending);
      g_assert_false (ym_enrol_read_pending (ym_journal_get_db (fixture->journal), &pending, NULL));
    }
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
    gconstpointer data;
  } tests[] = {
    { "/enrol/whole", test_whole, NULL },
    { "/enrol/same-code-again", test_same_code_again, NULL },
    { "/enrol/guessed-secret", test_guessed_secret, NULL },
    { "/enrol/wrong-root", test_wrong_root, NULL },
    { "/enrol/wrong-tls-key", test_wrong_tls_key, NULL },
    { "/enrol/no-officers-certificate", test_wrong_certificate, GINT_TO_POINTER (FALSE) },
    { "/enrol/revoked-certificate", test_wrong_certificate, GINT_TO_POINTER (TRUE) },
    { "/enrol/stranger-in-bundle", test_stranger_in_bundle, NULL },
    { "/enrol/refused", test_refused, NULL },
    { "/enrol/typed", test_typed, NULL },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, tests[i].data, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
