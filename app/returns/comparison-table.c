/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Is it working? (R10) as a table, the same on a page, in a spreadsheet and beside a chart. */

#include <glib/gi18n-lib.h>

#include "app/returns/return-tables.h"
#include "app/rules/percent.h"

static void
add_figure (YmTable *table, YmMeasure measure, const YmFigures *figures)
{
  const YmFigure *figure = &figures->figure[measure];

  if (figure->whole == 0)
    ym_table_add_empty (table);
  else if (ym_measure_kind (measure) == YM_MEASURE_SHARE)
    ym_table_add_number (table, YM_CELL_PERCENT, ym_percent (figure->part, figure->whole));
  else if (ym_measure_kind (measure) == YM_MEASURE_MEAN)
    ym_table_add_number (table, YM_CELL_NUMBER, (figure->part + figure->whole / 2) / figure->whole);
  else
    ym_table_add_number (table, YM_CELL_NUMBER, figure->part);
}

static void
add_change (YmTable *table, YmMeasure measure, const YmFigures *before, const YmFigures *now, const YmWords *words)
{
  g_autofree char *text = NULL;
  int change;

  if (!ym_figures_change (measure, before, now, &change))
    {
      ym_table_add_empty (table);
      return;
    }
  if (ym_measure_kind (measure) != YM_MEASURE_SHARE)
    {
      ym_table_add_number (table, YM_CELL_PERCENT, change);
      return;
    }
  /* A share changes by points: 18 % to 56 % is 38 of them, not 211 %. */
  text = g_strdup_printf ("%s%d %s", change > 0 ? "+" : "", change, ym_words_get (words, N_ ("points")));
  ym_table_add_text (table, text);
}

YmTable *
ym_comparison_table (const YmComparison *comparison, const YmWords *words)
{
  YmTable *table = ym_table_new (ym_words_get (words, N_ ("Is it working?")));

  ym_table_add_column (table, ym_words_get (words, N_ ("Figure")), 36);
  ym_table_add_column (table, ym_words_get (words, N_ ("Now")), 10);
  ym_table_add_column (table, ym_words_get (words, N_ ("The year before")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Change")), 12);
  ym_table_add_column (table, ym_words_get (words, N_ ("Three months before a named officer")), 16);
  ym_table_add_column (table, ym_words_get (words, N_ ("Change since")), 12);
  for (YmMeasure measure = 0; measure < YM_N_MEASURES; measure++)
    {
      ym_table_add_text (table, ym_words_get (words, ym_measure_label (measure)));
      add_figure (table, measure, &comparison->now);
      add_figure (table, measure, &comparison->year_before);
      add_change (table, measure, &comparison->year_before, &comparison->now, words);
      add_figure (table, measure, &comparison->baseline);
      add_change (table, measure, &comparison->baseline, &comparison->now_with_baseline, words);
    }
  return table;
}
