/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text on pages that are drawn without a display. */

#include "app/returns/page-text.h"

PangoLayout *
ym_page_text_new (cairo_t *cairo, const char *text, const char *font, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

double
ym_page_text_height (PangoLayout *text)
{
  int height;

  pango_layout_get_size (text, NULL, &height);
  return (double) height / PANGO_SCALE;
}
