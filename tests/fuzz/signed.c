/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is sent what is well signed and says anything: what a stolen key, or a program with a mistake, could send.
 * What it turns away must leave its store as it was, byte by byte. */

#include <string.h>

#include "sync/exchange/administration.h"
#include "tests/fuzz/target.h"
#include "tests/sync/exchange-example.h"
#include "tests/sync/server-fixture.h"

/* One server for all runs; its store is put back after each run that changed it. */
typedef struct {
  TestServer server;
  TestTablet *tablet;
  sqlite3 *backup;   /* of the server's store, as every run finds it */
  GBytes *store;     /* its bytes */
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

/* What the server has now is what every run finds. */
static void
keep_store (void)
{
  g_autoptr (GBytes) store = copy_store ();
  gsize size;
  gconstpointer data = g_bytes_get_data (store, &size);
  guint8 *copy = sqlite3_malloc64 (size);

  memcpy (copy, data, size);
  g_assert_cmpint (sqlite3_open (":memory:", &world.backup), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_deserialize (world.backup, "main", copy, size, size, SQLITE_DESERIALIZE_FREEONCLOSE), ==, SQLITE_OK);
  test_server_put_back (&world.server, world.backup);
  world.store = copy_store ();
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
  keep_store ();
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
  test_server_put_back (&world.server, world.backup);
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
