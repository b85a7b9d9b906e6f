/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Recovery from end to end: the pages of the damaged store, their rows, the journal and the drafts, and the server's
 * receipts; then the new store in the old one's place. Nothing is asked of the network and nothing is thrown away.
 */

#include "sync/client/recover.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/receipts.h"
#include "app/notebook/escrow.h"
#include "app/notebook/salvage.h"
#include "sync/client/fact.h"
#include "sync/client/server-identity.h"
#include "sync/client/store.h"
#include "sync/exchange/receipt.h"

#define RECEIPT_SHAPE "hddiib"
#define FACT_SHAPE "t."

typedef struct {
  YmSalvage *salvage;
  YmRecovery *recovery;
  sqlite3 *db;
  gboolean whole;       /* no page is damaged: then what stands on earlier versions of pages was taken away since */
  GHashTable *receipts; /* bytes of receipts, not verified yet */
} Work;

void
ym_recovery_clear (YmRecovery *recovery)
{
  ym_journal_salvage_clear (&recovery->journal);
  g_clear_pointer (&recovery->aside, g_free);
}

/* The facts of an enrolment under way, and the number of the last request, are all that the device alone knows. */
static gboolean
keep_fact (Work *work, const YmSalvagedRow *row, GError **error)
{
  static const char *const kept[] = { YM_SYNC_FACT_ENROL_ADDRESS, YM_SYNC_FACT_ENROL_CODE, YM_SYNC_FACT_ENROL_NAME, NULL };
  g_autofree char *name = ym_salvaged_column_text (&row->columns[0]);
  const YmSalvagedColumn *value = &row->columns[1];
  g_autofree char *text = NULL;
  gint64 counter;

  if (g_str_equal (name, YM_SYNC_FACT_COUNTER) && value->kind == YM_VALUE_INTEGER)
    return ym_sync_fact_get_integer (work->db, name, &counter, error)
           && (counter >= value->integer || ym_sync_fact_set_integer (work->db, name, value->integer, error));
  if (!row->is_current || value->kind != YM_VALUE_TEXT || !g_strv_contains (kept, name))
    return TRUE;
  text = ym_salvaged_column_text (value);
  return ym_sync_fact_set_text (work->db, name, text, error);
}

static gboolean
visit (gpointer context, const YmSalvagedRow *row, GError **error)
{
  Work *work = context;

  if (ym_salvaged_row_fits (row, RECEIPT_SHAPE))
    g_hash_table_add (work->receipts, ym_salvaged_column_bytes (&row->columns[5]));
  if (ym_salvaged_row_fits (row, FACT_SHAPE) && !keep_fact (work, row, error))
    return FALSE;
  return ym_journal_salvage_row (work->db, row, error) && ym_draft_salvage_row (work->db, row, work->whole, error);
}

static gboolean
gather (Work *work, GError **error)
{
  if (!ym_journal_salvage_begin (work->db, error) || !ym_sql_begin (work->db, error))
    return FALSE;
  if (ym_salvage_visit (work->salvage, visit, work, error))
    return ym_sql_commit (work->db, error);
  ym_sql_rollback (work->db);
  return FALSE;
}

/* One that does not verify is none. */
static gboolean
keep_receipt (Work *work, YmJournal *journal, GBytes *bytes, GError **error)
{
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, NULL);
  g_auto (YmServerIdentity) server = { 0 };
  YmReceiptRow row;

  if (receipt == NULL || !ym_server_identity_read_by_id (work->db, &receipt->server, &server, NULL)
      || !ym_cose_verify (YM_MESSAGE_RECEIPT, ym_journal_get_force (journal), bytes, server.signing_key, NULL))
    return TRUE;
  work->recovery->receipts++;
  row = (YmReceiptRow){ receipt->author, receipt->last.chain, receipt->first, receipt->last.sequence, bytes };
  return ym_journal_keep_receipt (journal, &row, error);
}

static gboolean
keep_receipts (Work *work, YmJournal *journal, GError **error)
{
  GHashTableIter iter;
  gpointer bytes;
  gboolean good = TRUE;

  if (!ym_journal_begin (journal, error))
    return FALSE;
  g_hash_table_iter_init (&iter, work->receipts);
  while (good && g_hash_table_iter_next (&iter, &bytes, NULL))
    good = keep_receipt (work, journal, bytes, error);
  if (good)
    return ym_journal_commit (journal, error);
  ym_journal_rollback (journal);
  return FALSE;
}

static gboolean
check_saved (const Work *work, GError **error)
{
  const YmRecovery *recovery = work->recovery;

  if (recovery->journal.taken > 0 || recovery->journal.waiting > 0 || recovery->drafts > 0 || recovery->counts.pages > 1)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("Nothing in this store can be read any more. Nothing was changed; keep it, and enrol the device "
                          "in a new place to bring back what the server has."));
  return FALSE;
}

static gpointer
save_all (YmDesk *desk, gpointer data, GError **error)
{
  Work *work = data;
  YmRecovery *recovery = work->recovery;
  g_auto (YmServerIdentity) server = { 0 };
  YmHead head;
  gboolean has_head = ym_salvage_read_head (work->salvage, &head);

  work->db = desk->db;
  recovery->counts = *ym_salvage_get_counts (work->salvage);
  work->whole = recovery->counts.damaged == 0 && recovery->counts.kept_logs == 0;
  if (!gather (work, error)
      || !ym_journal_salvage_take (desk->journal, &desk->author.device, has_head ? &head : NULL, &recovery->journal, error)
      || !keep_receipts (work, desk->journal, error) || !ym_draft_salvage_finish (desk, &recovery->drafts, error))
    return NULL;
  recovery->enrolled = ym_server_identity_read (desk->db, &server, NULL);
  return check_saved (work, error) ? work : NULL;
}

static gboolean
fill_new_store (Work *work, const char *directory, const YmUnlock *unlock, const YmStoreOptions *options, GError **error)
{
  YmStore *store = ym_salvage_create_store (work->salvage, directory, unlock, error);
  g_autoptr (YmNotebook) notebook = store == NULL ? NULL : ym_notebook_open_on (store, options, error);
  YmSyncStore tables;

  if (notebook == NULL)
    return FALSE;
  tables = ym_sync_store_of_notebook (notebook);
  if (!ym_sync_migrate (&tables, error) || ym_notebook_run (notebook, YM_LANE_WRITE, save_all, work, error) == NULL)
    return FALSE;
  /* A passphrase that is forgotten before the next exchange must not cost what was saved. */
  ym_notebook_tend_escrow (notebook);
  return TRUE;
}

gboolean
ym_recover (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options, YmRecovery *recovery,
            GError **error)
{
  const YmUnlock unlock = { .passphrase = passphrase };
  g_autoptr (YmSalvage) salvage = ym_salvage_open (directory, &unlock, options, error);
  g_autofree char *whole_path = g_canonicalize_filename (directory, NULL);
  g_autofree char *fresh = g_strconcat (whole_path, ".recovering", NULL);
  g_autoptr (GHashTable) receipts
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  Work work = { .salvage = salvage, .recovery = recovery, .receipts = receipts };

  *recovery = (YmRecovery){ .enrolled = FALSE };
  return salvage != NULL && fill_new_store (&work, fresh, &unlock, options, error)
         && ym_salvage_take_place (salvage, fresh, &recovery->aside, error);
}
