/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A child at risk (R3): by force reference, initials and year of birth, and never without a reason. */
FIELD (YM_CHILD_CONCERN_VISIT, 1, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_CHILD_CONCERN_CATEGORY, 2, "category", CHOICE, N_ ("Concern"), .choices = &ym_choices_concern_category,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_CHILD_CONCERN_REASON, 3, "reason", TEXT, N_ ("Why this is recorded"), .maximum = 240,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CHILD_CONCERN_PERSON_REF, 4, "person_ref", TEXT, N_ ("Force person reference"), .maximum = 32,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH, .hint = N_ ("Never the child's full name."))
FIELD (YM_CHILD_CONCERN_INITIALS, 5, "initials", TEXT, N_ ("Initials"), .maximum = 4, .flags = YM_FIELD_REQUIRED)
FIELD (YM_CHILD_CONCERN_YEAR_OF_BIRTH, 6, "year_of_birth", INTEGER, N_ ("Year of birth"), .minimum = 1990,
       .maximum = 2100, .flags = YM_FIELD_REQUIRED)
FIELD (YM_CHILD_CONCERN_AUTHORITY, 7, "authority", TEXT, N_ ("Placing authority, if out of area"), .maximum = 80,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_CHILD_CONCERN_ACTION, 8, "action", NOTE, N_ ("Action taken"), .maximum = 4000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CHILD_CONCERN_REFERRAL, 9, "referral", CHOICE, N_ ("Referral"), .choices = &ym_choices_referral,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_CHILD_CONCERN_REFERRAL_WHY, 10, "referral_why", TEXT, N_ ("Reference of the referral, or why not needed"),
       .maximum = 240, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_CHILD_CONCERN_REVIEW_ON, 11, "review_on", DATE, N_ ("Review on"), .flags = YM_FIELD_REQUIRED,
       .hint = N_ ("At most twelve months on."))
