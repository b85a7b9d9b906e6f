/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server refused comes back as a draft, so that no word of an officer's is lost. */

#include "app/journal/change-set.h"
#include "app/journal/tables.h"
#include "app/notebook/draft.h"

#include "app/base/error.h"

static void
overlay (YmRecord *record, const YmOperation *operation)
{
  for (guint i = 0; i < operation->changes->len; i++)
    {
      const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, i);

      if (ym_form_field (record->form, change->field) != NULL)
        ym_record_set (record, change->field, &change->new);
    }
}

/*
 * The record as the officer meant it. What was new gets a new id, since the refused one is spent; what was changed is
 * shown over what stands now.
 */
static YmRecord *
record_of_operation (YmDesk *desk, const YmOperation *operation, const YmId *scope)
{
  const YmForm *form = ym_form (operation->type);
  YmId id = operation->record;
  YmRecord *record = NULL;

  if (form == NULL)
    return NULL;
  if (operation->kind == YM_OPERATION_UPDATE)
    record = ym_tables_read (desk->db, form, scope, &id, NULL);
  else if (form->key[0] == 0)
    id = ym_id_random (desk->random);
  if (record == NULL)
    record = ym_record_new (form, scope, &id);
  overlay (record, operation);
  return record;
}

static void
add_operation (YmDesk *desk, const YmOperation *operation, const YmId *scope, YmDraft **draft)
{
  YmRecord *record = record_of_operation (desk, operation, scope);

  if (record == NULL)
    return;
  if (*draft == NULL)
    *draft = ym_draft_new (record, ym_clock_wall_us (desk->clock));
  else if (record->form->rows_of == (*draft)->record->form->id)
    {
      ym_record_set_id (record, record->form->parent_field, &(*draft)->record->id);
      g_ptr_array_add ((*draft)->rows, record);
    }
  else
    ym_record_free (record);
}

static gboolean
read_group (YmDesk *desk, const YmId *group, YmDraft **draft, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error,
      "SELECT change_set, scope FROM envelope WHERE group_id = ? AND author IN " YM_JOURNAL_OWN_AUTHORS
      " AND change_set IS NOT NULL ORDER BY group_index",
      "d", group);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) bytes = ym_sql_column_bytes (statement, 0);
      g_autoptr (YmChangeSet) change_set = ym_change_set_decode (bytes, error);
      YmId scope = ym_sql_column_id (statement, 1);

      if (change_set == NULL)
        return FALSE;
      for (guint i = 0; i < change_set->operations->len; i++)
        add_operation (desk, g_ptr_array_index (change_set->operations, i), &scope, draft);
    }
  return step == YM_SQL_DONE;
}

/* Columns: group_id, hash, reason. */
static gboolean
take_back_group (YmDesk *desk, sqlite3_stmt *row, GError **error)
{
  YmId group = ym_sql_column_id (row, 0);
  YmHash hash = ym_sql_column_hash (row, 1);
  g_autoptr (YmDraft) draft = NULL;

  if (!read_group (desk, &group, &draft, error))
    return FALSE;
  if (draft != NULL)
    {
      draft->refused = hash;
      draft->reason = (guint) sqlite3_column_int64 (row, 2);
      if (!ym_draft_keep (desk, draft, error))
        return FALSE;
    }
  return ym_sql_execute (desk->db, error, "INSERT INTO taken_back (hash) VALUES (?)", "h", &hash);
}

static gboolean
take_back_all (YmDesk *desk, gboolean *any, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error,
      "SELECT group_id, hash, reason FROM envelope WHERE +author IN " YM_JOURNAL_OWN_AUTHORS
      " AND disposition = ? AND group_index = 0 AND folded = 0 AND +position IS NOT NULL "
      "AND hash NOT IN (SELECT hash FROM taken_back)",
      "i", (gint64) YM_DISPOSITION_REFUSED);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      *any = TRUE;
      if (!take_back_group (desk, statement, error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}

gboolean
ym_draft_take_back (YmDesk *desk, GError **error)
{
  gboolean any = FALSE;
  gboolean good;

  if (!ym_journal_begin (desk->journal, error))
    return FALSE;
  good = take_back_all (desk, &any, error);
  if (good && any)
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return good;
}
