/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync/client/client.h"
#include "sync/client/schedule.h"

G_BEGIN_DECLS

/**
 * YmSyncScheduler:
 *
 * Runs rounds of sync when there is cause to, each in a thread of its own. Belongs to the main context it was made
 * on; every callback comes there.
 */
typedef struct _YmSyncScheduler YmSyncScheduler;

/**
 * YmSyncSchedulerOptions:
 * @run: one round, on a thread of its own; see ym_sync_run(), which takes the same @progress and @data
 * @run_context: handed to @run
 * @started: (nullable): a round has begun
 * @progressed: (nullable): it has come this far
 * @ended: (nullable): it has ended; @error is %NULL if all is well
 * @context: handed to the three
 * @clock: its boot time counts
 * @random: for the jitter
 * @monitor: (nullable): a hint that a route has appeared, never that there is none
 */
typedef struct {
  gboolean (*run) (gpointer run_context, YmSyncProgress progress, gpointer data, GCancellable *cancellable,
                   YmSyncResult *result, GError **error);
  gpointer run_context;
  void (*started) (gpointer context);
  void (*progressed) (gpointer context, const YmSyncResult *so_far);
  void (*ended) (gpointer context, const YmSyncResult *result, const GError *error);
  gpointer context;
  const YmClock *clock;
  const YmRandom *random;
  GNetworkMonitor *monitor;
} YmSyncSchedulerOptions;

/** ym_sync_scheduler_new: (transfer full): Starts with a first round. */
YmSyncScheduler *ym_sync_scheduler_new (const YmSyncSchedulerOptions *options) G_GNUC_WARN_UNUSED_RESULT;

/** ym_sync_scheduler_free: Cancels a round that is under way and waits for its thread; no callback comes after. */
void ym_sync_scheduler_free (YmSyncScheduler *scheduler);

/** ym_sync_scheduler_saved: Something was saved. */
void ym_sync_scheduler_saved (YmSyncScheduler *scheduler);

/** ym_sync_scheduler_demand: The officer wants to sync now. */
void ym_sync_scheduler_demand (YmSyncScheduler *scheduler);

/** ym_sync_scheduler_cancel: The officer wants the round that is under way to stop; what was answered stays. */
void ym_sync_scheduler_cancel (YmSyncScheduler *scheduler);

gboolean ym_sync_scheduler_is_running (YmSyncScheduler *scheduler);

/** ym_sync_scheduler_get_wait_us: How long until the next round starts by itself; 0 while one runs. */
gint64 ym_sync_scheduler_get_wait_us (YmSyncScheduler *scheduler);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSyncScheduler, ym_sync_scheduler_free)

G_END_DECLS
