/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of a call: by the control room in `call`, and over it by an officer in `call_review`. */
FIELD (YM_CALL_REASON, 10, "reason", CHOICE, N_ ("Reason for the call"), .choices = &ym_choices_call_reason)
FIELD (YM_CALL_CONCERNS_RESIDENT, 11, "concerns_resident", CHOICE, N_ ("Does it concern a resident child?"),
       .choices = &ym_choices_yes_no_not_known)
FIELD (YM_CALL_CHILD_PART, 12, "child_part", CHOICE, N_ ("The child's part"), .choices = &ym_choices_child_part)
FIELD (YM_CALL_MANAGER_DECIDED, 13, "manager_decided", CHOICE, N_ ("Did the manager decide to call?"),
       .choices = &ym_choices_yes_no_not_known)
FIELD (YM_CALL_DONE_BEFORE, 14, "done_before", CHOICES, N_ ("What the home did before calling"),
       .choices = &ym_choices_done_before)
FIELD (YM_CALL_LOCATION_KNOWN, 15, "location_known", CHOICE, N_ ("Did staff know where the child was?"),
       .choices = &ym_choices_yes_no_not_known)
FIELD (YM_CALL_ATTENDED, 16, "attended", CHOICE, N_ ("Did police attend?"), .choices = &ym_choices_yes_no_not_known)
FIELD (YM_CALL_APPROPRIATE, 17, "appropriate", CHOICE, N_ ("Was the call appropriate?"),
       .choices = &ym_choices_appropriate, .hint = N_ ("Would a reasonable parent have called the police?"))
FIELD (YM_CALL_OUTCOME, 18, "outcome", CHOICE, N_ ("Outcome"), .choices = &ym_choices_call_outcome)
