/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/error.h"

G_BEGIN_DECLS

#define YM_RECONCILE_TOLERANCE_MINUTES 30
#define YM_RECONCILE_TOLERANCE_MINUTES_MIN 5
#define YM_RECONCILE_TOLERANCE_MINUTES_MAX 240

/**
 * YmHandPair:
 * @police: index into the police calls
 * @home: index into the home's entries
 * @joined: TRUE when an officer joined the two, FALSE when an officer parted them
 */
typedef struct {
  guint police;
  guint home;
  gboolean joined;
} YmHandPair;

/**
 * YmReconcileInput:
 * @police_at_us: instants of the police calls of one home and period, in any order
 * @home_at_us: instants of the home's own log for the same period, in any order
 * @by_hand: what officers decided, oldest first. A join holds whatever the tolerance; a parted pair is never
 * made, though each of the two may go with another. Where decisions contradict each other the later one
 * holds: about the same pair, and of two joins that share an entry.
 * @tolerance_minutes: how far apart a pair may be, this included
 *
 * Among entries at the same instant the one with the lower index counts as the earlier, so callers that want
 * every device to say the same hand entries over in the order of their incident references or record ids.
 */
typedef struct {
  const gint64 *police_at_us;
  gsize n_police;
  const gint64 *home_at_us;
  gsize n_home;
  const YmHandPair *by_hand;
  gsize n_by_hand;
  int tolerance_minutes;
} YmReconcileInput;

/**
 * YmMatchedPair:
 * @police: index into the police calls
 * @home: index into the home's entries
 * @apart_us: distance in time, never negative
 * @by_hand: an officer joined the two
 */
typedef struct {
  guint police;
  guint home;
  gint64 apart_us;
  gboolean by_hand;
} YmMatchedPair;

/**
 * YmReconciliation:
 * @both: (element-type YmMatchedPair): in both, by the police's time
 * @only_police: (element-type guint): indexes of police calls the home did not log, by time
 * @only_home: (element-type guint): indexes of the home's entries without a police call, by time
 * @total_apart_us: the sum of the pairs' distances
 * @discrepancy_percent: @only_police of all police calls, see ym_percent(). An issue is offered when
 * @only_police is not empty, also where this reads 0.
 *
 * The answer of R5.
 */
typedef struct {
  GArray *both;
  GArray *only_police;
  GArray *only_home;
  gint64 total_apart_us;
  int discrepancy_percent;
} YmReconciliation;

/**
 * ym_reconcile:
 * @input: both logs
 * @error: return location
 *
 * Pairs police calls with the home's entries one to one: first every join made by hand, then, of all ways to
 * pair the rest within the tolerance, one with the greatest number of pairs and among those the least total
 * difference. Where several are equally good, the same input always gives the same one. The time taken grows
 * with the number of pairs that the tolerance allows, plus as much again for each parting.
 *
 * Returns: (transfer full) (nullable): the result, or NULL with YM_ERROR_INVALID when the tolerance is not 5
 * to 240 minutes, a decision names an entry that is not there, an instant is outside the years 1 to 9999, or
 * there would be more than 400 million pairs to look at
 */
YmReconciliation *ym_reconcile (const YmReconcileInput *input, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void ym_reconciliation_free (YmReconciliation *reconciliation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmReconciliation, ym_reconciliation_free)

G_END_DECLS
