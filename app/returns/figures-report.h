/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/figures.h"
#include "app/returns/edition.h"
#include "app/returns/table.h"

G_BEGIN_DECLS

/** YmMonthCalls: Calls of a month and of the same one a year before; -1 where nothing is known. */
typedef struct {
  YmMonth month;
  int now;
  int before;
} YmMonthCalls;

/**
 * YmFiguresReport:
 * @first: the first month
 * @last: the last
 * @n_homes: how many homes were looked at
 * @comparison: R10's measures
 * @months: (element-type YmMonthCalls): each of those months
 * @now: when and why calls came in them
 * @year_before: and in the same months of the year before
 *
 * Is it working? (R10) For some homes and months, as a page shows it and as it is given out.
 */
typedef struct {
  YmMonth first;
  YmMonth last;
  guint n_homes;
  YmComparison comparison;
  GArray *months;
  YmHotspots now;
  YmHotspots year_before;
} YmFiguresReport;

/**
 * ym_figures_report_read:
 * @homes: (element-type YmRecord): from ym_figures_homes()
 *
 * Returns: (transfer full) (nullable): the report. Errors: YM_ERROR_STORAGE
 */
YmFiguresReport *ym_figures_report_read (YmDesk *desk, GPtrArray *homes, YmMonth first, YmMonth last, GError **error);
void ym_figures_report_free (YmFiguresReport *report);

/**
 * ym_figures_report_tables:
 *
 * Returns: (transfer full) (element-type YmTable): the comparison, then calls by month, reason, weekday and hour, each with a
 *   chart; those without calls are left out
 */
GPtrArray *ym_figures_report_tables (const YmFiguresReport *report, const YmWords *words);

/**
 * ym_figures_report_write:
 * @about: whose figures they are, for the title
 * @force: the force's name; may be ""
 * @made_at_us: now
 * @path: the file; for tables as CSV a number and .csv follow its stem
 * @replace: whether files of those names are replaced
 *
 * Writes the tables with their charts. Blocks. Errors as for ym_return_edition_write().
 *
 * Returns: (transfer full) (nullable): the names of the files
 */
GStrv ym_figures_report_write (const YmFiguresReport *report, const char *about, const char *force, gint64 made_at_us,
                               const YmWords *words, YmReturnFormat format, const char *path, gboolean replace,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmFiguresReport, ym_figures_report_free)

G_END_DECLS
