/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Proof: everything in the store verified anew, and given out as a file that others can verify. */

#include "app/journal/audit.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/client/server-identity.h"
#include "sync/exchange/bundle.h"
#include "sync/exchange/receipt.h"
#include "ui/ctl/command.h"
#include "ui/ctl/file.h"
#include "ui/ctl/report.h"

/* Each receipt once more: the server's signature, by the key that the root key certified. */
static gboolean
check_receipts (YmDesk *desk, YmAudit *audit, guint *n_receipts, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (desk->db, error, "SELECT body FROM receipt", "");
  const YmId *force = ym_journal_get_force (desk->journal);
  YmSqlStep step;

  *n_receipts = 0;
  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (statement, 0);
      g_autoptr (GError) failure = NULL;
      g_autoptr (YmReceipt) receipt = ym_receipt_decode (body, &failure);
      g_auto (YmServerIdentity) server = { 0 };

      ++*n_receipts;
      if (receipt == NULL || !ym_server_identity_read_by_id (desk->db, &receipt->server, &server, &failure)
          || !ym_cose_verify (YM_MESSAGE_RECEIPT, force, body, server.signing_key, &failure))
        g_ptr_array_add (audit->problems, g_strdup_printf (_ ("A receipt: %s"), failure->message));
    }
  return step == YM_SQL_DONE;
}

/* In hexadecimal, as --root-key takes it. */
static void
out_root_key (YmDesk *desk, YmOut *out)
{
  char text[2 * YM_PUBLIC_KEY_BYTES + 1];

  sodium_bin2hex (text, sizeof text, ym_journal_get_root_key (desk->journal), YM_PUBLIC_KEY_BYTES);
  ym_out_text (out, "root_key", _ ("The force's root key"), text);
}

/* Opening has compared the sealed head with the journal already; that it can still be read is looked at again. */
static gboolean
check_head (YmCtlSession *session, YmAudit *audit, YmHead *head)
{
  g_autoptr (GError) failure = NULL;

  if (ym_store_read_head (ym_notebook_get_store (session->notebook), head, &failure))
    return TRUE;
  g_ptr_array_add (audit->problems, g_strdup (failure->message));
  return FALSE;
}

static gboolean
audit_store (YmDesk *desk, YmAudit *audit, GError **error)
{
  if (!ym_journal_audit (desk->db, ym_journal_get_root_key (desk->journal), audit, error))
    return FALSE;
  if (audit->problems->len == 0)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("Something in this store does not verify; “ymweldctl verify” says what."));
  return FALSE;
}

static gboolean
verify (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_auto (YmAudit) audit = { 0 };
  YmHead head = { 0 };
  guint n_receipts;

  if (!ym_journal_audit (desk->db, ym_journal_get_root_key (desk->journal), &audit, error)
      || !check_receipts (desk, &audit, &n_receipts, error))
    return FALSE;
  check_head (call->session, &audit, &head);
  ym_out_boolean (call->out, "verified", NULL, audit.problems->len == 0);
  ym_out_integer (call->out, "envelopes", _ ("Envelopes"), (gint64) audit.envelopes);
  ym_out_integer (call->out, "authors", _ ("Authors"), (gint64) audit.authors);
  ym_out_integer (call->out, "chains", _ ("Chains"), (gint64) audit.chains);
  ym_out_integer (call->out, "withheld", _ ("Change sets withheld"), (gint64) audit.withheld);
  ym_out_integer (call->out, "receipts", _ ("Receipts"), n_receipts);
  ym_out_integer (call->out, "head_sequence", _ ("Sealed head, last own envelope"), (gint64) head.sequence);
  ym_out_hash (call->out, "head_hash", _ ("Its hash"), &head.own_hash);
  out_root_key (desk, call->out);
  ym_out_hash (call->out, "tables_digest", _ ("Digest of the tables"), &head.tables_digest);
  ym_out_begin_list (call->out, "problems", NULL, YM_OUT_BLOCKS);
  for (guint i = 0; i < audit.problems->len; i++)
    {
      ym_out_begin_item (call->out);
      ym_out_text (call->out, "problem", _ ("Problem"), g_ptr_array_index (audit.problems, i));
      ym_out_end_item (call->out);
    }
  ym_out_end_list (call->out);
  if (audit.problems->len == 0)
    ym_out_say (call->out, _ ("Every signature, chain and table verifies."));
  else
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("Something does not verify. Nothing was changed; keep this device and tell your "
                            "administrator."));
  return audit.problems->len == 0;
}

static gpointer
do_verify (YmDesk *desk, gpointer call, GError **error)
{
  if (!ym_ctl_check_founded (desk, error))
    return NULL;
  return GINT_TO_POINTER (verify (desk, call, error));
}

/* A file needs no store, if the root key is said. */
static gboolean
verify_either (YmCtlCall *call, GError **error)
{
  if (call->n_arguments > 0)
    return ym_ctl_verify_file (call, error);
  return ym_ctl_session_open (call->session, error)
         && ym_notebook_run (call->session->notebook, YM_LANE_WRITE, do_verify, call, error) != NULL;
}

static GBytes *
bundle_everything (YmDesk *desk, guint *n_envelopes, GError **error)
{
  g_autoptr (YmBundle) bundle = ym_bundle_new (ym_journal_get_force (desk->journal));
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (desk->db, error, "SELECT body, change_set FROM envelope ORDER BY entry", "");
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (statement, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (statement, 1);

      g_ptr_array_add (bundle->parcels, ym_parcel_new (body, change_set));
    }
  *n_envelopes = bundle->parcels->len;
  return step == YM_SQL_DONE ? ym_bundle_encode (bundle, error) : NULL;
}

static gboolean
export (YmDesk *desk, YmCtlCall *call, GError **error)
{
  g_auto (YmAudit) audit = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  guint n_envelopes;

  if (!audit_store (desk, &audit, error))
    return FALSE;
  bytes = bundle_everything (desk, &n_envelopes, error);
  if (bytes == NULL || !ym_ctl_write_file (call->arguments[0], bytes, error))
    return FALSE;
  ym_out_text (call->out, "file", _ ("File"), call->arguments[0]);
  ym_out_integer (call->out, "envelopes", _ ("Envelopes"), n_envelopes);
  ym_out_integer (call->out, "bytes", _ ("Bytes"), (gint64) g_bytes_get_size (bytes));
  ym_out_say (call->out, _ ("The file is signed but not encrypted: keep it where the store itself would be safe."));
  return TRUE;
}

const YmCtlCommand ym_ctl_proof_commands[] = {
  { .name = "verify",
    .arguments = "[FILE]",
    .summary = N_ ("Every signature, chain, receipt and table of this store, verified anew; or a file that was given out"),
    .most = 1,
    .need = YM_CTL_NEEDS_NOTHING,
    .run = verify_either,
    .options = { { "root-key", "KEY" } } },
  { .name = "export",
    .arguments = "FILE",
    .summary = N_ ("Everything verified, as a file of signed envelopes; it is not encrypted"),
    .least = 1,
    .most = 1,
    .need = YM_CTL_NEEDS_OFFICER,
    .lane = YM_LANE_WRITE,
    .work = export },
  { NULL },
};
