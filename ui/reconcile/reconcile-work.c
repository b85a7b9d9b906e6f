/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reconciling on the notebook's lanes. What is kept, marked or made an issue of is computed anew from the store: the page may
 * be a moment behind it. */

#include "ui/reconcile/reconcile-work.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "ui/visit/names.h"

void
ym_reconcile_answer_free (gpointer data)
{
  YmReconcileAnswer *answer = data;

  g_clear_pointer (&answer->result, ym_home_reconciliation_free);
  g_clear_pointer (&answer->log, g_array_unref);
  g_free (answer->home_name);
  g_free (answer);
}

/* From the day after the last one that was kept; else from the first of last month. Up to today. */
static gboolean
propose_period (YmDesk *desk, const YmId *home, YmPeriod *period, GError **error)
{
  gint64 now_us = ym_clock_wall_us (desk->clock);
  YmDay today = ym_london_day (now_us);
  g_autoptr (GError) failed = NULL;
  g_autoptr (YmRecord) last = ym_reconciliation_last (desk, home, now_us + YM_DAY_US, &failed);

  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  period->until = today;
  period->from = last != NULL
                     ? (YmDay) ym_record_get_integer (last, YM_RECONCILIATION_UNTIL_DATE, today) + 1
                     : ym_month_first_day (ym_month_of_day (today) - 1);
  period->from = MIN (period->from, today);
  return TRUE;
}

static GArray *
lines_of_period (const YmHomeReconciliation *result)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  gint64 from_us = ym_london_day_start (result->period.from);
  gint64 until_us = ym_london_day_start (result->period.until + 1);

  for (guint i = result->log->len; i-- > 0;)
    {
      const YmReconciledPair line = { .entry = g_ptr_array_index (result->log, i) };

      if (line.entry->logged_at_us >= from_us && line.entry->logged_at_us < until_us)
        g_array_append_val (lines, line);
    }
  return lines;
}

gpointer
ym_reconcile_read (YmDesk *desk, gpointer data, GError **error)
{
  const YmReconcileAsk *ask = data;
  YmPeriod period = ask->period;
  YmHomeReconciliation *result;
  YmReconcileAnswer *answer;

  if (period.from == YM_DAY_NONE && !propose_period (desk, &ask->home, &period, error))
    return NULL;
  result = ym_home_reconcile (desk, &ask->home, &period, ask->tolerance_minutes, error);
  if (result == NULL)
    return NULL;
  answer = g_new (YmReconcileAnswer, 1);
  *answer = (YmReconcileAnswer){ result, lines_of_period (result), ym_names_of (desk, YM_FORM_HOME, &ask->home) };
  return answer;
}

static const YmId *
visit_or_none (const YmId *visit)
{
  return ym_id_is_zero (visit) ? NULL : visit;
}

gpointer
ym_reconcile_keep (YmDesk *desk, gpointer data, GError **error)
{
  const YmReconcileAsk *ask = data;
  g_autoptr (YmHomeReconciliation) result
      = ym_home_reconcile (desk, &ask->home, &ask->period, ask->tolerance_minutes, error);

  return result != NULL && ym_reconciliation_save (desk, result, visit_or_none (&ask->visit), error) ? data : NULL;
}

gpointer
ym_reconcile_issue (YmDesk *desk, gpointer data, GError **error)
{
  const YmReconcileAsk *ask = data;
  g_autoptr (YmHomeReconciliation) result
      = ym_home_reconcile (desk, &ask->home, &ask->period, ask->tolerance_minutes, error);
  YmRecord *issue = result != NULL ? ym_reconciliation_issue (desk, result, visit_or_none (&ask->visit)) : NULL;

  if (result != NULL && issue == NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                         _ ("Every call by police record is in the home's log now: there is nothing to open an issue about."));
  return issue;
}

gpointer
ym_reconcile_add (YmDesk *desk, gpointer data, GError **error)
{
  const YmReconcileLine *line = data;
  g_autoptr (YmRecord) record = ym_home_log_begin (desk, &line->home, visit_or_none (&line->visit));

  ym_record_set_integer (record, YM_HOME_LOG_ENTRY_LOGGED_AT, line->at_us);
  if (line->reason != 0)
    ym_record_set_integer (record, YM_HOME_LOG_ENTRY_REASON, line->reason);
  return ym_home_log_save (desk, NULL, record, error) ? data : NULL;
}

/* (transfer full) (element-type YmLogEntry): the lines of that minute, @found among them. */
static GPtrArray *
find_entry (YmDesk *desk, const YmReconcileMark *mark, const YmLogEntry **found, GError **error)
{
  g_autoptr (GPtrArray) entries
      = ym_home_log_between (desk, &mark->home, mark->logged_at_us, mark->logged_at_us + 1, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      *found = g_ptr_array_index (entries, i);
      if (ym_id_equal (&(*found)->record->id, &mark->entry))
        return g_steal_pointer (&entries);
    }
  if (entries != NULL)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("That line of the home's log is not there any more."));
  return NULL;
}

gpointer
ym_reconcile_withdraw (YmDesk *desk, gpointer data, GError **error)
{
  const YmLogEntry *entry = NULL;
  g_autoptr (GPtrArray) entries = find_entry (desk, data, &entry, error);
  g_autoptr (YmRecord) after = entries != NULL ? ym_record_copy (entry->record) : NULL;

  if (after == NULL)
    return NULL;
  ym_record_set_integer (after, YM_HOME_LOG_ENTRY_WITHDRAWN, YM_YES);
  return ym_home_log_save (desk, entry->record, after, error) ? data : NULL;
}

gpointer
ym_reconcile_mark (YmDesk *desk, gpointer data, GError **error)
{
  const YmReconcileMark *mark = data;
  const YmLogEntry *entry = NULL;
  g_autoptr (GPtrArray) entries = find_entry (desk, mark, &entry, error);
  g_autoptr (YmCall) call = entries != NULL ? ym_call_load (desk, &mark->home, &mark->call, error) : NULL;

  return call != NULL && ym_reconciliation_mark (desk, call, entry, mark->mark, error) ? data : NULL;
}
