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
  YM_FORM_FORCE = 40,
  YM_FORM_DEVICE = 41,
  YM_FORM_SERVER = 42,
  YM_FORM_REVOCATION = 43,
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
#include "app/forms/fields/contact.h"
#include "app/forms/fields/addendum.h"
#include "app/forms/fields/home-facts.h"
#include "app/forms/fields/force.h"
#include "app/forms/fields/device.h"
#include "app/forms/fields/server.h"
#include "app/forms/fields/revocation.h"
};
#undef FIELD
