/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls, the home's log, reconciliation and joint inspections as an officer meets them (R4 to R6). */

#include <json-glib/json-glib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/homes.h"
#include "app/notebook/inspections.h"
#include "app/notebook/reconciliation.h"
#include "app/notebook/save.h"
#include "tests/notebook/demo.h"

static JsonObject *
read_expected (JsonParser *parser)
{
  g_autofree char *path = g_build_filename (g_getenv ("YM_SOURCE_ROOT"), "data", "demo-force", "expected.json", NULL);
  g_autoptr (GError) error = NULL;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

/* Broken: what the tablet shows of a home's calls is not what the control room recorded. */
static void
test_demo_months (Demo *demo, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *expected = json_object_get_object_member (read_expected (parser), "calls_by_month");
  g_autoptr (GList) homes = json_object_get_members (expected);
  guint n_compared = 0;

  demo_import_all (demo);
  demo_import (demo, "call", "calls.csv"); /* repeats make nothing */
  g_assert_cmpint (test_count (demo->journal, "SELECT count(*) FROM call"), ==, 537);
  for (GList *home = homes; home != NULL; home = home->next)
    for (YmMonth month = demo_month ("2025-12"); month <= demo_month ("2026-10"); month++)
      {
        JsonObject *months = json_object_get_object_member (expected, home->data);
        g_autofree char *name = ym_month_to_string (month);
        gint64 wanted = json_object_has_member (months, name) ? json_object_get_int_member (months, name) : 0;
        YmId id = demo_home (demo, home->data);
        YmPeriod period = ym_period_of_month (month);
        g_autoptr (GError) error = NULL;
        g_autoptr (GPtrArray) calls = ym_calls_list (&demo->desk, &id, &period, &error);
        guint count;

        test_succeeds (ym_calls_count (&demo->desk, &id, &period, &count, &error), error);
        g_assert_cmpint (count, ==, wanted);
        g_assert_cmpuint (calls->len, ==, count);
        n_compared += count;
      }
  g_assert_cmpuint (n_compared, ==, 537);
}

/* Broken: CIW is told of an inspection that the rule does not raise, or not of one that it does. */
static void
test_demo_triggers (Demo *demo, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *expected = json_object_get_array_member (read_expected (parser), "triggers");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) inspections = NULL;

  demo_import_all (demo);
  inspections = ym_inspections_list (&demo->desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (inspections->len, ==, json_array_get_length (expected));
  for (guint i = 0; i < inspections->len; i++)
    {
      JsonObject *wanted = json_array_get_object_element (expected, i);
      YmId home = demo_home (demo, json_object_get_string_member (wanted, "registration_no"));
      g_autoptr (YmInspection) inspection = ym_inspection_load (
          &demo->desk, &home, demo_month (json_object_get_string_member (wanted, "month")), &error);

      g_assert_no_error (error);
      g_assert_cmpint (inspection->state, ==, YM_INSPECTION_TRIGGERED);
      g_assert_cmpstr (inspection->third_ref, ==, json_object_get_string_member (wanted, "third_call"));
    }
}

/* Broken: the figure that an officer puts before a home's manager is wrong. */
static void
test_demo_reconciliation (Demo *demo, gconstpointer data)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = read_expected (parser);
  JsonObject *expected = json_object_get_object_member (root, "reconciliation");
  g_autoptr (GList) homes = json_object_get_members (expected);
  const YmPeriod period = { demo_day ("2026-01-01"), demo_day ("2026-09-30") };

  demo_import_all (demo);
  g_assert_cmpuint (g_list_length (homes), ==, 24);
  for (GList *home = homes; home != NULL; home = home->next)
    {
      JsonObject *wanted = json_object_get_object_member (expected, home->data);
      YmId id = demo_home (demo, home->data);
      g_autoptr (GError) error = NULL;
      g_autoptr (YmHomeReconciliation) result = ym_home_reconcile (
          &demo->desk, &id, &period, (int) json_object_get_int_member (root, "tolerance_minutes"), &error);

      g_assert_no_error (error);
      g_assert_cmpint (ym_home_reconciliation_n_police (result), ==, json_object_get_int_member (wanted, "police"));
      g_assert_cmpint (ym_home_reconciliation_n_home (result), ==, json_object_get_int_member (wanted, "home"));
      g_assert_cmpint (result->both->len, ==, json_object_get_int_member (wanted, "both"));
      g_assert_cmpint (result->only_police->len, ==, json_object_get_int_member (wanted, "only_police"));
      g_assert_cmpint (result->only_home->len, ==, json_object_get_int_member (wanted, "only_home"));
      g_assert_cmpint (result->minutes_apart, ==, json_object_get_int_member (wanted, "minutes_apart"));
      g_assert_cmpint (result->discrepancy_percent, ==, json_object_get_int_member (wanted, "discrepancy_percent"));
    }
}

/* Broken: a call in the night of a month's end counts for the wrong month. */
static void
test_month_ends_in_london (Demo *demo, gconstpointer data)
{
  static const struct {
    const char *month;
    guint calls;
  } cases[] = { { "2026-02", 0 }, { "2026-03", 3 }, { "2026-04", 1 }, { "2026-10", 3 }, { "2026-11", 1 } };

  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,reason\n"
                    "A1,W1,2026-03-01T00:00+00:00,missing\n"
                    "A2,W1,2026-03-29T00:59+00:00,missing\n"
                    "A3,W1,2026-03-29T02:00+01:00,missing\n"
                    "A4,W1,2026-03-31T23:30+00:00,missing\n"
                    "B1,W1,2026-10-25T01:30+01:00,missing\n"
                    "B2,W1,2026-10-25T01:30+00:00,missing\n"
                    "B3,W1,2026-10-31T23:59+00:00,missing\n"
                    "B4,W1,2026-11-01T00:00+00:00,missing\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmPeriod period = ym_period_of_month (demo_month (cases[i].month));
      g_autoptr (GError) error = NULL;
      guint count;

      test_succeeds (ym_calls_count (&demo->desk, &demo->force.home_1, &period, &count, &error), error);
      g_assert_cmpuint (count, ==, cases[i].calls);
    }
}

static const char two_calls[] = "incident_ref,registration_no,received_at,reason,attended\n"
                                "R1,W1,2026-03-02T10:00+00:00,missing,yes\n"
                                "R2,W1,2026-03-09T11:00+00:00,theft,no\n";

static YmInspection *
load_march (Demo *demo)
{
  g_autoptr (GError) error = NULL;
  YmInspection *inspection = ym_inspection_load (&demo->desk, &demo->force.home_1, demo_month ("2026-03"), &error);

  g_assert_no_error (error);
  return inspection;
}

static void
assert_march (Demo *demo, YmInspectionState state, guint n_calls)
{
  g_autoptr (YmInspection) inspection = load_march (demo);

  g_assert_cmpint (inspection->state, ==, state);
  g_assert_cmpuint (inspection->n_calls, ==, n_calls);
}

/* Takes the inspection of March to @state, saying @day and @text where the state asks for them. */
static gboolean
step (Demo *demo, YmInspectionState state, guint day_field, guint text_field, GError **error)
{
  g_autoptr (YmInspection) inspection = load_march (demo);
  g_autoptr (YmRecord) handling = ym_inspection_handling_begin (&demo->desk, inspection);

  ym_record_set_integer (handling, YM_JOINT_INSPECTION_STATE, state);
  if (day_field != 0)
    ym_record_set_integer (handling, day_field, demo_day ("2026-04-02"));
  if (text_field != 0)
    ym_record_set_text (handling, text_field, "Sgt C. Griffiths; A. Rees (CIW)");
  return ym_inspection_save (&demo->desk, handling, error);
}

/* Broken: a late call raises no inspection, or a corrected one keeps alive what never was. */
static void
test_trigger_follows_corrections (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  demo_import_text (demo, "call", two_calls);
  assert_march (demo, YM_INSPECTION_NONE, 2);
  g_assert_false (step (demo, YM_INSPECTION_TRIGGERED, 0, 0, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,reason\nR0,W1,2026-03-01T09:00+00:00,missing\n");
  assert_march (demo, YM_INSPECTION_TRIGGERED, 3);
  test_succeeds (step (demo, YM_INSPECTION_TRIGGERED, 0, 0, &error), error);
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at,withdrawn\nR1,W1,2026-03-02T10:00+00:00,yes\n");
  assert_march (demo, YM_INSPECTION_WITHDRAWN, 2);
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at,withdrawn\nR1,W1,2026-03-02T10:00+00:00,no\n");
  assert_march (demo, YM_INSPECTION_TRIGGERED, 3);
  /* Corrected into another month. */
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at\nR1,W1,2026-02-28T10:00+00:00\n");
  assert_march (demo, YM_INSPECTION_WITHDRAWN, 2);
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at\nR1,W1,2026-03-02T10:00+00:00\n");
  test_succeeds (step (demo, YM_INSPECTION_CIW_TOLD, YM_JOINT_INSPECTION_CIW_TOLD_ON, 0, &error), error);
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at,withdrawn\nR1,W1,2026-03-02T10:00+00:00,yes\n");
  assert_march (demo, YM_INSPECTION_CIW_TOLD, 2);
}

/* Broken: an inspection is called held without a day, skips a step, or is closed while something is still to do. */
static void
test_inspection_steps (Demo *demo, gconstpointer data)
{
  const struct {
    YmInspectionState state;
    guint day, text;
    gboolean fine;
  } cases[] = {
    { YM_INSPECTION_HELD, YM_JOINT_INSPECTION_HELD_ON, YM_JOINT_INSPECTION_PARTICIPANTS, FALSE },
    { YM_INSPECTION_CIW_TOLD, 0, 0, FALSE },
    { YM_INSPECTION_CIW_TOLD, YM_JOINT_INSPECTION_CIW_TOLD_ON, 0, TRUE },
    { YM_INSPECTION_DATE_AGREED, 0, 0, FALSE },
    { YM_INSPECTION_DATE_AGREED, YM_JOINT_INSPECTION_AGREED_FOR, 0, TRUE },
    { YM_INSPECTION_CIW_TOLD, 0, 0, TRUE },
    { YM_INSPECTION_DATE_AGREED, 0, 0, TRUE },
    { YM_INSPECTION_HELD, YM_JOINT_INSPECTION_HELD_ON, 0, FALSE },
    { YM_INSPECTION_HELD, YM_JOINT_INSPECTION_HELD_ON, YM_JOINT_INSPECTION_PARTICIPANTS, TRUE },
    { YM_INSPECTION_CIW_TOLD, 0, 0, FALSE },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmInspection) inspection = NULL;
  g_autoptr (YmRecord) action = NULL;
  g_autoptr (YmRecord) done = NULL;

  demo_import_text (demo, "call", two_calls);
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at\nR0,W1,2026-03-01T09:00+00:00\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_error (&error);
      g_test_message ("case %u", i);
      g_assert_cmpint (step (demo, cases[i].state, cases[i].day, cases[i].text, &error), ==, cases[i].fine);
    }
  g_clear_error (&error);
  inspection = load_march (demo);
  g_assert_nonnull (ym_inspection_next (inspection->state));
  action = ym_inspection_action_begin (&demo->desk, inspection->handling);
  ym_record_set_text (action, YM_ACTION_WHAT, "Behaviour policy says who may call");
  ym_record_set_integer (action, YM_ACTION_OWNER, YM_OWNER_HOME);
  ym_record_set_integer (action, YM_ACTION_DUE_ON, demo_day ("2026-05-01"));
  test_succeeds (ym_desk_save (&demo->desk, "inspection.action", NULL, action, &error), error);
  g_assert_false (step (demo, YM_INSPECTION_ACTIONS_CLOSED, YM_JOINT_INSPECTION_CLOSED_ON, 0, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  done = ym_record_copy (action);
  ym_record_set_integer (done, YM_ACTION_DONE_ON, demo_day ("2026-04-20"));
  test_succeeds (ym_desk_save (&demo->desk, "inspection.action", action, done, &error), error);
  test_succeeds (step (demo, YM_INSPECTION_ACTIONS_CLOSED, YM_JOINT_INSPECTION_CLOSED_ON, 0, &error), error);
  assert_march (demo, YM_INSPECTION_ACTIONS_CLOSED, 3);
  g_assert_null (ym_inspection_next (YM_INSPECTION_ACTIONS_CLOSED));
}

/* Broken: the force set another threshold and homes are judged by the old one. */
static void
test_threshold_is_the_forces (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmHomeSummary) summary = NULL;

  demo_import_text (demo, "call", two_calls);
  demo_import_text (demo, "force_setting", "name,value\ntrigger_threshold,2\n");
  assert_march (demo, YM_INSPECTION_TRIGGERED, 2);
  demo->force.world.wall_us = demo_at ("2026-03-20T12:00+00:00");
  summary = ym_home_load (&demo->desk, &demo->force.home_1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary->calls_this_month, ==, 2);
  g_assert_cmpuint (summary->call_threshold, ==, 2);
}

static GPtrArray *
calls_of_march (Demo *demo)
{
  YmPeriod march = ym_period_of_month (demo_month ("2026-03"));
  g_autoptr (GError) error = NULL;
  GPtrArray *calls = ym_calls_list (&demo->desk, &demo->force.home_1, &march, &error);

  g_assert_no_error (error);
  return calls;
}

/* Broken: an officer's judgement is lost when the control room corrects a call, or hides its correction. */
static void
test_review_lies_over_the_call (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (YmRecord) review = NULL;
  const YmCall *call;

  demo_import_text (demo, "call", two_calls);
  calls = calls_of_march (demo);
  review = ym_call_review_begin (g_ptr_array_index (calls, 0));
  ym_record_set_integer (review, YM_CALL_APPROPRIATE, YM_APPROPRIATE_NO);
  g_assert_false (ym_call_review_save (&demo->desk, review, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  ym_record_set_text (review, YM_CALL_REVIEW_APPROPRIATE_WHY, "Back within the hour, as agreed in the plan");
  ym_record_set_integer (review, YM_CALL_REASON, 8);
  test_succeeds (ym_call_review_save (&demo->desk, review, &error), error);
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,attended,outcome\nR1,W1,2026-03-02T10:30+00:00,no,advice\n");
  g_ptr_array_unref (calls);
  calls = calls_of_march (demo);
  g_assert_cmpuint (calls->len, ==, 2);
  call = g_ptr_array_index (calls, 0);
  g_assert_cmpint (call->received_at_us, ==, demo_at ("2026-03-02T10:30+00:00"));
  g_assert_cmpint (ym_call_answer (call, YM_CALL_REASON), ==, 8);
  g_assert_cmpint (ym_call_answer (call, YM_CALL_ATTENDED), ==, YM_NO);
  g_assert_cmpint (ym_call_answer (call, YM_CALL_APPROPRIATE), ==, YM_APPROPRIATE_NO);
  g_assert_cmpint (ym_call_answer (call, YM_CALL_OUTCOME), ==, 1);
  g_assert_cmpint (ym_call_answer (call, YM_CALL_CHILD_PART), ==, 0);
}

/* Broken: a call that was typed and then sent by the control room counts twice and raises an inspection. */
static void
test_typed_call_meets_its_export (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) typed = ym_call_type_begin (&demo->desk, &demo->force.home_1);
  g_autoptr (YmRecord) other = ym_call_type_begin (&demo->desk, &demo->force.home_1);
  g_autoptr (GPtrArray) calls = NULL;

  g_assert_false (ym_call_review_save (&demo->desk, typed, &error));
  g_clear_error (&error);
  ym_record_set_integer (typed, YM_CALL_REVIEW_RECEIVED_AT, demo_at ("2026-03-02T09:45+00:00"));
  ym_record_set_integer (typed, YM_CALL_REASON, YM_CALL_REASON_MISSING);
  test_succeeds (ym_call_review_save (&demo->desk, typed, &error), error);
  ym_record_set_integer (other, YM_CALL_REVIEW_RECEIVED_AT, demo_at ("2026-03-05T12:00+00:00"));
  ym_record_set_integer (other, YM_CALL_REASON, 10);
  test_succeeds (ym_call_review_save (&demo->desk, other, &error), error);
  assert_march (demo, YM_INSPECTION_NONE, 2);
  /* The reference becomes known: the same call, under the name that follows from it. */
  ym_record_set_text (typed, YM_CALL_REVIEW_INCIDENT_REF, "R1");
  test_succeeds (ym_call_review_save (&demo->desk, typed, &error), error);
  assert_march (demo, YM_INSPECTION_NONE, 2);
  demo_import_text (demo, "call", two_calls);
  assert_march (demo, YM_INSPECTION_TRIGGERED, 3);
  calls = calls_of_march (demo);
  g_assert_cmpint (((YmCall *) g_ptr_array_index (calls, 0))->received_at_us, ==, demo_at ("2026-03-02T10:00+00:00"));
  g_assert_nonnull (((YmCall *) g_ptr_array_index (calls, 0))->review);
  g_assert_null (((YmCall *) g_ptr_array_index (calls, 1))->call);
  /* An officer withdraws what an officer typed, and never what the control room recorded. */
  ym_record_set_integer (other, YM_CALL_REVIEW_WITHDRAWN, YM_YES);
  test_succeeds (ym_call_review_save (&demo->desk, other, &error), error);
  assert_march (demo, YM_INSPECTION_NONE, 2);
  ym_record_set_integer (typed, YM_CALL_REVIEW_WITHDRAWN, YM_YES);
  g_assert_false (ym_call_review_save (&demo->desk, typed, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

static void
type_entry (Demo *demo, const char *at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) entry = ym_home_log_begin (&demo->desk, &demo->force.home_1, NULL);

  ym_record_set_integer (entry, YM_HOME_LOG_ENTRY_LOGGED_AT, demo_at (at));
  ym_record_set_integer (entry, YM_HOME_LOG_ENTRY_REASON, YM_CALL_REASON_MISSING);
  test_succeeds (ym_home_log_save (&demo->desk, NULL, entry, &error), error);
}

static YmHomeReconciliation *
reconcile (Demo *demo, const char *from, const char *until)
{
  const YmPeriod period = { demo_day (from), demo_day (until) };
  g_autoptr (GError) error = NULL;
  YmHomeReconciliation *result = ym_home_reconcile (&demo->desk, &demo->force.home_1, &period, 30, &error);

  g_assert_no_error (error);
  return result;
}

static void
assert_lists (Demo *demo, guint both, guint only_police, guint only_home, guint by_hand)
{
  g_autoptr (YmHomeReconciliation) result = reconcile (demo, "2026-03-01", "2026-03-31");

  g_assert_cmpuint (result->both->len, ==, both);
  g_assert_cmpuint (result->only_police->len, ==, only_police);
  g_assert_cmpuint (result->only_home->len, ==, only_home);
  g_assert_cmpuint (result->by_hand, ==, by_hand);
}

/* Broken: what an officer joined or parted at the table with the manager is forgotten at the next look. */
static void
test_marks_are_kept (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (YmHomeReconciliation) result = NULL;
  const YmReconciledPair *police, *home, *pair;

  demo_import_text (demo, "call", two_calls);
  type_entry (demo, "2026-03-02T10:10+00:00");
  type_entry (demo, "2026-03-09T13:00+00:00"); /* two hours off */
  assert_lists (demo, 1, 1, 1, 0);
  result = reconcile (demo, "2026-03-01", "2026-03-31");
  police = &g_array_index (result->only_police, YmReconciledPair, 0);
  home = &g_array_index (result->only_home, YmReconciledPair, 0);
  pair = &g_array_index (result->both, YmReconciledPair, 0);
  test_succeeds (ym_reconciliation_mark (&demo->desk, police->call, home->entry, YM_PAIR_JOINED, &error), error);
  assert_lists (demo, 2, 0, 0, 1);
  test_succeeds (ym_reconciliation_mark (&demo->desk, pair->call, pair->entry, YM_PAIR_PARTED, &error), error);
  assert_lists (demo, 1, 1, 1, 1);
  test_succeeds (ym_reconciliation_mark (&demo->desk, police->call, home->entry, YM_PAIR_UNDONE, &error), error);
  assert_lists (demo, 0, 2, 2, 0);
  test_succeeds (ym_reconciliation_mark (&demo->desk, pair->call, pair->entry, YM_PAIR_UNDONE, &error), error);
  assert_lists (demo, 1, 1, 1, 0);
}

/* Broken: a call just before midnight of a period's last day is held against a home that logged it just after. */
static void
test_edges_of_a_period (Demo *demo, gconstpointer data)
{
  g_autoptr (YmHomeReconciliation) march = NULL;
  g_autoptr (YmHomeReconciliation) april = NULL;

  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at\n"
                    "E1,W1,2026-03-31T23:50+01:00\n"
                    "E2,W1,2026-04-10T10:00+01:00\n");
  type_entry (demo, "2026-04-01T00:05+01:00");
  march = reconcile (demo, "2026-03-01", "2026-03-31");
  g_assert_cmpuint (march->both->len, ==, 1);
  g_assert_cmpuint (march->only_police->len, ==, 0);
  april = reconcile (demo, "2026-04-01", "2026-04-30");
  g_assert_cmpuint (april->both->len, ==, 0);
  g_assert_cmpuint (april->only_home->len, ==, 0);
  g_assert_cmpuint (april->only_police->len, ==, 1);
}

/* Broken: when the clocks change, calls of one hour are held to be of another. */
static void
test_clock_changes (Demo *demo, gconstpointer data)
{
  g_autoptr (YmHomeReconciliation) spring = NULL;
  g_autoptr (YmHomeReconciliation) autumn = NULL;

  demo->force.world.wall_us = demo_at ("2026-11-01T09:00+00:00");
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at\n"
                    "S1,W1,2026-03-29T00:50+00:00\n"
                    "A1,W1,2026-10-25T01:30+01:00\n"
                    "A2,W1,2026-10-25T01:30+00:00\n");
  type_entry (demo, "2026-03-29T02:10+01:00"); /* twenty minutes later */
  type_entry (demo, "2026-10-25T01:35+00:00"); /* goes with the second pass */
  spring = reconcile (demo, "2026-03-29", "2026-03-29");
  g_assert_cmpuint (spring->both->len, ==, 1);
  g_assert_cmpint (spring->minutes_apart, ==, 20);
  autumn = reconcile (demo, "2026-10-25", "2026-10-25");
  g_assert_cmpuint (autumn->both->len, ==, 1);
  g_assert_cmpstr (ym_call_incident_ref (g_array_index (autumn->both, YmReconciledPair, 0).call), ==, "A2");
  g_assert_cmpint (autumn->discrepancy_percent, ==, 50);
}

/* Broken: the published case, 22 calls of which 4 were logged, does not read 82 %, or a saved result moves afterwards. */
static void
test_published_case (Demo *demo, gconstpointer data)
{
  YmId home = ym_id_from_key (&demo->force.force, "home", "W013000");
  const YmPeriod period = { demo_day ("2026-02-01"), demo_day ("2026-02-28") };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmHomeReconciliation) result = NULL;
  g_autoptr (YmRecord) saved = NULL;
  g_autoptr (YmRecord) issue = NULL;
  const char *description;

  demo_import_all (demo);
  result = ym_home_reconcile (&demo->desk, &home, &period, 30, &error);
  g_assert_cmpint (result->discrepancy_percent, ==, 82);
  test_succeeds (ym_reconciliation_save (&demo->desk, result, NULL, &error), error);
  demo_import_text (demo, "call", "incident_ref,registration_no,received_at\nLATE,W013000,2026-02-10T10:00+00:00\n");
  saved = ym_reconciliation_last (&demo->desk, &home, G_MAXINT64, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ym_record_get_integer (saved, YM_RECONCILIATION_POLICE, 0), ==, 22);
  g_assert_cmpint (ym_reconciliation_record_percent (saved), ==, 82);
  issue = ym_reconciliation_issue (&demo->desk, result, NULL);
  g_assert_cmpint (ym_record_get_integer (issue, YM_ISSUE_CATEGORY, 0), ==, YM_ISSUE_CALL_LOG_DISCREPANCY);
  description = ym_record_get_text (issue, YM_ISSUE_DESCRIPTION);
  g_assert_nonnull (strstr (description, "22 calls"));
  g_assert_nonnull (strstr (description, "82 %"));
  test_succeeds (ym_desk_save (&demo->desk, "issue.open", NULL, issue, &error), error);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Demo *demo, gconstpointer data);
  } tests[] = {
    { "/calls/demo-months", test_demo_months },
    { "/calls/demo-triggers", test_demo_triggers },
    { "/calls/demo-reconciliation", test_demo_reconciliation },
    { "/calls/month-ends-in-london", test_month_ends_in_london },
    { "/calls/review-lies-over-the-call", test_review_lies_over_the_call },
    { "/calls/typed-call-meets-its-export", test_typed_call_meets_its_export },
    { "/inspections/trigger-follows-corrections", test_trigger_follows_corrections },
    { "/inspections/steps", test_inspection_steps },
    { "/inspections/threshold-is-the-forces", test_threshold_is_the_forces },
    { "/reconciliation/marks-are-kept", test_marks_are_kept },
    { "/reconciliation/edges-of-a-period", test_edges_of_a_period },
    { "/reconciliation/clock-changes", test_clock_changes },
    { "/reconciliation/published-case", test_published_case },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Demo, NULL, demo_set_up, tests[i].test, demo_tear_down);
  return g_test_run ();
}
