/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who an author is: the certificate that the root key gave, whether it was taken back, and what homes are theirs. */

#include "app/journal/author.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/fold.h"
#include "app/journal/tables.h"
#include "app/rules/civil.h"

static gboolean
is_root (const guint8 root_key[YM_PUBLIC_KEY_BYTES], const YmId *device)
{
  YmId root = ym_id_of_public_key ("device", root_key);

  return ym_id_equal (&root, device);
}

static gboolean
copy_public_key (const YmRecord *device, guint8 public_key[YM_PUBLIC_KEY_BYTES])
{
  const YmValue *key = ym_record_get (device, YM_DEVICE_PUBLIC_KEY);

  if (key->kind != YM_VALUE_BYTES || g_bytes_get_size (key->bytes) != YM_PUBLIC_KEY_BYTES)
    return FALSE;
  memcpy (public_key, g_bytes_get_data (key->bytes, NULL), YM_PUBLIC_KEY_BYTES);
  return TRUE;
}

gboolean
ym_certificate_read (sqlite3 *db, const guint8 root_key[YM_PUBLIC_KEY_BYTES], const YmId *device,
                     YmCertificate *certificate, GError **error)
{
  g_autoptr (YmRecord) record = NULL;
  g_autoptr (GError) missing = NULL;

  *certificate = (YmCertificate){ .device = *device, .valid_until_us = G_MAXINT64 };
  if (is_root (root_key, device))
    {
      certificate->kind = YM_DEVICE_KIND_ROOT;
      memcpy (certificate->public_key, root_key, YM_PUBLIC_KEY_BYTES);
      return TRUE;
    }
  record = ym_tables_find (db, ym_form (YM_FORM_DEVICE), device, &missing);
  if (record == NULL && !g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  if (record == NULL || !copy_public_key (record, certificate->public_key))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                           _ ("This was signed by a device that this force does not know."));
      return FALSE;
    }
  certificate->kind = (guint) ym_record_get_integer (record, YM_DEVICE_KIND, 0);
  certificate->valid_until_us = ym_record_get_integer (record, YM_DEVICE_VALID_UNTIL, G_MAXINT64);
  if (!ym_record_get_id (record, YM_DEVICE_OFFICER, &certificate->officer))
    certificate->officer = ym_id_zero;
  return TRUE;
}

gboolean
ym_author_is_revoked (sqlite3 *db, const YmEnvelope *envelope, guint64 number, gboolean *revoked, GError **error)
{
  gint64 count;

  /* The chain that the revocation names is good up to its last valid number; the device's other chains ended. */
  if (!ym_sql_integer (db, &count, error,
                       "SELECT count(*) FROM revocation r JOIN envelope e ON e.entry = r.entry "
                       "WHERE r.device = ? AND (r.chain IS NOT ? OR r.last_sequence < ?) "
                       "AND (? = 0 OR e.position IS NULL OR e.position < ?)",
                       "ddiii", &envelope->author, &envelope->chain, (gint64) envelope->sequence, (gint64) number,
                       (gint64) number))
    return FALSE;
  *revoked = count > 0 && !ym_planted ("revoked");
  return TRUE;
}

/* Supervisors have one area or several, with semicolons between. */
static gboolean
lists_area (const char *areas, const char *area)
{
  g_auto (GStrv) list = g_strsplit (areas, ";", -1);

  for (guint i = 0; list[i] != NULL; i++)
    if (g_str_equal (g_strstrip (list[i]), area))
      return TRUE;
  return FALSE;
}

/*
 * The record as the ledger had it at @at_number, or as it is now for G_MAXINT64. What is not there is no error: it gives
 * nobody any rights.
 */
static gboolean
find_at (sqlite3 *db, guint form, const YmId *id, guint64 at_number, YmRecord **found, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (YmRecord) record = ym_tables_find (db, ym_form (form), id, &failure);

  if (record != NULL && at_number < G_MAXINT64)
    {
      g_autoptr (YmRecord) now = g_steal_pointer (&record);

      record = ym_fold_record_at (db, now->form, &now->scope, id, at_number, &failure);
    }
  *found = g_steal_pointer (&record);
  if (failure == NULL || g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_assignments (sqlite3 *db, const YmId *officer, const YmId *scope, guint64 at_number, YmDay day, YmActor *actor,
                  GError **error)
{
  g_autoptr (GPtrArray) assignments = ym_tables_select (db, ym_form (YM_FORM_ASSIGNMENT), error,
                                                        "WHERE officer = ? AND scope = ?", "dd", officer, scope);

  if (assignments == NULL)
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    {
      const YmRecord *now = g_ptr_array_index (assignments, i);
      g_autoptr (YmRecord) then = NULL;

      if (!find_at (db, YM_FORM_ASSIGNMENT, &now->id, at_number, &then, error))
        return FALSE;
      if (then == NULL || ym_record_get_integer (then, YM_ASSIGNMENT_TO_DATE, G_MAXINT64) < day)
        continue;
      actor->expected = TRUE;
      if (ym_record_get_integer (then, YM_ASSIGNMENT_FROM_DATE, G_MAXINT64) <= day)
        actor->assigned = TRUE;
    }
  return TRUE;
}

static gboolean
read_supervision (sqlite3 *db, const YmRecord *officer, const YmId *scope, guint64 at_number, YmActor *actor,
                  GError **error)
{
  const char *areas = ym_record_get_text (officer, YM_OFFICER_AREA);
  g_autoptr (YmRecord) home = NULL;

  if (actor->role != YM_ROLE_SUPERVISOR || areas == NULL)
    return TRUE;
  if (!find_at (db, YM_FORM_HOME, scope, at_number, &home, error))
    return FALSE;
  actor->supervises = home != NULL && ym_record_has (home, YM_HOME_AREA)
                      && lists_area (areas, ym_record_get_text (home, YM_HOME_AREA));
  return TRUE;
}

gboolean
ym_actor_read (sqlite3 *db, const YmCertificate *certificate, const YmId *scope, guint64 at_number, gint64 at_us,
               YmActor *actor, GError **error)
{
  g_autoptr (YmRecord) officer = NULL;

  *actor = (YmActor){ .device_kind = certificate->kind };
  if (ym_id_is_zero (&certificate->officer))
    return TRUE;
  if (!find_at (db, YM_FORM_OFFICER, &certificate->officer, at_number, &officer, error))
    return FALSE;
  if (officer == NULL)
    return TRUE;
  actor->role = (guint) ym_record_get_integer (officer, YM_OFFICER_ROLE, 0);
  return read_assignments (db, &certificate->officer, scope, at_number, ym_london_from_instant (at_us).day, actor, error)
         && read_supervision (db, officer, scope, at_number, actor, error);
}
