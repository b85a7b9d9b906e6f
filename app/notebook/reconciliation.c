/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reconciling the home's own log with the police's (R5): the rule does the matching, here are the records around it. */

#include "app/notebook/reconciliation.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/save.h"
#include "app/rules/percent.h"

#define IN_LEDGER_ORDER                                                                                                \
  "ORDER BY (SELECT coalesce(position, 0x7fffffffffffffff) FROM envelope "                                             \
  "WHERE envelope.entry = reconciliation_pair.entry), entry"

void
ym_home_reconciliation_free (YmHomeReconciliation *reconciliation)
{
  if (reconciliation == NULL)
    return;
  g_clear_pointer (&reconciliation->calls, g_ptr_array_unref);
  g_clear_pointer (&reconciliation->log, g_ptr_array_unref);
  g_clear_pointer (&reconciliation->both, g_array_unref);
  g_clear_pointer (&reconciliation->only_police, g_array_unref);
  g_clear_pointer (&reconciliation->only_home, g_array_unref);
  g_free (reconciliation);
}

guint
ym_home_reconciliation_n_police (const YmHomeReconciliation *reconciliation)
{
  return reconciliation->both->len + reconciliation->only_police->len;
}

guint
ym_home_reconciliation_n_home (const YmHomeReconciliation *reconciliation)
{
  return reconciliation->both->len + reconciliation->only_home->len;
}

static GHashTable *
index_calls (GPtrArray *calls)
{
  GHashTable *indexes = g_hash_table_new (ym_id_hash_func, ym_id_equal_func);

  for (guint i = 0; i < calls->len; i++)
    g_hash_table_insert (indexes, &((YmCall *) g_ptr_array_index (calls, i))->id, GUINT_TO_POINTER (i + 1));
  return indexes;
}

static GHashTable *
index_log (GPtrArray *log)
{
  GHashTable *indexes = g_hash_table_new (ym_id_hash_func, ym_id_equal_func);

  for (guint i = 0; i < log->len; i++)
    g_hash_table_insert (indexes, &((YmLogEntry *) g_ptr_array_index (log, i))->record->id, GUINT_TO_POINTER (i + 1));
  return indexes;
}

/* A decision about two entries that are both looked at; FALSE for any other. */
static gboolean
find_marked (const YmRecord *mark, GHashTable *calls, GHashTable *log, YmHandPair *pair)
{
  YmId call_id, entry_id;
  guint call, entry;

  if (!ym_record_get_id (mark, YM_RECONCILIATION_PAIR_CALL, &call_id)
      || !ym_record_get_id (mark, YM_RECONCILIATION_PAIR_ENTRY, &entry_id))
    return FALSE;
  call = GPOINTER_TO_UINT (g_hash_table_lookup (calls, &call_id));
  entry = GPOINTER_TO_UINT (g_hash_table_lookup (log, &entry_id));
  if (call == 0 || entry == 0)
    return FALSE;
  *pair = (YmHandPair){ call - 1, entry - 1,
                        ym_record_get_integer (mark, YM_RECONCILIATION_PAIR_MARK, 0) == YM_PAIR_JOINED };
  return TRUE;
}

/* A later decision about the same two replaces the earlier; "left to the rule again" leaves none. */
static void
drop_earlier (GArray *pairs, const YmHandPair *pair)
{
  for (guint i = pairs->len; i > 0; i--)
    {
      const YmHandPair *earlier = &g_array_index (pairs, YmHandPair, i - 1);

      if (earlier->police == pair->police && earlier->home == pair->home)
        g_array_remove_index (pairs, i - 1);
    }
}

/* What officers decided, oldest first, as indexes. */
static GArray *
read_marks (YmDesk *desk, const YmHomeReconciliation *reconciliation, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (YmHandPair));
  g_autoptr (GHashTable) calls = index_calls (reconciliation->calls);
  g_autoptr (GHashTable) log = index_log (reconciliation->log);
  g_autoptr (GPtrArray) marks = ym_tables_select (desk->db, ym_form (YM_FORM_RECONCILIATION_PAIR), error,
                                                  "WHERE scope = ? " IN_LEDGER_ORDER, "d", &reconciliation->home);

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const YmRecord *mark = g_ptr_array_index (marks, i);
      YmHandPair pair;

      if (!find_marked (mark, calls, log, &pair))
        continue;
      drop_earlier (pairs, &pair);
      if (ym_record_get_integer (mark, YM_RECONCILIATION_PAIR_MARK, 0) != YM_PAIR_UNDONE)
        g_array_append_val (pairs, pair);
    }
  return marks == NULL ? NULL : g_steal_pointer (&pairs);
}

static gboolean
is_within (const YmHomeReconciliation *reconciliation, gint64 at_us)
{
  return at_us >= ym_london_day_start (reconciliation->period.from)
         && at_us < ym_london_day_start (reconciliation->period.until + 1);
}

/* Takes over what lies in the period. */
static void
take_result (YmHomeReconciliation *reconciliation, const YmReconciliation *result)
{
  gint64 apart_us = 0;

  for (guint i = 0; i < result->both->len; i++)
    {
      const YmMatchedPair *matched = &g_array_index (result->both, YmMatchedPair, i);
      YmReconciledPair pair = { g_ptr_array_index (reconciliation->calls, matched->police),
                                g_ptr_array_index (reconciliation->log, matched->home), matched->apart_us,
                                matched->by_hand };

      if (!is_within (reconciliation, pair.call->received_at_us))
        continue;
      g_array_append_val (reconciliation->both, pair);
      reconciliation->by_hand += pair.by_hand;
      apart_us += pair.apart_us;
    }
  for (guint i = 0; i < result->only_police->len; i++)
    {
      YmReconciledPair pair
          = { .call = g_ptr_array_index (reconciliation->calls, g_array_index (result->only_police, guint, i)) };

      if (is_within (reconciliation, pair.call->received_at_us))
        g_array_append_val (reconciliation->only_police, pair);
    }
  for (guint i = 0; i < result->only_home->len; i++)
    {
      YmReconciledPair pair
          = { .entry = g_ptr_array_index (reconciliation->log, g_array_index (result->only_home, guint, i)) };

      if (is_within (reconciliation, pair.entry->logged_at_us))
        g_array_append_val (reconciliation->only_home, pair);
    }
  reconciliation->minutes_apart = apart_us / YM_MINUTE_US;
  reconciliation->discrepancy_percent
      = ym_percent (reconciliation->only_police->len, ym_home_reconciliation_n_police (reconciliation));
}

static gboolean
match (YmDesk *desk, YmHomeReconciliation *reconciliation, GError **error)
{
  g_autofree gint64 *police_at_us = g_new (gint64, reconciliation->calls->len + 1);
  g_autofree gint64 *home_at_us = g_new (gint64, reconciliation->log->len + 1);
  g_autoptr (GArray) marks = read_marks (desk, reconciliation, error);
  g_autoptr (YmReconciliation) result = NULL;
  YmReconcileInput input;

  if (marks == NULL)
    return FALSE;
  for (guint i = 0; i < reconciliation->calls->len; i++)
    police_at_us[i] = ((const YmCall *) g_ptr_array_index (reconciliation->calls, i))->received_at_us;
  for (guint i = 0; i < reconciliation->log->len; i++)
    home_at_us[i] = ((const YmLogEntry *) g_ptr_array_index (reconciliation->log, i))->logged_at_us;
  input = (YmReconcileInput){ police_at_us,
                              reconciliation->calls->len,
                              home_at_us,
                              reconciliation->log->len,
                              (const YmHandPair *) (gpointer) marks->data,
                              marks->len,
                              reconciliation->tolerance_minutes };
  result = ym_reconcile (&input, error);
  if (result == NULL)
    return FALSE;
  take_result (reconciliation, result);
  return TRUE;
}

YmHomeReconciliation *
ym_home_reconcile (YmDesk *desk, const YmId *home, const YmPeriod *period, int tolerance_minutes, GError **error)
{
  g_autoptr (YmHomeReconciliation) reconciliation = g_new0 (YmHomeReconciliation, 1);
  gint64 margin_us = CLAMP (tolerance_minutes, 0, YM_RECONCILE_TOLERANCE_MINUTES_MAX) * YM_MINUTE_US;
  gint64 from_us = ym_london_day_start (period->from) - margin_us;
  gint64 until_us = ym_london_day_start (period->until + 1) + margin_us;

  reconciliation->home = *home;
  reconciliation->period = *period;
  reconciliation->tolerance_minutes = tolerance_minutes;
  reconciliation->both = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  reconciliation->only_police = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  reconciliation->only_home = g_array_new (FALSE, FALSE, sizeof (YmReconciledPair));
  if (period->until < period->from)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("The period ends before it begins; correct one of the two dates."));
      return NULL;
    }
  reconciliation->calls = ym_calls_between (desk, home, from_us, until_us, error);
  if (reconciliation->calls == NULL)
    return NULL;
  reconciliation->log = ym_home_log_between (desk, home, from_us, until_us, error);
  if (reconciliation->log == NULL || !match (desk, reconciliation, error))
    return NULL;
  return g_steal_pointer (&reconciliation);
}

gboolean
ym_reconciliation_mark (YmDesk *desk, const YmCall *call, const YmLogEntry *entry, int mark, GError **error)
{
  g_autoptr (YmRecord) record = ym_desk_new_record (desk, ym_form (YM_FORM_RECONCILIATION_PAIR), &call->home);

  ym_record_set_id (record, YM_RECONCILIATION_PAIR_CALL, &call->id);
  ym_record_set_id (record, YM_RECONCILIATION_PAIR_ENTRY, &entry->record->id);
  ym_record_set_integer (record, YM_RECONCILIATION_PAIR_MARK, mark);
  return ym_desk_save (desk, "reconciliation.mark", NULL, record, error);
}

gboolean
ym_reconciliation_save (YmDesk *desk, const YmHomeReconciliation *reconciliation, const YmId *visit, GError **error)
{
  const struct {
    guint field;
    gint64 value;
  } values[] = {
    { YM_RECONCILIATION_FROM_DATE, reconciliation->period.from },
    { YM_RECONCILIATION_UNTIL_DATE, reconciliation->period.until },
    { YM_RECONCILIATION_TOLERANCE, reconciliation->tolerance_minutes },
    { YM_RECONCILIATION_POLICE, ym_home_reconciliation_n_police (reconciliation) },
    { YM_RECONCILIATION_HOME_ENTRIES, ym_home_reconciliation_n_home (reconciliation) },
    { YM_RECONCILIATION_BOTH, reconciliation->both->len },
    { YM_RECONCILIATION_ONLY_POLICE, reconciliation->only_police->len },
    { YM_RECONCILIATION_ONLY_HOME, reconciliation->only_home->len },
    { YM_RECONCILIATION_BY_HAND, reconciliation->by_hand },
    { YM_RECONCILIATION_MINUTES_APART, reconciliation->minutes_apart },
  };
  g_autoptr (YmRecord) record
      = ym_desk_new_record (desk, ym_form (YM_FORM_RECONCILIATION), &reconciliation->home);

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    ym_record_set_integer (record, values[i].field, values[i].value);
  if (visit != NULL)
    ym_record_set_id (record, YM_RECONCILIATION_VISIT, visit);
  return ym_desk_save (desk, "reconciliation.save", NULL, record, error);
}

YmRecord *
ym_reconciliation_last (YmDesk *desk, const YmId *home, gint64 before_us, GError **error)
{
  g_autoptr (GPtrArray) found
      = ym_tables_select (desk->db, ym_form (YM_FORM_RECONCILIATION), error,
                          "WHERE scope = ? AND at < ? ORDER BY at DESC, id LIMIT 1", "di", home, before_us);

  return found == NULL || found->len == 0 ? NULL : g_ptr_array_steal_index (found, 0);
}

int
ym_reconciliation_record_percent (const YmRecord *record)
{
  return ym_percent (ym_record_get_integer (record, YM_RECONCILIATION_ONLY_POLICE, 0),
                     ym_record_get_integer (record, YM_RECONCILIATION_POLICE, 0));
}

YmRecord *
ym_reconciliation_issue (YmDesk *desk, const YmHomeReconciliation *reconciliation, const YmId *visit)
{
  g_autofree char *from = ym_day_to_string (reconciliation->period.from);
  g_autofree char *until = ym_day_to_string (reconciliation->period.until);
  g_autofree char *description = NULL;
  YmRecord *issue;

  if (reconciliation->only_police->len == 0)
    return NULL;
  issue = ym_desk_new_record (desk, ym_form (YM_FORM_ISSUE), &reconciliation->home);
  description = g_strdup_printf (_ ("From %s to %s: %u calls by police record, %u of them in the home's log, %u only with "
                                    "the police: %d %%. %u only with the home."),
                                 from, until, ym_home_reconciliation_n_police (reconciliation), reconciliation->both->len,
                                 reconciliation->only_police->len, reconciliation->discrepancy_percent,
                                 reconciliation->only_home->len);
  ym_record_set_text (issue, YM_ISSUE_TITLE, _ ("Call log discrepancy"));
  ym_record_set_integer (issue, YM_ISSUE_CATEGORY, YM_ISSUE_CALL_LOG_DISCREPANCY);
  ym_record_set_integer (issue, YM_ISSUE_SEVERITY,
                         reconciliation->discrepancy_percent >= 50 ? YM_SEVERITY_HIGH : YM_SEVERITY_MEDIUM);
  ym_record_set_integer (issue, YM_ISSUE_OWNER, YM_OWNER_HOME);
  ym_record_set_text (issue, YM_ISSUE_DESCRIPTION, description);
  if (visit != NULL)
    ym_record_set_id (issue, YM_ISSUE_VISIT, visit);
  return issue;
}
