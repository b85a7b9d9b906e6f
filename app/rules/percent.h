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

G_END_DECLS
