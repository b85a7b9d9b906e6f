/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time, handed in. */

#include "app/base/clock.h"

#include <time.h>

static gint64
read_clock_us (clockid_t id)
{
  struct timespec now;

  g_assert (clock_gettime (id, &now) == 0);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gint64
system_wall_us (gpointer context)
{
  return read_clock_us (CLOCK_REALTIME);
}

static gint64
system_boot_us (gpointer context)
{
  return read_clock_us (CLOCK_BOOTTIME);
}

const YmClock *
ym_clock_system (void)
{
  static const YmClock system = { system_wall_us, system_boot_us, NULL };

  return &system;
}

gint64
ym_clock_wall_us (const YmClock *clock)
{
  return clock->wall_us (clock->context);
}

gint64
ym_clock_boot_us (const YmClock *clock)
{
  return clock->boot_us (clock->context);
}
