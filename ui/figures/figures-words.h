/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/figures.h"
#include "app/returns/table.h"

G_BEGIN_DECLS

/**
 * ym_figures_sentences:
 *
 * Returns: (transfer full) (element-type utf8): what the comparison says, a sentence or two for each measure that is known:
 *   "Calls to the police: 12. 40 % fewer than in the same months a year before."
 */
GPtrArray *ym_figures_sentences (const YmComparison *comparison);

/** YmMonthCalls: Calls of a month and of the same one a year before; -1 where nothing is known. */
typedef struct {
  YmMonth month;
  int now;
  int before;
} YmMonthCalls;

/** ym_figures_month_table: (transfer full): @months: (element-type YmMonthCalls): calls by month, with a chart. */
YmTable *ym_figures_month_table (GArray *months);

/** ym_figures_reason_table: (transfer full): Calls by reason, and a year before, with a chart. */
YmTable *ym_figures_reason_table (const YmHotspots *now, const YmHotspots *before);

/** ym_figures_weekday_table: / ym_figures_hour_table: (transfer full): When calls come, with a chart. */
YmTable *ym_figures_weekday_table (const YmHotspots *hotspots);
YmTable *ym_figures_hour_table (const YmHotspots *hotspots);

G_END_DECLS
