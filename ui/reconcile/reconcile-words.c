/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a reconciliation says. Pure: figures in, words out. */

#include "ui/reconcile/reconcile-words.h"

#include <glib/gi18n-lib.h>

#include "ui/calls/call-words.h"
#include "ui/visit/answer-text.h"
#include "ui/widgets/date-text.h"

char *
ym_reconcile_sentence (const YmHomeReconciliation *result)
{
  return g_strdup_printf (_ ("%u by the police, %u in the home's log: %u only with the police, %d %%"),
                          ym_home_reconciliation_n_police (result), ym_home_reconciliation_n_home (result),
                          result->only_police->len, result->discrepancy_percent);
}

char *
ym_reconcile_period_text (const YmPeriod *period, int tolerance_minutes)
{
  g_autofree char *from = ym_date_write (period->from);
  g_autofree char *until = ym_date_write (period->until);

  /* TRANSLATORS: two dates; entries that are so many minutes apart are still taken for the same call */
  return g_strdup_printf (_ ("%s to %s · %d min"), from, until, tolerance_minutes);
}

char *
ym_reconcile_apart_text (gint64 apart_us)
{
  gint64 minutes = apart_us / YM_MINUTE_US;

  if (minutes == 0)
    return g_strdup (_ ("at the same minute"));
  return g_strdup_printf (ngettext ("%d minute apart", "%d minutes apart", (gulong) minutes), (int) minutes);
}

char *
ym_reconcile_side_text (const YmReconcileSide *side, gboolean with_day)
{
  const YmChoice *reason = ym_choices_by_number (&ym_choices_call_reason, side->reason);
  g_autofree char *when = with_day ? ym_call_when (side->at_us) : ym_time_say (side->at_us);

  return reason == NULL ? g_strdup (when) : g_strdup_printf ("%s · %s", when, ym_label (reason->label));
}

char *
ym_reconcile_list_title (YmReconcileList which, guint n_rows)
{
  static const char *const titles[] = {
    [YM_RECONCILE_BOTH] = N_ ("In both"),
    [YM_RECONCILE_ONLY_POLICE] = N_ ("Only with the police"),
    [YM_RECONCILE_ONLY_HOME] = N_ ("Only with the home"),
    [YM_RECONCILE_LOG] = N_ ("The home's log"),
  };

  return g_strdup_printf ("%s: %u", _ (titles[which]), n_rows);
}
