/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal's life: opening, whom it trusts, transactions, and the sealed head that follows each commit. */

#include "app/journal/journal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/cbor.h"
#include "app/journal/derived.h"
#include "app/journal/journal-private.h"
#include "app/journal/local-digest.h"
#include "app/journal/receipts.h"
#include "app/journal/search-check.h"
#include "app/journal/tables.h"

static gboolean
load_bytes (sqlite3 *db, const char *name, gpointer target, gsize length, gboolean *found, GError **error)
{
  g_auto (YmValue) value = YM_VALUE_INIT;

  if (!ym_journal_state_get (db, name, &value, error))
    return FALSE;
  *found = value.kind == YM_VALUE_BYTES && g_bytes_get_size (value.bytes) == length;
  if (*found)
    memcpy (target, g_bytes_get_data (value.bytes, NULL), length);
  return TRUE;
}

static gboolean
store_bytes (sqlite3 *db, const char *name, gconstpointer data, gsize length, GError **error)
{
  g_auto (YmValue) value = ym_value_bytes (data, length);

  return ym_journal_state_set (db, name, &value, error);
}

static gboolean
load (YmJournal *journal, guint64 *commits, GError **error)
{
  g_auto (YmValue) count = YM_VALUE_INIT;
  gboolean has_key, has_sum, has_device;

  if (!load_bytes (journal->db, "digest-key", journal->digest.key, sizeof journal->digest.key, &has_key, error)
      || !load_bytes (journal->db, "digest", journal->digest.sum.bytes, YM_HASH_BYTES, &has_sum, error)
      || !load_bytes (journal->db, "root-key", journal->root_key, sizeof journal->root_key, &journal->founded, error)
      || !load_bytes (journal->db, "device", journal->device.bytes, YM_ID_BYTES, &has_device, error)
      || !ym_journal_state_get (journal->db, "commits", &count, error))
    return FALSE;
  if (journal->founded)
    journal->force = ym_id_of_public_key ("force", journal->root_key);
  *commits = count.kind == YM_VALUE_INTEGER ? (guint64) count.integer : 0;
  return TRUE;
}

static gboolean
fill_entry (YmJournal *journal, YmHead *head, GError **error)
{
  g_autoptr (sqlite3_stmt) last
      = ym_sql_prepare (journal->db, error, "SELECT entry, hash FROM envelope ORDER BY entry DESC LIMIT 1", "");
  YmSqlStep step = last == NULL ? YM_SQL_FAILED : ym_sql_step (last, error);

  if (step == YM_SQL_ROW)
    {
      head->entry_count = (guint64) sqlite3_column_int64 (last, 0);
      head->entry_hash = ym_sql_column_hash (last, 1);
    }
  return step != YM_SQL_FAILED;
}

static gboolean
fill_chain (YmJournal *journal, YmHead *head, GError **error)
{
  g_autoptr (sqlite3_stmt) own = ym_sql_prepare (
      journal->db, error, "SELECT chain, sequence, hash FROM chain WHERE author = ? AND current", "d", &journal->device);
  YmSqlStep step = own == NULL ? YM_SQL_FAILED : ym_sql_step (own, error);

  if (step == YM_SQL_ROW)
    {
      head->chain = ym_sql_column_id (own, 0);
      head->sequence = (guint64) sqlite3_column_int64 (own, 1);
      head->own_hash = ym_sql_column_hash (own, 2);
    }
  return step != YM_SQL_FAILED;
}

/* The last entry of the store and the end of its own chain, as the head promises them. */
static gboolean
fill_head (YmJournal *journal, YmHead *head, GError **error)
{
  *head = (YmHead){ .tables_digest = journal->digest.sum };
  return fill_entry (journal, head, error) && fill_chain (journal, head, error);
}

static gboolean
seal (YmJournal *journal, GError **error)
{
  YmHead head;

  if (journal->options.seal == NULL)
    {
      journal->sealed++;
      return TRUE;
    }
  if (!fill_head (journal, &head, error)
      || !journal->options.seal (journal->options.seal_context, &head, error))
    return FALSE;
  journal->sealed = head.counter;
  return TRUE;
}

static gboolean
say_what_is_missing (const YmHead *promised, const YmHead *found, GError **error)
{
  if (found->entry_count < promised->entry_count)
    g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED,
                 _ ("Entries %lu to %lu of this store are missing: it is older than "
                    "it was when it was last used. What is here was kept; ask your administrator to recover it."),
                 (gulong) found->entry_count + 1, (gulong) promised->entry_count);
  else
    g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                         _ ("This store is not as it was left: something in it was put back or changed. What is here "
                            "was kept; ask your administrator to recover it."));
  return FALSE;
}

/*
 * The head is sealed after each commit and counts them. A store that is one commit ahead was cut between the two: that
 * commit was never acknowledged but is whole, so the head is sealed again. A store that is behind, or as far
 * but different, has lost or changed something. So has one whose head was torn without the commit that it was to follow:
 * the head was destroyed, and the commit with it.
 */
static gboolean
check_head (YmJournal *journal, guint64 commits, GError **error)
{
  YmHead promised, found;
  g_autoptr (GError) missing = NULL;

  if (journal->options.read == NULL)
    {
      journal->sealed = commits;
      return TRUE;
    }
  if (!fill_head (journal, &found, error))
    return FALSE;
  if (!journal->options.read (journal->options.seal_context, &promised, &missing))
    {
      /* The first commit of a new store comes before its first head. */
      if (g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND) && commits > 1)
        {
          g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                               _ ("The store's record of its last entry is missing, so what was written last may be too. What "
                                  "is here was kept; recover the store."));
          return FALSE;
        }
      if (!g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&missing));
          return FALSE;
        }
      return commits == 0 ? TRUE : seal (journal, error);
    }
  journal->sealed = promised.counter;
  if (ym_planted ("head") || commits == promised.counter + 1)
    return seal (journal, error);
  if ((promised.is_torn && !ym_planted ("head-torn")) || commits != promised.counter
      || found.entry_count != promised.entry_count
      || !ym_hash_equal (&found.entry_hash, &promised.entry_hash) || found.sequence != promised.sequence
      || !ym_hash_equal (&found.own_hash, &promised.own_hash)
      || !ym_hash_equal (&found.tables_digest, &promised.tables_digest))
    return say_what_is_missing (&promised, &found, error);
  return TRUE;
}

/* A commit like any other, with its head. */
static gboolean
migrate (YmJournal *journal, GError **error)
{
  if (!ym_journal_begin (journal, error))
    return FALSE;
  if (ym_journal_migrate (journal, error))
    return ym_journal_commit (journal, error);
  ym_journal_rollback (journal);
  return FALSE;
}

YmJournal *
ym_journal_open (sqlite3 *db, const YmJournalOptions *options, GError **error)
{
  g_autoptr (YmJournal) journal = g_new0 (YmJournal, 1);
  gboolean current;
  guint64 commits;

  journal->db = db;
  journal->options = *options;
  /* What is there is held against the head before anything in it is changed. */
  if (!ym_journal_prepare (db, options->random, &current, error) || !load (journal, &commits, error)
      || !check_head (journal, commits, error) || (!current && !migrate (journal, error)))
    return NULL;
  return g_steal_pointer (&journal);
}

void
ym_journal_free (YmJournal *journal)
{
  if (journal == NULL)
    return;
  ym_sql_release (journal->undo);
  g_free (journal);
}

sqlite3 *
ym_journal_get_db (YmJournal *journal)
{
  return journal->db;
}

gboolean
ym_journal_found (YmJournal *journal, const guint8 root_key[YM_PUBLIC_KEY_BYTES], const YmId *device, GError **error)
{
  g_assert (journal->in_transaction);
  if (journal->founded)
    {
      if (memcmp (journal->root_key, root_key, YM_PUBLIC_KEY_BYTES) == 0 && ym_id_equal (&journal->device, device))
        return TRUE;
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("This store belongs to another force or device. Use a new folder for the new one."));
      return FALSE;
    }
  if (!store_bytes (journal->db, "root-key", root_key, YM_PUBLIC_KEY_BYTES, error)
      || !store_bytes (journal->db, "device", device->bytes, YM_ID_BYTES, error))
    return FALSE;
  memcpy (journal->root_key, root_key, YM_PUBLIC_KEY_BYTES);
  journal->device = *device;
  journal->force = ym_id_of_public_key ("force", root_key);
  journal->founded = TRUE;
  return TRUE;
}

gboolean
ym_journal_succeed (YmJournal *journal, const YmId *device, GError **error)
{
  g_assert (journal->in_transaction && journal->founded);
  if (!store_bytes (journal->db, "device", device->bytes, YM_ID_BYTES, error))
    return FALSE;
  journal->device = *device;
  return TRUE;
}

gboolean
ym_journal_is_founded (YmJournal *journal)
{
  return journal->founded;
}

const YmId *
ym_journal_get_force (YmJournal *journal)
{
  return &journal->force;
}

const YmId *
ym_journal_get_device (YmJournal *journal)
{
  return &journal->device;
}

const guint8 *
ym_journal_get_root_key (YmJournal *journal)
{
  return journal->root_key;
}

gboolean
ym_journal_begin (YmJournal *journal, GError **error)
{
  g_assert (!journal->in_transaction);
  if (journal->is_unsealed)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE,
                           _ ("The disk refused to write. Nothing was saved since; lock and unlock the store."));
      return FALSE;
    }
  journal->undo = ym_sql_prepare_unbound (journal->db, error, "ROLLBACK");
  if (journal->undo == NULL || !ym_sql_begin (journal->db, error))
    {
      g_clear_pointer (&journal->undo, ym_sql_release);
      return FALSE;
    }
  journal->in_transaction = TRUE;
  journal->digest_before = journal->digest.sum;
  journal->founded_before = journal->founded;
  journal->device_before = journal->device;
  return TRUE;
}

/* Out of memory there would be none for a new statement either, and what went on would go on inside the transaction:
 * shown, acknowledged, and never committed. */
void
ym_journal_rollback (YmJournal *journal)
{
  if (!sqlite3_get_autocommit (journal->db))
    (void) sqlite3_step (journal->undo);
  g_clear_pointer (&journal->undo, ym_sql_release);
  journal->in_transaction = FALSE;
  journal->digest.sum = journal->digest_before;
  /* A founding that was rolled back did not happen. */
  journal->founded = journal->founded_before;
  journal->device = journal->device_before;
  if (!journal->founded)
    journal->force = ym_id_zero;
}

/* Says what is on this device alone as of this commit. */
static gboolean
store_local_digest (YmJournal *journal, GError **error)
{
  YmHash local;

  return ym_local_digest (journal->db, journal->digest.key, &local, error)
         && store_bytes (journal->db, "local-digest", local.bytes, YM_HASH_BYTES, error);
}

gboolean
ym_journal_commit (YmJournal *journal, GError **error)
{
  YmValue commits = ym_value_integer ((gint64) journal->sealed + 1);

  g_assert (journal->in_transaction);
  if (!ym_journal_state_set (journal->db, "commits", &commits, error)
      || !store_bytes (journal->db, "digest", journal->digest.sum.bytes, YM_HASH_BYTES, error)
      || !store_local_digest (journal, error)
      || (ym_planted ("head-early") && !seal (journal, error)) || !ym_sql_commit (journal->db, error))
    {
      ym_journal_rollback (journal);
      return FALSE;
    }
  journal->in_transaction = FALSE;
  g_clear_pointer (&journal->undo, ym_sql_release);
  journal->is_unsealed = !ym_planted ("head-early") && !ym_planted ("no-head") && !seal (journal, error);
  return !journal->is_unsealed;
}

gboolean
ym_journal_begin_step (YmJournal *journal, YmJournalStep *step, GError **error)
{
  g_assert (journal->in_transaction);
  step->digest = journal->digest.sum;
  return ym_sql_script (journal->db, "SAVEPOINT step", error);
}

gboolean
ym_journal_end_step (YmJournal *journal, GError **error)
{
  return ym_sql_script (journal->db, "RELEASE step", error);
}

gboolean
ym_journal_undo_step (YmJournal *journal, const YmJournalStep *step, GError **error)
{
  journal->digest.sum = step->digest;
  return ym_sql_script (journal->db, "ROLLBACK TO step; RELEASE step", error);
}

gboolean
ym_journal_chain_end (YmJournal *journal, const YmId *author, const YmId *chain, YmChainPoint *end, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (journal->db, error, "SELECT sequence, hash FROM chain WHERE author = ? AND chain = ?", "dd",
                        author, chain);
  YmSqlStep step;

  *end = (YmChainPoint){ .chain = *chain };
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    {
      end->sequence = (guint64) sqlite3_column_int64 (statement, 0);
      end->hash = ym_sql_column_hash (statement, 1);
    }
  return step != YM_SQL_FAILED;
}

GArray *
ym_journal_own_authors (YmJournal *journal, const YmId *device, GError **error)
{
  g_autoptr (GArray) authors = g_array_new (FALSE, FALSE, sizeof (YmId));
  g_autoptr (sqlite3_stmt) others = ym_sql_prepare (
      journal->db, error, "SELECT DISTINCT author FROM chain WHERE current AND author IS NOT ?", "d", device);
  YmSqlStep step;

  if (others == NULL)
    return NULL;
  g_array_append_vals (authors, device, 1);
  while ((step = ym_sql_step (others, error)) == YM_SQL_ROW)
    {
      YmId author = ym_sql_column_id (others, 0);

      g_array_append_val (authors, author);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&authors) : NULL;
}

GArray *
ym_journal_chains (YmJournal *journal, const YmId *author, GError **error)
{
  g_autoptr (GArray) chains = g_array_new (FALSE, FALSE, sizeof (YmChainPoint));
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error, "SELECT chain, sequence, hash FROM chain WHERE author = ? ORDER BY chain", "d", author);
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmChainPoint point = { ym_sql_column_id (statement, 0), (guint64) sqlite3_column_int64 (statement, 1),
                             ym_sql_column_hash (statement, 2) };

      g_array_append_val (chains, point);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&chains) : NULL;
}

gboolean
ym_journal_read_cursor (YmJournal *journal, gboolean *found, YmPosition *cursor, GError **error)
{
  g_auto (YmValue) number = YM_VALUE_INIT;

  *cursor = (YmPosition){ 0 };
  *found = FALSE;
  if (!load_bytes (journal->db, "epoch", cursor->epoch.bytes, YM_ID_BYTES, found, error)
      || !ym_journal_state_get (journal->db, "cursor", &number, error))
    return FALSE;
  *found = *found && number.kind == YM_VALUE_INTEGER;
  if (*found)
    cursor->number = (guint64) number.integer;
  return TRUE;
}

gboolean
ym_journal_get_cursor (YmJournal *journal, YmPosition *cursor)
{
  gboolean found;

  return ym_journal_read_cursor (journal, &found, cursor, NULL) && found;
}

static gboolean
recount_envelopes (sqlite3 *db, YmDigest *digest, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (db, error, "SELECT entry, hash, position, disposition FROM envelope", "");
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmHash hash = ym_sql_column_hash (statement, 1);
      YmPlacement placement = { .placed = sqlite3_column_type (statement, 2) != SQLITE_NULL,
                                .position = { .number = (guint64) sqlite3_column_int64 (statement, 2) },
                                .disposition = (YmDisposition) sqlite3_column_int64 (statement, 3) };
      g_autoptr (GBytes) row = ym_journal_envelope_row (sqlite3_column_int64 (statement, 0), &hash, &placement);

      ym_digest_add (digest, row);
    }
  return step == YM_SQL_DONE;
}

static void
recount_row (gpointer digest, const YmRecord *record)
{
  g_autoptr (GBytes) row = ym_tables_encode (record);

  ym_digest_add (digest, row);
}

/* The sum over all there is, under the store's key. */
static gboolean
count_digest (sqlite3 *db, YmHash *sum, GError **error)
{
  YmDigest digest = { { 0 }, { { 0 } } };
  gboolean has_key;
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  if (!load_bytes (db, "digest-key", digest.key, sizeof digest.key, &has_key, error)
      || !recount_envelopes (db, &digest, error) || !ym_receipts_count (db, &digest, error))
    return FALSE;
  for (guint i = 0; i < n_forms; i++)
    if (!ym_tables_each (db, forms[i], recount_row, &digest, error))
      return FALSE;
  *sum = digest.sum;
  return TRUE;
}

gboolean
ym_journal_renew_digest (YmJournal *journal, GError **error)
{
  return count_digest (journal->db, &journal->digest.sum, error);
}

/* A store that an earlier version wrote last does not say. */
static gboolean
recount_local (sqlite3 *db, gboolean *good, GError **error)
{
  guint8 key[YM_DIGEST_KEY_BYTES] = { 0 };
  YmHash kept = { { 0 } }, found;
  gboolean has_key, is_said;

  if (!load_bytes (db, "digest-key", key, sizeof key, &has_key, error)
      || !load_bytes (db, "local-digest", kept.bytes, YM_HASH_BYTES, &is_said, error)
      || !ym_local_digest (db, key, &found, error))
    return FALSE;
  *good = !is_said || ym_hash_equal (&found, &kept);
  return TRUE;
}

static gboolean
recount (sqlite3 *db, GError **error)
{
  YmHash kept = { { 0 } }, sum;
  gboolean has_sum, is_local_good, is_derived_good;

  if (!load_bytes (db, "digest", kept.bytes, YM_HASH_BYTES, &has_sum, error) || !count_digest (db, &sum, error)
      || !recount_local (db, &is_local_good, error) || !ym_derived_check (db, &is_derived_good, error))
    return FALSE;
  if (is_local_good && is_derived_good && ym_hash_equal (&sum, &kept))
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("Some records in this store are not as they were written. What is here was kept. Recover the "
                          "store, then sync."));
  return FALSE;
}

static gboolean
say_pages_are_old (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("Some pages of this store are damaged or older than the others. What is here was kept. Recover "
                          "the store, then sync."));
  return FALSE;
}

/* The index of words is no index that SQLite knows of. */
static gboolean
check_search (sqlite3 *db, GError **error)
{
  gboolean good;

  return ym_search_check (db, &good, error) && (good || say_pages_are_old (error));
}

/* Reads every page, and holds each index against its table: an old page of an index proves itself as any page does, and
 * what is looked up in it would be missed without a word. */
static gboolean
check_pages (sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) check = ym_sql_prepare (db, error, "PRAGMA integrity_check (1)", "");

  if (check == NULL || ym_sql_step (check, error) != YM_SQL_ROW)
    return FALSE;
  if (g_strcmp0 (ym_sql_column_text (check, 0), "ok") == 0)
    return TRUE;
  return say_pages_are_old (error);
}

gboolean
ym_journal_recount (sqlite3 *db, GError **error)
{
  gboolean same;

  /* One snapshot, so that a save in the meantime is not taken for damage. */
  if (!ym_sql_script (db, "BEGIN", error))
    return FALSE;
  same = (ym_planted ("old-pages") || check_pages (db, error)) && recount (db, error)
         && (ym_planted ("old-words") || check_search (db, error));
  ym_sql_rollback (db);
  return same;
}
