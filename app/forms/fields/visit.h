/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit: domain.md, "What a visit records". It enters the journal when it is signed off, and is fixed then (R12). */
FIELD (YM_VISIT_OFFICER, 1, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_VISIT_PLACE, 2, "place", CHOICE, N_ ("Where"), .section = 7, .choices = &ym_choices_visit_place,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_ANNOUNCED, 3, "announced", CHOICE, N_ ("Was the visit announced?"), .section = 7,
       .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_PLANNED_AT, 4, "planned_at", INSTANT, N_ ("Planned for"), .section = 7)
FIELD (YM_VISIT_STARTED_AT, 5, "started_at", INSTANT, N_ ("Arrived"), .section = 7,
       .flags = YM_FIELD_SIGN_OFF | YM_FIELD_MOMENT)
FIELD (YM_VISIT_ENDED_AT, 6, "ended_at", INSTANT, N_ ("Left"), .section = 7, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_CHILDREN_PRESENT, 7, "children_present", CHOICE, N_ ("Were children present?"), .section = 7,
       .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF,
       .hint = N_ ("Visits are to staff, and best when the children are out."))
FIELD (YM_VISIT_SPOKE_WITH_CHILD, 8, "spoke_with_child", CHOICE, N_ ("Did you speak with a child?"), .section = 7,
       .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF, .only_if = YM_VISIT_CHILDREN_PRESENT,
       .only_if_is = YM_YES)
FIELD (YM_VISIT_STAFF_ON_DUTY, 10, "staff_on_duty", INTEGER, N_ ("Staff on duty now"), .section = 1, .maximum = 99,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_STAFF_REQUIRED, 11, "staff_required", INTEGER, N_ ("Staff required"), .section = 1, .maximum = 99,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_AGENCY_STAFF, 12, "agency_staff", INTEGER, N_ ("Agency staff on duty"), .section = 1,
       .maximum = 99)
FIELD (YM_VISIT_WAKING_NIGHT_STAFF, 13, "waking_night_staff", INTEGER, N_ ("Waking night staff"), .section = 1,
       .maximum = 99)
FIELD (YM_VISIT_VACANCIES, 14, "vacancies", INTEGER, N_ ("Vacancies"), .section = 1, .maximum = 99)
FIELD (YM_VISIT_MANAGER_ON_SITE, 15, "manager_on_site", CHOICE, N_ ("Is the manager on site?"), .section = 1,
       .choices = &ym_choices_yes_no)
FIELD (YM_VISIT_STAFF_TOTAL, 16, "staff_total", INTEGER, N_ ("Staff in all"), .section = 1, .maximum = 199,
       .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_STAFF_TRAINED, 17, "staff_trained", INTEGER, N_ ("Staff trained in restorative approaches"),
       .section = 1, .maximum = 199, .flags = YM_FIELD_SIGN_OFF,
       .hint = N_ ("A quarter of the staff, or two, whichever is more."))
FIELD (YM_VISIT_STAFFING_NOTE, 18, "staffing_note", NOTE, N_ ("Notes on staffing"), .section = 1, .maximum = 4000,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_VISIT_POLICY_SEEN, 20, "policy_seen", CHOICE, N_ ("Behaviour management policy seen?"), .section = 2,
       .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_POLICY_DATE, 21, "policy_date", DATE, N_ ("Date of the policy"), .section = 2,
       .only_if = YM_VISIT_POLICY_SEEN, .only_if_is = YM_YES)
FIELD (YM_VISIT_DISCIPLINARY_SEEN, 22, "disciplinary_seen", CHOICE, N_ ("Disciplinary record seen?"), .section = 2,
       .choices = &ym_choices_yes_no)
FIELD (YM_VISIT_WHO_DECIDES, 23, "who_decides", CHOICE, N_ ("Who decides to call the police?"), .section = 2,
       .choices = &ym_choices_who_decides, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_MISSING_PROCEDURE, 24, "missing_procedure", CHOICE, N_ ("Missing-from-home procedure seen?"),
       .section = 2, .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_CHECKS, 25, "checks_before_calling", CHOICES, N_ ("What staff do before they call"), .section = 2,
       .choices = &ym_choices_checks)
FIELD (YM_VISIT_MULTI_AGENCY_KNOWN, 26, "multi_agency_known", CHOICE,
       N_ ("Is the multi-agency protocol known to staff?"), .section = 2, .choices = &ym_choices_yes_no_not_known)
FIELD (YM_VISIT_TRIGGER_PLANS, 27, "trigger_plans", CHOICE, N_ ("Are trigger plans kept ready?"), .section = 2,
       .choices = &ym_choices_yes_no_not_known, .hint = N_ ("The home holds them; never copy them."))
FIELD (YM_VISIT_PHILOMENA_FORMS, 28, "philomena_forms", CHOICE, N_ ("Are Philomena forms kept ready?"),
       .section = 2, .choices = &ym_choices_yes_no_not_known, .hint = N_ ("The home holds them; never copy them."))
FIELD (YM_VISIT_PROTOCOLS_NOTE, 29, "protocols_note", NOTE, N_ ("Notes on protocols"), .section = 2,
       .maximum = 4000, .flags = YM_FIELD_SEARCH)
FIELD (YM_VISIT_CALLS_POLICE, 30, "calls_police", INTEGER, N_ ("Calls since the last visit, by police record"),
       .section = 3, .maximum = 999, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_CALLS_HOME, 31, "calls_home", INTEGER, N_ ("Calls since the last visit, by the home's log"),
       .section = 3, .maximum = 999, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_CALLS_APPROPRIATE, 32, "calls_appropriate", INTEGER, N_ ("Of these, appropriate"), .section = 3,
       .maximum = 999, .hint = N_ ("Would a reasonable parent have called the police?"))
FIELD (YM_VISIT_CALLS_NOTE, 33, "calls_note", NOTE, N_ ("Calls talked through"), .section = 3, .maximum = 4000,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_VISIT_CONCERN_RAISED, 40, "concern_raised", CHOICE, N_ ("Is there concern for a child at risk?"),
       .section = 4, .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_OUT_OF_AREA, 41, "out_of_area", INTEGER, N_ ("Children placed here from outside the area"),
       .section = 4, .maximum = 99)
FIELD (YM_VISIT_ISSUES_REVIEWED, 50, "issues_reviewed", CHOICE, N_ ("Open issues gone through with the home?"),
       .section = 5, .choices = &ym_choices_yes_no, .flags = YM_FIELD_SIGN_OFF)
FIELD (YM_VISIT_GOOD_PRACTICE, 51, "good_practice", NOTE, N_ ("Good practice seen"), .section = 5, .maximum = 4000,
       .flags = YM_FIELD_SEARCH)
FIELD (YM_VISIT_NOTES, 60, "notes", NOTE, N_ ("Notes"), .section = 6, .maximum = 16000, .flags = YM_FIELD_SEARCH)
FIELD (YM_VISIT_INTERNAL_NOTES, 62, "internal_notes", NOTE, N_ ("Notes for the police only"), .section = 6,
       .maximum = 8000, .flags = YM_FIELD_SEARCH, .hint = N_ ("Never in the home's copy of the report."))
FIELD (YM_VISIT_NEXT_VISIT, 61, "next_visit", DATE, N_ ("Date agreed for the next visit"), .section = 6)
FIELD (YM_VISIT_NOT_DISCUSSED, 70, "not_discussed", CHOICES, N_ ("Not discussed"),
       .choices = &ym_choices_visit_sections, .flags = YM_FIELD_AUTOMATIC)
