/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmDaySpan:
 * @from: its first day
 * @until: its last day, or YM_DAY_NONE while it has no end
 */
typedef struct {
  YmDay from;
  YmDay until;
} YmDaySpan;

/**
 * YmVisitWindow:
 * @first: its first day
 * @last: its last day
 *
 * One half of a calendar month (R1): the 1st to the 15th or the 16th to the end, or what remains of it when
 * the assignment begins or ends within.
 */
typedef struct {
  YmDay first;
  YmDay last;
} YmVisitWindow;

/**
 * YmVisitHistory:
 * @duty: the spans in which the home is assigned and open, in any order; they may touch or overlap
 * @n_duty: how many
 * @open: FALSE for a home that is closed or paused now
 * @visits: the London days of the visits that count, ascending, repeats allowed: signed off, in person, at
 * the home or with its staff at an agreed place, by the named officer or a deputy
 * @n_visits: how many
 *
 * What R1 asks of one home. For the home's own state @duty holds the assignments of all its officers, so that
 * a hand-over neither forgives nor repeats a visit; for one officer's share it holds that officer's.
 */
typedef struct {
  const YmDaySpan *duty;
  gsize n_duty;
  gboolean open;
  const YmDay *visits;
  gsize n_visits;
} YmVisitHistory;

/**
 * YmVisitStanding:
 * @YM_STANDING_NONE: no visit is asked for today: closed, paused or not assigned
 * @YM_STANDING_VISITED: a visit in this window
 * @YM_STANDING_DUE: none yet
 * @YM_STANDING_DUE_SOON: none, and three days or fewer left, today included
 * @YM_STANDING_OVERDUE: none, and the window before had none
 */
typedef enum {
  YM_STANDING_NONE,
  YM_STANDING_VISITED,
  YM_STANDING_DUE,
  YM_STANDING_DUE_SOON,
  YM_STANDING_OVERDUE,
} YmVisitStanding;

#define YM_DUE_SOON_DAYS 3

/**
 * YmVisitState:
 * @standing: how the home stands today
 * @window: the window today is in; both days YM_DAY_NONE when @standing is YM_STANDING_NONE
 * @days_left: days of the window from today on, today included; 0 without a window
 * @days_since_visit: days since the last visit that counts, 0 when it was today, -1 when there was none
 */
typedef struct {
  YmVisitStanding standing;
  YmVisitWindow window;
  int days_left;
  int days_since_visit;
} YmVisitState;

/**
 * YmVisitCompliance:
 * @kept: windows with a visit, among those that ended
 * @ended: windows that ended
 */
typedef struct {
  int kept;
  int ended;
} YmVisitCompliance;

/**
 * YmVisitMonth:
 * @visited: bit n stands for a visit that counts on the n-th
 * @halves: for either half whether a visit is asked for in it, and whether there was one
 *
 * A calendar month of one home, as a strip of days shows it.
 */
typedef struct {
  guint32 visited;
  struct {
    gboolean asked;
    gboolean kept;
  } halves[2];
} YmVisitMonth;

/** ym_visit_windows_of_month: The two halves of @month, before any assignment is looked at. */
void ym_visit_windows_of_month (YmMonth month, YmVisitWindow windows[2]);

/**
 * ym_visit_window_for:
 * @history: one home
 * @day: any day of the half of the month that is asked for
 * @window: (out): that half, cut to the days of duty
 *
 * Returns: FALSE when the home has no window in that half
 */
gboolean ym_visit_window_for (const YmVisitHistory *history, YmDay day, YmVisitWindow *window);

/** ym_visit_window_is_kept: TRUE when a visit that counts lies in @window and not after @today. */
gboolean ym_visit_window_is_kept (const YmVisitHistory *history, const YmVisitWindow *window, YmDay today);

/** ym_visit_state: How one home stands @today (R1); the decisions are listed in visit-window.c. */
YmVisitState ym_visit_state (const YmVisitHistory *history, YmDay today);

/** ym_visit_month: What R1 asks of one home in @month, and what was done of it by @today. */
YmVisitMonth ym_visit_month (const YmVisitHistory *history, YmMonth month, YmDay today);

/**
 * ym_visit_compliance:
 * @history: one home
 * @from: first day of the period
 * @until: last day of the period
 * @today: windows that have not ended by then do not count
 *
 * Counts the windows whose last day lies in the period and is past (R1: windows kept / windows that ended).
 */
YmVisitCompliance ym_visit_compliance (const YmVisitHistory *history, YmDay from, YmDay until, YmDay today);

/**
 * ym_visit_propose_next:
 * @history: one home, with the visit that is being signed off among its visits
 * @today: the earliest day proposed
 *
 * A day for the next visit: in the first window without one, two weeks after the last visit if that leaves
 * the last three days of the window as a reserve, at once when the home is overdue or due soon, and on a
 * weekday, when children are most likely to be out (R2).
 *
 * Returns: the day, or YM_DAY_NONE when no window is to come
 */
YmDay ym_visit_propose_next (const YmVisitHistory *history, YmDay today);

G_END_DECLS
