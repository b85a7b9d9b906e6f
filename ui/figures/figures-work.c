/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of figures reads, on the notebook's lanes. */

#include "ui/figures/figures-work.h"

#include "app/returns/return-tables.h"
#include "ui/figures/figures-words.h"

YmFiguresAsk *
ym_figures_ask_copy (const YmFiguresAsk *ask)
{
  YmFiguresAsk *copy = g_memdup2 (ask, sizeof *ask);

  copy->name = g_strdup (ask->name);
  return copy;
}

void
ym_figures_ask_free (gpointer ask)
{
  g_free (((YmFiguresAsk *) ask)->name);
  g_free (ask);
}

void
ym_figures_answer_free (gpointer data)
{
  YmFiguresAnswer *answer = data;

  g_clear_pointer (&answer->table, ym_table_free);
  g_clear_pointer (&answer->months, g_array_unref);
  g_clear_pointer (&answer->homes, g_ptr_array_unref);
  g_free (answer->home_name);
  ym_monthly_figures_clear (&answer->monthly);
  g_free (answer);
}

static gboolean
count_month (YmDesk *desk, const YmFiguresAsk *ask, GPtrArray *homes, YmMonth month, YmMonth first_known, int *count,
             GError **error)
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
read_months (YmDesk *desk, const YmFiguresAsk *ask, GPtrArray *homes, GArray *months, GError **error)
{
  gint64 earliest_us;
  YmMonth first_known;

  if (!ym_calls_earliest_us (desk, &earliest_us, error))
    return FALSE;
  first_known = earliest_us == YM_INSTANT_NONE ? G_MAXINT32 : ym_month_of_day (ym_london_day (earliest_us));
  for (YmMonth month = ask->first; month <= ask->last; month++)
    {
      YmMonthCalls calls = { .month = month };

      if (!count_month (desk, ask, homes, month, first_known, &calls.now, error)
          || !count_month (desk, ask, homes, month - 12, first_known, &calls.before, error))
        return FALSE;
      g_array_append_val (months, calls);
    }
  return TRUE;
}

static gboolean
read_answer (YmDesk *desk, const YmFiguresAsk *ask, GPtrArray *homes, YmFiguresAnswer *answer, GError **error)
{
  const YmPeriod now = ym_period_of_months (ask->first, ask->last);
  const YmPeriod before = ym_period_of_months (ask->first - 12, ask->last - 12);
  g_autoptr (YmWords) words = ym_words_new (ask->language, NULL, error);

  if (words == NULL || !ym_figures_compare (desk, homes, ask->first, ask->last, &answer->comparison, error)
      || !ym_hotspots_read (desk, homes, &now, &answer->now, error)
      || !ym_hotspots_read (desk, homes, &before, &answer->year_before, error)
      || !read_months (desk, ask, homes, answer->months, error))
    return FALSE;
  answer->table = ym_comparison_table (&answer->comparison, words);
  return ask->group != YM_GROUP_HOME || ym_monthly_figures_load (desk, &ask->home, ask->last, &answer->monthly, error);
}

gpointer
ym_figures_read_page (YmDesk *desk, gpointer data, GError **error)
{
  const YmFiguresAsk *ask = data;
  g_autoptr (GPtrArray) homes = ym_figures_homes (desk, ask->group, &ask->home, ask->name, error);
  YmFiguresAnswer *answer;

  if (homes == NULL)
    return NULL;
  answer = g_new0 (YmFiguresAnswer, 1);
  answer->months = g_array_new (FALSE, FALSE, sizeof (YmMonthCalls));
  answer->n_homes = homes->len;
  if (ask->group == YM_GROUP_HOME && homes->len > 0)
    answer->home_name = g_strdup (ym_record_get_text (g_ptr_array_index (homes, 0), YM_HOME_NAME));
  answer->homes = ym_figures_homes (desk, YM_GROUP_FORCE, NULL, NULL, error);
  if (answer->homes != NULL && read_answer (desk, ask, homes, answer, error))
    return answer;
  ym_figures_answer_free (answer);
  return NULL;
}

gpointer
ym_figures_begin_monthly (YmDesk *desk, gpointer data, GError **error)
{
  const YmFiguresAsk *ask = data;
  g_auto (YmMonthlyFigures) monthly = { 0 };

  if (!ym_monthly_figures_load (desk, &ask->home, ask->last, &monthly, error))
    return NULL;
  return ym_monthly_figures_begin (desk, &ask->home, ask->last, &monthly);
}
