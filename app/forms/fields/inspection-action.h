/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows from a joint inspection. */
FIELD (YM_INSPECTION_ACTION_INSPECTION, 1, "inspection", REFERENCE, N_ ("Joint inspection"),
       .refers_to = YM_FORM_JOINT_INSPECTION, .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
