/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several servers on one order, an order that fails, and one that was put back. */

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "sync/server/queue.h"
#include "tests/sync/server-fixture.h"

static void
set_up (TestServer *server, gconstpointer data)
{
  test_server_set_up (server);
}

static void
tear_down (TestServer *server, gconstpointer data)
{
  test_server_tear_down (server);
}

#define ENVELOPES "SELECT count(*) FROM envelope"

static void
save_visit (TestServer *server, TestTablet *tablet, int device)
{
  g_autoptr (YmRecord) visit = test_visit (&server->force, device, &server->force.home_1);

  test_tablet_save (tablet, "visit.sign-off", NULL, visit);
}

/* One batch of everything pending to one of the two servers; the answer is taken in. FALSE unless it was 200. */
static gboolean
push_to (TestServer *server, YmLedger *ledger, TestTablet *tablet, guint *status)
{
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, TRUE);
  g_autoptr (YmResponse) response = NULL;

  server->answers = ledger;
  response = test_server_send (server, tablet, request, status);
  server->answers = server->ledger;
  if (response == NULL)
    return FALSE;
  test_tablet_take (server, tablet, response);
  return TRUE;
}

static guint64
chain_end (TestTablet *tablet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) chains = ym_journal_chains (tablet->journal, &tablet->device->author.device, &error);

  return g_array_index (chains, YmChainPoint, 0).sequence;
}

static void
assert_each_once (TestServer *server, TestTablet *tablet, guint64 last)
{
  for (guint64 sequence = 1; sequence <= last; sequence++)
    g_assert_cmpuint (test_order_count (&server->memory, &tablet->device->author.device, sequence), ==, 1);
}

/* Behind a load balancer every request may meet another server: what one took, the next must know. */
static void
test_any_server_takes_any_request (TestServer *server, gconstpointer data)
{
  TestTablet *named = test_server_tablet (server, TEST_2001);
  TestTablet *deputy = test_server_tablet (server, TEST_2003);

  for (int i = 0; i < 6; i++)
    {
      save_visit (server, named, TEST_2001);
      save_visit (server, deputy, TEST_2003);
      g_assert_true (push_to (server, i % 2 == 0 ? server->twin : server->ledger, named, NULL));
      g_assert_true (push_to (server, i % 3 == 0 ? server->ledger : server->twin, deputy, NULL));
    }
  test_tablet_sync (server, named);
  test_tablet_sync (server, deputy);
  g_assert_cmpint (test_count (named->journal, "SELECT count(*) FROM visit"), ==, 12);
  g_assert_cmpint (test_count (deputy->journal, "SELECT count(*) FROM visit"), ==, 12);
  assert_each_once (server, named, chain_end (named));
  assert_each_once (server, deputy, chain_end (deputy));
}

/* A request that was overheard and is played to another server must yield nothing there either. */
static void
test_replay_elsewhere_is_refused (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);
  g_autoptr (YmResponse) first = test_server_send (server, tablet, request, NULL);
  g_autoptr (YmResponse) again = NULL;

  g_assert_cmpuint (first->expected_counter, ==, 0);
  server->answers = server->twin;
  again = test_server_send (server, tablet, request, NULL);
  server->answers = server->ledger;
  g_assert_cmpuint (again->expected_counter, ==, request->counter + 1);
  g_assert_cmpuint (again->entries->len, ==, 0);
}

typedef struct {
  const char *name;
  TestOrderMode mode;
} Trouble;

static const Trouble troubles[] = {
  { "away", TEST_ORDER_AWAY },
  { "loses", TEST_ORDER_LOSES },
  { "unsure", TEST_ORDER_UNSURE },
};

/* What the order did not say that it has is not acknowledged, whether it has it or not; sent again it is there once. */
static void
test_trouble_is_no_receipt (TestServer *server, gconstpointer data)
{
  const Trouble *trouble = data;
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  guint64 before = server->memory.now.end;
  guint status;

  save_visit (server, tablet, TEST_2001);
  server->memory.mode = trouble->mode;
  g_assert_false (push_to (server, server->ledger, tablet, &status));
  g_assert_cmpuint (status, ==, 503);
  g_assert_false (server->memory.taken);
  g_assert_cmpuint (ym_ledger_get_end (server->ledger), ==, before);
  g_assert_cmpint (test_count (server->journal, ENVELOPES), ==, (gint64) before);
  server->memory.mode = TEST_ORDER_GOOD;
  g_assert_true (push_to (server, server->twin, tablet, NULL));
  g_assert_true (push_to (server, server->ledger, tablet, NULL));
  g_assert_cmpuint (server->memory.now.end, ==, before + 1);
  g_assert_cmpint (test_count (tablet->journal, ENVELOPES " WHERE position IS NULL"), ==, 0);
  assert_each_once (server, tablet, chain_end (tablet));
}

/* What was undone within a transaction must not reach the others: a job that fails is this job's alone. */
static void
test_undone_is_not_handed_over (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_2);
  g_autoptr (YmResponse) response = NULL;
  GPtrArray *group = test_server_forge (server, TEST_2001, NULL, visit, NULL);

  response = test_tablet_send_groups (server, tablet, group, NULL); /* of a home that is not theirs: appended, undone, refused */
  g_assert_cmpuint (response->receipts->len, ==, 1);
  g_assert_cmpuint (test_server_outcome (server, tablet).disposition, ==, YM_DISPOSITION_REFUSED);
  g_assert_cmpuint (test_order_count (&server->memory, &tablet->device->author.device, 1), ==, 1);
}

/* An order that somebody put back, and that went on otherwise, must stop a server that had followed it further. */
static void
test_order_put_back_is_found (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRequest) request = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (YmJob) job = NULL;
  g_autoptr (GError) error = NULL;
  YmOrderPoint before = server->memory.now;

  server->changed_by_hand = TRUE;
  test_succeeds (ym_ledger_follow (server->twin, &error), error);
  save_visit (server, tablet, TEST_2001);
  g_assert_true (push_to (server, server->ledger, tablet, NULL));
  g_ptr_array_set_size (server->memory.all.entries, (gint) before.end);
  g_ptr_array_set_size (server->memory.all.facts, (gint) before.facts);
  server->memory.now = before;
  request = test_tablet_request (server, tablet, FALSE);
  bytes = ym_request_seal (request, &tablet->device->author.signer, &error);
  job = ym_job_new (YM_JOB_EXCHANGE, bytes);
  g_assert_false (ym_accept_jobs (server->ledger, &job, 1, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  g_assert_cmpuint (job->status, ==, 503);
}

/* After a failover that may have lost something there is a new epoch: who starts then must say what went before it. */
static void
test_new_epoch_names_the_old (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  const YmPosition before = { server->memory.now.epoch, server->memory.now.end };
  g_auto (YmLineage) lineage = { NULL };
  g_autoptr (YmRequest) request = NULL;
  g_autoptr (YmResponse) response = NULL;
  g_autoptr (GError) error = NULL;
  const YmPosition *past;
  guint64 n_given_up;

  server->changed_by_hand = TRUE;
  server->memory.now.epoch = ym_id_random (&server->force.random);
  g_assert_false (ym_ledger_follow (server->ledger, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  g_clear_error (&error);
  g_clear_pointer (&server->twin, ym_ledger_free);
  g_clear_pointer (&server->twin_journal, test_journal_close);
  test_server_open_twin (server, &server->twin_journal, &server->twin);
  test_succeeds (ym_journal_read_lineage (server->twin_journal, &lineage, &error), error);
  g_assert_true (ym_id_equal (&lineage.epoch, &server->memory.now.epoch));
  g_assert_cmpuint (lineage.past->len, ==, 1);
  past = &g_array_index (lineage.past, YmPosition, 0);
  g_assert_true (ym_id_equal (&past->epoch, &before.epoch));
  g_assert_cmpuint (past->number, ==, before.number);
  save_visit (server, tablet, TEST_2001);
  server->answers = server->twin;
  request = test_tablet_request (server, tablet, FALSE);
  response = test_server_send (server, tablet, request, NULL);
  g_assert_cmpuint (response->past->len, ==, 1);
  test_succeeds (ym_journal_begin (tablet->journal, &error), error);
  test_succeeds (ym_journal_branch (tablet->journal, &lineage, &n_given_up, &error), error);
  test_succeeds (ym_journal_commit (tablet->journal, &error), error);
  g_assert_cmpuint (n_given_up, ==, 0); /* nothing was lost */
  test_tablet_sync (server, tablet);
  server->answers = server->ledger;
  g_assert_cmpint (test_count (tablet->journal, ENVELOPES " WHERE position IS NULL"), ==, 0);
  g_assert_cmpuint (server->memory.now.end, ==, before.number + 1);
}

/* Entries that are not what a server wrote must not be folded. */
static void
test_strange_entry_is_found (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (GError) error = NULL;
  YmOrderEntry *entry;

  server->changed_by_hand = TRUE;
  save_visit (server, tablet, TEST_2001);
  g_assert_true (push_to (server, server->ledger, tablet, NULL));
  entry = g_ptr_array_index (server->memory.all.entries, server->memory.all.entries->len - 1);
  g_bytes_unref (entry->body);
  entry->body = g_bytes_new_static ("\x80", 1);
  g_assert_false (ym_ledger_follow (server->twin, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  g_assert_cmpint (test_count (server->twin_journal, "SELECT count(*) FROM visit"), ==, 0);
}

/* A server that nobody asks still hears of what the others take, through its queue. */
static void
test_queue_follows (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  YmQueue *queue = ym_queue_start (server->twin, &ym_queue_options_usual);

  save_visit (server, tablet, TEST_2001);
  g_assert_true (push_to (server, server->ledger, tablet, NULL));
  while (ym_queue_get_counts (queue).end < ym_ledger_get_end (server->ledger))
    g_thread_yield ();
  ym_queue_stop (queue);
  g_assert_cmpint (test_count (server->twin_journal, "SELECT count(*) FROM visit"), ==, 1);
}

#define add(path, function) g_test_add (path, TestServer, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("YM_TEST_LEDGER", "memory", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  add ("/order/any-server", test_any_server_takes_any_request);
  add ("/order/replay-elsewhere", test_replay_elsewhere_is_refused);
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      g_autofree char *path = g_strconcat ("/order/trouble/", troubles[i].name, NULL);

      g_test_add (path, TestServer, &troubles[i], set_up, test_trouble_is_no_receipt, tear_down);
    }
  add ("/order/undone", test_undone_is_not_handed_over);
  add ("/order/put-back", test_order_put_back_is_found);
  add ("/order/new-epoch", test_new_epoch_names_the_old);
  add ("/order/strange-entry", test_strange_entry_is_found);
  add ("/order/queue", test_queue_follows);
  return g_test_run ();
}
