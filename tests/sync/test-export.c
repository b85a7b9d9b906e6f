/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of signed envelopes that a store is exported as, tampered with: who reads it gets what was written, or an error. */

#include "app/base/error.h"
#include "sync/exchange/bundle.h"
#include "tests/journal/bytes.h"
#include "tests/journal/force.h"

/* Of the bits: less than 8, so that every byte is met, and not always in the same bit. Under the sanitizers it takes ten times as
 * long. */
#ifdef __SANITIZE_ADDRESS__
#define FLIP_STRIDE 67
#else
#define FLIP_STRIDE 7
#endif

typedef struct {
  TestForce force;
  YmJournal *reader; /* empty, and trusts the root key */
  GBytes *file;
  char *exported;
  guint same;
} Fixture;

/* As `ymweldctl export` does. */
static GBytes *
export (YmJournal *journal)
{
  g_autoptr (YmBundle) bundle = ym_bundle_new (ym_journal_get_force (journal));
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (ym_journal_get_db (journal), &error, "SELECT body, change_set FROM envelope ORDER BY entry", "");
  GBytes *file;

  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);

      g_ptr_array_add (bundle->parcels, ym_parcel_new (body, change_set));
    }
  file = ym_bundle_encode (bundle, &error);
  g_assert_no_error (error);
  return file;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  TestForce *force = &fixture->force;
  YmJournal *journal;
  g_autoptr (YmRecord) visit = NULL;

  test_force_init (force);
  journal = test_journal_open (force, TEST_2001);
  test_force_found (force, journal);
  visit = test_visit (force, TEST_2001, &force->home_1);
  ym_record_set_text (visit, YM_VISIT_NOTES, "Gair â'r rheolwr");
  test_write (journal, &force->devices[TEST_2001], "visit.sign-off", NULL, visit);
  test_place_pending (force, journal, (guint64) test_count (journal, "SELECT max(position) + 1 FROM envelope"));
  fixture->file = export (journal);
  fixture->exported = test_export (journal);
  test_journal_close (journal);
  fixture->reader = test_journal_open (force, TEST_2002);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_journal_close (fixture->reader);
  g_bytes_unref (fixture->file);
  g_free (fixture->exported);
}

static gboolean
take_all (YmJournal *reader, YmBundle *bundle, const YmId *epoch, GError **error)
{
  for (guint i = 0; i < bundle->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (bundle->parcels, i);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, error);
      const YmPlacement placement = { TRUE, { *epoch, i + 1 }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, 0 };

      if (arrival == NULL || !ym_journal_take (reader, arrival, &placement, error))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable): What the file says, in a store that believes only what the root key leads to. */
static char *
read_back (Fixture *fixture, GBytes *file, GError **error)
{
  g_autoptr (YmBundle) bundle = ym_bundle_decode (file, error);
  char *text = NULL;

  if (bundle == NULL)
    return NULL;
  if (!ym_id_equal (&bundle->force, &fixture->force.force))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, "The file is another force's.");
      return NULL;
    }
  g_assert_true (ym_journal_begin (fixture->reader, NULL));
  if (take_all (fixture->reader, bundle, &fixture->force.epoch, error))
    text = test_export (fixture->reader);
  ym_journal_rollback (fixture->reader);
  return text;
}

static void
check (GBytes *file, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = read_back (fixture, file, &error);

  if (text == NULL)
    g_assert_true (error != NULL && error->domain == YM_ERROR);
  else
    g_assert_cmpstr (text, ==, fixture->exported);
  fixture->same += text != NULL;
}

/* Broken: a file that was changed or cut on its way is read as something else than what was signed. */
static void
test_every_byte_counts (Fixture *fixture, gconstpointer data)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (fixture->file, &length);

  check (fixture->file, fixture);
  g_assert_cmpuint (fixture->same, ==, 1);
  for (gsize bit = 0; bit < 8 * length; bit += FLIP_STRIDE)
    {
      guint8 *changed = g_memdup2 (bytes, length);
      g_autoptr (GBytes) file = NULL;

      changed[bit / 8] ^= 1 << bit % 8;
      file = g_bytes_new_take (changed, length);
      check (file, fixture);
    }
  g_assert_cmpuint (fixture->same, ==, 1);
  for_each_truncation (fixture->file, check, fixture);
  g_assert_cmpuint (fixture->same, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/export/every-byte-counts", Fixture, NULL, set_up, test_every_byte_counts, tear_down);
  return g_test_run ();
}
