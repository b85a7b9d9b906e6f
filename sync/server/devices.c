/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Devices as the server sees them: whether one may speak at all, and what is remembered of each. */

#include "app/base/error.h"
#include "app/base/planted.h"
#include "sync/server/ledger-private.h"

gboolean
ym_device_state_read (YmLedger *ledger, const YmId *device, YmDeviceState *state, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      ledger->db, error, "SELECT counter, synced_at, base FROM device_state WHERE device = ?", "d", device);
  YmSqlStep step;

  *state = (YmDeviceState){ 0 };
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    *state = (YmDeviceState){ (guint64) sqlite3_column_int64 (statement, 0), sqlite3_column_int64 (statement, 1),
                              (guint64) sqlite3_column_int64 (statement, 2) };
  return step != YM_SQL_FAILED;
}

gboolean
ym_device_state_count (YmLedger *ledger, const YmId *device, guint64 counter, GError **error)
{
  return ym_sql_execute (ledger->db, error,
                         "INSERT INTO device_state (device, counter, synced_at, base) VALUES (?, ?, ?, 0) "
                         "ON CONFLICT (device) DO UPDATE SET counter = excluded.counter, synced_at = excluded.synced_at",
                         "dii", device, (gint64) counter, ledger->now_us);
}

gboolean
ym_device_state_raise_base (YmLedger *ledger, const YmId *device, guint64 base, GError **error)
{
  return ym_sql_execute (ledger->db, error,
                         "INSERT INTO device_state (device, counter, synced_at, base) VALUES (?, 0, NULL, ?) "
                         "ON CONFLICT (device) DO UPDATE SET base = max(base, excluded.base)",
                         "di", device, (gint64) base);
}

gboolean
ym_device_is_revoked (YmLedger *ledger, const YmId *device, gboolean *revoked, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (ledger->db, &count, error, "SELECT count(*) FROM revocation WHERE device = ?", "d", device))
    return FALSE;
  *revoked = count > 0;
  return TRUE;
}

void
ym_job_turn_away (YmJob *job, guint status, const char *problem)
{
  job->status = status;
  job->problem = problem;
}

void
ym_job_turn_away_undecoded (YmJob *job, const GError *failure)
{
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_NEWER))
    ym_job_turn_away (job, 426, "newer");
  else
    ym_job_turn_away (job, 400, "malformed");
}

gboolean
ym_device_admit (YmLedger *ledger, YmJob *job, YmMessageKind kind, const YmId *force, const YmId *server,
                 const YmId *device, YmCertificate *certificate, gboolean *known, GError **error)
{
  const YmId *own_force = ym_journal_get_force (ledger->journal);
  g_autoptr (GError) failure = NULL;

  *known = FALSE;
  if (!ym_id_equal (force, own_force))
    ym_job_turn_away (job, 409, "other-force");
  else if (!ym_id_equal (server, &ledger->server))
    ym_job_turn_away (job, 409, "other-server");
  else if (!ym_certificate_read (ledger->db, ym_journal_get_root_key (ledger->journal), device, certificate, &failure))
    {
      if (!g_error_matches (failure, YM_ERROR, YM_ERROR_SIGNATURE))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      ym_job_turn_away (job, 401, "unknown-device");
    }
  else if (!ym_cose_verify (kind, own_force, job->request, certificate->public_key, NULL) && !ym_planted ("impostor"))
    ym_job_turn_away (job, 401, "wrong-signature");
  else if (certificate->valid_until_us <= ledger->now_us)
    ym_job_turn_away (job, 403, "certificate-expired");
  else
    *known = TRUE;
  return TRUE;
}
