/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a supervisor sees, arrest reviews (R9), debriefs and learning notes. */

#include <string.h>

#include "app/base/error.h"
#include "app/journal/tables.h"
#include "app/notebook/debriefs.h"
#include "app/notebook/learning.h"
#include "app/notebook/monthly-figures.h"
#include "app/notebook/save.h"
#include "app/notebook/team.h"
#include "tests/notebook/demo.h"

/* The desk of another device of the force, on the same journal. */
static YmDesk
desk_of (Demo *demo, int device)
{
  YmDesk desk = demo->desk;

  desk.author = demo->force.devices[device].author;
  desk.officer = demo->force.devices[device].officer;
  return desk;
}

static void
answer_all (YmRecord *review)
{
  for (guint i = 0; i < review->form->n_fields; i++)
    {
      const YmField *field = &review->form->fields[i];

      if ((field->flags & YM_FIELD_SIGN_OFF) != 0)
        ym_record_set_text (review, field->id, "Dim byd i'w nodi.");
    }
}

/* Broken: a review is called late while there is time, or in time when the day after has ended in London. */
static void
test_review_is_due_the_next_day (Demo *demo, gconstpointer data)
{
  static const struct {
    const char *arrested, *now, *due;
    YmArrestReview state;
  } cases[] = {
    { "2026-09-01T09:00+01:00", "2026-09-02T23:59+01:00", "2026-09-02", YM_ARREST_REVIEW_OPEN },
    { "2026-09-01T09:00+01:00", "2026-09-03T00:00+01:00", "2026-09-02", YM_ARREST_REVIEW_LATE },
    { "2026-03-28T23:30+00:00", "2026-03-29T22:59Z", "2026-03-29", YM_ARREST_REVIEW_OPEN },
    { "2026-03-28T23:30+00:00", "2026-03-29T23:00Z", "2026-03-29", YM_ARREST_REVIEW_LATE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YmRecord) review = ym_arrest_begin (&demo->desk, &demo->force.home_1, NULL);
      g_autoptr (YmArrest) arrest = NULL;

      g_test_message ("case %u", i);
      demo->force.world.wall_us = demo_at ("2026-09-01T10:00+01:00");
      ym_record_set_integer (review, YM_ARREST_REVIEW_ARRESTED_AT, demo_at (cases[i].arrested));
      test_succeeds (ym_arrest_save (&demo->desk, NULL, review, &error), error);
      demo->force.world.wall_us = demo_at (cases[i].now);
      arrest = ym_arrest_load (&demo->desk, &review->id, &error);
      g_assert_no_error (error);
      g_assert_cmpint (arrest->state, ==, cases[i].state);
      g_assert_cmpint (arrest->due, ==, demo_day (cases[i].due));
    }
}

/* Broken: a review is closed with points unanswered, by nobody, or is changed after it was closed. */
static void
test_review_is_completed_once (Demo *demo, gconstpointer data)
{
  YmDesk sergeant = desk_of (demo, TEST_2000);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) review = ym_arrest_begin (&demo->desk, &demo->force.home_1, NULL);
  g_autoptr (YmRecord) answered = NULL;
  g_autoptr (YmRecord) view = NULL;
  g_autoptr (YmArrest) arrest = NULL;
  YmId completed_by;
  guint of;

  ym_record_set_integer (review, YM_ARREST_REVIEW_ARRESTED_AT, demo_at ("2026-10-02T09:00+01:00"));
  g_assert_false (ym_arrest_save (&demo->desk, NULL, review, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID); /* tomorrow */
  g_clear_error (&error);
  ym_record_set_integer (review, YM_ARREST_REVIEW_ARRESTED_AT, demo_at ("2026-09-30T22:00+01:00"));
  test_succeeds (ym_arrest_save (&demo->desk, NULL, review, &error), error);
  g_assert_false (ym_arrest_complete (&sergeant, &review->id, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  answered = ym_record_copy (review);
  answer_all (answered);
  test_succeeds (ym_arrest_save (&demo->desk, review, answered, &error), error);
  view = ym_arrest_view_begin (&demo->desk, answered);
  ym_record_set_integer (view, YM_ARREST_VIEW_SIDE, 2);
  ym_record_set_integer (view, YM_ARREST_VIEW_FROM, 4);
  ym_record_set_text (view, YM_ARREST_VIEW_SAID, "A community resolution was open.");
  test_succeeds (ym_desk_save (&demo->desk, "arrest.view", NULL, view, &error), error);
  test_succeeds (ym_arrest_complete (&sergeant, &review->id, &error), error);
  arrest = ym_arrest_load (&demo->desk, &review->id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (arrest->state, ==, YM_ARREST_REVIEW_DONE);
  g_assert_cmpuint (arrest->views->len, ==, 1);
  g_assert_cmpuint (ym_arrest_answered (arrest, &of), ==, of);
  g_assert_cmpuint (of, ==, 13); /* what for, alternatives, the ten points, what follows */
  g_assert_true (ym_record_get_id (arrest->review, YM_ARREST_REVIEW_COMPLETED_BY, &completed_by));
  g_assert_true (ym_id_equal (&completed_by, &sergeant.officer));
  g_assert_false (ym_arrest_complete (&sergeant, &review->id, &error));
  g_clear_error (&error);
  g_assert_false (ym_arrest_save (&demo->desk, arrest->review, answered, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
}

/* Broken: an arrest is forgotten because nobody began its review, or shown twice when somebody did. */
static void
test_call_with_an_arrest_asks_for_a_review (Demo *demo, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (YmRecord) review = NULL;
  const YmArrest *arrest;

  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,reason,concerns_resident,outcome\n"
                    "OLD,W1,2026-03-01T09:00+00:00,theft,yes,arrest\n"
                    "A1,W1,2026-09-29T09:00+01:00,theft,yes,arrest\n"
                    "A2,W1,2026-09-29T10:00+01:00,theft,no,arrest\n"
                    "A3,W1,2026-09-29T11:00+01:00,theft,yes,advice\n");
  before = ym_arrest_list (&demo->desk, &demo->force.home_1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 1);
  arrest = g_ptr_array_index (before, 0);
  g_assert_cmpstr (ym_call_incident_ref (arrest->call), ==, "A1");
  g_assert_cmpint (arrest->state, ==, YM_ARREST_REVIEW_LATE);
  review = ym_arrest_begin (&demo->desk, &demo->force.home_1, arrest->call);
  g_assert_cmpstr (ym_record_get_text (review, YM_ARREST_REVIEW_INCIDENT_REF), ==, "A1");
  test_succeeds (ym_arrest_save (&demo->desk, NULL, review, &error), error);
  after = ym_arrest_list (&demo->desk, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 1);
  arrest = g_ptr_array_index (after, 0);
  g_assert_nonnull (arrest->review);
  g_assert_nonnull (arrest->call);
}

static YmRecord *
make_debrief (YmDesk *desk, const YmId *home, const char *talked_through)
{
  YmRecord *debrief = ym_debrief_begin (desk, home, NULL);

  ym_record_set_text (debrief, YM_DEBRIEF_SUBJECT, "Three calls in one night");
  ym_record_set_text (debrief, YM_DEBRIEF_PARTICIPANTS, "The shift, the named officer");
  ym_record_set_text (debrief, YM_DEBRIEF_TALKED_THROUGH, talked_through);
  return debrief;
}

static void
record_child (Demo *demo)
{
  g_autoptr (YmRecord) concern = test_record (&demo->force, TEST_2001, YM_FORM_CHILD_CONCERN, &demo->force.home_1);

  ym_record_set_integer (concern, YM_CHILD_CONCERN_CATEGORY, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REASON, "Missing");
  ym_record_set_text (concern, YM_CHILD_CONCERN_PERSON_REF, "NP/77231");
  ym_record_set_text (concern, YM_CHILD_CONCERN_INITIALS, "ÂS");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_YEAR_OF_BIRTH, 2011);
  ym_record_set_text (concern, YM_CHILD_CONCERN_ACTION, "Strategy meeting");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REFERRAL, 1);
  ym_record_set_text (concern, YM_CHILD_CONCERN_REFERRAL_WHY, "R1");
  ym_record_set_integer (concern, YM_CHILD_CONCERN_REVIEW_ON, demo_day ("2026-09-20"));
  test_write (demo->journal, &demo->force.devices[TEST_2001], "concern.save", NULL, concern);
}

/* Broken: an officer debriefs colleagues, a sergeant of another area does, or the record says which child it was. */
static void
test_debrief_is_the_supervisors (Demo *demo, gconstpointer data)
{
  YmDesk sergeant = desk_of (demo, TEST_2000);
  const struct {
    YmDesk *desk;
    const YmId *home;
    const char *text;
    int code; /* -1: taken */
  } cases[] = {
    { &demo->desk, &demo->force.home_1, "Fine", YM_ERROR_AUTHORITY },
    { &sergeant, &demo->force.home_2, "Fine", YM_ERROR_AUTHORITY },
    { &sergeant, &demo->force.home_1, "It was NP/77231 again", YM_ERROR_INVALID },
    { &sergeant, &demo->force.home_1, "Fine", -1 },
  };

  record_child (demo);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (YmRecord) debrief = make_debrief (cases[i].desk, cases[i].home, cases[i].text);

      g_test_message ("case %u", i);
      g_assert_cmpint (ym_debrief_save (cases[i].desk, NULL, debrief, &error), ==, cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_error (error, YM_ERROR, cases[i].code);
    }
}

/* Broken: the whole force reads who it was. Or: nothing can be shared, because every word is somebody's name. */
static void
test_learning_names_nobody (Demo *demo, gconstpointer data)
{
  static const struct {
    const char *text;
    const char *found; /* NULL: names nobody */
  } cases[] = {
    { "Staff who ask first call less often. A policy that says who may call helps.", NULL },
    { "At Tŷ Gwyn the manager decides.", "Tŷ Gwyn" },
    { "staff of TY GWYN'S night shift", "Tŷ Gwyn" },
    { "ty-gwyn", "Tŷ Gwyn" },
    { "Gwyn is white in Welsh; tŷ is a house.", NULL },
    { "The old school: Hen Ysgol!", "Yr Hen Ysgol" },
    { "on the MOR AWELON landing", "Môr Awelon" },
    { "home w013001.", "W013001" },
    { "W 013001", "W013001" },
    { "as E. Evans said", "E. Evans" },
    { "as PC EVANS said", "E. Evans" },
    { "as PC2001 said", "2001" },
    { "in 20015 cases", NULL },
    { "an Evans of another force", NULL },
    { "child NP/77231 was", "NP/77231" },
    { "child np 77231.", "NP/77231" },
    { "AS, born in 2011", "ÂS, 2011" },
    { "(2011) Â.S. went", "ÂS, 2011" },
    { "As it was in those days, long before anybody had thought of 2011", NULL },
    { "born in 2011", NULL },
  };

  record_child (demo);
  demo_import_text (demo, "home",
                    "registration_no,name,status\nW013001,\"Tŷ Gwyn, Aberteifi\",open\nW013004,\"Yr Hen Ysgol, Brecon\",open\n"
                    "W013009,Môr Awelon,open\n");
  demo_import_text (demo, "officer", "collar_no,name,role\n2001,E. Evans,named_officer\n");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean good = ym_learning_check (demo->desk.db, cases[i].text, &error);

      g_test_message ("%s: %s", cases[i].text, error == NULL ? "names nobody" : error->message);
      g_assert_cmpint (good, ==, cases[i].found == NULL);
      if (cases[i].found == NULL)
        continue;
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, cases[i].found));
    }
}

/* Broken: anybody can speak to the whole force, or what a supervisor shares can't be read back. */
static void
test_learning_is_shared_by_supervisors (Demo *demo, gconstpointer data)
{
  YmDesk sergeant = desk_of (demo, TEST_2000);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmRecord) debrief = make_debrief (&sergeant, &demo->force.home_1, "Fine");
  g_autoptr (YmRecord) note = NULL;
  g_autoptr (YmRecord) named = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  ym_record_set_text (debrief, YM_DEBRIEF_LEARNING, "Ask what was tried before anybody is arrested.");
  note = ym_learning_begin (&sergeant, debrief);
  ym_record_set_integer (note, YM_LEARNING_NOTE_TOPIC, 2);
  ym_record_set_text (note, YM_LEARNING_NOTE_TITLE, "Alternatives first");
  g_assert_false (ym_learning_save (&demo->desk, note, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_AUTHORITY);
  g_clear_error (&error);
  named = ym_record_copy (note);
  ym_record_set_text (named, YM_LEARNING_NOTE_TITLE, "What W1 taught us");
  g_assert_false (ym_learning_save (&sergeant, named, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  test_succeeds (ym_learning_save (&sergeant, note, &error), error);
  notes = ym_learning_list (&demo->desk, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (notes->len, ==, 1);
  g_assert_true (ym_record_equal (g_ptr_array_index (notes, 0), note));
}

static void
sign_off (Demo *demo, const char *at)
{
  g_autoptr (YmRecord) visit = NULL;

  demo->force.world.wall_us = demo_at (at);
  visit = test_visit (&demo->force, TEST_2001, &demo->force.home_1);
  test_write (demo->journal, &demo->force.devices[TEST_2001], "visit.sign-off", NULL, visit);
}

static void
open_overdue_issue (Demo *demo, const char *due)
{
  g_autoptr (YmRecord) issue = test_record (&demo->force, TEST_2001, YM_FORM_ISSUE, &demo->force.home_1);
  g_autoptr (YmRecord) action = test_record (&demo->force, TEST_2001, YM_FORM_ACTION, &demo->force.home_1);

  ym_record_set_text (issue, YM_ISSUE_TITLE, due);
  ym_record_set_integer (issue, YM_ISSUE_CATEGORY, 1);
  ym_record_set_integer (issue, YM_ISSUE_SEVERITY, YM_SEVERITY_LOW);
  ym_record_set_integer (issue, YM_ISSUE_OWNER, YM_OWNER_HOME);
  test_write (demo->journal, &demo->force.devices[TEST_2001], "issue.open", NULL, issue);
  ym_record_set_id (action, YM_ACTION_ISSUE, &issue->id);
  ym_record_set_text (action, YM_ACTION_WHAT, "Recruit");
  ym_record_set_integer (action, YM_ACTION_OWNER, YM_OWNER_HOME);
  ym_record_set_integer (action, YM_ACTION_DUE_ON, demo_day (due));
  test_write (demo->journal, &demo->force.devices[TEST_2001], "issue.action", NULL, action);
}

static const YmTeamOfficer *
officer_named (const YmTeam *team, const char *collar)
{
  for (guint i = 0; i < team->officers->len; i++)
    {
      const YmTeamOfficer *officer = g_ptr_array_index (team->officers, i);

      if (officer->officer != NULL
          && g_str_equal (ym_record_get_text (officer->officer, YM_OFFICER_COLLAR_NO), collar))
        return officer;
    }
  return NULL;
}

/* Broken: what should not wait any longer is not before the sergeant, or so much else that it isn't seen. */
static void
test_team_shows_what_waits (Demo *demo, gconstpointer data)
{
  YmDesk sergeant = desk_of (demo, TEST_2000);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmTeam) team = NULL;
  const YmTeamOfficer *officer;
  const YmTeamHome *home;
  guint role;

  demo_import_text (demo, "home", "registration_no,name,status,area\nW3,Nobody's,open,West\n");
  demo_import_text (demo, "call",
                    "incident_ref,registration_no,received_at,outcome\nA,W1,2026-09-01T00:00+01:00,arrest\n"
                    "B,W1,2026-09-29T10:00+01:00,arrest\nC,W1,2026-09-30T10:00+01:00,advice\n");
  record_child (demo);
  sign_off (demo, "2026-08-20T10:00+01:00");
  sign_off (demo, "2026-09-10T10:00+01:00");
  test_place_pending (&demo->force, demo->journal, 1000);
  demo->force.world.wall_us = demo_at ("2026-10-01T09:00+01:00");
  open_overdue_issue (demo, "2026-09-24"); /* by seven days */
  open_overdue_issue (demo, "2026-09-25"); /* by six */
  open_overdue_issue (demo, "2026-09-10");

  team = ym_team_read (&sergeant, &error);
  g_assert_no_error (error);
  test_succeeds (ym_desk_role (&sergeant, &role, &error), error);
  g_assert_cmpuint (role, ==, YM_ROLE_SUPERVISOR);
  g_assert_cmpuint (team->officers->len, ==, 3);
  officer = g_ptr_array_index (team->officers, 0);
  g_assert_null (officer->officer); /* the home that nobody has comes first */
  officer = officer_named (team, "2001");
  g_assert_cmpint (officer->heard_at_us, >=, demo_at ("2026-09-10T10:00+01:00"));
  g_assert_cmpuint (officer->homes->len, ==, 1);
  home = g_ptr_array_index (officer->homes, 0);
  g_assert_cmpint (home->summary->visits.standing, ==, YM_STANDING_OVERDUE);
  g_assert_cmpint (home->visits.kept, ==, 2);
  g_assert_cmpint (home->visits.ended, ==, YM_TEAM_WINDOWS);
  g_assert_cmpint (officer->visits.kept, ==, 2);
  g_assert_cmpint (officer_named (team, "2002")->visits.kept, ==, 0);
  g_assert_true (ym_team_find_home (team, &demo->force.home_1) == home->summary);

  g_assert_cmpint (team->windows[0].window.first, ==, demo_day ("2026-09-16"));
  g_assert_cmpint (team->windows[0].visits.kept, ==, 0);
  g_assert_cmpint (team->windows[1].window.last, ==, demo_day ("2026-09-15"));
  g_assert_cmpint (team->windows[1].visits.kept, ==, 1);
  g_assert_cmpint (team->windows[1].visits.ended, ==, 2);

  g_assert_cmpuint (team->issues->len, ==, 2);
  g_assert_cmpint (((YmIssue *) g_ptr_array_index (team->issues, 0))->days_past_due, ==, 21);
  g_assert_cmpuint (team->inspections->len, ==, 1);
  g_assert_cmpuint (team->concerns->len, ==, 1);
  g_assert_cmpuint (team->arrests->len, ==, 2);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (Demo *, gconstpointer);
  } tests[] = {
    { "/team/review-is-due-the-next-day", test_review_is_due_the_next_day },
    { "/team/review-is-completed-once", test_review_is_completed_once },
    { "/team/call-with-an-arrest-asks-for-a-review", test_call_with_an_arrest_asks_for_a_review },
    { "/team/debrief-is-the-supervisors", test_debrief_is_the_supervisors },
    { "/team/learning-names-nobody", test_learning_names_nobody },
    { "/team/learning-is-shared-by-supervisors", test_learning_is_shared_by_supervisors },
    { "/team/shows-what-waits", test_team_shows_what_waits },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Demo, NULL, demo_set_up, tests[i].test, demo_tear_down);
  return g_test_run ();
}
