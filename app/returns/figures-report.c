/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is it working? (R10) The figures of some homes and months as tables in any language, and as files. */

#include "app/returns/figures-report.h"

#include <glib/gi18n-lib.h>

#include "app/forms/choices.h"
#include "app/forms/form.h"
#include "app/returns/document-files.h"
#include "app/returns/return-tables.h"

void
ym_figures_report_free (YmFiguresReport *report)
{
  if (report == NULL)
    return;
  g_array_unref (report->months);
  g_free (report);
}

static gboolean
count_month (YmDesk *desk, GPtrArray *homes, YmMonth month, YmMonth first_known, int *count, GError **error)
{
  const YmPeriod period = ym_period_of_month (month);

  *count = month < first_known ? -1 : 0;
  for (guint i = 0; *count >= 0 && i < homes->len; i++)
    {
      const YmRecord *home = g_ptr_array_index (homes, i);
      guint of_home;

      if (!ym_calls_count (desk, &home->id, &period, &of_home, error))
        return FALSE;
      *count += (int) of_home;
    }
  return TRUE;
}

/* A month before the first call that is known is not a month without calls. */
static gboolean
read_months (YmDesk *desk, GPtrArray *homes, YmFiguresReport *report, GError **error)
{
  gint64 earliest_us;
  YmMonth first_known;

  if (!ym_calls_earliest_us (desk, &earliest_us, error))
    return FALSE;
  first_known = earliest_us == YM_INSTANT_NONE ? G_MAXINT32 : ym_month_of_day (ym_london_day (earliest_us));
  for (YmMonth month = report->first; month <= report->last; month++)
    {
      YmMonthCalls calls = { .month = month };

      if (!count_month (desk, homes, month, first_known, &calls.now, error)
          || !count_month (desk, homes, month - 12, first_known, &calls.before, error))
        return FALSE;
      g_array_append_val (report->months, calls);
    }
  return TRUE;
}

YmFiguresReport *
ym_figures_report_read (YmDesk *desk, GPtrArray *homes, YmMonth first, YmMonth last, GError **error)
{
  const YmPeriod now = ym_period_of_months (first, last);
  const YmPeriod before = ym_period_of_months (first - 12, last - 12);
  g_autoptr (YmFiguresReport) report = g_new0 (YmFiguresReport, 1);

  report->first = first;
  report->last = last;
  report->n_homes = homes->len;
  report->months = g_array_new (FALSE, FALSE, sizeof (YmMonthCalls));
  if (!ym_figures_compare (desk, homes, first, last, &report->comparison, error)
      || !ym_hotspots_read (desk, homes, &now, &report->now, error)
      || !ym_hotspots_read (desk, homes, &before, &report->year_before, error)
      || !read_months (desk, homes, report, error))
    return NULL;
  return g_steal_pointer (&report);
}

static void
add_count (YmTable *table, int count)
{
  if (count < 0)
    ym_table_add_empty (table);
  else
    ym_table_add_number (table, YM_CELL_NUMBER, count);
}

/* A table of calls with its chart. */
static YmTable *
calls_table (const char *title, const char *names, gboolean with_year_before, const YmWords *words)
{
  YmTable *table = ym_table_new (ym_words_get (words, title));

  ym_table_add_column (table, ym_words_get (words, names), 20);
  ym_table_add_column (table, ym_words_get (words, N_ ("Calls")), 8);
  table->chart_column = 1;
  if (!with_year_before)
    return table;
  ym_table_add_column (table, ym_words_get (words, N_ ("The year before")), 12);
  table->chart_before = 2;
  return table;
}

static YmTable *
month_table (const YmFiguresReport *report, const YmWords *words)
{
  YmTable *table = calls_table (N_ ("Calls by month"), N_ ("Month"), TRUE, words);

  for (guint i = 0; i < report->months->len; i++)
    {
      const YmMonthCalls *month = &g_array_index (report->months, YmMonthCalls, i);
      g_autofree char *name = ym_words_month (words, month->month);

      ym_table_add_text (table, name);
      add_count (table, month->now);
      add_count (table, month->before);
    }
  return table;
}

static YmTable *
reason_table (const YmFiguresReport *report, const YmWords *words)
{
  YmTable *table = calls_table (N_ ("Calls by reason"), N_ ("Reason"), TRUE, words);

  for (guint i = 0; i < G_N_ELEMENTS (report->now.by_reason); i++)
    {
      const YmChoice *reason = ym_choices_by_number (&ym_choices_call_reason, i);

      if (report->now.by_reason[i] == 0 && report->year_before.by_reason[i] == 0)
        continue;
      ym_table_add_text (table, ym_words_get (words, reason != NULL ? reason->label : N_ ("No reason given")));
      add_count (table, (int) report->now.by_reason[i]);
      add_count (table, (int) report->year_before.by_reason[i]);
    }
  return table;
}

static YmTable *
weekday_table (const YmFiguresReport *report, const YmWords *words)
{
  YmTable *table = calls_table (N_ ("Calls by weekday"), N_ ("Weekday"), FALSE, words);

  for (guint weekday = 0; report->now.n_calls > 0 && weekday < G_N_ELEMENTS (report->now.by_weekday); weekday++)
    {
      ym_table_add_text (table, ym_words_weekday (words, weekday));
      add_count (table, (int) report->now.by_weekday[weekday]);
    }
  return table;
}

static YmTable *
hour_table (const YmFiguresReport *report, const YmWords *words)
{
  YmTable *table = calls_table (N_ ("Calls by hour"), N_ ("Hour"), FALSE, words);

  for (int hour = 0; hour < 24; hour++)
    {
      g_autofree char *name = g_strdup_printf ("%02d:00–%02d:59", hour, hour);

      if (report->now.by_hour[hour] == 0)
        continue;
      ym_table_add_text (table, name);
      add_count (table, (int) report->now.by_hour[hour]);
    }
  return table;
}

GPtrArray *
ym_figures_report_tables (const YmFiguresReport *report, const YmWords *words)
{
  static YmTable *(*const makers[]) (const YmFiguresReport *report, const YmWords *words)
      = { month_table, reason_table, weekday_table, hour_table };
  GPtrArray *tables = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_table_free);

  g_ptr_array_add (tables, ym_comparison_table (&report->comparison, words));
  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      YmTable *table = makers[i](report, words);

      if (ym_table_n_rows (table) > 0)
        g_ptr_array_add (tables, table);
      else
        ym_table_free (table);
    }
  return tables;
}

static char *
make_title (const YmFiguresReport *report, const char *about, const YmWords *words)
{
  g_autofree char *first = ym_words_month (words, report->first);
  g_autofree char *last = ym_words_month (words, report->last);

  return g_strdup_printf ("%s %s, %s – %s", ym_words_get (words, N_ ("Is it working?")), about, first, last);
}

GStrv
ym_figures_report_write (const YmFiguresReport *report, const char *about, const char *force, gint64 made_at_us,
                         const YmWords *words, YmReturnFormat format, const char *path, gboolean replace, GError **error)
{
  g_autoptr (GPtrArray) tables = ym_figures_report_tables (report, words);
  g_autofree char *title = make_title (report, about, words);
  const YmDocument document = { title, force, NULL, made_at_us, words, tables };

  return ym_document_write_files (&document, format, NULL, path, replace, error);
}
