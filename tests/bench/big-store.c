/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ten years of a force on one device, written by the journal itself in large transactions. A tenth of the homes are the
 * device's own officer's, so that what it counts of its own saves grows too. */

#include "tests/bench/big-store.h"

#include <sodium.h>
#include <string.h>

#include "app/forms/validate.h"
#include "app/rules/issue-state.h"

#define PASSPHRASE "pump ladder onion frost velvet"
#define FIRST_US (G_GINT64_CONSTANT (1453280400) * G_USEC_PER_SEC) /* January 2016 */
#define LAST_US (G_GINT64_CONSTANT (1768903200) * G_USEC_PER_SEC)  /* January 2026 */
#define VISITS_A_TRANSACTION 500
#define RARE_WORDS 6000

static const char *const common[] = {
  "the",     "home",    "manager",  "night",    "two",      "children", "rota",    "agency",   "agreed",  "call",
  "missing", "police",  "training", "calm",     "gate",     "shift",    "visited", "spoke",    "about",   "plan",
  "cartref", "plant",   "rheolwr",  "nos",      "galwadau", "ymweliad", "tŷ",      "gŵyl",     "môr",     "siarad",
  "restorative", "approach", "protocol", "philomena", "trigger", "school", "taxi", "behaviour", "window", "broken",
};

YmStoreOptions
big_options (void)
{
  YmStoreOptions options = ym_store_options_default ();

  options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  return options;
}

/* A made-up word: syllables by the digits of its number. */
static void
append_rare (GString *text, guint number)
{
  static const char *const syllables[] = { "an", "bryn", "cwm", "dol", "ell", "ffor", "gwy", "hen", "llan", "mor", "nant", "pen" };

  for (guint rest = number + 13; rest > 0; rest /= G_N_ELEMENTS (syllables))
    g_string_append (text, syllables[rest % G_N_ELEMENTS (syllables)]);
}

char *
big_words (guint64 seed, guint n_words)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) seed);
  GString *text = g_string_new ("staff");

  for (guint i = 1; i < n_words; i++)
    {
      double u = g_rand_double (rand);

      g_string_append_c (text, ' ');
      if (u < 0.6)
        g_string_append (text, common[(gsize) (u / 0.6 * u / 0.6 * G_N_ELEMENTS (common))]);
      else
        append_rare (text, (guint) ((u - 0.6) / 0.4 * (u - 0.6) / 0.4 * RARE_WORDS));
    }
  return g_string_free (text, FALSE);
}

YmRecord *
big_visit (BigStore *store, int device, const YmId *home, gint64 started_at_us, guint64 seed)
{
  YmRecord *visit = test_visit (&store->force, device, home);
  g_autofree char *notes = big_words (seed, 30);

  ym_record_set_integer (visit, YM_VISIT_STARTED_AT, started_at_us);
  ym_record_set_integer (visit, YM_VISIT_ENDED_AT, started_at_us + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  ym_record_set_text (visit, YM_VISIT_NOTES, notes);
  return visit;
}

/* What is being made. */
typedef struct {
  BigStore *store;
  guint n_visits;
  YmId tablet;
  YmId issues[BIG_HOMES]; /* the one under way in each home */
  guint n_updates;
  guint64 position;
} Making;

static const YmAuthor *
author_of (Making *making, YmDesk *desk, guint home)
{
  return home % 10 == 0 ? &desk->author : &making->store->force.devices[TEST_2001].author;
}

static void
write_all (Making *making, YmDesk *desk, guint home, const char *intent, const YmChange *changes, guint n)
{
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_journal_write (desk->journal, author_of (making, desk, home), intent, &changes[0].after->id, changes, n, &error),
                 error);
}

static void
write_visit (Making *making, YmDesk *desk, guint i)
{
  BigStore *store = making->store;
  const YmId *home = &store->homes[i % BIG_HOMES];
  gint64 at_us = FIRST_US + (LAST_US - FIRST_US) / making->n_visits * i;
  g_autoptr (YmRecord) visit = big_visit (store, TEST_2001, home, at_us, i);
  g_autoptr (YmRecord) met = test_record (&store->force, TEST_2001, YM_FORM_PERSON_MET, home);
  g_autofree char *name = big_words (i * 7, 3);
  const YmChange changes[] = { { NULL, visit }, { NULL, met } };

  ym_record_set_id (met, YM_PERSON_MET_VISIT, &visit->id);
  ym_record_set_text (met, YM_PERSON_MET_NAME, name);
  ym_record_set_text (met, YM_PERSON_MET_ROLE, "manager");
  store->force.world.wall_us = at_us + 1;
  write_all (making, desk, i % BIG_HOMES, "visit.sign-off", changes, G_N_ELEMENTS (changes));
}

static void
open_issue (Making *making, YmDesk *desk, guint home, guint64 seed)
{
  g_autoptr (YmRecord) issue = test_record (&making->store->force, TEST_2001, YM_FORM_ISSUE, &making->store->homes[home]);
  g_autofree char *title = big_words (seed, 6);
  const YmChange change = { NULL, issue };

  ym_record_set_text (issue, YM_ISSUE_TITLE, title);
  ym_record_set_integer (issue, YM_ISSUE_CATEGORY, 1 + (gint64) (seed % 8));
  ym_record_set_integer (issue, YM_ISSUE_SEVERITY, 1 + (gint64) (seed % 3));
  ym_record_set_integer (issue, YM_ISSUE_OWNER, 1);
  write_all (making, desk, home, "issue.open", &change, 1);
  making->issues[home] = issue->id;
}

/* Each issue goes on to its last step, which settles it. */
static void
write_update (Making *making, YmDesk *desk, guint home)
{
  guint step = making->n_updates / BIG_HOMES % BIG_UPDATES_AN_ISSUE;
  g_autoptr (YmRecord) update = NULL;
  g_autofree char *words = big_words (making->n_updates * 31, 12);
  YmChange change = { NULL, NULL };

  if (step == 0 || ym_id_is_zero (&making->issues[home]))
    open_issue (making, desk, home, making->n_updates);
  change.after = update = test_record (&making->store->force, TEST_2001, YM_FORM_ISSUE_UPDATE, &making->store->homes[home]);
  ym_record_set_id (update, YM_ISSUE_UPDATE_ISSUE, &making->issues[home]);
  ym_record_set_integer (update, YM_ISSUE_UPDATE_STATE,
                         step + 1 < BIG_UPDATES_AN_ISSUE ? YM_ISSUE_IN_PROGRESS : YM_ISSUE_RESOLVED);
  ym_record_set_text (update, YM_ISSUE_UPDATE_NOTE, words);
  write_all (making, desk, home, "issue.step", &change, 1);
  making->n_updates++;
}

/* Everything written so far gets its place in the ledger, as after a sync. */
static void
place_all (Making *making, YmDesk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) pending
      = ym_sql_prepare (desk->db, &error, "SELECT author, chain, sequence FROM envelope WHERE position IS NULL ORDER BY entry", "");
  YmPosition through = { making->store->force.epoch, 0 };

  while (ym_sql_step (pending, &error) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (pending, 0), chain = ym_sql_column_id (pending, 1);
      const YmPlacement placement = { TRUE, { making->store->force.epoch, ++making->position }, YM_DISPOSITION_ACCEPTED,
                                      YM_REASON_NONE, making->store->force.world.wall_us };

      test_succeeds (ym_journal_place (desk->journal, &author, &chain, (guint64) sqlite3_column_int64 (pending, 2), &placement,
                                       &error), error);
    }
  through.number = making->position;
  test_succeeds (ym_journal_advance (desk->journal, &through, &error), error);
}

static gpointer
do_transaction (YmDesk *desk, gpointer data, GError **error)
{
  Making *making = data;
  guint done = (guint) making->n_updates / BIG_UPDATES_A_VISIT;

  test_succeeds (ym_journal_begin (desk->journal, error), *error);
  for (guint i = done; i < MIN (done + VISITS_A_TRANSACTION, making->n_visits); i++)
    {
      write_visit (making, desk, i);
      for (guint j = 0; j < BIG_UPDATES_A_VISIT; j++)
        write_update (making, desk, (i * BIG_UPDATES_A_VISIT + j) % BIG_HOMES);
    }
  place_all (making, desk);
  test_succeeds (ym_journal_commit (desk->journal, error), *error);
  return NULL;
}

static void
write_one (YmDesk *desk, const YmAuthor *author, const char *intent, const YmRecord *record)
{
  const YmChange change = { NULL, record };
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_journal_write (desk->journal, author, intent, &record->id, &change, 1, &error), error);
}

static void
found_home (Making *making, YmDesk *desk, guint i)
{
  TestForce *force = &making->store->force;
  const YmAuthor *administrator = &force->devices[TEST_ADMINISTRATOR].author;
  const YmId *id = &making->store->homes[i];
  g_autoptr (YmRecord) home = ym_record_new (ym_form (YM_FORM_HOME), id, id);
  g_autoptr (YmRecord) assignment = ym_record_new (ym_form (YM_FORM_ASSIGNMENT), id, &ym_id_zero);
  g_autofree char *number = g_strdup_printf ("B%u", i);
  g_autofree char *name = big_words (i, 3);

  ym_record_set_text (home, YM_HOME_REGISTRATION_NO, number);
  ym_record_set_text (home, YM_HOME_NAME, name + strlen ("staff "));
  ym_record_set_integer (home, YM_HOME_STATUS, YM_HOME_OPEN);
  write_one (desk, administrator, "home.import", home);
  ym_record_set_id (assignment, YM_ASSIGNMENT_HOME, id);
  ym_record_set_id (assignment, YM_ASSIGNMENT_OFFICER, &force->devices[TEST_2001].officer);
  ym_record_set_integer (assignment, YM_ASSIGNMENT_ROLE, YM_ASSIGNMENT_NAMED);
  ym_record_set_integer (assignment, YM_ASSIGNMENT_FROM_DATE, 16000);
  assignment->id = ym_record_key_id (assignment, &force->force);
  write_one (desk, administrator, "assignment.import", assignment);
}

/* The tablet's own certificate, as enrolling it would have made it. */
static void
certify (Making *making, YmDesk *desk, const guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES])
{
  TestForce *force = &making->store->force;
  g_autoptr (YmRecord) device = ym_record_new (ym_form (YM_FORM_DEVICE), &force->force, &desk->author.device);
  g_auto (YmValue) key = ym_value_bytes (public_key, YM_STORE_PUBLIC_KEY_BYTES);

  ym_record_set_integer (device, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, 0);
  ym_record_set_id (device, YM_DEVICE_OFFICER, &force->devices[TEST_2001].officer);
  write_one (desk, &force->devices[TEST_ROOT].author, "device.certify", device);
}

static gpointer
do_found (YmDesk *desk, gpointer data, GError **error)
{
  Making *making = data;
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];

  ym_store_public_key (ym_notebook_get_store (making->store->notebook), public_key);
  test_succeeds (ym_journal_begin (desk->journal, error), *error);
  test_succeeds (ym_journal_found (desk->journal, making->store->force.devices[TEST_ROOT].public_key, &desk->author.device, error),
                 *error);
  test_succeeds (ym_journal_commit (desk->journal, error), *error);
  test_force_found (&making->store->force, desk->journal);
  test_succeeds (ym_journal_begin (desk->journal, error), *error);
  certify (making, desk, public_key);
  for (guint i = 0; i < BIG_HOMES; i++)
    found_home (making, desk, i);
  test_succeeds (ym_sql_integer (desk->db, (gint64 *) &making->position, error, "SELECT max(position) FROM envelope", ""), *error);
  place_all (making, desk);
  test_succeeds (ym_journal_commit (desk->journal, error), *error);
  return NULL;
}

static void
begin (BigStore *store)
{
  test_force_init (&store->force);
  for (guint i = 0; i < BIG_HOMES; i++)
    {
      g_autofree char *number = g_strdup_printf ("B%u", i);

      store->homes[i] = ym_id_from_key (&store->force.force, "home", number);
    }
}

void
big_make (BigStore *store, const char *directory, guint n_visits)
{
  g_autoptr (YmSecret) passphrase = ym_secret_new_from_passphrase (PASSPHRASE, strlen (PASSPHRASE));
  const YmStoreOptions options = big_options ();
  Making making = { .store = store, .n_visits = n_visits };
  g_autoptr (GError) error = NULL;

  begin (store);
  store->notebook = ym_notebook_create (directory, passphrase, &options, &error);
  g_assert_no_error (error);
  ym_notebook_run (store->notebook, YM_LANE_WRITE, do_found, &making, &error);
  while (making.n_updates < n_visits * BIG_UPDATES_A_VISIT)
    {
      ym_notebook_run (store->notebook, YM_LANE_WRITE, do_transaction, &making, &error);
      g_assert_no_error (error);
      if (making.n_updates % (20 * BIG_UPDATES_A_VISIT * VISITS_A_TRANSACTION) == 0)
        g_printerr ("%u visits\n", making.n_updates / BIG_UPDATES_A_VISIT);
    }
}

void
big_open (BigStore *store, const char *directory)
{
  g_autoptr (YmSecret) passphrase = ym_secret_new_from_passphrase (PASSPHRASE, strlen (PASSPHRASE));
  const YmStoreOptions options = big_options ();
  g_autoptr (GError) error = NULL;

  begin (store);
  store->force.world.seed = (guint64) g_get_real_time (); /* no id again that an earlier run has spent */
  store->notebook = ym_notebook_open (directory, passphrase, &options, &error);
  g_assert_no_error (error);
}

void
big_close (BigStore *store)
{
  g_clear_pointer (&store->notebook, ym_notebook_close);
}
