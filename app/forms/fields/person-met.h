/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Someone met at a visit. */
FIELD (YM_PERSON_MET_VISIT, 1, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_PERSON_MET_NAME, 2, "name", TEXT, N_ ("Name"), .maximum = 120, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_PERSON_MET_ROLE, 3, "role", TEXT, N_ ("Role"), .maximum = 80, .flags = YM_FIELD_REQUIRED)
