/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of figures reads, on the notebook's lanes. */

#include "ui/figures/figures-work.h"

#include <glib/gi18n-lib.h>

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

  g_clear_pointer (&answer->report, ym_figures_report_free);
  g_clear_pointer (&answer->tables, g_ptr_array_unref);
  g_clear_pointer (&answer->homes, g_ptr_array_unref);
  g_free (answer->home_name);
  ym_monthly_figures_clear (&answer->monthly);
  g_free (answer);
}

static GPtrArray *
read_homes (YmDesk *desk, const YmFiguresAsk *ask, GError **error)
{
  return ym_figures_homes (desk, ask->group, &ask->home, ask->name, error);
}

static gboolean
read_answer (YmDesk *desk, const YmFiguresAsk *ask, GPtrArray *homes, YmFiguresAnswer *answer, GError **error)
{
  g_autoptr (YmWords) words = ym_words_new (ask->language, NULL, error);

  if (words == NULL)
    return FALSE;
  answer->homes = ym_figures_homes (desk, YM_GROUP_FORCE, NULL, NULL, error);
  if (answer->homes == NULL)
    return FALSE;
  answer->report = ym_figures_report_read (desk, homes, ask->first, ask->last, error);
  if (answer->report == NULL)
    return FALSE;
  answer->tables = ym_figures_report_tables (answer->report, words);
  return ask->group != YM_GROUP_HOME || ym_monthly_figures_load (desk, &ask->home, ask->last, &answer->monthly, error);
}

gpointer
ym_figures_read_page (YmDesk *desk, gpointer data, GError **error)
{
  const YmFiguresAsk *ask = data;
  g_autoptr (GPtrArray) homes = read_homes (desk, ask, error);
  YmFiguresAnswer *answer;

  if (homes == NULL)
    return NULL;
  answer = g_new0 (YmFiguresAnswer, 1);
  if (ask->group == YM_GROUP_HOME && homes->len > 0)
    answer->home_name = g_strdup (ym_record_get_text (g_ptr_array_index (homes, 0), YM_HOME_NAME));
  if (read_answer (desk, ask, homes, answer, error))
    return answer;
  ym_figures_answer_free (answer);
  return NULL;
}

void
ym_figures_file_free (gpointer data)
{
  YmFiguresFile *file = data;

  ym_figures_ask_free (file->ask);
  g_free (file->about);
  g_free (file->path);
  g_free (file);
}

gpointer
ym_figures_write_file (YmDesk *desk, gpointer data, GError **error)
{
  const YmFiguresFile *file = data;
  g_autoptr (YmWords) words = ym_words_new (file->ask->language, NULL, error);
  g_autoptr (GPtrArray) homes = words != NULL ? read_homes (desk, file->ask, error) : NULL;
  g_autoptr (YmFiguresReport) report
      = homes != NULL ? ym_figures_report_read (desk, homes, file->ask->first, file->ask->last, error) : NULL;
  /* The dialog asked before it gave the name of a file that is there; of CSV it knows only the first part of the names. */
  g_auto (GStrv) written = report != NULL ? ym_figures_report_write (report, file->about, "", ym_clock_wall_us (desk->clock),
                                                                     words, file->format, file->path,
                                                                     file->format != YM_RETURN_CSV, error)
                                          : NULL;
  g_autofree char *names = written != NULL ? g_strjoinv ("\n", written) : NULL;

  return names != NULL ? g_strdup_printf (_ ("Saved:\n%s"), names) : NULL;
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
