/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit believes nothing that is stored. Each case alters one thing that no other check of a running program sees. */

#include "app/journal/audit.h"
#include "tests/journal/force.h"

/* Two saves of one officer, one of another, all placed, beside the force's own records. */
static YmJournal *
make_ledger (TestForce *force)
{
  YmJournal *journal;

  test_force_init (force);
  journal = test_journal_open (force, TEST_2001);
  test_force_found (force, journal);
  for (int i = 0; i < 3; i++)
    {
      int device = i < 2 ? TEST_2001 : TEST_2003;
      g_autoptr (YmRecord) visit = test_visit (force, device, &force->home_1);

      test_write (journal, &force->devices[device], "visit.sign-off", NULL, visit);
    }
  test_place_pending (force, journal, 100);
  return journal;
}

static void
audit (TestForce *force, YmJournal *journal, YmAudit *found)
{
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_journal_audit (ym_journal_get_db (journal), force->devices[TEST_ROOT].public_key, found, &error),
                 error);
}

/* An audit that cries over a good ledger is switched off. */
static void
test_good (void)
{
  TestForce force;
  YmJournal *journal = make_ledger (&force);
  g_auto (YmAudit) found = { 0 };

  audit (&force, journal, &found);
  g_assert_cmpuint (found.problems->len, ==, 0);
  g_assert_cmpuint (found.authors, ==, 4); /* root, administrator, two officers */
  g_assert_cmpuint (found.chains, ==, 4);
  g_assert_cmpuint (found.withheld, ==, 0);
  g_assert_cmpint ((gint64) found.envelopes, ==, test_count (journal, "SELECT count(*) FROM envelope"));
  test_journal_close (journal);
}

#define OWN_LAST                                                                                                       \
  "(SELECT entry FROM envelope WHERE intent = 'visit.sign-off' AND sequence = 2)"

/* Whoever can write to the store, and only this, must be found out. */
static void
test_altered (void)
{
  static const char *const alterations[] = {
    /* a byte of a signed envelope; of its signature; of its change set */
    "UPDATE envelope SET body = substr (body, 1, 99) || x'00' || substr (body, 101) WHERE entry = " OWN_LAST,
    "UPDATE envelope SET body = substr (body, 1, length (body) - 1) || x'00' WHERE entry = " OWN_LAST,
    "UPDATE envelope SET change_set = substr (change_set, 1, length (change_set) - 1) || x'00' WHERE entry = " OWN_LAST,
    /* the columns that everything else goes by */
    "UPDATE envelope SET sequence = 7 WHERE entry = " OWN_LAST,
    "UPDATE envelope SET hash = x'11' WHERE entry = " OWN_LAST,
    "UPDATE envelope SET subject = x'000102030405060708090a0b0c0d0e0f' WHERE entry = " OWN_LAST,
    "UPDATE envelope SET class = 2 WHERE entry = " OWN_LAST,
    /* the author's certificate taken away; a row of a table changed past the journal */
    "DELETE FROM device WHERE id = (SELECT author FROM envelope WHERE entry = " OWN_LAST ")",
    "UPDATE visit SET notes = 'never said'",
    "UPDATE envelope SET disposition = 3 WHERE entry = " OWN_LAST,
  };

  for (guint i = 0; i < G_N_ELEMENTS (alterations); i++)
    {
      TestForce force;
      YmJournal *journal = make_ledger (&force);
      g_auto (YmAudit) found = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", alterations[i]);
      test_succeeds (ym_sql_script (ym_journal_get_db (journal), alterations[i], &error), error);
      audit (&force, journal, &found);
      g_assert_cmpuint (found.problems->len, >, 0);
      test_journal_close (journal);
    }
}

/* A change set that is gone is not an error of the signature, but it must not go unsaid. */
static void
test_withheld (void)
{
  TestForce force;
  YmJournal *journal = make_ledger (&force);
  g_auto (YmAudit) found = { 0 };
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_sql_script (ym_journal_get_db (journal), "UPDATE envelope SET change_set = NULL WHERE entry = " OWN_LAST,
                                &error),
                 error);
  audit (&force, journal, &found);
  g_assert_cmpuint (found.withheld, ==, 1);
  test_journal_close (journal);
}

/* An envelope that its own author signed anew in place of the first one is seen by what follows it. */
static void
test_chain (void)
{
  TestForce force;
  YmJournal *journal = make_ledger (&force);
  sqlite3 *db = ym_journal_get_db (journal);
  const TestDevice *officer = &force.devices[TEST_2001];
  g_auto (YmAudit) found = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) forged = NULL;
  g_autoptr (sqlite3_stmt) first = ym_sql_prepare (
      db, &error, "SELECT body FROM envelope WHERE author = ? AND sequence = 1", "d", &officer->author.device);
  g_autofree char *device = ym_id_to_string (&officer->author.device);
  g_autofree char *second = g_strdup_printf ("Envelope 2 of device %s: ", device);
  YmEnvelope header;
  YmHash hash;

  g_assert_cmpint (ym_sql_step (first, &error), ==, YM_SQL_ROW);
  body = ym_sql_column_bytes (first, 0);
  g_clear_pointer (&first, sqlite3_finalize);
  test_succeeds (ym_envelope_decode (body, &header, &error), error);
  header.wall_us++;
  forged = ym_envelope_seal (&header, &force.force, &officer->author.signer, &error);
  g_assert_no_error (error);
  hash = ym_hash_of_bytes (forged);
  test_succeeds (ym_sql_execute (db, &error, "UPDATE envelope SET body = ?, hash = ? WHERE author = ? AND sequence = 1",
                                 "bhd", forged, &hash, &officer->author.device),
                 error);
  audit (&force, journal, &found);
  g_assert_cmpuint (found.problems->len, ==, 2); /* the chain, and the digest */
  g_assert_true (g_str_has_prefix (g_ptr_array_index (found.problems, 0), second));
  test_journal_close (journal);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/audit/good", test_good);
  g_test_add_func ("/audit/altered", test_altered);
  g_test_add_func ("/audit/withheld", test_withheld);
  g_test_add_func ("/audit/chain", test_chain);
  return g_test_run ();
}
