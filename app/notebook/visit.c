/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit from its first draft to its addenda. */

#include "app/notebook/visit.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/plans.h"
#include "app/notebook/save.h"

static YmDraft *
unfinished_draft (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GPtrArray) drafts = ym_draft_list (desk, home, error);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const YmDraft *draft = g_ptr_array_index (drafts, i);

      if (draft->record->form->id == YM_FORM_VISIT)
        return ym_draft_copy (draft);
    }
  return NULL;
}

/* A visit that was planned for about now says when it was planned for. */
static gboolean
take_plan (YmDesk *desk, YmRecord *visit, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (YmRecord) plan = ym_plan_open (desk, &visit->scope, YM_DAY_NONE, &failed);
  YmDay day = ym_london_day (ym_clock_wall_us (desk->clock));

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  if (plan != NULL && ym_plan_is_met (ym_plan_day (plan), day))
    ym_record_set (visit, YM_VISIT_PLANNED_AT, ym_record_get (plan, YM_PLANNED_VISIT_PLANNED_AT));
  return TRUE;
}

YmDraft *
ym_visit_begin (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (YmDraft) draft = unfinished_draft (desk, home, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (draft != NULL)
    return g_steal_pointer (&draft);
  draft = ym_draft_new (ym_desk_new_record (desk, ym_form (YM_FORM_VISIT), home), ym_clock_wall_us (desk->clock));
  ym_record_set_integer (draft->record, YM_VISIT_STARTED_AT, draft->begun_at_us);
  return take_plan (desk, draft->record, error) && ym_draft_save (desk, draft, error) ? g_steal_pointer (&draft) : NULL;
}

void
ym_visit_problem_free (YmVisitProblem *problem)
{
  g_free (problem->message);
  g_free (problem);
}

static void
add_problem (GPtrArray *problems, const YmId *record, guint section, const YmField *field, const YmForm *rows,
             const char *message)
{
  YmVisitProblem *problem = g_new (YmVisitProblem, 1);

  *problem = (YmVisitProblem){ *record, section, field, rows, g_strdup (message) };
  g_ptr_array_add (problems, problem);
}

static void
add_record_problems (GPtrArray *problems, const YmRecord *record, YmMoment moment)
{
  g_autoptr (GPtrArray) found = ym_record_problems (record, moment);

  for (guint i = 0; i < found->len; i++)
    {
      const YmProblem *problem = g_ptr_array_index (found, i);
      guint section = record->form->rows_of == 0 ? problem->field->section : record->form->rows_section;

      add_problem (problems, &record->id, section, problem->field, NULL, problem->message);
    }
}

static gboolean
has_row (const YmDraft *draft, guint form)
{
  for (guint i = 0; i < draft->rows->len; i++)
    if (((const YmRecord *) g_ptr_array_index (draft->rows, i))->form->id == form)
      return TRUE;
  return FALSE;
}

static gboolean
says_yes (const YmDraft *draft, guint field)
{
  const YmField *asked = ym_form_field (draft->record->form, field);

  return ym_record_is_asked (draft->record, asked)
         && !ym_record_is_not_discussed (draft->record, asked->section)
         && ym_record_get_integer (draft->record, field, 0) == YM_YES;
}

gboolean
ym_visit_asks_rows (const YmDraft *draft, const YmForm *form)
{
  if (ym_record_is_not_discussed (draft->record, form->rows_section))
    return FALSE;
  if (form->id == YM_FORM_CHILD_CONVERSATION)
    return says_yes (draft, YM_VISIT_SPOKE_WITH_CHILD);
  return form->id != YM_FORM_CHILD_CONCERN || says_yes (draft, YM_VISIT_CONCERN_RAISED);
}

/* What an answer makes necessary: R2 and R3 want it recorded, and a visit is to somebody. */
static void
add_missing_rows (GPtrArray *problems, const YmDraft *draft)
{
  static const struct {
    guint field; /* 0: always */
    guint form;
    const char *message;
  } needed[] = {
    { 0, YM_FORM_PERSON_MET, N_ ("Say whom you met: a name and a role.") },
    { YM_VISIT_SPOKE_WITH_CHILD, YM_FORM_CHILD_CONVERSATION,
      N_ ("You spoke with a child: record why, who asked for it, the child's views and demeanour.") },
    { YM_VISIT_CONCERN_RAISED, YM_FORM_CHILD_CONCERN, N_ ("There is a concern for a child: record it.") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      const YmForm *form = ym_form (needed[i].form);

      if ((needed[i].field == 0 || says_yes (draft, needed[i].field)) && !has_row (draft, form->id))
        add_problem (problems, &draft->record->id, form->rows_section, NULL, form, _ (needed[i].message));
    }
}

static int
section_rank (const YmForm *form, guint section)
{
  for (guint i = 0; i < form->n_sections; i++)
    if (form->sections[i].number == section)
      return (int) i;
  return (int) form->n_sections;
}

static int
compare_problems (gconstpointer a, gconstpointer b, gpointer form)
{
  const YmVisitProblem *first = *(YmVisitProblem *const *) a;
  const YmVisitProblem *second = *(YmVisitProblem *const *) b;

  return section_rank (form, first->section) - section_rank (form, second->section);
}

GPtrArray *
ym_visit_problems (const YmDraft *draft)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_visit_problem_free);

  add_record_problems (problems, draft->record, YM_MOMENT_SIGN_OFF);
  for (guint i = 0; i < draft->rows->len; i++)
    {
      const YmRecord *row = g_ptr_array_index (draft->rows, i);

      if (ym_visit_asks_rows (draft, row->form))
        add_record_problems (problems, row, YM_MOMENT_SAVE);
    }
  add_missing_rows (problems, draft);
  /* GLib's sort is stable: within a section the order of the form stays. */
  g_ptr_array_sort_with_data (problems, compare_problems, (gpointer) draft->record->form);
  return problems;
}

static gboolean
check_complete (const YmDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) problems = ym_visit_problems (draft);
  const YmVisitProblem *first;

  if (problems->len == 0)
    return TRUE;
  first = g_ptr_array_index (problems, 0);
  if (first->field == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, first->message);
  else
    g_set_error (error, YM_ERROR, YM_ERROR_INVALID, "%s: %s", ym_label (first->field->label), first->message);
  return FALSE;
}

/* What is not asked any more, because another answer changed, is not signed. */
static void
drop_unasked (YmRecord *record)
{
  const YmValue nothing = YM_VALUE_INIT;

  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];

      if (!ym_record_is_asked (record, field) || ym_record_is_not_discussed (record, field->section))
        ym_record_set (record, field->id, &nothing);
    }
}

static gboolean
write_visit (YmDesk *desk, const YmDraft *draft, GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (YmChange));
  g_autoptr (YmRecord) visit = ym_record_copy (draft->record);
  YmChange change = { NULL, visit };

  drop_unasked (visit);
  g_array_append_val (changes, change);
  for (guint i = 0; i < draft->rows->len; i++)
    {
      change.after = g_ptr_array_index (draft->rows, i);
      if (ym_visit_asks_rows (draft, change.after->form))
        g_array_append_val (changes, change);
    }
  return ym_journal_write (desk->journal, &desk->author, "visit.sign-off", &visit->id, (const YmChange *) changes->data,
                           changes->len, error)
         && ym_plan_meet (desk, visit, error) && ym_draft_forget (desk, &visit->id, error);
}

gboolean
ym_visit_sign_off (YmDesk *desk, const YmDraft *draft, GError **error)
{
  if (!check_complete (draft, error) || !ym_journal_begin (desk->journal, error))
    return FALSE;
  if (write_visit (desk, draft, error))
    return ym_journal_commit (desk->journal, error);
  ym_journal_rollback (desk->journal);
  return FALSE;
}

void
ym_visit_free (YmVisit *visit)
{
  if (visit == NULL)
    return;
  g_clear_pointer (&visit->visit, ym_record_free);
  g_clear_pointer (&visit->rows, g_ptr_array_unref);
  g_clear_pointer (&visit->addenda, g_ptr_array_unref);
  g_free (visit);
}

static gboolean
add_rows_of (YmDesk *desk, const YmForm *form, YmVisit *visit, GError **error)
{
  const YmField *parent = ym_form_field (form, form->parent_field);
  g_autofree char *where = g_strdup_printf ("WHERE \"%s\" = ? ORDER BY number", parent->name);
  g_autoptr (GPtrArray) rows = ym_tables_select (desk->db, form, error, where, "d", &visit->visit->id);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (visit->rows, g_steal_pointer (&rows));
  return TRUE;
}

static gboolean
load_signature (YmDesk *desk, YmVisit *visit, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error,
      "SELECT e.wall_us, e.received_at, e.author FROM visit v JOIN envelope e ON e.entry = v.entry WHERE v.id = ?", "d",
      &visit->visit->id);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    {
      visit->signed_at_us = sqlite3_column_int64 (statement, 0);
      visit->received_at_us = sqlite3_column_int64 (statement, 1);
      visit->device = ym_sql_column_id (statement, 2);
    }
  return step != YM_SQL_FAILED;
}

YmVisit *
ym_visit_load (YmDesk *desk, const YmId *id, GError **error)
{
  g_autoptr (YmVisit) visit = g_new0 (YmVisit, 1);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  visit->visit = ym_tables_find (desk->db, ym_form (YM_FORM_VISIT), id, error);
  visit->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_record_free);
  if (visit->visit == NULL)
    return NULL;
  for (guint i = 0; i < n_forms; i++)
    if (forms[i]->rows_of == YM_FORM_VISIT && !add_rows_of (desk, forms[i], visit, error))
      return NULL;
  visit->addenda = ym_tables_select (desk->db, ym_form (YM_FORM_ADDENDUM), error, "WHERE visit = ? ORDER BY at", "d", id);
  if (visit->addenda == NULL || !load_signature (desk, visit, error))
    return NULL;
  return g_steal_pointer (&visit);
}

YmVisit *
ym_visit_previous (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GPtrArray) latest = ym_tables_select (desk->db, ym_form (YM_FORM_VISIT), error,
                                                   "WHERE scope = ? ORDER BY started_at DESC LIMIT 1", "d", home);

  if (latest == NULL || latest->len == 0)
    return NULL;
  return ym_visit_load (desk, &((const YmRecord *) g_ptr_array_index (latest, 0))->id, error);
}

gboolean
ym_visit_add_addendum (YmDesk *desk, const YmId *visit, const char *text, const char *reason, GError **error)
{
  g_autoptr (YmRecord) original = ym_tables_find (desk->db, ym_form (YM_FORM_VISIT), visit, error);
  g_autoptr (YmRecord) addendum = NULL;

  if (original == NULL)
    return FALSE;
  addendum = ym_desk_new_record (desk, ym_form (YM_FORM_ADDENDUM), &original->scope);
  ym_record_set_id (addendum, YM_ADDENDUM_VISIT, visit);
  ym_record_set_text (addendum, YM_ADDENDUM_TEXT, text);
  ym_record_set_text (addendum, YM_ADDENDUM_REASON, reason);
  return ym_desk_save (desk, "visit.addendum", NULL, addendum, error);
}
