/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What officers say of a call (R4). Its id is the call's, so that it lies over what the control room says; without such a
 * call it is one that an officer typed, and then its own time of receipt counts.
 */
FIELD (YM_CALL_REVIEW_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_CALL_REVIEW_INCIDENT_REF, 2, "incident_ref", TEXT, N_ ("Incident reference"), .maximum = 40,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_CALL_REVIEW_RECEIVED_AT, 3, "received_at", INSTANT, N_ ("Received"),
       .flags = YM_FIELD_MOMENT)
FIELD (YM_CALL_REVIEW_WITHDRAWN, 4, "withdrawn", CHOICE, N_ ("Withdrawn?"), .choices = &ym_choices_yes_no,
       .hint = N_ ("Yes if it turned out not to be a call from this home."))
