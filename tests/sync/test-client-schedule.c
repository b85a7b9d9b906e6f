/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the app syncs: the schedule as a value, and the thread and timer round it. */

#include <gio/gio.h>

#include "app/base/error.h"
#include "sync/client/scheduler.h"

/* Randomness that always draws the least, so that times can be told. */
static void
fill_zero (gpointer context, guint8 *buffer, gsize length)
{
  for (gsize i = 0; i < length; i++)
    buffer[i] = 0;
}

static const YmRandom no_jitter = { fill_zero, NULL };

#define SECOND ((gint64) G_USEC_PER_SEC)

static YmSchedule
after_failures (guint n, gint64 now_us)
{
  YmSchedule schedule;

  ym_schedule_init (&schedule, now_us);
  for (guint i = 0; i < n; i++)
    {
      ym_schedule_started (&schedule);
      ym_schedule_ended (&schedule, YM_SCHEDULE_FAILED, now_us, &no_jitter);
    }
  return schedule;
}

/* Broken: without signal the tablet tries without pause, or not again for hours. */
static void
test_back_off (void)
{
  static const gint64 wanted_s[] = { 0, 2, 4, 8, 16, 32, 64, 120, 120 };

  for (guint i = 0; i < G_N_ELEMENTS (wanted_s); i++)
    g_assert_cmpint (after_failures (i, 5 * SECOND).due_us, ==, (5 + wanted_s[i]) * SECOND);
}

/* Broken: all tablets of a force come at the same moment, or the jitter makes one wait longer than it may. */
static void
test_jitter (void)
{
  gint64 least = G_MAXINT64, most = 0;

  for (int i = 0; i < 200; i++)
    {
      YmSchedule schedule = after_failures (20, 0);

      ym_schedule_started (&schedule);
      ym_schedule_ended (&schedule, YM_SCHEDULE_FAILED, 0, ym_random_system ());
      least = MIN (least, schedule.due_us);
      most = MAX (most, schedule.due_us);
      g_assert_cmpint (schedule.due_us, >=, YM_SCHEDULE_LAST_RETRY_US / 2);
      g_assert_cmpint (schedule.due_us, <=, YM_SCHEDULE_LAST_RETRY_US);
    }
  g_assert_cmpint (most, >, least);
}

typedef struct {
  YmScheduleEvent event;
  guint failures; /* before */
  gint64 due_us;  /* after it, at second 1 */
} Occasion;

/* Broken: a save waits for no reason, a save without signal wears the battery down, or a wish is not heeded. */
static void
test_events (void)
{
  static const Occasion occasions[] = {
    { YM_SCHEDULE_SAVED, 0, 1 * SECOND },    { YM_SCHEDULE_SAVED, 5, 32 * SECOND },
    { YM_SCHEDULE_DEMANDED, 0, 1 * SECOND }, { YM_SCHEDULE_DEMANDED, 5, 1 * SECOND },
    { YM_SCHEDULE_ROUTE, 0, 1 * SECOND },    { YM_SCHEDULE_ROUTE, 5, 1 * SECOND },
  };

  for (guint i = 0; i < G_N_ELEMENTS (occasions); i++)
    {
      YmSchedule schedule = after_failures (occasions[i].failures, 0);

      if (occasions[i].failures == 0)
        {
          ym_schedule_started (&schedule);
          ym_schedule_ended (&schedule, YM_SCHEDULE_GOOD, 0, &no_jitter);
          g_assert_cmpint (schedule.due_us, ==, YM_SCHEDULE_PERIOD_US);
        }
      ym_schedule_event (&schedule, occasions[i].event, SECOND, &no_jitter);
      g_assert_cmpint (schedule.due_us, ==, occasions[i].due_us);
      g_assert_true (ym_schedule_is_due (&schedule, occasions[i].due_us));
      g_assert_false (ym_schedule_is_due (&schedule, occasions[i].due_us - 1));
    }
}

/* Broken: what was saved while a round was under way waits for the next one by the clock; or two rounds run at once. */
static void
test_while_running (void)
{
  YmSchedule schedule;

  ym_schedule_init (&schedule, 0);
  ym_schedule_started (&schedule);
  ym_schedule_event (&schedule, YM_SCHEDULE_SAVED, SECOND, &no_jitter);
  g_assert_false (ym_schedule_is_due (&schedule, G_MAXINT64));
  ym_schedule_ended (&schedule, YM_SCHEDULE_GOOD, 2 * SECOND, &no_jitter);
  g_assert_true (ym_schedule_is_due (&schedule, 2 * SECOND));
  ym_schedule_started (&schedule);
  ym_schedule_ended (&schedule, YM_SCHEDULE_BLOCKED, 2 * SECOND, &no_jitter);
  g_assert_cmpint (schedule.due_us, ==, 2 * SECOND + YM_SCHEDULE_BLOCKED_US);
}

/* Broken: a hotel's log-in page stops syncing for the day, or a revoked tablet calls every two seconds. */
static void
test_judge (void)
{
  static const struct {
    int code; /* -1: none */
    YmScheduleOutcome outcome;
  } cases[] = {
    { -1, YM_SCHEDULE_GOOD },
    { YM_ERROR_UNREACHABLE, YM_SCHEDULE_FAILED },
    { YM_ERROR_NETWORK, YM_SCHEDULE_FAILED },
    { YM_ERROR_SIGNATURE, YM_SCHEDULE_FAILED },
    { YM_ERROR_MALFORMED, YM_SCHEDULE_FAILED },
    { YM_ERROR_BUSY, YM_SCHEDULE_FAILED },
    { YM_ERROR_AUTHORITY, YM_SCHEDULE_BLOCKED },
    { YM_ERROR_NEWER, YM_SCHEDULE_BLOCKED },
    { YM_ERROR_DAMAGED, YM_SCHEDULE_BLOCKED },
    { YM_ERROR_LOCKED, YM_SCHEDULE_BLOCKED },
  };
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error
          = cases[i].code < 0 ? NULL : g_error_new_literal (YM_ERROR, cases[i].code, "");

      g_assert_cmpint (ym_schedule_judge (error), ==, cases[i].outcome);
    }
  g_assert_cmpint (ym_schedule_judge (cancelled), ==, YM_SCHEDULE_GOOD);
}

/* The driver, with rounds that the test plays. */
typedef struct {
  YmSyncScheduler *scheduler;
  GThread *main_thread;
  gboolean block; /* the round waits until it is cancelled */
  int started;
  int progressed;
  int ended;
  GQuark domain; /* of the last round's error */
  gboolean wrong_thread;
} Driven;

static gboolean
play_round (gpointer context, YmSyncProgress progress, gpointer data, GCancellable *cancellable, YmSyncResult *result,
            GError **error)
{
  Driven *driven = context;
  GPollFD fd;

  result->requests = 1;
  progress (data, result);
  driven->wrong_thread = driven->wrong_thread || g_thread_self () == driven->main_thread;
  if (driven->block && g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, -1);
      g_cancellable_release_fd (cancellable);
    }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
started_cb (gpointer context)
{
  ((Driven *) context)->started++;
}

static void
progressed_cb (gpointer context, const YmSyncResult *so_far)
{
  Driven *driven = context;

  driven->progressed++;
  driven->wrong_thread = driven->wrong_thread || g_thread_self () != driven->main_thread;
}

static void
ended_cb (gpointer context, const YmSyncResult *result, const GError *error)
{
  Driven *driven = context;

  driven->ended++;
  driven->domain = error == NULL ? 0 : error->domain;
  g_assert_cmpuint (result->requests, ==, 1);
}

static void
driven_init (Driven *driven, GNetworkMonitor *monitor)
{
  const YmSyncSchedulerOptions options = {
    .run = play_round,
    .run_context = driven,
    .started = started_cb,
    .progressed = progressed_cb,
    .ended = ended_cb,
    .context = driven,
    .clock = ym_clock_system (),
    .random = &no_jitter,
    .monitor = monitor,
  };

  driven->main_thread = g_thread_self ();
  driven->scheduler = ym_sync_scheduler_new (&options);
}

static void
run_until (const int *counter, int wanted)
{
  while (*counter < wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* Broken: the app does not sync by itself at start, after a save, or when the network comes back. */
static void
test_driver (void)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();
  Driven driven = { 0 };

  driven_init (&driven, monitor);
  g_assert_cmpint (driven.started, ==, 0);
  run_until (&driven.ended, 1);
  g_assert_false (ym_sync_scheduler_is_running (driven.scheduler));
  g_assert_cmpint (ym_sync_scheduler_get_wait_us (driven.scheduler), >, 60 * SECOND);
  ym_sync_scheduler_saved (driven.scheduler);
  run_until (&driven.ended, 2);
  ym_sync_scheduler_demand (driven.scheduler);
  run_until (&driven.started, 3);
  ym_sync_scheduler_saved (driven.scheduler); /* under way: one more follows */
  run_until (&driven.ended, 4);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  run_until (&driven.ended, 5);
  g_assert_cmpint (driven.progressed, ==, 5);
  g_assert_false (driven.wrong_thread);
  ym_sync_scheduler_free (driven.scheduler);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
}

/* Broken: "stop" does nothing, or locking the app leaves a thread that reaches into a closed store. */
static void
test_driver_stops (void)
{
  Driven driven = { .block = TRUE };

  driven_init (&driven, NULL);
  run_until (&driven.started, 1);
  ym_sync_scheduler_cancel (driven.scheduler);
  run_until (&driven.ended, 1);
  g_assert_cmpuint (driven.domain, ==, G_IO_ERROR);
  ym_sync_scheduler_demand (driven.scheduler);
  run_until (&driven.started, 2);
  ym_sync_scheduler_free (driven.scheduler); /* waits for the round */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (driven.ended, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/back-off", test_back_off);
  g_test_add_func ("/schedule/jitter", test_jitter);
  g_test_add_func ("/schedule/events", test_events);
  g_test_add_func ("/schedule/while-running", test_while_running);
  g_test_add_func ("/schedule/judge", test_judge);
  g_test_add_func ("/schedule/driver", test_driver);
  g_test_add_func ("/schedule/driver-stops", test_driver_stops);
  return g_test_run ();
}
