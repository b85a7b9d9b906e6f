/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/returns/table.h"

G_BEGIN_DECLS

#define YM_TYPE_CHART_VIEW (ym_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (YmChartView, ym_chart_view, YM, CHART_VIEW, GtkWidget)

/** ym_chart_view_new: @table: (transfer full): one with a `chart_column`: drawn as on a page, as large as the text. */
GtkWidget *ym_chart_view_new (YmTable *table);

G_END_DECLS
