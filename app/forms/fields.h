/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/choices.h"

/* Names for the record types and for every field of each, from the tables themselves. */

enum {
  YM_FORM_HOME = 1,
  YM_FORM_OFFICER = 2,
  YM_FORM_ASSIGNMENT = 3,
  YM_FORM_VISIT = 4,
  YM_FORM_PERSON_MET = 5,
  YM_FORM_PLACEMENT = 6,
  YM_FORM_CHILD_CONVERSATION = 7,
  YM_FORM_CHILD_CONCERN = 8,
  YM_FORM_ISSUE = 9,
  YM_FORM_ISSUE_UPDATE = 10,
  YM_FORM_ACTION = 11,
  YM_FORM_CONTACT = 12,
  YM_FORM_ADDENDUM = 13,
  YM_FORM_HOME_FACTS = 14,
  YM_FORM_CALL = 15,
  YM_FORM_HOME_LOG_ENTRY = 16,
  YM_FORM_RECONCILIATION = 17,
  YM_FORM_RECONCILIATION_PAIR = 18,
  YM_FORM_JOINT_INSPECTION = 19,
  YM_FORM_MONTHLY_FIGURES = 20,
  YM_FORM_CALL_REVIEW = 21,
  YM_FORM_IMPORTED_LOG_ENTRY = 22,
  YM_FORM_ISSUED_RETURN = 23,
  YM_FORM_ISSUED_RETURN_PART = 24,
  YM_FORM_IMPORTED_FIGURES = 25,
  YM_FORM_INSPECTION_ACTION = 26,
  YM_FORM_FORCE_SETTING = 27,
  YM_FORM_ARREST_REVIEW = 28,
  YM_FORM_ARREST_VIEW = 29,
  YM_FORM_DEBRIEF = 30,
  YM_FORM_LEARNING_NOTE = 31,
  YM_FORM_DISCLOSURE = 32,
  YM_FORM_CONSULTATION = 33,
  YM_FORM_PARTNER = 34,
  YM_FORM_PLANNED_VISIT = 35,
  YM_FORM_FORCE = 40,
  YM_FORM_DEVICE = 41,
  YM_FORM_SERVER = 42,
  YM_FORM_REVOCATION = 43,
  YM_FORM_ESCROW_OPENING = 44,
};

#define FIELD(constant, id, ...) constant = id,
enum {
#include "app/forms/fields/home.h"
#include "app/forms/fields/officer.h"
#include "app/forms/fields/assignment.h"
#include "app/forms/fields/visit.h"
#include "app/forms/fields/person-met.h"
#include "app/forms/fields/placement.h"
#include "app/forms/fields/child-conversation.h"
#include "app/forms/fields/child-concern.h"
#include "app/forms/fields/issue.h"
#include "app/forms/fields/issue-update.h"
#include "app/forms/fields/action.h"
#include "app/forms/fields/action-what.h"
#include "app/forms/fields/contact.h"
#include "app/forms/fields/addendum.h"
#include "app/forms/fields/home-facts.h"
#include "app/forms/fields/call.h"
#include "app/forms/fields/call-facts.h"
#include "app/forms/fields/call-review.h"
#include "app/forms/fields/call-classification.h"
#include "app/forms/fields/home-log-entry.h"
#include "app/forms/fields/home-log-note.h"
#include "app/forms/fields/reconciliation.h"
#include "app/forms/fields/reconciliation-pair.h"
#include "app/forms/fields/joint-inspection.h"
#include "app/forms/fields/inspection-action.h"
#include "app/forms/fields/monthly-figures.h"
#include "app/forms/fields/monthly-note.h"
#include "app/forms/fields/issued-return.h"
#include "app/forms/fields/issued-return-part.h"
#include "app/forms/fields/force-setting.h"
#include "app/forms/fields/arrest-review.h"
#include "app/forms/fields/arrest-view.h"
#include "app/forms/fields/debrief.h"
#include "app/forms/fields/learning-note.h"
#include "app/forms/fields/disclosure.h"
#include "app/forms/fields/consultation.h"
#include "app/forms/fields/partner.h"
#include "app/forms/fields/planned-visit.h"
#include "app/forms/fields/force.h"
#include "app/forms/fields/device.h"
#include "app/forms/fields/server.h"
#include "app/forms/fields/revocation.h"
#include "app/forms/fields/escrow-opening.h"
};
#undef FIELD
