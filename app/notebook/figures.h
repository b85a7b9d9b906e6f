/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "app/rules/visit-window.h"

G_BEGIN_DECLS

/** YmMeasure: What is looked at to see whether it works (R10). */
typedef enum {
  YM_MEASURE_CALLS,
  YM_MEASURE_APPROPRIATE,
  YM_MEASURE_MISSING,
  YM_MEASURE_NOTIFIABLE,
  YM_MEASURE_CALL_OUTS,
  YM_MEASURE_RESTRAINTS,
  YM_MEASURE_DISCREPANCY,
  YM_MEASURE_VISITS,
  YM_MEASURE_ISSUES_OPENED,
  YM_MEASURE_ISSUES_CLOSED,
  YM_MEASURE_DAYS_TO_CLOSE,
  YM_N_MEASURES,
} YmMeasure;

/** YmMeasureKind: How a figure is read. */
typedef enum {
  YM_MEASURE_COUNT, /* `part`, in `whole` months of one home */
  YM_MEASURE_SHARE, /* `part` of `whole`, in per cent */
  YM_MEASURE_MEAN,  /* `part` divided by `whole` */
} YmMeasureKind;

YmMeasureKind ym_measure_kind (YmMeasure measure);

/** ym_measure_label: (transfer none): Untranslated; give it to ym_label() or to a translator of another language. */
const char *ym_measure_label (YmMeasure measure);

/**
 * YmFigure:
 * @part: the count, the share's part or the mean's sum
 * @whole: see #YmMeasureKind; 0 where nothing is known, which is not the same as none
 */
typedef struct {
  gint64 part;
  gint64 whole;
} YmFigure;

/**
 * YmFigures:
 * @first: the first month
 * @last: the last month
 * @figure: one for each #YmMeasure
 */
typedef struct {
  YmMonth first;
  YmMonth last;
  YmFigure figure[YM_N_MEASURES];
} YmFigures;

/**
 * YmGroup:
 * @YM_GROUP_HOME: the home with id `home`
 * @YM_GROUP_PROVIDER: the homes of the provider `name`
 * @YM_GROUP_AREA: the homes of the area `name`
 * @YM_GROUP_FORCE: every home on this device
 */
typedef enum {
  YM_GROUP_HOME,
  YM_GROUP_PROVIDER,
  YM_GROUP_AREA,
  YM_GROUP_FORCE,
} YmGroup;

/** ym_figures_homes: (transfer full) (element-type YmRecord) (nullable): The homes of a group, by name. */
GPtrArray *ym_figures_homes (YmDesk *desk, YmGroup group, const YmId *home, const char *name, GError **error);

/**
 * ym_figures_read:
 * @homes: (element-type YmRecord): of which homes
 *
 * The measures over months of all @homes together. A month before the first call that is known here counts as not known,
 * never as a month without calls.
 */
gboolean ym_figures_read (YmDesk *desk, GPtrArray *homes, YmMonth first, YmMonth last, YmFigures *figures,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_figures_visits: The windows of R1 of a home that ended in the period and by now, and those that were kept. */
gboolean ym_figures_visits (YmDesk *desk, const YmRecord *home, const YmPeriod *period, YmVisitCompliance *compliance,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmComparison:
 * @now: the months asked for
 * @year_before: the same months of the year before
 * @baseline: of each home, the three months before its first named officer
 * @now_with_baseline: the months asked for, of those homes alone that have such a baseline
 */
typedef struct {
  YmFigures now;
  YmFigures year_before;
  YmFigures baseline;
  YmFigures now_with_baseline;
} YmComparison;

gboolean ym_figures_compare (YmDesk *desk, GPtrArray *homes, YmMonth first, YmMonth last, YmComparison *comparison,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_figures_change:
 * @change: (out): for counts and means per cent of change of the monthly rate, minus for fewer; for shares percentage
 *   points
 *
 * Returns: FALSE where one of the two is not known, or nothing can be a per cent of it
 */
gboolean ym_figures_change (YmMeasure measure, const YmFigures *before, const YmFigures *now, int *change);

/**
 * YmHotspots:
 * @by_weekday: Monday first, in London
 * @by_hour: of London's clock
 * @by_reason: by the number of the choice; 0 where no reason is known
 * @n_calls: in all
 */
typedef struct {
  guint by_weekday[7];
  guint by_hour[24];
  guint by_reason[16];
  guint n_calls;
} YmHotspots;

/** ym_hotspots_read: When and why calls come from the homes. */
gboolean ym_hotspots_read (YmDesk *desk, GPtrArray *homes, const YmPeriod *period, YmHotspots *hotspots,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_hotspots_repeat_children: (transfer full) (nullable): Person references that stand in more than one concern of the
 * home, for its own team alone. */
GStrv ym_hotspots_repeat_children (YmDesk *desk, const YmId *home, GError **error);

G_END_DECLS
