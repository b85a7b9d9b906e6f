/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What will be done, by whom and by when: about an issue or after a joint inspection. */
FIELD (YM_ACTION_WHAT, 2, "what", TEXT, N_ ("What will be done"), .maximum = 240,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_SEARCH)
FIELD (YM_ACTION_OWNER, 3, "owner", CHOICE, N_ ("Owner"), .choices = &ym_choices_owner, .flags = YM_FIELD_REQUIRED)
FIELD (YM_ACTION_OWNER_NAME, 4, "owner_name", TEXT, N_ ("Who"), .maximum = 120)
FIELD (YM_ACTION_DUE_ON, 5, "due_on", DATE, N_ ("Due"), .flags = YM_FIELD_REQUIRED)
FIELD (YM_ACTION_DONE_ON, 6, "done_on", DATE, N_ ("Done"))
