/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That an officer read what is recorded about a child, and why (R13). It lies where that record does. */
FIELD (YM_CONSULTATION_OFFICER, 1, "officer", REFERENCE, N_ ("Read by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_CONSULTATION_AT, 2, "at", INSTANT, N_ ("Read"), .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_CONSULTATION_RECORD, 3, "record", BYTES, N_ ("Which record"), .maximum = 16,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_CONSULTATION_WHY, 4, "why", CHOICE, N_ ("Why do you open it?"), .choices = &ym_choices_consultation_why,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_CONSULTATION_OTHER, 5, "other", TEXT, N_ ("Which reason?"), .maximum = 240,
       .only_if = YM_CONSULTATION_WHY, .only_if_is = YM_WHY_OTHER)
