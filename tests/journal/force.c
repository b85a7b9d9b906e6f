/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/journal/force.h"

#include <sodium.h>
#include <string.h>

#include "app/forms/validate.h"
#include "app/journal/tables.h"

static void
fill (gpointer context, guint8 *buffer, gsize length)
{
  TestWorld *world = context;
  guint8 seed[randombytes_SEEDBYTES] = { 0 };

  world->seed++;
  memcpy (seed, &world->seed, sizeof world->seed);
  randombytes_buf_deterministic (buffer, length, seed);
}

static gint64
wall_us (gpointer context)
{
  return ((TestWorld *) context)->wall_us++;
}

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  TestDevice *device = context;

  return crypto_sign_detached (signature, NULL, message, length, device->secret_key) == 0;
}

void
test_force_init (TestForce *force)
{
  static const char *const collar[TEST_N_DEVICES] = { NULL, NULL, "2000", "2001", "2002", "2003" };

  g_assert_cmpint (sodium_init (), >=, 0);
  memset (force, 0, sizeof *force);
  force->world.wall_us = G_GINT64_CONSTANT (1769000000000000);
  force->random = (YmRandom){ fill, &force->world };
  force->clock = (YmClock){ wall_us, wall_us, &force->world };
  for (int i = 0; i < TEST_N_DEVICES; i++)
    {
      TestDevice *device = &force->devices[i];
      guint8 seed[crypto_sign_SEEDBYTES] = { (guint8) (i + 1) };

      crypto_sign_seed_keypair (device->public_key, device->secret_key, seed);
      device->author = (YmAuthor){ ym_id_of_public_key ("device", device->public_key), { sign, device } };
    }
  force->force = ym_id_of_public_key ("force", force->devices[TEST_ROOT].public_key);
  for (int i = TEST_2000; i < TEST_N_DEVICES; i++)
    force->devices[i].officer = ym_id_from_key (&force->force, "officer", collar[i]);
  force->home_1 = ym_id_from_key (&force->force, "home", "W1");
  force->home_2 = ym_id_from_key (&force->force, "home", "W2");
  force->epoch = (YmId){ { 7 } };
}

YmJournal *
test_journal_open (TestForce *force, int device)
{
  const YmJournalOptions options = { .clock = &force->clock, .random = &force->random };
  g_autoptr (GError) error = NULL;
  sqlite3 *db;
  YmJournal *journal;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  journal = ym_journal_open (db, &options, &error);
  g_assert_no_error (error);
  g_assert_true (ym_journal_begin (journal, &error));
  g_assert_true (ym_journal_found (journal, force->devices[TEST_ROOT].public_key, &force->devices[device].author.device,
                                   &error));
  g_assert_true (ym_journal_commit (journal, &error));
  return journal;
}

void
test_journal_close (YmJournal *journal)
{
  sqlite3 *db = ym_journal_get_db (journal);

  ym_journal_free (journal);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

void
test_write (YmJournal *journal, const TestDevice *device, const char *intent, const YmRecord *before,
            const YmRecord *after)
{
  const YmChange change = { before, after };
  g_autoptr (GError) error = NULL;

  g_assert_true (ym_journal_begin (journal, &error));
  test_succeeds (ym_journal_write (journal, &device->author, intent, &after->id, &change, 1, &error), error);
  test_succeeds (ym_journal_commit (journal, &error), error);
}

static void
found_device (TestForce *force, YmJournal *journal, int index, guint kind)
{
  const TestDevice *device = &force->devices[index];
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_DEVICE), &force->force, &device->author.device);
  g_auto (YmValue) key = ym_value_bytes (device->public_key, sizeof device->public_key);

  ym_record_set_integer (record, YM_DEVICE_KIND, kind);
  ym_record_set (record, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, 0);
  if (kind == YM_DEVICE_KIND_OFFICER)
    ym_record_set_id (record, YM_DEVICE_OFFICER, &device->officer);
  test_write (journal, &force->devices[TEST_ROOT], "device.certify", NULL, record);
}

static void
found_officer (TestForce *force, YmJournal *journal, int index, const char *collar, guint role, const char *area)
{
  g_autoptr (YmRecord) record
      = ym_record_new (ym_form (YM_FORM_OFFICER), &force->force, &force->devices[index].officer);

  ym_record_set_text (record, YM_OFFICER_COLLAR_NO, collar);
  ym_record_set_text (record, YM_OFFICER_NAME, collar);
  ym_record_set_integer (record, YM_OFFICER_ROLE, role);
  ym_record_set_text (record, YM_OFFICER_AREA, area);
  test_write (journal, &force->devices[TEST_ADMINISTRATOR], "officer.import", NULL, record);
}

static void
found_home (TestForce *force, YmJournal *journal, const YmId *id, const char *number, const char *area)
{
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_HOME), id, id);

  ym_record_set_text (record, YM_HOME_REGISTRATION_NO, number);
  ym_record_set_text (record, YM_HOME_NAME, number);
  ym_record_set_integer (record, YM_HOME_STATUS, YM_HOME_OPEN);
  ym_record_set_text (record, YM_HOME_AREA, area);
  test_write (journal, &force->devices[TEST_ADMINISTRATOR], "home.import", NULL, record);
}

static void
found_assignment (TestForce *force, YmJournal *journal, const YmId *home, int index, guint role)
{
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_ASSIGNMENT), home, &ym_id_zero);

  ym_record_set_id (record, YM_ASSIGNMENT_HOME, home);
  ym_record_set_id (record, YM_ASSIGNMENT_OFFICER, &force->devices[index].officer);
  ym_record_set_integer (record, YM_ASSIGNMENT_ROLE, role);
  ym_record_set_integer (record, YM_ASSIGNMENT_FROM_DATE, 20000);
  record->id = ym_record_key_id (record, &force->force);
  test_write (journal, &force->devices[TEST_ADMINISTRATOR], "assignment.import", NULL, record);
}

void
test_force_found (TestForce *force, YmJournal *journal)
{
  found_device (force, journal, TEST_ADMINISTRATOR, YM_DEVICE_KIND_ADMINISTRATOR);
  for (int i = TEST_2000; i < TEST_N_DEVICES; i++)
    found_device (force, journal, i, YM_DEVICE_KIND_OFFICER);
  found_officer (force, journal, TEST_2000, "2000", YM_ROLE_SUPERVISOR, "West");
  found_officer (force, journal, TEST_2001, "2001", YM_ROLE_NAMED_OFFICER, NULL);
  found_officer (force, journal, TEST_2002, "2002", YM_ROLE_NAMED_OFFICER, NULL);
  found_officer (force, journal, TEST_2003, "2003", YM_ROLE_DEPUTY, NULL);
  found_home (force, journal, &force->home_1, "W1", "West");
  found_home (force, journal, &force->home_2, "W2", "East");
  found_assignment (force, journal, &force->home_1, TEST_2001, YM_ASSIGNMENT_NAMED);
  found_assignment (force, journal, &force->home_1, TEST_2003, YM_ASSIGNMENT_DEPUTY);
  found_assignment (force, journal, &force->home_2, TEST_2002, YM_ASSIGNMENT_NAMED);
  test_place_pending (force, journal, 1);
}

YmRecord *
test_record (TestForce *force, int device, guint type, const YmId *home)
{
  const YmForm *form = ym_form (type);
  YmId id = ym_id_random (&force->random);
  YmRecord *record = ym_record_new (form, home, &id);

  for (guint i = 0; i < form->n_fields; i++)
    {
      const YmField *field = &form->fields[i];

      if (field->refers_to == YM_FORM_OFFICER && (field->flags & YM_FIELD_AUTOMATIC) != 0)
        ym_record_set_id (record, field->id, &force->devices[device].officer);
      else if (field->kind == YM_FIELD_INSTANT && (field->flags & YM_FIELD_REQUIRED) != 0)
        ym_record_set_integer (record, field->id, force->world.wall_us);
    }
  return record;
}

YmRecord *
test_visit (TestForce *force, int device, const YmId *home)
{
  YmRecord *visit = test_record (force, device, YM_FORM_VISIT, home);

  ym_record_set_integer (visit, YM_VISIT_PLACE, YM_PLACE_AT_HOME);
  ym_record_set_integer (visit, YM_VISIT_ANNOUNCED, YM_YES);
  ym_record_set_integer (visit, YM_VISIT_STARTED_AT, force->world.wall_us);
  ym_record_set_integer (visit, YM_VISIT_ENDED_AT, force->world.wall_us + G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  ym_record_set_integer (visit, YM_VISIT_CHILDREN_PRESENT, YM_NO);
  ym_record_set_integer (visit, YM_VISIT_NOT_DISCUSSED, 0x3e);
  ym_record_set_text (visit, YM_VISIT_NOTES, "Siarad â'r rheolwr.");
  g_assert_true (ym_record_check (visit, YM_MOMENT_SIGN_OFF, NULL));
  return visit;
}

guint64
test_place_pending (TestForce *force, YmJournal *from, guint64 number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) pending = NULL;
  YmPosition through = { force->epoch, number - 1 };

  g_assert_true (ym_journal_begin (from, &error));
  pending = ym_sql_prepare (ym_journal_get_db (from), &error,
                            "SELECT author, chain, sequence FROM envelope WHERE position IS NULL ORDER BY entry", "");
  while (ym_sql_step (pending, &error) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (pending, 0);
      YmId chain = ym_sql_column_id (pending, 1);
      const YmPlacement placement
          = { TRUE, { force->epoch, ++through.number }, YM_DISPOSITION_ACCEPTED, YM_REASON_NONE, force->world.wall_us };

      test_succeeds (ym_journal_place (from, &author, &chain, (guint64) sqlite3_column_int64 (pending, 2), &placement, &error), error);
    }
  g_assert_true (ym_journal_advance (from, &through, &error));
  g_clear_pointer (&pending, sqlite3_finalize);
  g_assert_true (ym_journal_commit (from, &error));
  return through.number + 1;
}

void
test_copy (TestForce *force, YmJournal *from, YmJournal *to, guint64 after)
{
  g_autoptr (GError) error = NULL;
  YmPosition through = { force->epoch, after };
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      ym_journal_get_db (from), &error,
      "SELECT body, change_set, position, disposition, reason, received_at FROM envelope WHERE position > ? "
      "ORDER BY position",
      "i", (gint64) after);

  g_assert_true (ym_journal_begin (to, &error));
  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, &error);
      const YmPlacement placement
          = { TRUE,
              { force->epoch, through.number = (guint64) sqlite3_column_int64 (rows, 2) },
              (YmDisposition) sqlite3_column_int64 (rows, 3),
              (guint) sqlite3_column_int64 (rows, 4),
              sqlite3_column_int64 (rows, 5) };

      g_assert_no_error (error);
      test_succeeds (ym_journal_take (to, arrival, &placement, &error), error);
    }
  g_assert_true (ym_journal_advance (to, &through, &error));
  g_assert_true (ym_journal_commit (to, &error));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
test_export (YmJournal *journal)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = ym_tables_select (ym_journal_get_db (journal), forms[i], &error, NULL, "");

      g_assert_no_error (error);
      for (guint j = 0; j < records->len; j++)
        {
          g_autoptr (GBytes) row = ym_tables_encode (g_ptr_array_index (records, j));
          gsize length;
          const guint8 *data = g_bytes_get_data (row, &length);
          char *line = g_malloc (2 * length + 1);

          g_ptr_array_add (lines, sodium_bin2hex (line, 2 * length + 1, data, length));
        }
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

gint64
test_count (YmJournal *journal, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 count;

  test_succeeds (ym_sql_integer (ym_journal_get_db (journal), &count, &error, sql, ""), error);
  return count;
}
