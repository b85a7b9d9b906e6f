/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_percent:
 * @part: 0 to 2,147,483,647
 * @whole: 0 to 2,147,483,647
 *
 * A share as whole per cent for people to read: the nearest, an exact half to the even neighbour (12.5 is
 * 12), 0 of nothing. 1 of 500 reads 0, so decisions look at @part and not at this.
 */
int ym_percent (gint64 part, gint64 whole);

/**
 * ym_percent_change:
 * @before: 1 to 10^15
 * @now: 0 to 10^15
 *
 * The change from @before to @now as whole per cent of @before, rounded as ym_percent() rounds: 66 to 8 is -88.
 */
int ym_percent_change (gint64 before, gint64 now);

G_END_DECLS
