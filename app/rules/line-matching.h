/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define YM_LINE_NOBODY G_MAXUINT32

/**
 * YmLineSide:
 * @at_us: (array length=n): instants, ascending
 * @first: (array length=n): for each entry the first of the other side within the tolerance
 * @end: (array length=n): one past the last of them; equal to @first when there is none
 * @partner: (array length=n): the entry of the other side it is paired with, or YM_LINE_NOBODY
 *
 * One side of a matching of instants on a line, with the band of possible partners of each entry.
 */
typedef struct {
  const gint64 *at_us;
  guint32 n;
  guint32 *first;
  guint32 *end;
  guint32 *partner;
} YmLineSide;

/** YmLinePair: Positions of one pair, the first side's and the second's. */
typedef struct {
  guint32 one;
  guint32 other;
} YmLinePair;

/**
 * ym_line_find_bands: Fills @first and @end of both sides, and makes everybody's partner YM_LINE_NOBODY.
 *
 * Returns: how many pairs the tolerance allows
 */
guint64 ym_line_find_bands (YmLineSide *one, YmLineSide *other, gint64 tolerance_us);

/**
 * ym_line_match: Fills @partner of both sides with a matching of the greatest number of pairs within the
 * bands and, among those, the least total distance. Takes time for each pair that the bands allow, and two
 * bits of memory.
 */
void ym_line_match (YmLineSide *one, YmLineSide *other);

/**
 * ym_line_part:
 * @one: a side, matched by ym_line_match()
 * @other: the other side
 * @parted: (array length=n_parted): pairs that must not be
 * @n_parted: how many
 *
 * Changes the matching into one that is as good as any without the parted pairs. Takes time for each pair
 * that the bands allow, for each parted pair that was in the matching.
 */
void ym_line_part (YmLineSide *one, YmLineSide *other, const YmLinePair *parted, gsize n_parted);

G_END_DECLS
