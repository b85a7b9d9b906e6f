/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/rules/civil.h"

G_BEGIN_DECLS

#define YM_RETENTION_YEARS 6
#define YM_CONCERN_REVIEW_MONTHS 12

/**
 * ym_retention_review_day:
 * @last_event: the day of the last relevant event of a record
 * @years: YM_RETENTION_YEARS unless the force set another
 *
 * The day a record comes up for review (R14): the same date @years on, 28 February for a 29th that year
 * lacks; YM_DAY_NONE after the year 9999.
 */
YmDay ym_retention_review_day (YmDay last_event, int years);

/**
 * ym_retention_is_due: TRUE from the review day on: the record is to be kept with a reason or erased (R14).
 * Nothing is due for YM_DAY_NONE: a date that is missing erases nothing.
 */
gboolean ym_retention_is_due (YmDay review, YmDay today);

/** ym_concern_review_latest: The last review date that a child concern recorded, or kept, on @recorded may
 * have (R3). */
YmDay ym_concern_review_latest (YmDay recorded);

/** ym_concern_review_is_allowed: TRUE when @review is after @recorded and at most 12 months on (R3). */
gboolean ym_concern_review_is_allowed (YmDay recorded, YmDay review);

/**
 * ym_concern_is_past_review: TRUE from the day after @review: erased unless kept with a reason (R3). FALSE
 * for YM_DAY_NONE.
 */
gboolean ym_concern_is_past_review (YmDay review, YmDay today);

G_END_DECLS
