/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page of the monthly return reads and writes, off the main loop: the files too. */

#include "ui/returns/return-work.h"

#include <glib/gi18n-lib.h>

#include "app/journal/tables.h"

void
ym_return_answer_free (gpointer data)
{
  YmReturnAnswer *answer = data;

  g_free (answer->title);
  g_clear_pointer (&answer->tables, g_ptr_array_unref);
  g_clear_pointer (&answer->issued, g_ptr_array_unref);
  g_free (answer);
}

void
ym_return_file_free (gpointer data)
{
  g_free (((YmReturnFile *) data)->path);
  g_free (data);
}

static YmReturnEdition *
load_edition (YmDesk *desk, const YmReturnAsk *ask, GError **error)
{
  const YmPeriod period = ym_period_of_month (ask->month);

  return ask->number == 0 ? ym_return_edition_preview (desk, &period, NULL, error)
                          : ym_return_edition_issued (desk, &period, NULL, ask->number, error);
}

gpointer
ym_return_read_page (YmDesk *desk, gpointer data, GError **error)
{
  const YmReturnAsk *ask = data;
  const YmPeriod period = ym_period_of_month (ask->month);
  g_autoptr (YmWords) words = ym_words_new (ask->language, NULL, error);
  g_autoptr (YmReturnEdition) edition = words != NULL ? load_edition (desk, ask, error) : NULL;
  g_autoptr (YmRecord) officer = edition != NULL ? ym_tables_find (desk->db, ym_form (YM_FORM_OFFICER), &desk->officer, error)
                                                 : NULL;
  g_autoptr (GPtrArray) issued = officer != NULL ? ym_return_issued (desk, &period, NULL, error) : NULL;
  YmReturnAnswer *answer;

  if (issued == NULL)
    return NULL;
  answer = g_new0 (YmReturnAnswer, 1);
  answer->ask = *ask;
  answer->force = officer->scope;
  answer->title = ym_return_title (edition->given, edition->number, words);
  answer->tables = ym_return_tables (edition->given, edition->changes, words);
  answer->issued = g_steal_pointer (&issued);
  answer->n_changes = edition->changes != NULL ? (int) edition->changes->len : -1;
  return answer;
}

gpointer
ym_return_write_file (YmDesk *desk, gpointer data, GError **error)
{
  const YmReturnFile *file = data;
  g_autoptr (YmWords) words = ym_words_new (file->ask.language, NULL, error);
  g_autoptr (YmReturnEdition) edition = words != NULL ? load_edition (desk, &file->ask, error) : NULL;
  /* The dialog asked before it gave the name of a file that is there; of CSV it knows only the first part of the names. */
  g_auto (GStrv) written = edition != NULL ? ym_return_edition_write (edition, words, file->format, file->path,
                                                                      file->format != YM_RETURN_CSV, error)
                                           : NULL;
  g_autofree char *names = written != NULL ? g_strjoinv ("\n", written) : NULL;

  return names != NULL ? g_strdup_printf (_ ("Saved:\n%s"), names) : NULL;
}
