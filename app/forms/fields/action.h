/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody will do about an issue, and by when. */
FIELD (YM_ACTION_ISSUE, 1, "issue", REFERENCE, N_ ("Issue"), .refers_to = YM_FORM_ISSUE,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
