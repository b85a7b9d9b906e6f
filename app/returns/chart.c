/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One chart for page and screen. */

#include "app/returns/chart.h"

#include <pango/pangocairo.h>

#define BAR_HEIGHT 14.0
#define BAR_GAP 5.0
#define BEFORE_HEIGHT 4.0 /* of the height, for the bar of the figure before */
#define NAME_SHARE 0.32 /* of the width, for the names */
#define FIGURE_WIDTH 64.0

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
    {
      most = MAX (most, ym_table_cell (table, row, table->chart_column)->number);
      if (table->chart_before > 0)
        most = MAX (most, ym_table_cell (table, row, table->chart_before)->number);
    }
  return most;
}

/* The colour of a bar stands out from the ground that the text's colour is made for: dark ink on light, light on dark. */
static void
set_bar_colour (cairo_t *cairo, gboolean light_ink, gboolean pale)
{
  if (light_ink)
    cairo_set_source_rgba (cairo, 0.55, 0.75, 0.96, pale ? 0.5 : 1);
  else
    cairo_set_source_rgba (cairo, 0.11, 0.37, 0.62, pale ? 0.5 : 1);
}

static gboolean
has_light_ink (cairo_t *cairo)
{
  double red = 0, green = 0, blue = 0;

  return cairo_pattern_get_rgba (cairo_get_source (cairo), &red, &green, &blue, NULL) == CAIRO_STATUS_SUCCESS
         && red + green + blue > 1.5;
}

static void
draw_bar (cairo_t *cairo, double x, double y, double length, double height, gboolean pale)
{
  gboolean light_ink = has_light_ink (cairo);

  cairo_save (cairo);
  set_bar_colour (cairo, light_ink, pale);
  cairo_rectangle (cairo, x, y, MAX (length, 0.5), height);
  cairo_fill (cairo);
  cairo_restore (cairo);
}

/* "12", or "12 (30)" where it is compared. */
static char *
say_figure (const YmTable *table, guint row)
{
  g_autofree char *now = ym_cell_to_string (ym_table_cell (table, row, table->chart_column));
  g_autofree char *before = NULL;

  if (table->chart_before == 0 || ym_table_cell (table, row, table->chart_before)->kind == YM_CELL_EMPTY)
    return g_steal_pointer (&now);
  before = ym_cell_to_string (ym_table_cell (table, row, table->chart_before));
  return g_strdup_printf ("%s (%s)", now, before);
}

double
ym_chart_draw (cairo_t *cairo, const YmTable *table, double width)
{
  double name_width = width * NAME_SHARE;
  double bar_width = width - name_width - FIGURE_WIDTH;
  guint before = table->chart_before;
  gint64 most = largest (table);
  double y = 0;

  for (guint row = 0; row < ym_table_n_rows (table); row++, y += BAR_HEIGHT + BAR_GAP)
    {
      const YmCell *cell = ym_table_cell (table, row, table->chart_column);
      g_autofree char *name = ym_cell_to_string (ym_table_cell (table, row, 0));
      g_autofree char *figure = say_figure (table, row);
      double length = bar_width * (double) cell->number / (double) most;
      double before_length
          = before > 0 ? bar_width * (double) ym_table_cell (table, row, before)->number / (double) most : 0;

      draw_text (cairo, name, 0, y, name_width - 6);
      draw_bar (cairo, name_width, y, length, before > 0 ? BAR_HEIGHT - BEFORE_HEIGHT : BAR_HEIGHT, FALSE);
      if (before > 0)
        draw_bar (cairo, name_width, y + BAR_HEIGHT - BEFORE_HEIGHT, before_length, BEFORE_HEIGHT, TRUE);
      draw_text (cairo, figure, name_width + MAX (length, before_length) + 4, y, FIGURE_WIDTH);
    }
  return y;
}
