/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the home counts each month (R10): typed by an officer, or imported by an administrator. */
FIELD (YM_MONTHLY_FIGURES_HOME, 1, "home", REFERENCE, N_ ("Home"), .refers_to = YM_FORM_HOME, .flags = YM_FIELD_REQUIRED)
FIELD (YM_MONTHLY_FIGURES_MONTH, 2, "month", DATE, N_ ("Month"), .flags = YM_FIELD_REQUIRED | YM_FIELD_MONTH)
FIELD (YM_MONTHLY_FIGURES_MISSING, 3, "missing", INTEGER, N_ ("Missing episodes"), .maximum = 999)
FIELD (YM_MONTHLY_FIGURES_NOTIFIABLE, 4, "notifiable_events", INTEGER, N_ ("Notifiable events"), .maximum = 999)
FIELD (YM_MONTHLY_FIGURES_CALL_OUTS, 5, "emergency_call_outs", INTEGER, N_ ("Emergency call-outs"), .maximum = 999)
FIELD (YM_MONTHLY_FIGURES_RESTRAINTS, 6, "restraints", INTEGER, N_ ("Restraints"), .maximum = 999)
