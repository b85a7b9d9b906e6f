/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may write what and who may see what: one table, enforced by the server and rechecked by devices. */

#include "app/rules/authority.h"

#include "app/base/planted.h"

#define HOME_TEAM (YM_ALLOWED_ASSIGNED | YM_ALLOWED_SUPERVISOR)

static const YmAuthorityRule rules[] = {
  /* record type, insert, update */
  { YM_FORM_HOME, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_OFFICER, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_ASSIGNMENT, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_VISIT, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_PERSON_MET, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_PLACEMENT, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_CHILD_CONVERSATION, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_CHILD_CONCERN, HOME_TEAM, HOME_TEAM },
  { YM_FORM_ISSUE, HOME_TEAM, HOME_TEAM },
  { YM_FORM_ISSUE_UPDATE, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_ACTION, HOME_TEAM, HOME_TEAM },
  { YM_FORM_CONTACT, HOME_TEAM, HOME_TEAM | YM_ALLOWED_OWN_ONLY },
  { YM_FORM_ADDENDUM, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_HOME_FACTS, HOME_TEAM, HOME_TEAM },
  { YM_FORM_CALL, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_HOME_LOG_ENTRY, HOME_TEAM, HOME_TEAM },
  { YM_FORM_RECONCILIATION, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_RECONCILIATION_PAIR, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_JOINT_INSPECTION, HOME_TEAM, HOME_TEAM },
  { YM_FORM_MONTHLY_FIGURES, HOME_TEAM, HOME_TEAM },
  { YM_FORM_CALL_REVIEW, HOME_TEAM, HOME_TEAM },
  { YM_FORM_IMPORTED_LOG_ENTRY, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_ISSUED_RETURN, YM_ALLOWED_FORCE_LEAD, YM_ALLOWED_NOBODY },
  { YM_FORM_ISSUED_RETURN_PART, YM_ALLOWED_FORCE_LEAD, YM_ALLOWED_NOBODY },
  { YM_FORM_IMPORTED_FIGURES, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_INSPECTION_ACTION, HOME_TEAM, HOME_TEAM },
  { YM_FORM_FORCE_SETTING, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_ARREST_REVIEW, HOME_TEAM, HOME_TEAM },
  { YM_FORM_ARREST_VIEW, HOME_TEAM, HOME_TEAM },
  { YM_FORM_DEBRIEF, YM_ALLOWED_SUPERVISOR, YM_ALLOWED_SUPERVISOR },
  { YM_FORM_LEARNING_NOTE, YM_ALLOWED_ANY_SUPERVISOR | YM_ALLOWED_FORCE_LEAD, YM_ALLOWED_NOBODY },
  { YM_FORM_DISCLOSURE, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_CONSULTATION, HOME_TEAM, YM_ALLOWED_NOBODY },
  { YM_FORM_PARTNER, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_ADMINISTRATOR },
  { YM_FORM_PLANNED_VISIT, HOME_TEAM, HOME_TEAM },
  { YM_FORM_FORCE, YM_ALLOWED_ROOT, YM_ALLOWED_ROOT },
  { YM_FORM_DEVICE, YM_ALLOWED_ROOT, YM_ALLOWED_NOBODY },
  { YM_FORM_SERVER, YM_ALLOWED_ROOT, YM_ALLOWED_ROOT },
  { YM_FORM_REVOCATION, YM_ALLOWED_ROOT, YM_ALLOWED_NOBODY },
  { YM_FORM_ESCROW_OPENING, YM_ALLOWED_ADMINISTRATOR, YM_ALLOWED_NOBODY },
};

const YmAuthorityRule *
ym_authority_rules (guint *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

static guint
what_actor_is (const YmActor *actor)
{
  switch (actor->device_kind)
    {
    case YM_DEVICE_KIND_ROOT:
      return YM_ALLOWED_ROOT;
    case YM_DEVICE_KIND_ADMINISTRATOR:
      return YM_ALLOWED_ADMINISTRATOR;
    case YM_DEVICE_KIND_OFFICER:
      return (actor->assigned ? YM_ALLOWED_ASSIGNED : 0) | (actor->supervises ? YM_ALLOWED_SUPERVISOR : 0)
             | (actor->role == YM_ROLE_FORCE_LEAD ? YM_ALLOWED_FORCE_LEAD : 0)
             | (actor->role == YM_ROLE_SUPERVISOR ? YM_ALLOWED_ANY_SUPERVISOR : 0);
    default:
      return YM_ALLOWED_NOBODY;
    }
}

/* Why somebody who is not among @allowed may not. */
static YmReason
reason_against (const YmActor *actor, guint allowed)
{
  if (allowed == YM_ALLOWED_NOBODY)
    return YM_REASON_FIXED_RECORD;
  if (allowed == YM_ALLOWED_ADMINISTRATOR)
    return YM_REASON_REFERENCE_DATA;
  if ((allowed & YM_ALLOWED_ASSIGNED) != 0 && actor->device_kind == YM_DEVICE_KIND_OFFICER)
    return YM_REASON_NOT_ASSIGNED;
  return YM_REASON_ROLE;
}

YmReason
ym_authority_judge (const YmActor *actor, guint form, YmActionKind kind, gboolean own)
{
  if (ym_planted ("authority"))
    return YM_REASON_NONE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].form == form)
      {
        guint allowed = kind == YM_ACTION_KIND_INSERT ? rules[i].insert : rules[i].update;

        if ((what_actor_is (actor) & allowed) == 0)
          return reason_against (actor, allowed);
        return (allowed & YM_ALLOWED_OWN_ONLY) != 0 && !own ? YM_REASON_WRONG_AUTHOR : YM_REASON_NONE;
      }
  return YM_REASON_UNKNOWN_RECORD_TYPE;
}

gboolean
ym_authority_kind_may_write (guint form, guint device_kind)
{
  static const guint officers = HOME_TEAM | YM_ALLOWED_FORCE_LEAD | YM_ALLOWED_ANY_SUPERVISOR;
  const guint kinds[] = {
    [YM_DEVICE_KIND_ROOT] = YM_ALLOWED_ROOT,
    [YM_DEVICE_KIND_ADMINISTRATOR] = YM_ALLOWED_ADMINISTRATOR,
    [YM_DEVICE_KIND_OFFICER] = officers,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].form == form)
      return device_kind < G_N_ELEMENTS (kinds) && (rules[i].insert & kinds[device_kind]) != 0;
  return FALSE;
}

gboolean
ym_authority_may_see (const YmActor *actor, YmClass record_class, YmScopeKind scope)
{
  gboolean of_home = actor->assigned || actor->expected || actor->supervises;

  switch (record_class)
    {
    case YM_CLASS_IDENTITY:
      return TRUE;
    case YM_CLASS_REFERENCE:
      return scope == YM_SCOPE_FORCE || of_home || actor->device_kind == YM_DEVICE_KIND_ADMINISTRATOR
             || actor->role == YM_ROLE_FORCE_LEAD;
    case YM_CLASS_ORDINARY:
      return of_home || actor->role == YM_ROLE_FORCE_LEAD;
    case YM_CLASS_CHILD:
      return of_home || ym_planted ("see-all");
    }
  return FALSE;
}
