/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shares in whole per cent, rounded one way everywhere: in a return, on a screen and in expected.json alike.
 */

#include "app/rules/percent.h"

/* The nearest whole per cent, an exact half to the even neighbour. */
static gint64
round_percent (gint64 part, gint64 whole)
{
  gint64 percent = part * 100 / whole;
  gint64 rest = part * 100 % whole;

  if (rest * 2 > whole || (rest * 2 == whole && percent % 2 == 1))
    percent++;
  return MIN (percent, G_MAXINT);
}

int
ym_percent (gint64 part, gint64 whole)
{
  g_return_val_if_fail (part >= 0 && part <= G_MAXINT32 && whole >= 0 && whole <= G_MAXINT32, 0);

  return whole == 0 ? 0 : (int) round_percent (part, whole);
}

int
ym_percent_change (gint64 before, gint64 now)
{
  const gint64 most = G_GINT64_CONSTANT (1000000000000000);

  g_return_val_if_fail (before > 0 && before <= most && now >= 0 && now <= most, 0);

  return now >= before ? (int) round_percent (now - before, before) : -(int) round_percent (before - now, before);
}
