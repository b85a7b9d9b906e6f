/* SPDX-License-Identifier: GPL-3.0-or-later */

/* That an administrator opened a device's store for its officer with the force's recovery key. Said by the
 * administrator's own key, before the answer leaves. */
FIELD (YM_ESCROW_OPENING_DEVICE, 1, "device", REFERENCE, N_ ("Device"), .refers_to = YM_FORM_DEVICE,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ESCROW_OPENING_OFFICER, 2, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER)
FIELD (YM_ESCROW_OPENING_REQUEST, 3, "request", TEXT, N_ ("Fingerprint of the request"), .maximum = 40,
       .flags = YM_FIELD_REQUIRED)
FIELD (YM_ESCROW_OPENING_REASON, 4, "reason", TEXT, N_ ("Reason"), .maximum = 240, .flags = YM_FIELD_REQUIRED)
FIELD (YM_ESCROW_OPENING_AT, 5, "at", INSTANT, N_ ("When"), .flags = YM_FIELD_REQUIRED)
