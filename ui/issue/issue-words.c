/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An issue in a few words. */

#include "ui/issue/issue-words.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answer-text.h"
#include "ui/widgets/date-text.h"

char *
ym_issue_facts (const YmRecord *issue)
{
  static const guint fields[] = { YM_ISSUE_CATEGORY, YM_ISSUE_SEVERITY, YM_ISSUE_OWNER };
  GString *facts = g_string_new (NULL);

  /* "Under-staffing" says by itself what it is; "High" and "The home" do not. */
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const YmField *field = ym_form_field (issue->form, fields[i]);
      g_autofree char *fact = ym_answer_text (field, ym_record_get (issue, fields[i]));

      if (*fact == '\0')
        continue;
      if (facts->len > 0)
        g_string_append (facts, " · ");
      if (fields[i] != YM_ISSUE_CATEGORY)
        g_string_append_printf (facts, "%s: ", ym_label (field->label));
      g_string_append (facts, fact);
    }
  return g_string_free (facts, FALSE);
}

char *
ym_days_past_due_text (int days)
{
  return g_strdup_printf (ngettext ("%d day past due", "%d days past due", (gulong) days), days);
}

char *
ym_issue_due_text (const YmIssue *issue)
{
  g_autofree char *day = NULL;

  if (issue->days_past_due > 0)
    return ym_days_past_due_text (issue->days_past_due);
  if (issue->due == YM_DAY_NONE || ym_issue_is_settled (issue->state))
    return NULL;
  day = ym_date_say (issue->due);
  return g_strdup_printf (_ ("Next action due %s"), day);
}
