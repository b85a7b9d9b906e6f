/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A call from a home as the control room's export says it (R4): imported, never typed on a device. The export's free text
 * is left out on purpose: it is where names of children stand (R3).
 */
FIELD (YM_CALL_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME, .flags = YM_FIELD_REQUIRED)
FIELD (YM_CALL_INCIDENT_REF, 2, "incident_ref", TEXT, N_ ("Incident reference"), .maximum = 40,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CALL_RECEIVED_AT, 3, "received_at", INSTANT, N_ ("Received"), .flags = YM_FIELD_REQUIRED | YM_FIELD_MOMENT)
FIELD (YM_CALL_WITHDRAWN, 4, "withdrawn", CHOICE, N_ ("Withdrawn?"), .choices = &ym_choices_yes_no,
       .hint = N_ ("Yes if it turned out not to be a call from this home."))
