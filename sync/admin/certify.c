/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only the root key may say: which server, which devices, and which no longer. */

#include "sync/admin/certify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"

static void
set_bytes (YmRecord *record, guint field, gconstpointer data, gsize length)
{
  g_auto (YmValue) value = ym_value_bytes (data, length);

  ym_record_set (record, field, &value);
}

/* The record as it is, or %NULL if there is none; FALSE when the store could not be read. */
static gboolean
read_before (YmOffice *office, const YmRecord *record, YmRecord **before, GError **error)
{
  g_autoptr (GError) missing = NULL;

  *before = ym_tables_read (ym_journal_get_db (office->journal), record->form, &record->scope, &record->id, &missing);
  if (*before != NULL || g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&missing));
  return FALSE;
}

gboolean
ym_certify_server (YmOffice *office, const YmServerRequest *request, GError **error)
{
  const YmId *force = ym_journal_get_force (office->journal);
  YmId id = ym_id_of_public_key ("server", request->signing_key);
  g_autoptr (YmRecord) before = NULL;
  g_autoptr (YmRecord) server = ym_record_new (ym_form (YM_FORM_SERVER), force, &id);

  if (!read_before (office, server, &before, error))
    return FALSE;
  ym_record_set_text (server, YM_SERVER_ADDRESS, request->address);
  set_bytes (server, YM_SERVER_SIGNING_KEY, request->signing_key, sizeof request->signing_key);
  set_bytes (server, YM_SERVER_SEALING_KEY, request->sealing_key, sizeof request->sealing_key);
  set_bytes (server, YM_SERVER_TLS_KEY_HASH, request->tls_key.bytes, YM_HASH_BYTES);
  return ym_office_write (office, &office->root, "server.certify", before, server, error);
}

gboolean
ym_certify_device (YmOffice *office, const YmEnrolmentPost *post, const YmId *officer, YmId *device, GError **error)
{
  const YmId *force = ym_journal_get_force (office->journal);
  g_autoptr (YmRecord) before = NULL;
  g_autoptr (YmRecord) record = NULL;

  *device = ym_id_of_public_key ("device", post->signing_key);
  record = ym_record_new (ym_form (YM_FORM_DEVICE), force, device);
  if (!read_before (office, record, &before, error))
    return FALSE;
  if (before != NULL) /* signed before, and cut before it was said */
    return TRUE;
  ym_record_set_integer (record, YM_DEVICE_KIND, YM_DEVICE_KIND_OFFICER);
  set_bytes (record, YM_DEVICE_PUBLIC_KEY, post->signing_key, sizeof post->signing_key);
  set_bytes (record, YM_DEVICE_SEALING_KEY, post->sealing_key, sizeof post->sealing_key);
  ym_record_set_id (record, YM_DEVICE_OFFICER, officer);
  ym_record_set_text (record, YM_DEVICE_NAME, post->device_name);
  ym_record_set_integer (record, YM_DEVICE_ENROLLED_AT, ym_clock_wall_us (office->options.clock));
  return ym_office_write (office, &office->root, "device.certify", NULL, record, error);
}

gboolean
ym_revoke_device (YmOffice *office, const YmId *device, const char *reason, gboolean stolen, GError **error)
{
  const YmId *force = ym_journal_get_force (office->journal);
  YmId id = ym_id_random (office->options.random);
  g_autoptr (YmRecord) revocation = ym_record_new (ym_form (YM_FORM_REVOCATION), force, &id);

  if (ym_id_equal (device, &office->root.device) || ym_id_equal (device, &office->administrator.device))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("This is the key that you sign with. It can't revoke itself."));
      return FALSE;
    }
  ym_record_set_id (revocation, YM_REVOCATION_DEVICE, device);
  /* The administrator does not see what officers write, so the line is drawn by the ledger: what it has stays. */
  ym_record_set_integer (revocation, YM_REVOCATION_LAST_SEQUENCE, 0);
  ym_record_set_text (revocation, YM_REVOCATION_REASON, reason);
  ym_record_set_integer (revocation, YM_REVOCATION_STOLEN, stolen ? YM_YES : YM_NO);
  ym_record_set_integer (revocation, YM_REVOCATION_AT, ym_clock_wall_us (office->options.clock));
  return ym_office_write (office, &office->root, "device.revoke", NULL, revocation, error);
}

gboolean
ym_certify_recovery_key (YmOffice *office, const guint8 public_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  const YmId *id = ym_journal_get_force (office->journal);
  g_autoptr (YmRecord) before
      = ym_tables_read (ym_journal_get_db (office->journal), ym_form (YM_FORM_FORCE), id, id, error);
  g_autoptr (YmRecord) force = before != NULL ? ym_record_copy (before) : NULL;

  if (force == NULL)
    return FALSE;
  set_bytes (force, YM_FORCE_RECOVERY_KEY, public_key, YM_PUBLIC_KEY_BYTES);
  return ym_office_write (office, &office->root, "force.recovery-key", before, force, error);
}

static gboolean
names (const YmRecord *device, const char *text)
{
  g_autofree char *id = ym_id_to_string (&device->id);
  const char *name = ym_record_get_text (device, YM_DEVICE_NAME);

  return g_strcmp0 (name, text) == 0 || (strlen (text) >= 4 && g_str_has_prefix (id, text));
}

gboolean
ym_find_device (YmOffice *office, const char *text, YmId *device, GError **error)
{
  g_autoptr (GPtrArray) devices
      = ym_tables_select (ym_journal_get_db (office->journal), ym_form (YM_FORM_DEVICE), error, NULL, "");
  guint found = 0;

  if (devices == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      const YmRecord *record = g_ptr_array_index (devices, i);

      if (names (record, text))
        {
          *device = record->id;
          found++;
        }
    }
  if (found == 0)
    g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                 _ ("There is no device “%s”. “ymweld-admin devices” lists them by name and id."), text);
  if (found > 1)
    g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                 _ ("There are several devices “%s”. Name one by its id; “ymweld-admin devices” lists them."), text);
  return found == 1;
}

GBytes *
ym_identity_bundle (YmJournal *journal, GError **error)
{
  const YmId *force = ym_journal_get_force (journal);
  g_autoptr (YmBundle) bundle = ym_bundle_new (force);
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      ym_journal_get_db (journal), error,
      "SELECT body, change_set FROM envelope WHERE scope = ? AND class = ? AND folded ORDER BY position IS NULL, "
      "position, entry",
      "di", force, (gint64) YM_CLASS_IDENTITY);
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) envelope = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);

      g_ptr_array_add (bundle->parcels, ym_parcel_new (envelope, change_set));
    }
  return step == YM_SQL_DONE ? ym_bundle_encode (bundle, error) : NULL;
}
