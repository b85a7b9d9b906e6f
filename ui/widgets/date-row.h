/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/clock.h"
#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_DATE_ROW (ym_date_row_get_type ())
G_DECLARE_FINAL_TYPE (YmDateRow, ym_date_row, YM, DATE_ROW, YmFieldRow)

/**
 * ym_date_row_new:
 * @clock: (transfer none): for "today"; outlives the row
 *
 * Asks for a date, typed (14/3/26, 2026-03-14) or taken from a calendar; what was understood is written
 * out beside it with its weekday. Its value is days since 1970-01-01.
 */
GtkWidget *ym_date_row_new (const char *title, const YmClock *clock);

/**
 * ym_date_row_new_instant:
 *
 * As ym_date_row_new(), with the time of day beside the date. Its value is microseconds since 1970-01-01
 * UTC; what is typed is the clock on the wall in London. Of the hour that comes twice in October the first
 * is meant; an hour that the clocks skip is refused.
 */
GtkWidget *ym_date_row_new_instant (const char *title, const YmClock *clock);

G_END_DECLS
