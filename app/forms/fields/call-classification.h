/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How officers judge a call; ethnicity and gender so that disproportionality can be seen (R3). Never a child's name. */
FIELD (YM_CALL_REVIEW_APPROPRIATE_WHY, 20, "appropriate_why", TEXT, N_ ("Why appropriate or not"), .maximum = 240,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_CALL_REVIEW_WHO_DECIDED, 21, "who_decided", CHOICE, N_ ("Who decided to call?"),
       .choices = &ym_choices_who_decides)
FIELD (YM_CALL_REVIEW_ALTERNATIVES, 22, "alternatives", NOTE, N_ ("Alternatives to arrest considered"), .maximum = 2000,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_CALL_REVIEW_ETHNICITY, 23, "ethnicity", CHOICE, N_ ("Ethnicity of the child"), .choices = &ym_choices_ethnicity)
FIELD (YM_CALL_REVIEW_GENDER, 24, "gender", CHOICE, N_ ("Gender of the child"), .choices = &ym_choices_gender)
