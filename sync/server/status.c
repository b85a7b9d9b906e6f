/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the server stands, read from the ledger: who has synced, what was refused, what should never have happened. */

#include "sync/server/status.h"

#include <glib/gstdio.h>

#include "app/forms/fields.h"
#include "app/rules/judgement.h"

static void
device_free (YmStatusDevice *device)
{
  g_free (device->name);
  g_free (device->officer);
  g_free (device);
}

static void
missing_free (YmStatusMissing *missing)
{
  g_free (missing->officer);
  g_free (missing);
}

void
ym_server_status_clear (YmServerStatus *status)
{
  g_clear_pointer (&status->force_name, g_free);
  g_clear_pointer (&status->devices, g_ptr_array_unref);
  g_clear_pointer (&status->enrolments, g_ptr_array_unref);
  g_clear_pointer (&status->missing, g_ptr_array_unref);
}

static gboolean
read_force (sqlite3 *db, YmServerStatus *status, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (db, error,
                        "SELECT (SELECT name FROM \"force\"), (SELECT id FROM \"force\"), "
                        "(SELECT value FROM state WHERE name = 'server-epoch'), "
                        "(SELECT coalesce(max(position), 0) FROM envelope)",
                        "");

  if (statement == NULL || ym_sql_step (statement, error) != YM_SQL_ROW)
    return FALSE;
  status->force_name = g_strdup (ym_sql_column_text (statement, 0));
  status->force = ym_sql_column_id (statement, 1);
  status->epoch = ym_sql_column_id (statement, 2);
  status->end = (guint64) sqlite3_column_int64 (statement, 3);
  return TRUE;
}

static gboolean
count_envelopes (sqlite3 *db, YmServerStatus *status, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (db, error, "SELECT disposition, count(*) FROM envelope GROUP BY disposition", "");
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      gint64 disposition = sqlite3_column_int64 (statement, 0);

      if (disposition >= YM_DISPOSITION_ACCEPTED && disposition <= YM_DISPOSITION_QUARANTINED)
        status->envelopes[disposition] = (guint64) sqlite3_column_int64 (statement, 1);
    }
  return step == YM_SQL_DONE;
}

static gboolean
count_evidence (sqlite3 *db, YmServerStatus *status, GError **error)
{
  gint64 forks, contradictions;

  if (!ym_sql_integer (db, &forks, error, "SELECT count(*) FROM evidence WHERE what = 'fork'", "")
      || !ym_sql_integer (db, &contradictions, error, "SELECT count(*) FROM evidence WHERE what = 'base'", ""))
    return FALSE;
  status->forks = (guint64) forks;
  status->contradictions = (guint64) contradictions;
  return TRUE;
}

static gboolean
read_devices (sqlite3 *db, YmServerStatus *status, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      db, error,
      "SELECT d.id, d.kind, d.name, o.name || ' (' || o.collar_no || ')', s.synced_at, "
      "EXISTS (SELECT 1 FROM revocation r WHERE r.device = d.id) "
      "FROM device d LEFT JOIN officer o ON o.id = d.officer LEFT JOIN device_state s ON s.device = d.id "
      "WHERE d.kind != ? ORDER BY s.synced_at, d.enrolled_at",
      "i", (gint64) YM_DEVICE_KIND_ROOT);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmStatusDevice *device = g_new (YmStatusDevice, 1);

      *device = (YmStatusDevice){ ym_sql_column_id (statement, 0),
                                  (guint) sqlite3_column_int64 (statement, 1),
                                  g_strdup (ym_sql_column_text (statement, 2)),
                                  g_strdup (ym_sql_column_text (statement, 3)),
                                  sqlite3_column_int64 (statement, 4),
                                  sqlite3_column_int64 (statement, 5) != 0 };
      g_ptr_array_add (status->devices, device);
    }
  return step == YM_SQL_DONE;
}

static gboolean
read_enrolments (sqlite3 *db, gint64 now_us, YmServerStatus *status, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      db, error,
      "SELECT opened_at, expires_at, (SELECT count(*) FROM enrolment_post p WHERE p.code_id = e.code_id) "
      "FROM enrolment e WHERE expires_at > ? ORDER BY expires_at",
      "i", now_us);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmStatusEnrolment *enrolment = g_new (YmStatusEnrolment, 1);

      *enrolment = (YmStatusEnrolment){ sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1),
                                        (guint) sqlite3_column_int64 (statement, 2) };
      g_ptr_array_add (status->enrolments, enrolment);
    }
  return step == YM_SQL_DONE;
}

static gboolean
read_missing (sqlite3 *db, YmServerStatus *status, GError **error)
{
  g_autoptr (GArray) gaps = ym_journal_missing (db, error);
  gint64 copies;

  for (guint i = 0; gaps != NULL && i < gaps->len; i++)
    {
      YmStatusMissing *missing = g_new0 (YmStatusMissing, 1);
      g_autoptr (sqlite3_stmt) officer = NULL;

      missing->gap = g_array_index (gaps, YmMissing, i);
      g_ptr_array_add (status->missing, missing);
      officer = ym_sql_prepare (db, error,
                                "SELECT o.name || ' (' || o.collar_no || ')' FROM device d JOIN officer o ON o.id = d.officer "
                                "WHERE d.id = ?",
                                "d", &missing->gap.author);
      if (officer == NULL || ym_sql_step (officer, error) == YM_SQL_FAILED)
        return FALSE;
      missing->officer = g_strdup (sqlite3_data_count (officer) > 0 ? ym_sql_column_text (officer, 0) : NULL);
    }
  if (gaps == NULL || !ym_sql_integer (db, &copies, error, "SELECT count(*) FROM state WHERE name = 'server-copy'", ""))
    return FALSE;
  status->awaits_identity = copies > 0;
  return TRUE;
}

static guint64
measure (const char *directory)
{
  g_autoptr (GDir) listing = g_dir_open (directory, 0, NULL);
  guint64 bytes = 0;
  const char *name;

  while (listing != NULL && (name = g_dir_read_name (listing)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);
      GStatBuf about;

      if (g_lstat (path, &about) == 0 && S_ISREG (about.st_mode))
        bytes += (guint64) about.st_size;
    }
  return bytes;
}

gboolean
ym_server_status_read (sqlite3 *db, const char *directory, gint64 now_us, gboolean running, YmServerStatus *status,
                       GError **error)
{
  *status = (YmServerStatus){ .running = running, .disk_bytes = measure (directory) };
  status->devices = g_ptr_array_new_with_free_func ((GDestroyNotify) device_free);
  status->enrolments = g_ptr_array_new_with_free_func (g_free);
  status->missing = g_ptr_array_new_with_free_func ((GDestroyNotify) missing_free);
  return read_force (db, status, error) && count_envelopes (db, status, error) && count_evidence (db, status, error)
         && read_devices (db, status, error) && read_enrolments (db, now_us, status, error)
         && read_missing (db, status, error);
}
