/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shares in whole per cent, rounded one way everywhere: in a return, on a screen and in expected.json alike.
 */

#include "app/rules/percent.h"

int
ym_percent (gint64 part, gint64 whole)
{
  gint64 percent, rest;

  g_return_val_if_fail (part >= 0 && part <= G_MAXINT32 && whole >= 0 && whole <= G_MAXINT32, 0);

  if (whole == 0)
    return 0;
  percent = part * 100 / whole;
  rest = part * 100 % whole;
  if (rest * 2 > whole || (rest * 2 == whole && percent % 2 == 1))
    percent++;
  return MIN (percent, G_MAXINT);
}
