/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A round of sync against the real accepting code, over a wire that loses, repeats and lies. */

#include "app/base/error.h"
#include "app/journal/backfill.h"
#include "app/journal/tables.h"
#include "app/rules/civil.h"
#include "tests/sync/client-fixture.h"

typedef struct {
  TestServer server;
  TestWire wire;
  TestUnit named;  /* officer 2001, of home 1 */
  TestUnit deputy; /* officer 2003, of home 1 */
  TestUnit other;  /* officer 2002, of home 2 */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_server_set_up (&fixture->server);
  test_wire_init (&fixture->wire, &fixture->server);
  test_unit_init (&fixture->named, &fixture->wire, TEST_2001);
  test_unit_init (&fixture->deputy, &fixture->wire, TEST_2003);
  test_unit_init (&fixture->other, &fixture->wire, TEST_2002);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_unit_clear (&fixture->named);
  test_unit_clear (&fixture->deputy);
  test_unit_clear (&fixture->other);
  test_wire_clear (&fixture->wire);
  test_server_tear_down (&fixture->server);
}

static gint64
visits (YmJournal *journal)
{
  return test_count (journal, "SELECT count(*) FROM visit");
}

static gint64
pending (const TestUnit *unit)
{
  return test_count (unit->journal, "SELECT count(*) FROM envelope WHERE position IS NULL");
}

/* Broken: a visit doesn't get to the server, its officer isn't told, or the deputy never sees it. */
static void
test_push_and_pull (Fixture *fixture, gconstpointer data)
{
  const YmId *home = &fixture->server.force.home_1;
  g_auto (YmSyncOverview) overview = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) visit = NULL;
  YmSyncStanding standing;

  test_unit_sync (&fixture->named);
  g_assert_cmpuint (fixture->named.result.pulled, >, 0);
  g_assert_cmpuint (fixture->named.result.receipted, ==, 0);
  g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM home"), ==, 1);
  g_assert_cmpint (pending (&fixture->named), ==, 0);
  visit = test_unit_visit (&fixture->server, &fixture->named, home, 100);
  g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_HERE);
  test_unit_sync (&fixture->named);
  g_assert_cmpuint (fixture->named.result.pushed, ==, 1);
  g_assert_cmpuint (fixture->named.result.receipted, ==, 1);
  g_assert_cmpuint (fixture->named.result.refused, ==, 0);
  standing = test_unit_standing (&fixture->named, visit);
  g_assert_cmpint (standing.state, ==, YM_SYNC_STATE_RECEIPTED);
  g_assert_cmpuint (standing.position, >, 0);
  g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM receipt r WHERE author IN " YM_JOURNAL_OWN_AUTHORS),
                   ==, 1);
  test_unit_sync (&fixture->deputy);
  g_assert_cmpint (visits (fixture->deputy.journal), ==, 1);
  test_unit_sync (&fixture->other);
  g_assert_cmpint (visits (fixture->other.journal), ==, 0);
  test_succeeds (ym_sync_overview_read (ym_journal_get_db (fixture->named.journal),
                                        &fixture->named.device->author.device, &overview, &error),
                 error);
  g_assert_cmpuint (overview.receipted, ==, 1);
  g_assert_cmpuint (overview.here + overview.sent + overview.refused, ==, 0);
  g_assert_cmpint (overview.succeeded_at_us, >, 0);
  g_assert_null (overview.error);
}

/* Broken: a cut loses a visit or puts it into the ledger twice, or "sent" is shown for what never left. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gsize lost;
    gint64 arrived;
  } cuts[] = { { G_STRUCT_OFFSET (TestWire, lose_request), 0 }, { G_STRUCT_OFFSET (TestWire, lose_answer), 1 } };
  gint64 before = 0;

  test_unit_sync (&fixture->named);
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_auto (YmSyncOverview) overview = { 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (YmRecord) visit
          = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);

      G_STRUCT_MEMBER (guint, &fixture->wire, cuts[i].lost) = fixture->wire.posts + 1;
      test_unit_fail (&fixture->named, YM_ERROR_NETWORK);
      g_assert_cmpint (visits (fixture->server.journal), ==, before + cuts[i].arrived);
      g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_SENT);
      g_assert_cmpint (test_unit_standing (&fixture->named, visit).sent_at_us, >, 0);
      test_succeeds (ym_sync_overview_read (ym_journal_get_db (fixture->named.journal),
                                            &fixture->named.device->author.device, &overview, &error),
                     error);
      g_assert_cmpuint (overview.sent, ==, 1);
      g_assert_cmpint (overview.error_code, ==, YM_ERROR_NETWORK);
      test_unit_sync (&fixture->named);
      g_assert_cmpint (visits (fixture->server.journal), ==, ++before);
      g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_RECEIPTED);
      g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM sync_sent"), ==, 0);
    }
}

/* Broken: without any signal a record is said to be sent, and the officer believes that it may have arrived. */
static void
test_away (Fixture *fixture, gconstpointer data)
{
  g_autoptr (YmRecord) visit = NULL;

  test_unit_sync (&fixture->named);
  visit = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  fixture->wire.away = TRUE;
  test_unit_fail (&fixture->named, YM_ERROR_UNREACHABLE);
  g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_HERE);
  fixture->wire.away = FALSE;
  test_unit_sync (&fixture->named);
  g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_RECEIPTED);
}

/* Broken: a network that repeats a request confuses the device, or an older copy of a store can never sync again. */
static void
test_counter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) visit = NULL;

  test_unit_sync (&fixture->named);
  visit = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  fixture->wire.twice = fixture->wire.posts + 1;
  test_unit_sync (&fixture->named);
  g_assert_cmpint (visits (fixture->server.journal), ==, 1);
  g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_RECEIPTED);
  test_succeeds (ym_sql_script (ym_journal_get_db (fixture->named.journal), "DELETE FROM sync_fact WHERE name = 'counter'",
                                &error),
                 error);
  test_unit_sync (&fixture->named);
  test_unit_sync (&fixture->named);
  g_assert_cmpuint (fixture->named.result.requests, ==, 1);
}

static void
ask_for_counter (TestWire *wire, YmResponse *response)
{
  response->expected_counter = wire->request->counter + 1;
}

/* Broken: a server that always wants another number keeps the device busy for ever. */
static void
test_counter_for_ever (Fixture *fixture, gconstpointer data)
{
  fixture->wire.alter = ask_for_counter;
  test_unit_fail (&fixture->named, YM_ERROR_AUTHORITY);
  g_assert_cmpuint (fixture->wire.posts, ==, 2);
}

/* Broken: a refused visit vanishes, blocks what comes after it, or passes for receipted. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (YmRecord) wrong = NULL;
  g_autoptr (YmRecord) right = NULL;
  YmSyncStanding standing;

  test_unit_sync (&fixture->named);
  wrong = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_2, 10);
  right = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  test_unit_sync (&fixture->named);
  g_assert_cmpuint (fixture->named.result.receipted, ==, 2);
  g_assert_cmpuint (fixture->named.result.refused, ==, 1);
  standing = test_unit_standing (&fixture->named, wrong);
  g_assert_cmpint (standing.state, ==, YM_SYNC_STATE_REFUSED);
  g_assert_cmpuint (standing.reason, ==, YM_REASON_NOT_ASSIGNED);
  g_assert_cmpint (test_unit_standing (&fixture->named, right).state, ==, YM_SYNC_STATE_RECEIPTED);
  g_assert_cmpint (visits (fixture->named.journal), ==, 1);
}

static void
count_progress (gpointer data, const YmSyncResult *so_far)
{
  guint *calls = data;

  (*calls)++;
  g_assert_cmpuint (so_far->requests, ==, *calls);
}

/* Pushing comes first: nothing is pulled while there is more to push than one batch holds. */
static void
push_comes_first (TestWire *wire, YmResponse *response)
{
  if (wire->request->most_bytes == 0)
    g_assert_cmpuint (response->entries->len, ==, 0);
  else
    (*(guint *) wire->data)++;
}

/* Broken: a month without signal makes a request that no server takes, or a cut in it costs more than one batch. */
static void
test_many_batches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) saves = NULL;
  const int n = 45;
  guint calls = 0, pulls = 0;

  test_unit_sync (&fixture->named);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (YmRecord) visit
          = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 15900);
    }
  fixture->wire.lose_request = fixture->wire.posts + 2;
  test_unit_fail (&fixture->named, YM_ERROR_NETWORK);
  g_assert_cmpuint (fixture->named.result.receipted, >, 10);
  g_assert_cmpuint (fixture->named.result.receipted, <, 20);
  fixture->wire.alter = push_comes_first;
  fixture->wire.data = &pulls;
  test_succeeds (ym_sync_run (fixture->named.client, count_progress, &calls, NULL, &fixture->named.result, &error),
                 error);
  fixture->wire.alter = NULL;
  g_assert_cmpuint (calls, >=, 2);
  g_assert_cmpuint (pulls, ==, 1);
  g_assert_cmpint (pending (&fixture->named), ==, 0);
  g_assert_cmpint (visits (fixture->server.journal), ==, n);
  saves = ym_sync_saves_read (ym_journal_get_db (fixture->named.journal), &fixture->named.device->author.device, 10,
                              &error);
  g_assert_no_error (error);
  g_assert_cmpuint (saves->len, ==, 10);
  g_assert_cmpint (g_array_index (saves, YmSyncSave, 0).wall_us, >, g_array_index (saves, YmSyncSave, 9).wall_us);
  g_assert_cmpstr (g_array_index (saves, YmSyncSave, 0).intent, ==, "visit.sign-off");
  test_unit_sync (&fixture->deputy);
  g_assert_cmpint (visits (fixture->deputy.journal), ==, n);
  g_assert_cmpuint (fixture->deputy.result.requests, >=, 3);
}

/* The ways to lie. */

static void
change_request_hash (TestWire *wire, YmResponse *response)
{
  response->request.bytes[0] ^= 1;
}

static void
change_device (TestWire *wire, YmResponse *response)
{
  response->device.bytes[0] ^= 1;
}

static void
change_epoch (TestWire *wire, YmResponse *response)
{
  response->epoch.bytes[0] ^= 1;
}

static void
forget_entries (TestWire *wire, YmResponse *response)
{
  g_ptr_array_set_size (response->entries, 0);
  response->through = 1;
}

static void
forget_receipts (TestWire *wire, YmResponse *response)
{
  g_ptr_array_set_size (response->receipts, 0);
}

static void
change_entry (TestWire *wire, YmResponse *response)
{
  YmEntry *entry = g_ptr_array_index (response->entries, response->entries->len - 1);
  gsize length;
  const guint8 *data = g_bytes_get_data (entry->parcel->envelope, &length);
  guint8 *copy = g_memdup2 (data, length);

  copy[length - 1] ^= 1; /* in the signature */
  g_bytes_unref (entry->parcel->envelope);
  entry->parcel->envelope = g_bytes_new_take (copy, length);
}

static void
change_receipt (TestWire *wire, YmResponse *response)
{
  GBytes *receipt = g_ptr_array_index (response->receipts, 0);
  gsize length;
  const guint8 *data = g_bytes_get_data (receipt, &length);
  guint8 *copy = g_memdup2 (data, length);

  copy[length - 1] ^= 1;
  g_bytes_unref (receipt);
  response->receipts->pdata[0] = g_bytes_new_take (copy, length);
}

static void
go_back (TestWire *wire, YmResponse *response)
{
  YmEntry *entry = g_ptr_array_index (response->entries, 0);

  entry->outcome.position = 1;
}

static void
promise_more (TestWire *wire, YmResponse *response)
{
  response->more = TRUE;
  response->through = wire->request->cursor.number;
  g_ptr_array_set_size (response->entries, 0);
  g_ptr_array_set_size (response->receipts, 0);
}

typedef struct {
  const char *name;
  void (*alter) (TestWire *wire, YmResponse *response);
  YmError code;
  gboolean push;   /* the device has something pending */
  gboolean forged; /* by a key that is not the server's */
  gint64 evidence;
} Lie;

static const Lie lies[] = {
  { "wrong key", NULL, YM_ERROR_SIGNATURE, FALSE, TRUE, 0 },
  { "answer to another request", change_request_hash, YM_ERROR_SIGNATURE, FALSE, FALSE, 0 },
  { "answer to another device", change_device, YM_ERROR_SIGNATURE, FALSE, FALSE, 0 },
  { "another epoch", change_epoch, YM_ERROR_MALFORMED, TRUE, FALSE, 0 },
  { "a shorter ledger", forget_entries, YM_ERROR_DAMAGED, TRUE, FALSE, 0 },
  { "a bad entry", change_entry, YM_ERROR_SIGNATURE, FALSE, FALSE, 1 },
  { "a bad receipt", change_receipt, YM_ERROR_SIGNATURE, TRUE, FALSE, 1 },
  { "no receipt", forget_receipts, YM_ERROR_MALFORMED, TRUE, FALSE, 0 },
  { "an entry slipped in before the cursor", go_back, YM_ERROR_MALFORMED, FALSE, FALSE, 0 },
  { "more without end", promise_more, YM_ERROR_MALFORMED, FALSE, FALSE, 0 },
};

static void
leave_alone (TestWire *wire, YmResponse *response)
{
}

/* Broken: a server, or who stands before it, can make the device believe or lose something. */
static void
test_lie (Fixture *fixture, gconstpointer data)
{
  const Lie *lie = data;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (YmRecord) news = NULL;
  g_autoptr (YmRecord) visit = NULL;
  YmPosition was, is;

  test_unit_sync (&fixture->named);
  test_unit_sync (&fixture->deputy);
  news = test_unit_visit (&fixture->server, &fixture->deputy, &fixture->server.force.home_1, 10);
  test_unit_sync (&fixture->deputy);
  if (lie->push)
    visit = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  before = test_export (fixture->named.journal);
  g_assert_true (ym_journal_get_cursor (fixture->named.journal, &was));
  fixture->wire.alter = lie->alter == NULL ? leave_alone : lie->alter;
  if (lie->forged)
    fixture->wire.forger = &fixture->server.force.devices[TEST_ADMINISTRATOR];
  test_unit_fail (&fixture->named, lie->code);
  after = test_export (fixture->named.journal);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (ym_journal_get_cursor (fixture->named.journal, &is));
  g_assert_cmpuint (was.number, ==, is.number);
  g_assert_cmpint (pending (&fixture->named), ==, lie->push ? 1 : 0);
  g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM evidence WHERE what = 'response'"), ==,
                   lie->evidence);
  fixture->wire.alter = NULL;
  test_unit_sync (&fixture->named);
  g_assert_cmpint (visits (fixture->named.journal), ==, lie->push ? 2 : 1);
  g_assert_cmpint (pending (&fixture->named), ==, 0);
}

/* A stop instead of the first answer. */
static YmResponse *
stop_once (TestWire *wire, const YmRequest *request)
{
  YmStop *stop = g_steal_pointer (&wire->data);
  YmResponse *response;

  if (stop == NULL || request->groups->len == 0)
    {
      wire->data = stop;
      return NULL;
    }
  response = ym_response_new ();
  response->epoch = *ym_ledger_get_epoch (wire->server->ledger);
  response->through = request->cursor.number;
  response->more = TRUE;
  response->stop = stop;
  return response;
}

/* Broken: a server that lacks the beginning of a chain never gets it, and takes nothing from that device again. */
static void
test_gap (Fixture *fixture, gconstpointer data)
{
  YmStop *stop = ym_stop_new (YM_STOP_GAP, 0, "gap");
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) chains = NULL;

  test_unit_sync (&fixture->named);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (YmRecord) visit
          = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);

      test_unit_sync (&fixture->named);
    }
  chains = ym_journal_chains (fixture->named.journal, &fixture->named.device->author.device, &error);
  stop->has_expected = TRUE;
  stop->expected = g_array_index (chains, YmChainPoint, 0);
  stop->expected.sequence = 1;
  {
    g_autoptr (YmRecord) visit
        = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  }
  fixture->wire.data = stop;
  fixture->wire.answer = stop_once;
  test_unit_sync (&fixture->named);
  g_assert_cmpuint (fixture->named.result.pushed, ==, 1 + 3);
  g_assert_cmpint (visits (fixture->server.journal), ==, 4);
  g_assert_cmpint (pending (&fixture->named), ==, 0);
}

typedef struct {
  guint code;
  YmError error;
} Blocked;

/* The gap comes first: before the device's first envelope there is nothing that could be sent again. */
static const Blocked blocks[] = {
  { YM_STOP_GAP, YM_ERROR_DAMAGED },        { YM_STOP_MALFORMED, YM_ERROR_MALFORMED },
  { YM_STOP_SIGNATURE, YM_ERROR_SIGNATURE }, { YM_STOP_NEWER, YM_ERROR_NEWER },
  { YM_STOP_FORK, YM_ERROR_DAMAGED },        { YM_STOP_SUSPENDED, YM_ERROR_AUTHORITY },
  { YM_STOP_WITHHELD, YM_ERROR_DAMAGED },    { 99, YM_ERROR_NEWER },
};

/* Broken: what the server can't take is lost, is not said, or keeps the colleagues' news away too. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      gint64 before = visits (fixture->named.journal);
      g_autoptr (YmRecord) news = NULL;
      g_autoptr (YmRecord) visit = NULL;

      test_unit_sync (&fixture->named);
      test_unit_sync (&fixture->deputy);
      news = test_unit_visit (&fixture->server, &fixture->deputy, &fixture->server.force.home_1, 10);
      test_unit_sync (&fixture->deputy);
      visit = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
      fixture->wire.data = ym_stop_new (blocks[i].code, 0, "no");
      fixture->wire.answer = stop_once;
      test_unit_fail (&fixture->named, blocks[i].error);
      g_assert_cmpint (test_unit_standing (&fixture->named, visit).state, ==, YM_SYNC_STATE_HERE);
      g_assert_cmpint (visits (fixture->named.journal), ==, before + 2);
      fixture->wire.answer = NULL;
      test_unit_sync (&fixture->named);
    }
}

static void
hold_more (TestWire *wire, YmResponse *response)
{
  for (guint i = 0; i < response->held->len; i++)
    g_array_index (response->held, YmChainPoint, i).sequence += 5;
}

/* Broken: a store put back from an older copy goes on in its old chain, and forks it. */
static void
test_older_copy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (YmRecord) first = NULL;
  g_autoptr (YmRecord) second = NULL;

  test_unit_sync (&fixture->named);
  first = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  test_unit_sync (&fixture->named);
  fixture->wire.alter = hold_more;
  test_unit_sync (&fixture->named);
  fixture->wire.alter = NULL;
  second = test_unit_visit (&fixture->server, &fixture->named, &fixture->server.force.home_1, 10);
  test_unit_sync (&fixture->named);
  g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM chain WHERE parent IS NOT NULL AND current"),
                   ==, 1);
  g_assert_cmpint (test_unit_standing (&fixture->named, second).state, ==, YM_SYNC_STATE_RECEIPTED);
  g_assert_cmpint (visits (fixture->server.journal), ==, 2);
}

/* Gives an officer a home as deputy, until a day or for good. */
static void
assign (Fixture *fixture, int device, const YmId *home, YmDay until)
{
  TestForce *force = &fixture->server.force;
  TestTablet *administrator = test_server_tablet (&fixture->server, TEST_ADMINISTRATOR);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_ASSIGNMENT), home, &ym_id_zero);
  g_autoptr (YmRecord) before = NULL;

  ym_record_set_id (record, YM_ASSIGNMENT_HOME, home);
  ym_record_set_id (record, YM_ASSIGNMENT_OFFICER, &force->devices[device].officer);
  ym_record_set_integer (record, YM_ASSIGNMENT_ROLE, YM_ASSIGNMENT_DEPUTY);
  ym_record_set_integer (record, YM_ASSIGNMENT_FROM_DATE, 20000);
  if (until != YM_DAY_NONE)
    ym_record_set_integer (record, YM_ASSIGNMENT_TO_DATE, until);
  record->id = ym_record_key_id (record, &force->force);
  before = ym_tables_find (ym_journal_get_db (administrator->journal), record->form, &record->id, NULL);
  test_write (administrator->journal, administrator->device, "assignment.import", before, record);
  test_tablet_sync (&fixture->server, administrator);
}

/* The running hash of a home's ordinary stream at its end. */
static YmHash
stream_hash (YmJournal *journal, const YmId *home)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (ym_journal_get_db (journal), &error,
                        "SELECT stream_hash FROM envelope WHERE class = 1 AND scope = ? ORDER BY position DESC LIMIT 1",
                        "d", home);

  g_assert_cmpint (ym_sql_step (row, &error), ==, YM_SQL_ROW);
  return ym_sql_column_hash (row, 0);
}

static void
assert_same_stream (Fixture *fixture, const YmId *home)
{
  YmHash here = stream_hash (fixture->named.journal, home);
  YmHash there = stream_hash (fixture->server.journal, home);

  g_assert_true (ym_hash_equal (&here, &there));
  g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM backfill"), ==, 0);
  g_assert_cmpint (test_count (fixture->named.journal, "SELECT count(*) FROM evidence"), ==, 0);
}

/* Broken: a home that an officer is given comes without its past, or its past is torn by a cut. */
static void
test_backfill (Fixture *fixture, gconstpointer data)
{
  const YmId *home = &fixture->server.force.home_2;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) open = NULL;
  const int n = 45;

  test_unit_sync (&fixture->named);
  test_unit_sync (&fixture->other);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (YmRecord) visit = test_unit_visit (&fixture->server, &fixture->other, home, 15900);
    }
  test_unit_sync (&fixture->other);
  test_unit_sync (&fixture->named);
  g_assert_cmpint (visits (fixture->named.journal), ==, 0);
  assign (fixture, TEST_2001, home, YM_DAY_NONE);
  {
    g_autoptr (YmRecord) visit = test_unit_visit (&fixture->server, &fixture->other, home, 10);
  }
  test_unit_sync (&fixture->other);
  fixture->wire.lose_answer = fixture->wire.posts + 3;
  test_unit_fail (&fixture->named, YM_ERROR_NETWORK);
  open = ym_journal_backfills (ym_journal_get_db (fixture->named.journal), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_cmpint (visits (fixture->named.journal), >, 0);
  g_assert_cmpint (visits (fixture->named.journal), <, n);
  test_unit_sync (&fixture->named);
  g_assert_cmpint (visits (fixture->named.journal), ==, n + 1);
  assert_same_stream (fixture, home);
}

/* Writes some visits of the other officer to the server, more than one answer holds. */
static void
others_write (Fixture *fixture, const YmId *home)
{
  for (int i = 0; i < 30; i++)
    {
      g_autoptr (YmRecord) visit = test_unit_visit (&fixture->server, &fixture->other, home, 15900);

      test_unit_sync (&fixture->other);
    }
}

/* Broken: an officer who gets a home back, and wrote there without knowing it was gone, accuses an honest server. */
static void
test_home_comes_back (Fixture *fixture, gconstpointer data)
{
  const YmId *home = &fixture->server.force.home_2;
  g_autoptr (YmRecord) late = NULL;

  test_unit_sync (&fixture->other);
  assign (fixture, TEST_2001, home, YM_DAY_NONE);
  test_unit_sync (&fixture->named);
  assign (fixture, TEST_2001, home, 20001);
  others_write (fixture, home);
  late = test_unit_visit (&fixture->server, &fixture->named, home, 10);
  test_unit_sync (&fixture->named);
  g_assert_cmpuint (test_unit_standing (&fixture->named, late).disposition, ==, YM_DISPOSITION_LATE);
  g_assert_cmpint (visits (fixture->named.journal), ==, 1);
  others_write (fixture, home);
  test_unit_sync (&fixture->named);
  assign (fixture, TEST_2001, home, YM_DAY_NONE);
  test_unit_sync (&fixture->named);
  g_assert_cmpint (visits (fixture->named.journal), ==, 61);
  assert_same_stream (fixture, home);
}

/* Broken: a page from a hotel's network or a server in trouble passes for an answer. */
static void
test_status (Fixture *fixture, gconstpointer data)
{
  static const struct {
    guint status;
    YmError code;
  } cases[] = { { 302, YM_ERROR_MALFORMED }, { 400, YM_ERROR_MALFORMED }, { 401, YM_ERROR_AUTHORITY },
                { 409, YM_ERROR_AUTHORITY }, { 429, YM_ERROR_NETWORK },   { 503, YM_ERROR_NETWORK } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      fixture->wire.status = cases[i].status;
      test_unit_fail (&fixture->named, cases[i].code);
    }
  fixture->wire.status = 0;
  test_unit_sync (&fixture->named);
}

/* Broken: "stop" does not stop, or is shown as a failure. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (YmSyncOverview) overview = { 0 };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
      ym_sync_run (fixture->named.client, NULL, NULL, cancellable, &fixture->named.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (fixture->wire.posts, ==, 0);
  test_succeeds (ym_sync_overview_read (ym_journal_get_db (fixture->named.journal),
                                        &fixture->named.device->author.device, &overview, &error),
                 error);
  g_assert_cmpint (overview.tried_at_us, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/client/push-and-pull", test_push_and_pull },
    { "/client/cut", test_cut },
    { "/client/away", test_away },
    { "/client/counter", test_counter },
    { "/client/counter-for-ever", test_counter_for_ever },
    { "/client/refused", test_refused },
    { "/client/many-batches", test_many_batches },
    { "/client/gap", test_gap },
    { "/client/stop", test_stop },
    { "/client/older-copy", test_older_copy },
    { "/client/backfill", test_backfill },
    { "/client/home-comes-back", test_home_comes_back },
    { "/client/status", test_status },
    { "/client/cancel", test_cancel },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strdelimit (g_strconcat ("/client/lie/", lies[i].name, NULL), " ", '-');

      g_test_add (path, Fixture, &lies[i], set_up, test_lie, tear_down);
    }
  return g_test_run ();
}
