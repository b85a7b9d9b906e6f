/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learning notes: what one case teaches, for everybody in the force and about nobody in it (R9). */

#include "app/notebook/learning.h"

#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/notebook/team.h"

gboolean
ym_learning_check_record (sqlite3 *db, const YmRecord *note, GError **error)
{
  return ym_learning_check (db, ym_record_get_text (note, YM_LEARNING_NOTE_TITLE), error)
         && ym_learning_check (db, ym_record_get_text (note, YM_LEARNING_NOTE_TEXT), error);
}

YmRecord *
ym_learning_begin (YmDesk *desk, const YmRecord *debrief)
{
  YmRecord *note
      = ym_desk_new_record (desk, ym_form (YM_FORM_LEARNING_NOTE), ym_journal_get_force (desk->journal));

  if (debrief != NULL)
    ym_record_set_text (note, YM_LEARNING_NOTE_TEXT, ym_record_get_text (debrief, YM_DEBRIEF_LEARNING));
  return note;
}

gboolean
ym_learning_save (YmDesk *desk, const YmRecord *note, GError **error)
{
  return ym_desk_check_may (desk, note->form, YM_ACTION_KIND_INSERT, &note->scope, error)
         && ym_learning_check_record (desk->db, note, error) && ym_desk_save (desk, "learning.share", NULL, note, error);
}

gboolean
ym_learning_reader (YmDesk *desk, YmId *force, gboolean *may_share, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (desk->db, error, "SELECT scope FROM officer LIMIT 1", "");
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);
  guint role = 0;

  *force = step == YM_SQL_ROW ? ym_sql_column_id (row, 0) : ym_id_zero;
  if (step == YM_SQL_FAILED || !ym_desk_role (desk, &role, error))
    return FALSE;
  *may_share = role == YM_ROLE_SUPERVISOR || role == YM_ROLE_FORCE_LEAD;
  return TRUE;
}

GPtrArray *
ym_learning_list (YmDesk *desk, GError **error)
{
  return ym_tables_select (desk->db, ym_form (YM_FORM_LEARNING_NOTE), error, "ORDER BY at DESC, id", "");
}
