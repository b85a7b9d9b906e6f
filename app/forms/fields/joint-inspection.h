/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people did about the third call of a month (R6). That there was one is derived, never recorded. */
FIELD (YM_JOINT_INSPECTION_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_JOINT_INSPECTION_MONTH, 2, "month", DATE, N_ ("Month"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC | YM_FIELD_MONTH)
FIELD (YM_JOINT_INSPECTION_STATE, 3, "state", CHOICE, N_ ("State"), .choices = &ym_choices_inspection_state,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_JOINT_INSPECTION_CIW_TOLD_ON, 4, "ciw_told_on", DATE, N_ ("CIW told on"))
FIELD (YM_JOINT_INSPECTION_CIW_TOLD_WHOM, 5, "ciw_told_whom", TEXT, N_ ("Who at CIW was told"), .maximum = 120)
FIELD (YM_JOINT_INSPECTION_AGREED_FOR, 6, "agreed_for", DATE, N_ ("Date agreed"))
FIELD (YM_JOINT_INSPECTION_HELD_ON, 7, "held_on", DATE, N_ ("Held on"))
FIELD (YM_JOINT_INSPECTION_PARTICIPANTS, 8, "participants", NOTE, N_ ("Who took part"), .maximum = 2000,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_JOINT_INSPECTION_FINDINGS, 9, "findings", NOTE, N_ ("Findings"), .maximum = 8000, .flags = YM_FIELD_SEARCH)
FIELD (YM_JOINT_INSPECTION_CLOSED_ON, 10, "closed_on", DATE, N_ ("Actions closed on"))
FIELD (YM_JOINT_INSPECTION_NOTE, 11, "note", NOTE, N_ ("Note"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
