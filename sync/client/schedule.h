/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"

G_BEGIN_DECLS

/* Between rounds that went well and with nothing to push: for what colleagues wrote. */
#define YM_SCHEDULE_PERIOD_US (10 * 60 * G_USEC_PER_SEC)

/* After a failure: doubling from the first to the last, each cut by a random part of up to a half. */
#define YM_SCHEDULE_FIRST_RETRY_US (2 * G_USEC_PER_SEC)
#define YM_SCHEDULE_LAST_RETRY_US (2 * 60 * G_USEC_PER_SEC)

/* After a failure that only a person can mend. */
#define YM_SCHEDULE_BLOCKED_US (15 * 60 * G_USEC_PER_SEC)

/* When a route appears, a force's tablets don't all come in the same second. */
#define YM_SCHEDULE_SPREAD_US (2 * G_USEC_PER_SEC)

/**
 * YmSchedule:
 * @due_us: when the next round is to start; G_MAXINT64 while one runs
 * @running: a round is under way
 * @again: something asked for a round while one was under way
 * @failures: rounds that failed since the last good one
 *
 * When to sync, as a value: no timers and no network, so that a test plays a day in no time. All times are of a clock
 * that never goes back (ym_clock_boot_us()).
 */
typedef struct {
  gint64 due_us;
  gboolean running;
  gboolean again;
  guint failures;
} YmSchedule;

/** YmScheduleEvent: What gives cause to sync. */
typedef enum {
  YM_SCHEDULE_SAVED,    /* something is pending: now, unless failures make us wait */
  YM_SCHEDULE_DEMANDED, /* the officer asked: now */
  YM_SCHEDULE_ROUTE,    /* there may be a network: soon, and the waiting starts afresh */
} YmScheduleEvent;

/** YmScheduleOutcome: How a round ended. */
typedef enum {
  YM_SCHEDULE_GOOD,
  YM_SCHEDULE_FAILED,  /* may be better next time */
  YM_SCHEDULE_BLOCKED, /* a person has to do something first */
} YmScheduleOutcome;

/** ym_schedule_init: The first round is due at once. */
void ym_schedule_init (YmSchedule *schedule, gint64 now_us);

/** ym_schedule_event: Something happened. */
void ym_schedule_event (YmSchedule *schedule, YmScheduleEvent event, gint64 now_us, const YmRandom *random);

/** ym_schedule_is_due: Whether to start a round now. */
gboolean ym_schedule_is_due (const YmSchedule *schedule, gint64 now_us);

/** ym_schedule_started: A round was started. */
void ym_schedule_started (YmSchedule *schedule);

/** ym_schedule_ended: It has ended, well or not. */
void ym_schedule_ended (YmSchedule *schedule, YmScheduleOutcome outcome, gint64 now_us, const YmRandom *random);

/** ym_schedule_judge: What @error, or %NULL, of a round means for the next one. */
YmScheduleOutcome ym_schedule_judge (const GError *error);

G_END_DECLS
