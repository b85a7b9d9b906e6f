/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What figures say (R10). Pure: figures in, sentences and tables out. */

#include "ui/figures/figures-words.h"

#include <glib/gi18n-lib.h>

#include "app/forms/choices.h"
#include "app/forms/form.h"
#include "app/rules/percent.h"
#include "ui/widgets/month-bar.h"

static char *
say_now (YmMeasure measure, const YmFigure *figure)
{
  const char *label = ym_label (ym_measure_label (measure));

  if (ym_measure_kind (measure) == YM_MEASURE_SHARE)
    return g_strdup_printf ("%s: %d %%.", label, ym_percent (figure->part, figure->whole));
  if (ym_measure_kind (measure) == YM_MEASURE_MEAN)
    return g_strdup_printf ("%s: %d.", label, (int) ((figure->part + figure->whole / 2) / figure->whole));
  return g_strdup_printf ("%s: %d.", label, (int) figure->part);
}

static char *
say_since_year (gboolean share, int change)
{
  if (change == 0)
    return g_strdup (share ? _ ("The same as a year before.") : _ ("As many as a year before."));
  if (share)
    return g_strdup_printf (change < 0 ? _ ("%d points less than a year before.") : _ ("%d points more than a year before."),
                            ABS (change));
  return g_strdup_printf (change < 0 ? _ ("%d %% fewer than a year before.") : _ ("%d %% more than a year before."),
                          ABS (change));
}

static char *
say_since_baseline (gboolean share, int change)
{
  if (change == 0)
    return g_strdup (share ? _ ("The same as before there was a named officer.")
                           : _ ("As many a month as before there was a named officer."));
  if (share)
    return g_strdup_printf (change < 0 ? _ ("%d points less than before there was a named officer.")
                                       : _ ("%d points more than before there was a named officer."),
                            ABS (change));
  return g_strdup_printf (change < 0 ? _ ("%d %% fewer a month than before there was a named officer.")
                                     : _ ("%d %% more a month than before there was a named officer."),
                          ABS (change));
}

static void
append_change (GString *sentence, YmMeasure measure, const YmFigures *before, const YmFigures *now,
               char *(*say) (gboolean share, int change))
{
  g_autofree char *said = NULL;
  int change;

  if (!ym_figures_change (measure, before, now, &change))
    return;
  said = say (ym_measure_kind (measure) == YM_MEASURE_SHARE, change);
  g_string_append_printf (sentence, " %s", said);
}

GPtrArray *
ym_figures_sentences (const YmComparison *comparison)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);

  for (YmMeasure measure = 0; measure < YM_N_MEASURES; measure++)
    {
      const YmFigure *figure = &comparison->now.figure[measure];
      g_autofree char *now = figure->whole != 0 ? say_now (measure, figure) : NULL;
      GString *sentence;

      if (now == NULL)
        continue;
      sentence = g_string_new (now);
      append_change (sentence, measure, &comparison->year_before, &comparison->now, say_since_year);
      append_change (sentence, measure, &comparison->baseline, &comparison->now_with_baseline, say_since_baseline);
      g_ptr_array_add (sentences, g_string_free (sentence, FALSE));
    }
  return sentences;
}

static void
add_count (YmTable *table, int count)
{
  if (count < 0)
    ym_table_add_empty (table);
  else
    ym_table_add_number (table, YM_CELL_NUMBER, count);
}

YmTable *
ym_figures_month_table (GArray *months)
{
  YmTable *table = ym_table_new (_ ("Calls by month"));

  ym_table_add_column (table, _ ("Month"), 16);
  ym_table_add_column (table, _ ("Calls"), 8);
  ym_table_add_column (table, _ ("The year before"), 8);
  table->chart_column = 1;
  table->chart_before = 2;
  for (guint i = 0; i < months->len; i++)
    {
      const YmMonthCalls *month = &g_array_index (months, YmMonthCalls, i);
      g_autofree char *name = ym_month_say (month->month);

      ym_table_add_text (table, name);
      add_count (table, month->now);
      add_count (table, month->before);
    }
  return table;
}

YmTable *
ym_figures_reason_table (const YmHotspots *now, const YmHotspots *before)
{
  YmTable *table = ym_table_new (_ ("Calls by reason"));

  ym_table_add_column (table, _ ("Reason"), 20);
  ym_table_add_column (table, _ ("Calls"), 8);
  ym_table_add_column (table, _ ("The year before"), 8);
  table->chart_column = 1;
  table->chart_before = 2;
  for (guint i = 0; i < G_N_ELEMENTS (now->by_reason); i++)
    {
      const YmChoice *reason = ym_choices_by_number (&ym_choices_call_reason, i);

      if (now->by_reason[i] == 0 && before->by_reason[i] == 0)
        continue;
      ym_table_add_text (table, reason != NULL ? ym_label (reason->label) : _ ("No reason given"));
      add_count (table, (int) now->by_reason[i]);
      add_count (table, (int) before->by_reason[i]);
    }
  return table;
}

YmTable *
ym_figures_weekday_table (const YmHotspots *hotspots)
{
  YmTable *table = ym_table_new (_ ("Calls by weekday"));

  ym_table_add_column (table, _ ("Weekday"), 16);
  ym_table_add_column (table, _ ("Calls"), 8);
  table->chart_column = 1;
  for (int weekday = 0; weekday < 7; weekday++)
    {
      /* 5 January 1970 was a Monday. */
      g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc ((4 + weekday) * YM_DAY_US / G_USEC_PER_SEC);
      g_autofree char *name = g_date_time_format (day, "%A");

      ym_table_add_text (table, name);
      add_count (table, (int) hotspots->by_weekday[weekday]);
    }
  return table;
}

YmTable *
ym_figures_hour_table (const YmHotspots *hotspots)
{
  YmTable *table = ym_table_new (_ ("Calls by hour"));

  ym_table_add_column (table, _ ("Hour"), 16);
  ym_table_add_column (table, _ ("Calls"), 8);
  table->chart_column = 1;
  for (int hour = 0; hour < 24; hour++)
    {
      g_autofree char *name = g_strdup_printf ("%02d:00–%02d:59", hour, hour);

      if (hotspots->by_hour[hour] == 0)
        continue;
      ym_table_add_text (table, name);
      add_count (table, (int) hotspots->by_hour[hour]);
    }
  return table;
}
