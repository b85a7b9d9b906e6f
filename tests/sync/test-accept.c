/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server takes, refuses, and gives back. */

#include "app/base/error.h"
#include "app/journal/tables.h"
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

#define assert_outcome(outcome, wanted_disposition, wanted_reason)                                                     \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    YmOutcome outcome_ = (outcome);                                                                                    \
    g_assert_cmpuint (outcome_.disposition, ==, (wanted_disposition));                                                 \
    g_assert_cmpuint (outcome_.reason, ==, (wanted_reason));                                                           \
  }                                                                                                                    \
  G_STMT_END

static gint64
visits (YmJournal *journal)
{
  return test_count (journal, "SELECT count(*) FROM visit");
}

/* The whole path: what one officer signs off, the deputy and the sergeant read, and nobody else. */
static void
test_visit_reaches_who_may_see_it (TestServer *server, gconstpointer data)
{
  TestTablet *named = test_server_tablet (server, TEST_2001);
  TestTablet *deputy = test_server_tablet (server, TEST_2003);
  TestTablet *sergeant = test_server_tablet (server, TEST_2000);
  TestTablet *stranger = test_server_tablet (server, TEST_2002);
  g_autoptr (YmRecord) visit = test_visit (&server->force, TEST_2001, &server->force.home_1);

  test_tablet_save (named, "visit.sign-off", NULL, visit);
  assert_outcome (test_tablet_push (server, named), YM_DISPOSITION_ACCEPTED, YM_REASON_NONE);
  test_tablet_sync (server, deputy);
  test_tablet_sync (server, sergeant);
  test_tablet_sync (server, stranger);
  g_assert_cmpint (visits (server->journal), ==, 1);
  g_assert_cmpint (visits (deputy->journal), ==, 1);
  g_assert_cmpint (visits (sergeant->journal), ==, 1);
  g_assert_cmpint (visits (stranger->journal), ==, 0);
  g_assert_cmpint (test_count (named->journal, "SELECT count(*) FROM envelope WHERE position IS NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
#define TEST(path, run) g_test_add ("/accept/" path, TestServer, NULL, set_up, run, tear_down)

  g_test_init (&argc, &argv, NULL);
  TEST ("visit-reaches-who-may-see-it", test_visit_reaches_who_may_see_it);
  return g_test_run ();
}
