/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A reconciliation as it came out (R5): counts are frozen, whatever is recorded or corrected later. */
FIELD (YM_RECONCILIATION_OFFICER, 1, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_AT, 2, "at", INSTANT, N_ ("When"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC | YM_FIELD_MOMENT)
FIELD (YM_RECONCILIATION_FROM_DATE, 3, "from_date", DATE, N_ ("From"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_RECONCILIATION_UNTIL_DATE, 4, "until_date", DATE, N_ ("Until"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_RECONCILIATION_TOLERANCE, 5, "tolerance_minutes", INTEGER, N_ ("Tolerance in minutes"), .minimum = 5,
       .maximum = 240, .flags = YM_FIELD_REQUIRED)
FIELD (YM_RECONCILIATION_POLICE, 6, "police_calls", INTEGER, N_ ("Calls by police record"), .maximum = 99999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_HOME_ENTRIES, 7, "home_entries", INTEGER, N_ ("Calls by the home's log"), .maximum = 99999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_BOTH, 8, "both", INTEGER, N_ ("In both"), .maximum = 99999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_ONLY_POLICE, 9, "only_police", INTEGER, N_ ("Only with the police"), .maximum = 99999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_ONLY_HOME, 10, "only_home", INTEGER, N_ ("Only with the home"), .maximum = 99999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_BY_HAND, 11, "by_hand", INTEGER, N_ ("Joined by hand"), .maximum = 99999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_MINUTES_APART, 12, "minutes_apart", INTEGER, N_ ("Minutes apart in all"), .maximum = 99999999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_VISIT, 13, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_AUTOMATIC)
