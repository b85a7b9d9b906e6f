/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One step of an issue: the state it is now in, and why. The issue's status is derived from these (R11). */
FIELD (YM_ISSUE_UPDATE_ISSUE, 1, "issue", REFERENCE, N_ ("Issue"), .refers_to = YM_FORM_ISSUE,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUE_UPDATE_OFFICER, 2, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUE_UPDATE_AT, 3, "at", INSTANT, N_ ("When"), .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUE_UPDATE_STATE, 4, "state", CHOICE, N_ ("State"), .choices = &ym_choices_issue_state,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUE_UPDATE_NOTE, 5, "note", NOTE, N_ ("Note"), .maximum = 4000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_ISSUE_UPDATE_VISIT, 6, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_AUTOMATIC)
