/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "app/returns/table.h"

G_BEGIN_DECLS

/**
 * ym_chart_draw:
 * @cairo: where to draw, in the units of the page or screen, its colour set to that of text
 * @table: one with a `chart_column`
 * @width: how wide
 *
 * Lying bars, one for each row, each with its name and its figure: drawn by the same function on a page and on a screen,
 * always with the table beside. Colour says nothing that the figure does not say.
 *
 * Returns: the height it took
 */
double ym_chart_draw (cairo_t *cairo, const YmTable *table, double width);

G_END_DECLS
