/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The closed lists that fields choose from. */

#include "app/forms/choices.h"

#include <glib/gi18n-lib.h>

/* Where one English word needs two Welsh ones: keep the context before the word, for ym_label(). */
#undef NC_
#define NC_(context, text) context "\004" text

#define CHOICES(name, ...)                                                                                   \
  static const YmChoice name##_items[] = { __VA_ARGS__ };                                                    \
  const YmChoices name = { name##_items, G_N_ELEMENTS (name##_items) }

CHOICES (ym_choices_yes_no, { YM_YES, "yes", N_ ("Yes") }, { YM_NO, "no", N_ ("No") });

CHOICES (ym_choices_yes_no_not_known, { YM_YES, "yes", N_ ("Yes") }, { YM_NO, "no", N_ ("No") },
         { YM_NOT_KNOWN, "not_known", N_ ("Not known") });

CHOICES (ym_choices_language, { YM_LANGUAGE_EN, "en", N_ ("English") }, { YM_LANGUAGE_CY, "cy", N_ ("Welsh") });

CHOICES (ym_choices_home_status, { YM_HOME_OPEN, "open", N_ ("Open") },
         { YM_HOME_PAUSED, "paused", N_ ("Paused") }, { YM_HOME_CLOSED, "closed", N_ ("Closed") });

CHOICES (ym_choices_officer_role, { YM_ROLE_SUPERVISOR, "supervisor", N_ ("Supervisor") },
         { YM_ROLE_NAMED_OFFICER, "named_officer", N_ ("Named officer") },
         { YM_ROLE_DEPUTY, "deputy", N_ ("Deputy") },
         { YM_ROLE_FORCE_LEAD, "force_lead", N_ ("Force lead") },
         { YM_ROLE_ADMINISTRATOR, "administrator", N_ ("Administrator") });

CHOICES (ym_choices_assignment_role, { YM_ASSIGNMENT_NAMED, "named", N_ ("Named officer") },
         { YM_ASSIGNMENT_DEPUTY, "deputy", N_ ("Deputy") });

CHOICES (ym_choices_visit_place, { YM_PLACE_AT_HOME, "at_home", N_ ("At the home") },
         { YM_PLACE_AGREED, "agreed_place", N_ ("At an agreed place") });

CHOICES (ym_choices_who_decides, { 1, "manager", N_ ("The manager") },
         { 2, "senior_on_shift", N_ ("The senior on shift") }, { 3, "any_staff", N_ ("Any member of staff") },
         { 4, "not_known", N_ ("Not known") });

CHOICES (ym_choices_checks, { 1, "contacted_child", N_ ("Contacted the child") },
         { 2, "called_family", N_ ("Called family or friends") },
         { 3, "visited_places", N_ ("Visited known places") },
         { 4, "checked_room", N_ ("Checked what is missing from the room") }, { 5, "nothing", N_ ("Nothing") });

/* Numbers are those of the visit's sections. */
CHOICES (ym_choices_visit_sections, { 1, "staffing", N_ ("Staffing") }, { 2, "protocols", N_ ("Protocols") },
         { 3, "calls", N_ ("Calls") }, { 4, "children", N_ ("Children at risk") },
         { 5, "issues", N_ ("Issues") });

CHOICES (ym_choices_issue_category, { 1, "under_staffing", N_ ("Under-staffing") },
         { 2, "agency_reliance", N_ ("Agency reliance") }, { 3, "training", N_ ("Training") },
         { 4, "behaviour_management", N_ ("Behaviour management") },
         { 5, "missing_protocol", N_ ("Missing-from-home protocol") },
         { 6, "call_out_threshold", N_ ("Call-out threshold") },
         { 7, "who_decides_to_call", N_ ("Who decides to call") }, { 8, "restraint", N_ ("Restraint") },
         { YM_ISSUE_CALL_LOG_DISCREPANCY, "call_log_discrepancy", N_ ("Call log discrepancy") },
         { 10, "out_of_area_placements", N_ ("Out-of-area placements") }, { 11, "premises", N_ ("Premises") },
         { 12, "safeguarding", N_ ("Safeguarding") },
         { YM_ISSUE_GOOD_PRACTICE, "good_practice", N_ ("Good practice") }, { 14, "other", N_ ("Other") });

CHOICES (ym_choices_severity, { YM_SEVERITY_LOW, "low", N_ ("Low") },
         { YM_SEVERITY_MEDIUM, "medium", N_ ("Medium") }, { YM_SEVERITY_HIGH, "high", N_ ("High") });

CHOICES (ym_choices_owner, { YM_OWNER_HOME, "home", N_ ("The home") },
         { YM_OWNER_POLICE, "police", N_ ("The police") },
         { 3, "local_authority", N_ ("The local authority") },
         { 4, "youth_justice_service", N_ ("Youth Justice Service") },
         { 5, "ciw", N_ ("Care Inspectorate Wales (CIW)") });

CHOICES (ym_choices_issue_state, { YM_ISSUE_OPEN, "open", NC_ ("issue", "Open") },
         { YM_ISSUE_IN_PROGRESS, "in_progress", NC_ ("issue", "In progress") },
         { YM_ISSUE_RESOLVED, "resolved", NC_ ("issue", "Resolved") },
         { YM_ISSUE_ESCALATED, "escalated", NC_ ("issue", "Escalated") },
         { YM_ISSUE_REOPENED, "reopened", NC_ ("issue", "Reopened") });

CHOICES (ym_choices_contact_how, { 1, "phone", N_ ("By phone") }, { 2, "email", N_ ("By e-mail") },
         { 3, "video", N_ ("By video call") }, { 4, "other", N_ ("Otherwise") });

CHOICES (ym_choices_concern_category, { 1, "missing", N_ ("Going missing") },
         { 2, "sexual_exploitation", N_ ("Sexual exploitation") },
         { 3, "criminal_exploitation", N_ ("Criminal exploitation or county lines") },
         { 4, "self_harm", N_ ("Self-harm") },
         { 5, "back_home", N_ ("Trying to get back to the home area") }, { 6, "bullying", N_ ("Bullying") },
         { 7, "other", N_ ("Other") });

CHOICES (ym_choices_referral, { 1, "made", N_ ("Made") }, { 2, "not_needed", N_ ("Not needed") });

CHOICES (ym_choices_device_kind, { YM_DEVICE_KIND_ROOT, "root", N_ ("Root key") },
         { YM_DEVICE_KIND_ADMINISTRATOR, "administrator", N_ ("Administrator's tool") },
         { YM_DEVICE_KIND_OFFICER, "officer", N_ ("Officer's device") });

CHOICES (ym_choices_call_reason, { YM_CALL_REASON_MISSING, "missing", NC_ ("call", "Missing") },
         { 2, "assault_on_staff", N_ ("Assault on staff") }, { 3, "assault_on_resident", N_ ("Assault on a resident") },
         { 4, "criminal_damage", N_ ("Criminal damage") }, { 5, "theft", N_ ("Theft") }, { 6, "drugs", N_ ("Drugs") },
         { 7, "disorder", N_ ("Disorder") }, { 8, "safeguarding", N_ ("Safeguarding") },
         { 9, "collect_child", N_ ("To collect a child") }, { 10, "advice", N_ ("Advice") },
         { 11, "other", N_ ("Other") });

CHOICES (ym_choices_child_part, { 1, "missing", NC_ ("call", "Missing") }, { 2, "suspect", N_ ("Suspect") },
         { 3, "victim", N_ ("Victim") }, { 4, "witness", N_ ("Witness") }, { 5, "none", NC_ ("part", "None") });

CHOICES (ym_choices_done_before, { 1, "contacted_child", N_ ("Contacted the child") },
         { 2, "called_family", N_ ("Called family or friends") },
         { 3, "visited_places", N_ ("Visited known places") },
         { 4, "checked_room", N_ ("Checked what is missing from the room") }, { 5, "nothing", N_ ("Nothing") },
         { 6, "not_known", N_ ("Not known") });

CHOICES (ym_choices_appropriate, { YM_APPROPRIATE_YES, "yes", N_ ("Yes") }, { YM_APPROPRIATE_NO, "no", N_ ("No") },
         { YM_APPROPRIATE_UNDECIDED, "undecided", N_ ("Undecided") });

CHOICES (ym_choices_call_outcome, { 1, "advice", N_ ("Advice") }, { 2, "no_further_action", N_ ("No further action") },
         { 3, "community_resolution", N_ ("Community resolution") }, { 4, "outcome_21", N_ ("Outcome 21") },
         { 5, "outcome_22", N_ ("Outcome 22") }, { 6, "referral", N_ ("Referral") },
         { YM_CALL_OUTCOME_ARREST, "arrest", N_ ("Arrest") },
         { 8, "other", N_ ("Other") });

CHOICES (ym_choices_ethnicity, { 1, "asian", N_ ("Asian") }, { 2, "black", N_ ("Black") }, { 3, "mixed", N_ ("Mixed") },
         { 4, "white", N_ ("White") }, { 5, "other", N_ ("Another ethnic group") },
         { 6, "not_recorded", N_ ("Not recorded") });

CHOICES (ym_choices_gender, { 1, "female", N_ ("Female") }, { 2, "male", N_ ("Male") },
         { 3, "other", N_ ("Another gender") }, { 4, "not_recorded", N_ ("Not recorded") });

CHOICES (ym_choices_pair_mark, { YM_PAIR_JOINED, "joined", N_ ("Joined") }, { YM_PAIR_PARTED, "parted", N_ ("Parted") },
         { YM_PAIR_UNDONE, "undone", N_ ("Left to the rule again") });

CHOICES (ym_choices_arrest_outcome, { 1, "no_further_action", N_ ("No further action") },
         { 2, "community_resolution", N_ ("Community resolution") }, { 3, "outcome_21", N_ ("Outcome 21") },
         { 4, "outcome_22", N_ ("Outcome 22") }, { 5, "youth_caution", N_ ("Youth caution") },
         { 6, "charge", N_ ("Charge") }, { 7, "bail", N_ ("Bail, or released under investigation") },
         { 8, "other", N_ ("Other") });

CHOICES (ym_choices_arrest_side, { 1, "accused", N_ ("For the accused child") },
         { 2, "alleged_victim", N_ ("For the alleged victim") });

CHOICES (ym_choices_arrest_view_from, { 1, "social_worker", N_ ("Social worker") }, { 2, "counsellor", N_ ("Counsellor") },
         { 3, "mental_health", N_ ("Mental health service") },
         { 4, "youth_justice_service", N_ ("Youth Justice Service") }, { 5, "child", N_ ("The child") },
         { 6, "parent", N_ ("Parent or carer") }, { 7, "advocate", N_ ("Independent advocate") },
         { 8, "other", N_ ("Other") });

CHOICES (ym_choices_learning_topic, { 1, "calls", N_ ("Calls to the police") },
         { 2, "arrests", N_ ("Arrests and their alternatives") }, { 3, "missing", N_ ("Going missing") },
         { 4, "exploitation", N_ ("Exploitation") }, { 5, "behaviour", N_ ("Behaviour management") },
         { 6, "staff", N_ ("Staff and training") }, { 7, "working_together", N_ ("Working together") },
         { YM_LEARNING_GOOD_PRACTICE, "good_practice", N_ ("Good practice") }, { 9, "other", N_ ("Other") });

CHOICES (ym_choices_disclosed, { YM_DISCLOSED_VISIT_REPORT, "visit_report", N_ ("Visit report") },
         { YM_DISCLOSED_EVIDENCE, "evidence", N_ ("Signed evidence of a visit") },
         { YM_DISCLOSED_OTHER, "other", N_ ("Other") }, { YM_DISCLOSED_LOG, "log", N_ ("Log of an officer's acts") });

CHOICES (ym_choices_audience, { YM_AUDIENCE_FILE, "file", N_ ("For the file") },
         { YM_AUDIENCE_HOME, "home", N_ ("For the home") });

CHOICES (ym_choices_consultation_why, { 1, "visit", N_ ("To prepare a visit") },
         { 2, "safeguarding", N_ ("To keep the child safe now") },
         { 3, "missing", N_ ("The child is missing, or has come back") },
         { 4, "review", N_ ("To review what is recorded") }, { 5, "partner", N_ ("A partner has asked") },
         { 6, "supervision", N_ ("To supervise the work") }, { YM_WHY_OTHER, "other", N_ ("Another reason") });

CHOICES (ym_choices_partner_kind, { 1, "social_services_out_of_hours", N_ ("Social services, out of hours") },
         { 2, "social_services", N_ ("Social services") }, { 3, "youth_justice", N_ ("Youth Justice Service") },
         { 4, "camhs", N_ ("Mental health (CAMHS)") }, { 5, "advocate", N_ ("Independent advocates") },
         { 6, "missing", N_ ("Return home interviews") }, { 7, "inspectorate", N_ ("Inspectorate") },
         { 8, "other", N_ ("Other") });

CHOICES (ym_choices_plan_state, { YM_PLAN_OPEN, "planned", NC_ ("visit", "Planned") },
         { YM_PLAN_HELD, "held", NC_ ("visit", "Took place") },
         { YM_PLAN_NOT_HELD, "not_held", NC_ ("visit", "Could not take place") });

CHOICES (ym_choices_why_not, { 1, "nobody_in", N_ ("Nobody was there") },
         { 2, "home_asked", N_ ("The home asked for another day") }, { 3, "incident", N_ ("Called to an incident") },
         { 4, "officer_away", N_ ("Officer ill or away") }, { 5, "no_transport", N_ ("No vehicle, or the weather") },
         { 6, "other", N_ ("Other") });

CHOICES (ym_choices_inspection_state, { 1, "triggered", N_ ("Triggered") }, { 2, "ciw_told", N_ ("CIW told") },
         { 3, "date_agreed", NC_ ("inspection", "Date agreed") }, { 4, "held", NC_ ("inspection", "Held") },
         { 5, "actions_closed", N_ ("Actions closed") });

const YmChoice *
ym_choices_by_number (const YmChoices *choices, gint64 number)
{
  for (guint i = 0; i < choices->n_items; i++)
    if (choices->items[i].number == number)
      return &choices->items[i];
  return NULL;
}

const YmChoice *
ym_choices_by_code (const YmChoices *choices, const char *code)
{
  for (guint i = 0; i < choices->n_items; i++)
    if (g_str_equal (choices->items[i].code, code))
      return &choices->items[i];
  return NULL;
}
