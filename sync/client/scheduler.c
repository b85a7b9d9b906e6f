/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The schedule with a timer, a thread and the network monitor's hints round it. */

#include "sync/client/scheduler.h"

struct _YmSyncScheduler {
  YmSyncSchedulerOptions options;
  YmSchedule schedule;
  GMainContext *context;
  GSource *timer;
  GThread *thread;
  GCancellable *cancellable;
  gulong monitor_handler;
  gboolean closed; /* only looked at on the main context */
};

/* News from the round's thread on its way to the main context. */
typedef struct {
  YmSyncScheduler *scheduler;
  YmSyncResult result;
  GError *error;
} News;

static void arm (YmSyncScheduler *scheduler);

static void
scheduler_clear (gpointer data)
{
  YmSyncScheduler *scheduler = data;

  g_main_context_unref (scheduler->context);
  g_clear_object (&scheduler->cancellable);
  g_clear_object (&scheduler->options.monitor);
}

static void
news_free (gpointer data)
{
  News *news = data;

  g_clear_error (&news->error);
  g_atomic_rc_box_release_full (news->scheduler, scheduler_clear);
  g_free (news);
}

static void
tell (YmSyncScheduler *scheduler, GSourceFunc callback, const YmSyncResult *result, GError *error)
{
  News *news = g_new (News, 1);
  g_autoptr (GSource) source = g_idle_source_new ();

  *news = (News){ g_atomic_rc_box_acquire (scheduler), *result, error };
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, callback, news, news_free);
  g_source_attach (source, scheduler->context);
}

static gboolean
progressed_cb (gpointer data)
{
  const News *news = data;
  const YmSyncSchedulerOptions *options = &news->scheduler->options;

  if (!news->scheduler->closed && options->progressed != NULL)
    options->progressed (options->context, &news->result);
  return G_SOURCE_REMOVE;
}

static gboolean
ended_cb (gpointer data)
{
  const News *news = data;
  YmSyncScheduler *scheduler = news->scheduler;
  const YmSyncSchedulerOptions *options = &scheduler->options;

  if (scheduler->closed)
    return G_SOURCE_REMOVE;
  g_thread_join (g_steal_pointer (&scheduler->thread));
  ym_schedule_ended (&scheduler->schedule, ym_schedule_judge (news->error), ym_clock_boot_us (options->clock),
                     options->random);
  arm (scheduler);
  if (options->ended != NULL)
    options->ended (options->context, &news->result, news->error);
  return G_SOURCE_REMOVE;
}

static void
progress (gpointer data, const YmSyncResult *so_far)
{
  tell (data, progressed_cb, so_far, NULL);
}

static gpointer
run_round (gpointer data)
{
  YmSyncScheduler *scheduler = data;
  const YmSyncSchedulerOptions *options = &scheduler->options;
  YmSyncResult result = { 0 };
  GError *error = NULL;

  if (!options->run (options->run_context, progress, scheduler, scheduler->cancellable, &result, &error))
    g_assert (error != NULL);
  tell (scheduler, ended_cb, &result, error);
  g_atomic_rc_box_release_full (scheduler, scheduler_clear);
  return NULL;
}

static void
start_round (YmSyncScheduler *scheduler)
{
  const YmSyncSchedulerOptions *options = &scheduler->options;

  ym_schedule_started (&scheduler->schedule);
  g_clear_object (&scheduler->cancellable);
  scheduler->cancellable = g_cancellable_new ();
  scheduler->thread = g_thread_new ("ymweld-sync", run_round, g_atomic_rc_box_acquire (scheduler));
  if (options->started != NULL)
    options->started (options->context);
}

static gboolean
due_cb (gpointer data)
{
  YmSyncScheduler *scheduler = data;

  g_clear_pointer (&scheduler->timer, g_source_unref);
  if (ym_schedule_is_due (&scheduler->schedule, ym_clock_boot_us (scheduler->options.clock)))
    start_round (scheduler);
  else
    arm (scheduler);
  return G_SOURCE_REMOVE;
}

static void
disarm (YmSyncScheduler *scheduler)
{
  if (scheduler->timer == NULL)
    return;
  g_source_destroy (scheduler->timer);
  g_clear_pointer (&scheduler->timer, g_source_unref);
}

/* Sets the timer for what the schedule says. A round never starts inside a call of ours. */
static void
arm (YmSyncScheduler *scheduler)
{
  gint64 wait_ms;

  disarm (scheduler);
  if (scheduler->schedule.running)
    return;
  wait_ms = ym_sync_scheduler_get_wait_us (scheduler) / 1000 + 1;
  scheduler->timer = g_timeout_source_new ((guint) CLAMP (wait_ms, 0, G_MAXINT32));
  g_source_set_callback (scheduler->timer, due_cb, scheduler, NULL);
  g_source_attach (scheduler->timer, scheduler->context);
}

static void
note (YmSyncScheduler *scheduler, YmScheduleEvent event)
{
  ym_schedule_event (&scheduler->schedule, event, ym_clock_boot_us (scheduler->options.clock),
                     scheduler->options.random);
  arm (scheduler);
}

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean available, YmSyncScheduler *scheduler)
{
  if (available)
    note (scheduler, YM_SCHEDULE_ROUTE);
}

YmSyncScheduler *
ym_sync_scheduler_new (const YmSyncSchedulerOptions *options)
{
  YmSyncScheduler *scheduler = g_atomic_rc_box_new0 (YmSyncScheduler);

  scheduler->options = *options;
  scheduler->context = g_main_context_ref_thread_default ();
  if (options->monitor != NULL)
    {
      g_object_ref (options->monitor);
      scheduler->monitor_handler
          = g_signal_connect (options->monitor, "network-changed", G_CALLBACK (network_changed_cb), scheduler);
    }
  ym_schedule_init (&scheduler->schedule, ym_clock_boot_us (options->clock));
  arm (scheduler);
  return scheduler;
}

void
ym_sync_scheduler_free (YmSyncScheduler *scheduler)
{
  if (scheduler == NULL)
    return;
  scheduler->closed = TRUE;
  disarm (scheduler);
  if (scheduler->options.monitor != NULL)
    g_signal_handler_disconnect (scheduler->options.monitor, scheduler->monitor_handler);
  if (scheduler->thread != NULL)
    {
      g_cancellable_cancel (scheduler->cancellable);
      g_thread_join (g_steal_pointer (&scheduler->thread));
    }
  g_atomic_rc_box_release_full (scheduler, scheduler_clear);
}

void
ym_sync_scheduler_saved (YmSyncScheduler *scheduler)
{
  note (scheduler, YM_SCHEDULE_SAVED);
}

void
ym_sync_scheduler_demand (YmSyncScheduler *scheduler)
{
  note (scheduler, YM_SCHEDULE_DEMANDED);
}

void
ym_sync_scheduler_cancel (YmSyncScheduler *scheduler)
{
  if (scheduler->schedule.running)
    g_cancellable_cancel (scheduler->cancellable);
}

gboolean
ym_sync_scheduler_is_running (YmSyncScheduler *scheduler)
{
  return scheduler->schedule.running;
}

gint64
ym_sync_scheduler_get_wait_us (YmSyncScheduler *scheduler)
{
  gint64 now_us = ym_clock_boot_us (scheduler->options.clock);

  return scheduler->schedule.running ? 0 : MAX (scheduler->schedule.due_us - now_us, 0);
}
