/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** FLEET_MOST_DEVICES: Of officers; the administrator's comes on top. */
#define FLEET_MOST_DEVICES 40

/**
 * FleetPlan:
 * @seed: everything follows from it
 * @most_devices: how many officers there may be; how many there are the seed says
 * @is_shown: print what happens
 * @has_old_copies: some tablets are put back to an older copy of themselves
 * @is_canary: break a promise on purpose, which must be found
 */
typedef struct {
  guint64 seed;
  guint most_devices;
  gboolean is_shown;
  gboolean has_old_copies;
  gboolean is_canary;
} FleetPlan;

/**
 * FleetResult:
 * @failure: (nullable): the promise that was broken, and when
 * @trace: the same for the same plan
 * @devices: that there were
 * @envelopes: in the ledger at the end
 * @notes: events
 */
typedef struct {
  char *failure;
  guint64 trace;
  guint devices;
  guint64 envelopes;
  guint64 notes;
} FleetResult;

/** fleet_init: Once, before all else: libsodium and SQLite get their randomness from the seed too. */
void fleet_init (void);

/** fleet_prepare: Makes what simulations of so many devices begin with, so that a child process need not. */
void fleet_prepare (guint most_devices);

/**
 * fleet_run:
 *
 * Lets a fleet of tablets and its server live through some bad hours and then an hour of good weather, in which all must
 * come to rest, and looks whether every promise was kept.
 */
void fleet_run (const FleetPlan *plan, FleetResult *result);
void fleet_result_clear (FleetResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FleetResult, fleet_result_clear)

G_END_DECLS
