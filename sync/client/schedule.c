/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the next round of sync is due. */

#include "sync/client/schedule.h"

#include <gio/gio.h>

#include "app/base/error.h"

/* From 0 to @most_us. */
static gint64
draw (const YmRandom *random, gint64 most_us)
{
  guint64 number;

  ym_random_fill (random, &number, sizeof number);
  return (gint64) (number % ((guint64) most_us + 1));
}

void
ym_schedule_init (YmSchedule *schedule, gint64 now_us)
{
  *schedule = (YmSchedule){ .due_us = now_us };
}

void
ym_schedule_event (YmSchedule *schedule, YmScheduleEvent event, gint64 now_us, const YmRandom *random)
{
  gint64 wanted_us = now_us;

  if (event == YM_SCHEDULE_SAVED && schedule->failures > 0)
    wanted_us = schedule->due_us;
  if (event == YM_SCHEDULE_ROUTE)
    wanted_us = now_us + draw (random, YM_SCHEDULE_SPREAD_US);
  if (event != YM_SCHEDULE_SAVED)
    schedule->failures = 0;
  if (schedule->running)
    schedule->again = TRUE;
  else
    schedule->due_us = MIN (schedule->due_us, wanted_us);
}

gboolean
ym_schedule_is_due (const YmSchedule *schedule, gint64 now_us)
{
  return !schedule->running && schedule->due_us <= now_us;
}

void
ym_schedule_started (YmSchedule *schedule)
{
  schedule->running = TRUE;
  schedule->again = FALSE;
  schedule->due_us = G_MAXINT64;
}

/* Half of it for certain, the other half by chance. */
static gint64
cut (gint64 delay_us, const YmRandom *random)
{
  return delay_us - draw (random, delay_us / 2);
}

static gint64
retry_us (guint failures)
{
  gint64 delay_us = YM_SCHEDULE_FIRST_RETRY_US;

  for (guint i = 1; i < failures && delay_us < YM_SCHEDULE_LAST_RETRY_US; i++)
    delay_us *= 2;
  return MIN (delay_us, YM_SCHEDULE_LAST_RETRY_US);
}

void
ym_schedule_ended (YmSchedule *schedule, YmScheduleOutcome outcome, gint64 now_us, const YmRandom *random)
{
  schedule->running = FALSE;
  schedule->failures = outcome == YM_SCHEDULE_GOOD ? 0 : schedule->failures + 1;
  switch (outcome)
    {
    case YM_SCHEDULE_GOOD:
      schedule->due_us = schedule->again ? now_us : now_us + cut (YM_SCHEDULE_PERIOD_US, random);
      break;
    case YM_SCHEDULE_FAILED:
      schedule->due_us = now_us + cut (retry_us (schedule->failures), random);
      break;
    case YM_SCHEDULE_BLOCKED:
      schedule->due_us = now_us + cut (YM_SCHEDULE_BLOCKED_US, random);
      break;
    }
  schedule->again = FALSE;
}

YmScheduleOutcome
ym_schedule_judge (const GError *error)
{
  /* A captive portal answers with a foreign key or a foreign page, and is left behind on the road. */
  static const YmError passing[]
      = { YM_ERROR_UNREACHABLE, YM_ERROR_NETWORK, YM_ERROR_SIGNATURE, YM_ERROR_MALFORMED, YM_ERROR_BUSY, YM_ERROR_STORAGE };

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return YM_SCHEDULE_GOOD;
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (g_error_matches (error, YM_ERROR, passing[i]))
      return YM_SCHEDULE_FAILED;
  return YM_SCHEDULE_BLOCKED;
}
