/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A return that was given out (R7): what it said is kept in its parts; the hash names it. A disclosure (R13). */
FIELD (YM_ISSUED_RETURN_OFFICER, 1, "officer", REFERENCE, N_ ("Issued by"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_AT, 2, "at", INSTANT, N_ ("Issued"), .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_FROM_DATE, 3, "from_date", DATE, N_ ("From"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUED_RETURN_UNTIL_DATE, 4, "until_date", DATE, N_ ("Until"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUED_RETURN_HOME, 5, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME, .flags = YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_NUMBER, 6, "issue_number", INTEGER, N_ ("Issue"), .minimum = 1, .maximum = 999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_CONTENT, 7, "content", BYTES, N_ ("Fingerprint of the content"), .maximum = 32,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_RECIPIENT, 8, "recipient", TEXT, N_ ("Recipient"), .maximum = 120, .flags = YM_FIELD_REQUIRED)
FIELD (YM_ISSUED_RETURN_JUSTIFICATION, 9, "justification", TEXT, N_ ("Justification"), .maximum = 240,
       .flags = YM_FIELD_REQUIRED)
