/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmClock:
 * @wall_us: microseconds since 1970-01-01 UTC, as the device believes
 * @boot_us: microseconds since boot, suspend included; never goes back while the device is up
 * @context: handed to both
 *
 * Where time comes from. Production passes ym_clock_system(), a test or simulation its own.
 */
typedef struct {
  gint64 (*wall_us) (gpointer context);
  gint64 (*boot_us) (gpointer context);
  gpointer context;
} YmClock;

/** ym_clock_system: (transfer none): CLOCK_REALTIME and CLOCK_BOOTTIME. */
const YmClock *ym_clock_system (void);

gint64 ym_clock_wall_us (const YmClock *clock);
gint64 ym_clock_boot_us (const YmClock *clock);

G_END_DECLS
