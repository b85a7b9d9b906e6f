/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/form.h"

/* The closed lists of domain.md. Numbers are signed into every notebook: add at the end, never reuse. */

enum { YM_YES = 1, YM_NO = 2, YM_NOT_KNOWN = 3 };
extern const YmChoices ym_choices_yes_no;
extern const YmChoices ym_choices_yes_no_not_known;

enum { YM_LANGUAGE_EN = 1, YM_LANGUAGE_CY = 2 };
extern const YmChoices ym_choices_language;

enum { YM_HOME_OPEN = 1, YM_HOME_PAUSED = 2, YM_HOME_CLOSED = 3 };
extern const YmChoices ym_choices_home_status;

enum {
  YM_ROLE_SUPERVISOR = 1,
  YM_ROLE_NAMED_OFFICER = 2,
  YM_ROLE_DEPUTY = 3,
  YM_ROLE_FORCE_LEAD = 4,
  YM_ROLE_ADMINISTRATOR = 5,
};
extern const YmChoices ym_choices_officer_role;

enum { YM_ASSIGNMENT_NAMED = 1, YM_ASSIGNMENT_DEPUTY = 2 };
extern const YmChoices ym_choices_assignment_role;

enum { YM_PLACE_AT_HOME = 1, YM_PLACE_AGREED = 2 };
extern const YmChoices ym_choices_visit_place;
extern const YmChoices ym_choices_who_decides;
extern const YmChoices ym_choices_checks;
extern const YmChoices ym_choices_visit_sections;

enum { YM_ISSUE_CALL_LOG_DISCREPANCY = 9, YM_ISSUE_GOOD_PRACTICE = 13 };
extern const YmChoices ym_choices_issue_category;

enum { YM_SEVERITY_LOW = 1, YM_SEVERITY_MEDIUM = 2, YM_SEVERITY_HIGH = 3 };
extern const YmChoices ym_choices_severity;

enum { YM_OWNER_HOME = 1, YM_OWNER_POLICE = 2 };
extern const YmChoices ym_choices_owner;

enum {
  YM_ISSUE_OPEN = 1,
  YM_ISSUE_IN_PROGRESS = 2,
  YM_ISSUE_RESOLVED = 3,
  YM_ISSUE_ESCALATED = 4,
  YM_ISSUE_REOPENED = 5,
};
extern const YmChoices ym_choices_issue_state;

extern const YmChoices ym_choices_contact_how;

extern const YmChoices ym_choices_concern_category;
extern const YmChoices ym_choices_referral;

enum { YM_DEVICE_KIND_ROOT = 1, YM_DEVICE_KIND_ADMINISTRATOR = 2, YM_DEVICE_KIND_OFFICER = 3 };
extern const YmChoices ym_choices_device_kind;

enum { YM_CALL_REASON_MISSING = 1 };
extern const YmChoices ym_choices_call_reason;
extern const YmChoices ym_choices_child_part;
extern const YmChoices ym_choices_done_before;

enum { YM_APPROPRIATE_YES = 1, YM_APPROPRIATE_NO = 2, YM_APPROPRIATE_UNDECIDED = 3 };
extern const YmChoices ym_choices_appropriate;

enum { YM_CALL_OUTCOME_ARREST = 7 };
extern const YmChoices ym_choices_call_outcome;
extern const YmChoices ym_choices_ethnicity;
extern const YmChoices ym_choices_gender;

enum { YM_PAIR_JOINED = 1, YM_PAIR_PARTED = 2, YM_PAIR_UNDONE = 3 };
extern const YmChoices ym_choices_pair_mark;

extern const YmChoices ym_choices_arrest_outcome;
extern const YmChoices ym_choices_arrest_side;
extern const YmChoices ym_choices_arrest_view_from;
enum { YM_LEARNING_GOOD_PRACTICE = 8 };
extern const YmChoices ym_choices_learning_topic;

enum { YM_DISCLOSED_VISIT_REPORT = 1, YM_DISCLOSED_EVIDENCE = 2, YM_DISCLOSED_OTHER = 3, YM_DISCLOSED_LOG = 4 };
extern const YmChoices ym_choices_disclosed;

enum { YM_AUDIENCE_FILE = 1, YM_AUDIENCE_HOME = 2 };
extern const YmChoices ym_choices_audience;

enum { YM_WHY_OTHER = 7 };
extern const YmChoices ym_choices_consultation_why;

extern const YmChoices ym_choices_partner_kind;

enum { YM_PLAN_OPEN = 1, YM_PLAN_HELD = 2, YM_PLAN_NOT_HELD = 3 };
extern const YmChoices ym_choices_plan_state;
extern const YmChoices ym_choices_why_not;

/* Numbers are those of YmInspectionState in app/rules/trigger.h. */
extern const YmChoices ym_choices_inspection_state;
