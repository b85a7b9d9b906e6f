/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The best one-to-one matching of instants on a line, each pair at most a tolerance apart: the greatest
 * number of pairs, then the least total distance (R5).
 *
 * Why it can be found by looking at non-crossing matchings only. Take two pairs that cross: p <= p' and h <=
 * h', with p paired to h' and p' to h. The differences p-h and p'-h' both lie between p-h' and p'-h, and have
 * the same sum. The absolute value is convex, so neither of |p-h| and |p'-h'| is greater than both of |p-h'|
 * and |p'-h|, and their sum is no greater than those two's. Pairing p to h and p' to h' instead is therefore
 * within the tolerance, as many pairs, and no more distance. It also leaves fewer inversions, so doing it
 * again and again ends: some best matching is non-crossing.
 *
 * Non-crossing matchings are found like the longest common subsequence. With best(i, j) for the first i of
 * one side and the first j of the other:
 *
 *   best (i, j) = best of  best (i-1, j)                  the i-th stays alone
 *                          best (i, j-1)                  the j-th stays alone
 *                          best (i-1, j-1) + their pair   if they are within the tolerance
 *
 * For a given i only j in its band of possible partners matters: below the band best (i, j) = best (i-1, j),
 * and above it best (i, j) = best (i, end of band), because bands only move on. So one row is kept and
 * changed in place, and what was chosen is kept for the cells of the bands alone. */

#include "app/rules/line-matching.h"

typedef struct {
  gint64 n_pairs;
  gint64 apart_us;
} Score;

enum {
  ONE_ALONE,
  OTHER_ALONE,
  PAIRED,
};

/* Four choices to a byte. */
#define CHOICE_BITS 2
#define CHOICES_PER_BYTE 4

static gboolean
is_better (Score a, Score b)
{
  return a.n_pairs > b.n_pairs || (a.n_pairs == b.n_pairs && a.apart_us < b.apart_us);
}

static guint64
find_bands_of (YmLineSide *side, const YmLineSide *facing, gint64 tolerance_us)
{
  guint64 n_allowed = 0;
  guint32 first = 0, end = 0;

  for (guint32 i = 0; i < side->n; i++)
    {
      while (first < facing->n && facing->at_us[first] < side->at_us[i] - tolerance_us)
        first++;
      end = MAX (end, first);
      while (end < facing->n && facing->at_us[end] <= side->at_us[i] + tolerance_us)
        end++;
      side->first[i] = first;
      side->end[i] = end;
      side->partner[i] = YM_LINE_NOBODY;
      n_allowed += end - first;
    }
  return n_allowed;
}

/* Fills @choices, from bit 0 on, with one choice for each cell of each band. */
static void
choose (const YmLineSide *one, const YmLineSide *other, guint8 *choices)
{
  g_autofree Score *best = g_new0 (Score, (gsize) other->n + 1);
  guint32 n_reached = 0;
  guint64 cell = 0;

  for (guint32 i = 0; i < one->n; i++)
    {
      Score diagonal;

      for (; n_reached < one->end[i]; n_reached++)
        best[n_reached + 1] = best[n_reached];
      diagonal = best[one->first[i]];
      for (guint32 j = one->first[i]; j < one->end[i]; j++, cell++)
        {
          gint64 apart_us = ABS (one->at_us[i] - other->at_us[j]);
          Score paired = { diagonal.n_pairs + 1, diagonal.apart_us + apart_us };
          Score chosen = best[j + 1];
          guint8 choice = ONE_ALONE;

          diagonal = best[j + 1];
          if (is_better (best[j], chosen))
            {
              chosen = best[j];
              choice = OTHER_ALONE;
            }
          if (is_better (paired, chosen))
            {
              chosen = paired;
              choice = PAIRED;
            }
          best[j + 1] = chosen;
          choices[cell / CHOICES_PER_BYTE] |= choice << (cell % CHOICES_PER_BYTE * CHOICE_BITS);
        }
    }
}

/* Follows the choices back from the last cell, whose number is @n_cells - 1. */
static void
follow (YmLineSide *one, YmLineSide *other, const guint8 *choices, guint64 n_cells)
{
  guint32 j = other->n;
  guint64 row = n_cells;

  for (guint32 i = one->n; i > 0; i--)
    {
      guint32 first = one->first[i - 1], end = one->end[i - 1];

      row -= end - first;
      j = MIN (j, end);
      while (j > first)
        {
          guint64 cell = row + (j - 1 - first);
          guint choice = choices[cell / CHOICES_PER_BYTE] >> (cell % CHOICES_PER_BYTE * CHOICE_BITS) & 3;

          if (choice == ONE_ALONE)
            break;
          j--;
          if (choice == PAIRED)
            {
              one->partner[i - 1] = j;
              other->partner[j] = i - 1;
              break;
            }
        }
    }
}

guint64
ym_line_find_bands (YmLineSide *one, YmLineSide *other, gint64 tolerance_us)
{
  find_bands_of (other, one, tolerance_us);
  return find_bands_of (one, other, tolerance_us);
}

void
ym_line_match (YmLineSide *one, YmLineSide *other)
{
  g_autofree guint8 *choices = NULL;
  guint64 n_cells = 0;

  for (guint32 i = 0; i < one->n; i++)
    n_cells += one->end[i] - one->first[i];
  choices = g_malloc0 (n_cells / CHOICES_PER_BYTE + 1);
  choose (one, other, choices);
  follow (one, other, choices, n_cells);
}
