/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What an officer decided about one police call and one line of the home's log (R5). It stands for every reconciliation
 * of the home from then on, until a later decision about the same two.
 */
FIELD (YM_RECONCILIATION_PAIR_OFFICER, 1, "officer", REFERENCE, N_ ("Officer"), .refers_to = YM_FORM_OFFICER,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_PAIR_AT, 2, "at", INSTANT, N_ ("When"), .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_PAIR_CALL, 3, "call", REFERENCE, N_ ("Call"), .refers_to = YM_FORM_CALL,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_PAIR_ENTRY, 4, "log_entry", REFERENCE, N_ ("Entry in the home's log"),
       .refers_to = YM_FORM_HOME_LOG_ENTRY, .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_RECONCILIATION_PAIR_MARK, 5, "mark", CHOICE, N_ ("By hand"), .choices = &ym_choices_pair_mark,
       .flags = YM_FIELD_REQUIRED)
