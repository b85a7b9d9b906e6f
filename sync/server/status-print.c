/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Status and verification in words, or as JSON. */

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "app/base/json.h"
#include "app/forms/choices.h"
#include "app/rules/judgement.h"
#include "sync/server/status.h"

/* An instant for a person: the server's own time zone. */
static char *
print_instant (gint64 at_us)
{
  g_autoptr (GDateTime) at = at_us == 0 ? NULL : g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);

  return at == NULL ? g_strdup (_ ("never")) : g_date_time_format (at, "%F %R");
}

static const char *
device_kind (guint kind)
{
  const YmChoice *choice = ym_choices_by_number (&ym_choices_device_kind, kind);

  return choice == NULL ? "?" : ym_label (choice->label);
}

static void
print_device (GString *text, const YmStatusDevice *device)
{
  g_autofree char *id = ym_id_to_string (&device->id);
  g_autofree char *synced = print_instant (device->synced_at_us);

  g_string_append_printf (text, "  %s  %-16s  %s", id, synced,
                          device->officer != NULL ? device->officer : device_kind (device->kind));
  if (device->name != NULL)
    g_string_append_printf (text, ", %s", device->name);
  if (device->revoked)
    g_string_append_printf (text, "  [%s]", _ ("revoked"));
  g_string_append_c (text, '\n');
}

static void
print_missing (GString *text, const YmServerStatus *status)
{
  if (status->awaits_identity)
    g_string_append (text, _ ("RESTORED: it serves once it is started with the current identity file.\n"));
  if (status->missing->len > 0)
    g_string_append (text, _ ("MISSING: lost with an earlier ledger, and nobody has brought it back yet:\n"));
  for (guint i = 0; i < status->missing->len; i++)
    {
      const YmStatusMissing *missing = g_ptr_array_index (status->missing, i);
      g_autofree char *author = ym_id_to_string (&missing->gap.author);

      g_string_append_printf (text, _ ("  device %s, %s: numbers %" PRIu64 " to %" PRIu64 "\n"), author,
                              missing->officer != NULL ? missing->officer : "?", missing->gap.first, missing->gap.last);
    }
}

static char *
print_status_text (const YmServerStatus *status)
{
  GString *text = g_string_new (NULL);
  g_autofree char *epoch = ym_id_to_string (&status->epoch);
  g_autofree char *disk = g_format_size (status->disk_bytes);

  g_string_append_printf (text, _ ("Force: %s\n"),
                          status->force_name != NULL ? status->force_name : _ ("none yet; start with --identity"));
  g_string_append_printf (text, _ ("Server: %s, version %s, SQLite %s\n"),
                          status->running ? _ ("running") : _ ("not running"), YM_VERSION, sqlite3_libversion ());
  g_string_append_printf (text, _ ("Ledger: %" PRIu64 " envelopes, epoch %s, %s on disk\n"), status->end, epoch,
                          disk);
  g_string_append_printf (text, _ ("Judged: %" PRIu64 " accepted, %" PRIu64 " late, %"
                                   PRIu64 " refused, %" PRIu64 " in quarantine\n"),
                          status->envelopes[YM_DISPOSITION_ACCEPTED], status->envelopes[YM_DISPOSITION_LATE],
                          status->envelopes[YM_DISPOSITION_REFUSED], status->envelopes[YM_DISPOSITION_QUARANTINED]);
  if (status->forks > 0 || status->contradictions > 0)
    g_string_append_printf (text, _ ("EVIDENCE: %" PRIu64 " forked chains, %" PRIu64
                                     " devices that saw another ledger. Find out why.\n"),
                            status->forks, status->contradictions);
  print_missing (text, status);
  g_string_append_printf (text, _ ("Devices (%u), by when they last synced:\n"), status->devices->len);
  for (guint i = 0; i < status->devices->len; i++)
    print_device (text, g_ptr_array_index (status->devices, i));
  g_string_append_printf (text, _ ("Open enrolments: %u\n"), status->enrolments->len);
  for (guint i = 0; i < status->enrolments->len; i++)
    {
      const YmStatusEnrolment *enrolment = g_ptr_array_index (status->enrolments, i);
      g_autofree char *expires = print_instant (enrolment->expires_at_us);

      g_string_append_printf (text, _ ("  until %s, posts: %u\n"), expires, enrolment->posts);
    }
  return g_string_free (text, FALSE);
}

static void
add_count (YmJson *json, const char *key, guint64 count)
{
  ym_json_add_integer (json, key, (gint64) count);
}

static void
add_devices (YmJson *json, GPtrArray *devices)
{
  ym_json_begin_array (json, "devices");
  for (guint i = 0; i < devices->len; i++)
    {
      const YmStatusDevice *device = g_ptr_array_index (devices, i);
      const YmChoice *kind = ym_choices_by_number (&ym_choices_device_kind, device->kind);

      ym_json_begin_object (json, NULL);
      ym_json_add_id (json, "id", &device->id);
      ym_json_add_text (json, "kind", kind == NULL ? NULL : kind->code);
      ym_json_add_text (json, "name", device->name);
      ym_json_add_text (json, "officer", device->officer);
      ym_json_add_integer (json, "synced_at_us", device->synced_at_us);
      ym_json_add_boolean (json, "revoked", device->revoked);
      ym_json_end_object (json);
    }
  ym_json_end_array (json);
}

static void
add_missing (YmJson *json, GPtrArray *missing)
{
  ym_json_begin_array (json, "missing");
  for (guint i = 0; i < missing->len; i++)
    {
      const YmStatusMissing *one = g_ptr_array_index (missing, i);

      ym_json_begin_object (json, NULL);
      ym_json_add_id (json, "author", &one->gap.author);
      ym_json_add_text (json, "officer", one->officer);
      ym_json_add_id (json, "chain", &one->gap.chain);
      add_count (json, "first", one->gap.first);
      add_count (json, "last", one->gap.last);
      ym_json_end_object (json);
    }
  ym_json_end_array (json);
}

static char *
print_status_json (const YmServerStatus *status)
{
  YmJson *json = ym_json_new ();

  ym_json_begin_object (json, NULL);
  ym_json_add_text (json, "force_name", status->force_name);
  ym_json_add_id (json, "force", &status->force);
  ym_json_add_id (json, "epoch", &status->epoch);
  ym_json_add_boolean (json, "running", status->running);
  ym_json_add_text (json, "version", YM_VERSION);
  ym_json_add_text (json, "sqlite", sqlite3_libversion ());
  add_count (json, "position", status->end);
  add_count (json, "accepted", status->envelopes[YM_DISPOSITION_ACCEPTED]);
  add_count (json, "late", status->envelopes[YM_DISPOSITION_LATE]);
  add_count (json, "refused", status->envelopes[YM_DISPOSITION_REFUSED]);
  add_count (json, "quarantined", status->envelopes[YM_DISPOSITION_QUARANTINED]);
  add_count (json, "forks", status->forks);
  add_count (json, "contradictions", status->contradictions);
  add_count (json, "disk_bytes", status->disk_bytes);
  ym_json_add_boolean (json, "awaits_identity", status->awaits_identity);
  add_missing (json, status->missing);
  add_devices (json, status->devices);
  ym_json_begin_array (json, "enrolments");
  for (guint i = 0; i < status->enrolments->len; i++)
    {
      const YmStatusEnrolment *enrolment = g_ptr_array_index (status->enrolments, i);

      ym_json_begin_object (json, NULL);
      ym_json_add_integer (json, "opened_at_us", enrolment->opened_at_us);
      ym_json_add_integer (json, "expires_at_us", enrolment->expires_at_us);
      ym_json_add_integer (json, "posts", enrolment->posts);
      ym_json_end_object (json);
    }
  ym_json_end_array (json);
  ym_json_end_object (json);
  return ym_json_finish (json);
}

char *
ym_server_status_print (const YmServerStatus *status, gboolean json)
{
  return json ? print_status_json (status) : print_status_text (status);
}

static char *
print_verification_json (const YmVerification *verification)
{
  YmJson *json = ym_json_new ();

  ym_json_begin_object (json, NULL);
  ym_json_add_boolean (json, "good", verification->audit.problems->len == 0);
  add_count (json, "envelopes", verification->audit.envelopes);
  add_count (json, "position", verification->end);
  add_count (json, "authors", verification->audit.authors);
  add_count (json, "chains", verification->audit.chains);
  add_count (json, "withheld", verification->audit.withheld);
  add_count (json, "receipts", verification->receipts);
  add_count (json, "records", verification->records);
  add_count (json, "missing", verification->missing);
  ym_json_begin_array (json, "problems");
  for (guint i = 0; i < verification->audit.problems->len; i++)
    ym_json_add_text (json, NULL, g_ptr_array_index (verification->audit.problems, i));
  ym_json_end_array (json);
  ym_json_end_object (json);
  return ym_json_finish (json);
}

char *
ym_verification_print (const YmVerification *verification, gboolean json)
{
  const YmAudit *audit = &verification->audit;
  GString *text;

  if (json)
    return print_verification_json (verification);
  text = g_string_new (NULL);
  g_string_append_printf (text, _ ("Verified: %" PRIu64 " envelopes up to position %" PRIu64
                                   ", in %" PRIu64 " chains of %" PRIu64 " devices, %"
                                   PRIu64 " receipts, %" PRIu64 " records.\n"),
                          audit->envelopes, verification->end, audit->chains, audit->authors, verification->receipts,
                          verification->records);
  if (verification->missing > 0)
    g_string_append_printf (text, _ ("Missing, lost with an earlier ledger: %" PRIu64 "; status lists them.\n"),
                            verification->missing);
  for (guint i = 0; i < audit->problems->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (audit->problems, i));
  g_string_append (text, audit->problems->len == 0 ? _ ("All is well.\n")
                                                   : _ ("The ledger is damaged. Keep it as it is, and put a backup in "
                                                        "its place.\n"));
  return g_string_free (text, FALSE);
}
