/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a device gets: everything after its cursor that its officer may see, in ledger order.
 *
 * A stream reaches a device without holes and in order, because its running hash is computed on the way. So when the
 * scan meets the first entry of a home that the device can see now and could not at its cursor, it stops before it and
 * opens a backfill: the home's entries up to there come first, over as many responses as they need, with the
 * cursor standing still, and only then does the scan go on. The device keeps the list of what is under way;
 * the server keeps nothing.
 */

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/forms/fields.h"
#include "sync/server/ledger-private.h"

/* Positions looked at for one response, seen or not. */
#define MOST_POSITIONS 4096

/* What the array around an entry adds to its parcel, at most. */
#define ENTRY_OVERHEAD_BYTES 48

typedef struct {
  YmLedger *ledger;
  const YmRequest *request;
  const YmCertificate *certificate;
  gboolean revoked;
  YmResponse *response;
  guint64 start;       /* the device's cursor, as a number of this epoch */
  gsize most_bytes;
  gsize bytes;
  GHashTable *actors;  /* YmId of a scope to YmActor: as of now */
  GHashTable *checked; /* scopes that are no news in this response */
  GHashTable *given;   /* receipts that are in the response */
} Pull;

static void
pull_clear (Pull *pull)
{
  g_clear_pointer (&pull->actors, g_hash_table_unref);
  g_clear_pointer (&pull->checked, g_hash_table_unref);
  g_clear_pointer (&pull->given, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, pull_clear)

/* One row of `envelope`, without its bodies. */
typedef struct {
  guint64 position;
  YmId scope;
  YmClass stream_class;
  YmId author;
  YmId chain;
  guint64 sequence;
  gint64 entry;
} Row;

#define COLUMNS                                                                                                        \
  "position, scope, class, author, chain, sequence, entry, disposition, reason, received_at, body, change_set "

static Row
row_of (sqlite3_stmt *statement)
{
  return (Row){ (guint64) sqlite3_column_int64 (statement, 0), ym_sql_column_id (statement, 1),
                (YmClass) sqlite3_column_int64 (statement, 2), ym_sql_column_id (statement, 3),
                ym_sql_column_id (statement, 4), (guint64) sqlite3_column_int64 (statement, 5),
                sqlite3_column_int64 (statement, 6) };
}

static YmScopeKind
kind_of (const Pull *pull, const YmId *scope)
{
  return ym_id_equal (scope, ym_journal_get_force (pull->ledger->journal)) ? YM_SCOPE_FORCE : YM_SCOPE_HOME;
}

static const YmActor *
actor_now (Pull *pull, const YmId *scope, GError **error)
{
  YmActor *actor = g_hash_table_lookup (pull->actors, scope);

  if (actor != NULL)
    return actor;
  actor = g_new (YmActor, 1);
  if (!ym_actor_read (pull->ledger->db, pull->certificate, scope, G_MAXINT64, pull->ledger->now_us, actor, error))
    {
      g_free (actor);
      return NULL;
    }
  g_hash_table_insert (pull->actors, ym_id_copy (scope), actor);
  return actor;
}

/* A revoked device needs to hear of its revocation, and of nothing else. */
static gboolean
may_see (Pull *pull, const YmId *scope, YmClass stream_class, gboolean *may, GError **error)
{
  const YmActor *actor;

  *may = stream_class == YM_CLASS_IDENTITY;
  if (*may || pull->revoked)
    return TRUE;
  actor = actor_now (pull, scope, error);
  if (actor == NULL)
    return FALSE;
  *may = ym_authority_may_see (actor, stream_class, kind_of (pull, scope));
  return TRUE;
}

/* Whether the device said that it has this envelope of its own: then its receipt is enough. */
static gboolean
has_own (const Pull *pull, const Row *row)
{
  if (!ym_id_equal (&row->author, &pull->request->device))
    return FALSE;
  for (guint i = 0; i < pull->request->own->len; i++)
    {
      const YmChainPoint *point = &g_array_index (pull->request->own, YmChainPoint, i);

      if (ym_id_equal (&point->chain, &row->chain))
        return row->sequence <= point->sequence;
    }
  return FALSE;
}

static gboolean
is_full (const Pull *pull, gsize more)
{
  return pull->response->entries->len >= YM_EXCHANGE_MAX_ENTRIES
         || pull->response->receipts->len >= YM_EXCHANGE_MAX_RECEIPTS
         || (pull->response->entries->len > 0 && pull->bytes + more > pull->most_bytes);
}

/* Whether an envelope holds records that belong to another class than its own, or to none that is known. */
static gboolean
is_in_disguise (const Pull *pull, const Row *row, gboolean *is, GError **error)
{
  g_autoptr (sqlite3_stmt) types = ym_sql_prepare (pull->ledger->db, error,
                                                   "SELECT DISTINCT type FROM operation WHERE entry = ?", "i", row->entry);
  YmSqlStep step;

  *is = FALSE;
  if (types == NULL)
    return FALSE;
  while ((step = ym_sql_step (types, error)) == YM_SQL_ROW)
    {
      const YmForm *form = ym_form ((guint) sqlite3_column_int64 (types, 0));

      *is = !ym_planted ("disguise") && (*is || form == NULL || form->record_class != row->stream_class);
    }
  return step == YM_SQL_DONE;
}

/*
 * A learning note that was refused because of whom it names goes to everybody as an envelope alone; so does what was
 * refused because it says of a child's record, say, that it is an ordinary one.
 */
static gboolean
read_change_set (const Pull *pull, sqlite3_stmt *statement, const Row *row, GBytes **change_set, GError **error)
{
  gboolean is_withheld = sqlite3_column_int64 (statement, 8) == YM_REASON_NAMES_SOMEBODY;

  *change_set = NULL;
  if (!is_withheld && sqlite3_column_int64 (statement, 7) >= YM_DISPOSITION_REFUSED
      && !is_in_disguise (pull, row, &is_withheld, error))
    return FALSE;
  if (!is_withheld)
    *change_set = ym_sql_column_bytes (statement, 11);
  return TRUE;
}

/* *@added FALSE: the response is full. */
static gboolean
add_entry (Pull *pull, sqlite3_stmt *statement, const Row *row, gboolean *added, GError **error)
{
  g_autoptr (GBytes) envelope = ym_sql_column_bytes (statement, 10);
  g_autoptr (GBytes) change_set = NULL;
  g_autoptr (YmParcel) parcel = NULL;
  const YmOutcome outcome = { row->position, (YmDisposition) sqlite3_column_int64 (statement, 7),
                              (guint) sqlite3_column_int64 (statement, 8) };
  gsize bytes;

  if (!read_change_set (pull, statement, row, &change_set, error))
    return FALSE;
  parcel = ym_parcel_new (envelope, change_set);
  bytes = ym_parcel_get_size (parcel) + ENTRY_OVERHEAD_BYTES;
  *added = !is_full (pull, bytes);
  if (!*added)
    return TRUE;
  pull->bytes += bytes;
  g_ptr_array_add (pull->response->entries,
                   ym_entry_new (g_steal_pointer (&parcel), &outcome, sqlite3_column_int64 (statement, 9)));
  return TRUE;
}

static gboolean
add_receipt (Pull *pull, const Row *row, gboolean make, GError **error)
{
  guint before = pull->response->receipts->len;

  if (!ym_receipts_find (pull->ledger, &row->author, &row->chain, row->sequence, make, pull->given,
                         pull->response->receipts, error))
    return FALSE;
  for (guint i = before; i < pull->response->receipts->len; i++)
    pull->bytes += g_bytes_get_size (g_ptr_array_index (pull->response->receipts, i));
  return TRUE;
}

/* Gives one row if the device may see it; *@added FALSE if there was no room. */
static gboolean
give (Pull *pull, sqlite3_stmt *statement, const Row *row, gboolean *added, GError **error)
{
  gboolean may;

  *added = TRUE;
  if (has_own (pull, row))
    {
      *added = !is_full (pull, 0);
      return !*added || add_receipt (pull, row, TRUE, error);
    }
  if (!may_see (pull, &row->scope, row->stream_class, &may, error))
    return FALSE;
  if (!may)
    return TRUE;
  if (!add_entry (pull, statement, row, added, error))
    return FALSE;
  /* Whoever holds it can bring it back to a ledger that lost it; what is identity comes with the identity file. */
  return !*added || row->stream_class == YM_CLASS_IDENTITY || add_receipt (pull, row, FALSE, error);
}

/* The old entries of one home, from where the device has them; FALSE in *@complete if there was no room for all. */
static gboolean
continue_backfill (Pull *pull, YmBackfill *backfill, gboolean *complete, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      pull->ledger->db, error,
      "SELECT " COLUMNS "FROM envelope WHERE scope = ? AND position > ? AND position <= ? ORDER BY position", "dii",
      &backfill->scope, (gint64) backfill->number, (gint64) pull->start);
  YmSqlStep step;

  *complete = TRUE;
  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      Row row = row_of (statement);

      if (!give (pull, statement, &row, complete, error))
        return FALSE;
      if (!*complete)
        return TRUE;
      backfill->number = row.position;
    }
  backfill->number = pull->start;
  return step == YM_SQL_DONE;
}

static gboolean
continue_backfills (Pull *pull, gboolean *complete, GError **error)
{
  *complete = TRUE;
  for (guint i = 0; i < pull->request->backfills->len; i++)
    {
      YmBackfill backfill = g_array_index (pull->request->backfills, YmBackfill, i);

      if (*complete && !continue_backfill (pull, &backfill, complete, error))
        return FALSE;
      g_array_append_val (pull->response->backfills, backfill);
    }
  for (guint i = 0; i < pull->response->backfills->len; i++)
    g_hash_table_add (pull->checked,
                      ym_id_copy (&g_array_index (pull->response->backfills, YmBackfill, i).scope));
  return TRUE;
}

/*
 * All are complete together, and only with the entry that opened them: otherwise the next scan would meet that entry
 * and open them again.
 */
static void
complete_backfills (Pull *pull)
{
  for (guint i = 0; i < pull->request->backfills->len; i++)
    g_array_index (pull->response->backfills, YmBackfill, i).complete
        = pull->response->through > pull->start || pull->start == pull->ledger->end;
}

static gboolean
sees_more_than (const YmActor *now, const YmActor *before, YmScopeKind kind)
{
  static const YmClass classes[] = { YM_CLASS_REFERENCE, YM_CLASS_ORDINARY, YM_CLASS_CHILD };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (ym_authority_may_see (now, classes[i], kind) && !ym_authority_may_see (before, classes[i], kind))
      return TRUE;
  return FALSE;
}

/* Opens a backfill of @scope if the device could not see at its cursor what it can see now. */
static gboolean
open_if_new (Pull *pull, const YmId *scope, GError **error)
{
  const YmActor *now = actor_now (pull, scope, error);
  YmBackfill backfill = { .scope = *scope };
  YmActor before;

  if (now == NULL)
    return FALSE;
  if (!ym_authority_may_see (now, YM_CLASS_REFERENCE, kind_of (pull, scope)) /* who does not see that sees nothing */
      || !g_hash_table_add (pull->checked, ym_id_copy (scope)))
    return TRUE;
  if (!ym_actor_read (pull->ledger->db, pull->certificate, scope, pull->start, pull->ledger->now_us, &before, error))
    return FALSE;
  if (!ym_planted ("backfill-none") && sees_more_than (now, &before, kind_of (pull, scope))
      && pull->response->backfills->len < YM_EXCHANGE_MAX_BACKFILLS)
    g_array_append_val (pull->response->backfills, backfill);
  return TRUE;
}

static gboolean
is_own_officer (Pull *pull, const Row *row, gboolean *is, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (pull->ledger->db, &count, error,
                       "SELECT count(*) FROM operation WHERE entry = ? AND type = ? AND record = ?", "iid", row->entry,
                       (gint64) YM_FORM_OFFICER, &pull->certificate->officer))
    return FALSE;
  *is = count > 0;
  return TRUE;
}

/* Each home, and what is about the force as a whole. */
static gboolean
open_all_new (Pull *pull, GError **error)
{
  g_autoptr (sqlite3_stmt) homes = ym_sql_prepare (pull->ledger->db, error, "SELECT scope FROM home", "");
  YmSqlStep step;

  if (homes == NULL || !open_if_new (pull, ym_journal_get_force (pull->ledger->journal), error))
    return FALSE;
  while ((step = ym_sql_step (homes, error)) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (homes, 0);

      if (!open_if_new (pull, &scope, error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}

/*
 * Whether a home is new with this row: one of its own entries that can be seen now, or a change to the officer, whose role
 * or area may open any home. *@opened if so: the old entries must come first.
 */
static gboolean
look_for_news (Pull *pull, const Row *row, gboolean *opened, GError **error)
{
  guint before = pull->response->backfills->len;
  gboolean own_officer = FALSE;

  *opened = FALSE;
  if (row->stream_class == YM_CLASS_IDENTITY || pull->start == 0 || pull->revoked)
    return TRUE;
  if (kind_of (pull, &row->scope) == YM_SCOPE_HOME)
    {
      if (!open_if_new (pull, &row->scope, error))
        return FALSE;
    }
  else if (!is_own_officer (pull, row, &own_officer, error) || (own_officer && !open_all_new (pull, error)))
    return FALSE;
  *opened = pull->response->backfills->len > before;
  return TRUE;
}

static gboolean
scan (Pull *pull, GError **error)
{
  guint64 last = MIN (pull->start + MOST_POSITIONS, pull->ledger->end);
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (pull->ledger->db, error,
                        "SELECT " COLUMNS "FROM envelope WHERE position > ? AND position <= ? ORDER BY position", "ii",
                        (gint64) pull->start, (gint64) last);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      Row row = row_of (statement);
      gboolean opened, added;

      if (!look_for_news (pull, &row, &opened, error))
        return FALSE;
      if (opened)
        return TRUE;
      if (!give (pull, statement, &row, &added, error))
        return FALSE;
      if (!added && !ym_planted ("pull-past"))
        return TRUE;
      pull->response->through = row.position;
    }
  return step == YM_SQL_DONE;
}

static int
compare_positions (gconstpointer a, gconstpointer b)
{
  const YmEntry *first = *(const YmEntry *const *) a;
  const YmEntry *second = *(const YmEntry *const *) b;

  return first->outcome.position < second->outcome.position ? -1 : first->outcome.position > second->outcome.position;
}

static void
pull_init (Pull *pull)
{
  pull->actors = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, g_free);
  pull->checked = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  pull->given = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  for (guint i = 0; i < pull->response->receipts->len; i++)
    g_hash_table_add (pull->given, g_bytes_ref (g_ptr_array_index (pull->response->receipts, i)));
  /* A cursor that is ahead belongs to a ledger that lost its end. */
  if (pull->request->has_cursor)
    pull->start = MIN (pull->request->cursor.number, pull->ledger->end);
  pull->most_bytes = MIN (pull->request->most_bytes, YM_EXCHANGE_BATCH_BYTES);
  pull->response->through = pull->start;
}

gboolean
ym_pull (YmLedger *ledger, const YmRequest *request, const YmCertificate *certificate, gboolean revoked,
         YmResponse *response, GError **error)
{
  g_auto (Pull) pull = { ledger, request, certificate, revoked, response };
  gboolean complete = TRUE;

  pull_init (&pull);
  if (pull.most_bytes > 0)
    {
      if (!continue_backfills (&pull, &complete, error) || (complete && !scan (&pull, error)))
        return FALSE;
      if (complete)
        complete_backfills (&pull);
    }
  g_ptr_array_sort (response->entries, compare_positions);
  response->more = !complete || response->through < ledger->end;
  return TRUE;
}
