/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A dated correction of a signed-off visit, shown beside the original (R12). */
FIELD (YM_ADDENDUM_VISIT, 1, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ADDENDUM_OFFICER, 2, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ADDENDUM_AT, 3, "at", INSTANT, N_ ("When"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC | YM_FIELD_MOMENT)
FIELD (YM_ADDENDUM_TEXT, 4, "text", NOTE, N_ ("Correction or addition"), .maximum = 16000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_ADDENDUM_REASON, 5, "reason", TEXT, N_ ("Reason"), .maximum = 240, .flags = YM_FIELD_REQUIRED)
