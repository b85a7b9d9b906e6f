/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/fleet/fleet.h"

G_BEGIN_DECLS

/**
 * Fault:
 * @name: as ym_planted() has it
 * @seed: a simulation that finds it, of up to @devices officers
 * @what: what is wrong with it
 *
 * One line of the code under test that is wrong on purpose.
 */
typedef struct {
  const char *name;
  guint64 seed;
  guint devices;
  const char *what;
} Fault;

/** faults_get: (array length=n_faults): All that the fleet has to find. */
const Fault *faults_get (guint *n_faults);

/**
 * faults_seek:
 * @from: the first seed
 * @n_seeds: how many to try
 * @found: (out): what the finder said
 *
 * Runs simulations with the fault in a process of its own, which it may well break, until one finds it.
 *
 * Returns: the seed, or 0 if none found it
 */
guint64 faults_seek (const Fault *fault, guint64 from, guint n_seeds, char **found);

G_END_DECLS
