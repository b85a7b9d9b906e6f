/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/recovery.h"

G_BEGIN_DECLS

/**
 * SweepPlan:
 * @images: how many different images to look at, at least; fewer if there are no more
 * @stride: cuts at every how-manieth operation of the day; 1 for each
 * @seeds: how many seeds at each operation before the next round, beside the two that leave nothing and all
 * @seed: where to begin with seeds, so that another run sees other images
 * @second_every: every how-manieth image is also cut while it is recovered; 0 for none
 * @progress_every: says how far it is at every how-manieth image; 0 for never
 * @command: (nullable): printed before the cut's arguments where one is found wanting, to see it again
 */
typedef struct {
  guint64 images;
  guint stride;
  guint seeds;
  guint64 seed;
  guint second_every;
  guint64 progress_every;
  const char *command;
} SweepPlan;

/**
 * SweepCount:
 * @operations: operations of the day at which the power went
 * @images: different images that were opened
 * @second_images: those among them that a second cut left, during recovery
 * @failures: those that were found wanting
 */
typedef struct {
  guint operations;
  guint64 images;
  guint64 second_images;
  guint64 failures;
} SweepCount;

/** sweep_enough_failures: How many show what is wrong, so that no more are looked for; of a planted fault, one does. */
guint sweep_enough_failures (void);

/** sweep_init: Before anything else: makes SQLite and malloc() fit for opening hundreds of stores a second. */
void sweep_init (void);

/** sweep_run: The day once, then a cut at each of its operations, over and over with other seeds. */
SweepCount sweep_run (const SweepPlan *plan);

/** sweep_one: The day once, then this one cut. */
gboolean sweep_one (const Cut *cut, GError **error);

G_END_DECLS
