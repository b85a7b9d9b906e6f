/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows from several rows at once. */

#include "app/journal/derived.h"

#include "app/journal/fold.h"
#include "app/rules/issue-state.h"

static gboolean
read_steps (sqlite3 *db, const YmId *issue, GArray *steps, GError **error)
{
  /* In the order of the ledger, what is only here last: the order in which R11 judges them. */
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (db, error,
                        "SELECT u.state FROM issue_update u JOIN envelope e ON e.entry = u.entry WHERE u.issue = ? "
                        "ORDER BY " YM_LEDGER_ORDER ("e"),
                        "d", issue);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      int state = sqlite3_column_int (statement, 0);

      g_array_append_val (steps, state);
    }
  return step == YM_SQL_DONE;
}

static gboolean
update_issue_status (sqlite3 *db, const YmId *issue, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (int));
  gint64 state;

  if (!read_steps (db, issue, steps, error))
    return FALSE;
  state = ym_issue_state_of_updates ((const int *) steps->data, steps->len, NULL);
  return ym_sql_execute (db, error, "DELETE FROM issue_status WHERE issue = ?", "d", issue)
         && ym_sql_execute (db, error,
                            "INSERT INTO issue_status (issue, scope, state) SELECT id, scope, ? FROM issue WHERE id = ?",
                            "id", state, issue);
}

gboolean
ym_derived_update (sqlite3 *db, const YmRecord *record, GError **error)
{
  YmId issue;

  if (record->form->id == YM_FORM_ISSUE)
    return update_issue_status (db, &record->id, error);
  if (record->form->id == YM_FORM_ISSUE_UPDATE && ym_record_get_id (record, YM_ISSUE_UPDATE_ISSUE, &issue))
    return update_issue_status (db, &issue, error);
  return TRUE;
}

gboolean
ym_derived_check (sqlite3 *db, gboolean *good, GError **error)
{
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (sqlite3_stmt) issues = ym_sql_prepare (
      db, error, "SELECT i.id, s.state FROM issue i LEFT JOIN issue_status s ON s.issue = i.id AND s.scope = i.scope", "");
  YmSqlStep step;

  *good = TRUE;
  if (issues == NULL)
    return FALSE;
  while (*good && (step = ym_sql_step (issues, error)) == YM_SQL_ROW)
    {
      YmId issue = ym_sql_column_id (issues, 0);

      g_array_set_size (steps, 0);
      if (!read_steps (db, &issue, steps, error))
        return FALSE;
      *good = sqlite3_column_type (issues, 1) == SQLITE_INTEGER
              && sqlite3_column_int (issues, 1)
                     == ym_issue_state_of_updates ((const int *) steps->data, steps->len, NULL);
    }
  return !*good || step == YM_SQL_DONE;
}
