/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A new device posts its keys for a one-time code; an administrator's tool fetches what was posted, finds by the code's
 * secret (which the server never has) the post that is genuine, signs a certificate and pushes that like any
 * record. The device asks again until it is there.
 */

#include "app/base/error.h"
#include "sync/exchange/administration.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/enrolment.h"
#include "sync/server/ledger-private.h"

static GBytes *
code_bytes (const guint8 code_id[YM_ENROLMENT_ID_BYTES])
{
  return g_bytes_new (code_id, YM_ENROLMENT_ID_BYTES);
}

/* Every envelope that says who is who: what a new device verifies everything else by. */
static GBytes *
make_bundle (YmLedger *ledger, GError **error)
{
  g_autoptr (YmBundle) bundle = ym_bundle_new (ym_journal_get_force (ledger->journal));
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      ledger->db, error,
      "SELECT body, change_set FROM envelope WHERE scope = ? AND class = ? AND folded ORDER BY position", "di",
      ym_journal_get_force (ledger->journal), (gint64) YM_CLASS_IDENTITY);
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) envelope = ym_sql_column_bytes (statement, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (statement, 1);

      g_ptr_array_add (bundle->parcels, ym_parcel_new (envelope, change_set));
    }
  return step == YM_SQL_DONE ? ym_bundle_encode (bundle, error) : NULL;
}

/* What is here for a code; @open: posts are still taken. */
typedef struct {
  gboolean exists;
  gboolean open;
  gint64 n_posts;
  gboolean has_this;
} Slot;

static gboolean
read_slot (YmLedger *ledger, GBytes *code_id, const YmHash *post, Slot *slot, GError **error)
{
  gint64 expires_at, has_this;

  if (!ym_sql_integer (ledger->db, &expires_at, error,
                       "SELECT coalesce((SELECT expires_at FROM enrolment WHERE code_id = ?), 0)", "b", code_id)
      || !ym_sql_integer (ledger->db, &slot->n_posts, error, "SELECT count(*) FROM enrolment_post WHERE code_id = ?",
                          "b", code_id)
      || !ym_sql_integer (ledger->db, &has_this, error, "SELECT count(*) FROM enrolment_post WHERE hash = ?", "h", post))
    return FALSE;
  slot->exists = expires_at > 0;
  slot->open = expires_at > ledger->now_us;
  slot->has_this = has_this > 0;
  return TRUE;
}

static gboolean
is_certified (YmLedger *ledger, const YmId *device, gboolean *certified, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (ledger->db, &count, error, "SELECT count(*) FROM device WHERE id = ?", "d", device))
    return FALSE;
  *certified = count > 0;
  return TRUE;
}

static YmEnrolmentAnswer *
grant (YmLedger *ledger, const YmId *device, GError **error)
{
  g_autoptr (GBytes) bundle = make_bundle (ledger, error);

  return bundle == NULL ? NULL : ym_enrolment_answer_new_granted (bundle, device);
}

static YmEnrolmentAnswer *
keep_post (YmLedger *ledger, YmJob *job, GBytes *code_id, const YmId *device, const YmHash *hash, GError **error)
{
  if (!ym_sql_execute (ledger->db, error,
                       "INSERT INTO enrolment_post (hash, code_id, device, posted_at, body) VALUES (?, ?, ?, ?, ?)",
                       "hbdib", hash, code_id, device, ledger->now_us, job->request))
    return NULL;
  return ym_enrolment_answer_new_waiting ();
}

static YmEnrolmentAnswer *
answer_post (YmLedger *ledger, YmJob *job, const YmEnrolmentPost *post, GError **error)
{
  g_autoptr (GBytes) code_id = code_bytes (post->code_id);
  YmHash hash = ym_hash_of_bytes (job->request);
  YmId device = ym_id_of_public_key ("device", post->signing_key);
  gboolean certified;
  Slot slot;

  if (!read_slot (ledger, code_id, &hash, &slot, error) || !is_certified (ledger, &device, &certified, error))
    return NULL;
  if (slot.has_this && certified)
    return grant (ledger, &device, error);
  if (!slot.exists)
    return ym_enrolment_answer_new_refused ("code-unknown");
  if (!slot.open)
    return ym_enrolment_answer_new_refused ("code-expired");
  if (slot.has_this)
    return ym_enrolment_answer_new_waiting ();
  if (slot.n_posts >= YM_ADMINISTRATION_MOST_POSTS)
    return ym_enrolment_answer_new_refused ("code-used-too-often");
  return keep_post (ledger, job, code_id, &device, &hash, error);
}

gboolean
ym_enrol (YmLedger *ledger, YmJob *job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (YmEnrolmentPost) post = ym_enrolment_post_decode (job->request, &failure);
  g_autoptr (YmEnrolmentAnswer) answer = NULL;

  if (post == NULL)
    {
      ym_job_turn_away_undecoded (job, failure);
      return TRUE;
    }
  answer = answer_post (ledger, job, post, error);
  if (answer == NULL)
    return FALSE;
  ledger->counts.enrolments++;
  job->answer = ym_enrolment_answer_encode (answer, error);
  job->status = 200;
  return job->answer != NULL;
}

gboolean
ym_enrol_finish (YmLedger *ledger, const YmId *device, GError **error)
{
  return ym_sql_execute (ledger->db, error,
                         "DELETE FROM enrolment WHERE code_id IN (SELECT code_id FROM enrolment_post WHERE device = ?)",
                         "d", device)
         && ym_sql_execute (ledger->db, error,
                            "DELETE FROM enrolment_post WHERE code_id IN "
                            "(SELECT code_id FROM enrolment_post WHERE device = ?)",
                            "d", device);
}

static gboolean
open_enrolment (YmLedger *ledger, const YmAdministration *administration, YmAdministered *administered, GError **error)
{
  g_autoptr (GBytes) code_id = code_bytes (administration->code_id);
  gint64 expires_us = MIN (administration->expires_us, ledger->now_us + YM_ADMINISTRATION_MOST_OPEN_US);

  return ym_sql_execute (ledger->db, error,
                         "INSERT INTO enrolment (code_id, opened_by, opened_at, expires_at) VALUES (?, ?, ?, ?) "
                         "ON CONFLICT (code_id) DO UPDATE SET expires_at = excluded.expires_at",
                         "bdii", code_id, &administration->device, ledger->now_us, expires_us);
}

static gboolean
fetch_posts (YmLedger *ledger, const YmAdministration *administration, YmAdministered *administered, GError **error)
{
  g_autoptr (GBytes) code_id = code_bytes (administration->code_id);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      ledger->db, error, "SELECT body FROM enrolment_post WHERE code_id = ? ORDER BY posted_at, hash", "b", code_id);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    g_ptr_array_add (administered->posts, ym_sql_column_bytes (statement, 0));
  return step == YM_SQL_DONE;
}

static gboolean
close_enrolment (YmLedger *ledger, const YmAdministration *administration, YmAdministered *administered, GError **error)
{
  g_autoptr (GBytes) code_id = code_bytes (administration->code_id);

  return ym_sql_execute (ledger->db, error,
                         "UPDATE enrolment SET expires_at = min(expires_at, ?) WHERE code_id = ?", "ib", ledger->now_us,
                         code_id);
}

static gboolean (*const actions[]) (YmLedger *ledger, const YmAdministration *administration,
                                    YmAdministered *administered, GError **error) = {
  [YM_ADMINISTRATION_OPEN] = open_enrolment,
  [YM_ADMINISTRATION_FETCH] = fetch_posts,
  [YM_ADMINISTRATION_CLOSE] = close_enrolment,
};

/* Old enrolments that came to nothing go when the next one is administered. */
static gboolean
forget_old (YmLedger *ledger, GError **error)
{
  gint64 before = ledger->now_us - 7 * YM_ADMINISTRATION_MOST_OPEN_US;

  return ym_sql_execute (ledger->db, error, "DELETE FROM enrolment WHERE expires_at < ?", "i", before)
         && ym_sql_execute (ledger->db, error,
                            "DELETE FROM enrolment_post WHERE code_id NOT IN (SELECT code_id FROM enrolment)", "");
}

static gboolean
act (YmLedger *ledger, YmJob *job, const YmAdministration *administration, GError **error)
{
  g_autoptr (YmAdministered) administered = ym_administered_new ();
  YmDeviceState state;

  administered->request = ym_hash_of_bytes (job->request);
  if (!ym_device_state_read (ledger, &administration->device, &state, error))
    return FALSE;
  if (administration->counter <= state.counter)
    {
      ledger->counts.old_counters++;
      administered->expected_counter = state.counter + 1;
    }
  else if (!ym_device_state_count (ledger, &administration->device, administration->counter, error)
           || !forget_old (ledger, error)
           || !actions[administration->action](ledger, administration, administered, error))
    return FALSE;
  ledger->counts.administrations++;
  job->answer = ym_administered_seal (administered, &administration->force, &ledger->options.signer, error);
  job->status = 200;
  return job->answer != NULL;
}

gboolean
ym_administer (YmLedger *ledger, YmJob *job, GError **error)
{
  g_autoptr (GError) failure = NULL;
  YmAdministration administration;
  YmCertificate certificate;
  gboolean known, revoked;

  if (!ym_administration_decode (job->request, &administration, &failure))
    {
      ym_job_turn_away_undecoded (job, failure);
      return TRUE;
    }
  if (!ym_device_admit (ledger, job, YM_MESSAGE_ADMINISTRATION, &administration.force, &administration.server,
                        &administration.device, &certificate, &known, error)
      || (known && !ym_device_is_revoked (ledger, &administration.device, &revoked, error)))
    return FALSE;
  if (!known)
    return TRUE;
  if (certificate.kind != YM_DEVICE_KIND_ADMINISTRATOR || revoked)
    {
      ym_job_turn_away (job, 403, revoked ? "revoked" : "not-an-administrator");
      return TRUE;
    }
  return act (ledger, job, &administration, error);
}
