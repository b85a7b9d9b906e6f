/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Receipts as rows. They are in the digest of the tables: one that is gone, or older than another, would be missed only when a
 * court asks for it. */

#include "app/journal/receipts.h"

#include <string.h>

#include "app/journal/journal-private.h"
#include "app/vault/bytes.h"

/* "receipt", author, chain, first, last, the hash that it is found by, SHA-256 of the body */
static GBytes *
encode (const YmId *author, const YmId *chain, guint64 first, guint64 last, const YmHash *hash, GBytes *body)
{
  static const char label[] = "receipt";
  YmHash of_body = ym_hash_of_bytes (body);
  GByteArray *row = g_byte_array_new ();
  guint8 range[16];

  ym_put_be64 (range, first);
  ym_put_be64 (range + 8, last);
  g_byte_array_append (row, (const guint8 *) label, strlen (label));
  g_byte_array_append (row, author->bytes, YM_ID_BYTES);
  g_byte_array_append (row, chain->bytes, YM_ID_BYTES);
  g_byte_array_append (row, range, sizeof range);
  g_byte_array_append (row, hash->bytes, YM_HASH_BYTES);
  g_byte_array_append (row, of_body.bytes, YM_HASH_BYTES);
  return g_byte_array_free_to_bytes (row);
}

gboolean
ym_journal_keep_receipt (YmJournal *journal, const YmReceiptRow *row, GError **error)
{
  YmHash hash = ym_hash_of_bytes (row->body);
  g_autoptr (GBytes) encoded = encode (&row->author, &row->chain, row->first, row->last, &hash, row->body);

  g_assert (journal->in_transaction);
  if (!ym_sql_execute (journal->db, error,
                       "INSERT OR IGNORE INTO receipt (hash, author, chain, first, last, body) VALUES (?, ?, ?, ?, ?, ?)",
                       "hddiib", &hash, &row->author, &row->chain, (gint64) row->first, (gint64) row->last, row->body))
    return FALSE;
  if (sqlite3_changes (journal->db) > 0)
    ym_digest_add (&journal->digest, encoded);
  return TRUE;
}

gboolean
ym_receipts_count (sqlite3 *db, YmDigest *digest, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (db, error, "SELECT author, chain, first, last, hash, body FROM receipt", "");
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (rows, 0), chain = ym_sql_column_id (rows, 1);
      YmHash hash = ym_sql_column_hash (rows, 4);
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 5);
      g_autoptr (GBytes) encoded = encode (&author, &chain, (guint64) sqlite3_column_int64 (rows, 2),
                                           (guint64) sqlite3_column_int64 (rows, 3), &hash, body);

      ym_digest_add (digest, encoded);
    }
  return step == YM_SQL_DONE;
}
