/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/sync/server-fixture.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "app/journal/tables.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/receipt.h"
#include "sync/server/postgresql-link.h"

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  return crypto_sign_detached (signature, NULL, message, length, ((TestDevice *) context)->secret_key) == 0;
}

static void
certify_root_and_server (TestServer *server)
{
  const TestDevice *root = &server->force.devices[TEST_ROOT];
  g_autoptr (YmRecord) device = ym_record_new (ym_form (YM_FORM_DEVICE), &server->force.force, &root->author.device);
  g_autoptr (YmRecord) certificate = ym_record_new (ym_form (YM_FORM_SERVER), &server->force.force, &server->server);
  g_auto (YmValue) root_key = ym_value_bytes (root->public_key, 32);
  g_auto (YmValue) server_key = ym_value_bytes (server->server_keys.public_key, 32);

  ym_record_set_integer (device, YM_DEVICE_KIND, YM_DEVICE_KIND_ROOT);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &root_key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, 0);
  test_write (server->source, root, "device.certify", NULL, device);
  ym_record_set_text (certificate, YM_SERVER_ADDRESS, "https://127.0.0.1:1");
  ym_record_set (certificate, YM_SERVER_SIGNING_KEY, &server_key);
  ym_record_set (certificate, YM_SERVER_TLS_KEY_HASH, &server_key);
  test_write (server->source, root, "server.certify", NULL, certificate);
}

GBytes *
test_server_identity (TestServer *server)
{
  g_autoptr (YmBundle) bundle = ym_bundle_new (&server->force.force);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (ym_journal_get_db (server->source), &error,
                        "SELECT body, change_set FROM envelope WHERE class = ? ORDER BY entry", "i", YM_CLASS_IDENTITY);
  GBytes *bytes;

  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);

      g_ptr_array_add (bundle->parcels, ym_parcel_new (body, change_set));
    }
  bytes = ym_bundle_encode (bundle, &error);
  g_assert_no_error (error);
  return bytes;
}

/* A schema for this server alone, and the URL that leads there. */
static char *
make_schema (const char *url)
{
  static int number;
  g_autofree char *name = g_strdup_printf ("test_%d_%d", getpid (), number++);
  g_autofree char *sql = g_strdup_printf ("CREATE SCHEMA %s", name);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmLink) link = ym_link_open (url, &error);

  g_assert_no_error (error);
  test_succeeds (ym_link_do (link, &error, sql, ""), error);
  return g_strdup_printf ("%s&options=-csearch_path%%3D%s", url, name);
}

static void
choose_order (TestServer *server)
{
  const char *wanted = g_getenv ("YM_TEST_LEDGER");

  if (wanted == NULL || server->order != NULL)
    return;
  server->databases = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_postgresql_free);
  if (g_str_has_prefix (wanted, "postgresql:"))
    {
      server->url = make_schema (wanted);
      return;
    }
  g_assert_cmpstr (wanted, ==, "memory");
  test_order_init (&server->memory);
  server->order = &server->memory.order;
}

/* A connection of its own for each server, as if it were another process. */
static void
connect_to_database (TestServer *server)
{
  g_autoptr (YmSecret) key = ym_secret_new (YM_LEDGER_SEAL_KEY_BYTES);
  const YmPostgresqlOptions options = { .url = server->url, .key = key, .random = ym_random_system () };
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (server->databases, ym_postgresql_open (&options, &error));
  g_assert_no_error (error);
  server->order
      = ym_postgresql_get_order (g_ptr_array_index (server->databases, server->databases->len - 1));
}

static void
open_ledger_in (TestServer *server, sqlite3 *db, gboolean founded, YmJournal **journal, YmLedger **ledger)
{
  const YmJournalOptions journal_options = { .clock = &server->force.clock, .random = &server->force.random };
  YmLedgerOptions options = { .clock = &server->force.clock,
                              .random = &server->force.random,
                              .signer = { sign, &server->server_keys } };
  g_autoptr (GError) error = NULL;

  if (server->url != NULL)
    connect_to_database (server);
  options.order = server->order;
  memcpy (options.public_key, server->server_keys.public_key, 32);
  *journal = ym_journal_open (db, &journal_options, &error);
  g_assert_no_error (error);
  if (founded)
    {
      test_succeeds (ym_journal_begin (*journal, &error), error);
      test_succeeds (ym_journal_found (*journal, server->force.devices[TEST_ROOT].public_key, &server->server, &error),
                     error);
      test_succeeds (ym_journal_commit (*journal, &error), error);
    }
  *ledger = ym_ledger_open (*journal, &options, &error);
  g_assert_no_error (error);
}

static void
open_ledger (TestServer *server, gboolean founded, YmJournal **journal, YmLedger **ledger)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  open_ledger_in (server, db, founded, journal, ledger);
}

static sqlite3 *
copy_database (sqlite3 *from)
{
  sqlite3_backup *backup;
  sqlite3 *to;

  g_assert_cmpint (sqlite3_open (":memory:", &to), ==, SQLITE_OK);
  backup = sqlite3_backup_init (to, "main", from, "main");
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
  return to;
}

sqlite3 *
test_server_back_up (TestServer *server)
{
  sqlite3 *copy = copy_database (ym_journal_get_db (server->journal));
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_ledger_mark_copy (copy, &error), error);
  return copy;
}

void
test_server_put_back (TestServer *server, sqlite3 *backup)
{
  ym_ledger_free (server->ledger);
  test_journal_close (server->journal);
  if (backup == NULL)
    open_ledger (server, FALSE, &server->journal, &server->ledger);
  else
    open_ledger_in (server, copy_database (backup), FALSE, &server->journal, &server->ledger);
  server->answers = server->ledger;
}

void
test_server_open (TestServer *server)
{
  choose_order (server);
  open_ledger (server, FALSE, &server->journal, &server->ledger);
  server->answers = server->ledger;
}

void
test_server_open_twin (TestServer *server, YmJournal **journal, YmLedger **ledger)
{
  open_ledger (server, TRUE, journal, ledger);
}

static void
append_rows (GString *text, YmJournal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (ym_journal_get_db (journal), &error, sql, "");

  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    g_string_append_printf (text, "%s\n", ym_sql_column_text (rows, 0));
  g_assert_no_error (error);
}

char *
test_ledger_export (YmJournal *journal)
{
  static const char *const queries[] = {
    "SELECT position || ' ' || hex(hash) || hex(epoch) || ' ' || disposition || ' ' || reason || ' ' || received_at || ' ' "
    "|| violation || ' ' || folded || ' ' || hex(stream_hash) FROM envelope ORDER BY position",
    "SELECT hex(body) FROM receipt ORDER BY author, chain, last, hash",
    "SELECT hex(device) || ' ' || counter || ' ' || coalesce(synced_at, 'never') || ' ' || base FROM device_state ORDER BY device",
    "SELECT hex(code_id) || ' ' || expires_at FROM enrolment ORDER BY code_id",
    "SELECT hex(body) FROM enrolment_post ORDER BY hash",
    "SELECT what || hex(hash) FROM evidence ORDER BY hash",
  };
  GString *text = g_string_new (NULL);
  g_autofree char *rows = test_export (journal);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    append_rows (text, journal, queries[i]);
  g_string_append (text, rows);
  return g_string_free (text, FALSE);
}

static void
assert_same_lines (const char *text, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) wanted = g_strsplit (expected, "\n", -1);

  for (guint i = 0; lines[i] != NULL && wanted[i] != NULL; i++)
    g_assert_cmpstr (lines[i], ==, wanted[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (wanted));
}

/* Another process on the same order has the same, whether it followed all along or comes only now. */
static void
check_twins (TestServer *server)
{
  g_autofree char *expected = test_ledger_export (server->journal);

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *export = NULL;
      g_autoptr (GError) error = NULL;

      if (server->twin == NULL)
        test_server_open_twin (server, &server->twin_journal, &server->twin);
      test_succeeds (ym_ledger_follow (server->twin, &error), error);
      export = test_ledger_export (server->twin_journal);
      assert_same_lines (export, expected);
      g_clear_pointer (&server->twin, ym_ledger_free);
      g_clear_pointer (&server->twin_journal, test_journal_close);
    }
}

/* The force's own test code places what it writes; here only the server does that. */
static void
unplace (YmJournal *journal)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ym_sql_script (ym_journal_get_db (journal),
                                "UPDATE envelope SET position = NULL, epoch = NULL, stream_hash = NULL, received_at = NULL;"
                                "DELETE FROM state WHERE name IN ('cursor', 'epoch')",
                                &error));
}

static void
begin_force (TestServer *server, const guint8 server_key[32])
{
  guint8 seed[crypto_sign_SEEDBYTES] = { 99 };

  memset (server, 0, sizeof *server);
  test_force_init (&server->force);
  crypto_sign_seed_keypair (server->server_keys.public_key, server->server_keys.secret_key, seed);
  if (server_key != NULL)
    memcpy (server->server_keys.public_key, server_key, 32);
  server->server = ym_id_of_public_key ("server", server->server_keys.public_key);
  server->source = test_journal_open (&server->force, TEST_ADMINISTRATOR);
  certify_root_and_server (server);
  test_force_found (&server->force, server->source);
  unplace (server->source);
  test_server_open (server);
}

void
test_server_set_up_for (TestServer *server, const guint8 server_key[32])
{
  begin_force (server, server_key);
  server->tablets[TEST_ADMINISTRATOR].device = &server->force.devices[TEST_ADMINISTRATOR];
  server->tablets[TEST_ADMINISTRATOR].journal = server->source;
  server->tablets[TEST_ADMINISTRATOR].backfills = g_array_new (FALSE, FALSE, sizeof (YmBackfill));
}

void
test_server_set_up (TestServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) identity = NULL;

  begin_force (server, NULL);
  identity = test_server_identity (server);
  test_succeeds (ym_ledger_load_identity (server->ledger, identity, &error), error);
  if (server->order != NULL)
    test_server_open_twin (server, &server->twin_journal, &server->twin);
  test_tablet_sync (server, test_server_tablet (server, TEST_ADMINISTRATOR));
}

void
test_server_tear_down (TestServer *server)
{
  for (int i = 0; i < TEST_N_DEVICES; i++)
    if (server->tablets[i].journal != NULL)
      {
        g_array_unref (server->tablets[i].backfills);
        test_journal_close (server->tablets[i].journal);
      }
  if (server->order != NULL && !server->changed_by_hand && ym_ledger_is_ready (server->ledger))
    check_twins (server);
  g_clear_pointer (&server->twin, ym_ledger_free);
  g_clear_pointer (&server->twin_journal, test_journal_close);
  ym_ledger_free (server->ledger);
  test_journal_close (server->journal);
  if (server->order == &server->memory.order)
    test_order_clear (&server->memory);
  g_clear_pointer (&server->databases, g_ptr_array_unref);
  g_clear_pointer (&server->url, g_free);
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

TestTablet *
test_server_tablet (TestServer *server, int device)
{
  TestTablet *tablet = &server->tablets[device];

  if (tablet->journal != NULL)
    return tablet;
  tablet->device = &server->force.devices[device];
  tablet->backfills = g_array_new (FALSE, FALSE, sizeof (YmBackfill));
  tablet->journal
      = device == TEST_ADMINISTRATOR ? server->source : test_journal_open (&server->force, device);
  if (device == TEST_ADMINISTRATOR)
    return tablet;
  take_identity (server, tablet->journal);
  test_tablet_sync (server, tablet);
  return tablet;
}

static void
add_pending (TestTablet *tablet, YmRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      ym_journal_get_db (tablet->journal), &error,
      "SELECT body, change_set, group_index FROM envelope WHERE position IS NULL ORDER BY entry", "");

  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);

      if (sqlite3_column_int64 (rows, 2) == 0)
        g_ptr_array_add (request->groups, ym_group_new ());
      g_ptr_array_add (g_ptr_array_index (request->groups, request->groups->len - 1), ym_parcel_new (body, change_set));
    }
}

YmRequest *
test_tablet_request (TestServer *server, TestTablet *tablet, gboolean push)
{
  YmRequest *request = ym_request_new ();
  g_autoptr (GError) error = NULL;

  request->force = server->force.force;
  request->device = tablet->device->author.device;
  request->server = server->server;
  request->counter = ++tablet->counter;
  request->has_cursor = ym_journal_get_cursor (tablet->journal, &request->cursor);
  g_array_unref (request->own);
  request->own = ym_journal_chains (tablet->journal, &request->device, &error);
  request->most_bytes = YM_EXCHANGE_BATCH_BYTES;
  g_array_append_vals (request->backfills, tablet->backfills->data, tablet->backfills->len);
  if (push)
    add_pending (tablet, request);
  return request;
}

static const struct {
  const char *path;
  YmJobKind kind;
} paths[] = {
  { "/v1/exchange", YM_JOB_EXCHANGE },
  { "/v1/enrol", YM_JOB_ENROL },
  { "/v1/administer", YM_JOB_ADMINISTER },
};

YmJobKind
test_job_kind (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_str_equal (paths[i].path, path))
      return paths[i].kind;
  g_assert_not_reached ();
}

GBytes *
test_server_post (TestServer *server, YmJobKind kind, GBytes *request, guint *status, const char **problem)
{
  g_autoptr (YmJob) job = ym_job_new (kind, request);
  g_autoptr (GError) error = NULL;

  if (server->post != NULL)
    return server->post (server->post_context, "/v1/exchange", request, status);
  test_succeeds (ym_accept_jobs (server->answers, &job, 1, &error), error);
  *status = job->status;
  if (problem != NULL)
    *problem = job->problem;
  return g_steal_pointer (&job->answer);
}

YmResponse *
test_server_send (TestServer *server, TestTablet *tablet, YmRequest *request, guint *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = ym_request_seal (request, &tablet->device->author.signer, &error);
  g_autoptr (GBytes) answer = NULL;
  YmHash hash;
  YmResponse *response;
  guint got;

  g_assert_no_error (error);
  hash = ym_hash_of_bytes (bytes);
  answer = test_server_post (server, YM_JOB_EXCHANGE, bytes, &got, NULL);
  if (status != NULL)
    *status = got;
  g_assert_true ((answer != NULL) == (got == 200));
  if (answer == NULL)
    return NULL;
  test_succeeds (ym_cose_verify (YM_MESSAGE_RESPONSE, &server->force.force, answer, server->server_keys.public_key,
                                 &error),
                 error);
  response = ym_response_decode (answer, &error);
  g_assert_no_error (error);
  g_assert_true (ym_hash_equal (&response->request, &hash));
  g_assert_true (ym_id_equal (&response->device, &request->device));
  return response;
}

static void
take_receipt (TestServer *server, TestTablet *tablet, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, &error);

  test_succeeds (ym_cose_verify (YM_MESSAGE_RECEIPT, &server->force.force, bytes, server->server_keys.public_key,
                                 &error),
                 error);
  /* Those for colleagues' are kept by the real client, to bring them back to a server that lost them. */
  for (guint i = 0; i < receipt->outcomes->len && ym_id_equal (&receipt->author, &tablet->device->author.device); i++)
    {
      const YmOutcome *outcome = &g_array_index (receipt->outcomes, YmOutcome, i);
      const YmPlacement placement
          = { TRUE, { receipt->epoch, outcome->position }, outcome->disposition, outcome->reason, receipt->server_us };

      test_succeeds (ym_journal_place (tablet->journal, &receipt->author, &receipt->last.chain, receipt->first + i,
                                       &placement, &error),
                     error);
    }
}

static void
take_entry (TestTablet *tablet, const YmEntry *entry, const YmId *epoch)
{
  const YmPlacement placement = { TRUE,
                                  { *epoch, entry->outcome.position },
                                  entry->outcome.disposition,
                                  entry->outcome.reason,
                                  entry->received_us };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmArrival) arrival = ym_arrival_decode (entry->parcel->envelope, entry->parcel->change_set, &error);

  g_assert_no_error (error);
  test_succeeds (ym_journal_take (tablet->journal, arrival, &placement, &error), error);
}

void
test_tablet_take (TestServer *server, TestTablet *tablet, const YmResponse *response)
{
  const YmPosition through = { response->epoch, response->through };
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_journal_begin (tablet->journal, &error), error);
  for (guint i = 0; i < response->receipts->len; i++)
    take_receipt (server, tablet, g_ptr_array_index (response->receipts, i));
  for (guint i = 0; i < response->entries->len; i++)
    take_entry (tablet, g_ptr_array_index (response->entries, i), &response->epoch);
  test_succeeds (ym_journal_advance (tablet->journal, &through, &error), error);
  test_succeeds (ym_journal_commit (tablet->journal, &error), error);
  g_array_set_size (tablet->backfills, 0);
  for (guint i = 0; i < response->backfills->len; i++)
    if (!g_array_index (response->backfills, YmBackfill, i).complete)
      g_array_append_val (tablet->backfills, g_array_index (response->backfills, YmBackfill, i));
}

void
test_tablet_sync (TestServer *server, TestTablet *tablet)
{
  gboolean more = TRUE;

  for (guint rounds = 0; more; rounds++)
    {
      g_autoptr (YmRequest) request = test_tablet_request (server, tablet, TRUE);
      g_autoptr (YmResponse) response = test_server_send (server, tablet, request, NULL);

      g_assert_cmpuint (rounds, <, 100);
      g_assert_nonnull (response);
      g_assert_cmpuint (response->expected_counter, ==, 0);
      g_assert_null (response->stop);
      test_tablet_take (server, tablet, response);
      more = response->more;
    }
}

void
test_tablet_save (TestTablet *tablet, const char *intent, const YmRecord *before, const YmRecord *after)
{
  test_write (tablet->journal, tablet->device, intent, before, after);
}

YmOutcome
test_server_outcome (TestServer *server, TestTablet *tablet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (ym_journal_get_db (server->journal), &error,
                        "SELECT position, disposition, reason FROM envelope WHERE author = ? "
                        "ORDER BY position DESC LIMIT 1",
                        "d", &tablet->device->author.device);

  if (ym_sql_step (row, &error) != YM_SQL_ROW)
    return (YmOutcome){ 0 };
  return (YmOutcome){ (guint64) sqlite3_column_int64 (row, 0), (YmDisposition) sqlite3_column_int64 (row, 1),
                      (guint) sqlite3_column_int64 (row, 2) };
}

YmOutcome
test_tablet_push (TestServer *server, TestTablet *tablet)
{
  test_tablet_sync (server, tablet);
  return test_server_outcome (server, tablet);
}

void
test_server_import (TestServer *server, const YmRecord *before, const YmRecord *after)
{
  TestTablet *administrator = test_server_tablet (server, TEST_ADMINISTRATOR);

  test_tablet_save (administrator, "import", before, after);
  test_tablet_sync (server, administrator);
}

void
test_server_assign (TestServer *server, const YmId *home, int device, gint64 to_date)
{
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_ASSIGNMENT), home, &ym_id_zero);
  g_autoptr (YmRecord) before = NULL;

  ym_record_set_id (record, YM_ASSIGNMENT_HOME, home);
  ym_record_set_id (record, YM_ASSIGNMENT_OFFICER, &server->force.devices[device].officer);
  ym_record_set_integer (record, YM_ASSIGNMENT_ROLE, YM_ASSIGNMENT_NAMED);
  ym_record_set_integer (record, YM_ASSIGNMENT_FROM_DATE, 20000);
  if (to_date > 0)
    ym_record_set_integer (record, YM_ASSIGNMENT_TO_DATE, to_date);
  record->id = ym_record_key_id (record, &server->force.force);
  before = ym_tables_read (ym_journal_get_db (server->source), record->form, home, &record->id, NULL);
  test_server_import (server, before, record);
}

void
test_server_revoke (TestServer *server, int device)
{
  const TestDevice *revoked = &server->force.devices[device];
  YmId id = ym_id_random (&server->force.random);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_REVOCATION), &server->force.force, &id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) chains = ym_journal_chains (server->journal, &revoked->author.device, &error);

  ym_record_set_id (record, YM_REVOCATION_DEVICE, &revoked->author.device);
  if (chains->len > 0)
    ym_record_set_id (record, YM_REVOCATION_CHAIN, &g_array_index (chains, YmChainPoint, 0).chain);
  ym_record_set_integer (record, YM_REVOCATION_LAST_SEQUENCE,
                         chains->len > 0 ? (gint64) g_array_index (chains, YmChainPoint, 0).sequence : 0);
  ym_record_set_text (record, YM_REVOCATION_REASON, "lost");
  ym_record_set_integer (record, YM_REVOCATION_STOLEN, YM_NO);
  ym_record_set_integer (record, YM_REVOCATION_AT, server->force.world.wall_us);
  test_write (server->source, &server->force.devices[TEST_ROOT], "device.revoke", NULL, record);
  test_tablet_sync (server, test_server_tablet (server, TEST_ADMINISTRATOR));
}

static YmChangeSet *
change_set_of (TestServer *server, const YmRecord *before, const YmRecord *after)
{
  YmChangeSet *change_set = ym_change_set_new (&server->force.random);
  YmOperation *operation = ym_operation_new (
      after->form->id, before == NULL ? YM_OPERATION_INSERT : YM_OPERATION_UPDATE, &after->id);
  const YmValue nothing = YM_VALUE_INIT;

  for (guint i = 0; i < after->form->n_fields; i++)
    {
      const YmValue *old = before == NULL ? &nothing : &before->values[i];

      if (!ym_value_equal (old, &after->values[i]))
        ym_operation_set (operation, after->form->fields[i].id, before == NULL ? NULL : old, &after->values[i]);
    }
  ym_change_set_add (change_set, operation);
  return change_set;
}

GPtrArray *
test_server_forge (TestServer *server, int device, const YmRecord *before, const YmRecord *after, TestAlter alter)
{
  const TestDevice *author = &server->force.devices[device];
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) chains = ym_journal_chains (server->journal, &author->author.device, &error);
  g_autoptr (YmChangeSet) change_set = change_set_of (server, before, after);
  g_autoptr (GBytes) change_set_bytes = ym_change_set_encode (change_set, &error);
  g_autoptr (GBytes) bytes = NULL;
  GPtrArray *group = ym_group_new ();
  YmEnvelope envelope = { .author = author->author.device,
                          .sequence = 1,
                          .scope = after->scope,
                          .stream_class = after->form->record_class,
                          .group = ym_id_random (&server->force.random),
                          .group_count = 1,
                          .subject = after->id,
                          .wall_us = server->force.world.wall_us,
                          .schema = YM_SCHEMA_VERSION };

  g_assert_no_error (error);
  envelope.chain = ym_id_random (&server->force.random);
  if (chains->len > 0)
    {
      const YmChainPoint *end = &g_array_index (chains, YmChainPoint, 0);

      envelope.chain = end->chain;
      envelope.sequence = end->sequence + 1;
      envelope.previous = end->hash;
    }
  g_assert_true (ym_envelope_set_intent (&envelope, "test.forge"));
  ym_envelope_set_change_set (&envelope, change_set_bytes);
  if (alter != NULL)
    alter (&envelope);
  bytes = ym_envelope_seal (&envelope, &server->force.force, &author->author.signer, &error);
  g_assert_no_error (error);
  g_ptr_array_add (group, ym_parcel_new (bytes, change_set_bytes));
  return group;
}

YmResponse *
test_tablet_send_groups (TestServer *server, TestTablet *tablet, GPtrArray *first, GPtrArray *second)
{
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);

  g_ptr_array_add (request->groups, first);
  if (second != NULL)
    g_ptr_array_add (request->groups, second);
  return test_server_send (server, tablet, request, NULL);
}

GPtrArray *
test_flip (GPtrArray *group, gboolean in_change_set, gsize from_end)
{
  const YmParcel *parcel = g_ptr_array_index (group, 0);
  GPtrArray *flipped = ym_group_new ();
  gsize length;
  gconstpointer data = g_bytes_get_data (in_change_set ? parcel->change_set : parcel->envelope, &length);
  guint8 *copy = g_memdup2 (data, length);
  g_autoptr (GBytes) bytes = NULL;

  copy[length - 1 - from_end] ^= 1;
  bytes = g_bytes_new_take (copy, length);
  g_ptr_array_add (flipped, in_change_set ? ym_parcel_new (parcel->envelope, bytes)
                                          : ym_parcel_new (bytes, parcel->change_set));
  return flipped;
}
