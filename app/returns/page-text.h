/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/**
 * ym_page_text_new:
 * @text: plain text
 * @font: as pango_font_description_from_string() reads it
 * @width: in points; longer lines wrap
 *
 * Returns: (transfer full): a piece of text, ready to be drawn on a page
 */
PangoLayout *ym_page_text_new (cairo_t *cairo, const char *text, const char *font, double width);

/** ym_page_text_height: Its height in points. */
double ym_page_text_height (PangoLayout *text);

G_END_DECLS
