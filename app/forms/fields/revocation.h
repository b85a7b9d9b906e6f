/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a certificate: nothing that the device signed after this sequence number counts. */
FIELD (YM_REVOCATION_DEVICE, 1, "device", REFERENCE, N_ ("Device"), .refers_to = YM_FORM_DEVICE,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_REVOCATION_CHAIN, 2, "chain", BYTES, N_ ("Chain"), .maximum = 16)
FIELD (YM_REVOCATION_LAST_SEQUENCE, 3, "last_sequence", INTEGER, N_ ("Last valid number"), .maximum = G_MAXINT64,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_REVOCATION_LAST_HASH, 4, "last_hash", BYTES, N_ ("Last valid envelope"), .maximum = 32)
FIELD (YM_REVOCATION_REASON, 5, "reason", TEXT, N_ ("Reason"), .maximum = 240, .flags = YM_FIELD_REQUIRED)
FIELD (YM_REVOCATION_STOLEN, 6, "stolen", CHOICE, N_ ("Stolen?"), .choices = &ym_choices_yes_no,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_REVOCATION_AT, 7, "at", INSTANT, N_ ("When"), .flags = YM_FIELD_REQUIRED)
