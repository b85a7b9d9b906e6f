/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of the day. It may be asked the same again after the tablet failed, and answers the same. It is not on
 * trial itself: where the tablet's memory runs out, its own is held. */

#include "tests/power/station.h"

#include <string.h>

#include "app/base/error.h"
#include "app/journal/receipts.h"
#include "app/journal/tables.h"
#include "app/vault/escrow-format.h"
#include "tests/power/memory.h"

/* What the root key says before all others: who it is, which server is the force's, and whose recovery key it trusts. A store
 * that is recovered is founded by these again. */
static void
write_root (Day *day)
{
  TestForce *force = &day->force;
  const TestDevice *root = &force->devices[TEST_ROOT];
  g_autoptr (YmRecord) device = ym_record_new (ym_form (YM_FORM_DEVICE), &force->force, &root->author.device);
  g_autoptr (YmRecord) server = ym_record_new (ym_form (YM_FORM_SERVER), &force->force, &force->epoch);
  g_autoptr (YmRecord) record = ym_record_new (ym_form (YM_FORM_FORCE), &force->force, &force->force);
  g_auto (YmValue) root_key = ym_value_bytes (root->public_key, sizeof root->public_key);
  g_auto (YmValue) recovery_key = ym_value_bytes (day->recovery_key, sizeof day->recovery_key);

  ym_record_set_integer (device, YM_DEVICE_KIND, YM_DEVICE_KIND_ROOT);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &root_key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, 0);
  ym_record_set_text (server, YM_SERVER_ADDRESS, "https://127.0.0.1:1");
  ym_record_set (server, YM_SERVER_SIGNING_KEY, &root_key);
  ym_record_set (server, YM_SERVER_TLS_KEY_HASH, &root_key);
  ym_record_set_text (record, YM_FORCE_NAME, "Heddlu");
  ym_record_set (record, YM_FORCE_RECOVERY_KEY, &recovery_key);
  test_write (day->server, root, "device.certify", NULL, device);
  test_write (day->server, root, "server.certify", NULL, server);
  test_write (day->server, root, "force.recovery-key", NULL, record);
  day->next_position = test_place_pending (force, day->server, day->next_position);
}

void
station_init (Day *day)
{
  test_force_init (&day->force);
  day->server = test_journal_open (&day->force, TEST_ADMINISTRATOR);
  test_force_found (&day->force, day->server);
  day->next_position = 100;
  day->recovery_secret = ym_key_random (&day->force.random);
  ym_box_public_key (day->recovery_secret, day->recovery_key);
  write_root (day);
}

static void
certify (Day *day, YmDesk *desk)
{
  TestForce *force = &day->force;
  const YmId *id = &desk->author.device;
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  g_auto (YmValue) key = YM_VALUE_INIT;
  g_autoptr (YmRecord) device = ym_tables_find (ym_journal_get_db (day->server), ym_form (YM_FORM_DEVICE), id, NULL);

  if (device != NULL)
    return;
  ym_store_public_key (tablet_get_store (&day->tablet), public_key);
  key = ym_value_bytes (public_key, sizeof public_key);
  device = ym_record_new (ym_form (YM_FORM_DEVICE), &force->force, id);
  ym_record_set_integer (device, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  ym_record_set (device, YM_DEVICE_PUBLIC_KEY, &key);
  ym_record_set_integer (device, YM_DEVICE_ENROLLED_AT, 0);
  ym_record_set_id (device, YM_DEVICE_OFFICER, &force->devices[TEST_2001].officer);
  test_write (day->server, &force->devices[TEST_ROOT], "device.certify", NULL, device);
  day->next_position = test_place_pending (force, day->server, day->next_position);
}

void
station_certify (Day *day, YmDesk *desk)
{
  memory_hold (TRUE);
  certify (day, desk);
  memory_hold (FALSE);
}

/* The deputy was there too, and the administrator corrected the home. */
static void
colleagues_write (Day *day)
{
  TestForce *force = &day->force;
  g_autoptr (YmRecord) visit = test_visit (force, TEST_2003, &force->home_1);
  g_autoptr (YmRecord) before
      = ym_tables_find (ym_journal_get_db (day->server), ym_form (YM_FORM_HOME), &force->home_1, NULL);
  g_autoptr (YmRecord) after = ym_record_copy (before);

  ym_record_set_text (after, YM_HOME_NAME, "Bryn Awel");
  test_write (day->server, &force->devices[TEST_2003], "visit.sign-off", NULL, visit);
  test_write (day->server, &force->devices[TEST_ADMINISTRATOR], "home.import", before, after);
  day->next_position = test_place_pending (force, day->server, day->next_position);
}

static YmPlacement
placement_of_row (Day *day, sqlite3_stmt *row)
{
  return (YmPlacement){ TRUE,
                        { day->force.epoch, (guint64) sqlite3_column_int64 (row, 2) },
                        (YmDisposition) sqlite3_column_int64 (row, 3),
                        (guint) sqlite3_column_int64 (row, 4),
                        sqlite3_column_int64 (row, 5) };
}

typedef struct {
  YmArrival *arrival;
  YmPlacement placement;
} Sending;

static void
sending_free (Sending *sending)
{
  ym_arrival_free (sending->arrival);
  g_free (sending);
}

static GPtrArray *
list_sendings (Day *day, guint64 after)
{
  GPtrArray *sendings = g_ptr_array_new_with_free_func ((GDestroyNotify) sending_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      ym_journal_get_db (day->server), &error,
      "SELECT body, change_set, position, disposition, reason, received_at FROM envelope WHERE position > ? "
      "ORDER BY position",
      "i", (gint64) after);

  g_assert_no_error (error);
  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);
      Sending *sending = g_new (Sending, 1);

      *sending = (Sending){ ym_arrival_decode (body, change_set, &error), placement_of_row (day, rows) };
      g_ptr_array_add (sendings, sending);
    }
  g_assert_no_error (error);
  return sendings;
}

static gboolean
take_sendings (Day *day, YmDesk *desk, guint64 after, GError **error)
{
  YmPosition through = { day->force.epoch, after };
  g_autoptr (GPtrArray) sendings = NULL;

  memory_hold (TRUE);
  sendings = list_sendings (day, after);
  memory_hold (FALSE);
  for (guint i = 0; i < sendings->len; i++)
    {
      const Sending *sending = g_ptr_array_index (sendings, i);

      through.number = sending->placement.position.number;
      if (!ym_journal_take (desk->journal, sending->arrival, &sending->placement, error))
        return FALSE;
    }
  return ym_journal_advance (desk->journal, &through, error);
}

gboolean
station_receive (Day *day, YmDesk *desk, GError **error)
{
  YmPosition cursor;

  if (ym_journal_get_cursor (desk->journal, &cursor) && day->next_position == cursor.number + 1)
    {
      memory_hold (TRUE);
      colleagues_write (day);
      memory_hold (FALSE);
    }
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (take_sendings (day, desk, cursor.number, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}

gboolean
station_enrol_anew (Day *day, YmDesk *desk, GError **error)
{
  YmPosition cursor;

  station_certify (day, desk);
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (ym_journal_get_cursor (desk->journal, &cursor) && take_sendings (day, desk, cursor.number, error)
      && ym_journal_succeed (desk->journal, &desk->author.device, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}

GBytes *
station_answer (Day *day, GBytes *request, GError **error)
{
  g_autoptr (YmEscrowRequest) decoded = ym_escrow_request_decode (request, error);
  g_autoptr (YmSecret) storage = NULL;

  if (decoded == NULL)
    return NULL;
  storage = ym_escrow_slot_open (&decoded->slot, &decoded->store_id, day->recovery_secret);
  if (storage != NULL)
    return ym_escrow_answer_encode (decoded, storage, &day->force.random);
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, "the recovery key does not open the slot");
  return NULL;
}

/* Columns: body, change_set, author, chain, sequence. */
static YmPlacement
take_on_server (Day *day, sqlite3_stmt *row, YmDisposition disposition)
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 0);
  g_autoptr (GBytes) change_set = ym_sql_column_bytes (row, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, &error);
  g_autoptr (sqlite3_stmt) known = NULL;
  YmPlacement placement = { TRUE,
                            { day->force.epoch, day->next_position },
                            disposition,
                            disposition == YM_DISPOSITION_ACCEPTED ? YM_REASON_NONE : YM_REASON_NOT_ASSIGNED,
                            day->force.world.wall_us };

  g_assert_no_error (error);
  known = ym_sql_prepare (ym_journal_get_db (day->server), &error,
                          "SELECT body, change_set, position, disposition, reason, received_at FROM envelope "
                          "WHERE hash = ?",
                          "h", &arrival->header.hash);
  if (ym_sql_step (known, &error) == YM_SQL_ROW)
    return placement_of_row (day, known);
  g_assert_true (ym_journal_begin (day->server, &error));
  test_succeeds (ym_journal_take (day->server, arrival, &placement, &error), error);
  test_succeeds (ym_journal_advance (day->server, &placement.position, &error), error);
  g_clear_pointer (&known, sqlite3_finalize);
  test_succeeds (ym_journal_commit (day->server, &error), error);
  day->next_position++;
  return placement;
}

/* Its bytes are for the exchange to judge; here they are any. */
static gboolean
keep_receipt (YmDesk *desk, sqlite3_stmt *row, const YmPlacement *placement, GError **error)
{
  guint64 sequence = (guint64) sqlite3_column_int64 (row, 4);
  g_autofree char *text = g_strdup_printf ("placed at %" G_GUINT64_FORMAT, placement->position.number);
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  const YmReceiptRow receipt
      = { ym_sql_column_id (row, 2), ym_sql_column_id (row, 3), sequence, sequence, body };

  return ym_journal_keep_receipt (desk->journal, &receipt, error);
}

static gboolean
place_pending (Day *day, YmDesk *desk, YmDisposition disposition, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      desk->db, error,
      "SELECT body, change_set, author, chain, sequence FROM envelope WHERE position IS NULL ORDER BY entry", "");
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (rows, 2);
      YmId chain = ym_sql_column_id (rows, 3);
      YmPlacement placement;

      memory_hold (TRUE);
      placement = take_on_server (day, rows, disposition);
      memory_hold (FALSE);
      if (!ym_journal_place (desk->journal, &author, &chain, (guint64) sqlite3_column_int64 (rows, 4), &placement, error)
          || !keep_receipt (desk, rows, &placement, error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}

gboolean
station_send (Day *day, YmDesk *desk, YmDisposition disposition, GError **error)
{
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (place_pending (day, desk, disposition, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}
