/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/visit-window.h"

G_BEGIN_DECLS

/** YmNextVisit: How the day of the next visit came about. */
typedef enum {
  YM_NEXT_VISIT_PROPOSED, /* R1 proposes it */
  YM_NEXT_VISIT_AGREED,   /* home and officer agreed on it at the last visit */
  YM_NEXT_VISIT_PLANNED,  /* the officer planned it, or moved it there */
} YmNextVisit;

/**
 * YmHomeSummary:
 * @home: as the register says
 * @facts: (nullable): what officers note about it
 * @role: YM_ASSIGNMENT_NAMED or _DEPUTY; 0 for who has it by area or not any more
 * @today: the day that all this is said of
 * @visits: its R1 state today
 * @month: this month of it, day by day
 * @last_visit: London's day of the last visit that counts, or YM_DAY_NONE
 * @next_visit: the day agreed at the last visit, or YM_DAY_NONE
 * @plan: (nullable): the earliest visit that is planned and has not taken place; its day may have passed
 * @proposed: the day R1 proposes, or YM_DAY_NONE
 * @calls_this_month: calls of this month that stand, by London's calendar
 * @call_threshold: the call of a month that raises a joint inspection (R6)
 * @open_issues: issues not resolved
 * @waiting: envelopes about this home that the server has not receipted
 * @has_draft: whether an unfinished visit lies here
 * @trained: staff trained in restorative approaches at the last visit that recorded it; -1 if none did
 * @staff: staff in all, then; -1 if none did
 */
typedef struct {
  YmRecord *home;
  YmRecord *facts;
  guint role;
  YmDay today;
  YmVisitState visits;
  YmVisitMonth month;
  YmDay last_visit;
  YmDay next_visit;
  YmRecord *plan;
  YmDay proposed;
  guint calls_this_month;
  guint call_threshold;
  guint open_issues;
  guint waiting;
  gboolean has_draft;
  int trained;
  int staff;
} YmHomeSummary;

/**
 * ym_home_next_visit:
 * @kind: (out) (optional): how it came about
 *
 * Returns: the day to go next, or YM_DAY_NONE. A plan goes before what was agreed; a day that has passed without a visit is
 * neither any more, and then it is the day that R1 proposes
 */
YmDay ym_home_next_visit (const YmHomeSummary *summary, YmNextVisit *kind);

void ym_home_summary_free (YmHomeSummary *summary);

/**
 * ym_homes_list:
 *
 * Returns: (transfer full) (element-type YmHomeSummary) (nullable): the homes on this device by what needs the officer
 * next: overdue, due soon, due, visited, none; the officer's own before the deputy's
 */
GPtrArray *ym_homes_list (YmDesk *desk, GError **error);

/** ym_home_load: (transfer full) (nullable): One of them. */
YmHomeSummary *ym_home_load (YmDesk *desk, const YmId *home, GError **error);

/**
 * ym_home_propose_next:
 * @visited: London's day of a visit that is being written
 * @day: (out): the day that R1 proposes for the one after it, or YM_DAY_NONE
 */
gboolean ym_home_propose_next (YmDesk *desk, const YmId *home, YmDay visited, YmDay *day,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmHomeSummary, ym_home_summary_free)

G_END_DECLS
