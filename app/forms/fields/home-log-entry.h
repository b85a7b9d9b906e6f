/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A line of the home's own log of calls (R5): typed at the visit, or imported by an administrator. */
FIELD (YM_HOME_LOG_ENTRY_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME, .flags = YM_FIELD_REQUIRED)
FIELD (YM_HOME_LOG_ENTRY_LOGGED_AT, 2, "logged_at", INSTANT, N_ ("Date and time in the home's log"),
       .flags = YM_FIELD_REQUIRED | YM_FIELD_MOMENT)
FIELD (YM_HOME_LOG_ENTRY_REASON, 3, "reason", CHOICE, N_ ("Reason for the call"), .choices = &ym_choices_call_reason)
FIELD (YM_HOME_LOG_ENTRY_ENTRY_NO, 4, "entry_no", TEXT, N_ ("Number in the home's log"), .maximum = 20,
       .hint = N_ ("Where the home numbers its entries, so that two at the same minute stay two."))
FIELD (YM_HOME_LOG_ENTRY_WITHDRAWN, 5, "withdrawn", CHOICE, N_ ("Entered by mistake?"), .choices = &ym_choices_yes_no)
