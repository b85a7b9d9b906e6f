/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmWrittenTime:
 * @day: the date
 * @second: of the day, by the clock that it was read from
 *
 * A date and time as somebody wrote it, of no time zone yet.
 */
typedef struct {
  YmDay day;
  int second;
} YmWrittenTime;

/**
 * ym_written_time_check:
 *
 * Whether ym_written_time_read() understands a format: %Y or %y, %m or %b, %d, and %H, %M, %S, each at most once; other
 * characters stand for themselves, a space for any number of them.
 */
gboolean ym_written_time_check (const char *format, gboolean has_clock);

/** ym_written_time_read: FALSE unless @text is wholly as @format says and such a date and time exist. %b reads English
 * names of months and their first three letters; what is not in the format is midnight. */
gboolean ym_written_time_read (const char *format, const char *text, YmWrittenTime *time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
