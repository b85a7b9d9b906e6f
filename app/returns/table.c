/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table in one language, before it is a spreadsheet or a page. */

#include "app/returns/table.h"

#include "app/forms/csv.h"

static void
cell_clear (YmCell *cell)
{
  g_free (cell->text);
}

static void
column_clear (YmColumn *column)
{
  g_free (column->head);
}

YmTable *
ym_table_new (const char *title)
{
  YmTable *table = g_new0 (YmTable, 1);

  table->title = g_strdup (title);
  table->columns = g_array_new (FALSE, FALSE, sizeof (YmColumn));
  table->cells = g_array_new (FALSE, FALSE, sizeof (YmCell));
  g_array_set_clear_func (table->columns, (GDestroyNotify) column_clear);
  g_array_set_clear_func (table->cells, (GDestroyNotify) cell_clear);
  return table;
}

void
ym_table_free (YmTable *table)
{
  if (table == NULL)
    return;
  g_free (table->title);
  g_array_unref (table->columns);
  g_array_unref (table->cells);
  g_free (table);
}

void
ym_table_add_column (YmTable *table, const char *head, guint width)
{
  YmColumn column = { g_strdup (head), width };

  g_array_append_val (table->columns, column);
}

static void
add (YmTable *table, YmCell cell)
{
  g_array_append_val (table->cells, cell);
}

void
ym_table_add_text (YmTable *table, const char *text)
{
  if (text == NULL || *text == '\0')
    ym_table_add_empty (table);
  else
    add (table, (YmCell){ YM_CELL_TEXT, 0, g_strdup (text) });
}

void
ym_table_add_number (YmTable *table, YmCellKind kind, gint64 number)
{
  add (table, (YmCell){ kind, number, NULL });
}

void
ym_table_add_empty (YmTable *table)
{
  add (table, (YmCell){ YM_CELL_EMPTY, 0, NULL });
}

guint
ym_table_n_rows (const YmTable *table)
{
  return table->columns->len == 0 ? 0 : table->cells->len / table->columns->len;
}

const YmCell *
ym_table_cell (const YmTable *table, guint row, guint column)
{
  g_assert (column < table->columns->len && row < ym_table_n_rows (table));
  return &g_array_index (table->cells, YmCell, row * table->columns->len + column);
}

static char *
day_to_string (YmDay day)
{
  int year, month, day_of_month;

  ym_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%02d/%02d/%d", day_of_month, month, year);
}

char *
ym_cell_to_string (const YmCell *cell)
{
  YmLondonTime london;
  g_autofree char *day = NULL;

  switch (cell->kind)
    {
    case YM_CELL_TEXT:
      return g_strdup (cell->text);
    case YM_CELL_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, cell->number);
    case YM_CELL_PERCENT:
      return g_strdup_printf ("%" G_GINT64_FORMAT " %%", cell->number);
    case YM_CELL_DAY:
      return day_to_string ((YmDay) cell->number);
    case YM_CELL_INSTANT:
      london = ym_london_from_instant (cell->number);
      day = day_to_string (london.day);
      return g_strdup_printf ("%s %02d:%02d", day, london.minute / 60, london.minute % 60);
    case YM_CELL_EMPTY:
      break;
    }
  return g_strdup ("");
}

static void
add_csv_cell (YmCsvWriter *writer, const YmCell *cell)
{
  g_autofree char *text = NULL;

  switch (cell->kind)
    {
    case YM_CELL_NUMBER:
    case YM_CELL_PERCENT:
      ym_csv_writer_add_integer (writer, cell->number);
      return;
    case YM_CELL_DAY:
      text = ym_day_to_string ((YmDay) cell->number);
      break;
    case YM_CELL_INSTANT:
      text = ym_instant_to_london_string (cell->number);
      break;
    case YM_CELL_TEXT:
    case YM_CELL_EMPTY:
      text = g_strdup (cell->text);
    }
  ym_csv_writer_add (writer, text);
}

GBytes *
ym_table_to_csv (const YmTable *table)
{
  YmCsvWriter *writer = ym_csv_writer_new (',');

  for (guint i = 0; i < table->columns->len; i++)
    ym_csv_writer_add (writer, g_array_index (table->columns, YmColumn, i).head);
  ym_csv_writer_end_row (writer);
  for (guint i = 0; i < table->cells->len; i++)
    {
      add_csv_cell (writer, &g_array_index (table->cells, YmCell, i));
      if ((i + 1) % table->columns->len == 0)
        ym_csv_writer_end_row (writer);
    }
  return ym_csv_writer_finish (writer);
}
