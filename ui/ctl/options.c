/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options that several commands share. */

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "ui/ctl/command.h"
#include "ui/ctl/words.h"

gboolean
ym_ctl_read_visit (YmDesk *desk, const YmCtlCall *call, YmId *visit, GError **error)
{
  const char *text = ym_ctl_option (call, "visit");
  g_autoptr (YmDraft) draft = NULL;

  if (text == NULL)
    return TRUE;
  draft = ym_ctl_find_draft (desk, text, NULL);
  if (draft == NULL)
    return ym_ctl_find_record (desk, ym_form (YM_FORM_VISIT), text, visit, error);
  *visit = draft->record->id;
  return TRUE;
}

gboolean
ym_ctl_read_period (YmDesk *desk, const YmCtlCall *call, YmPeriod *period, GError **error)
{
  const char *month_text = ym_ctl_option (call, "month");
  const char *from = ym_ctl_option (call, "from"), *until = ym_ctl_option (call, "until");
  YmMonth month;

  if (month_text != NULL)
    {
      if (!ym_ctl_read_month (month_text, &month, error))
        return FALSE;
      *period = ym_period_of_month (month);
    }
  if ((from != NULL && !ym_ctl_read_day (from, &period->from, error))
      || (until != NULL && !ym_ctl_read_day (until, &period->until, error)))
    return FALSE;
  if (period->from <= period->until)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, _ ("The period ends before it begins."));
  return FALSE;
}
