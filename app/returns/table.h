/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

/** YmCellKind: How a cell is written: in a spreadsheet as a real number or date. */
typedef enum {
  YM_CELL_EMPTY,
  YM_CELL_TEXT,
  YM_CELL_NUMBER,
  YM_CELL_PERCENT, /* whole per cent */
  YM_CELL_DAY,     /* a #YmDay */
  YM_CELL_INSTANT, /* microseconds since 1970-01-01 UTC, shown by London's clock */
} YmCellKind;

/** YmCell: @text is owned where the cell is text. */
typedef struct {
  YmCellKind kind;
  gint64 number;
  char *text;
} YmCell;

/**
 * YmColumn:
 * @head: (transfer full): its heading, in the table's language
 * @width: in characters, about
 */
typedef struct {
  char *head;
  guint width;
} YmColumn;

/**
 * YmTable:
 * @title: in the table's language
 * @columns: (element-type YmColumn)
 * @cells: (element-type YmCell): row by row
 * @chart_column: the column whose numbers are drawn as bars, with the first column for their names; 0 for no chart
 * @chart_before: the column that the chart's is compared with, drawn as a thin pale bar under each; 0 for none
 *
 * A table in one language, for a writer to lay out. Charts are never without one.
 */
typedef struct {
  char *title;
  GArray *columns;
  GArray *cells;
  guint chart_column;
  guint chart_before;
} YmTable;

YmTable *ym_table_new (const char *title);
void ym_table_free (YmTable *table);
void ym_table_add_column (YmTable *table, const char *head, guint width);

/** ym_table_add: Appends a cell to the current row. */
void ym_table_add_text (YmTable *table, const char *text);
void ym_table_add_number (YmTable *table, YmCellKind kind, gint64 number);
void ym_table_add_empty (YmTable *table);

guint ym_table_n_rows (const YmTable *table);
const YmCell *ym_table_cell (const YmTable *table, guint row, guint column);

/** ym_cell_to_string: (transfer full): As people read it: 31/03/2026 23:30, 82 %; "" for an empty one. */
char *ym_cell_to_string (const YmCell *cell);

/**
 * ym_table_to_csv:
 *
 * Returns: (transfer full): the table as a spreadsheet opens it; dates ISO 8601, instants with London's offset, text
 * that would be run as a formula disarmed
 */
GBytes *ym_table_to_csv (const YmTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmTable, ym_table_free)

G_END_DECLS
