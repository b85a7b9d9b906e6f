/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Luck from a seed. */

#include "tests/fleet/chance.h"

Chance
chance_new (guint64 seed)
{
  Chance chance = { seed };

  /* Neighbouring seeds must not begin alike. */
  chance.state = chance_next (&chance);
  return chance;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
guint64
chance_next (Chance *chance)
{
  guint64 z = (chance->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

guint
chance_below (Chance *chance, guint end)
{
  return (guint) (chance_next (chance) % end);
}

gint64
chance_between (Chance *chance, gint64 least, gint64 most)
{
  return least + (gint64) (chance_next (chance) % (guint64) (most - least + 1));
}

gboolean
chance_percent (Chance *chance, guint percent)
{
  return chance_below (chance, 100) < percent;
}
