/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only an officer adds to a line of the home's log: imported free text is where names of children stand (R3). */
FIELD (YM_HOME_LOG_ENTRY_NOTE, 10, "note", TEXT, N_ ("Note"), .maximum = 240, .flags = YM_FIELD_SEARCH,
       .hint = N_ ("Never a child's name."))
FIELD (YM_HOME_LOG_ENTRY_VISIT, 11, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT,
       .flags = YM_FIELD_AUTOMATIC)
