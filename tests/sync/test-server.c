/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service over real TLS, its queue, and the folder with its backups. */

#include <glib/gstdio.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/exchange/compress.h"
#include "sync/server/folder.h"
#include "sync/server/service.h"
#include "sync/server/verify.h"
#include "sync/transport/https.h"
#include "tests/sync/http-fixture.h"
#include "tests/sync/server-fixture.h"

typedef struct {
  TestServer server;
  Fixture http; /* for its TLS keys */
  YmService *service;
  YmHttps *https;
} Served;

static void
set_up (Served *served, gconstpointer data)
{
  YmServiceOptions options = { .http = ym_http_options_usual, .queue = ym_queue_options_usual };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  YmHash pin;

  test_server_set_up (&served->server);
  test_server_tablet (&served->server, TEST_2001);
  test_server_tablet (&served->server, TEST_2003);
  fixture_begin (&served->http);
  options.http.address = "127.0.0.1";
  options.http.tls = served->http.tls;
  served->service = ym_service_start (served->server.ledger, &options, &error);
  g_assert_no_error (error);
  pin = ym_tls_get_key (served->http.tls);
  address = g_strdup_printf ("https://127.0.0.1:%u", ym_service_get_port (served->service));
  served->https = ym_https_new (address, &pin, 1, &ym_https_deadlines_usual, &error);
  g_assert_no_error (error);
}

static void
tear_down (Served *served, gconstpointer data)
{
  ym_https_free (served->https);
  if (served->service != NULL)
    ym_service_stop (served->service, 10000);
  fixture_end (&served->http);
  test_server_tear_down (&served->server);
}

static GBytes *
post (YmHttps *https, const char *path, GBytes *body, guint *status)
{
  g_autoptr (GError) error = NULL;
  GBytes *answer = ym_transport_post (ym_https_transport (https), path, body, YM_EXCHANGE_MAX_BYTES, status, NULL, &error);

  g_assert_no_error (error);
  return answer;
}

static GBytes *
sealed_visit (Served *served, int device)
{
  TestServer *server = &served->server;
  TestTablet *tablet = test_server_tablet (server, device);
  g_autoptr (YmRecord) visit = test_visit (&server->force, device, &server->force.home_1);
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);

  g_ptr_array_add (request->groups, test_server_forge (server, device, NULL, visit, NULL));
  return ym_request_seal (request, &tablet->device->author.signer, NULL);
}

static void
assert_receipted (Served *served, GBytes *answer)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmResponse) response = ym_response_decode (answer, &error);

  g_assert_no_error (error);
  test_succeeds (ym_cose_verify (YM_MESSAGE_RESPONSE, &served->server.force.force, answer,
                                 served->server.server_keys.public_key, &error),
                 error);
  g_assert_cmpuint (response->receipts->len, >, 0);
}

/* Compressed is answered compressed, plain is answered plain: a device and a person with curl both get through. */
static void
test_exchange_over_tls (Served *served, gconstpointer data)
{
  g_autoptr (GBytes) plain = sealed_visit (served, TEST_2001);
  g_autoptr (GBytes) other = sealed_visit (served, TEST_2003);
  g_autoptr (GBytes) frame = ym_compress (other);
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) answer = post (served->https, "/v1/exchange", plain, &status);
  g_autoptr (GBytes) compressed = NULL;
  g_autoptr (GBytes) inflated = NULL;

  g_assert_cmpuint (status, ==, 200);
  assert_receipted (served, answer);
  compressed = post (served->https, "/v1/exchange", frame, &status);
  g_assert_cmpuint (status, ==, 200);
  inflated = ym_inflate (compressed, YM_EXCHANGE_MAX_BYTES, &error);
  g_assert_no_error (error);
  assert_receipted (served, inflated);
  g_assert_cmpuint (ym_service_get_counts (served->service).accept.envelopes[YM_DISPOSITION_ACCEPTED], >, 0);
}

/* What is wrong is answered with a status and a word, whatever it is, and the service goes on. */
static void
test_bad_requests (Served *served, gconstpointer data)
{
  static const guint8 bad_frame[] = { 0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3, 4 };
  const struct {
    const char *path;
    gconstpointer data;
    gsize length;
    guint status;
    const char *text;
  } cases[] = {
    { "/v1/exchange", "", 0, 400, "malformed" },
    { "/v1/exchange", "noise", 5, 400, "malformed" },
    { "/v1/exchange", bad_frame, sizeof bad_frame, 400, "malformed" },
    { "/v1/enrol", "noise", 5, 400, "malformed" },
    { "/v1/administer", "noise", 5, 400, "malformed" },
    { "/v2/exchange", "noise", 5, 404, NULL },
  };
  g_autoptr (GBytes) good = sealed_visit (served, TEST_2001);
  g_autoptr (GBytes) answer = NULL;
  guint status;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) body = g_bytes_new (cases[i].data, cases[i].length);
      g_autoptr (GBytes) text = post (served->https, cases[i].path, body, &status);

      g_assert_cmpuint (status, ==, cases[i].status);
      if (cases[i].text != NULL)
        g_assert_true (memcmp (g_bytes_get_data (text, NULL), cases[i].text, strlen (cases[i].text)) == 0);
    }
  answer = post (served->https, "/v1/exchange", good, &status);
  g_assert_cmpuint (status, ==, 200);
}

/* What operators' monitoring reads. */
static void
test_metrics (Served *served, gconstpointer data)
{
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  g_autoptr (GBytes) ignored = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  guint status;
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/metrics", ym_service_get_port (served->service));
  g_autofree char *output = NULL;
  char *curl[] = { (char *) "curl", (char *) "-sk", url, NULL };
  g_autoptr (GError) error = NULL;

  ignored = post (served->https, "/v1/enrol", noise, &status);
  g_assert_true (g_spawn_sync (NULL, curl, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error));
  g_assert_nonnull (strstr (output, "ymweld_envelopes_total{disposition=\"accepted\"} "));
  g_assert_nonnull (strstr (output, "\nymweld_turned_away_total 1\n"));
  g_assert_nonnull (strstr (output, "\nymweld_store_failed 0\n"));
}

typedef struct {
  GMutex mutex;
  GCond changed;
  guint n_done;
  guint n_good;
} Tally;

static void
tally_cb (gpointer data, YmJob *job)
{
  Tally *tally = data;

  g_mutex_lock (&tally->mutex);
  tally->n_done++;
  tally->n_good += job->status == 200;
  g_cond_signal (&tally->changed);
  g_mutex_unlock (&tally->mutex);
  ym_job_free (job);
}

static void
wait_for (Tally *tally, guint n)
{
  g_mutex_lock (&tally->mutex);
  while (tally->n_done < n)
    g_cond_wait (&tally->changed, &tally->mutex);
  g_mutex_unlock (&tally->mutex);
}

/* A queue that takes without end would take the machine with it; each request is answered all the same. */
static void
test_queue_is_bounded (TestServer *server, gconstpointer data)
{
  YmQueueOptions options = ym_queue_options_usual;
  Tally tally = { .n_done = 0 };
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  YmQueue *queue;

  test_server_set_up (server);
  options.most_waiting_bytes = 4;
  queue = ym_queue_start (server->ledger, &options);
  for (guint i = 0; i < 3; i++)
    ym_queue_push (queue, ym_job_new (YM_JOB_ENROL, noise), tally_cb, &tally);
  g_assert_cmpuint (tally.n_done, ==, 3);
  g_assert_cmpuint (ym_queue_get_counts (queue).full, ==, 3);
  ym_queue_stop (queue);
  test_server_tear_down (server);
}

/* What waits when the server is told to stop is still answered. */
static void
test_queue_stops_when_all_is_answered (TestServer *server, gconstpointer data)
{
  Tally tally = { .n_done = 0 };
  g_autoptr (GBytes) noise = g_bytes_new_static ("noise", 5);
  YmQueue *queue;

  test_server_set_up (server);
  queue = ym_queue_start (server->ledger, &ym_queue_options_usual);
  for (guint i = 0; i < 500; i++)
    ym_queue_push (queue, ym_job_new (YM_JOB_ENROL, noise), tally_cb, &tally);
  ym_queue_stop (queue);
  g_assert_cmpuint (tally.n_done, ==, 500);
  test_server_tear_down (server);
}

static gboolean
fail_to_seal (gpointer context, YmHead *head, GError **error)
{
  if (!*(gboolean *) context)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "no room");
  return FALSE;
}

static void
note_failure (gpointer context, const GError *error)
{
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  g_atomic_int_inc ((gint *) context);
}

static gboolean
no_head (gpointer context, YmHead *head, GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, "none");
  return FALSE;
}

static gboolean
sign_nothing (gpointer context, const guint8 *message, gsize length, guint8 signature[64], GError **error)
{
  memset (signature, 0, 64);
  return TRUE;
}

/* When the head could not be sealed nothing may be acknowledged, then or later. */
static void
test_failed_store_acknowledges_nothing (TestServer *server, gconstpointer data)
{
  gboolean fails = FALSE;
  gint failures = 0;
  Tally tally = { .n_done = 0 };
  YmQueueOptions options = ym_queue_options_usual;
  YmJournalOptions journal_options = { .seal = fail_to_seal, .read = no_head, .seal_context = &fails };
  YmLedgerOptions ledger_options = { .signer = { sign_nothing, NULL } };
  TestTablet *tablet;
  g_autoptr (YmRequest) request = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) identity = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;
  YmJournal *journal;
  YmLedger *ledger;
  YmQueue *queue;

  test_server_set_up (server);
  tablet = test_server_tablet (server, TEST_2001);
  request = test_tablet_request (server, tablet, FALSE);
  bytes = ym_request_seal (request, &tablet->device->author.signer, &error);
  g_assert_no_error (error);
  identity = test_server_identity (server);
  journal_options.clock = ledger_options.clock = &server->force.clock;
  journal_options.random = ledger_options.random = &server->force.random;
  memcpy (ledger_options.public_key, server->server_keys.public_key, 32);
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  journal = ym_journal_open (db, &journal_options, &error);
  g_assert_no_error (error);
  ledger = ym_ledger_open (journal, &ledger_options, &error);
  test_succeeds (ym_ledger_load_identity (ledger, identity, &error), error);
  fails = TRUE;
  options.failed = note_failure;
  options.context = &failures;
  queue = ym_queue_start (ledger, &options);
  for (guint i = 1; i <= 3; i++)
    {
      ym_queue_push (queue, ym_job_new (YM_JOB_EXCHANGE, bytes), tally_cb, &tally);
      wait_for (&tally, i);
      fails = FALSE; /* too late */
    }
  g_assert_cmpuint (tally.n_good, ==, 0);
  g_assert_true (ym_queue_get_counts (queue).failed);
  ym_queue_stop (queue);
  g_assert_cmpint (failures, ==, 1);
  ym_ledger_free (ledger);
  test_journal_close (journal);
  test_server_tear_down (server);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) listing = g_dir_open (path, 0, NULL);
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

typedef struct {
  TestServer force;
  char *root;
  char *directory;
  YmStoreOptions options;
} OnDisk;

static void
set_up_on_disk (OnDisk *disk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  disk->root = g_dir_make_tmp ("ymweld-server-XXXXXX", &error);
  disk->directory = g_build_filename (disk->root, "server", NULL);
  disk->options = ym_store_options_default ();
  disk->options.cache_bytes = 1024 * 1024;
  test_succeeds (ym_server_folder_make (disk->directory, "https://force.example:8443", NULL, &disk->options, &error),
                 error);
}

static void
tear_down_on_disk (OnDisk *disk, gconstpointer data)
{
  remove_folder (disk->root);
  g_free (disk->root);
  g_free (disk->directory);
}

static YmServerFolder *
open_folder (OnDisk *disk, const char *directory, const char *key)
{
  g_autoptr (GError) error = NULL;
  YmServerFolder *folder = ym_server_folder_open (directory, key, &disk->options, &error);

  g_assert_no_error (error);
  return folder;
}

/* Opens the ledger of the fixture's force under the folder's keys, certified by that force. */
static void
certify (OnDisk *disk, YmServerFolder *folder)
{
  g_autoptr (GBytes) identity = NULL;
  g_autoptr (GError) error = NULL;

  test_server_set_up_for (&disk->force, folder->public_key);
  identity = test_server_identity (&disk->force);
  test_succeeds (ym_ledger_load_identity (folder->ledger, identity, &error), error);
}

/* `init` again must not make new keys under a server that is certified. */
static void
test_folder_is_made_once (OnDisk *disk, gconstpointer data)
{
  g_autoptr (YmServerFolder) folder = open_folder (disk, disk->directory, NULL);
  guint8 public_key[32];
  g_autoptr (GError) error = NULL;

  memcpy (public_key, folder->public_key, sizeof public_key);
  g_assert_null (ym_server_folder_open (disk->directory, NULL, &disk->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_pointer (&folder, ym_server_folder_close);
  test_succeeds (ym_server_folder_make (disk->directory, "https://force.example", NULL, &disk->options, &error), error);
  folder = open_folder (disk, disk->directory, NULL);
  g_assert_cmpmem (public_key, 32, folder->public_key, 32);
}

/* An address that no device could call would be certified and useless. */
static void
test_addresses (OnDisk *disk, gconstpointer data)
{
  static const char *const bad[] = { "force.example", "http://force.example", "https://", "", "https://[" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ym_server_folder_make (disk->directory, bad[i], NULL, &disk->options, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
    }
}

/* A backup that does not open, or is not all of it, is none; one with the server's epoch would speak for it, and one that serves
 * before it knows what was revoked since would take a thief's records. */
static void
test_backup_can_take_the_servers_place (OnDisk *disk, gconstpointer data)
{
  g_autoptr (YmServerFolder) folder = open_folder (disk, disk->directory, NULL);
  g_autofree char *target = g_build_filename (disk->root, "backup", NULL);
  g_autofree char *key = g_build_filename (disk->directory, "key", NULL);
  g_autofree char *key_in_backup = g_build_filename (target, "key", NULL);
  g_autoptr (YmServerFolder) copy = NULL;
  g_autoptr (GBytes) identity = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (YmVerification) verification = { 0 };
  guint64 end;

  certify (disk, folder);
  identity = test_server_identity (&disk->force);
  end = ym_ledger_get_end (folder->ledger);
  g_assert_cmpuint (end, >, 0);
  test_succeeds (ym_server_folder_back_up (folder, target, &error), error);
  g_assert_false (ym_server_folder_back_up (folder, target, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (g_file_test (key_in_backup, G_FILE_TEST_EXISTS));
  copy = open_folder (disk, target, key);
  g_assert_false (ym_ledger_is_ready (copy->ledger));
  test_succeeds (ym_ledger_load_identity (copy->ledger, identity, &error), error);
  g_assert_true (ym_ledger_is_ready (copy->ledger));
  g_assert_cmpuint (ym_ledger_get_end (copy->ledger), ==, end);
  g_assert_cmpmem (copy->public_key, 32, folder->public_key, 32);
  g_assert_false (ym_id_equal (ym_ledger_get_epoch (copy->ledger), ym_ledger_get_epoch (folder->ledger)));
  test_succeeds (ym_ledger_verify (ym_store_writer (copy->store), &verification, &error), error);
  g_assert_cmpuint (verification.audit.problems->len, ==, 0);
  g_assert_cmpuint (verification.end, ==, end);
  test_server_tear_down (&disk->force);
}

/* What was taken before the server was closed is there when it opens again, with its head. */
static void
test_folder_keeps_what_it_took (OnDisk *disk, gconstpointer data)
{
  g_autoptr (YmServerFolder) folder = open_folder (disk, disk->directory, NULL);
  guint64 end;
  YmId epoch;

  certify (disk, folder);
  end = ym_ledger_get_end (folder->ledger);
  epoch = *ym_ledger_get_epoch (folder->ledger);
  g_clear_pointer (&folder, ym_server_folder_close);
  folder = open_folder (disk, disk->directory, NULL);
  g_assert_cmpuint (ym_ledger_get_end (folder->ledger), ==, end);
  g_assert_true (ym_id_equal (ym_ledger_get_epoch (folder->ledger), &epoch));
  g_assert_true (ym_ledger_is_ready (folder->ledger));
  test_server_tear_down (&disk->force);
}

int
main (int argc, char **argv)
{
#define SERVED(path, run) g_test_add ("/server/" path, Served, NULL, set_up, run, tear_down)
#define QUEUE(path, run) g_test_add ("/server/queue/" path, TestServer, NULL, NULL, run, NULL)
#define DISK(path, run) g_test_add ("/server/folder/" path, OnDisk, NULL, set_up_on_disk, run, tear_down_on_disk)

  g_test_init (&argc, &argv, NULL);
  SERVED ("exchange-over-tls", test_exchange_over_tls);
  SERVED ("bad-requests", test_bad_requests);
  SERVED ("metrics", test_metrics);
  QUEUE ("is-bounded", test_queue_is_bounded);
  QUEUE ("stops-when-all-is-answered", test_queue_stops_when_all_is_answered);
  QUEUE ("failed-store-acknowledges-nothing", test_failed_store_acknowledges_nothing);
  DISK ("is-made-once", test_folder_is_made_once);
  DISK ("addresses", test_addresses);
  DISK ("backup-can-take-the-servers-place", test_backup_can_take_the_servers_place);
  DISK ("keeps-what-it-took", test_folder_keeps_what_it_took);
  return g_test_run ();
}
