/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An edition of a return as files. */


#include "app/returns/document-files.h"
#include "app/returns/edition.h"
#include "app/returns/return-tables.h"

static const char *const format_names[YM_RETURN_N_FORMATS] = { "xlsx", "csv", "pdf" };

const char *
ym_return_format_name (YmReturnFormat format)
{
  return format_names[format];
}

/* The month where it is one, else its first and last day. */
static char *
name_period (const YmPeriod *period)
{
  YmMonth month = ym_month_of_day (period->from);
  g_autofree char *from = NULL;
  g_autofree char *until = NULL;

  if (period->from == ym_month_first_day (month) && period->until == ym_month_last_day (month))
    return ym_month_to_string (month);
  from = ym_day_to_string (period->from);
  until = ym_day_to_string (period->until);
  return g_strdup_printf ("%s-%s", from, until);
}

char *
ym_return_edition_file_name (const YmReturnEdition *edition, const char *registration_no, const YmWords *words,
                             YmReturnFormat format)
{
  g_autofree char *period = name_period (&edition->given->period);
  g_autofree char *number = edition->number > 0 ? g_strdup_printf ("%u", edition->number) : g_strdup ("preview");

  return g_strdup_printf ("return-%s%s%s-%s-%s.%s", registration_no != NULL ? registration_no : "",
                          registration_no != NULL ? "-" : "", period, number, ym_words_language (words),
                          format_names[format]);
}

GStrv
ym_return_edition_write (const YmReturnEdition *edition, const YmWords *words, YmReturnFormat format, const char *path,
                         gboolean replace, GError **error)
{
  const char *names[YM_RETURN_N_TABLES + 1];
  g_autoptr (GPtrArray) tables = ym_return_tables (edition->given, edition->changes, words);
  g_autofree char *title = ym_return_title (edition->given, edition->number, words);
  YmHash hash = ym_return_fingerprint (edition->given);
  g_autofree char *fingerprint = ym_hash_to_string (&hash);
  YmDocument document = { title, edition->given->force, fingerprint, edition->at_us, words, tables };

  g_assert (tables->len <= G_N_ELEMENTS (names));
  for (guint i = 0; i < YM_RETURN_N_TABLES; i++)
    names[i] = ym_return_table_name (i);
  names[YM_RETURN_N_TABLES] = "changes";
  return ym_document_write_files (&document, format, names, path, replace, error);
}
