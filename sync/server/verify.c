/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is the ledger what the server says it is? Everything is computed anew from what was signed. */

#include "sync/server/verify.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/fields.h"
#include "app/journal/fold.h"
#include "app/journal/missing.h"
#include "app/journal/tables.h"
#include "sync/exchange/receipt.h"
#include "sync/server/ledger-private.h"

typedef struct {
  sqlite3 *db;
  YmId force;
  YmVerification *verification;
} Walk;

void
ym_verification_clear (YmVerification *verification)
{
  ym_audit_clear (&verification->audit);
}

G_GNUC_PRINTF (2, 3)
static void
problem (const Walk *walk, const char *format, ...)
{
  GPtrArray *problems = walk->verification->audit.problems;
  va_list arguments;

  if (problems->len >= YM_AUDIT_MOST_PROBLEMS)
    return;
  va_start (arguments, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
check_positions (const Walk *walk, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (walk->db, error, "SELECT position FROM envelope ORDER BY position", "");
  guint64 expected = 1;
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      guint64 position = (guint64) sqlite3_column_int64 (statement, 0);

      if (position != expected)
        problem (walk, _ ("Position %" PRIu64 " of the ledger is missing or there twice."), expected);
      expected = position + 1;
    }
  walk->verification->end = expected - 1;
  return step == YM_SQL_DONE;
}

static gboolean
check_chains (const Walk *walk, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      walk->db, error,
      "SELECT e.author, count(*), max(e.sequence), c.sequence FROM envelope e "
      "LEFT JOIN chain c ON c.author = e.author AND c.chain = e.chain GROUP BY e.author, e.chain "
      "HAVING c.sequence IS NOT max(e.sequence)",
      "");
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (statement, 0);
      g_autofree char *device = ym_id_to_string (&author);

      problem (walk, _ ("A chain of device %s is not whole: it should have %" PRId64 " envelopes and has %"
                        PRId64 "."),
               device, (gint64) sqlite3_column_int64 (statement, 2), (gint64) sqlite3_column_int64 (statement, 1));
    }
  return step == YM_SQL_DONE;
}

gboolean
ym_ledger_read_server_key (sqlite3 *db, const YmId *server, guint8 key[YM_PUBLIC_KEY_BYTES])
{
  g_autoptr (YmRecord) record = ym_tables_find (db, ym_form (YM_FORM_SERVER), server, NULL);
  const YmValue *value = record == NULL ? NULL : ym_record_get (record, YM_SERVER_SIGNING_KEY);

  if (value == NULL || value->kind != YM_VALUE_BYTES || g_bytes_get_size (value->bytes) != YM_PUBLIC_KEY_BYTES)
    return FALSE;
  memcpy (key, g_bytes_get_data (value->bytes, NULL), YM_PUBLIC_KEY_BYTES);
  return TRUE;
}

/* Whether the ledger says of envelope @sequence what the receipt does. */
static gboolean
fits_ledger (const Walk *walk, const YmReceipt *receipt, guint i)
{
  const YmOutcome *outcome = &g_array_index (receipt->outcomes, YmOutcome, i);
  guint64 sequence = receipt->first + i;
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (
      walk->db, NULL,
      "SELECT hash FROM envelope WHERE author = ? AND chain = ? AND sequence = ? AND position = ? AND disposition = ? "
      "AND reason = ?",
      "ddiiii", &receipt->author, &receipt->last.chain, (gint64) sequence, (gint64) outcome->position,
      (gint64) outcome->disposition, (gint64) outcome->reason);
  YmHash hash;

  if (row == NULL || ym_sql_step (row, NULL) != YM_SQL_ROW)
    return FALSE;
  hash = ym_sql_column_hash (row, 0);
  return sequence < receipt->last.sequence || ym_hash_equal (&hash, &receipt->last.hash);
}

static gboolean
is_true (const Walk *walk, const YmReceipt *receipt, GBytes *body)
{
  guint8 key[YM_PUBLIC_KEY_BYTES];

  if (!ym_id_equal (&receipt->force, &walk->force) || !ym_ledger_read_server_key (walk->db, &receipt->server, key)
      || !ym_cose_verify (YM_MESSAGE_RECEIPT, &walk->force, body, key, NULL))
    return FALSE;
  for (guint i = 0; i < receipt->outcomes->len; i++)
    if (!fits_ledger (walk, receipt, i))
      return FALSE;
  return TRUE;
}

/* Only what came back from a lost ledger is taken with a gap before it, so a gap is a loss and no fault. */
static gboolean
count_missing (const Walk *walk, GError **error)
{
  g_autoptr (GArray) missing = ym_journal_missing (walk->db, error);

  for (guint i = 0; missing != NULL && i < missing->len; i++)
    walk->verification->missing += g_array_index (missing, YmMissing, i).last - g_array_index (missing, YmMissing, i).first + 1;
  return missing != NULL;
}

static gboolean
check_receipts (const Walk *walk, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (walk->db, error, "SELECT body FROM receipt ORDER BY author, chain, last", "");
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (statement, 0);
      g_autoptr (YmReceipt) receipt = body == NULL ? NULL : ym_receipt_decode (body, NULL);

      walk->verification->receipts++;
      if (receipt == NULL)
        problem (walk, _ ("A receipt can't be read."));
      else if (!is_true (walk, receipt, body))
        {
          g_autofree char *device = ym_id_to_string (&receipt->author);

          problem (walk, _ ("The receipt for envelope %" PRIu64 " of device %s is not what the ledger says."),
                   receipt->last.sequence, device);
        }
    }
  return step == YM_SQL_DONE;
}

static void
check_record (const Walk *walk, const YmForm *form, const YmId *scope, const YmId *id, guint64 *found)
{
  g_autoptr (YmRecord) folded = ym_fold_record_at (walk->db, form, scope, id, G_MAXINT64, NULL);
  g_autoptr (YmRecord) row = ym_tables_read (walk->db, form, scope, id, NULL);
  gboolean same = (folded == NULL) == (row == NULL) && (row == NULL || ym_record_equal (folded, row));
  g_autofree char *name = ym_id_to_string (id);

  *found += row != NULL;
  if (!same)
    problem (walk, _ ("Record %s (%s) is not what its operations give."), name, ym_label (form->label));
}

/* Each record that an operation touches, and no row that none does. */
static gboolean
check_form (const Walk *walk, const YmForm *form, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      walk->db, error, "SELECT DISTINCT scope, record FROM operation WHERE type = ?", "i", (gint64) form->id);
  g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM \"%s\"", form->name);
  guint64 found = 0;
  gint64 rows;
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (statement, 0);
      YmId record = ym_sql_column_id (statement, 1);

      check_record (walk, form, &scope, &record, &found);
    }
  if (step == YM_SQL_FAILED || !ym_sql_integer (walk->db, &rows, error, count, ""))
    return FALSE;
  walk->verification->records += found;
  if ((guint64) rows != found)
    problem (walk, _ ("There are rows that nobody signed for (%s)."), ym_label (form->label));
  return TRUE;
}

static gboolean
check_all (const Walk *walk, GError **error)
{
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  if (!check_positions (walk, error) || !check_chains (walk, error) || !count_missing (walk, error)
      || !check_receipts (walk, error))
    return FALSE;
  for (guint i = 0; i < n_forms; i++)
    if (!check_form (walk, forms[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_root_key (sqlite3 *db, guint8 root_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (db, error, "SELECT value FROM state WHERE name = 'root-key' AND length(value) = 32", "");
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    memcpy (root_key, sqlite3_column_blob (statement, 0), YM_PUBLIC_KEY_BYTES);
  else if (step == YM_SQL_DONE)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                         _ ("This server has no force yet. Start it with “ymweld-server serve --identity FILE”."));
  return step == YM_SQL_ROW;
}

gboolean
ym_ledger_verify (sqlite3 *db, YmVerification *verification, GError **error)
{
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  Walk walk = { .db = db, .verification = verification };
  gboolean checked;

  *verification = (YmVerification){ 0 };
  if (!read_root_key (db, root_key, error) || !ym_journal_audit (db, root_key, &verification->audit, error))
    return FALSE;
  walk.force = ym_id_of_public_key ("force", root_key);
  /* One snapshot, so that a commit in the meantime is not taken for damage. */
  if (!ym_sql_script (db, "BEGIN", error))
    return FALSE;
  checked = check_all (&walk, error);
  ym_sql_rollback (db);
  return checked;
}
