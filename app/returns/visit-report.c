/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a visit report says, and what it keeps from the home. */

#include "app/returns/visit-report.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/issues.h"

/* Not the home's: that there is a concern, that a child spoke, and what is for the police only. */
static const guint withheld[] = { YM_VISIT_SPOKE_WITH_CHILD, YM_VISIT_CONCERN_RAISED, YM_VISIT_INTERNAL_NOTES };

#define CHILDREN 4 /* the section: that it was discussed says something already */
#define SAFEGUARDING 12 /* an issue that may be about the staff who would read of it */

void
ym_visit_report_free (YmVisitReport *report)
{
  if (report == NULL)
    return;
  g_clear_pointer (&report->visit, ym_visit_free);
  g_clear_pointer (&report->home, ym_record_free);
  g_clear_pointer (&report->officer, ym_record_free);
  g_clear_pointer (&report->issues, g_ptr_array_unref);
  g_free (report->force);
  g_free (report->device);
  g_free (report);
}

gboolean
ym_visit_report_gives_form (guint audience, const YmForm *form)
{
  return audience == YM_AUDIENCE_FILE || form->record_class != YM_CLASS_CHILD;
}

gboolean
ym_visit_report_gives_section (guint audience, guint section)
{
  return audience == YM_AUDIENCE_FILE || section != CHILDREN;
}

gboolean
ym_visit_report_gives_field (guint audience, const YmForm *form, const YmField *field)
{
  if ((field->flags & YM_FIELD_AUTOMATIC) != 0 || !ym_visit_report_gives_form (audience, form))
    return FALSE;
  for (guint i = 0; audience != YM_AUDIENCE_FILE && form->id == YM_FORM_VISIT && i < G_N_ELEMENTS (withheld); i++)
    if (withheld[i] == field->id)
      return FALSE;
  return TRUE;
}

/* The first record that @where names; nothing found is no error. */
static gboolean
read_one (YmDesk *desk, guint form, const YmId *id, YmRecord **record, GError **error)
{
  g_autoptr (GPtrArray) found = ym_tables_select (desk->db, ym_form (form), error, "WHERE id = ?", "d", id);

  if (found != NULL && found->len > 0)
    *record = ym_record_copy (g_ptr_array_index (found, 0));
  return found != NULL;
}

static gboolean
read_signature (YmDesk *desk, YmVisitReport *report, GError **error)
{
  g_autoptr (YmRecord) device = NULL;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      desk->db, error, "SELECT e.hash FROM visit v JOIN envelope e ON e.entry = v.entry WHERE v.id = ?", "d",
      &report->visit->visit->id);
  YmSqlStep step;
  YmId officer;

  if (rows == NULL)
    return FALSE;
  step = ym_sql_step (rows, error);
  if (step == YM_SQL_ROW)
    report->envelope = ym_sql_column_hash (rows, 0);
  if (step == YM_SQL_FAILED || !read_one (desk, YM_FORM_DEVICE, &report->visit->device, &device, error))
    return FALSE;
  if (device != NULL)
    report->device = g_strdup (ym_record_get_text (device, YM_DEVICE_NAME));
  return !ym_record_get_id (report->visit->visit, YM_VISIT_OFFICER, &officer)
         || read_one (desk, YM_FORM_OFFICER, &officer, &report->officer, error);
}

static gboolean
read_force (YmDesk *desk, YmVisitReport *report, GError **error)
{
  g_autoptr (GPtrArray) found = ym_tables_select (desk->db, ym_form (YM_FORM_FORCE), error, "LIMIT 1", "");

  if (found == NULL)
    return FALSE;
  report->force = g_strdup (found->len > 0 ? ym_record_get_text (g_ptr_array_index (found, 0), YM_FORCE_NAME) : "");
  return TRUE;
}

/* What is open with the home now, and may be said to whom the report is for. */
static gboolean
read_issues (YmDesk *desk, YmVisitReport *report, GError **error)
{
  report->issues = ym_issue_list (desk, &report->home->id, error);
  for (guint i = report->issues == NULL ? 0 : report->issues->len; i > 0; i--)
    {
      const YmIssue *issue = g_ptr_array_index (report->issues, i - 1);
      gint64 category = ym_record_get_integer (issue->issue, YM_ISSUE_CATEGORY, 0);

      if (ym_issue_is_settled (issue->state) || category == YM_ISSUE_GOOD_PRACTICE
          || (report->audience != YM_AUDIENCE_FILE && category == SAFEGUARDING))
        g_ptr_array_remove_index (report->issues, i - 1);
    }
  return report->issues != NULL;
}

YmVisitReport *
ym_visit_report_read (YmDesk *desk, const YmId *visit, guint audience, gboolean with_addenda, GError **error)
{
  g_autoptr (YmVisitReport) report = g_new0 (YmVisitReport, 1);

  report->audience = audience;
  report->with_addenda = with_addenda || audience == YM_AUDIENCE_FILE;
  report->made_at_us = ym_clock_wall_us (desk->clock);
  report->visit = ym_visit_load (desk, visit, error);
  report->home = report->visit == NULL
                     ? NULL
                     : ym_tables_find (desk->db, ym_form (YM_FORM_HOME), &report->visit->visit->scope, error);
  if (report->home == NULL || !read_signature (desk, report, error) || !read_force (desk, report, error)
      || !read_issues (desk, report, error))
    return NULL;
  return g_steal_pointer (&report);
}

char *
ym_visit_report_title (const YmVisitReport *report, const YmWords *words)
{
  gint64 at_us = ym_record_get_integer (report->visit->visit, YM_VISIT_STARTED_AT, report->visit->signed_at_us);
  g_autofree char *day = ym_words_day (words, ym_london_day (at_us));

  return g_strdup_printf ("%s: %s, %s", ym_words_get (words, N_ ("Visit report")),
                          ym_record_get_text (report->home, YM_HOME_NAME), day);
}
