/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What officers note about a home, shown over what the register says. Its id is the home's. */
FIELD (YM_HOME_FACTS_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME,
       .flags = YM_FIELD_REQUIRED | YM_FIELD_AUTOMATIC)
FIELD (YM_HOME_FACTS_MANAGER, 2, "manager", TEXT, N_ ("Manager"), .maximum = 120, .flags = YM_FIELD_SEARCH)
FIELD (YM_HOME_FACTS_PHONE, 3, "phone", TEXT, N_ ("Telephone"), .maximum = 40)
FIELD (YM_HOME_FACTS_BEST_TIME, 4, "best_time", TEXT, N_ ("Best time to visit"), .maximum = 120,
       .hint = N_ ("When the children are out."))
FIELD (YM_HOME_FACTS_NOTE, 5, "note", NOTE, N_ ("Good to know"), .maximum = 4000, .flags = YM_FIELD_SEARCH)
