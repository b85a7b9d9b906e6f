/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit that is planned: it can be moved, it takes place, or it could not and the reason is kept. It never counts (R1). */
FIELD (YM_PLANNED_VISIT_OFFICER, 1, "officer", REFERENCE, N_ ("Planned by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_PLANNED_VISIT_PLANNED_AT, 2, "planned_at", INSTANT, N_ ("Planned for"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_MOMENT)
FIELD (YM_PLANNED_VISIT_STATE, 3, "state", CHOICE, N_ ("State"), .choices = &ym_choices_plan_state,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_PLANNED_VISIT_WHY_NOT, 4, "why_not", CHOICE, N_ ("Why it could not take place"),
       .choices = &ym_choices_why_not)
FIELD (YM_PLANNED_VISIT_NOTE, 5, "note", TEXT, N_ ("Note"), .maximum = 240, .flags = YM_FIELD_SEARCH,
       .hint = N_ ("Never a child's name."))
FIELD (YM_PLANNED_VISIT_VISIT, 6, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_AUTOMATIC)
