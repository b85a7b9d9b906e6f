/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The review of a child's arrest by the end of the next day (R9): alternatives first, then the ten points of the CPS. It is
 * about a child, so by force reference, initials and year of birth at most (R3).
 */
FIELD (YM_ARREST_REVIEW_OFFICER, 1, "officer", REFERENCE, N_ ("Begun by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ARREST_REVIEW_CALL, 2, "call", REFERENCE, N_ ("Call from a home"), .refers_to = YM_FORM_CALL,
       .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_ARREST_REVIEW_INCIDENT_REF, 3, "incident_ref", TEXT, N_ ("Incident reference"), .maximum = 40,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_ARREST_REVIEW_ARRESTED_AT, 4, "arrested_at", INSTANT, N_ ("Arrested"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_MOMENT)
FIELD (YM_ARREST_REVIEW_PERSON_REF, 5, "person_ref", TEXT, N_ ("Force person reference"), .maximum = 32,
       .hint = N_ ("Never the child's full name."))
FIELD (YM_ARREST_REVIEW_INITIALS, 6, "initials", TEXT, N_ ("Initials"), .maximum = 4)
FIELD (YM_ARREST_REVIEW_YEAR_OF_BIRTH, 7, "year_of_birth", INTEGER, N_ ("Year of birth"), .minimum = 1990,
       .maximum = 2100)
FIELD (YM_ARREST_REVIEW_ETHNICITY, 8, "ethnicity", CHOICE, N_ ("Ethnicity of the child"),
       .choices = &ym_choices_ethnicity)
FIELD (YM_ARREST_REVIEW_GENDER, 9, "gender", CHOICE, N_ ("Gender of the child"), .choices = &ym_choices_gender)
FIELD (YM_ARREST_REVIEW_OFFENCE, 10, "offence", TEXT, N_ ("What the arrest was for"), .maximum = 240,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_ALTERNATIVES, 11, "alternatives", NOTE, N_ ("Alternatives to arrest considered"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF, .hint = N_ ("First of all: what else was considered, and why it would not do."))
FIELD (YM_ARREST_REVIEW_POLICY, 20, "policy", NOTE, N_ ("The home's behaviour policy"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF, .hint = N_ ("The disciplinary policy, and whether it was followed."))
FIELD (YM_ARREST_REVIEW_WHY_POLICE, 21, "why_police", NOTE, N_ ("Why the police were involved"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF, .hint = N_ ("And whether the home's policy says so."))
FIELD (YM_ARREST_REVIEW_EARLIER_ACTION, 22, "earlier_action", NOTE, N_ ("Informal or disciplinary action already taken"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_APOLOGY, 23, "apology", NOTE, N_ ("Apology or reparation"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_VICTIM_VIEWS, 24, "victim_views", NOTE, N_ ("The victim's views"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_SOCIAL_WORKER, 25, "social_worker_views", NOTE, N_ ("The social worker's views"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_CARE_PLAN, 26, "care_plan", NOTE, N_ ("The care plan"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_RECENT, 27, "recent_behaviour", NOTE, N_ ("Recent behaviour and earlier incidents"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_CHILD_SAYS, 28, "child_says", NOTE, N_ ("What the child says about it"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_FEATURES, 29, "features", NOTE, N_ ("Aggravating and mitigating features"), .maximum = 2000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_OUTCOME, 40, "outcome", CHOICE, N_ ("Outcome of the arrest"), .choices = &ym_choices_arrest_outcome)
FIELD (YM_ARREST_REVIEW_CONCLUSION, 41, "conclusion", NOTE, N_ ("What follows from the review"), .maximum = 4000,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_ARREST_REVIEW_COMPLETED_AT, 42, "completed_at", INSTANT, N_ ("Review completed"), .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_ARREST_REVIEW_COMPLETED_BY, 43, "completed_by", REFERENCE, N_ ("Completed by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_AUTOMATIC)
