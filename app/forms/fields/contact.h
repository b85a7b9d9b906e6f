/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A phone call or e-mail with the home: recorded, not counted as a visit (R1). */
FIELD (YM_CONTACT_OFFICER, 1, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_CONTACT_AT, 2, "at", INSTANT, N_ ("When"), .flags = YM_FIELD_REQUIRED | YM_FIELD_MOMENT)
FIELD (YM_CONTACT_HOW, 3, "how", CHOICE, N_ ("How"), .choices = &ym_choices_contact_how, .flags = YM_FIELD_REQUIRED)
FIELD (YM_CONTACT_WITH_WHOM, 4, "with_whom", TEXT, N_ ("With whom"), .maximum = 120,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CONTACT_NOTE, 5, "note", NOTE, N_ ("Note"), .maximum = 4000, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
