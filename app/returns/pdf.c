/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as pages of A4, drawn by cairo and pango without a display. Units are points. */

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "app/returns/chart.h"
#include "app/returns/document.h"
#include "app/returns/page-text.h"

#define PAGE_WIDTH 842.0
#define PAGE_HEIGHT 595.0
#define MARGIN 36.0
#define BODY_WIDTH (PAGE_WIDTH - 2 * MARGIN)
#define BODY_BOTTOM (PAGE_HEIGHT - MARGIN - 14)
#define PADDING 3.0
#define CHART_ROW 19.0
#define POINTS_A_CHARACTER 7.0
#define MAX_COLUMNS 14 /* more are not legible beside each other: what is left over follows as a part of its own */

typedef struct {
  const YmDocument *document;
  cairo_t *cairo;
  double y;
  guint page;
} Pages;

/* Some columns of a table, and where each begins. The first two name the row and are there in each part. */
typedef struct {
  const YmTable *table;
  guint columns[MAX_COLUMNS];
  double widths[MAX_COLUMNS];
  guint n;
} Layout;

static double
draw_text (Pages *pages, const char *text, const char *font, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = ym_page_text_new (pages->cairo, text, font, width);

  cairo_move_to (pages->cairo, x, y);
  pango_cairo_show_layout (pages->cairo, layout);
  return ym_page_text_height (layout);
}

static void
draw_foot (Pages *pages)
{
  g_autofree char *foot
      = g_strdup_printf ("%s%s%s – %s %u%s%s", pages->document->force, *pages->document->force == '\0' ? "" : " – ",
                         pages->document->title, ym_words_get (pages->document->words, N_ ("page")), pages->page,
                         pages->document->fingerprint == NULL ? "" : " – SHA-256 ",
                         pages->document->fingerprint == NULL ? "" : pages->document->fingerprint);

  draw_text (pages, foot, "Sans 6.5px", MARGIN, PAGE_HEIGHT - MARGIN + 2, BODY_WIDTH);
}

static void
next_page (Pages *pages)
{
  if (pages->page > 0)
    {
      draw_foot (pages);
      cairo_show_page (pages->cairo);
    }
  pages->page++;
  pages->y = MARGIN;
}

static const YmColumn *
column_of (const Layout *layout, guint i)
{
  return &g_array_index (layout->table->columns, YmColumn, layout->columns[i]);
}

/* Shares the width by what the columns ask for. */
static void
share_width (Layout *layout)
{
  double asked = 0;

  for (guint i = 0; i < layout->n; i++)
    asked += column_of (layout, i)->width;
  for (guint i = 0; i < layout->n; i++)
    {
      double width = column_of (layout, i)->width;

      layout->widths[i] = MIN (BODY_WIDTH * width / asked, width * POINTS_A_CHARACTER);
    }
}

/* A row's texts are drawn where @draw says, or only measured. */
static double
lay_row (Pages *pages, const Layout *layout, char **texts, const char *font, gboolean draw)
{
  double x = MARGIN, most = 0;

  for (guint i = 0; i < layout->n; i++)
    {
      g_autoptr (PangoLayout) text = ym_page_text_new (pages->cairo, texts[i], font, layout->widths[i] - 2 * PADDING);

      most = MAX (most, ym_page_text_height (text));
      if (draw)
        {
          cairo_move_to (pages->cairo, x + PADDING, pages->y + PADDING);
          pango_cairo_show_layout (pages->cairo, text);
        }
      x += layout->widths[i];
    }
  return most + 2 * PADDING;
}

static void
draw_rule (Pages *pages, const Layout *layout, double thickness)
{
  double width = 0;

  for (guint i = 0; i < layout->n; i++)
    width += layout->widths[i];
  cairo_set_line_width (pages->cairo, thickness);
  cairo_move_to (pages->cairo, MARGIN, pages->y);
  cairo_line_to (pages->cairo, MARGIN + width, pages->y);
  cairo_stroke (pages->cairo);
}

static GStrv
texts_of_heads (const Layout *layout)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < layout->n; i++)
    g_strv_builder_add (texts, column_of (layout, i)->head);
  return g_strv_builder_end (texts);
}

static GStrv
texts_of_row (const Layout *layout, guint row)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < layout->n; i++)
    {
      g_autofree char *text = ym_cell_to_string (ym_table_cell (layout->table, row, layout->columns[i]));

      g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

static void
draw_heads (Pages *pages, const Layout *layout)
{
  g_auto (GStrv) heads = texts_of_heads (layout);

  pages->y += lay_row (pages, layout, heads, "Sans Bold 7px", TRUE);
  draw_rule (pages, layout, 0.8);
}

static void
draw_part (Pages *pages, Layout *layout)
{
  share_width (layout);
  draw_heads (pages, layout);
  for (guint row = 0; row < ym_table_n_rows (layout->table); row++)
    {
      g_auto (GStrv) texts = texts_of_row (layout, row);
      double height = lay_row (pages, layout, texts, "Sans 7px", FALSE);

      if (pages->y + height > BODY_BOTTOM)
        {
          next_page (pages);
          draw_heads (pages, layout);
        }
      pages->y += lay_row (pages, layout, texts, "Sans 7px", TRUE);
      draw_rule (pages, layout, 0.2);
    }
  pages->y += 12;
}

/* Wide tables in parts, each led by the two columns that name the row. */
static void
draw_columns (Pages *pages, const YmTable *table)
{
  guint n_columns = table->columns->len;

  for (guint next = 0; next < n_columns;)
    {
      Layout layout = { .table = table };

      if (next > 0)
        {
          next_page (pages);
          layout.columns[layout.n++] = 0;
          layout.columns[layout.n++] = 1;
        }
      while (next < n_columns && layout.n < MAX_COLUMNS)
        layout.columns[layout.n++] = next++;
      draw_part (pages, &layout);
    }
}

/* To the right of its table, which begins at @y and is @table_width wide, or where there is no room below it. */
static void
draw_chart (Pages *pages, const YmTable *table, double y, double table_width)
{
  double height = CHART_ROW * ym_table_n_rows (table);
  gboolean beside = y + height <= BODY_BOTTOM && table_width < BODY_WIDTH * 0.6;

  if (!beside && pages->y + height > BODY_BOTTOM)
    next_page (pages);
  cairo_save (pages->cairo);
  cairo_translate (pages->cairo, beside ? MARGIN + table_width + 24 : MARGIN, beside ? y : pages->y);
  ym_chart_draw (pages->cairo, table, beside ? BODY_WIDTH - table_width - 24 : BODY_WIDTH * 0.7);
  cairo_restore (pages->cairo);
  pages->y = beside ? MAX (pages->y, y + height + 12) : pages->y + height + 12;
}

/* A table with a chart begins where both can stand side by side. */
static void
draw_with_chart (Pages *pages, const YmTable *table)
{
  guint page = pages->page;
  double y = pages->y, width = 0;

  for (guint i = 0; i < table->columns->len; i++)
    width += g_array_index (table->columns, YmColumn, i).width * POINTS_A_CHARACTER;
  draw_columns (pages, table);
  if (CHART_ROW * ym_table_n_rows (table) < BODY_BOTTOM - MARGIN)
    draw_chart (pages, table, pages->page == page ? y : PAGE_HEIGHT, MIN (width, BODY_WIDTH));
}

static void
draw_table (Pages *pages, const YmTable *table)
{
  double room = table->chart_column == 0 ? 80 : MIN (CHART_ROW * (ym_table_n_rows (table) + 3), BODY_BOTTOM - MARGIN);

  if (pages->y + room > BODY_BOTTOM && pages->y > MARGIN)
    next_page (pages);
  pages->y += draw_text (pages, table->title, "Sans Bold 11px", MARGIN, pages->y, BODY_WIDTH) + 4;
  if (ym_table_n_rows (table) == 0)
    {
      pages->y += draw_text (pages, ym_words_get (pages->document->words, N_ ("Nothing to list.")), "Sans 8px", MARGIN,
                             pages->y, BODY_WIDTH)
                  + 12;
      return;
    }
  if (table->chart_column == 0)
    draw_columns (pages, table);
  else
    draw_with_chart (pages, table);
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface, const YmDocument *document)
{
  g_autofree char *made = ym_instant_to_string (document->made_at_us / YM_SECOND_US * YM_SECOND_US, 0);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, document->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, document->force);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Ymweld " YM_VERSION);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made);
}

GBytes *
ym_document_to_pdf (const YmDocument *document, GError **error)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (collect, file, PAGE_WIDTH, PAGE_HEIGHT);
  Pages pages = { document, cairo_create (surface), 0, 0 };
  cairo_status_t status;

  set_metadata (surface, document);
  next_page (&pages);
  pages.y += draw_text (&pages, document->title, "Sans Bold 16px", MARGIN, pages.y, BODY_WIDTH);
  pages.y += draw_text (&pages, document->force, "Sans 10px", MARGIN, pages.y, BODY_WIDTH) + 10;
  for (guint i = 0; i < document->tables->len; i++)
    draw_table (&pages, g_ptr_array_index (document->tables, i));
  draw_foot (&pages);
  cairo_show_page (pages.cairo);
  cairo_destroy (pages.cairo);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&file));
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("The page could not be drawn: %s."), cairo_status_to_string (status));
  return NULL;
}
