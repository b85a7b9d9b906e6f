/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Restorative training (R8): a quarter of the staff or two, whichever is greater. */

#include "app/rules/training.h"

#define FEWEST 2

int
ym_training_target (int staff)
{
  int quarter = staff / 4 + (staff % 4 > 0 ? 1 : 0);

  return MAX (FEWEST, quarter);
}

int
ym_training_short_by (int staff, int trained)
{
  return MAX (0, ym_training_target (staff) - MAX (0, trained));
}
