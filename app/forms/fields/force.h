/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The force itself, said by its root key. */
FIELD (YM_FORCE_NAME, 1, "name", TEXT, N_ ("Name"), .maximum = 120, .flags = YM_FIELD_REQUIRED)
FIELD (YM_FORCE_RECOVERY_KEY, 2, "recovery_key", BYTES, N_ ("Recovery key"), .maximum = 32)
