/* SPDX-License-Identifier: GPL-3.0-or-later */

/* My homes: each with its R1 state and what waits. */

#include "app/notebook/homes.h"

#include <string.h>

#include "app/journal/tables.h"
#include "app/notebook/calls.h"
#include "app/notebook/plans.h"
#include "app/notebook/schema.h"
#include "app/notebook/settings.h"
#include "app/rules/issue-state.h"

void
ym_home_summary_free (YmHomeSummary *summary)
{
  if (summary == NULL)
    return;
  g_clear_pointer (&summary->home, ym_record_free);
  g_clear_pointer (&summary->facts, ym_record_free);
  g_clear_pointer (&summary->plan, ym_record_free);
  g_free (summary);
}

YmDay
ym_home_next_visit (const YmHomeSummary *summary, YmNextVisit *kind)
{
  YmNextVisit found = YM_NEXT_VISIT_PROPOSED;
  YmDay planned = summary->plan != NULL ? ym_plan_day (summary->plan) : YM_DAY_NONE;
  gboolean agreement_stands = summary->next_visit != YM_DAY_NONE
                              && (summary->proposed == YM_DAY_NONE || summary->next_visit >= summary->visits.window.first)
                              && summary->next_visit > summary->last_visit;

  if (planned != YM_DAY_NONE && planned >= summary->today)
    found = YM_NEXT_VISIT_PLANNED;
  else if (summary->plan == NULL && agreement_stands)
    found = YM_NEXT_VISIT_AGREED;
  if (kind != NULL)
    *kind = found;
  return found == YM_NEXT_VISIT_PLANNED ? planned
                                        : found == YM_NEXT_VISIT_AGREED ? summary->next_visit : summary->proposed;
}

static YmDay
today (YmDesk *desk)
{
  return ym_london_from_instant (ym_clock_wall_us (desk->clock)).day;
}

/* The spans in which anybody has the home; the officer's role in it today. */
static gboolean
read_duty (YmDesk *desk, YmHomeSummary *summary, GArray *duty, GError **error)
{
  g_autoptr (GPtrArray) assignments = ym_tables_select (desk->db, ym_form (YM_FORM_ASSIGNMENT), error,
                                                        "WHERE scope = ?", "d", &summary->home->id);
  YmDay day = today (desk);

  if (assignments == NULL)
    return FALSE;
  for (guint i = 0; i < assignments->len; i++)
    {
      const YmRecord *assignment = g_ptr_array_index (assignments, i);
      YmDaySpan span = { (YmDay) ym_record_get_integer (assignment, YM_ASSIGNMENT_FROM_DATE, YM_DAY_NONE),
                         (YmDay) ym_record_get_integer (assignment, YM_ASSIGNMENT_TO_DATE, YM_DAY_NONE) };
      guint role = (guint) ym_record_get_integer (assignment, YM_ASSIGNMENT_ROLE, 0);
      YmId officer;

      g_array_append_val (duty, span);
      if (ym_record_get_id (assignment, YM_ASSIGNMENT_OFFICER, &officer) && ym_id_equal (&officer, &desk->officer)
          && span.from <= day && (span.until == YM_DAY_NONE || day <= span.until)
          && (summary->role == 0 || role == YM_ASSIGNMENT_NAMED))
        summary->role = role;
    }
  return TRUE;
}

/* Two windows ask for two visits; more than this within them is nobody's month. */
#define LATEST_VISITS 64

/* The London days of the latest visits, ascending, and what the last ones said. R1 looks back one window. */
static gboolean
read_visits (YmDesk *desk, YmHomeSummary *summary, GArray *days, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (desk->db, error,
                        "SELECT started_at, next_visit, staff_trained, staff_total FROM visit "
                        "WHERE scope = ? AND started_at IS NOT NULL ORDER BY started_at DESC LIMIT ?",
                        "di", &summary->home->id, (gint64) LATEST_VISITS);
  YmSqlStep step;

  summary->last_visit = summary->next_visit = YM_DAY_NONE;
  summary->trained = summary->staff = -1;
  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmDay day = ym_london_from_instant (sqlite3_column_int64 (statement, 0)).day;

      if (days->len == 0)
        {
          summary->last_visit = day;
          if (sqlite3_column_type (statement, 1) != SQLITE_NULL)
            summary->next_visit = sqlite3_column_int (statement, 1);
        }
      if (summary->staff < 0 && sqlite3_column_type (statement, 2) != SQLITE_NULL
          && sqlite3_column_type (statement, 3) != SQLITE_NULL)
        {
          summary->trained = sqlite3_column_int (statement, 2);
          summary->staff = sqlite3_column_int (statement, 3);
        }
      g_array_prepend_val (days, day);
    }
  return step == YM_SQL_DONE;
}

/* What R1 judges; it points into @duty and @days. */
static gboolean
read_history (YmDesk *desk, YmHomeSummary *summary, GArray *duty, GArray *days, YmVisitHistory *history, GError **error)
{
  if (!read_duty (desk, summary, duty, error) || !read_visits (desk, summary, days, error))
    return FALSE;
  *history = (YmVisitHistory){
    .duty = (const YmDaySpan *) duty->data,
    .n_duty = duty->len,
    .open = ym_record_get_integer (summary->home, YM_HOME_STATUS, 0) == YM_HOME_OPEN,
    .visits = (const YmDay *) days->data,
    .n_visits = days->len,
  };
  return TRUE;
}

static gboolean
judge_visits (YmDesk *desk, YmHomeSummary *summary, GError **error)
{
  g_autoptr (GArray) duty = g_array_new (FALSE, FALSE, sizeof (YmDaySpan));
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (YmDay));
  g_autoptr (GError) failed = NULL;
  YmVisitHistory history;

  summary->today = today (desk);
  if (!read_history (desk, summary, duty, days, &history, error))
    return FALSE;
  summary->visits = ym_visit_state (&history, summary->today);
  summary->month = ym_visit_month (&history, ym_month_of_day (summary->today), summary->today);
  summary->proposed = ym_visit_propose_next (&history, summary->today);
  summary->plan = ym_plan_open (desk, &summary->home->id, summary->last_visit, &failed);
  if (failed != NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return summary->plan != NULL || failed == NULL;
}

static gboolean
count_issues (YmDesk *desk, YmHomeSummary *summary, GError **error)
{
  gint64 open;

  if (!ym_sql_integer (desk->db, &open, error, "SELECT count(*) FROM issue_status WHERE scope = ? AND " YM_SQL_UNSETTLED, "d",
                       &summary->home->id))
    return FALSE;
  summary->open_issues = (guint) open;
  return TRUE;
}

static gboolean
count_calls (YmDesk *desk, YmHomeSummary *summary, GError **error)
{
  const YmPeriod month = ym_period_of_month (ym_month_of_day (today (desk)));

  return ym_calls_count (desk, &summary->home->id, &month, &summary->calls_this_month, error)
         && ym_setting_trigger_threshold (desk, &summary->call_threshold, error);
}

/* What waits to sync, by scope; what is pending is walked once for all homes. (The plus keeps SQLite from walking through
 * all that the author wrote instead.) */
static GHashTable *
read_waiting (YmDesk *desk, GError **error)
{
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (ym_id_hash_func, ym_id_equal_func, g_free, NULL);
  g_autoptr (sqlite3_stmt) statement
      = ym_sql_prepare (desk->db, error, "SELECT scope FROM envelope WHERE position IS NULL AND +author IN " YM_JOURNAL_OWN_AUTHORS, "");
  YmSqlStep step;

  if (statement == NULL)
    return NULL;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (statement, 0);
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (waiting, &scope));

      g_hash_table_replace (waiting, ym_id_copy (&scope), GUINT_TO_POINTER (count + 1));
    }
  return step == YM_SQL_DONE ? g_steal_pointer (&waiting) : NULL;
}

static gboolean
find_draft (YmDesk *desk, YmHomeSummary *summary, GError **error)
{
  gint64 drafts;

  if (!ym_sql_integer (desk->db, &drafts, error, "SELECT count(*) FROM draft WHERE scope = ? AND form = ?", "di",
                       &summary->home->id, (gint64) YM_FORM_VISIT))
    return FALSE;
  summary->has_draft = drafts > 0;
  return TRUE;
}

/* @home: (transfer full) */
static YmHomeSummary *
summarise (YmDesk *desk, YmRecord *home, GHashTable *waiting, GError **error)
{
  g_autoptr (YmHomeSummary) summary = g_new0 (YmHomeSummary, 1);
  g_autoptr (GPtrArray) facts = NULL;

  summary->home = home;
  summary->waiting = GPOINTER_TO_UINT (g_hash_table_lookup (waiting, &home->id));
  facts = ym_tables_select (desk->db, ym_form (YM_FORM_HOME_FACTS), error, "WHERE scope = ? LIMIT 1", "d", &home->id);
  if (facts == NULL || !judge_visits (desk, summary, error) || !count_issues (desk, summary, error)
      || !count_calls (desk, summary, error) || !find_draft (desk, summary, error))
    return NULL;
  if (facts->len > 0)
    summary->facts = g_ptr_array_steal_index (facts, 0);
  return g_steal_pointer (&summary);
}

static int
urgency (const YmHomeSummary *summary)
{
  static const int ranks[] = {
    [YM_STANDING_OVERDUE] = 0, [YM_STANDING_DUE_SOON] = 1, [YM_STANDING_DUE] = 2,
    [YM_STANDING_VISITED] = 3, [YM_STANDING_NONE] = 4,
  };

  return ranks[summary->visits.standing];
}

static int
compare_homes (gconstpointer a, gconstpointer b)
{
  const YmHomeSummary *first = *(YmHomeSummary *const *) a;
  const YmHomeSummary *second = *(YmHomeSummary *const *) b;
  gboolean first_own = first->role == YM_ASSIGNMENT_NAMED;
  gboolean second_own = second->role == YM_ASSIGNMENT_NAMED;

  if (first_own != second_own)
    return first_own ? -1 : 1;
  if (urgency (first) != urgency (second))
    return urgency (first) - urgency (second);
  if (first->last_visit != second->last_visit) /* the longest unvisited first; never visited is YM_DAY_NONE */
    return first->last_visit < second->last_visit ? -1 : 1;
  return g_utf8_collate (ym_record_get_text (first->home, YM_HOME_NAME), ym_record_get_text (second->home, YM_HOME_NAME));
}

GPtrArray *
ym_homes_list (YmDesk *desk, GError **error)
{
  g_autoptr (GPtrArray) homes = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_home_summary_free);
  g_autoptr (GHashTable) waiting = read_waiting (desk, error);
  g_autoptr (GPtrArray) records
      = waiting == NULL ? NULL : ym_tables_select (desk->db, ym_form (YM_FORM_HOME), error, NULL, "");

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      YmHomeSummary *summary = summarise (desk, ym_record_copy (g_ptr_array_index (records, i)), waiting, error);

      if (summary == NULL)
        return NULL;
      g_ptr_array_add (homes, summary);
    }
  if (records == NULL)
    return NULL;
  g_ptr_array_sort (homes, compare_homes);
  return g_steal_pointer (&homes);
}

YmHomeSummary *
ym_home_load (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GHashTable) waiting = read_waiting (desk, error);
  YmRecord *record = waiting == NULL ? NULL : ym_tables_find (desk->db, ym_form (YM_FORM_HOME), home, error);

  return record == NULL ? NULL : summarise (desk, record, waiting, error);
}

gboolean
ym_home_propose_next (YmDesk *desk, const YmId *home, YmDay visited, YmDay *day, GError **error)
{
  g_autoptr (GArray) duty = g_array_new (FALSE, FALSE, sizeof (YmDaySpan));
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (YmDay));
  g_autoptr (YmHomeSummary) summary = g_new0 (YmHomeSummary, 1);
  YmVisitHistory history;
  guint at;

  *day = YM_DAY_NONE;
  summary->home = ym_tables_find (desk->db, ym_form (YM_FORM_HOME), home, error);
  if (summary->home == NULL || !read_history (desk, summary, duty, days, &history, error))
    return FALSE;
  for (at = days->len; at > 0 && g_array_index (days, YmDay, at - 1) > visited;)
    at--;
  g_array_insert_val (days, at, visited);
  history.visits = (const YmDay *) days->data;
  history.n_visits = days->len;
  *day = ym_visit_propose_next (&history, MAX (visited, today (desk)));
  return TRUE;
}
