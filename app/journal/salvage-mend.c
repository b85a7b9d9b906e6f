/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A salvaged store after its first whole exchange: what the server holds is back, and what it does not hold can be told. */

#include "app/journal/journal-private.h"
#include "app/journal/salvage-private.h"

gboolean
ym_journal_salvage_is_open (sqlite3 *db, gboolean *open, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (db, &count, error, "SELECT count(*) FROM sqlite_schema WHERE name = 'salvaged'", ""))
    return FALSE;
  *open = count > 0;
  return TRUE;
}

/* The last envelope of the chain before the first that is missing; sequence 0 if that is the very first. */
static gboolean
find_unbroken_end (sqlite3 *db, const YmId *author, YmChainPoint *point, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (db, error,
                        "SELECT sequence, hash FROM envelope WHERE author = ? AND chain = ? ORDER BY sequence", "dd",
                        author, &point->chain);
  YmSqlStep step;

  point->sequence = 0;
  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW
         && (guint64) sqlite3_column_int64 (rows, 0) == point->sequence + 1)
    {
      point->sequence++;
      point->hash = ym_sql_column_hash (rows, 1);
    }
  return step != YM_SQL_FAILED;
}

GArray *
ym_journal_salvage_chains (YmJournal *journal, const YmId *author, GError **error)
{
  g_autoptr (GArray) chains = ym_journal_chains (journal, author, error);

  for (guint i = 0; chains != NULL && i < chains->len; i++)
    if (!find_unbroken_end (journal->db, author, &g_array_index (chains, YmChainPoint, i), error))
      return NULL;
  return g_steal_pointer (&chains);
}

/*
 * The entries of a chain's pending envelopes from the first group on that the server can't take as it is: it takes a
 * chain without gaps, and a group whole.
 */
static gboolean
add_stranded (sqlite3 *db, const YmId *author, const YmId *chain, GArray *stranded, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      db, error,
      "SELECT entry, sequence, position IS NULL, group_index, group_count, "
      "(SELECT count(*) FROM envelope g WHERE g.group_id = e.group_id AND g.author = e.author AND g.chain = e.chain) "
      "FROM envelope e WHERE author = ? AND chain = ? ORDER BY sequence",
      "dd", author, chain);
  guint64 last = 0; /* that the server has or will have */
  gboolean broken = FALSE;
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      gint64 entry = sqlite3_column_int64 (rows, 0);
      guint64 sequence = (guint64) sqlite3_column_int64 (rows, 1);
      gboolean pending = sqlite3_column_int (rows, 2) != 0;

      broken = broken
               || (pending && (sequence != last + 1 || sqlite3_column_int64 (rows, 4) != sqlite3_column_int64 (rows, 5)));
      if (pending && broken)
        g_array_append_val (stranded, entry);
      last = sequence;
    }
  return step == YM_SQL_DONE;
}

/* In the order in which they were written. */
static int
compare_entries (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static GArray *
list_stranded (YmJournal *journal, const YmId *author, GError **error)
{
  g_autoptr (GArray) stranded = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) chains = ym_journal_chains (journal, author, error);

  if (chains == NULL)
    return NULL;
  for (guint i = 0; i < chains->len; i++)
    if (!add_stranded (journal->db, author, &g_array_index (chains, YmChainPoint, i).chain, stranded, error))
      return NULL;
  g_array_sort (stranded, compare_entries);
  return g_steal_pointer (&stranded);
}

/* What is written anew. */
typedef struct {
  YmEnvelope header;
  GBytes *change_set;
  YmId group; /* the old one; the new one has what is left of it */
} Stranded;

static void
stranded_clear (Stranded *stranded)
{
  g_clear_pointer (&stranded->change_set, g_bytes_unref);
}

/* Out of the journal, and into the evidence: it was signed, and that stays known. */
static gboolean
lift (YmJournal *journal, gint64 entry, GArray *lifted, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (journal->db, error, "SELECT body, change_set FROM envelope WHERE entry = ?", "i", entry);
  g_autoptr (GBytes) body = NULL;
  Stranded stranded = { .change_set = NULL };

  if (row == NULL || ym_sql_step (row, error) != YM_SQL_ROW)
    return FALSE;
  body = ym_sql_column_bytes (row, 0);
  stranded.change_set = ym_sql_column_bytes (row, 1);
  g_clear_pointer (&row, sqlite3_finalize);
  if (!ym_envelope_decode (body, &stranded.header, error))
    {
      stranded_clear (&stranded);
      return FALSE;
    }
  stranded.group = stranded.header.group;
  /* One whose change set was erased says nothing any more that could be said again. */
  if (stranded.change_set != NULL)
    g_array_append_val (lifted, stranded);
  return ym_journal_keep_evidence (journal, "written-again", &stranded.header.hash, body, stranded.change_set, error)
         && ym_journal_forget (journal, entry, error);
}

/* What is left of each group becomes a group of its own. */
static void
regroup (YmJournal *journal, GArray *lifted)
{
  for (guint first = 0, end; first < lifted->len; first = end)
    {
      YmId group = ym_id_random (journal->options.random);
      const YmId old = g_array_index (lifted, Stranded, first).group;

      for (end = first; end < lifted->len && ym_id_equal (&g_array_index (lifted, Stranded, end).group, &old);)
        end++;
      for (guint i = first; i < end; i++)
        {
          YmEnvelope *header = &g_array_index (lifted, Stranded, i).header;

          header->group = group;
          header->group_index = i - first;
          header->group_count = end - first;
        }
    }
}

/* The chains end where they now end. */
static gboolean
shorten_chains (sqlite3 *db, const YmId *author, GError **error)
{
  return ym_sql_execute (db, error,
                         "UPDATE chain SET (sequence, hash) = (SELECT sequence, hash FROM envelope e "
                         "WHERE e.author = chain.author AND e.chain = chain.chain ORDER BY sequence DESC LIMIT 1) "
                         "WHERE author = ? AND EXISTS (SELECT 1 FROM envelope e WHERE e.author = chain.author "
                         "AND e.chain = chain.chain)",
                         "d", author);
}

static gboolean
write_stranded_again (YmJournal *journal, const YmAuthor *author, GError **error)
{
  g_autoptr (GArray) entries = list_stranded (journal, &author->device, error);
  g_autoptr (GArray) lifted = g_array_new (FALSE, FALSE, sizeof (Stranded));

  g_array_set_clear_func (lifted, (GDestroyNotify) stranded_clear);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    if (!lift (journal, g_array_index (entries, gint64, i), lifted, error))
      return FALSE;
  regroup (journal, lifted);
  if (!shorten_chains (journal->db, &author->device, error))
    return FALSE;
  for (guint i = 0; i < lifted->len; i++)
    {
      Stranded *stranded = &g_array_index (lifted, Stranded, i);

      if (!ym_journal_write_again (journal, author, &stranded->header, stranded->change_set, error))
        return FALSE;
    }
  return TRUE;
}

/* A store that had to be enrolled again has its old chains only now. */
static gboolean
leave_chain (YmJournal *journal, const YmId *author, GError **error)
{
  gint64 current;

  return ym_sql_integer (journal->db, &current, error, "SELECT count(*) FROM chain WHERE author = ? AND current", "d",
                         author)
         && (current > 0 || ym_journal_salvage_leave_chain (journal, author, NULL, error));
}

gboolean
ym_journal_salvage_mend (YmJournal *journal, const YmAuthor *author, GError **error)
{
  guint64 taken = 0;

  do
    if (!ym_journal_salvage_pass (journal, NULL, FALSE, &taken, error))
      return FALSE;
  while (taken > 0);
  return leave_chain (journal, &author->device, error) && write_stranded_again (journal, author, error)
         && ym_sql_script (journal->db, "DROP TABLE salvaged; DROP TABLE salvaged_proof", error);
}
