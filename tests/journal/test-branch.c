/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ledger that was put back from a backup, as a device sees it. */

#include "app/journal/tables.h"
#include "tests/journal/force.h"

typedef struct {
  TestForce force;
  YmJournal *journal;
  guint64 branch; /* what the backup had */
  guint64 end;
} Fixture;

static YmRecord *
save_issue (Fixture *fixture, const char *title)
{
  YmRecord *issue = test_record (&fixture->force, TEST_2001, YM_FORM_ISSUE, &fixture->force.home_1);

  ym_record_set_text (issue, YM_ISSUE_TITLE, title);
  ym_record_set_integer (issue, YM_ISSUE_CATEGORY, 1);
  ym_record_set_integer (issue, YM_ISSUE_SEVERITY, 1);
  ym_record_set_integer (issue, YM_ISSUE_OWNER, 1);
  test_write (fixture->journal, &fixture->force.devices[TEST_2001], "issue.open", NULL, issue);
  return issue;
}

static void
make_severe (Fixture *fixture, YmRecord *issue, gint64 severity)
{
  g_autoptr (YmRecord) before = ym_record_copy (issue);

  ym_record_set_integer (issue, YM_ISSUE_SEVERITY, severity);
  test_write (fixture->journal, &fixture->force.devices[TEST_2001], "issue.edit", before, issue);
}

/* One issue below the branch that is raised above it, one that is all above, and one that is not sent. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (YmRecord) old = NULL;
  g_autoptr (YmRecord) new = NULL;
  g_autoptr (YmRecord) pending = NULL;

  test_force_init (&fixture->force);
  fixture->journal = test_journal_open (&fixture->force, TEST_2001);
  test_force_found (&fixture->force, fixture->journal);
  old = save_issue (fixture, "before");
  fixture->branch = test_place_pending (&fixture->force, fixture->journal, 100) - 1;
  make_severe (fixture, old, 2);
  new = save_issue (fixture, "after");
  fixture->end = test_place_pending (&fixture->force, fixture->journal, fixture->branch + 1) - 1;
  pending = save_issue (fixture, "pending");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_journal_close (fixture->journal);
}

static void
branch (Fixture *fixture, guint64 number, const YmId *epoch, guint64 given_up)
{
  g_auto (YmLineage) lineage = { NULL };
  g_autoptr (GError) error = NULL;
  guint64 n_given_up;

  test_succeeds (ym_journal_begin (fixture->journal, &error), error);
  test_succeeds (ym_journal_read_lineage (fixture->journal, &lineage, &error), error);
  ym_lineage_branch (&lineage, number, epoch);
  test_succeeds (ym_journal_branch (fixture->journal, &lineage, &n_given_up, &error), error);
  test_succeeds (ym_journal_commit (fixture->journal, &error), error);
  g_assert_cmpuint (n_given_up, ==, given_up);
  test_succeeds (ym_journal_recount (ym_journal_get_db (fixture->journal), &error), error);
}

/* Broken: a restored server makes a device forget something, or believe a place that is somebody else's now. */
static void
test_give_up (Fixture *fixture, gconstpointer data)
{
  const YmId epoch = { { 0xaa } };
  g_autofree char *before = test_export (fixture->journal);
  g_autofree char *after = NULL;
  YmPosition cursor;

  branch (fixture, fixture->branch, &epoch, 2);
  after = test_export (fixture->journal);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (ym_journal_get_cursor (fixture->journal, &cursor));
  g_assert_cmpuint (cursor.number, ==, fixture->branch);
  g_assert_true (ym_id_equal (&cursor.epoch, &epoch));
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE position IS NULL"), ==, 3);
  g_assert_cmpint (
      test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE position IS NULL AND received_at IS NOT NULL"), ==,
      2);
}

/* Broken: what had a place comes after what was never sent, so that the officer's last word does not stand. */
static void
test_order (Fixture *fixture, gconstpointer data)
{
  const YmId epoch = { { 0xaa } };

  branch (fixture, fixture->branch, &epoch, 2);
  g_assert_cmpint (test_count (fixture->journal, "SELECT severity FROM issue WHERE title = 'before'"), ==, 2);
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM conflict"), ==, 0);
}

/* Broken: a second restore, from before the first, is taken for the same. */
static void
test_twice (Fixture *fixture, gconstpointer data)
{
  const YmId first = { { 0xaa } }, second = { { 0xbb } }, third = { { 0xcc } };
  YmPosition cursor;

  branch (fixture, fixture->branch, &first, 2);
  branch (fixture, 3, &second,
          (guint64) test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE position > 3"));
  g_assert_true (ym_journal_get_cursor (fixture->journal, &cursor));
  g_assert_cmpuint (cursor.number, ==, 3);
  branch (fixture, 0, &third, 3);
  g_assert_cmpint (test_count (fixture->journal, "SELECT count(*) FROM envelope WHERE position IS NOT NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/branch/give-up", Fixture, NULL, set_up, test_give_up, tear_down);
  g_test_add ("/branch/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/branch/twice", Fixture, NULL, set_up, test_twice, tear_down);
  return g_test_run ();
}
