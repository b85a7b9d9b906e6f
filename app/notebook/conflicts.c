/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers that two people gave without knowing of each other, as the fold keeps them. */

#include "app/notebook/conflicts.h"

#include "app/journal/tables.h"

/* Columns: type, scope, record, field, other, author, wall_us. */
#define CONFLICTS                                                                                                      \
  "SELECT c.type, c.scope, c.record, c.field, c.other, e.author, e.wall_us FROM conflict c "                           \
  "JOIN envelope e ON e.entry = c.entry ORDER BY c.entry DESC, c.field"

void
ym_conflict_free (YmConflict *conflict)
{
  if (conflict == NULL)
    return;
  ym_record_free (conflict->record);
  ym_value_clear (&conflict->other);
  g_free (conflict);
}

/* A form or field of a newer program can't be shown by this one; the journal keeps it. */
static gboolean
add (YmDesk *desk, sqlite3_stmt *row, GPtrArray *conflicts, GError **error)
{
  const YmForm *form = ym_form ((guint) sqlite3_column_int64 (row, 0));
  const YmField *field = form != NULL ? ym_form_field (form, (guint) sqlite3_column_int64 (row, 3)) : NULL;
  YmId scope = ym_sql_column_id (row, 1), id = ym_sql_column_id (row, 2);
  YmConflict *conflict;
  YmRecord *record;

  if (field == NULL)
    return TRUE;
  record = ym_tables_read (desk->db, form, &scope, &id, error);
  if (record == NULL)
    return FALSE;
  conflict = g_new (YmConflict, 1);
  *conflict = (YmConflict){ record, field, ym_sql_column_value (row, 4), ym_sql_column_id (row, 5),
                            sqlite3_column_int64 (row, 6) };
  g_ptr_array_add (conflicts, conflict);
  return TRUE;
}

GPtrArray *
ym_conflict_list (YmDesk *desk, GError **error)
{
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_conflict_free);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (desk->db, error, CONFLICTS, "");
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    if (!add (desk, statement, conflicts, error))
      return NULL;
  return step == YM_SQL_DONE ? g_steal_pointer (&conflicts) : NULL;
}
