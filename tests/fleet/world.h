/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/agenda.h"
#include "tests/fleet/chance.h"

G_BEGIN_DECLS

#define SECOND_US ((gint64) G_USEC_PER_SEC)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US (60 * MINUTE_US)
#define DAY_US (24 * HOUR_US)

/** WORLD_BEGIN_US: The true time when a simulation begins: 21 January 2026. */
#define WORLD_BEGIN_US G_GINT64_CONSTANT (1769000000000000)

/**
 * World:
 * @seed: all follows from it
 * @agenda: time
 * @chance: luck of everything but the machines' own random numbers
 * @trace: a number that follows from all that was noted: the same seed gives the same
 * @n_notes: how much was noted
 * @is_shown: print what is noted
 * @failure: (nullable): the first promise that was broken
 *
 * What everything in a simulation shares.
 */
typedef struct {
  guint64 seed;
  Agenda *agenda;
  Chance chance;
  guint64 trace;
  guint64 n_notes;
  gboolean is_shown;
  char *failure;
} World;

void world_init (World *world, guint64 seed);
void world_clear (World *world);

/** world_now_us: True time. */
gint64 world_now_us (World *world);

/** world_note: What has just happened becomes part of the trace. */
void world_note (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** world_fail: A promise is broken. The first counts. */
void world_fail (World *world, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
