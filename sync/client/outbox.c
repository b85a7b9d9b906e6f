/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be pushed next, and what is on its way. */

#include "sync/client/outbox.h"

#include "sync/client/offer.h"
#include "sync/exchange/limits.h"
#include "sync/exchange/parcel.h"

/* A batch while it is filled. */
typedef struct {
  sqlite3 *db;
  YmOutbox *outbox;
  GHashTable *taken; /* ids of the groups in it */
  gsize size_bytes;
} Filling;

void
ym_outbox_clear (YmOutbox *outbox)
{
  g_clear_pointer (&outbox->groups, g_ptr_array_unref);
  g_clear_pointer (&outbox->entries, g_array_unref);
  g_clear_pointer (&outbox->ends, g_array_unref);
  g_clear_pointer (&outbox->receipts, g_ptr_array_unref);
}

/* One group, whole, with the rows of its envelopes. */
static GPtrArray *
read_group (sqlite3 *db, const YmId *author, const YmId *id, GArray *entries, gsize *size_bytes, GError **error)
{
  g_autoptr (GPtrArray) group = ym_group_new ();
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      db, error,
      "SELECT entry, body, change_set FROM envelope WHERE group_id = ? AND author = ? ORDER BY chain, sequence", "dd", id,
      author);
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  *size_bytes = 0;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      gint64 entry = sqlite3_column_int64 (statement, 0);
      g_autoptr (GBytes) body = ym_sql_column_bytes (statement, 1);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (statement, 2);
      YmParcel *parcel = ym_parcel_new (body, change_set);

      g_array_append_val (entries, entry);
      *size_bytes += ym_parcel_get_size (parcel);
      g_ptr_array_add (group, parcel);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&group) : NULL;
}

/* Puts a group in, or sees that it does not fit any more. */
static gboolean
add_group (Filling *filling, const YmId *author, const YmId *id, GError **error)
{
  YmOutbox *outbox = filling->outbox;
  guint n_before = outbox->entries->len;
  gsize size_bytes;
  GPtrArray *group = read_group (filling->db, author, id, outbox->entries, &size_bytes, error);

  if (group == NULL)
    return FALSE;
  if (outbox->groups->len > 0
      && (filling->size_bytes + size_bytes > YM_EXCHANGE_BATCH_BYTES || outbox->groups->len == YM_EXCHANGE_MAX_GROUPS))
    {
      g_array_set_size (outbox->entries, n_before);
      g_ptr_array_unref (group);
      outbox->more = TRUE;
      return TRUE;
    }
  g_hash_table_add (filling->taken, ym_id_copy (id));
  g_ptr_array_add (outbox->groups, group);
  g_array_append_val (outbox->ends, outbox->entries->len);
  filling->size_bytes += size_bytes;
  return TRUE;
}

/* Takes groups from rows of author, group and sequence until the batch is full. */
static gboolean
add_groups (Filling *filling, sqlite3_stmt *rows, const YmOutboxAgain *again, GError **error)
{
  YmSqlStep step = YM_SQL_DONE;

  while (!filling->outbox->more && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (rows, 0);
      YmId id = ym_sql_column_id (rows, 1);

      if (!g_hash_table_contains (filling->taken, &id) && !add_group (filling, &author, &id, error))
        return FALSE;
      if (again != NULL && !filling->outbox->more)
        filling->outbox->last = (guint64) sqlite3_column_int64 (rows, 2);
    }
  return step != YM_SQL_FAILED;
}

static gboolean
add_again (Filling *filling, const YmOutboxAgain *again, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = NULL;

  filling->outbox->last = again->after;
  if (!again->active)
    return TRUE;
  rows = ym_sql_prepare (filling->db, error,
                         "SELECT author, group_id, sequence FROM envelope "
                         "WHERE author = ? AND chain = ? AND sequence > ? ORDER BY sequence",
                         "ddi", &again->author, &again->chain, (gint64) again->after);
  return rows != NULL && add_groups (filling, rows, again, error);
}

/* One author at a time would put the administrator's imports before the certificate that makes them count: the order is
 * that of the writing. */
static gboolean
add_pending (Filling *filling, const YmId *authors, guint n_authors, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT author, group_id, sequence FROM envelope WHERE position IS NULL "
                                          "AND coalesce (received_at, 0) = 0 AND author IN (");
  g_autoptr (sqlite3_stmt) rows = NULL;

  for (guint i = 0; i < n_authors; i++)
    g_string_append (sql, i == 0 ? "?" : ", ?");
  g_string_append (sql, ") ORDER BY entry");
  rows = ym_sql_prepare_unbound (filling->db, error, sql->str);
  for (guint i = 0; rows != NULL && i < n_authors; i++)
    if (!ym_sql_bind (rows, (int) i + 1, error, "d", &authors[i]))
      return FALSE;
  return rows != NULL && add_groups (filling, rows, NULL, error);
}

gboolean
ym_outbox_fill (sqlite3 *db, const YmId *authors, guint n_authors, const YmOutboxAgain *again, YmOutbox *outbox,
                GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  Filling filling = { db, outbox, taken, 0 };

  *outbox = (YmOutbox){
    .groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref),
    .entries = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .ends = g_array_new (FALSE, FALSE, sizeof (guint)),
    .receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
  };
  if (n_authors > 0 && !again->active && !ym_offer_fill (db, authors, n_authors, outbox, error))
    return FALSE;
  return outbox->offers || (add_again (&filling, again, error) && add_pending (&filling, authors, n_authors, error));
}

gboolean
ym_outbox_mark (sqlite3 *db, const YmOutbox *outbox, gint64 now_us, GError **error)
{
  for (guint i = 0; i < outbox->entries->len; i++)
    if (!ym_sql_execute (db, error,
                         "INSERT OR REPLACE INTO sync_sent (entry, sent_at) "
                         "SELECT entry, ? FROM envelope WHERE entry = ? AND position IS NULL",
                         "ii", now_us, g_array_index (outbox->entries, gint64, i)))
      return FALSE;
  return TRUE;
}

gboolean
ym_outbox_unmark (sqlite3 *db, const YmOutbox *outbox, GError **error)
{
  for (guint i = 0; i < outbox->entries->len; i++)
    if (!ym_sql_execute (db, error, "DELETE FROM sync_sent WHERE entry = ?", "i",
                         g_array_index (outbox->entries, gint64, i)))
      return FALSE;
  return TRUE;
}

gboolean
ym_outbox_count_pending (sqlite3 *db, const YmOutbox *outbox, guint n_groups, guint *pending, GError **error)
{
  guint n_entries = n_groups == 0 ? 0 : g_array_index (outbox->ends, guint, n_groups - 1);

  *pending = 0;
  for (guint i = 0; i < n_entries; i++)
    {
      gint64 count;

      if (!ym_sql_integer (db, &count, error, "SELECT count(*) FROM envelope WHERE entry = ? AND position IS NULL", "i",
                           g_array_index (outbox->entries, gint64, i)))
        return FALSE;
      *pending += (guint) count;
    }
  return TRUE;
}
