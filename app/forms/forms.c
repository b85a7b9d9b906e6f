/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every record type as one table: from here come the columns, the checks, the screens and the wire. */

#include "app/forms/fields.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FIELD(constant, id, name, kind, label, ...) { constant, name, YM_FIELD_##kind, label, __VA_ARGS__ },

static const YmField home_fields[] = {
#include "app/forms/fields/home.h"
};
static const YmField officer_fields[] = {
#include "app/forms/fields/officer.h"
};
static const YmField assignment_fields[] = {
#include "app/forms/fields/assignment.h"
};
static const YmField visit_fields[] = {
#include "app/forms/fields/visit.h"
};
static const YmField person_met_fields[] = {
#include "app/forms/fields/person-met.h"
};
static const YmField placement_fields[] = {
#include "app/forms/fields/placement.h"
};
static const YmField child_conversation_fields[] = {
#include "app/forms/fields/child-conversation.h"
};
static const YmField child_concern_fields[] = {
#include "app/forms/fields/child-concern.h"
};
static const YmField issue_fields[] = {
#include "app/forms/fields/issue.h"
};
static const YmField issue_update_fields[] = {
#include "app/forms/fields/issue-update.h"
};
static const YmField action_fields[] = {
#include "app/forms/fields/action.h"
#include "app/forms/fields/action-what.h"
};
static const YmField contact_fields[] = {
#include "app/forms/fields/contact.h"
};
static const YmField addendum_fields[] = {
#include "app/forms/fields/addendum.h"
};
static const YmField home_facts_fields[] = {
#include "app/forms/fields/home-facts.h"
};
static const YmField call_fields[] = {
#include "app/forms/fields/call.h"
#include "app/forms/fields/call-facts.h"
};
static const YmField home_log_entry_fields[] = {
#include "app/forms/fields/home-log-entry.h"
#include "app/forms/fields/home-log-note.h"
};
static const YmField reconciliation_fields[] = {
#include "app/forms/fields/reconciliation.h"
};
static const YmField reconciliation_pair_fields[] = {
#include "app/forms/fields/reconciliation-pair.h"
};
static const YmField joint_inspection_fields[] = {
#include "app/forms/fields/joint-inspection.h"
};
static const YmField monthly_figures_fields[] = {
#include "app/forms/fields/monthly-figures.h"
#include "app/forms/fields/monthly-note.h"
};
static const YmField call_review_fields[] = {
#include "app/forms/fields/call-review.h"
#include "app/forms/fields/call-facts.h"
#include "app/forms/fields/call-classification.h"
};
static const YmField imported_log_entry_fields[] = {
#include "app/forms/fields/home-log-entry.h"
};
static const YmField issued_return_fields[] = {
#include "app/forms/fields/issued-return.h"
};
static const YmField issued_return_part_fields[] = {
#include "app/forms/fields/issued-return-part.h"
};
static const YmField imported_figures_fields[] = {
#include "app/forms/fields/monthly-figures.h"
};
static const YmField inspection_action_fields[] = {
#include "app/forms/fields/inspection-action.h"
#include "app/forms/fields/action-what.h"
};
static const YmField force_setting_fields[] = {
#include "app/forms/fields/force-setting.h"
};
static const YmField arrest_review_fields[] = {
#include "app/forms/fields/arrest-review.h"
};
static const YmField arrest_view_fields[] = {
#include "app/forms/fields/arrest-view.h"
};
static const YmField debrief_fields[] = {
#include "app/forms/fields/debrief.h"
};
static const YmField learning_note_fields[] = {
#include "app/forms/fields/learning-note.h"
};
static const YmField disclosure_fields[] = {
#include "app/forms/fields/disclosure.h"
};
static const YmField consultation_fields[] = {
#include "app/forms/fields/consultation.h"
};
static const YmField partner_fields[] = {
#include "app/forms/fields/partner.h"
};
static const YmField planned_visit_fields[] = {
#include "app/forms/fields/planned-visit.h"
};
static const YmField force_fields[] = {
#include "app/forms/fields/force.h"
};
static const YmField device_fields[] = {
#include "app/forms/fields/device.h"
};
static const YmField server_fields[] = {
#include "app/forms/fields/server.h"
};
static const YmField revocation_fields[] = {
#include "app/forms/fields/revocation.h"
};
static const YmField escrow_opening_fields[] = {
#include "app/forms/fields/escrow-opening.h"
};

/* The order is that of the screen; the numbers are stored. */
static const YmSection visit_sections[] = {
  { 7, "where", N_ ("Where and who"), FALSE },
  { 1, "staffing", N_ ("Staffing"), TRUE },
  { 2, "protocols", N_ ("Protocols"), TRUE },
  { 3, "calls", N_ ("Calls"), TRUE },
  { 4, "children", N_ ("Children at risk"), TRUE },
  { 5, "issues", N_ ("Issues"), TRUE },
  { 6, "notes", N_ ("Notes and next visit"), FALSE },
};

#define FORM(type, table, name, label, class_, scope_, ...)                                                  \
  static const YmForm form_##table                                                                           \
      = { type, name, label, class_, scope_, table##_fields, G_N_ELEMENTS (table##_fields), __VA_ARGS__ }

FORM (YM_FORM_HOME, home, "home", N_ ("Home"), YM_CLASS_REFERENCE, YM_SCOPE_HOME,
      .key = { YM_HOME_REGISTRATION_NO });
FORM (YM_FORM_OFFICER, officer, "officer", N_ ("Officer"), YM_CLASS_REFERENCE, YM_SCOPE_FORCE,
      .key = { YM_OFFICER_COLLAR_NO });
FORM (YM_FORM_ASSIGNMENT, assignment, "assignment", N_ ("Assignment"), YM_CLASS_REFERENCE, YM_SCOPE_HOME,
      .key = { YM_ASSIGNMENT_HOME, YM_ASSIGNMENT_OFFICER, YM_ASSIGNMENT_ROLE, YM_ASSIGNMENT_FROM_DATE });
FORM (YM_FORM_VISIT, visit, "visit", N_ ("Visit"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, .fixed = TRUE,
      .sections = visit_sections, .n_sections = G_N_ELEMENTS (visit_sections));
FORM (YM_FORM_PERSON_MET, person_met, "person_met", N_ ("Person met"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, .fixed = TRUE,
      .rows_of = YM_FORM_VISIT, .parent_field = YM_PERSON_MET_VISIT, .rows_section = 7);
FORM (YM_FORM_PLACEMENT, placement, "placement", N_ ("Out-of-area placement"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, .fixed = TRUE, .rows_of = YM_FORM_VISIT, .parent_field = YM_PLACEMENT_VISIT, .rows_section = 4);
FORM (YM_FORM_CHILD_CONVERSATION, child_conversation, "child_conversation", N_ ("Conversation with a child"),
      YM_CLASS_CHILD, YM_SCOPE_HOME, .fixed = TRUE, .rows_of = YM_FORM_VISIT, .parent_field = YM_CHILD_CONVERSATION_VISIT,
      .rows_section = 7);
FORM (YM_FORM_CHILD_CONCERN, child_concern, "child_concern", N_ ("Child at risk"), YM_CLASS_CHILD, YM_SCOPE_HOME,
      .rows_of = YM_FORM_VISIT, .parent_field = YM_CHILD_CONCERN_VISIT, .rows_section = 4);
FORM (YM_FORM_ISSUE, issue, "issue", N_ ("Issue"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, );
FORM (YM_FORM_ISSUE_UPDATE, issue_update, "issue_update", N_ ("Issue update"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, .fixed = TRUE);
FORM (YM_FORM_ACTION, action, "action", N_ ("Action"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, );
FORM (YM_FORM_CONTACT, contact, "contact", N_ ("Contact"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, );
FORM (YM_FORM_ADDENDUM, addendum, "addendum", N_ ("Addendum"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, .fixed = TRUE);
FORM (YM_FORM_HOME_FACTS, home_facts, "home_facts", N_ ("Facts about the home"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, .key = { YM_HOME_FACTS_HOME });
FORM (YM_FORM_CALL, call, "call", N_ ("Call from a home"), YM_CLASS_REFERENCE, YM_SCOPE_HOME,
      .key = { YM_CALL_INCIDENT_REF });
FORM (YM_FORM_HOME_LOG_ENTRY, home_log_entry, "home_log_entry", N_ ("Entry in the home's log"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, );
FORM (YM_FORM_RECONCILIATION, reconciliation, "reconciliation", N_ ("Reconciliation"), YM_CLASS_ORDINARY, YM_SCOPE_HOME,
      .fixed = TRUE);
FORM (YM_FORM_RECONCILIATION_PAIR, reconciliation_pair, "reconciliation_pair", N_ ("Pair by hand"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, .fixed = TRUE);
FORM (YM_FORM_JOINT_INSPECTION, joint_inspection, "joint_inspection", N_ ("Joint inspection"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, .key = { YM_JOINT_INSPECTION_HOME, YM_JOINT_INSPECTION_MONTH });
FORM (YM_FORM_MONTHLY_FIGURES, monthly_figures, "monthly_figures", N_ ("Monthly figures"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, .key = { YM_MONTHLY_FIGURES_HOME, YM_MONTHLY_FIGURES_MONTH });
FORM (YM_FORM_CALL_REVIEW, call_review, "call_review", N_ ("Call, as officers see it"), YM_CLASS_ORDINARY,
      YM_SCOPE_HOME, );
FORM (YM_FORM_IMPORTED_LOG_ENTRY, imported_log_entry, "imported_log_entry", N_ ("Entry in the home's log, imported"),
      YM_CLASS_REFERENCE, YM_SCOPE_HOME,
      .key = { YM_HOME_LOG_ENTRY_HOME, YM_HOME_LOG_ENTRY_LOGGED_AT, YM_HOME_LOG_ENTRY_REASON,
               YM_HOME_LOG_ENTRY_ENTRY_NO });
FORM (YM_FORM_ISSUED_RETURN, issued_return, "issued_return", N_ ("Issued return"), YM_CLASS_ORDINARY, YM_SCOPE_FORCE,
      .fixed = TRUE);
FORM (YM_FORM_ISSUED_RETURN_PART, issued_return_part, "issued_return_part", N_ ("Part of an issued return"),
      YM_CLASS_ORDINARY, YM_SCOPE_FORCE, .fixed = TRUE);
FORM (YM_FORM_IMPORTED_FIGURES, imported_figures, "imported_figures", N_ ("Monthly figures, imported"),
      YM_CLASS_REFERENCE, YM_SCOPE_HOME, .key = { YM_MONTHLY_FIGURES_HOME, YM_MONTHLY_FIGURES_MONTH });
FORM (YM_FORM_INSPECTION_ACTION, inspection_action, "inspection_action", N_ ("Action after a joint inspection"),
      YM_CLASS_ORDINARY, YM_SCOPE_HOME, );
FORM (YM_FORM_FORCE_SETTING, force_setting, "force_setting", N_ ("Setting of the force"), YM_CLASS_REFERENCE,
      YM_SCOPE_FORCE, .key = { YM_FORCE_SETTING_NAME });
FORM (YM_FORM_ARREST_REVIEW, arrest_review, "arrest_review", N_ ("Arrest review"), YM_CLASS_CHILD, YM_SCOPE_HOME, );
FORM (YM_FORM_ARREST_VIEW, arrest_view, "arrest_view", N_ ("View on an arrest"), YM_CLASS_CHILD, YM_SCOPE_HOME, );
FORM (YM_FORM_DEBRIEF, debrief, "debrief", N_ ("Debrief"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, );
/* Reference data of the force, because everybody reads it and it is about nobody. */
FORM (YM_FORM_LEARNING_NOTE, learning_note, "learning_note", N_ ("Learning note"), YM_CLASS_REFERENCE, YM_SCOPE_FORCE,
      .fixed = TRUE);
FORM (YM_FORM_DISCLOSURE, disclosure, "disclosure", N_ ("Disclosure"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, .fixed = TRUE);
FORM (YM_FORM_CONSULTATION, consultation, "consultation", N_ ("Consultation"), YM_CLASS_CHILD, YM_SCOPE_HOME,
      .fixed = TRUE);
FORM (YM_FORM_PARTNER, partner, "partner", N_ ("Partner"), YM_CLASS_REFERENCE, YM_SCOPE_FORCE,
      .key = { YM_PARTNER_NAME, YM_PARTNER_KIND, YM_PARTNER_LOCAL_AUTHORITY });
FORM (YM_FORM_PLANNED_VISIT, planned_visit, "planned_visit", N_ ("Planned visit"), YM_CLASS_ORDINARY, YM_SCOPE_HOME, );
FORM (YM_FORM_FORCE, force, "force", N_ ("Force"), YM_CLASS_IDENTITY, YM_SCOPE_FORCE, );
FORM (YM_FORM_DEVICE, device, "device", N_ ("Device"), YM_CLASS_IDENTITY, YM_SCOPE_FORCE, .fixed = TRUE);
FORM (YM_FORM_SERVER, server, "server", N_ ("Server"), YM_CLASS_IDENTITY, YM_SCOPE_FORCE, );
FORM (YM_FORM_REVOCATION, revocation, "revocation", N_ ("Revocation"), YM_CLASS_IDENTITY, YM_SCOPE_FORCE, .fixed = TRUE);
/* Reference data of the force, so that its officer hears of it whatever home they have. */
FORM (YM_FORM_ESCROW_OPENING, escrow_opening, "escrow_opening", N_ ("Opening of a locked device"), YM_CLASS_REFERENCE,
      YM_SCOPE_FORCE, .fixed = TRUE);

static const YmForm *const forms[] = {
  &form_home, &form_officer, &form_assignment, &form_visit, &form_person_met, &form_placement,
  &form_child_conversation, &form_child_concern, &form_issue, &form_issue_update, &form_action, &form_contact,
  &form_addendum, &form_home_facts, &form_call, &form_home_log_entry, &form_reconciliation,
  &form_reconciliation_pair, &form_joint_inspection, &form_monthly_figures, &form_call_review,
  &form_imported_log_entry, &form_issued_return, &form_issued_return_part, &form_imported_figures,
  &form_inspection_action, &form_force_setting, &form_arrest_review, &form_arrest_view, &form_debrief,
  &form_learning_note, &form_disclosure, &form_consultation, &form_partner, &form_planned_visit, &form_force,
  &form_device, &form_server, &form_revocation,
  &form_escrow_opening,
};

const YmForm *const *
ym_forms (guint *n_forms)
{
  *n_forms = G_N_ELEMENTS (forms);
  return forms;
}

const YmForm *
ym_form (guint id)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (forms[i]->id == id)
      return forms[i];
  return NULL;
}

const YmForm *
ym_form_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i]->name, name))
      return forms[i];
  return NULL;
}

int
ym_form_field_index (const YmForm *form, guint field_id)
{
  for (guint i = 0; i < form->n_fields; i++)
    if (form->fields[i].id == field_id)
      return (int) i;
  return -1;
}

const YmField *
ym_form_field (const YmForm *form, guint field_id)
{
  int index = ym_form_field_index (form, field_id);

  return index < 0 ? NULL : &form->fields[index];
}

const YmField *
ym_form_field_by_name (const YmForm *form, const char *name)
{
  for (guint i = 0; i < form->n_fields; i++)
    if (g_str_equal (form->fields[i].name, name))
      return &form->fields[i];
  return NULL;
}

const YmField *
ym_form_moment (const YmForm *form)
{
  for (guint i = 0; i < form->n_fields; i++)
    if ((form->fields[i].flags & YM_FIELD_MOMENT) != 0)
      return &form->fields[i];
  return NULL;
}

const YmSection *
ym_form_section (const YmForm *form, guint number)
{
  for (guint i = 0; i < form->n_sections; i++)
    if (form->sections[i].number == number)
      return &form->sections[i];
  return NULL;
}

const char *
ym_label (const char *label)
{
  const char *text = strchr (label, '\004');

  return text == NULL ? g_dgettext (GETTEXT_PACKAGE, label)
                      : g_dpgettext (GETTEXT_PACKAGE, label, (gsize) (text + 1 - label));
}
