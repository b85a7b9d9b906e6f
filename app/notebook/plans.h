/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/notebook.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * ym_plan_open:
 * @last_visit: London's day of the last visit to the home, or YM_DAY_NONE
 *
 * Returns: (transfer full) (nullable): the earliest visit (YM_FORM_PLANNED_VISIT) that is planned at the home and not overtaken
 * by one on that day or later; %NULL without @error if there is none
 */
YmRecord *ym_plan_open (YmDesk *desk, const YmId *home, YmDay last_visit, GError **error);

/** ym_plan_day: London's day that it is planned for. */
YmDay ym_plan_day (const YmRecord *plan);

/**
 * ym_plan_save:
 * @before: (nullable): the plan as it was seen, where it is moved or given up
 * @answers: a planned visit with what people answered
 * @state: YM_PLAN_OPEN, or YM_PLAN_NOT_HELD, which takes a reason
 *
 * On the writing lane. Errors: YM_ERROR_INVALID.
 */
gboolean ym_plan_save (YmDesk *desk, const YmRecord *before, const YmRecord *answers, int state,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_plan_meet:
 * @visit: a visit that is being signed off
 *
 * What was planned at the home for its day, for an earlier one, or for a later one of the same half of the month (R1 asks for
 * one visit in it) has taken place by it. In the journal's transaction that signs the visit off, as a group of its own: the
 * visit's holds the visit alone.
 */
gboolean ym_plan_meet (YmDesk *desk, const YmRecord *visit, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_plan_is_met: Whether a visit on @visited is the one that was planned for @planned, as ym_plan_meet() has it. */
gboolean ym_plan_is_met (YmDay planned, YmDay visited);

G_END_DECLS
