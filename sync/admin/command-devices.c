/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Officers' devices: giving out a code, certifying what answers to it, listing, revoking. */

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/rules/civil.h"
#include "sync/admin/certify.h"
#include "sync/admin/command.h"
#include "sync/admin/enroller.h"

/* How often the server is asked while an administrator waits beside the officer. */
#define ASK_EVERY_US (G_USEC_PER_SEC)

static void
print_code (const YmEnrolling *enrolling, const char *collar_no, gboolean as_json)
{
  char *code = ym_enrolment_code_format (&enrolling->code);
  g_autofree char *until = ym_instant_to_london_string (enrolling->expires_us);

  if (as_json)
    {
      YmJson *json = ym_json_new ();

      ym_json_begin_object (json, NULL);
      ym_json_add_text (json, "collar_no", collar_no);
      ym_json_add_text (json, "code", code);
      ym_json_add_text (json, "until", until);
      ym_json_end_object (json);
      ym_print_json (json);
    }
  else
    g_print (_ ("The enrolment code for officer %s, until %s:\n\n    %s\n\n"), collar_no, until, code);
  fflush (stdout); /* who waits for the code reads it now */
  sodium_memzero (code, strlen (code));
  g_free (code);
}

static void
print_certified (YmTask *task, const YmId *device)
{
  g_autofree char *id = ym_id_to_string (device);
  g_autoptr (YmRecord) record
      = ym_tables_find (ym_journal_get_db (task->office->journal), ym_form (YM_FORM_DEVICE), device, NULL);
  const char *name = record == NULL ? NULL : ym_record_get_text (record, YM_DEVICE_NAME);

  if (task->arguments->json)
    {
      YmJson *json = ym_json_new ();

      ym_json_begin_object (json, NULL);
      ym_json_add_id (json, "device", device);
      ym_json_add_text (json, "name", name);
      ym_json_end_object (json);
      ym_print_json (json);
      return;
    }
  g_print (_ ("“%s” is enrolled. Its id is %s.\n"), name == NULL ? "" : name, id);
}

gboolean
ym_command_enrol (YmTask *task, GError **error)
{
  const YmClock *clock = task->options->clock;
  gint64 until_us = ym_clock_boot_us (clock) + task->arguments->wait_s * (gint64) G_USEC_PER_SEC;
  g_autoptr (YmLink) link = ym_link_open (task->office, error);
  g_auto (YmEnrolling) enrolling = { 0 };
  YmSyncResult result;
  YmId device = ym_id_zero;

  /* The officer must be known to the server before a device of theirs is. */
  if (link == NULL || !ym_office_sync (task->office, ym_link_transport (link), &result, error)
      || !ym_enroller_begin (task->office, ym_link_transport (link), task->words[0], &enrolling, error))
    return FALSE;
  print_code (&enrolling, task->words[0], task->arguments->json);
  for (;;)
    {
      if (!ym_enroller_collect (task->office, ym_link_transport (link), &enrolling, &device, error))
        return FALSE;
      if (!ym_id_is_zero (&device) || ym_clock_boot_us (clock) >= until_us)
        break;
      g_usleep (ASK_EVERY_US);
    }
  if (!ym_id_is_zero (&device))
    print_certified (task, &device);
  else if (!task->arguments->json)
    g_print (_ ("No device has used the code yet. When it has been typed, give the same command again.\n"));
  return task->arguments->wait_s == 0 || !ym_id_is_zero (&device)
         || (g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, _ ("No device has used the code in this time.")), FALSE);
}

/* A device's certificate as people read it. */
typedef struct {
  const YmRecord *record;
  char *collar_no;
  gboolean revoked;
} Line;

static gboolean
fill_line (sqlite3 *db, const YmRecord *record, Line *line, GError **error)
{
  YmId officer;
  gint64 revocations;

  *line = (Line){ .record = record };
  if (!ym_sql_integer (db, &revocations, error, "SELECT count(*) FROM revocation WHERE device = ?", "d", &record->id))
    return FALSE;
  line->revoked = revocations > 0;
  if (ym_record_get_id (record, YM_DEVICE_OFFICER, &officer))
    {
      g_autoptr (YmRecord) found = ym_tables_find (db, ym_form (YM_FORM_OFFICER), &officer, NULL);

      line->collar_no = found == NULL ? NULL : g_strdup (ym_record_get_text (found, YM_OFFICER_COLLAR_NO));
    }
  return TRUE;
}

static void
print_line (const Line *line, YmJson *json)
{
  const YmRecord *record = line->record;
  g_autofree char *id = ym_id_to_string (&record->id);
  g_autofree char *since = ym_instant_to_london_string (ym_record_get_integer (record, YM_DEVICE_ENROLLED_AT, 0));
  const YmChoice *kind
      = ym_choices_by_number (&ym_choices_device_kind, ym_record_get_integer (record, YM_DEVICE_KIND, 0));
  const char *name = ym_record_get_text (record, YM_DEVICE_NAME);

  if (json == NULL)
    {
      g_print ("%s  %s  %s  %s  %s%s\n", id, since, kind == NULL ? "" : ym_label (kind->label),
               line->collar_no == NULL ? "-" : line->collar_no, name == NULL ? "-" : name,
               line->revoked ? _ ("  (revoked)") : "");
      return;
    }
  ym_json_begin_object (json, NULL);
  ym_json_add_text (json, "device", id);
  ym_json_add_text (json, "kind", kind == NULL ? NULL : kind->code);
  ym_json_add_text (json, "collar_no", line->collar_no);
  ym_json_add_text (json, "name", name);
  ym_json_add_text (json, "enrolled_at", since);
  ym_json_add_boolean (json, "revoked", line->revoked);
  ym_json_end_object (json);
}

gboolean
ym_command_devices (YmTask *task, GError **error)
{
  sqlite3 *db = ym_journal_get_db (task->office->journal);
  g_autoptr (GPtrArray) devices = ym_tables_select (db, ym_form (YM_FORM_DEVICE), error, "ORDER BY enrolled_at", "");
  g_autoptr (YmJson) json = task->arguments->json ? ym_json_new () : NULL;

  if (devices == NULL)
    return FALSE;
  if (json != NULL)
    ym_json_begin_array (json, NULL);
  for (guint i = 0; i < devices->len; i++)
    {
      Line line;

      if (!fill_line (db, g_ptr_array_index (devices, i), &line, error))
        return FALSE;
      print_line (&line, json);
      g_free (line.collar_no);
    }
  if (json != NULL)
    {
      ym_json_end_array (json);
      ym_print_json (g_steal_pointer (&json));
    }
  return TRUE;
}

gboolean
ym_command_revoke (YmTask *task, GError **error)
{
  g_autofree char *id = NULL;
  YmId device;

  if (task->arguments->reason == NULL)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("This command needs --reason."));
      return FALSE;
    }
  if (!ym_find_device (task->office, task->words[0], &device, error)
      || !ym_revoke_device (task->office, &device, task->arguments->reason, task->arguments->stolen, error))
    return FALSE;
  id = ym_id_to_string (&device);
  g_print (_ ("The device %s is revoked. “ymweld-admin sync” tells the server.\n"), id);
  return TRUE;
}
