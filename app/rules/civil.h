/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmDay:
 *
 * A date of the Gregorian calendar without a time zone: days since 1970-01-01. Which day an instant falls on
 * is always asked of ym_london_from_instant(), because every date of the rules is one of Europe/London.
 */
typedef gint32 YmDay;

/**
 * YmMonth:
 *
 * A calendar month: months since January 1970.
 */
typedef gint32 YmMonth;

#define YM_DAY_NONE G_MININT32
#define YM_DAY_MIN (-719162) /* 0001-01-01 */
#define YM_DAY_MAX 2932896   /* 9999-12-31 */

#define YM_INSTANT_NONE G_MININT64
#define YM_SECOND_US G_GINT64_CONSTANT (1000000)
#define YM_MINUTE_US (60 * YM_SECOND_US)
#define YM_DAY_US (24 * 60 * YM_MINUTE_US)

/** ym_day_is_valid: TRUE for a day of the years 1 to 9999, which ISO 8601 can write; FALSE for YM_DAY_NONE.
 */
gboolean ym_day_is_valid (YmDay day);

/** ym_day_from_ymd: YM_DAY_NONE when there is no such date or the year is not 1 to 9999. */
YmDay ym_day_from_ymd (int year, int month, int day_of_month);

/** ym_day_to_ymd: Any of the three may be NULL. */
void ym_day_to_ymd (YmDay day, int *year, int *month, int *day_of_month);

/** ym_day_weekday: 1 (Monday) to 7 (Sunday), as ISO 8601 numbers them. */
int ym_day_weekday (YmDay day);

/**
 * ym_day_add_months:
 * @day: a date
 * @months: how many months on, or back when negative
 *
 * The same day of another month, or that month's last day where it has no such day: 31 January and one month
 * is 28 or 29 February, 29 February and twelve months is 28 February.
 *
 * Returns: the date, YM_DAY_NONE outside the years 1 to 9999 or for YM_DAY_NONE
 */
YmDay ym_day_add_months (YmDay day, int months);

/** ym_day_parse: FALSE unless @text is exactly YYYY-MM-DD and such a date exists. */
gboolean ym_day_parse (const char *text, YmDay *day) G_GNUC_WARN_UNUSED_RESULT;

/** ym_day_to_string: (transfer full): YYYY-MM-DD. */
char *ym_day_to_string (YmDay day);

YmMonth ym_month_of_day (YmDay day);
YmDay ym_month_first_day (YmMonth month);
YmDay ym_month_last_day (YmMonth month);

/** ym_month_parse: FALSE unless @text is exactly YYYY-MM. */
gboolean ym_month_parse (const char *text, YmMonth *month) G_GNUC_WARN_UNUSED_RESULT;

/** ym_month_to_string: (transfer full): YYYY-MM. */
char *ym_month_to_string (YmMonth month);

/**
 * ym_instant_parse:
 * @text: such as 2026-03-29T14:05+01:00, 2026-03-29T13:05:59.25Z or 2026-03-29 13:05Z
 * @at_us: (out): microseconds since 1970-01-01 UTC
 *
 * Reads an ISO 8601 instant of the years 1 to 9999. The offset is required, because a time without one is two
 * instants in the repeated hour and none in the skipped one; seconds and up to six decimals of them are
 * optional. A leap second (:60) and 24:00 are refused: no clock that the records come from shows them.
 *
 * Returns: FALSE when @text is anything else; @at_us is then untouched
 */
gboolean ym_instant_parse (const char *text, gint64 *at_us) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_instant_to_string:
 * @at_us: microseconds since 1970-01-01 UTC
 * @offset_minutes: the offset to write it with; 0 gives "+00:00"
 *
 * Returns: (transfer full): such as 2026-03-29T14:05:00+01:00; decimals of the second only when there are any
 */
char *ym_instant_to_string (gint64 at_us, int offset_minutes);

/** ym_instant_to_london_string: (transfer full): As ym_instant_to_string(), with London's offset at that
 * instant. */
char *ym_instant_to_london_string (gint64 at_us);

/**
 * YmLondonTime:
 * @day: the date
 * @minute: minutes since midnight by the clock on the wall, 0 to 1439
 * @offset_minutes: what that clock is ahead of UTC: 0, or 60 in summer time
 *
 * What a clock and a calendar in London show; seconds are dropped.
 */
typedef struct {
  YmDay day;
  int minute;
  int offset_minutes;
} YmLondonTime;

/**
 * YmLondonReading:
 * @YM_LONDON_ONCE: the clock shows this once, as nearly always
 * @YM_LONDON_NEVER: the clock skips it: 01:00 to 01:59 on the last Sunday of March
 * @YM_LONDON_TWICE: the clock shows it twice: 01:00 to 01:59 on the last Sunday of October
 */
typedef enum {
  YM_LONDON_ONCE,
  YM_LONDON_NEVER,
  YM_LONDON_TWICE,
} YmLondonReading;

/**
 * ym_london_from_instant:
 * @at_us: microseconds since 1970-01-01 UTC
 *
 * By the Summer Time Act 1972 as amended by SI 2002/262, which also describes every year since 1996: one hour
 * ahead of GMT from 01:00 GMT on the last Sunday of March to 01:00 GMT on the last Sunday of October. Earlier
 * years are answered by the same rule, which was not yet the law.
 */
YmLondonTime ym_london_from_instant (gint64 at_us);

/**
 * ym_london_to_instant:
 * @day: the date
 * @minute: minutes since midnight by the clock on the wall, 0 to 1439
 * @second_pass: in the repeated hour, TRUE for the time after the clocks went back
 * @at_us: (out): microseconds since 1970-01-01 UTC
 *
 * The instant at which London's clock shows a time. In the repeated hour that is the first of the two unless
 * @second_pass. In the skipped hour it is the instant the clock would have shown without the change: 01:30
 * becomes 02:30 summer time. Both follow from one rule: the offset before the change is taken.
 *
 * Returns: whether the clock shows it once, never or twice, so that a person can be asked
 */
YmLondonReading ym_london_to_instant (YmDay day, int minute, gboolean second_pass, gint64 *at_us);

/** ym_london_day_start: The instant at which @day begins in London; midnight is never skipped or repeated. */
gint64 ym_london_day_start (YmDay day);

/** ym_london_day: The date in London at @at_us; "today" of every rule. */
YmDay ym_london_day (gint64 at_us);

G_END_DECLS
