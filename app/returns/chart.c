/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One chart for page and screen. */

#include "app/returns/chart.h"

#include <pango/pangocairo.h>

#define BAR_HEIGHT 14.0
#define BAR_GAP 5.0
#define NAME_SHARE 0.32 /* of the width, for the names */
#define FIGURE_WIDTH 40.0

static PangoLayout *
make_layout (cairo_t *cairo, const char *text, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans 9px");

  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
draw_text (cairo_t *cairo, const char *text, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = make_layout (cairo, text, width);

  cairo_move_to (cairo, x, y + 1);
  pango_cairo_show_layout (cairo, layout);
}

static gint64
largest (const YmTable *table)
{
  gint64 most = 1;

  for (guint row = 0; row < ym_table_n_rows (table); row++)
    most = MAX (most, ym_table_cell (table, row, table->chart_column)->number);
  return most;
}

double
ym_chart_draw (cairo_t *cairo, const YmTable *table, double width)
{
  double name_width = width * NAME_SHARE;
  double bar_width = width - name_width - FIGURE_WIDTH;
  double y = 0;

  for (guint row = 0; row < ym_table_n_rows (table); row++, y += BAR_HEIGHT + BAR_GAP)
    {
      const YmCell *cell = ym_table_cell (table, row, table->chart_column);
      g_autofree char *name = ym_cell_to_string (ym_table_cell (table, row, 0));
      g_autofree char *figure = ym_cell_to_string (cell);
      double length = bar_width * (double) cell->number / (double) largest (table);

      draw_text (cairo, name, 0, y, name_width - 6);
      cairo_save (cairo);
      cairo_set_source_rgb (cairo, 0.11, 0.37, 0.62);
      cairo_rectangle (cairo, name_width, y, MAX (length, 0.5), BAR_HEIGHT);
      cairo_fill (cairo);
      cairo_restore (cairo);
      draw_text (cairo, figure, name_width + length + 4, y, FIGURE_WIDTH);
    }
  return y;
}
