/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that lost its ledger, or the end of it: what any device still holds comes back, each once, by itself. */

#include "app/base/error.h"
#include "app/journal/missing.h"
#include "app/journal/tables.h"
#include "sync/server/verify.h"
#include "tests/sync/client-fixture.h"

typedef struct {
  TestServer server;
  TestWire wire;
  TestUnit named;  /* officer 2001, of home 1 */
  TestUnit deputy; /* officer 2003, of home 1 */
  TestUnit other;  /* officer 2002, of home 2 */
  TestUnit administrator;
  sqlite3 *backup;
} Fixture;

static void
set_up_administrator (Fixture *fixture)
{
  TestUnit *unit = &fixture->administrator;
  TestForce *force = &fixture->server.force;
  const YmId authors[] = { force->devices[TEST_ROOT].author.device, force->devices[TEST_ADMINISTRATOR].author.device };
  g_autoptr (GError) error = NULL;
  YmSyncClientOptions options;

  *unit = (TestUnit){ .device = &force->devices[TEST_ADMINISTRATOR], .journal = fixture->server.source };
  unit->store = ym_sync_store_direct (unit->journal);
  test_succeeds (ym_sync_migrate (&unit->store, &error), error);
  options = (YmSyncClientOptions){ .store = unit->store,
                                   .transport = &fixture->wire.transport,
                                   .device = unit->device->author,
                                   .authors = authors,
                                   .n_authors = G_N_ELEMENTS (authors),
                                   .clock = &force->clock,
                                   .random = &force->random };
  unit->client = ym_sync_client_new (&options);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_server_set_up (&fixture->server);
  test_wire_init (&fixture->wire, &fixture->server);
  test_unit_init (&fixture->named, &fixture->wire, TEST_2001);
  test_unit_init (&fixture->deputy, &fixture->wire, TEST_2003);
  test_unit_init (&fixture->other, &fixture->wire, TEST_2002);
  set_up_administrator (fixture);
  fixture->backup = NULL;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_unit_clear (&fixture->named);
  test_unit_clear (&fixture->deputy);
  test_unit_clear (&fixture->other);
  ym_sync_client_free (fixture->administrator.client);
  test_wire_clear (&fixture->wire);
  test_server_tear_down (&fixture->server);
  sqlite3_close (fixture->backup);
}

static void
visit (Fixture *fixture, TestUnit *unit, const YmId *home)
{
  g_autoptr (YmRecord) visit = NULL;

  fixture->server.force.world.wall_us += G_USEC_PER_SEC;
  visit = test_unit_visit (&fixture->server, unit, home, 10);
}

static YmRecord *
open_issue (Fixture *fixture, TestUnit *unit, const char *title)
{
  YmRecord *issue = test_record (&fixture->server.force, (int) (unit->device - fixture->server.force.devices), YM_FORM_ISSUE,
                                 &fixture->server.force.home_1);

  ym_record_set_text (issue, YM_ISSUE_TITLE, title);
  ym_record_set_integer (issue, YM_ISSUE_CATEGORY, 1);
  ym_record_set_integer (issue, YM_ISSUE_SEVERITY, 1);
  ym_record_set_integer (issue, YM_ISSUE_OWNER, 1);
  test_write (unit->journal, unit->device, "issue.open", NULL, issue);
  return issue;
}

/* The fixture writes with the administrator's key by hand, and counts for itself. */
static void
skip_counter (Fixture *fixture)
{
  fixture->server.tablets[TEST_ADMINISTRATOR].counter += 1000;
}

/* Changes the issue as it stands on that device. */
static void
set_severity (Fixture *fixture, TestUnit *unit, const YmRecord *issue, gint64 severity)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) before
      = ym_tables_read (ym_journal_get_db (unit->journal), issue->form, &issue->scope, &issue->id, &error);
  g_autoptr (YmRecord) after = NULL;

  g_assert_no_error (error);
  after = ym_record_copy (before);
  ym_record_set_integer (after, YM_ISSUE_SEVERITY, severity);
  fixture->server.force.world.wall_us += G_USEC_PER_SEC;
  test_write (unit->journal, unit->device, "issue.edit", before, after);
}

static void
load_identity (Fixture *fixture)
{
  g_autoptr (GBytes) identity = test_server_identity (&fixture->server);
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_ledger_load_identity (fixture->server.ledger, identity, &error), error);
}

static void
put_back (Fixture *fixture, sqlite3 *backup)
{
  fixture->server.force.world.wall_us += G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  test_server_put_back (&fixture->server, backup);
  load_identity (fixture);
}

static void
sync_all (Fixture *fixture, guint rounds)
{
  TestUnit *const units[] = { &fixture->administrator, &fixture->other, &fixture->deputy, &fixture->named };

  for (guint i = 0; i < rounds; i++)
    for (guint j = 0; j < G_N_ELEMENTS (units); j++)
      test_unit_sync (units[j]);
}

/* Broken: what should hold of any server does not hold after a restore. */
static void
check_ledger (Fixture *fixture)
{
  g_auto (YmVerification) verification = { 0 };
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_ledger_verify (ym_journal_get_db (fixture->server.journal), &verification, &error), error);
  for (guint i = 0; i < verification.audit.problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (verification.audit.problems, i));
  g_assert_cmpuint (verification.audit.problems->len, ==, 0);
}

/* Each row that a device has is what the server has. */
static void
check_rows (Fixture *fixture, const TestUnit *unit)
{
  g_autofree char *server = test_export (fixture->server.journal);
  g_autofree char *device = test_export (unit->journal);
  g_auto (GStrv) theirs = g_strsplit (server, "\n", -1);
  g_auto (GStrv) mine = g_strsplit (device, "\n", -1);

  for (guint i = 0; mine[i] != NULL; i++)
    g_assert_true (g_strv_contains ((const char *const *) theirs, mine[i]));
}

/* All replicas say the same, and nothing waits anywhere. */
static void
check_converged (Fixture *fixture)
{
  TestUnit *const units[] = { &fixture->named, &fixture->deputy, &fixture->other, &fixture->administrator };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (test_count (units[i]->journal, "SELECT count(*) FROM envelope WHERE position IS NULL"), ==, 0);
      g_assert_cmpint (test_count (units[i]->journal, "SELECT count(*) FROM evidence"), ==, 0);
      if (units[i] != &fixture->administrator) /* whose journal the fixture has written in by hand */
        test_succeeds (ym_journal_recount (ym_journal_get_db (units[i]->journal), &error), error);
      check_rows (fixture, units[i]);
    }
  check_ledger (fixture);
}

/* Work before and after the backup: visits of both officers, an issue that goes back and forth, a new assignment, a visit that is
 * refused. */
static void
work (Fixture *fixture)
{
  const YmId *home_1 = &fixture->server.force.home_1, *home_2 = &fixture->server.force.home_2;
  g_autoptr (YmRecord) issue = NULL;

  sync_all (fixture, 1);
  visit (fixture, &fixture->named, home_1);
  issue = open_issue (fixture, &fixture->named, "Staffing");
  sync_all (fixture, 2);
  fixture->backup = test_server_back_up (&fixture->server);
  visit (fixture, &fixture->named, home_1);
  set_severity (fixture, &fixture->named, issue, 2);
  sync_all (fixture, 2);
  set_severity (fixture, &fixture->deputy, issue, 3);
  visit (fixture, &fixture->deputy, home_1);
  sync_all (fixture, 2);
  set_severity (fixture, &fixture->named, issue, 1);
  visit (fixture, &fixture->other, home_2);
  visit (fixture, &fixture->other, home_1); /* not theirs */
  skip_counter (fixture);
  test_server_assign (&fixture->server, home_2, TEST_2003, 0);
  sync_all (fixture, 2);
  visit (fixture, &fixture->deputy, home_2);
  sync_all (fixture, 2);
}

/* Broken: a restore from a backup loses what was acknowledged, brings something twice, or undoes a refusal. */
static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gint64 refused;

  work (fixture);
  before = test_export (fixture->server.journal);
  refused = test_count (fixture->server.journal, "SELECT count(*) FROM envelope WHERE disposition = 3");
  g_assert_cmpint (refused, ==, 1);
  put_back (fixture, fixture->backup);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM visit"), ==, 1);
  sync_all (fixture, 3);
  after = test_export (fixture->server.journal);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM envelope WHERE disposition = 3"), ==, refused);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM conflict"), ==, 0);
  check_converged (fixture);
}

/* Broken: a server that was lost altogether comes back with less than the devices have. */
static void
test_lost (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  work (fixture);
  before = test_export (fixture->server.journal);
  put_back (fixture, NULL);
  sync_all (fixture, 3);
  after = test_export (fixture->server.journal);
  g_assert_cmpstr (before, ==, after);
  check_converged (fixture);
}

/* Broken: what is written while the server was away is lost, or judged before what it stands on is back. */
static void
test_pending (Fixture *fixture, gconstpointer data)
{
  work (fixture);
  visit (fixture, &fixture->deputy, &fixture->server.force.home_2); /* by the assignment that the backup has not */
  put_back (fixture, fixture->backup);
  test_unit_sync (&fixture->deputy);
  g_assert_cmpuint (fixture->deputy.result.refused, ==, 0);
  sync_all (fixture, 3);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM envelope WHERE disposition = 3"), ==, 1);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM visit"), ==, 6);
  check_converged (fixture);
}

/* Broken: with the author's own tablet lost too, its records are gone although a colleague holds them. */
static void
test_colleague (Fixture *fixture, gconstpointer data)
{
  work (fixture);
  put_back (fixture, fixture->backup);
  test_unit_sync (&fixture->deputy);
  test_unit_sync (&fixture->other);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM visit"), ==, 5);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT severity FROM issue"), ==, 1);
  check_ledger (fixture);
}

/* Broken: a second restore, while the first has not healed, loses or repeats something. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  work (fixture);
  before = test_export (fixture->server.journal);
  put_back (fixture, fixture->backup);
  test_unit_sync (&fixture->deputy);
  put_back (fixture, fixture->backup);
  test_unit_sync (&fixture->named);
  put_back (fixture, NULL);
  sync_all (fixture, 3);
  after = test_export (fixture->server.journal);
  g_assert_cmpstr (before, ==, after);
  check_converged (fixture);
}

/* Broken: a line that is cut while a device brings back what the server lost leaves some of it out for ever. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  for (guint cut = 1; cut < 12; cut++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      if (cut == 1)
        work (fixture);
      before = test_export (fixture->server.journal);
      put_back (fixture, cut % 2 == 0 ? NULL : fixture->backup);
      if (cut % 3 == 0)
        fixture->wire.lose_request = fixture->wire.posts + cut / 2 + 1;
      else
        fixture->wire.lose_answer = fixture->wire.posts + cut / 2 + 1;
      if (!ym_sync_run (fixture->deputy.client, NULL, NULL, NULL, &fixture->deputy.result, &error))
        g_assert_error (error, YM_ERROR, YM_ERROR_NETWORK);
      fixture->wire.lose_request = fixture->wire.lose_answer = 0;
      sync_all (fixture, 3);
      after = test_export (fixture->server.journal);
      g_assert_cmpstr (before, ==, after);
      check_converged (fixture);
    }
}

/* Broken: what was revoked after the backup was made may write again. */
static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) old_identity = NULL;
  g_autoptr (GError) error = NULL;

  work (fixture);
  old_identity = test_server_identity (&fixture->server);
  skip_counter (fixture);
  test_server_revoke (&fixture->server, TEST_2001);
  visit (fixture, &fixture->named, &fixture->server.force.home_1); /* the thief's */
  put_back (fixture, fixture->backup);
  test_unit_sync (&fixture->named);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM envelope WHERE disposition = 4"), ==, 1);
  g_clear_pointer (&fixture->backup, sqlite3_close);
  fixture->backup = test_server_back_up (&fixture->server);
  test_server_put_back (&fixture->server, fixture->backup);
  g_assert_false (ym_ledger_is_ready (fixture->server.ledger));
  g_assert_false (ym_ledger_load_identity (fixture->server.ledger, old_identity, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_assert_false (ym_ledger_is_ready (fixture->server.ledger));
  load_identity (fixture);
  g_assert_true (ym_ledger_is_ready (fixture->server.ledger));
}

/* Broken: after a restore nobody can tell what was lost for good, or what only waits is called lost. */
static void
test_missing (Fixture *fixture, gconstpointer data)
{
  const YmId *home_1 = &fixture->server.force.home_1;
  g_autoptr (GArray) missing = NULL;
  g_autoptr (GArray) here = NULL;
  g_autoptr (GError) error = NULL;
  const YmMissing *gap;

  sync_all (fixture, 1);
  fixture->backup = test_server_back_up (&fixture->server);
  for (guint i = 0; i < 3; i++)
    {
      visit (fixture, &fixture->named, home_1);
      if (i < 2)
        test_unit_sync (&fixture->named);
    }
  test_unit_sync (&fixture->deputy); /* has two of three */
  test_unit_sync (&fixture->named);
  test_unit_sync (&fixture->other);
  /* As if the deputy's tablet had never had the first. */
  g_assert_true (ym_sql_script (ym_journal_get_db (fixture->deputy.journal),
                                "DELETE FROM operation WHERE entry = (SELECT min(entry) FROM envelope WHERE intent = "
                                "'visit.sign-off');"
                                "DELETE FROM envelope WHERE entry = (SELECT min(entry) FROM envelope WHERE intent = "
                                "'visit.sign-off')",
                                &error));
  put_back (fixture, fixture->backup);
  test_unit_sync (&fixture->deputy);
  missing = ym_journal_missing (ym_journal_get_db (fixture->server.journal), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (missing->len, ==, 1);
  gap = &g_array_index (missing, YmMissing, 0);
  g_assert_true (ym_id_equal (&gap->author, &fixture->named.device->author.device));
  g_assert_cmpuint (gap->first, ==, 1);
  g_assert_cmpuint (gap->last, ==, 1);
  here = ym_journal_missing_here (ym_journal_get_db (fixture->deputy.journal), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (here->len, ==, 1);
  check_ledger (fixture);
  test_unit_sync (&fixture->named);
  g_clear_pointer (&missing, g_array_unref);
  missing = ym_journal_missing (ym_journal_get_db (fixture->server.journal), &error);
  g_assert_cmpuint (missing->len, ==, 0);
  g_assert_cmpint (test_count (fixture->server.journal, "SELECT count(*) FROM visit"), ==, 3);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/heal/restore", test_restore }, { "/heal/lost", test_lost },   { "/heal/pending", test_pending },
    { "/heal/colleague", test_colleague }, { "/heal/twice", test_twice }, { "/heal/cut", test_cut },
    { "/heal/revoked", test_revoked },     { "/heal/missing", test_missing },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
