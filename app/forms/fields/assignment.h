/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who has which home, from when to when. */
FIELD (YM_ASSIGNMENT_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME, .flags = YM_FIELD_REQUIRED)
FIELD (YM_ASSIGNMENT_OFFICER, 2, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ASSIGNMENT_ROLE, 3, "role", CHOICE, N_ ("Role"), .choices = &ym_choices_assignment_role,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ASSIGNMENT_FROM_DATE, 4, "from_date", DATE, N_ ("From"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_ASSIGNMENT_TO_DATE, 5, "to_date", DATE, N_ ("Until"))
