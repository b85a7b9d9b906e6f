/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A certificate: this key may sign for this officer. Said by the root key alone. */
FIELD (YM_DEVICE_KIND, 1, "kind", CHOICE, N_ ("Kind"), .choices = &ym_choices_device_kind, .flags = YM_FIELD_REQUIRED)
FIELD (YM_DEVICE_PUBLIC_KEY, 2, "public_key", BYTES, N_ ("Signing key"), .maximum = 32, .flags = YM_FIELD_REQUIRED)
FIELD (YM_DEVICE_SEALING_KEY, 3, "sealing_key", BYTES, N_ ("Sealing key"), .maximum = 32)
FIELD (YM_DEVICE_OFFICER, 4, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER)
FIELD (YM_DEVICE_NAME, 5, "name", TEXT, N_ ("Name of the device"), .maximum = 80)
FIELD (YM_DEVICE_ENROLLED_AT, 6, "enrolled_at", INSTANT, N_ ("Enrolled"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_DEVICE_VALID_UNTIL, 7, "valid_until", INSTANT, N_ ("Valid until"))
