/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an issued return said, in as many parts as fit into envelopes; together they have the return's fingerprint. */
FIELD (YM_ISSUED_RETURN_PART_RETURN, 1, "issued_return", REFERENCE, N_ ("Issued return"),
       .refers_to = YM_FORM_ISSUED_RETURN, .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_PART_NUMBER, 2, "part_number", INTEGER, N_ ("Part"), .minimum = 1, .maximum = 999,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_ISSUED_RETURN_PART_TEXT, 3, "text", NOTE, N_ ("What it said"), .maximum = 48000,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
