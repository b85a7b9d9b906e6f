/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A chart on the screen, by the function that draws it on a page. It never stands without its table. */

#include "ui/figures/chart-view.h"

#include <glib/gi18n-lib.h>

#include "app/returns/chart.h"
#include "ui/widgets/row.h"

#define UNITS_PER_LINE 14.0 /* of the chart, for a line of text as the screen has it */
#define LEAST_UNITS 220.0   /* narrower, and nothing would be left of the bars */
#define NATURAL_PX 480

struct _YmChartView
{
  GtkWidget parent_instance;

  YmTable *table;
};

G_DEFINE_FINAL_TYPE (YmChartView, ym_chart_view, GTK_TYPE_WIDGET)

static double
draw (YmChartView *self, cairo_t *cairo, int width)
{
  g_autoptr (PangoLayout) line = gtk_widget_create_pango_layout (GTK_WIDGET (self), "1");
  int line_px;
  double scale;

  pango_layout_get_pixel_size (line, NULL, &line_px);
  scale = MIN (line_px / UNITS_PER_LINE, width / LEAST_UNITS);
  cairo_scale (cairo, scale, scale);
  return scale * ym_chart_draw (cairo, self->table, width / scale);
}

/* By drawing on nothing: what the function says is what it takes. */
static int
height_for (YmChartView *self, int width)
{
  cairo_surface_t *nothing = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cairo = cairo_create (nothing);
  int height = (int) draw (self, cairo, width) + 1;

  cairo_destroy (cairo);
  cairo_surface_destroy (nothing);
  return height;
}

static GtkSizeRequestMode
ym_chart_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ym_chart_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                       int *minimum_baseline, int *natural_baseline)
{
  *minimum = 1;
  *natural = NATURAL_PX;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = height_for (YM_CHART_VIEW (widget), for_size > 0 ? for_size : NATURAL_PX);
}

static void
ym_chart_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cairo = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  GdkRGBA ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  gdk_cairo_set_source_rgba (cairo, &ink);
  draw (YM_CHART_VIEW (widget), cairo, width);
  cairo_destroy (cairo);
}

static void
ym_chart_view_finalize (GObject *object)
{
  g_clear_pointer (&YM_CHART_VIEW (object)->table, ym_table_free);
  G_OBJECT_CLASS (ym_chart_view_parent_class)->finalize (object);
}

static void
ym_chart_view_class_init (YmChartViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ym_chart_view_finalize;
  widget_class->get_request_mode = ym_chart_view_get_request_mode;
  widget_class->measure = ym_chart_view_measure;
  widget_class->snapshot = ym_chart_view_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ym_chart_view_init (YmChartView *self)
{
}

GtkWidget *
ym_chart_view_new (YmTable *table)
{
  YmChartView *self = g_object_new (YM_TYPE_CHART_VIEW, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Chart: %s. Its figures are in the table."), table->title);

  self->table = table;
  ym_say (self, name);
  return GTK_WIDGET (self);
}
