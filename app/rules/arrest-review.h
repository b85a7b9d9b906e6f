/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * YmArrestReview:
 * @YM_ARREST_REVIEW_OPEN: not yet reviewed, still in time
 * @YM_ARREST_REVIEW_LATE: not yet reviewed, and the next day has ended
 * @YM_ARREST_REVIEW_DONE: reviewed in time
 * @YM_ARREST_REVIEW_DONE_LATE: reviewed, after the next day had ended
 */
typedef enum {
  YM_ARREST_REVIEW_OPEN,
  YM_ARREST_REVIEW_LATE,
  YM_ARREST_REVIEW_DONE,
  YM_ARREST_REVIEW_DONE_LATE,
} YmArrestReview;

/** ym_arrest_review_due_day: The day by whose end an arrest is reviewed (R9): London's day after it. */
YmDay ym_arrest_review_due_day (gint64 arrested_at_us);

/** ym_arrest_review_due_us: The first instant that is too late, the end of that day in London. */
gint64 ym_arrest_review_due_us (gint64 arrested_at_us);

/**
 * ym_arrest_review_state:
 * @arrested_at_us: when the child was arrested
 * @reviewed_at_us: when the review was finished, or YM_INSTANT_NONE
 * @now_us: now
 */
YmArrestReview ym_arrest_review_state (gint64 arrested_at_us, gint64 reviewed_at_us, gint64 now_us);

G_END_DECLS
