/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What was given out of a home's records, to whom and why (R13). The fingerprints tie it to the very bytes that were given,
 * and so its envelope is what signs them.
 */
FIELD (YM_DISCLOSURE_OFFICER, 1, "officer", REFERENCE, N_ ("Given by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_DISCLOSURE_AT, 2, "at", INSTANT, N_ ("Given"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC | YM_FIELD_MOMENT)
FIELD (YM_DISCLOSURE_WHAT, 3, "what", CHOICE, N_ ("What was given"), .choices = &ym_choices_disclosed,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_DISCLOSURE_TITLE, 4, "title", TEXT, N_ ("Title"), .maximum = 240, .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_DISCLOSURE_RECORD, 5, "record", BYTES, N_ ("Of which record"), .maximum = 16, .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_DISCLOSURE_AUDIENCE, 6, "audience", CHOICE, N_ ("For whom"), .choices = &ym_choices_audience,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_DISCLOSURE_LANGUAGE, 7, "language", CHOICE, N_ ("Language"), .choices = &ym_choices_language)
FIELD (YM_DISCLOSURE_RECIPIENT, 8, "recipient", TEXT, N_ ("Recipient"), .maximum = 120,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_DISCLOSURE_JUSTIFICATION, 9, "justification", TEXT, N_ ("Justification"), .maximum = 240,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_DISCLOSURE_CONTENT, 10, "content", BYTES, N_ ("Fingerprint of the content"), .maximum = 32,
       .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_DISCLOSURE_CONTENT_BYTES, 11, "content_bytes", INTEGER, N_ ("Length of the content"), .maximum = 99999999,
       .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_DISCLOSURE_EVIDENCE, 12, "evidence", BYTES, N_ ("Fingerprint of the evidence"), .maximum = 32,
       .flags = YM_FIELD_AUTOMATIC)
