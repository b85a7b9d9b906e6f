/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's answer: what has to hold before any of it is believed, and how it comes into the store. */

#include "sync/client/answer.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/backfill.h"
#include "app/journal/receipts.h"
#include "sync/client/fact.h"
#include "sync/exchange/compress.h"
#include "sync/exchange/receipt.h"

YmResponse *
ym_answer_open (const YmServerIdentity *server, const YmId *force, const YmId *device, GBytes *request, GBytes *body,
                GBytes **bytes, GError **error)
{
  YmHash hash = ym_hash_of_bytes (request);
  g_autoptr (GBytes) signed_bytes = ym_inflate (body, YM_EXCHANGE_MAX_BYTES, error);
  g_autoptr (YmResponse) response = NULL;

  if (signed_bytes == NULL
      || (!ym_cose_verify (YM_MESSAGE_RESPONSE, force, signed_bytes, server->signing_key, error)
          && !ym_planted ("answer-signature")))
    return NULL;
  response = ym_response_decode (signed_bytes, error);
  if (response == NULL)
    return NULL;
  if ((!ym_hash_equal (&response->request, &hash) || !ym_id_equal (&response->device, device)) && !ym_planted ("answer-to"))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE,
                           _ ("The answer is to another request. Somebody between this device and the server may be "
                              "playing back old answers; try another network."));
      return NULL;
    }
  *bytes = g_steal_pointer (&signed_bytes);
  return g_steal_pointer (&response);
}

/* A response on its way into the store. */
typedef struct {
  YmJournal *journal;
  const YmResponse *response;
  const YmId *authors;
  guint n_authors;
  YmPosition cursor; /* before it */
  YmLineage lineage; /* the server's; borrowed from the response */
  YmAnswerCounts *counts;
} Keeping;

static gboolean
is_own (const Keeping *keeping, const YmId *author)
{
  for (guint i = 0; i < keeping->n_authors; i++)
    if (ym_id_equal (&keeping->authors[i], author))
      return TRUE;
  return FALSE;
}

static gboolean
fail_malformed (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_MALFORMED,
                       _ ("The server's answer contradicts itself. Nothing of it was kept; tell your administrator."));
  return FALSE;
}

/* The ledger may grow, and do nothing else. */
static gboolean
check_position (YmJournal *journal, const YmResponse *response, YmPosition *cursor, GError **error)
{
  if (!ym_journal_get_cursor (journal, cursor))
    {
      *cursor = (YmPosition){ response->epoch, 0 };
      return ym_journal_note_past (journal, &(YmLineage){ response->past, response->epoch }, error);
    }
  if (!ym_id_equal (&cursor->epoch, &response->epoch))
    return fail_malformed (error);
  if (response->through < cursor->number && !ym_planted ("go-back"))
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("The server has lost records that it had at the last sync. Everything on this device is kept; "
                            "tell your administrator."));
  else
    return TRUE;
  return FALSE;
}

gboolean
ym_answer_is_other_epoch (YmJournal *journal, const YmResponse *response, gboolean *other, GError **error)
{
  YmPosition cursor;

  *other = ym_journal_get_cursor (journal, &cursor) && !ym_id_equal (&cursor.epoch, &response->epoch);
  if (!*other || response->entries->len + response->receipts->len == 0)
    return TRUE;
  return fail_malformed (error);
}

gboolean
ym_answer_go_back (YmJournal *journal, const YmResponse *response, GError **error)
{
  const YmLineage lineage = { response->past, response->epoch };
  guint64 n_given_up;

  return ym_journal_branch (journal, &lineage, &n_given_up, error)
         && ym_sync_fact_set_integer (ym_journal_get_db (journal), YM_SYNC_FACT_HEALING, 1, error);
}

/* Where an envelope of a run stands now. */
typedef struct {
  gboolean here;
  gboolean pending;
  YmHash hash;
} Own;

static gboolean
find_own (YmJournal *journal, const YmReceipt *receipt, guint64 sequence, Own *own, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (ym_journal_get_db (journal), error,
                        "SELECT position IS NULL, hash FROM envelope WHERE author = ? AND chain = ? AND sequence = ?",
                        "ddi", &receipt->author, &receipt->last.chain, (gint64) sequence);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  *own = (Own){ .here = step == YM_SQL_ROW };
  if (own->here)
    {
      own->pending = sqlite3_column_int (row, 0) != 0;
      own->hash = ym_sql_column_hash (row, 1);
    }
  return step != YM_SQL_FAILED;
}

/* A store that was put back from an older copy lacks the end of a run until it has been pulled again. */
static gboolean
place_run (const Keeping *keeping, const YmReceipt *receipt, GError **error)
{
  for (guint i = 0; i < receipt->outcomes->len; i++)
    {
      const YmOutcome *outcome = &g_array_index (receipt->outcomes, YmOutcome, i);
      const YmPlacement placement = { TRUE,
                                      { receipt->epoch, outcome->position },
                                      outcome->disposition,
                                      outcome->reason,
                                      receipt->server_us };
      guint64 sequence = receipt->first + i;
      Own own;

      if (!find_own (keeping->journal, receipt, sequence, &own, error))
        return FALSE;
      if (!own.here || (!own.pending && !is_own (keeping, &receipt->author)))
        continue;
      /* The last one's hash vouches for all before it: each names the one before by its hash. */
      if (sequence == receipt->last.sequence && !ym_hash_equal (&own.hash, &receipt->last.hash))
        return fail_malformed (error);
      if (!ym_journal_place (keeping->journal, &receipt->author, &receipt->last.chain, sequence, &placement, error))
        return FALSE;
      keeping->counts->placed += own.pending && is_own (keeping, &receipt->author);
      keeping->counts->refused += own.pending && is_own (keeping, &receipt->author) && outcome->disposition >= YM_DISPOSITION_REFUSED;
    }
  return TRUE;
}

/* Whether the positions are of this ledger, in the epoch that gave them out. */
static gboolean
in_ledger (const Keeping *keeping, const YmReceipt *receipt)
{
  const YmOutcome *first = &g_array_index (receipt->outcomes, YmOutcome, 0);
  const YmOutcome *last = &g_array_index (receipt->outcomes, YmOutcome, receipt->outcomes->len - 1);
  const YmPosition from = ym_lineage_position (&keeping->lineage, first->position);
  const YmPosition to = ym_lineage_position (&keeping->lineage, last->position);

  return ym_id_equal (&from.epoch, &receipt->epoch) && ym_id_equal (&to.epoch, &receipt->epoch);
}

static gboolean
keep_receipt (const Keeping *keeping, GBytes *bytes, GError **error)
{
  const YmId *force = ym_journal_get_force (keeping->journal);
  sqlite3 *db = ym_journal_get_db (keeping->journal);
  g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, error);
  g_auto (YmServerIdentity) server = { 0 };
  YmReceiptRow row;

  if (receipt == NULL || !ym_server_identity_read_by_id (db, &receipt->server, &server, error)
      || (!ym_cose_verify (YM_MESSAGE_RECEIPT, force, bytes, server.signing_key, error) && !ym_planted ("receipt-signature")))
    return FALSE;
  if (!ym_id_equal (&receipt->force, force) || !in_ledger (keeping, receipt))
    return fail_malformed (error);
  row = (YmReceiptRow){ receipt->author, receipt->last.chain, receipt->first, receipt->last.sequence, bytes };
  return place_run (keeping, receipt, error) && ym_journal_keep_receipt (keeping->journal, &row, error);
}

/* What lies before the cursor may come for a home that is being backfilled, and for no other. */
static gboolean
may_come_late (const Keeping *keeping, const YmId *scope, gboolean *may, GError **error)
{
  const YmResponse *response = keeping->response;
  gint64 under_way;

  *may = TRUE;
  for (guint i = 0; i < response->backfills->len; i++)
    if (ym_id_equal (&g_array_index (response->backfills, YmBackfill, i).scope, scope))
      return TRUE;
  if (!ym_sql_integer (ym_journal_get_db (keeping->journal), &under_way, error, "SELECT count(*) FROM backfill WHERE scope = ?",
                       "d", scope))
    return FALSE;
  *may = under_way > 0;
  return TRUE;
}

/* What is here of an envelope before it is taken. */
typedef enum {
  NEW_HERE,
  PENDING_HERE, /* without a place so far: the root key's, in its own tool or from an identity bundle */
  PLACED_HERE,
} Before;

static gboolean
find_before (sqlite3 *db, const YmHash *hash, Before *before, GError **error)
{
  gint64 known, pending;

  if (!ym_sql_integer (db, &known, error, "SELECT count(*) FROM envelope WHERE hash = ?", "h", hash)
      || !ym_sql_integer (db, &pending, error, "SELECT count(*) FROM envelope WHERE hash = ? AND position IS NULL", "h",
                          hash))
    return FALSE;
  *before = known == 0 ? NEW_HERE : pending > 0 ? PENDING_HERE : PLACED_HERE;
  return TRUE;
}

static gboolean
keep_entry (const Keeping *keeping, const YmEntry *entry, GError **error)
{
  const YmPlacement placement = { TRUE,
                                  ym_lineage_position (&keeping->lineage, entry->outcome.position),
                                  entry->outcome.disposition,
                                  entry->outcome.reason,
                                  entry->received_us };
  g_autoptr (YmArrival) arrival = ym_arrival_decode (entry->parcel->envelope, entry->parcel->change_set, error);
  gboolean may = TRUE, was_pending;
  Before before;

  if (arrival == NULL)
    return FALSE;
  if (entry->outcome.position <= keeping->cursor.number
      && !may_come_late (keeping, &arrival->header.scope, &may, error))
    return FALSE;
  if (!may)
    return fail_malformed (error);
  if (!find_before (ym_journal_get_db (keeping->journal), &arrival->header.hash, &before, error)
      || !ym_journal_take (keeping->journal, arrival, &placement, error))
    return FALSE;
  was_pending = before == PENDING_HERE && is_own (keeping, &arrival->header.author);
  keeping->counts->taken += before == NEW_HERE;
  keeping->counts->placed += was_pending;
  keeping->counts->refused += was_pending && entry->outcome.disposition >= YM_DISPOSITION_REFUSED;
  return TRUE;
}

/*
 * A server that has more of this device's chain than the device itself: the store is an older copy. It goes on with a
 * new chain that names where it left the old one, so that the two can be told apart.
 */
static gboolean
leave_stale_chain (YmJournal *journal, const YmId *device, const YmResponse *response, GError **error)
{
  g_autoptr (sqlite3_stmt) current
      = ym_sql_prepare (ym_journal_get_db (journal), error,
                        "SELECT chain, sequence FROM chain WHERE author = ? AND current", "d", device);
  YmSqlStep step = current == NULL ? YM_SQL_FAILED : ym_sql_step (current, error);
  gboolean stale = FALSE;

  if (step == YM_SQL_ROW)
    {
      YmId chain = ym_sql_column_id (current, 0);
      guint64 sequence = (guint64) sqlite3_column_int64 (current, 1);

      for (guint i = 0; i < response->held->len; i++)
        {
          const YmChainPoint *held = &g_array_index (response->held, YmChainPoint, i);

          stale = stale || (ym_id_equal (&held->chain, &chain) && held->sequence > sequence);
        }
    }
  g_clear_pointer (&current, ym_sql_release);
  return step != YM_SQL_FAILED && (!stale || ym_journal_start_chain (journal, device, error));
}

static gboolean
keep_backfills (YmJournal *journal, const YmResponse *response, GError **error)
{
  for (guint i = 0; i < response->backfills->len; i++)
    {
      const YmBackfill *backfill = &g_array_index (response->backfills, YmBackfill, i);

      if (!ym_journal_set_backfill (journal, &backfill->scope, backfill->number, backfill->complete, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ym_answer_keep (YmJournal *journal, const YmId *device, const YmId *authors, guint n_authors,
                const YmResponse *response, YmAnswerCounts *counts, GError **error)
{
  const YmPosition through = { response->epoch, response->through + (ym_planted ("cursor-far") ? 1 : 0) };
  Keeping keeping
      = { .journal = journal, .response = response, .authors = authors, .n_authors = n_authors, .counts = counts,
          .lineage = { response->past, response->epoch } };

  *counts = (YmAnswerCounts){ 0 };
  if (!check_position (journal, response, &keeping.cursor, error)
      || !leave_stale_chain (journal, device, response, error))
    return FALSE;
  for (guint i = 0; i < response->entries->len; i++)
    if (!keep_entry (&keeping, g_ptr_array_index (response->entries, i), error))
      return FALSE;
  for (guint i = 0; i < response->receipts->len; i++)
    if (!keep_receipt (&keeping, g_ptr_array_index (response->receipts, i), error))
      return FALSE;
  return keep_backfills (journal, response, error) && ym_journal_advance (journal, &through, error);
}
