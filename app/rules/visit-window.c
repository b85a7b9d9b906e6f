/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two visits a month (R1): the windows of a home, how it stands today, and when to go next.
 *
 * Where R1 leaves a choice, this is what it means here:
 *
 * - A window is one half of a month, cut to the days of duty: those on which the home is assigned to an
 * officer and open. A visit before the assignment began is not in the window; one on its first day is. A home
 * assigned on the 15th has a window of that one day: the rule makes no exception for short ones.
 * - Two spells of duty in one half, as after a short pause, are one window from the first day to the last,
 * because each half asks for one visit. Between them, and on every other day off duty, nothing is asked for.
 * - A window ends when the last day of its half has passed with the home on duty. One that was cut short,
 * because the home closed, paused or lost its officer, never ended: it is neither kept nor missed, and makes
 * nothing overdue.
 * - "The window before this one" is the half just before, not one before a break: after a pause a home starts
 * afresh. It does not matter how often a home was missed before that; overdue is overdue.
 * - Overdue stands before due soon, because it is the worse news; visited stands before overdue, because a
 * visit in this window is one since the window that was missed. It does not mend the missed window's
 * compliance.
 * - Three days left, today included: the 13th of the first half, and the 26th, 27th, 28th or 29th of the
 * second.
 * - A visit dated after today, from a device with a wrong clock, has not happened yet.
 * - Of a home that is closed or paused nothing is asked today. Since when it is so is not known here,
 * therefore only spans of duty that have an end count in its compliance. */

#include "app/rules/visit-window.h"

#define FIRST_HALF_DAYS 15
#define USUAL_DISTANCE_DAYS 14
#define SATURDAY 6
#define SUNDAY 7

static YmVisitWindow
half_of_month (YmDay day)
{
  YmVisitWindow halves[2];

  ym_visit_windows_of_month (ym_month_of_day (day), halves);
  return day <= halves[0].last ? halves[0] : halves[1];
}

static YmDay
last_day_of_span (const YmDaySpan *span)
{
  return span->until == YM_DAY_NONE ? YM_DAY_MAX : span->until;
}

static gboolean
span_counts (const YmVisitHistory *history, const YmDaySpan *span)
{
  return history->open || span->until != YM_DAY_NONE;
}

/* The first day of duty on or after @day, or YM_DAY_NONE. */
static YmDay
next_day_of_duty (const YmVisitHistory *history, YmDay day)
{
  YmDay next = YM_DAY_NONE;

  for (gsize i = 0; i < history->n_duty; i++)
    {
      const YmDaySpan *span = &history->duty[i];
      YmDay candidate = MAX (span->from, day);

      if (span_counts (history, span) && candidate <= last_day_of_span (span)
          && (next == YM_DAY_NONE || candidate < next))
        next = candidate;
    }
  return next;
}

static gboolean
is_cut_short (const YmVisitWindow *window)
{
  return window->last != half_of_month (window->last).last;
}

/* How many visits are on or before @day. */
static gsize
count_visits_until (const YmVisitHistory *history, YmDay day)
{
  gsize low = 0, high = history->n_visits;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (history->visits[middle] <= day)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The last visit on or before @day, or YM_DAY_NONE. */
static YmDay
last_visit (const YmVisitHistory *history, YmDay day)
{
  gsize n_visits = count_visits_until (history, day);

  return n_visits > 0 ? history->visits[n_visits - 1] : YM_DAY_NONE;
}

static YmVisitStanding
standing_in_window (const YmVisitHistory *history, const YmVisitWindow *window, YmDay today)
{
  YmVisitWindow before;

  if (ym_visit_window_is_kept (history, window, today))
    return YM_STANDING_VISITED;
  if (ym_visit_window_for (history, half_of_month (today).first - 1, &before) && !is_cut_short (&before)
      && !ym_visit_window_is_kept (history, &before, today))
    return YM_STANDING_OVERDUE;
  if (window->last - today < YM_DUE_SOON_DAYS)
    return YM_STANDING_DUE_SOON;
  return YM_STANDING_DUE;
}

/* The nearest weekday from @earliest to @latest, or @day itself when there is none. */
static YmDay
nearest_weekday (YmDay day, YmDay earliest, YmDay latest)
{
  int weekday = ym_day_weekday (day);
  YmDay nearer, farther;

  if (weekday < SATURDAY)
    return day;
  nearer = weekday == SATURDAY ? day - 1 : day + 1;
  farther = weekday == SATURDAY ? day + 2 : day - 2;
  if (nearer >= earliest && nearer <= latest)
    return nearer;
  return farther >= earliest && farther <= latest ? farther : day;
}

void
ym_visit_windows_of_month (YmMonth month, YmVisitWindow windows[2])
{
  YmDay first = ym_month_first_day (month);

  windows[0] = (YmVisitWindow){ first, first + FIRST_HALF_DAYS - 1 };
  windows[1] = (YmVisitWindow){ first + FIRST_HALF_DAYS, ym_month_last_day (month) };
}

gboolean
ym_visit_window_for (const YmVisitHistory *history, YmDay day, YmVisitWindow *window)
{
  YmVisitWindow half = half_of_month (day);
  YmVisitWindow found = { YM_DAY_NONE, YM_DAY_NONE };

  for (gsize i = 0; i < history->n_duty; i++)
    {
      const YmDaySpan *span = &history->duty[i];
      YmDay first = MAX (span->from, half.first);
      YmDay last = MIN (last_day_of_span (span), half.last);

      if (!span_counts (history, span) || first > last)
        continue;
      if (found.first == YM_DAY_NONE || first < found.first)
        found.first = first;
      if (found.last == YM_DAY_NONE || last > found.last)
        found.last = last;
    }
  *window = found;
  return found.first != YM_DAY_NONE;
}

gboolean
ym_visit_window_is_kept (const YmVisitHistory *history, const YmVisitWindow *window, YmDay today)
{
  YmDay visit = last_visit (history, MIN (window->last, today));

  return visit != YM_DAY_NONE && visit >= window->first;
}

YmVisitState
ym_visit_state (const YmVisitHistory *history, YmDay today)
{
  YmDay visit = last_visit (history, today);
  YmVisitState state = {
    .standing = YM_STANDING_NONE,
    .window = { YM_DAY_NONE, YM_DAY_NONE },
    .days_since_visit = visit == YM_DAY_NONE ? -1 : today - visit,
  };

  if (!history->open || next_day_of_duty (history, today) != today)
    return state;
  ym_visit_window_for (history, today, &state.window);
  state.standing = standing_in_window (history, &state.window, today);
  state.days_left = state.window.last - today + 1;
  return state;
}

YmVisitMonth
ym_visit_month (const YmVisitHistory *history, YmMonth month, YmDay today)
{
  YmVisitMonth result = { 0 };
  YmVisitWindow halves[2];

  ym_visit_windows_of_month (month, halves);
  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      YmVisitWindow window;

      result.halves[i].asked = ym_visit_window_for (history, halves[i].first, &window);
      result.halves[i].kept = result.halves[i].asked && ym_visit_window_is_kept (history, &window, today);
    }
  for (gsize i = 0; i < history->n_visits; i++)
    if (history->visits[i] >= halves[0].first && history->visits[i] <= MIN (halves[1].last, today))
      result.visited |= 1u << (history->visits[i] - halves[0].first + 1);
  return result;
}

YmVisitCompliance
ym_visit_compliance (const YmVisitHistory *history, YmDay from, YmDay until, YmDay today)
{
  YmVisitCompliance compliance = { 0, 0 };
  YmDay last = MIN (until, today - 1);
  YmDay day = next_day_of_duty (history, from);

  while (day != YM_DAY_NONE && day <= last)
    {
      YmDay end = half_of_month (day).last;
      YmVisitWindow window;

      if (ym_visit_window_for (history, day, &window) && !is_cut_short (&window) && end <= last)
        {
          compliance.ended++;
          compliance.kept += ym_visit_window_is_kept (history, &window, today) ? 1 : 0;
        }
      day = next_day_of_duty (history, end + 1);
    }
  return compliance;
}

YmDay
ym_visit_propose_next (const YmVisitHistory *history, YmDay today)
{
  YmVisitState state = ym_visit_state (history, today);
  YmDay visit = last_visit (history, today);
  YmDay earliest = history->open ? next_day_of_duty (history, today) : YM_DAY_NONE;
  YmVisitWindow window;
  YmDay day;

  if (earliest != YM_DAY_NONE && ym_visit_window_for (history, earliest, &window)
      && ym_visit_window_is_kept (history, &window, today))
    earliest = next_day_of_duty (history, half_of_month (earliest).last + 1);
  if (earliest == YM_DAY_NONE)
    return YM_DAY_NONE;

  ym_visit_window_for (history, earliest, &window);
  day = earliest;
  if (visit != YM_DAY_NONE && state.standing != YM_STANDING_OVERDUE)
    day = CLAMP (visit + USUAL_DISTANCE_DAYS, earliest, MAX (earliest, window.last - YM_DUE_SOON_DAYS));
  return nearest_weekday (day, earliest, window.last);
}
