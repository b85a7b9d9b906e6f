/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A return from a line of words to its files (R7). */

#include "app/returns/order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"

/* The order, read. */
typedef struct {
  const YmReturnOrder *order;
  YmPeriod period;
  YmId home_id;
  const YmId *home; /* NULL for the whole force */
  YmWords *words;
  gboolean formats[YM_RETURN_N_FORMATS];
  guint64 number; /* 0 for the last */
} Reading;

static gboolean
read_period (const char *text, YmPeriod *period, GError **error)
{
  const char *dots = strstr (text, "..");
  g_autofree char *from = dots != NULL ? g_strndup (text, (gsize) (dots - text)) : NULL;
  YmMonth month;

  if (ym_month_parse (text, &month))
    {
      *period = ym_period_of_month (month);
      return TRUE;
    }
  if (dots != NULL && ym_day_parse (from, &period->from) && ym_day_parse (dots + 2, &period->until)
      && period->from <= period->until)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _ ("“%s” is no period. Write a month as in 2026-03, or two days as in 2026-03-10..2026-04-09."), text);
  return FALSE;
}

static gboolean
read_home (YmDesk *desk, Reading *reading, GError **error)
{
  g_autoptr (sqlite3_stmt) row = NULL;
  YmSqlStep step;

  if (reading->order->registration_no == NULL)
    return TRUE;
  row = ym_sql_prepare (desk->db, error, "SELECT id FROM home WHERE registration_no = ? COLLATE NOCASE", "t",
                        reading->order->registration_no);
  step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);
  if (step == YM_SQL_DONE)
    g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no home “%s” on this device."),
                 reading->order->registration_no);
  if (step != YM_SQL_ROW)
    return FALSE;
  reading->home_id = ym_sql_column_id (row, 0);
  reading->home = &reading->home_id;
  return TRUE;
}

static gboolean
read_formats (Reading *reading, GError **error)
{
  const char *said = reading->order->format;
  gboolean any = FALSE;

  for (guint i = 0; i < YM_RETURN_N_FORMATS; i++)
    {
      reading->formats[i] = said == NULL || g_ascii_strcasecmp (said, ym_return_format_name (i)) == 0;
      any = any || reading->formats[i];
    }
  if (!any)
    g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is none of these: xlsx, csv, pdf."), said);
  return any;
}

static gboolean
read_number (Reading *reading, GError **error)
{
  const char *said = reading->order->number;

  if (said == NULL || g_str_equal (said, "last") || g_ascii_string_to_unsigned (said, 10, 1, 999, &reading->number, NULL))
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("“%s” is no number of an issue. Say a number, or last."), said);
  return FALSE;
}

static gboolean
read_rest (Reading *reading, GError **error)
{
  const YmReturnOrder *order = reading->order;

  if (order->folder != NULL && !g_file_test (order->folder, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("There is no folder “%s”. Make it, or choose another."),
                   order->folder);
      return FALSE;
    }
  if (order->issue && (order->recipient == NULL || order->justification == NULL || order->number != NULL))
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _ ("To issue a return, say to whom it is given and why. The log of disclosures keeps both."));
      return FALSE;
    }
  reading->words = ym_words_new (order->language != NULL ? order->language : "en", NULL, error);
  return reading->words != NULL;
}

static YmReturnEdition *
make_edition (YmDesk *desk, const Reading *reading, GError **error)
{
  const YmReturnOrder *order = reading->order;

  if (order->issue)
    return ym_return_edition_issue (desk, &reading->period, reading->home, order->recipient, order->justification, error);
  if (order->number != NULL)
    return ym_return_edition_issued (desk, &reading->period, reading->home, (guint) reading->number, error);
  return ym_return_edition_preview (desk, &reading->period, reading->home, error);
}

static gboolean
write_files (const Reading *reading, const YmReturnEdition *edition, GStrvBuilder *all, GError **error)
{
  const YmReturnOrder *order = reading->order;

  for (guint i = 0; i < YM_RETURN_N_FORMATS; i++)
    {
      g_autofree char *name = ym_return_edition_file_name (edition, order->registration_no, reading->words, i);
      g_autofree char *path = order->folder == NULL ? g_strdup (name) : g_build_filename (order->folder, name, NULL);
      g_auto (GStrv) paths = NULL;

      if (!reading->formats[i])
        continue;
      paths = ym_return_edition_write (edition, reading->words, i, path, order->replace, error);
      if (paths == NULL)
        return FALSE;
      g_strv_builder_addv (all, (const char **) paths);
    }
  return TRUE;
}

static gboolean
carry_out (YmDesk *desk, Reading *reading, YmReturnEdition **edition, GStrv *paths, GError **error)
{
  g_autoptr (YmReturnEdition) made = NULL;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  if (!read_period (reading->order->period, &reading->period, error) || !read_home (desk, reading, error)
      || !read_formats (reading, error) || !read_number (reading, error) || !read_rest (reading, error))
    return FALSE;
  made = make_edition (desk, reading, error);
  if (made == NULL)
    return FALSE;
  if (!write_files (reading, made, all, error))
    {
      if (reading->order->issue)
        g_prefix_error (error, _ ("Issue %u is issued; only its files are missing, and can be written again by its number. "),
                        made->number);
      return FALSE;
    }
  *paths = g_strv_builder_end (all);
  *edition = g_steal_pointer (&made);
  return TRUE;
}

gboolean
ym_return_order_carry_out (YmDesk *desk, const YmReturnOrder *order, YmReturnEdition **edition, GStrv *paths,
                           GError **error)
{
  Reading reading = { .order = order };
  gboolean good = carry_out (desk, &reading, edition, paths, error);

  g_clear_pointer (&reading.words, ym_words_free);
  return good;
}
