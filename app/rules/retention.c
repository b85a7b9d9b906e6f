/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When records come up for review: all of them (R14), and child concerns much sooner (R3). */

#include "app/rules/retention.h"

YmDay
ym_retention_review_day (YmDay last_event, int years)
{
  return ym_day_add_months (last_event, CLAMP (years, 0, 9999) * 12);
}

gboolean
ym_retention_is_due (YmDay review, YmDay today)
{
  return review != YM_DAY_NONE && today >= review;
}

YmDay
ym_concern_review_latest (YmDay recorded)
{
  return ym_day_add_months (recorded, YM_CONCERN_REVIEW_MONTHS);
}

gboolean
ym_concern_review_is_allowed (YmDay recorded, YmDay review)
{
  return review > recorded && review <= ym_concern_review_latest (recorded);
}

gboolean
ym_concern_is_past_review (YmDay review, YmDay today)
{
  return review != YM_DAY_NONE && today > review;
}
