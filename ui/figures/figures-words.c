/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What figures say (R10). Pure: figures in, sentences out. */

#include "ui/figures/figures-words.h"

#include <glib/gi18n-lib.h>

#include "app/forms/form.h"
#include "app/rules/percent.h"

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
