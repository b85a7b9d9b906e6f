/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened with a home, in one list. */

#include "app/notebook/timeline.h"

#include "app/journal/tables.h"

void
ym_timeline_entry_free (YmTimelineEntry *entry)
{
  if (entry == NULL)
    return;
  ym_record_free (entry->record);
  g_free (entry->author);
  g_free (entry);
}

gboolean
ym_record_state (YmDesk *desk, const YmRecord *record, YmRecordState *state, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      desk->db, error,
      "SELECT e.position IS NULL, e.folded FROM operation o JOIN envelope e ON e.entry = o.entry "
      "WHERE o.scope = ? AND o.record = ? AND o.type = ? ORDER BY e.entry DESC LIMIT 1",
      "ddi", &record->scope, &record->id, (gint64) record->form->id);
  YmSqlStep step;

  *state = YM_RECORD_ON_DEVICE;
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW && !sqlite3_column_int (statement, 0))
    *state = sqlite3_column_int (statement, 1) ? YM_RECORD_RECEIPTED : YM_RECORD_REFUSED;
  return step != YM_SQL_FAILED;
}

static gboolean
find_officer (const YmRecord *record, YmId *officer)
{
  for (guint i = 0; i < record->form->n_fields; i++)
    if (record->form->fields[i].refers_to == YM_FORM_OFFICER)
      return ym_value_get_id (&record->values[i], officer);
  return FALSE;
}

static gboolean
read_author (YmDesk *desk, YmTimelineEntry *entry, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  YmId officer;
  YmSqlStep step;

  if (!find_officer (entry->record, &officer))
    return TRUE;
  statement = ym_sql_prepare (desk->db, error, "SELECT name FROM officer WHERE id = ?", "d", &officer);
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    entry->author = g_strdup (ym_sql_column_text (statement, 0));
  return step != YM_SQL_FAILED;
}

/* Columns: scope, before, id; most. Without @before the first two of the three are not asked for. */
static GPtrArray *
select_form (YmDesk *desk, const YmForm *form, const YmField *moment, const YmId *home, const YmTimelineEntry *before,
             guint most, GError **error)
{
  g_autofree char *first = g_strdup_printf ("WHERE scope = ? ORDER BY \"%s\" DESC, id DESC LIMIT ?", moment->name);
  g_autofree char *next = g_strdup_printf ("WHERE scope = ?1 AND \"%s\" <= ?2 AND (\"%s\" < ?2 OR id < ?3) "
                                           "ORDER BY \"%s\" DESC, id DESC LIMIT ?4",
                                           moment->name, moment->name, moment->name);

  if (before == NULL)
    return ym_tables_select (desk->db, form, error, first, "di", home, (gint64) most);
  return ym_tables_select (desk->db, form, error, next, "didi", home, before->at_us, &before->record->id, (gint64) most);
}

static gboolean
add_form (YmDesk *desk, const YmForm *form, const YmId *home, const YmTimelineEntry *before, guint most, GPtrArray *entries,
          GError **error)
{
  const YmField *moment = ym_form_moment (form);
  g_autoptr (GPtrArray) records = NULL;

  if (moment == NULL)
    return TRUE;
  records = select_form (desk, form, moment, home, before, most, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      YmTimelineEntry *entry = g_new0 (YmTimelineEntry, 1);

      entry->record = ym_record_copy (g_ptr_array_index (records, i));
      entry->at_us = ym_record_get_integer (entry->record, moment->id, 0);
      g_ptr_array_add (entries, entry);
    }
  return records != NULL;
}

static int
latest_first (gconstpointer a, gconstpointer b)
{
  const YmTimelineEntry *first = *(YmTimelineEntry *const *) a;
  const YmTimelineEntry *second = *(YmTimelineEntry *const *) b;

  if (first->at_us != second->at_us)
    return first->at_us < second->at_us ? 1 : -1;
  return ym_id_compare (&second->record->id, &first->record->id);
}

GPtrArray *
ym_timeline_read_before (YmDesk *desk, const YmId *home, const YmTimelineEntry *before, guint most, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_timeline_entry_free);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    if (!add_form (desk, forms[i], home, before, most, entries, error))
      return NULL;
  g_ptr_array_sort (entries, latest_first);
  if (entries->len > most)
    g_ptr_array_set_size (entries, (gint) most);
  for (guint i = 0; i < entries->len; i++)
    {
      YmTimelineEntry *entry = g_ptr_array_index (entries, i);

      if (!read_author (desk, entry, error) || !ym_record_state (desk, entry->record, &entry->state, error))
        return NULL;
    }
  return g_steal_pointer (&entries);
}

GPtrArray *
ym_timeline_read (YmDesk *desk, const YmId *home, guint most, GError **error)
{
  return ym_timeline_read_before (desk, home, NULL, most, error);
}
