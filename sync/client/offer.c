/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bringing back to a restored server what this device still holds. */

#include "sync/client/offer.h"

#include "sync/exchange/limits.h"
#include "sync/exchange/parcel.h"

/* Lost its place, and was not offered in vain. */
#define WAITING "position IS NULL AND received_at > 0"

/* A batch while it is filled. */
typedef struct {
  sqlite3 *db;
  const YmId *authors;
  guint n_authors;
  YmOutbox *outbox;
  GHashTable *taken; /* entries in it */
  gsize size_bytes;
} Filling;

/* A row of what waits. */
typedef struct {
  gint64 entry;
  YmId author;
  YmId chain;
  guint64 sequence;
  YmId group;
} Waiting;

/* What goes together: a receipt with its run, or a save. */
typedef struct {
  GBytes *receipt;
  GPtrArray *groups;
  GArray *entries;
  GArray *ends; /* in entries, by group */
  gsize size_bytes;
} Bundle;

static void
bundle_clear (Bundle *bundle)
{
  g_clear_pointer (&bundle->receipt, g_bytes_unref);
  g_clear_pointer (&bundle->groups, g_ptr_array_unref);
  g_clear_pointer (&bundle->entries, g_array_unref);
  g_clear_pointer (&bundle->ends, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bundle, bundle_clear)

static gboolean
is_own (const Filling *filling, const YmId *author)
{
  for (guint i = 0; i < filling->n_authors; i++)
    if (ym_id_equal (&filling->authors[i], author))
      return TRUE;
  return FALSE;
}

/* Columns: entry, body, change_set, group_id; each save a group of its own, as far as it is here. */
static gboolean
add_rows (Bundle *bundle, sqlite3_stmt *rows, GError **error)
{
  YmId last = ym_id_zero;
  YmSqlStep step;

  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      gint64 entry = sqlite3_column_int64 (rows, 0);
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 1);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 2);
      YmId group = ym_sql_column_id (rows, 3);
      YmParcel *parcel = ym_parcel_new (body, change_set);

      if (bundle->groups->len == 0 || !ym_id_equal (&group, &last))
        {
          g_ptr_array_add (bundle->groups, ym_group_new ());
          g_array_append_val (bundle->ends, bundle->entries->len);
        }
      last = group;
      g_ptr_array_add (g_ptr_array_index (bundle->groups, bundle->groups->len - 1), parcel);
      g_array_append_val (bundle->entries, entry);
      g_array_index (bundle->ends, guint, bundle->ends->len - 1) = bundle->entries->len;
      bundle->size_bytes += ym_parcel_get_size (parcel);
    }
  return step == YM_SQL_DONE;
}

/* The whole run that the receipt speaks of: its last envelope's hash vouches for those before it. */
static gboolean
read_run (Filling *filling, const Waiting *waiting, Bundle *bundle, GError **error)
{
  g_autoptr (sqlite3_stmt) receipt = ym_sql_prepare (
      filling->db, error,
      "SELECT body, first, last FROM receipt WHERE author = ? AND chain = ? AND last >= ? AND first <= ? "
      "ORDER BY last LIMIT 1",
      "ddii", &waiting->author, &waiting->chain, (gint64) waiting->sequence, (gint64) waiting->sequence);
  g_autoptr (sqlite3_stmt) rows = NULL;
  YmSqlStep step = receipt == NULL ? YM_SQL_FAILED : ym_sql_step (receipt, error);

  if (step != YM_SQL_ROW)
    return step == YM_SQL_DONE;
  bundle->receipt = ym_sql_column_bytes (receipt, 0);
  bundle->size_bytes = g_bytes_get_size (bundle->receipt);
  rows = ym_sql_prepare (filling->db, error,
                         "SELECT entry, body, change_set, group_id FROM envelope WHERE author = ? AND chain = ? "
                         "AND sequence BETWEEN ? AND ? AND position IS NULL ORDER BY sequence",
                         "ddii", &waiting->author, &waiting->chain, sqlite3_column_int64 (receipt, 1),
                         sqlite3_column_int64 (receipt, 2));
  return rows != NULL && add_rows (bundle, rows, error);
}

/* Own work whose receipt was never kept is judged once more. */
static gboolean
read_save (Filling *filling, const Waiting *waiting, Bundle *bundle, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      filling->db, error,
      "SELECT entry, body, change_set, group_id FROM envelope WHERE group_id = ? AND author = ? ORDER BY chain, sequence",
      "dd", &waiting->group, &waiting->author);

  return rows != NULL && add_rows (bundle, rows, error);
}

static gboolean
read_bundle (Filling *filling, const Waiting *waiting, Bundle *bundle, GError **error)
{
  bundle->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  bundle->entries = g_array_new (FALSE, FALSE, sizeof (gint64));
  bundle->ends = g_array_new (FALSE, FALSE, sizeof (guint));
  return read_run (filling, waiting, bundle, error)
         && (bundle->receipt != NULL || !is_own (filling, &waiting->author)
             || read_save (filling, waiting, bundle, error));
}

static gboolean
fits (const Filling *filling, const Bundle *bundle)
{
  const YmOutbox *outbox = filling->outbox;

  return outbox->groups->len == 0
         || (filling->size_bytes + bundle->size_bytes <= YM_EXCHANGE_BATCH_BYTES
             && outbox->groups->len + bundle->groups->len <= YM_EXCHANGE_MAX_GROUPS
             && outbox->receipts->len < YM_EXCHANGE_MAX_RECEIPTS);
}

static void
put_in (Filling *filling, const Bundle *bundle)
{
  YmOutbox *outbox = filling->outbox;
  guint before = outbox->entries->len;

  if (bundle->receipt != NULL)
    g_ptr_array_add (outbox->receipts, g_bytes_ref (bundle->receipt));
  for (guint i = 0; i < bundle->groups->len; i++)
    {
      guint end = before + g_array_index (bundle->ends, guint, i);

      g_ptr_array_add (outbox->groups, g_ptr_array_ref (g_ptr_array_index (bundle->groups, i)));
      g_array_append_val (outbox->ends, end);
    }
  for (guint i = 0; i < bundle->entries->len; i++)
    {
      gint64 *entry = &g_array_index (bundle->entries, gint64, i);

      g_hash_table_add (filling->taken, g_memdup2 (entry, sizeof *entry));
      g_array_append_val (outbox->entries, *entry);
    }
  filling->size_bytes += bundle->size_bytes;
}

gboolean
ym_offer_fill (sqlite3 *db, const YmId *authors, guint n_authors, YmOutbox *outbox, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Filling filling = { db, authors, n_authors, outbox, taken, 0 };
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (db, error,
                        "SELECT entry, author, chain, sequence, group_id FROM envelope WHERE " WAITING
                        " ORDER BY received_at, entry",
                        "");
  YmSqlStep step = YM_SQL_DONE;

  if (rows == NULL)
    return FALSE;
  while (!outbox->more && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const Waiting waiting = { sqlite3_column_int64 (rows, 0), ym_sql_column_id (rows, 1), ym_sql_column_id (rows, 2),
                                (guint64) sqlite3_column_int64 (rows, 3), ym_sql_column_id (rows, 4) };
      g_auto (Bundle) bundle = { NULL };

      if (g_hash_table_contains (taken, &waiting.entry))
        continue;
      if (!read_bundle (&filling, &waiting, &bundle, error))
        return FALSE;
      outbox->more = !fits (&filling, &bundle);
      if (!outbox->more)
        put_in (&filling, &bundle);
    }
  outbox->offers = outbox->groups->len > 0;
  outbox->more = outbox->offers; /* what is new here comes after it */
  return step != YM_SQL_FAILED;
}

gboolean
ym_offer_settle (sqlite3 *db, const YmOutbox *outbox, guint n_groups, GError **error)
{
  guint n_entries = n_groups == 0 ? 0 : g_array_index (outbox->ends, guint, n_groups - 1);

  for (guint i = 0; i < n_entries; i++)
    if (!ym_sql_execute (db, error, "UPDATE envelope SET received_at = 0 WHERE entry = ? AND " WAITING, "i",
                         g_array_index (outbox->entries, gint64, i)))
      return FALSE;
  return TRUE;
}

gboolean
ym_offer_count (sqlite3 *db, guint64 *count, GError **error)
{
  gint64 waiting;

  if (!ym_sql_integer (db, &waiting, error, "SELECT count(*) FROM envelope WHERE " WAITING, ""))
    return FALSE;
  *count = (guint64) waiting;
  return TRUE;
}
