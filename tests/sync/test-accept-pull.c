/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device is given, in which order, and what it is never given. */

#include "app/forms/choices.h"
#include "app/journal/tables.h"
#include "sync/exchange/receipt.h"
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

#define VISITS "SELECT count(*) FROM visit"
#define CONCERNS "SELECT count(*) FROM child_concern"

static void
sign_off_visits (TestServer *server, int device, const YmId *home, guint n)
{
  TestTablet *tablet = test_server_tablet (server, device);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (YmRecord) visit = test_visit (&server->force, device, home);

      test_tablet_save (tablet, "visit.sign-off", NULL, visit);
    }
  test_tablet_sync (server, tablet);
}

static void
record_concern (TestServer *server, int device, const YmId *home)
{
  TestTablet *tablet = test_server_tablet (server, device);
  g_autoptr (YmRecord) concern = test_record (&server->force, device, YM_FORM_CHILD_CONCERN, home);

  ym_record_set_integer (concern, YM_CHILD_CONCERN_CATEGORY, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REASON, "Missing twice this week");
  ym_record_set_text (concern, YM_CHILD_CONCERN_PERSON_REF, "P1");
  ym_record_set_text (concern, YM_CHILD_CONCERN_INITIALS, "AB");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_YEAR_OF_BIRTH, 2011);
  ym_record_set_text (concern, YM_CHILD_CONCERN_ACTION, "Talked to the manager");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REFERRAL, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REFERRAL_WHY, "R1");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, 20500);
  test_tablet_save (tablet, "child-concern.save", NULL, concern);
  test_tablet_sync (server, tablet);
}

static void
set_role (TestServer *server, int device, guint role, const char *area)
{
  g_autoptr (YmRecord) before
      = ym_tables_read (ym_journal_get_db (server->source), ym_form (YM_FORM_OFFICER), &server->force.force,
                        &server->force.devices[device].officer, NULL);
  g_autoptr (YmRecord) after = ym_record_copy (before);

  ym_record_set_integer (after, YM_OFFICER_ROLE, role);
  ym_record_set_text (after, YM_OFFICER_AREA, area);
  test_server_import (server, before, after);
}

/* Nobody but a home's own people may get a child's data, the force lead neither; but visits the lead does get. */
static void
test_child_class_stays_with_the_home (TestServer *server, gconstpointer data)
{
  TestTablet *lead = test_server_tablet (server, TEST_2002);
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  g_autoptr (GError) error = NULL;

  sign_off_visits (server, TEST_2001, &server->force.home_1, 2);
  record_concern (server, TEST_2001, &server->force.home_1);
  test_tablet_sync (server, deputy);
  test_tablet_sync (server, lead);
  g_assert_cmpint (test_count (deputy->journal, CONCERNS), ==, 1);
  g_assert_cmpint (test_count (lead->journal, VISITS), ==, 0);
  set_role (server, TEST_2002, YM_ROLE_FORCE_LEAD, NULL); /* opens every home, by no entry of theirs */
  test_tablet_sync (server, lead);
  g_assert_cmpint (test_count (lead->journal, VISITS), ==, 2);
  g_assert_cmpint (test_count (lead->journal, CONCERNS), ==, 0);
  g_assert_cmpint (test_count (lead->journal, "SELECT count(*) FROM envelope WHERE class = 2"), ==, 0);
  g_assert_cmpint (test_count (lead->journal, "SELECT count(*) FROM evidence"), ==, 0);
}

/* A stranger's cursor must pass what it may not see, or it would ask for ever. */
static void
test_cursor_passes_what_is_not_seen (TestServer *server, gconstpointer data)
{
  TestTablet *stranger = test_server_tablet (server, TEST_2002);
  gint64 before = test_count (stranger->journal, "SELECT count(*) FROM envelope");
  YmPosition cursor;

  sign_off_visits (server, TEST_2001, &server->force.home_1, 3);
  test_tablet_sync (server, stranger);
  g_assert_true (ym_journal_get_cursor (stranger->journal, &cursor));
  g_assert_cmpuint (cursor.number, ==, ym_ledger_get_end (server->ledger));
  g_assert_cmpint (test_count (stranger->journal, "SELECT count(*) FROM envelope"), ==, before);
}

/* A response that is larger than asked for would not get through where the line is weak; one that gives nothing ends it. */
static void
test_responses_are_bounded (TestServer *server, gconstpointer data)
{
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  guint responses = 0;
  gboolean more = TRUE;

  sign_off_visits (server, TEST_2001, &server->force.home_1, 12);
  while (more)
    {
      g_autoptr (YmRequest) request = test_tablet_request (server, deputy, FALSE);
      g_autoptr (YmResponse) response = NULL;
      gsize bytes = 0;

      request->most_bytes = 3000;
      response = test_server_send (server, deputy, request, NULL);
      for (guint i = 0; i < response->entries->len; i++)
        bytes += ym_parcel_get_size (((YmEntry *) g_ptr_array_index (response->entries, i))->parcel);
      g_assert_cmpuint (bytes, <=, 3000);
      g_assert_cmpuint (++responses, <, 20);
      test_tablet_take (server, deputy, response);
      more = response->more;
    }
  g_assert_cmpuint (responses, >, 1);
  g_assert_cmpint (test_count (deputy->journal, VISITS), ==, 12);
}

/* Who asks for nothing gets nothing but receipts: a device pushes to the end before it pulls. */
static void
test_asking_for_nothing (TestServer *server, gconstpointer data)
{
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  g_autoptr (YmRequest) request = NULL;
  g_autoptr (YmResponse) response = NULL;

  sign_off_visits (server, TEST_2001, &server->force.home_1, 1);
  request = test_tablet_request (server, deputy, FALSE);
  request->most_bytes = 0;
  response = test_server_send (server, deputy, request, NULL);
  g_assert_cmpuint (response->entries->len, ==, 0);
  g_assert_cmpuint (response->through, ==, request->cursor.number);
  g_assert_true (response->more);
}

/* A device that lost its answer, and pulls without pushing, gets the receipts of its own envelopes in their place. */
static void
test_own_envelopes_come_as_receipts (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);
  g_autoptr (YmRequest) pushing = NULL;
  g_autoptr (YmResponse) lost = NULL;
  g_autoptr (YmRequest) pulling = NULL;
  g_autoptr (YmResponse) response = NULL;

  test_tablet_save (tablet, "visit.sign-off", NULL, visit);
  pushing = test_tablet_request (server, tablet, TRUE);
  lost = test_server_send (server, tablet, pushing, NULL);
  pulling = test_tablet_request (server, tablet, FALSE);
  response = test_server_send (server, tablet, pulling, NULL);
  g_assert_cmpuint (response->entries->len, ==, 0);
  g_assert_cmpuint (response->receipts->len, ==, 1);
  g_assert_true (g_bytes_equal (g_ptr_array_index (response->receipts, 0), g_ptr_array_index (lost->receipts, 0)));
  test_tablet_take (server, tablet, response);
  g_assert_cmpint (test_count (tablet->journal, "SELECT count(*) FROM envelope WHERE position IS NULL"), ==, 0);
}

typedef struct {
  guint responses;
  guint with_backfill;
  guint64 stood_at;
} Walk;

/* While a backfill is under way the cursor stands and only old entries come, each home's in order. */
static void
check_backfill (const YmRequest *request, const YmResponse *response, Walk *walk)
{
  guint64 last = 0;

  for (guint i = 0; i < response->backfills->len; i++)
    {
      const YmBackfill *backfill = &g_array_index (response->backfills, YmBackfill, i);

      g_assert_cmpuint (backfill->number, <=, request->cursor.number);
      if (!backfill->complete && request->backfills->len > 0)
        g_assert_cmpuint (response->through, ==, request->cursor.number);
      walk->with_backfill++;
    }
  for (guint i = 0; i < response->entries->len; i++)
    {
      const YmEntry *entry = g_ptr_array_index (response->entries, i);

      g_assert_cmpuint (entry->outcome.position, >, last);
      last = entry->outcome.position;
    }
}

static Walk
pull_in_small_steps (TestServer *server, TestTablet *tablet, guint64 most_bytes)
{
  Walk walk = { 0 };
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);
      g_autoptr (YmResponse) response = NULL;

      request->most_bytes = most_bytes;
      response = test_server_send (server, tablet, request, NULL);
      check_backfill (request, response, &walk);
      test_tablet_take (server, tablet, response);
      more = response->more;
      g_assert_cmpuint (++walk.responses, <, 200);
    }
  return walk;
}

/*
 * A home that comes to an officer later has a past that the cursor has gone by. It must come whole, in bounded steps,
 * with its stream hashes right (a hole would accuse the server), and once.
 */
static void
test_new_assignment_is_backfilled (TestServer *server, gconstpointer data)
{
  TestTablet *newcomer = test_server_tablet (server, TEST_2002);
  TestTablet *named = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRecord) own = NULL;
  Walk walk;

  sign_off_visits (server, TEST_2001, &server->force.home_1, 10);
  record_concern (server, TEST_2001, &server->force.home_1);
  test_tablet_sync (server, newcomer);
  sign_off_visits (server, TEST_2001, &server->force.home_1, 3); /* after its cursor, before the assignment */
  test_server_assign (server, &server->force.home_1, TEST_2002, 0);
  sign_off_visits (server, TEST_2003, &server->force.home_1, 2);
  test_tablet_sync (server, named);
  walk = pull_in_small_steps (server, newcomer, 1500);
  g_assert_cmpuint (walk.with_backfill, >, 3);
  g_assert_cmpuint (newcomer->backfills->len, ==, 0);
  g_assert_cmpint (test_count (newcomer->journal, VISITS), ==, 15);
  g_assert_cmpint (test_count (newcomer->journal, CONCERNS), ==, 1);
  /* Its base on the new stream is the server's: nothing is accused on either side. */
  own = test_visit (&server->force, TEST_2002, &server->force.home_1);
  test_tablet_save (newcomer, "visit.sign-off", NULL, own);
  g_assert_cmpuint (test_tablet_push (server, newcomer).disposition, ==, YM_DISPOSITION_ACCEPTED);
  g_assert_cmpint (test_count (newcomer->journal, "SELECT count(*) FROM evidence"), ==, 0);
  g_assert_cmpint (test_count (server->journal, "SELECT count(*) FROM evidence"), ==, 0);
  g_assert_cmpint (test_count (newcomer->journal, "SELECT count(*) FROM home"), ==, 2);
}

/* Several homes opened by one change of area, with more opened while the first are still on their way. */
static void
test_two_homes_at_once (TestServer *server, gconstpointer data)
{
  TestTablet *sergeant = test_server_tablet (server, TEST_2000);
  Walk walk;

  sign_off_visits (server, TEST_2001, &server->force.home_1, 6);
  sign_off_visits (server, TEST_2002, &server->force.home_2, 6);
  set_role (server, TEST_2000, YM_ROLE_SUPERVISOR, "North");
  test_tablet_sync (server, sergeant);
  set_role (server, TEST_2000, YM_ROLE_SUPERVISOR, "West; East");
  sign_off_visits (server, TEST_2002, &server->force.home_2, 2);
  walk = pull_in_small_steps (server, sergeant, 1200);
  g_assert_cmpuint (walk.with_backfill, >, 4);
  g_assert_cmpint (test_count (sergeant->journal, VISITS), ==, 14);
  g_assert_cmpint (test_count (sergeant->journal, "SELECT count(*) FROM evidence"), ==, 0);
}

/* An officer who loses a home stops getting it, from the entry on that says so. */
static void
test_lost_home_gives_no_more (TestServer *server, gconstpointer data)
{
  TestTablet *named = test_server_tablet (server, TEST_2001);

  sign_off_visits (server, TEST_2003, &server->force.home_1, 1);
  test_tablet_sync (server, named);
  test_server_assign (server, &server->force.home_1, TEST_2001, 20001);
  sign_off_visits (server, TEST_2003, &server->force.home_1, 2);
  test_tablet_sync (server, named);
  g_assert_cmpint (test_count (named->journal, VISITS), ==, 1);
}

/* A cursor of another epoch says nothing of this ledger: the device is told, and must say from where it goes on. */
static void
test_cursor_of_another_epoch (TestServer *server, gconstpointer data)
{
  TestTablet *tablet = test_server_tablet (server, TEST_2001);
  g_autoptr (YmRequest) request = test_tablet_request (server, tablet, FALSE);
  g_autoptr (YmResponse) response = NULL;

  request->cursor.epoch.bytes[0] ^= 1;
  request->own->len = 0;
  response = test_server_send (server, tablet, request, NULL);
  g_assert_true (ym_id_equal (&response->epoch, ym_ledger_get_epoch (server->ledger)));
  g_assert_cmpuint (response->entries->len + response->receipts->len, ==, 0);
  g_assert_true (response->more);
}

int
main (int argc, char **argv)
{
#define TEST(path, run) g_test_add ("/accept/pull/" path, TestServer, NULL, set_up, run, tear_down)

  g_test_init (&argc, &argv, NULL);
  TEST ("child-class-stays-with-the-home", test_child_class_stays_with_the_home);
  TEST ("cursor-passes-what-is-not-seen", test_cursor_passes_what_is_not_seen);
  TEST ("responses-are-bounded", test_responses_are_bounded);
  TEST ("asking-for-nothing", test_asking_for_nothing);
  TEST ("own-envelopes-come-as-receipts", test_own_envelopes_come_as_receipts);
  TEST ("new-assignment-is-backfilled", test_new_assignment_is_backfilled);
  TEST ("two-homes-at-once", test_two_homes_at_once);
  TEST ("lost-home-gives-no-more", test_lost_home_gives_no_more);
  TEST ("cursor-of-another-epoch", test_cursor_of_another_epoch);
  return g_test_run ();
}
