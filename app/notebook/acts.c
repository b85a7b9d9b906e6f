/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The log that the law asks for (R13), read from what the officer signed: nobody has to write it, and nobody can leave
 * something out of it. Consultations and disclosures are records of their own, because they say why.
 */

#include "app/notebook/acts.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/change-set.h"
#include "app/journal/tables.h"
#include "app/notebook/history.h"
#include "app/rules/civil.h"

static const YmChoice act_kinds[] = {
  { YM_ACT_COLLECTION, "collection", N_ ("Collection") },       { YM_ACT_ALTERATION, "alteration", N_ ("Alteration") },
  { YM_ACT_CONSULTATION, "consultation", N_ ("Consultation") }, { YM_ACT_DISCLOSURE, "disclosure", N_ ("Disclosure") },
  { YM_ACT_COMBINATION, "combination", N_ ("Combination") },    { YM_ACT_ERASURE, "erasure", N_ ("Erasure") },
};
const YmChoices ym_choices_act_kind = { act_kinds, G_N_ELEMENTS (act_kinds) };

/*
 * What is more than collecting or altering, and where it says what; 0 for nothing. Matching a home's log with the police's
 * brings two controllers' data together.
 */
static const struct {
  guint form;
  YmActKind kind;
  guint why;
  guint recipient;
} special[] = {
  { YM_FORM_CONSULTATION, YM_ACT_CONSULTATION, YM_CONSULTATION_WHY, 0 },
  { YM_FORM_DISCLOSURE, YM_ACT_DISCLOSURE, YM_DISCLOSURE_JUSTIFICATION, YM_DISCLOSURE_RECIPIENT },
  { YM_FORM_ISSUED_RETURN, YM_ACT_DISCLOSURE, YM_ISSUED_RETURN_JUSTIFICATION, YM_ISSUED_RETURN_RECIPIENT },
  { YM_FORM_RECONCILIATION, YM_ACT_COMBINATION, 0, 0 },
  { YM_FORM_RECONCILIATION_PAIR, YM_ACT_COMBINATION, 0, 0 },
};

/* By what people call a record. */
static const struct {
  guint form, field;
} titles[] = {
  { YM_FORM_ISSUE, YM_ISSUE_TITLE },           { YM_FORM_ACTION, YM_ACTION_WHAT },
  { YM_FORM_CONTACT, YM_CONTACT_WITH_WHOM },   { YM_FORM_DISCLOSURE, YM_DISCLOSURE_TITLE },
  { YM_FORM_LEARNING_NOTE, YM_LEARNING_NOTE_TITLE },
};

static void
act_free (gpointer data)
{
  YmAct *act = data;

  g_free (act->home);
  g_free (act->title);
  g_free (act->why);
  g_free (act->recipient);
  g_free (act);
}

/* One reading of the log. */
typedef struct {
  YmDesk *desk;
  const YmActsQuery *query;
  GPtrArray *acts;
  guint n_of_device;
} Reading;

/* A row of a visit is logged with the visit, but for what is about a child; of a return the whole. */
static gboolean
is_logged (const YmForm *form)
{
  return form != NULL && (form->rows_of == 0 || form->record_class == YM_CLASS_CHILD)
         && form->id != YM_FORM_ISSUED_RETURN_PART;
}

static YmActKind
kind_of (const YmOperation *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (special[i].form == operation->type)
      return special[i].kind;
  return operation->kind == YM_OPERATION_INSERT ? YM_ACT_COLLECTION : YM_ACT_ALTERATION;
}

static const char *
text_of (const YmOperation *operation, guint field)
{
  const YmFieldChange *change = field != 0 ? ym_operation_find (operation, field) : NULL;

  return change != NULL && change->new.kind == YM_VALUE_TEXT ? change->new.text : NULL;
}

static char *
reason_of_consultation (const YmOperation *operation)
{
  const YmFieldChange *why = ym_operation_find (operation, YM_CONSULTATION_WHY);
  const YmChoice *choice = why != NULL && why->new.kind == YM_VALUE_INTEGER
                               ? ym_choices_by_number (&ym_choices_consultation_why, why->new.integer)
                               : NULL;
  const char *other = text_of (operation, YM_CONSULTATION_OTHER);

  return g_strdup (other != NULL ? other : choice != NULL ? ym_label (choice->label) : NULL);
}

/* A consultation is about the record that was read. */
static gboolean
name_what_was_read (Reading *reading, const YmOperation *operation, YmAct *act, GError **error)
{
  const YmFieldChange *record = ym_operation_find (operation, YM_CONSULTATION_RECORD);
  g_autoptr (GError) missing = NULL;
  const YmForm *form;

  act->why = reason_of_consultation (operation);
  if (record == NULL || !ym_value_get_id (&record->new, &act->record))
    return TRUE;
  form = ym_history_form (reading->desk, &act->scope, &act->record, &missing);
  if (form != NULL)
    act->form = form;
  else if (!g_error_matches (missing, YM_ERROR, YM_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&missing));
      return FALSE;
    }
  return TRUE;
}

/* As it is called now, where this step did not name it. */
static void
add_title (Reading *reading, const YmOperation *operation, YmAct *act)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].form == operation->type)
      {
        g_autoptr (YmRecord) record = NULL;

        act->title = g_strdup (text_of (operation, titles[i].field));
        if (act->title != NULL)
          return;
        record = ym_tables_read (reading->desk->db, act->form, &act->scope, &operation->record, NULL);
        act->title = record != NULL ? g_strdup (ym_record_get_text (record, titles[i].field)) : NULL;
      }
}

static gboolean
add_home (Reading *reading, YmAct *act, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (reading->desk->db, error, "SELECT name FROM home WHERE id = ?", "d", &act->scope);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  if (step == YM_SQL_ROW)
    act->home = g_strdup (ym_sql_column_text (row, 0));
  return step != YM_SQL_FAILED;
}

/* Columns: change_set, scope, wall_us, received_at, folded. */
static gboolean
add_act (Reading *reading, sqlite3_stmt *row, const YmOperation *operation, GError **error)
{
  const YmForm *form = ym_form (operation->type);
  YmActKind kind = kind_of (operation);
  YmAct *act;

  if (!is_logged (form) || (reading->query->kinds != 0 && (reading->query->kinds & (1u << kind)) == 0))
    return TRUE;
  act = g_new0 (YmAct, 1);
  g_ptr_array_add (reading->acts, act);
  reading->n_of_device++;
  act->kind = kind;
  act->form = form;
  act->scope = ym_sql_column_id (row, 1);
  act->record = operation->record;
  act->at_us = sqlite3_column_int64 (row, 2);
  act->received_at_us = sqlite3_column_int64 (row, 3);
  act->counts = sqlite3_column_int (row, 4) != 0;
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (special[i].form == form->id)
      {
        act->why = g_strdup (text_of (operation, special[i].why));
        act->recipient = g_strdup (text_of (operation, special[i].recipient));
      }
  add_title (reading, operation, act);
  return add_home (reading, act, error)
         && (form->id != YM_FORM_CONSULTATION || name_what_was_read (reading, operation, act, error));
}

static gboolean
add_envelope (Reading *reading, sqlite3_stmt *row, GError **error)
{
  g_autoptr (GBytes) bytes = ym_sql_column_bytes (row, 0);
  g_autoptr (YmChangeSet) change_set = bytes != NULL ? ym_change_set_decode (bytes, error) : NULL;

  if (bytes == NULL) /* erased, or not here */
    return TRUE;
  for (guint i = 0; change_set != NULL && i < change_set->operations->len; i++)
    if (!add_act (reading, row, g_ptr_array_index (change_set->operations, i), error))
      return FALSE;
  return change_set != NULL;
}

static gboolean
read_device (Reading *reading, const YmId *device, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      reading->desk->db, error,
      "SELECT change_set, scope, wall_us, received_at, folded FROM envelope "
      "WHERE author = ? AND wall_us >= ? AND wall_us < ? ORDER BY wall_us DESC, entry DESC",
      "dii", device, reading->query->from_us, reading->query->until_us);
  YmSqlStep step = YM_SQL_FAILED;

  reading->n_of_device = 0;
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW && reading->n_of_device < reading->query->most)
    if (!add_envelope (reading, rows, error))
      return FALSE;
  return rows != NULL && step != YM_SQL_FAILED;
}

static int
latest_first (gconstpointer a, gconstpointer b)
{
  const YmAct *one = *(YmAct *const *) a, *other = *(YmAct *const *) b;

  return one->at_us == other->at_us ? 0 : one->at_us < other->at_us ? 1 : -1;
}

GPtrArray *
ym_acts_read (YmDesk *desk, const YmActsQuery *query, GError **error)
{
  g_autoptr (GPtrArray) acts = g_ptr_array_new_with_free_func (act_free);
  Reading reading = { desk, query, acts, 0 };
  g_autoptr (sqlite3_stmt) devices = ym_sql_prepare (desk->db, error, "SELECT id FROM device WHERE officer = ?", "d", &desk->officer);
  YmSqlStep step = YM_SQL_FAILED;

  while (devices != NULL && (step = ym_sql_step (devices, error)) == YM_SQL_ROW)
    {
      YmId device = ym_sql_column_id (devices, 0);

      if (!read_device (&reading, &device, error))
        return NULL;
    }
  if (step != YM_SQL_DONE)
    return NULL;
  g_ptr_array_sort (acts, latest_first);
  if (acts->len > query->most)
    g_ptr_array_set_size (acts, (int) query->most);
  return g_steal_pointer (&acts);
}
