/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The server's word on what is in its ledger: given once, stored, and given again as it was. Made inside the
 * transaction that gives the positions out, so there is no receipt without its envelopes nor the other way round.
 */

#include "app/base/error.h"
#include "app/journal/receipts.h"
#include "sync/server/ledger-private.h"

static GBytes *
seal (YmLedger *ledger, const YmRun *run, GError **error)
{
  g_autoptr (YmReceipt) receipt = ym_receipt_new ();

  receipt->force = *ym_journal_get_force (ledger->journal);
  receipt->epoch = ledger->epoch;
  receipt->server = ledger->server;
  receipt->author = run->author;
  receipt->first = run->first;
  receipt->last = run->last;
  g_array_append_vals (receipt->outcomes, run->outcomes->data, run->outcomes->len);
  receipt->server_us = run->server_us;
  return ym_receipt_seal (receipt, &ledger->options.signer, error);
}

static gboolean
make (YmLedger *ledger, const YmRun *run, GPtrArray *receipts, GError **error)
{
  GBytes *body = seal (ledger, run, error);
  YmReceiptRow row = { run->author, run->chain, run->first, run->last.sequence, body };

  if (body == NULL)
    return FALSE;
  g_ptr_array_add (receipts, body);
  return ym_journal_keep_receipt (ledger->journal, &row, error);
}

/* What came with the identity file has no receipt until somebody asks. */
static gboolean
make_for_one (YmLedger *ledger, const YmId *author, const YmId *chain, guint64 sequence, GPtrArray *receipts,
              GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      ledger->db, error,
      "SELECT hash, position, disposition, reason FROM envelope WHERE author = ? AND chain = ? AND sequence = ?", "ddi",
      author, chain, (gint64) sequence);
  YmRun run = { .author = *author, .chain = *chain, .first = sequence, .server_us = ledger->now_us };
  g_autoptr (GArray) outcomes = g_array_new (FALSE, FALSE, sizeof (YmOutcome));
  YmOutcome outcome;

  if (statement == NULL || ym_sql_step (statement, error) != YM_SQL_ROW)
    return FALSE;
  outcome = (YmOutcome){ (guint64) sqlite3_column_int64 (statement, 1),
                         (YmDisposition) sqlite3_column_int64 (statement, 2),
                         (guint) sqlite3_column_int64 (statement, 3) };
  g_array_append_val (outcomes, outcome);
  run.last = (YmChainPoint){ *chain, sequence, ym_sql_column_hash (statement, 0) };
  run.outcomes = outcomes;
  return make (ledger, &run, receipts, error);
}

gboolean
ym_receipts_find (YmLedger *ledger, const YmId *author, const YmId *chain, guint64 sequence, gboolean make_missing,
                  GHashTable *given, GPtrArray *receipts, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      ledger->db, error,
      "SELECT body FROM receipt WHERE author = ? AND chain = ? AND last >= ? AND first <= ? ORDER BY last LIMIT 1", "ddii",
      author, chain, (gint64) sequence, (gint64) sequence);
  g_autoptr (GBytes) body = NULL;
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_FAILED)
    return FALSE;
  if (step == YM_SQL_DONE)
    return !make_missing || make_for_one (ledger, author, chain, sequence, receipts, error);
  body = ym_sql_column_bytes (statement, 0);
  if (g_hash_table_add (given, g_bytes_ref (body)))
    g_ptr_array_add (receipts, g_bytes_ref (body));
  return TRUE;
}

gboolean
ym_receipts_give (YmLedger *ledger, GPtrArray *runs, GPtrArray *receipts, GError **error)
{
  g_autoptr (GHashTable) given
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const YmRun *run = g_ptr_array_index (runs, i);

      if (!run->known && !make (ledger, run, receipts, error))
        return FALSE;
      for (guint64 sequence = run->first; run->known && sequence <= run->last.sequence; sequence++)
        if (!ym_receipts_find (ledger, &run->author, &run->chain, sequence, TRUE, given, receipts, error))
          return FALSE;
    }
  return TRUE;
}
