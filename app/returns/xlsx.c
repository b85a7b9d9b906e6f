/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Tables as a workbook. Dates and times are Excel's: days since 1899-12-30, by London's clock, because a spreadsheet knows
 * no time zone. Text is always written as text, so that nothing in it is a formula.
 */

#include <glib/gi18n-lib.h>
#include <xlsxwriter.h>

#include "app/returns/document.h"

#define EXCEL_EPOCH_DAYS 25569 /* from 1899-12-30 to 1970-01-01 */
#define SHEET_NAME_LENGTH 31

typedef struct {
  const YmDocument *document;
  lxw_workbook *workbook;
  lxw_worksheet *front; /* the first sheet, with the charts */
  lxw_col_t front_column;
  lxw_format *head;
  lxw_format *format[YM_CELL_INSTANT + 1];
} Book;

static void
make_formats (Book *book)
{
  static const char *const formats[] = {
    [YM_CELL_EMPTY] = NULL,      [YM_CELL_TEXT] = NULL,         [YM_CELL_NUMBER] = "0",
    [YM_CELL_PERCENT] = "0\" %\"", [YM_CELL_DAY] = "dd/mm/yyyy", [YM_CELL_INSTANT] = "dd/mm/yyyy hh:mm",
  };

  book->head = workbook_add_format (book->workbook);
  format_set_bold (book->head);
  format_set_text_wrap (book->head);
  format_set_align (book->head, LXW_ALIGN_VERTICAL_TOP);
  format_set_bottom (book->head, LXW_BORDER_THIN);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      book->format[i] = workbook_add_format (book->workbook);
      format_set_align (book->format[i], LXW_ALIGN_VERTICAL_TOP);
      if (formats[i] != NULL)
        format_set_num_format (book->format[i], formats[i]);
    }
  format_set_text_wrap (book->format[YM_CELL_TEXT]);
}

static double
excel_number (const YmCell *cell)
{
  YmLondonTime london;

  switch (cell->kind)
    {
    case YM_CELL_DAY:
      return (double) (cell->number + EXCEL_EPOCH_DAYS);
    case YM_CELL_INSTANT:
      london = ym_london_from_instant (cell->number);
      return (double) (london.day + EXCEL_EPOCH_DAYS) + (double) london.minute / (24 * 60);
    default:
      return (double) cell->number;
    }
}

static lxw_error
write_cell (Book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const YmCell *cell)
{
  if (cell->kind == YM_CELL_EMPTY)
    return LXW_NO_ERROR;
  if (cell->kind == YM_CELL_TEXT)
    return worksheet_write_string (sheet, row, column, cell->text, book->format[YM_CELL_TEXT]);
  return worksheet_write_number (sheet, row, column, excel_number (cell), book->format[cell->kind]);
}

/* At most 31 characters, without those that name files and ranges. */
static char *
sheet_name (const YmTable *table)
{
  g_autofree char *name = g_strdup (table->title);

  g_strdelimit (name, "[]:*?/\\'", ' ');
  return g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), SHEET_NAME_LENGTH));
}

static void
set_up_page (Book *book, lxw_worksheet *sheet, const YmTable *table)
{
  g_autofree char *header = g_strdup_printf ("&L%.120s&R%.80s", book->document->title, table->title);
  lxw_col_t last = (lxw_col_t) (table->columns->len - 1);

  worksheet_freeze_panes (sheet, 1, 0);
  if (ym_table_n_rows (table) > 0)
    worksheet_autofilter (sheet, 0, 0, ym_table_n_rows (table), last);
  worksheet_set_landscape (sheet);
  worksheet_set_paper (sheet, 9); /* A4 */
  worksheet_fit_to_pages (sheet, 1, 0);
  worksheet_repeat_rows (sheet, 0, 0);
  worksheet_set_header (sheet, header);
  worksheet_set_footer (sheet, "&L&8&F&R&P / &N");
  for (lxw_col_t i = 0; i <= last; i++)
    worksheet_set_column (sheet, i, i, g_array_index (table->columns, YmColumn, i).width, NULL);
}

/* On the first sheet, beside its table; the chart's own figures have a sheet of their own. */
static void
add_chart (Book *book, const YmTable *table, const char *name)
{
  lxw_chart *chart;
  lxw_chart_series *series;
  guint n_rows = ym_table_n_rows (table);

  if (table->chart_column == 0 || n_rows == 0)
    return;
  chart = workbook_add_chart (book->workbook, LXW_CHART_BAR);
  series = chart_add_series (chart, NULL, NULL);
  chart_series_set_categories (series, name, 1, 0, n_rows, 0);
  chart_series_set_values (series, name, 1, (lxw_col_t) table->chart_column, n_rows, (lxw_col_t) table->chart_column);
  chart_series_set_name (series, g_array_index (table->columns, YmColumn, table->chart_column).head);
  chart_series_set_labels (series);
  chart_title_set_name (chart, table->title);
  chart_legend_set_position (chart, LXW_CHART_LEGEND_NONE);
  chart_axis_set_reverse (chart->y_axis); /* the first row on top */
  worksheet_insert_chart (book->front, 1, book->front_column, chart);
}

static lxw_error
write_table (Book *book, const YmTable *table)
{
  g_autofree char *name = sheet_name (table);
  lxw_worksheet *sheet = workbook_add_worksheet (book->workbook, name);
  lxw_error failed = sheet == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR;

  for (guint i = 0; failed == LXW_NO_ERROR && i < table->columns->len; i++)
    failed = worksheet_write_string (sheet, 0, (lxw_col_t) i, g_array_index (table->columns, YmColumn, i).head, book->head);
  for (guint row = 0; failed == LXW_NO_ERROR && row < ym_table_n_rows (table); row++)
    for (guint i = 0; failed == LXW_NO_ERROR && i < table->columns->len; i++)
      failed = write_cell (book, sheet, row + 1, (lxw_col_t) i, ym_table_cell (table, row, i));
  if (failed != LXW_NO_ERROR)
    return failed;
  if (book->front == NULL)
    {
      book->front = sheet;
      book->front_column = (lxw_col_t) (table->columns->len + 1);
    }
  set_up_page (book, sheet, table);
  add_chart (book, table, name);
  return LXW_NO_ERROR;
}

static gboolean
fail (lxw_error failed, const char *path, GError **error)
{
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The workbook %s could not be written: %s."), path,
               lxw_strerror (failed));
  return FALSE;
}

gboolean
ym_document_write_xlsx (const YmDocument *document, const char *path, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (path);
  lxw_workbook_options options = { .constant_memory = LXW_FALSE, .tmpdir = directory };
  Book book = { .document = document, .workbook = workbook_new_opt (path, &options) };
  lxw_doc_properties properties = { .title = (char *) document->title,
                                    .author = (char *) document->force,
                                    .comments = (char *) document->fingerprint,
                                    .created = document->made_at_us / YM_SECOND_US };
  lxw_error failed = LXW_NO_ERROR, closed;

  if (book.workbook == NULL)
    return fail (LXW_ERROR_CREATING_XLSX_FILE, path, error);
  workbook_set_properties (book.workbook, &properties);
  make_formats (&book);
  for (guint i = 0; failed == LXW_NO_ERROR && i < document->tables->len; i++)
    failed = write_table (&book, g_ptr_array_index (document->tables, i));
  closed = workbook_close (book.workbook);
  if (failed == LXW_NO_ERROR)
    failed = closed;
  return failed == LXW_NO_ERROR || fail (failed, path, error);
}
