/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who read what is recorded about a child, and why (R13). */

#include "app/notebook/consultation.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/base/sql.h"
#include "app/forms/fields.h"
#include "app/notebook/save.h"

gboolean
ym_consultation_asked (YmDesk *desk, const YmForm *form, const YmId *record, gboolean *asked, GError **error)
{
  gint64 since_us = ym_clock_wall_us (desk->clock) - YM_CONSULTATION_LASTS_US;
  gint64 n = 0;

  *asked = FALSE;
  if (form->record_class != YM_CLASS_CHILD || form->id == YM_FORM_CONSULTATION)
    return TRUE;
  if (!ym_sql_integer (desk->db, &n, error,
                       "SELECT count(*) FROM consultation WHERE record = ? AND officer = ? AND at >= ?", "ddi", record,
                       &desk->officer, since_us))
    return FALSE;
  *asked = n == 0;
  return TRUE;
}

gboolean
ym_consultation_save (YmDesk *desk, const YmId *home, const YmId *record, guint why, const char *other, GError **error)
{
  g_autoptr (YmRecord) consultation = ym_desk_new_record (desk, ym_form (YM_FORM_CONSULTATION), home);

  ym_record_set_id (consultation, YM_CONSULTATION_RECORD, record);
  ym_record_set_integer (consultation, YM_CONSULTATION_WHY, why);
  if (why == YM_WHY_OTHER && (other == NULL || *other == '\0'))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("Say in a few words why you open it."));
      return FALSE;
    }
  if (why == YM_WHY_OTHER)
    ym_record_set_text (consultation, YM_CONSULTATION_OTHER, other);
  return ym_desk_check_may (desk, consultation->form, YM_ACTION_KIND_INSERT, home, error)
         && ym_desk_save (desk, "child.consult", NULL, consultation, error);
}
