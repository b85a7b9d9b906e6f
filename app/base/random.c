/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Randomness, handed in. */

#include "app/base/random.h"

#include <sodium.h>

static void
system_fill (gpointer context, guint8 *buffer, gsize length)
{
  randombytes_buf (buffer, length);
}

const YmRandom *
ym_random_system (void)
{
  static const YmRandom system = { system_fill, NULL };

  g_assert (sodium_init () >= 0);
  return &system;
}

void
ym_random_fill (const YmRandom *random, gpointer buffer, gsize length)
{
  random->fill (random->context, buffer, length);
}
