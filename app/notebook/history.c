/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What became of one record, field from → to: read from the signed change sets themselves, not from the tables that were
 * made of them. */

#include "app/notebook/history.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"

static void
step_free (gpointer data)
{
  YmHistoryStep *step = data;

  g_array_unref (step->changes);
  g_free (step->author);
  g_free (step->device);
  g_free (step);
}

void
ym_history_free (YmHistory *history)
{
  if (history == NULL)
    return;
  g_ptr_array_unref (history->steps);
  g_free (history);
}

static void
change_clear (YmFieldChange *change)
{
  ym_value_clear (&change->old);
  ym_value_clear (&change->new);
}

const YmForm *
ym_history_form (YmDesk *desk, const YmId *scope, const YmId *record, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (desk->db, error, "SELECT type FROM operation WHERE scope = ? AND record = ?", "dd", scope, record);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      const YmForm *form = ym_form ((guint) sqlite3_column_int64 (rows, 0));

      if (form != NULL)
        return form;
    }
  if (step == YM_SQL_DONE)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no such record on this device."));
  return NULL;
}

/* The operation on the record in a change set; the change set may have been erased. */
static gboolean
add_changes (YmHistoryStep *step, GBytes *bytes, const YmId *record, GError **error)
{
  g_autoptr (YmChangeSet) change_set = bytes != NULL ? ym_change_set_decode (bytes, error) : NULL;

  if (bytes != NULL && change_set == NULL)
    return FALSE;
  for (guint i = 0; change_set != NULL && i < change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (change_set->operations, i);

      if (operation->type != step->form->id || !ym_id_equal (&operation->record, record))
        continue;
      step->insert = step->insert || operation->kind == YM_OPERATION_INSERT;
      for (guint j = 0; j < operation->changes->len; j++)
        {
          const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, j);
          const YmFieldChange copy = { change->field, ym_value_copy (&change->old), ym_value_copy (&change->new) };

          g_array_append_val (step->changes, copy);
        }
    }
  return TRUE;
}

/* Columns: change_set, wall_us, received_at, folded, author's device, its officer's name, type. */
static gboolean
add_step (YmHistory *history, sqlite3_stmt *row, const YmId *record, GError **error)
{
  const YmForm *form = ym_form ((guint) sqlite3_column_int64 (row, 6));
  g_autoptr (GBytes) bytes = ym_sql_column_bytes (row, 0);
  YmHistoryStep *step;

  if (form == NULL) /* a newer program's */
    return TRUE;
  step = g_new0 (YmHistoryStep, 1);
  step->form = form;
  step->changes = g_array_new (FALSE, FALSE, sizeof (YmFieldChange));
  g_array_set_clear_func (step->changes, (GDestroyNotify) change_clear);
  step->wall_us = sqlite3_column_int64 (row, 1);
  step->received_at_us = sqlite3_column_int64 (row, 2);
  step->counts = sqlite3_column_int (row, 3) != 0;
  step->device = g_strdup (ym_sql_column_text (row, 4));
  step->author = g_strdup (ym_sql_column_text (row, 5));
  g_ptr_array_add (history->steps, step);
  return add_changes (step, bytes, record, error);
}

YmHistory *
ym_history_read (YmDesk *desk, const YmId *scope, const YmId *record, GError **error)
{
  g_autoptr (YmHistory) history = g_new0 (YmHistory, 1);
  g_autoptr (sqlite3_stmt) rows = NULL;
  YmSqlStep step = YM_SQL_FAILED;

  history->steps = g_ptr_array_new_with_free_func (step_free);
  history->form = ym_history_form (desk, scope, record, error);
  if (history->form == NULL)
    return NULL;
  rows = ym_sql_prepare (desk->db, error,
                         "SELECT e.change_set, e.wall_us, e.received_at, e.folded, d.name, f.name, o.type "
                         "FROM operation o JOIN envelope e ON e.entry = o.entry "
                         "LEFT JOIN device d ON d.id = e.author LEFT JOIN officer f ON f.id = d.officer "
                         "WHERE o.scope = ? AND o.record = ? "
                         "ORDER BY e.position IS NULL, e.position, e.entry",
                         "dd", scope, record);
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    if (!add_step (history, rows, record, error))
      return NULL;
  return step == YM_SQL_DONE ? g_steal_pointer (&history) : NULL;
}
