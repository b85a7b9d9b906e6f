/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A ledger that was tampered with must not pass, wherever the hand went in. */

#include "sync/server/status.h"
#include "tests/sync/server-fixture.h"

static void
set_up (TestServer *server, gconstpointer data)
{
  TestTablet *tablet;
  g_autoptr (YmRecord) visit = NULL;
  g_autoptr (YmRecord) elsewhere = NULL;

  test_server_set_up (server);
  tablet = test_server_tablet (server, TEST_2001);
  visit = test_visit (&server->force, TEST_2001, &server->force.home_1);
  elsewhere = test_visit (&server->force, TEST_2001, &server->force.home_2);
  test_tablet_save (tablet, "visit.sign-off", NULL, visit);
  test_tablet_save (tablet, "visit.sign-off", NULL, elsewhere); /* refused */
  test_tablet_sync (server, tablet);
}

static void
tear_down (TestServer *server, gconstpointer data)
{
  test_server_tear_down (server);
}

static guint
count_problems (TestServer *server, YmVerification *verification)
{
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_ledger_verify (ym_journal_get_db (server->journal), verification, &error), error);
  return verification->audit.problems->len;
}

/* A ledger as the server left it must pass, or nobody believes an alarm. */
static void
test_honest_ledger_passes (TestServer *server, gconstpointer data)
{
  g_auto (YmVerification) verification = { 0 };

  if (count_problems (server, &verification) > 0)
    g_error ("%s", (const char *) g_ptr_array_index (verification.audit.problems, 0));
  g_assert_cmpuint (verification.end, ==, ym_ledger_get_end (server->ledger));
  g_assert_cmpuint (verification.audit.envelopes, ==, verification.end);
  g_assert_cmpuint (verification.receipts, >, 0);
  g_assert_cmpuint (verification.records, >, 10);
}

static const struct {
  const char *name;
  const char *sql;
} hands[] = {
  { "a-visit-rewritten", "UPDATE visit SET notes = 'All was well.'" },
  { "a-visit-taken-out", "DELETE FROM visit" },
  { "a-row-nobody-signed", "INSERT INTO visit (scope, id, entry) VALUES (zeroblob(16), zeroblob(16), 1)" },
  { "an-envelope-taken-out", "DELETE FROM envelope WHERE position = 5" },
  { "the-last-envelope-taken-out", "DELETE FROM envelope WHERE position = (SELECT max(position) FROM envelope)" },
  { "two-envelopes-exchanged",
    "UPDATE envelope SET position = CASE position WHEN 4 THEN 5 ELSE 4 END WHERE position IN (4, 5)" },
  { "a-refusal-lifted", "UPDATE envelope SET disposition = 1, reason = 0 WHERE disposition = 3" },
  { "a-change-set-emptied", "UPDATE envelope SET change_set = x'00' WHERE position = 7" },
  { "a-change-set-of-another",
    "UPDATE envelope SET change_set = (SELECT change_set FROM envelope WHERE position = 6) WHERE position = 7" },
  { "a-signature-changed",
    "UPDATE envelope SET body = CAST (substr(body, 1, length(body) - 1) || x'00' AS BLOB) WHERE position = 8" },
  { "another-author", "UPDATE envelope SET author = zeroblob(16) WHERE position = 9" },
  { "a-receipt-changed", "UPDATE receipt SET body = CAST (substr(body, 1, length(body) - 1) || x'00' AS BLOB)" },
  { "a-receipt-taken-out", "DELETE FROM receipt WHERE rowid = (SELECT max(rowid) FROM receipt)" },
  { "a-receipt-garbled", "UPDATE receipt SET body = x'ff'" },
  { "a-chain-shortened", "UPDATE chain SET sequence = sequence - 1" },
};

/* Each is a way in which somebody with the key and a text editor could lie. */
static void
test_hand_is_seen (TestServer *server, gconstpointer data)
{
  const char *sql = data;
  g_auto (YmVerification) verification = { 0 };
  g_autoptr (GError) error = NULL;

  server->changed_by_hand = TRUE;
  test_succeeds (ym_sql_script (ym_journal_get_db (server->journal), sql, &error), error);
  g_assert_cmpint (sqlite3_changes (ym_journal_get_db (server->journal)), >, 0);
  g_assert_cmpuint (count_problems (server, &verification), >, 0);
}

/* What an operator looks at must say who has not synced and what was refused. */
static void
test_status (TestServer *server, gconstpointer data)
{
  g_auto (YmServerStatus) status = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  guint synced = 0;

  test_succeeds (ym_server_status_read (ym_journal_get_db (server->journal), g_get_tmp_dir (), 0, TRUE, &status, &error),
                 error);
  g_assert_cmpuint (status.end, ==, ym_ledger_get_end (server->ledger));
  g_assert_cmpuint (status.envelopes[YM_DISPOSITION_REFUSED], ==, 1);
  g_assert_cmpuint (status.devices->len, ==, TEST_N_DEVICES - 1); /* the root key is no device */
  for (guint i = 0; i < status.devices->len; i++)
    synced += ((YmStatusDevice *) g_ptr_array_index (status.devices, i))->synced_at_us > 0;
  g_assert_cmpuint (synced, ==, 2);
  text = ym_server_status_print (&status, FALSE);
  json = ym_server_status_print (&status, TRUE);
  g_assert_nonnull (strstr (text, "1 refused"));
  g_assert_nonnull (strstr (text, "2001 (2001)"));
  g_assert_nonnull (strstr (json, "\"refused\": 1"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/server/verify/honest-ledger-passes", TestServer, NULL, set_up, test_honest_ledger_passes, tear_down);
  for (guint i = 0; i < G_N_ELEMENTS (hands); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/verify/hand/%s", hands[i].name);

      g_test_add (path, TestServer, hands[i].sql, set_up, test_hand_is_seen, tear_down);
    }
  g_test_add ("/server/status", TestServer, NULL, set_up, test_status, tear_down);
  return g_test_run ();
}
