/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sync, and what is where: on this device, sent, receipted, refused. */

#include "ui/ctl/command.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/missing.h"
#include "app/journal/tables.h"
#include "app/notebook/conflicts.h"
#include "sync/client/status.h"
#include "sync/exchange/receipt.h"
#include "ui/ctl/round.h"
#include "ui/ctl/words.h"

#define MOST_SAVES 50
#define MOST_RECEIPTS 100

static const YmChoice state_items[] = {
  { YM_SYNC_STATE_HERE, "on_device", N_ ("On this device") },
  { YM_SYNC_STATE_SENT, "sent", N_ ("Sent") },
  { YM_SYNC_STATE_RECEIPTED, "receipted", N_ ("Receipted") },
  { YM_SYNC_STATE_REFUSED, "refused", N_ ("Refused") },
};
static const YmChoices states = { state_items, G_N_ELEMENTS (state_items) };

static const YmChoice disposition_items[] = {
  { YM_DISPOSITION_ACCEPTED, "accepted", N_ ("Accepted") },
  { YM_DISPOSITION_LATE, "late", N_ ("Accepted, late") },
  { YM_DISPOSITION_REFUSED, "refused", N_ ("Refused") },
  { YM_DISPOSITION_QUARANTINED, "quarantined", N_ ("Set aside") },
};
static const YmChoices dispositions = { disposition_items, G_N_ELEMENTS (disposition_items) };

static gboolean
sync_now (YmCtlCall *call, GError **error)
{
  YmSyncResult result;
  gboolean done = ym_ctl_round (call->session, &result, error);

  ym_out_integer (call->out, "pushed", _ ("Sent"), result.pushed);
  ym_out_integer (call->out, "receipted", _ ("Receipted"), result.receipted);
  ym_out_integer (call->out, "refused", _ ("Refused"), result.refused);
  ym_out_integer (call->out, "pulled", _ ("Came from colleagues"), result.pulled);
  if (done && result.refused > 0)
    ym_out_say (call->out, _ ("What was refused is back as a draft: “ymweldctl drafts” says why."));
  return done;
}

static void
out_save (YmDesk *desk, YmOut *out, const YmSyncSave *save)
{
  g_autofree char *home = ym_ctl_home_name (desk, &save->scope);
  const YmSyncStanding *standing = &save->standing;

  ym_out_begin_item (out);
  ym_out_id (out, "subject", _ ("Record"), &save->subject);
  ym_out_text (out, "intent", _ ("What"), save->intent);
  ym_out_text (out, "home", _ ("Home"), home);
  ym_out_instant (out, "at", _ ("When"), save->wall_us);
  ym_out_integer (out, "envelopes", NULL, save->n_envelopes);
  ym_out_choice (out, "state", _ ("State"), &states, standing->state);
  ym_out_integer (out, "position", NULL, (gint64) standing->position);
  ym_out_instant (out, "received_at", NULL, standing->received_at_us);
  ym_out_choice (out, "disposition", NULL, &dispositions, standing->disposition);
  ym_out_integer (out, "reason", NULL, standing->reason);
  ym_out_text (out, "why", _ ("Why"),
               standing->reason != YM_REASON_NONE ? ym_reason_get_message (standing->reason) : NULL);
  ym_out_end_item (out);
}

static gboolean
out_saves (YmDesk *desk, YmOut *out, GError **error)
{
  g_autoptr (GArray) saves = ym_sync_saves_read (desk->db, NULL, MOST_SAVES, error);

  if (saves == NULL)
    return FALSE;
  ym_out_begin_list (out, "saves", _ ("My last saves"), YM_OUT_TABLE);
  for (guint i = 0; i < saves->len; i++)
    out_save (desk, out, &g_array_index (saves, YmSyncSave, i));
  ym_out_end_list (out);
  return TRUE;
}

/* An officer sees every device that may sign in their name. */
static gboolean
out_devices (YmDesk *desk, YmOut *out, GError **error)
{
  g_autoptr (GPtrArray) devices = ym_tables_select (desk->db, ym_form (YM_FORM_DEVICE), error,
                                                    "WHERE officer = ? ORDER BY enrolled_at", "d", &desk->officer);

  if (devices == NULL)
    return FALSE;
  ym_out_begin_list (out, "devices", _ ("Devices enrolled in my name"), YM_OUT_TABLE);
  for (guint i = 0; i < devices->len; i++)
    {
      const YmRecord *device = g_ptr_array_index (devices, i);
      gint64 revoked;

      if (!ym_sql_integer (desk->db, &revoked, error, "SELECT count(*) FROM revocation WHERE device = ?", "d", &device->id))
        return FALSE;
      ym_out_begin_item (out);
      ym_out_id (out, "id", _ ("Device"), &device->id);
      ym_out_text (out, "name", _ ("Name"), ym_record_get_text (device, YM_DEVICE_NAME));
      ym_out_instant (out, "enrolled_at", _ ("Enrolled"), ym_record_get_integer (device, YM_DEVICE_ENROLLED_AT, 0));
      ym_out_boolean (out, "this_device", _ ("This one"), ym_id_equal (&device->id, &desk->author.device));
      ym_out_boolean (out, "revoked", _ ("Revoked"), revoked > 0);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  return TRUE;
}

/* Nobody reads an officer's tablet unheard of. */
static gboolean
out_openings (YmDesk *desk, YmOut *out, GError **error)
{
  g_autoptr (GPtrArray) openings = ym_tables_select (desk->db, ym_form (YM_FORM_ESCROW_OPENING), error,
                                                     "WHERE officer = ? ORDER BY at", "d", &desk->officer);

  if (openings == NULL)
    return FALSE;
  ym_out_begin_list (out, "openings", _ ("When an administrator opened a locked device of mine"), YM_OUT_TABLE);
  for (guint i = 0; i < openings->len; i++)
    {
      const YmRecord *opening = g_ptr_array_index (openings, i);
      YmId device;

      ym_out_begin_item (out);
      if (ym_record_get_id (opening, YM_ESCROW_OPENING_DEVICE, &device))
        ym_out_id (out, "device", _ ("Device"), &device);
      ym_out_instant (out, "at", _ ("When"), ym_record_get_integer (opening, YM_ESCROW_OPENING_AT, 0));
      ym_out_text (out, "reason", _ ("Why"), ym_record_get_text (opening, YM_ESCROW_OPENING_REASON));
      ym_out_text (out, "request", _ ("Fingerprint"), ym_record_get_text (opening, YM_ESCROW_OPENING_REQUEST));
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  return TRUE;
}

/* What was lost with the server's ledger for good, as far as this device can tell. */
static gboolean
out_missing (YmDesk *desk, YmOut *out, GError **error)
{
  g_autoptr (GArray) missing = ym_journal_missing_here (desk->db, error);

  if (missing == NULL)
    return FALSE;
  ym_out_begin_list (out, "missing", _ ("Lost with an earlier ledger, and not brought back yet"), YM_OUT_TABLE);
  for (guint i = 0; i < missing->len; i++)
    {
      const YmMissing *gap = &g_array_index (missing, YmMissing, i);

      ym_out_begin_item (out);
      ym_out_id (out, "author", _ ("Device"), &gap->author);
      ym_out_id (out, "chain", _ ("Chain"), &gap->chain);
      ym_out_integer (out, "first", _ ("From"), (gint64) gap->first);
      ym_out_integer (out, "last", _ ("To"), (gint64) gap->last);
      ym_out_end_item (out);
    }
  ym_out_end_list (out);
  return TRUE;
}

static gboolean
show_status (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_auto (YmSyncOverview) overview = { 0 };
  g_autofree char *officer = ym_ctl_officer_name (desk, &desk->officer);
  gint64 evidence;

  if (!ym_sync_overview_read (desk->db, NULL, &overview, error)
      || !ym_sql_integer (desk->db, &evidence, error, "SELECT count(*) FROM evidence", ""))
    return FALSE;
  ym_out_text (call->out, "officer", _ ("Officer"), officer);
  ym_out_id (call->out, "device", _ ("Device"), &desk->author.device);
  ym_out_integer (call->out, "here", _ ("On this device only"), overview.here);
  ym_out_integer (call->out, "sent", _ ("Sent, no answer yet"), overview.sent);
  ym_out_integer (call->out, "receipted", _ ("Receipted"), overview.receipted);
  ym_out_integer (call->out, "refused", _ ("Refused"), overview.refused);
  ym_out_integer (call->out, "backfills", NULL, overview.backfills);
  ym_out_instant (call->out, "tried_at", _ ("Last sync tried"), overview.tried_at_us);
  ym_out_instant (call->out, "succeeded_at", _ ("Last sync that succeeded"), overview.succeeded_at_us);
  ym_out_text (call->out, "last_error", _ ("Why the last one failed"), overview.error);
  ym_out_integer (call->out, "evidence", NULL, evidence);
  if (evidence > 0)
    ym_out_say (call->out, _ ("This device holds proof that a device was copied or that the server told two stories. Tell "
                              "your administrator."));
  return out_saves (desk, call->out, error) && out_devices (desk, call->out, error)
         && out_openings (desk, call->out, error) && out_missing (desk, call->out, error);
}

/* Columns: body. The receipt was verified before it was kept. */
static gboolean
out_receipt (YmOut *out, sqlite3_stmt *row, GError **error)
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, 0);
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (body, error);
  const YmOutcome *first, *last;

  if (receipt == NULL)
    return FALSE;
  first = &g_array_index (receipt->outcomes, YmOutcome, 0);
  last = &g_array_index (receipt->outcomes, YmOutcome, receipt->outcomes->len - 1);
  ym_out_begin_item (out);
  ym_out_id (out, "chain", _ ("Chain"), &receipt->last.chain);
  ym_out_integer (out, "first", _ ("From"), (gint64) receipt->first);
  ym_out_integer (out, "last", _ ("To"), (gint64) receipt->last.sequence);
  ym_out_hash (out, "last_hash", _ ("Hash of the last"), &receipt->last.hash);
  ym_out_integer (out, "first_position", _ ("Ledger from"), (gint64) first->position);
  ym_out_integer (out, "last_position", _ ("Ledger to"), (gint64) last->position);
  ym_out_choice (out, "disposition", _ ("Last one"), &dispositions, last->disposition);
  ym_out_instant (out, "server_time", _ ("Server's time"), receipt->server_us);
  ym_out_id (out, "server", NULL, &receipt->server);
  ym_out_end_item (out);
  return TRUE;
}

static gboolean
list_receipts (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error, "SELECT body FROM receipt WHERE author IN " YM_JOURNAL_OWN_AUTHORS " ORDER BY rowid DESC LIMIT ?", "i",
      (gint64) MOST_RECEIPTS);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "receipts", NULL, YM_OUT_TABLE);
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    if (!out_receipt (call->out, statement, error))
      return FALSE;
  ym_out_end_list (call->out);
  return step == YM_SQL_DONE;
}

static void
out_conflict (YmDesk *desk, YmOut *out, const YmConflict *conflict)
{
  const YmRecord *record = conflict->record;
  g_autofree char *home = ym_ctl_home_name (desk, &record->scope);

  ym_out_begin_item (out);
  ym_out_id (out, "record", _ ("Record"), &record->id);
  ym_out_code (out, "kind", _ ("What"), record->form->name, ym_label (record->form->label));
  ym_out_text (out, "home", _ ("Home"), home);
  ym_out_code (out, "field", _ ("Question"), conflict->field->name, ym_label (conflict->field->label));
  ym_out_begin (out, "stands", _ ("The later answer, which stands"));
  ym_out_value (out, conflict->field, ym_record_get (record, conflict->field->id));
  ym_out_end (out);
  ym_out_begin (out, "other", _ ("The earlier answer"));
  ym_out_value (out, conflict->field, &conflict->other);
  ym_out_end (out);
  ym_out_id (out, "device", NULL, &conflict->device);
  ym_out_instant (out, "at", _ ("When"), conflict->at_us);
  ym_out_end_item (out);
}

static gboolean
list_conflicts (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_autoptr (GPtrArray) conflicts = ym_conflict_list (desk, error);

  if (conflicts == NULL)
    return FALSE;
  ym_out_begin_list (call->out, "conflicts", NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < conflicts->len; i++)
    out_conflict (desk, call->out, g_ptr_array_index (conflicts, i));
  ym_out_end_list (call->out);
  if (conflicts->len == 0)
    ym_out_say (call->out, _ ("There are no conflicts."));
  return TRUE;
}

const YmCtlCommand ym_ctl_sync_commands[] = {
  { .name = "sync",
    .arguments = "",
    .summary = N_ ("Send what waits and fetch what colleagues added"),
    .need = YM_CTL_NEEDS_STORE,
    .run = sync_now },
  { .name = "status",
    .arguments = "",
    .summary = N_ ("What is on this device, sent, receipted or refused, and my devices"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = show_status },
  { .name = "receipts",
    .arguments = "",
    .summary = N_ ("The server's signed receipts"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_receipts },
  { .name = "conflicts",
    .arguments = "",
    .summary = N_ ("Answers that two people gave without knowing of each other"),
    .need = YM_CTL_NEEDS_OFFICER,
    .work = list_conflicts },
  { NULL },
};
