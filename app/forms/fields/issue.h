/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something about how the home is run that officer and home work on together (R11). */
FIELD (YM_ISSUE_OFFICER, 1, "officer", REFERENCE, N_ ("Opened by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUE_OPENED_AT, 2, "opened_at", INSTANT, N_ ("Opened"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC | YM_FIELD_MOMENT)
FIELD (YM_ISSUE_VISIT, 3, "visit", REFERENCE, N_ ("Visit"), .refers_to = YM_FORM_VISIT, .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUE_TITLE, 4, "title", TEXT, N_ ("What it is about"), .maximum = 120,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_ISSUE_CATEGORY, 5, "category", CHOICE, N_ ("Category"), .choices = &ym_choices_issue_category,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUE_SEVERITY, 6, "severity", CHOICE, N_ ("Severity"), .choices = &ym_choices_severity,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUE_OWNER, 7, "owner", CHOICE, N_ ("Owner"), .choices = &ym_choices_owner, .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUE_DESCRIPTION, 8, "description", NOTE, N_ ("Description"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
FIELD (YM_ISSUE_SCANNING, 9, "scanning", NOTE, N_ ("Scanning"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
FIELD (YM_ISSUE_ANALYSIS, 10, "analysis", NOTE, N_ ("Analysis"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
FIELD (YM_ISSUE_RESPONSE, 11, "response", NOTE, N_ ("Response"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
FIELD (YM_ISSUE_ASSESSMENT, 12, "assessment", NOTE, N_ ("Assessment"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
