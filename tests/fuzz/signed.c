/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is sent what is well signed and says anything: what a stolen key, or a program with a mistake, could send.
 * What it turns away must leave its store as it was, byte by byte. */

#include <sodium.h>
#include <string.h>

#include "sync/exchange/administration.h"
#include "tests/fuzz/target.h"
#include "tests/sync/exchange-example.h"
#include "tests/sync/server-fixture.h"

/* One server for all runs; its store is put back after each run that changed it. */
typedef struct {
  TestServer server;
  TestTablet *tablet;
  GBytes *store;     /* the server's, as every run finds it */
  YmRecord *contact; /* saved on the tablet, not sent yet */
  gboolean made;
} World;

static World world;

static sqlite3 *
server_db (void)
{
  return ym_journal_get_db (world.server.journal);
}

/* Without SQLite's counts of commits (https://www.sqlite.org/fileformat2.html, 1.3.7 and 1.3.22): a commit of what was
 * undone counts too. */
static GBytes *
copy_store (void)
{
  sqlite3_int64 size;
  guint8 *data = sqlite3_serialize (server_db (), "main", &size, 0);

  g_assert_nonnull (data);
  memset (data + 24, 0, 4);
  memset (data + 92, 0, 4);
  return g_bytes_new_with_free_func (data, size, sqlite3_free, data);
}

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  return crypto_sign_detached (signature, NULL, message, length, ((TestDevice *) context)->secret_key) == 0;
}

static void
put_store_back (void)
{
  const YmJournalOptions journal = { .clock = &world.server.force.clock, .random = &world.server.force.random };
  YmLedgerOptions ledger = { .clock = journal.clock,
                             .random = journal.random,
                             .signer = { sign, &world.server.server_keys } };
  gsize size;
  gconstpointer data = g_bytes_get_data (world.store, &size);
  guint8 *copy = sqlite3_malloc64 (size);
  sqlite3 *db;

  ym_ledger_free (world.server.ledger);
  test_journal_close (world.server.journal);
  memcpy (copy, data, size);
  memcpy (ledger.public_key, world.server.server_keys.public_key, sizeof ledger.public_key);
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_deserialize (db, "main", copy, size, size,
                                        SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE),
                   ==, SQLITE_OK);
  world.server.journal = ym_journal_open (db, &journal, NULL);
  g_assert_nonnull (world.server.journal);
  world.server.ledger = ym_ledger_open (world.server.journal, &ledger, NULL);
  g_assert_nonnull (world.server.ledger);
}

/* The administrator's word that the code of docs/protocol.md may be used. */
static GBytes *
open_enrolment (guint64 counter)
{
  const TestDevice *administrator = &world.server.force.devices[TEST_ADMINISTRATOR];
  const YmEnrolmentCode code = example_code ();
  YmAdministration administration = { .force = world.server.force.force,
                                      .device = administrator->author.device,
                                      .server = world.server.server,
                                      .counter = counter,
                                      .action = YM_ADMINISTRATION_OPEN,
                                      .expires_us = world.server.force.world.wall_us + G_USEC_PER_SEC };

  memcpy (administration.code_id, code.id, sizeof administration.code_id);
  return ym_administration_seal (&administration, &administrator->author.signer, NULL);
}

static void
make_world (void)
{
  g_autoptr (GBytes) enrolment = NULL, answer = NULL;
  guint status;

  if (world.made)
    return;
  world.made = TRUE;
  test_server_set_up (&world.server);
  world.tablet = test_server_tablet (&world.server, TEST_2001);
  world.contact = test_record (&world.server.force, TEST_2001, YM_FORM_CONTACT, &world.server.force.home_1);
  ym_record_set_integer (world.contact, YM_CONTACT_AT, 1);
  ym_record_set_integer (world.contact, YM_CONTACT_HOW, 1);
  ym_record_set_text (world.contact, YM_CONTACT_WITH_WHOM, "Manager");
  ym_record_set_text (world.contact, YM_CONTACT_NOTE, "Rang.");
  test_tablet_save (world.tablet, "contact.save", NULL, world.contact);
  enrolment = open_enrolment (999);
  answer = test_server_post (&world.server, YM_JOB_ADMINISTER, enrolment, &status, NULL);
  g_assert_cmpuint (status, ==, 200);
  world.store = copy_store ();
  put_store_back ();
}

/* Whether the server answered @request; it may change nothing if it did not. */
static gboolean
post (YmJobKind kind, GBytes *request)
{
  const int changes = sqlite3_total_changes (server_db ());
  g_autoptr (GBytes) answer = NULL;
  const char *problem;
  guint status;

  answer = test_server_post (&world.server, kind, request, &status, &problem);
  g_assert_true ((status == 200) == (answer != NULL));
  if (sqlite3_total_changes (server_db ()) == changes)
    return status == 200;
  if (status != 200)
    {
      g_autoptr (GBytes) store = copy_store ();

      g_assert_true (g_bytes_equal (store, world.store));
    }
  put_store_back ();
  return status == 200;
}

static const TestDevice *
officer (void)
{
  return world.tablet->device;
}

static GBytes *
seal (YmMessageKind kind, GBytes *payload, const TestDevice *device)
{
  return ym_cose_sign (kind, &world.server.force.force, payload, &device->author.signer, NULL);
}

static GBytes *
request_with (GPtrArray *group)
{
  g_autoptr (YmRequest) request = test_tablet_request (&world.server, world.tablet, group == NULL);

  if (group != NULL)
    g_ptr_array_add (request->groups, group);
  return ym_request_seal (request, &officer ()->author.signer, NULL);
}

static void
seed_exchange (GPtrArray *inputs)
{
  g_autoptr (GBytes) request = NULL;

  make_world ();
  request = request_with (NULL);
  g_ptr_array_add (inputs, ym_cose_payload (request, NULL));
}

static gboolean
run_exchange (GBytes *input)
{
  g_autoptr (GBytes) request = NULL;

  make_world ();
  request = seal (YM_MESSAGE_REQUEST, input, officer ());
  return request != NULL && post (YM_JOB_EXCHANGE, request);
}

/* A group of one envelope of the officer's, that says what an honest one would. */
static GPtrArray *
honest_group (void)
{
  make_world ();
  return test_server_forge (&world.server, TEST_2001, NULL, world.contact, NULL);
}

static gboolean
send_parcel (GBytes *envelope, GBytes *change_set)
{
  g_autoptr (GBytes) request = NULL;
  GPtrArray *group = ym_group_new ();

  g_ptr_array_add (group, ym_parcel_new (envelope, change_set));
  world.tablet->counter = 1000; /* the same in every run, and above what the server has seen */
  request = request_with (group);
  return request != NULL && post (YM_JOB_EXCHANGE, request);
}

static void
seed_signed_envelope (GPtrArray *inputs)
{
  g_autoptr (GPtrArray) group = honest_group ();
  const YmParcel *parcel = g_ptr_array_index (group, 0);

  g_ptr_array_add (inputs, ym_cose_payload (parcel->envelope, NULL));
}

/* The header that an officer's key signs; its change set is an honest one. */
static gboolean
run_signed_envelope (GBytes *input)
{
  g_autoptr (GPtrArray) group = honest_group ();
  const YmParcel *parcel = g_ptr_array_index (group, 0);
  g_autoptr (GBytes) envelope = seal (YM_MESSAGE_ENVELOPE, input, officer ());

  return envelope != NULL && send_parcel (envelope, parcel->change_set);
}

static void
seed_signed_change_set (GPtrArray *inputs)
{
  g_autoptr (GPtrArray) group = honest_group ();
  const YmParcel *parcel = g_ptr_array_index (group, 0);

  g_ptr_array_add (inputs, g_bytes_ref (parcel->change_set));
}

/* The change set that an officer's key vouches for, in an honest header. */
static gboolean
run_signed_change_set (GBytes *input)
{
  g_autoptr (GPtrArray) group = honest_group ();
  const YmParcel *parcel = g_ptr_array_index (group, 0);
  g_autoptr (GBytes) envelope = NULL;
  YmEnvelope header;

  g_assert_true (ym_envelope_decode (parcel->envelope, &header, NULL));
  if (g_bytes_get_size (input) == 0)
    return FALSE;
  ym_envelope_set_change_set (&header, input);
  envelope = ym_envelope_seal (&header, &world.server.force.force, &officer ()->author.signer, NULL);
  return envelope != NULL && send_parcel (envelope, input);
}

static void
seed_administer (GPtrArray *inputs)
{
  g_autoptr (GBytes) sealed = NULL;

  make_world ();
  sealed = open_enrolment (1000);
  g_ptr_array_add (inputs, ym_cose_payload (sealed, NULL));
}

static gboolean
run_administer (GBytes *input)
{
  g_autoptr (GBytes) request = NULL;

  make_world ();
  request = seal (YM_MESSAGE_ADMINISTRATION, input, &world.server.force.devices[TEST_ADMINISTRATOR]);
  return request != NULL && post (YM_JOB_ADMINISTER, request);
}

static void
seed_enrol (GPtrArray *inputs)
{
  g_autoptr (YmEnrolmentPost) post = example_post ();

  g_ptr_array_add (inputs, ym_enrolment_post_encode (post, NULL));
}

static gboolean
run_enrol (GBytes *input)
{
  make_world ();
  return post (YM_JOB_ENROL, input);
}

const FuzzTarget fuzz_signed_targets[] = {
  { "server-exchange", seed_exchange, run_exchange },
  { "server-envelope", seed_signed_envelope, run_signed_envelope },
  { "server-change-set", seed_signed_change_set, run_signed_change_set },
  { "server-administer", seed_administer, run_administer },
  { "server-enrol", seed_enrol, run_enrol },
  { NULL },
};
