/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A keyed hash over what is on this device alone. The set hash of the synced tables does not know of it, and the page of a
 * draft that was put back from an older copy of the file proves itself as any page does. */

#include "app/journal/local-digest.h"

#include <sodium.h>
#include <string.h>

/* Small, and no row is found by another table's. Columns by name, so that a later one changes nothing by being there. */
static const char *const queries[][2] = {
  { "draft", "SELECT id, form, scope, body, place, begun_at, saved_at, refused, reason FROM draft ORDER BY id" },
  { "taken_back", "SELECT hash FROM taken_back ORDER BY hash" },
  { "sync_fact", "SELECT name, value FROM sync_fact ORDER BY name" },
  { "sync_sent", "SELECT entry, sent_at FROM sync_sent ORDER BY entry" },
};

/* Type, length, bytes: rows that differ can't be the same bytes. */
static void
hash_value (crypto_generichash_state *hash, sqlite3_stmt *row, int column)
{
  const int type = sqlite3_column_type (row, column);
  const guint8 *data = sqlite3_column_blob (row, column); /* also of integers: as text */
  const gint32 head[2] = { type, sqlite3_column_bytes (row, column) };

  crypto_generichash_update (hash, (const guint8 *) head, sizeof head);
  if (head[1] > 0)
    crypto_generichash_update (hash, data, (unsigned long long) head[1]);
}

static gboolean
hash_rows (sqlite3 *db, crypto_generichash_state *hash, const char *query, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (db, error, query, "");
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    for (int i = 0; i < sqlite3_column_count (rows); i++)
      hash_value (hash, rows, i);
  return step == YM_SQL_DONE;
}

gboolean
ym_local_digest (sqlite3 *db, const guint8 key[YM_DIGEST_KEY_BYTES], YmHash *digest, GError **error)
{
  crypto_generichash_state hash;

  crypto_generichash_init (&hash, key, YM_DIGEST_KEY_BYTES, YM_HASH_BYTES);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      gboolean there = sqlite3_table_column_metadata (db, NULL, queries[i][0], NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;

      crypto_generichash_update (&hash, (const guint8 *) queries[i][0], strlen (queries[i][0]) + 1);
      if (there && !hash_rows (db, &hash, queries[i][1], error))
        return FALSE;
    }
  crypto_generichash_final (&hash, digest->bytes, YM_HASH_BYTES);
  return TRUE;
}
