/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts out of a damaged store. Nobody signed them; the seal of their page says that this device wrote them. */

#include "app/notebook/salvage.h"

#include "app/base/error.h"
#include "app/notebook/draft.h"

/* The tables of schema.c, by the kinds of their columns. */
#define DRAFT_SHAPE "didbTiiHi"
#define TAKEN_BACK_SHAPE "h"

enum { ID, FORM, SCOPE, BODY, PLACE, BEGUN_AT, SAVED_AT, REFUSED, REASON };

static gboolean
keep_draft (sqlite3 *db, const YmSalvagedRow *row, GError **error)
{
  const YmSalvagedColumn *columns = row->columns;
  YmId id = ym_salvaged_column_id (&columns[ID]);
  YmId scope = ym_salvaged_column_id (&columns[SCOPE]);
  g_autoptr (GBytes) body = ym_salvaged_column_bytes (&columns[BODY]);
  g_autofree char *place = ym_salvaged_column_text (&columns[PLACE]);
  g_autoptr (GBytes) refused = ym_salvaged_column_bytes (&columns[REFUSED]);

  return ym_sql_execute (
      db, error,
      "INSERT INTO draft (id, form, scope, body, place, begun_at, saved_at, refused, reason) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body, place = excluded.place, "
      "saved_at = excluded.saved_at WHERE excluded.saved_at >= saved_at ON CONFLICT (refused) DO NOTHING",
      "didbtiibi", &id, columns[FORM].integer, &scope, body, place, columns[BEGUN_AT].integer,
      columns[SAVED_AT].integer, refused, columns[REASON].integer);
}

static gboolean
keep_taken_back (sqlite3 *db, const YmSalvagedRow *row, GError **error)
{
  g_autoptr (GBytes) hash = ym_salvaged_column_bytes (&row->columns[0]);

  return ym_sql_execute (db, error, "INSERT OR IGNORE INTO taken_back (hash) VALUES (?)", "b", hash);
}

gboolean
ym_draft_salvage_row (sqlite3 *db, const YmSalvagedRow *row, gboolean only_current, GError **error)
{
  if (ym_salvaged_row_fits (row, TAKEN_BACK_SHAPE))
    return keep_taken_back (db, row, error);
  if (only_current && !row->is_current)
    return TRUE;
  return !ym_salvaged_row_fits (row, DRAFT_SHAPE) || keep_draft (db, row, error);
}

/* Signing off forgets the draft in the same transaction, but an earlier version of its page may be all that is left. */
static gboolean
forget_signed (YmDesk *desk, GError **error)
{
  return ym_sql_execute (desk->db, error,
                         "DELETE FROM draft WHERE refused IS NULL AND EXISTS (SELECT 1 FROM operation o "
                         "JOIN envelope e ON e.entry = o.entry WHERE o.scope = draft.scope AND o.record = draft.id "
                         "AND e.author = ? AND e.wall_us >= draft.saved_at)",
                         "d", &desk->author.device);
}

static GArray *
list_ids (YmDesk *desk, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (YmId));
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (desk->db, error, "SELECT id FROM draft", "");
  YmSqlStep step;

  if (rows == NULL)
    return NULL;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmId id = ym_sql_column_id (rows, 0);

      g_array_append_val (ids, id);
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&ids) : NULL;
}

static gboolean
finish (YmDesk *desk, guint *drafts, GError **error)
{
  g_autoptr (GArray) ids = forget_signed (desk, error) ? list_ids (desk, error) : NULL;

  *drafts = 0;
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const YmId *id = &g_array_index (ids, YmId, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (YmDraft) draft = ym_draft_load (desk, id, &failure);

      *drafts += draft != NULL;
      /* Another kind of row that happens to look like a draft. */
      if (g_error_matches (failure, YM_ERROR, YM_ERROR_MALFORMED) && !ym_draft_forget (desk, id, error))
        return FALSE;
    }
  return TRUE;
}

/* A commit of the journal's, which says what is on this device alone. */
gboolean
ym_draft_salvage_finish (YmDesk *desk, guint *drafts, GError **error)
{
  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  if (finish (desk, drafts, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}
