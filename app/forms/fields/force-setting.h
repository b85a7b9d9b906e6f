/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A number that the force sets for all, such as trigger_threshold (R6); app/notebook/settings.h has their names. What is not
 * set has the rule's own default. */
FIELD (YM_FORCE_SETTING_NAME, 1, "name", TEXT, N_ ("Setting"), .maximum = 40, .flags = YM_FIELD_REQUIRED)
FIELD (YM_FORCE_SETTING_VALUE, 2, "value", INTEGER, N_ ("Value"), .maximum = 99999, .flags = YM_FIELD_REQUIRED)
