/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Is it working? (R10) Every measure is a part and a whole, so that homes add up, periods of different length compare by
 * their rate, and what is not known is not taken for none.
 */

#include "app/notebook/figures.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"
#include "app/notebook/monthly-figures.h"
#include "app/rules/percent.h"

#define BASELINE_MONTHS 3

static const struct {
  YmMeasureKind kind;
  const char *label;
} measures[YM_N_MEASURES] = {
  [YM_MEASURE_CALLS] = { YM_MEASURE_COUNT, N_ ("Calls to the police") },
  [YM_MEASURE_APPROPRIATE] = { YM_MEASURE_SHARE, N_ ("Calls found appropriate") },
  [YM_MEASURE_MISSING] = { YM_MEASURE_COUNT, N_ ("Missing episodes") },
  [YM_MEASURE_NOTIFIABLE] = { YM_MEASURE_COUNT, N_ ("Notifiable events") },
  [YM_MEASURE_CALL_OUTS] = { YM_MEASURE_COUNT, N_ ("Emergency call-outs") },
  [YM_MEASURE_RESTRAINTS] = { YM_MEASURE_COUNT, N_ ("Restraints") },
  [YM_MEASURE_DISCREPANCY] = { YM_MEASURE_SHARE, N_ ("Calls missing from the home's log") },
  [YM_MEASURE_VISITS] = { YM_MEASURE_SHARE, N_ ("Visits made in time") },
  [YM_MEASURE_ISSUES_OPENED] = { YM_MEASURE_COUNT, N_ ("Issues opened") },
  [YM_MEASURE_ISSUES_CLOSED] = { YM_MEASURE_COUNT, N_ ("Issues resolved") },
  [YM_MEASURE_DAYS_TO_CLOSE] = { YM_MEASURE_MEAN, N_ ("Days to resolve an issue") },
};

static const struct {
  YmMeasure measure;
  guint field;
} monthly[] = {
  { YM_MEASURE_MISSING, YM_MONTHLY_FIGURES_MISSING },
  { YM_MEASURE_NOTIFIABLE, YM_MONTHLY_FIGURES_NOTIFIABLE },
  { YM_MEASURE_CALL_OUTS, YM_MONTHLY_FIGURES_CALL_OUTS },
  { YM_MEASURE_RESTRAINTS, YM_MONTHLY_FIGURES_RESTRAINTS },
};

/* One home and some months, and where its figures are added. */
typedef struct {
  YmDesk *desk;
  const YmRecord *home;
  YmMonth first;
  YmMonth last;
  YmMonth first_known; /* G_MAXINT32 where no call is known at all */
  YmFigure *figure;
} Addition;

YmMeasureKind
ym_measure_kind (YmMeasure measure)
{
  return measures[measure].kind;
}

const char *
ym_measure_label (YmMeasure measure)
{
  return measures[measure].label;
}

GPtrArray *
ym_figures_homes (YmDesk *desk, YmGroup group, const YmId *home, const char *name, GError **error)
{
  static const char *const where[] = {
    [YM_GROUP_HOME] = "WHERE id = ?1 AND ?2 IS ?2",
    [YM_GROUP_PROVIDER] = "WHERE ?1 IS ?1 AND provider = ?2 ORDER BY name, id",
    [YM_GROUP_AREA] = "WHERE ?1 IS ?1 AND area = ?2 ORDER BY name, id",
    [YM_GROUP_FORCE] = "WHERE ?1 IS ?1 AND ?2 IS ?2 ORDER BY name, id",
  };

  return ym_tables_select (desk->db, ym_form (YM_FORM_HOME), error, where[group], "dt", home, name);
}

static void
add (Addition *addition, YmMeasure measure, gint64 part, gint64 whole)
{
  addition->figure[measure].part += part;
  addition->figure[measure].whole += whole;
}

static gboolean
add_calls (Addition *addition, GError **error)
{
  const YmPeriod period = ym_period_of_months (addition->first, addition->last);
  YmMonth from = MAX (addition->first, addition->first_known);
  g_autoptr (GPtrArray) calls = ym_calls_list (addition->desk, &addition->home->id, &period, error);

  if (calls == NULL)
    return FALSE;
  if (from > addition->last)
    return TRUE;
  add (addition, YM_MEASURE_CALLS, calls->len, addition->last - from + 1);
  for (guint i = 0; i < calls->len; i++)
    {
      gint64 appropriate = ym_call_answer (g_ptr_array_index (calls, i), YM_CALL_APPROPRIATE);

      if (appropriate == YM_APPROPRIATE_YES || appropriate == YM_APPROPRIATE_NO)
        add (addition, YM_MEASURE_APPROPRIATE, appropriate == YM_APPROPRIATE_YES, 1);
    }
  return TRUE;
}

static gboolean
add_monthly (Addition *addition, GError **error)
{
  for (YmMonth month = addition->first; month <= addition->last; month++)
    {
      g_auto (YmMonthlyFigures) figures = { NULL, NULL };

      if (!ym_monthly_figures_load (addition->desk, &addition->home->id, month, &figures, error))
        return FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (monthly); i++)
        {
          gint64 number;

          if (ym_monthly_figures_get (&figures, monthly[i].field, &number))
            add (addition, monthly[i].measure, number, 1);
        }
    }
  return TRUE;
}

/* The reconciliations that were made of days of the period; the last of each span of days counts. */
static gboolean
add_reconciliations (Addition *addition, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      addition->desk->db, error,
      "SELECT only_police, police_calls FROM reconciliation r WHERE scope = ?1 AND until_date BETWEEN ?2 AND ?3 "
      "AND NOT EXISTS (SELECT 1 FROM reconciliation l WHERE l.scope = r.scope AND l.from_date = r.from_date "
      "AND l.until_date = r.until_date AND (l.at, l.id) > (r.at, r.id))",
      "dii", &addition->home->id, (gint64) ym_month_first_day (addition->first),
      (gint64) ym_month_last_day (addition->last));
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    add (addition, YM_MEASURE_DISCREPANCY, sqlite3_column_int64 (rows, 0), sqlite3_column_int64 (rows, 1));
  return step == YM_SQL_DONE;
}

static gboolean
read_spans (YmDesk *desk, const YmId *home, GArray *spans, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (desk->db, error, "SELECT from_date, coalesce(to_date, ?2) FROM assignment WHERE scope = ?1", "di",
                        home, (gint64) YM_DAY_NONE);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmDaySpan span = { sqlite3_column_int (rows, 0), sqlite3_column_int (rows, 1) };

      g_array_append_val (spans, span);
    }
  return step == YM_SQL_DONE;
}

static gboolean
read_visits (YmDesk *desk, const YmId *home, const YmPeriod *period, GArray *days, GError **error)
{
  /* A window that ends in the period may have begun before it. */
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      desk->db, error,
      "SELECT started_at FROM visit WHERE scope = ? AND started_at >= ? AND started_at < ? ORDER BY started_at", "dii",
      home, ym_london_day_start (ym_month_first_day (ym_month_of_day (period->from))),
      ym_london_day_start (period->until + 1));
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      YmDay day = ym_london_day (sqlite3_column_int64 (rows, 0));

      g_array_append_val (days, day);
    }
  return step == YM_SQL_DONE;
}

gboolean
ym_figures_visits (YmDesk *desk, const YmRecord *home, const YmPeriod *period, YmVisitCompliance *compliance,
                   GError **error)
{
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (YmDaySpan));
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (YmDay));
  YmVisitHistory history;

  if (!read_spans (desk, &home->id, spans, error) || !read_visits (desk, &home->id, period, days, error))
    return FALSE;
  history = (YmVisitHistory){
    .duty = (const YmDaySpan *) (gpointer) spans->data,
    .n_duty = spans->len,
    .open = ym_record_get_integer (home, YM_HOME_STATUS, 0) == YM_HOME_OPEN,
    .visits = (const YmDay *) (gpointer) days->data,
    .n_visits = days->len,
  };
  *compliance = ym_visit_compliance (&history, period->from, period->until,
                                     ym_london_day (ym_clock_wall_us (desk->clock)));
  return TRUE;
}

static gboolean
add_visits (Addition *addition, GError **error)
{
  const YmPeriod period = ym_period_of_months (addition->first, addition->last);
  YmVisitCompliance compliance;

  if (!ym_figures_visits (addition->desk, addition->home, &period, &compliance, error))
    return FALSE;
  add (addition, YM_MEASURE_VISITS, compliance.kept, compliance.ended);
  return TRUE;
}

/* An issue is closed at the last step that made it what it now is: resolved. */
static gboolean
add_issues (Addition *addition, GError **error)
{
  gint64 from_us = ym_london_day_start (ym_month_first_day (addition->first));
  gint64 until_us = ym_london_day_start (ym_month_last_day (addition->last) + 1);
  int n_months = addition->last - addition->first + 1;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      addition->desk->db, error,
      "SELECT i.opened_at, (SELECT min(u.at) FROM issue_update u WHERE u.issue = i.id AND u.state = ?2 AND u.at > "
      "coalesce((SELECT max(o.at) FROM issue_update o WHERE o.issue = i.id AND o.state <> ?2), 0)), s.state "
      "FROM issue i LEFT JOIN issue_status s ON s.issue = i.id WHERE i.scope = ?1 AND i.category <> ?3",
      "dii", &addition->home->id, (gint64) YM_ISSUE_RESOLVED, (gint64) YM_ISSUE_GOOD_PRACTICE);
  YmSqlStep step = YM_SQL_FAILED;

  add (addition, YM_MEASURE_ISSUES_OPENED, 0, n_months);
  add (addition, YM_MEASURE_ISSUES_CLOSED, 0, n_months);
  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      gint64 opened_us = sqlite3_column_int64 (rows, 0);
      gint64 closed_us = sqlite3_column_int64 (rows, 1);

      if (opened_us >= from_us && opened_us < until_us)
        add (addition, YM_MEASURE_ISSUES_OPENED, 1, 0);
      if (sqlite3_column_int (rows, 2) != YM_ISSUE_RESOLVED || sqlite3_column_type (rows, 1) == SQLITE_NULL
          || closed_us < from_us || closed_us >= until_us)
        continue;
      add (addition, YM_MEASURE_ISSUES_CLOSED, 1, 0);
      add (addition, YM_MEASURE_DAYS_TO_CLOSE, ym_london_day (closed_us) - ym_london_day (opened_us), 1);
    }
  return step == YM_SQL_DONE;
}

static gboolean
add_home (Addition *addition, GError **error)
{
  return add_calls (addition, error) && add_monthly (addition, error) && add_reconciliations (addition, error)
         && add_visits (addition, error) && add_issues (addition, error);
}

static gboolean
read_first_known (YmDesk *desk, YmMonth *month, GError **error)
{
  gint64 earliest_us;

  if (!ym_calls_earliest_us (desk, &earliest_us, error))
    return FALSE;
  *month = earliest_us == YM_INSTANT_NONE ? G_MAXINT32 : ym_month_of_day (ym_london_day (earliest_us));
  return TRUE;
}

gboolean
ym_figures_read (YmDesk *desk, GPtrArray *homes, YmMonth first, YmMonth last, YmFigures *figures, GError **error)
{
  Addition addition = { desk, NULL, first, last, 0, figures->figure };

  *figures = (YmFigures){ first, last, { { 0, 0 } } };
  if (!read_first_known (desk, &addition.first_known, error))
    return FALSE;
  for (guint i = 0; i < homes->len; i++)
    {
      addition.home = g_ptr_array_index (homes, i);
      if (!add_home (&addition, error))
        return FALSE;
    }
  return TRUE;
}

/* The month in which named-officer work began with the home; FALSE in @began where it never did. */
static gboolean
read_beginning (YmDesk *desk, const YmRecord *home, gboolean *began, YmMonth *month, GError **error)
{
  gint64 day;

  if (!ym_sql_integer (desk->db, &day, error,
                       "SELECT coalesce(min(from_date), ?3) FROM assignment WHERE scope = ?1 AND role = ?2", "dii",
                       &home->id, (gint64) YM_ASSIGNMENT_NAMED, (gint64) YM_DAY_NONE))
    return FALSE;
  *began = day != YM_DAY_NONE;
  *month = *began ? ym_month_of_day ((YmDay) day) : 0;
  return TRUE;
}

static gboolean
is_known (const YmFigure *figure)
{
  for (guint i = 0; i < G_N_ELEMENTS (monthly); i++)
    if (figure[monthly[i].measure].whole > 0)
      return TRUE;
  return figure[YM_MEASURE_CALLS].whole > 0;
}

static gboolean
compare_baseline (YmDesk *desk, const YmRecord *home, YmMonth first_known, YmComparison *comparison, GError **error)
{
  YmFigure before[YM_N_MEASURES] = { { 0, 0 } };
  Addition baseline = { desk, home, 0, 0, first_known, before };
  Addition now = { desk, home, comparison->now.first, comparison->now.last, first_known,
                   comparison->now_with_baseline.figure };
  YmMonth beginning;
  gboolean began;

  if (!read_beginning (desk, home, &began, &beginning, error))
    return FALSE;
  if (!began)
    return TRUE;
  baseline.first = beginning - BASELINE_MONTHS;
  baseline.last = beginning - 1;
  if (!add_home (&baseline, error))
    return FALSE;
  if (!is_known (before))
    return TRUE;
  for (guint i = 0; i < YM_N_MEASURES; i++)
    {
      comparison->baseline.figure[i].part += before[i].part;
      comparison->baseline.figure[i].whole += before[i].whole;
    }
  return add_home (&now, error);
}

gboolean
ym_figures_compare (YmDesk *desk, GPtrArray *homes, YmMonth first, YmMonth last, YmComparison *comparison, GError **error)
{
  YmMonth first_known;

  *comparison = (YmComparison){ .now_with_baseline = { .first = first, .last = last } };
  if (!ym_figures_read (desk, homes, first, last, &comparison->now, error)
      || !ym_figures_read (desk, homes, first - 12, last - 12, &comparison->year_before, error)
      || !read_first_known (desk, &first_known, error))
    return FALSE;
  for (guint i = 0; i < homes->len; i++)
    if (!compare_baseline (desk, g_ptr_array_index (homes, i), first_known, comparison, error))
      return FALSE;
  return TRUE;
}

gboolean
ym_figures_change (YmMeasure measure, const YmFigures *before, const YmFigures *now, int *change)
{
  const YmFigure *old = &before->figure[measure], *new = &now->figure[measure];

  if (old->whole == 0 || new->whole == 0)
    return FALSE;
  if (measures[measure].kind == YM_MEASURE_SHARE)
    {
      *change = ym_percent (new->part, new->whole) - ym_percent (old->part, old->whole);
      return TRUE;
    }
  if (old->part == 0)
    return FALSE;
  *change = ym_percent_change (old->part * new->whole, new->part * old->whole);
  return TRUE;
}

gboolean
ym_hotspots_read (YmDesk *desk, GPtrArray *homes, const YmPeriod *period, YmHotspots *hotspots, GError **error)
{
  *hotspots = (YmHotspots){ .n_calls = 0 };
  for (guint i = 0; i < homes->len; i++)
    {
      const YmRecord *home = g_ptr_array_index (homes, i);
      g_autoptr (GPtrArray) calls = ym_calls_list (desk, &home->id, period, error);

      if (calls == NULL)
        return FALSE;
      for (guint j = 0; j < calls->len; j++)
        {
          const YmCall *call = g_ptr_array_index (calls, j);
          YmLondonTime london = ym_london_from_instant (call->received_at_us);
          guint64 reason = (guint64) ym_call_answer (call, YM_CALL_REASON);

          hotspots->by_weekday[ym_day_weekday (london.day) - 1]++;
          hotspots->by_hour[london.minute / 60]++;
          hotspots->by_reason[reason < G_N_ELEMENTS (hotspots->by_reason) ? reason : 0]++;
          hotspots->n_calls++;
        }
    }
  return TRUE;
}

GStrv
ym_hotspots_repeat_children (YmDesk *desk, const YmId *home, GError **error)
{
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (desk->db, error,
                                                  "SELECT person_ref FROM child_concern WHERE scope = ? "
                                                  "GROUP BY person_ref HAVING count(*) > 1 ORDER BY count(*) DESC, person_ref",
                                                  "d", home);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    g_strv_builder_add (references, ym_sql_column_text (rows, 0));
  return step == YM_SQL_DONE ? g_strv_builder_end (references) : NULL;
}
