/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The review of an arrest by the end of the next day (R9): a day of London's calendar, which has 23 or 25
 * hours when the clocks change. */

#include "app/rules/arrest-review.h"

YmDay
ym_arrest_review_due_day (gint64 arrested_at_us)
{
  return ym_london_day (arrested_at_us) + 1;
}

gint64
ym_arrest_review_due_us (gint64 arrested_at_us)
{
  return ym_london_day_start (ym_arrest_review_due_day (arrested_at_us) + 1);
}

YmArrestReview
ym_arrest_review_state (gint64 arrested_at_us, gint64 reviewed_at_us, gint64 now_us)
{
  gint64 due_us = ym_arrest_review_due_us (arrested_at_us);

  if (reviewed_at_us != YM_INSTANT_NONE)
    return reviewed_at_us < due_us ? YM_ARREST_REVIEW_DONE : YM_ARREST_REVIEW_DONE_LATE;
  return now_us < due_us ? YM_ARREST_REVIEW_OPEN : YM_ARREST_REVIEW_LATE;
}
