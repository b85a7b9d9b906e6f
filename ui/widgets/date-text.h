/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * ym_date_read:
 * @text: "2026-03-14", "14/3/2026", "14.03.26", "14 3 2026"; day first unless the year leads
 * @day: (out): the date
 *
 * Two-digit years are of this century. Returns: %FALSE if @text is not a date of the years 1900 to 2199
 */
gboolean ym_date_read (const char *text, YmDay *day) G_GNUC_WARN_UNUSED_RESULT;

/** ym_date_write: (transfer full): "14/03/2026", as it is typed. */
char *ym_date_write (YmDay day);

/** ym_date_say: (transfer full): "Saturday 14 March 2026", in the language of the moment. */
char *ym_date_say (YmDay day);

/** ym_time_read: @minute: (out): since midnight. Takes "9:05", "0905", "9.05" and "9". */
gboolean ym_time_read (const char *text, int *minute) G_GNUC_WARN_UNUSED_RESULT;

/** ym_time_write: (transfer full): "09:05". */
char *ym_time_write (int minute);

G_END_DECLS
