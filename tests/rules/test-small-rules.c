/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that fit in a few lines each: R6, R8, R9, R11, R3 and R14. */

#include "app/rules/arrest-review.h"
#include "app/rules/issue-state.h"
#include "app/rules/percent.h"
#include "app/rules/retention.h"
#include "app/rules/training.h"
#include "app/rules/trigger.h"

#include <string.h>

static gint64
instant_of (const char *text)
{
  gint64 at_us;

  g_assert_true (ym_instant_parse (text, &at_us));
  return at_us;
}

static YmDay
day_of (const char *text)
{
  YmDay day;

  g_assert_true (ym_day_parse (text, &day));
  return day;
}

/* A rate on the screen would differ from the one in the return. */
static void
test_percent (void)
{
  static const int cases[][3] = {
    { 18, 22, 82 }, { 0, 0, 0 },       { 0, 5, 0 },   { 5, 5, 100 },
    { 1, 8, 12 },   { 3, 8, 38 },      { 5, 8, 62 },  { 7, 8, 88 },
    { 1, 3, 33 },   { 2, 3, 67 },      { 1, 200, 0 }, { 3, 200, 2 },
    { 1, 500, 0 },  { 199, 200, 100 }, { 3, 2, 150 }, { G_MAXINT32, G_MAXINT32, 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ym_percent (cases[i][0], cases[i][1]), ==, cases[i][2]);
}

/* Calls as "instant@reference", triggers as "month:reference/calls". */
static char *
triggers_of (const char *text, guint threshold)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n_words = *text == '\0' ? 0 : g_strv_length (words);
  g_autofree YmTriggerCall *calls = g_new0 (YmTriggerCall, n_words);
  g_autoptr (GArray) triggers = NULL;
  GString *answer = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    {
      char *at = strchr (words[i], '@');

      *at = '\0';
      calls[i] = (YmTriggerCall){ instant_of (words[i]), at[1] == '\0' ? NULL : at + 1 };
    }
  triggers = ym_triggers (calls, n_words, threshold);
  for (guint i = 0; i < triggers->len; i++)
    {
      const YmTrigger *trigger = &g_array_index (triggers, YmTrigger, i);
      g_autofree char *month = ym_month_to_string (trigger->month);
      const char *ref = calls[trigger->call].incident_ref;

      g_string_append_printf (answer, "%s%s:%s/%u", i > 0 ? " " : "", month, ref != NULL ? ref : "",
                              trigger->n_calls);
    }
  return g_string_free (answer, FALSE);
}

/* CIW would be told of a month that had no third call, or not of one that had. */
static void
test_triggers (void)
{
  static const struct {
    const char *calls;
    guint threshold;
    const char *expected;
  } cases[] = {
    { "", 3, "" },
    { "2026-03-01T10:00Z@a 2026-03-02T10:00Z@b", 3, "" },
    { "2026-03-01T10:00Z@a 2026-03-02T10:00Z@b 2026-03-03T10:00Z@c", 3, "2026-03:c/3" },
    { "2026-03-03T10:00Z@c 2026-03-04T10:00Z@d 2026-03-02T10:00Z@b 2026-03-01T10:00Z@a", 3, "2026-03:c/4" },
    { "2026-03-03T10:00Z@c 2026-03-04T10:00Z@d 2026-02-28T10:00Z@b 2026-02-01T10:00Z@a", 3, "" },
    { "2026-02-01T10:00Z@a 2026-02-02T10:00Z@b 2026-05-03T10:00Z@c 2026-05-04T10:00Z@d", 2,
      "2026-02:b/2 2026-05:d/2" },
    { "2026-02-01T10:00Z@a 2025-12-02T10:00Z@b", 1, "2025-12:b/1 2026-02:a/1" },
    { "2026-02-01T10:00Z@a", 0, "" },
    /* the same minute: by reference, whatever the order; a call without one comes first */
    { "2026-03-01T10:00Z@c 2026-03-01T10:00Z@a 2026-03-01T10:00Z@b 2026-03-01T10:00Z@d", 3, "2026-03:c/4" },
    { "2026-03-01T10:00Z@c 2026-03-01T10:00Z@ 2026-03-01T10:00Z@b", 3, "2026-03:c/3" },
    /* the month is London's: the last hour of UTC's month is the next month in summer, not in winter */
    { "2026-06-30T22:59Z@a 2026-06-30T22:59:59Z@b 2026-06-30T23:00Z@c", 2, "2026-06:b/2" },
    { "2026-06-30T23:00Z@a 2026-06-30T23:30Z@b 2026-07-01T10:00Z@c", 3, "2026-07:c/3" },
    { "2026-01-31T23:59Z@a 2026-01-31T23:30Z@b 2026-01-31T23:00Z@c", 3, "2026-01:a/3" },
    { "2024-02-29T23:59Z@a 2024-02-29T00:00Z@b 2024-02-01T00:00Z@c", 3, "2024-02:a/3" },
    { "2025-12-31T23:59Z@a 2026-01-01T00:00Z@b 2026-01-01T00:01Z@c", 2, "2026-01:c/2" },
    /* both passes of the repeated hour, in the order they really came */
    { "2026-10-25T01:30+01:00@c 2026-10-25T01:10+00:00@a 2026-10-25T01:40+01:00@b", 3, "2026-10:a/3" },
    /* the skipped hour, and the end of a month in which the clocks change */
    { "2026-03-29T00:59Z@a 2026-03-29T02:00+01:00@b 2026-03-31T22:59Z@c 2026-03-31T23:00Z@d", 3,
      "2026-03:c/3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = triggers_of (cases[i].calls, cases[i].threshold);

      g_assert_cmpstr (answer, ==, cases[i].expected);
    }
}

/* An inspection that CIW knows of would vanish, or one that no call supports would stay. */
static void
test_inspection_state (void)
{
  static const struct {
    gboolean reached;
    YmInspectionState recorded, expected;
  } cases[] = {
    { FALSE, YM_INSPECTION_NONE, YM_INSPECTION_NONE },
    { TRUE, YM_INSPECTION_NONE, YM_INSPECTION_TRIGGERED },
    { TRUE, YM_INSPECTION_TRIGGERED, YM_INSPECTION_TRIGGERED },
    { FALSE, YM_INSPECTION_TRIGGERED, YM_INSPECTION_WITHDRAWN },
    { TRUE, YM_INSPECTION_CIW_TOLD, YM_INSPECTION_CIW_TOLD },
    { FALSE, YM_INSPECTION_CIW_TOLD, YM_INSPECTION_CIW_TOLD },
    { FALSE, YM_INSPECTION_DATE_AGREED, YM_INSPECTION_DATE_AGREED },
    { FALSE, YM_INSPECTION_HELD, YM_INSPECTION_HELD },
    { FALSE, YM_INSPECTION_ACTIONS_CLOSED, YM_INSPECTION_ACTIONS_CLOSED },
    { TRUE, YM_INSPECTION_WITHDRAWN, YM_INSPECTION_TRIGGERED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ym_inspection_state (cases[i].reached, cases[i].recorded), ==, cases[i].expected);
}

/* A joint inspection would be closed that was never held. */
static void
test_inspection_steps (void)
{
  static const char *const legal[]
      = { "01", "02", "11", "12", "22", "23", "33", "32", "34", "44", "45", "55" };

  for (int from = -1; from < 9; from++)
    for (int to = -1; to < 9; to++)
      {
        gboolean expected = FALSE;

        for (guint i = 0; i < G_N_ELEMENTS (legal); i++)
          expected = expected || (legal[i][0] - '0' == from && legal[i][1] - '0' == to);
        g_assert_cmpint (ym_inspection_step_is_legal ((YmInspectionState) from, (YmInspectionState) to), ==,
                         expected);
      }
}

/* A home would be told that it has trained enough when it has not. */
static void
test_training (void)
{
  static const int cases[][4] = {
    /* staff, trained, target, short by */
    { 0, 0, 2, 2 },
    { 1, 1, 2, 1 },
    { 4, 2, 2, 0 },
    { 8, 1, 2, 1 },
    { 8, 2, 2, 0 },
    { 9, 2, 3, 1 },
    { 12, 3, 3, 0 },
    { 13, 3, 4, 1 },
    { 20, 9, 5, 0 },
    { 21, 0, 6, 6 },
    { -3, -1, 2, 2 },
    { G_MAXINT, 0, 536870912, 536870912 },
    { G_MININT, G_MININT, 2, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (ym_training_target (cases[i][0]), ==, cases[i][2]);
      g_assert_cmpint (ym_training_short_by (cases[i][0], cases[i][1]), ==, cases[i][3]);
    }
}

/* An issue could be closed and opened again without anybody saying so. */
static void
test_issue_steps (void)
{
  static const char *const legal[]
      = { "11", "12", "13", "14", "22", "23", "24", "33", "35", "44", "42", "43", "55", "52", "53", "54" };

  for (int from = -1; from < 8; from++)
    for (int to = -1; to < 8; to++)
      {
        gboolean expected = FALSE;

        for (guint i = 0; i < G_N_ELEMENTS (legal); i++)
          expected = expected || (legal[i][0] - '0' == from && legal[i][1] - '0' == to);
        g_assert_cmpint (ym_issue_step_is_legal (from, to), ==, expected);
        if (to >= 0 && from != to)
          g_assert_cmpint ((ym_issue_next_states (from) >> to) & 1, ==, expected);
      }
  g_assert_cmpuint (ym_issue_next_states (0), ==, 0);
  g_assert_false (ym_issue_step_is_legal (G_MAXINT, G_MAXINT));
}

/* Two officers who both updated an issue offline would see it in different states, or one step swallowed. */
static void
test_issue_state_of_updates (void)
{
  static const struct {
    const char *steps, *flags;
    int expected;
  } cases[] = {
    { "", "", YM_ISSUE_OPEN },
    { "1", ".", YM_ISSUE_OPEN },
    { "2", ".", YM_ISSUE_IN_PROGRESS },
    { "223", "...", YM_ISSUE_RESOLVED },
    { "2353", "....", YM_ISSUE_RESOLVED },
    { "242", "...", YM_ISSUE_IN_PROGRESS },
    /* resolved by one, taken in progress by the other: stays resolved, the second is flagged */
    { "32", ".!", YM_ISSUE_RESOLVED },
    { "3225", ".!!.", YM_ISSUE_REOPENED },
    { "33", "..", YM_ISSUE_RESOLVED },
    { "5", "!", YM_ISSUE_OPEN },
    { "21", ".!", YM_ISSUE_IN_PROGRESS },
    { "2908", ".!!!", YM_ISSUE_IN_PROGRESS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = strlen (cases[i].steps);
      int steps[8];
      gboolean flagged[8];

      for (gsize j = 0; j < n; j++)
        steps[j] = cases[i].steps[j] - '0';
      g_assert_cmpint (ym_issue_state_of_updates (steps, n, flagged), ==, cases[i].expected);
      g_assert_cmpint (ym_issue_state_of_updates (steps, n, NULL), ==, cases[i].expected);
      for (gsize j = 0; j < n; j++)
        g_assert_cmpint (flagged[j], ==, cases[i].flags[j] == '!');
    }
}

/* A sergeant would be shown an issue too soon, or never. */
static void
test_issue_past_due (void)
{
  static const struct {
    int state;
    const char *due, *today;
    int days;
    gboolean is_shown;
  } cases[] = {
    { YM_ISSUE_OPEN, "2026-02-26", "2026-02-25", 0, FALSE },
    { YM_ISSUE_OPEN, "2026-02-26", "2026-02-26", 0, FALSE },
    { YM_ISSUE_OPEN, "2026-02-26", "2026-02-27", 1, FALSE },
    { YM_ISSUE_OPEN, "2026-02-26", "2026-03-04", 6, FALSE },
    { YM_ISSUE_OPEN, "2026-02-26", "2026-03-05", 7, TRUE },
    { YM_ISSUE_REOPENED, "2024-02-26", "2024-03-04", 7, TRUE },
    { YM_ISSUE_ESCALATED, "2026-02-26", "2026-04-26", 59, TRUE },
    { YM_ISSUE_RESOLVED, "2026-02-26", "2026-04-26", 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay due = day_of (cases[i].due), today = day_of (cases[i].today);

      g_assert_cmpint (ym_issue_days_past_due (cases[i].state, due, today), ==, cases[i].days);
      g_assert_cmpint (ym_issue_shows_to_supervisor (cases[i].state, due, today), ==, cases[i].is_shown);
    }
  g_assert_cmpint (ym_issue_days_past_due (YM_ISSUE_OPEN, YM_DAY_NONE, day_of ("2026-02-26")), ==, 0);
}

/* A review would be called late that is not, most of all round the nights when the clocks change. */
static void
test_arrest_review (void)
{
  static const struct {
    const char *arrested, *last_in_time, *first_too_late;
  } cases[] = {
    { "2026-01-10T00:00Z", "2026-01-11T23:59:59.999999Z", "2026-01-12T00:00Z" },
    { "2026-01-10T23:59:59Z", "2026-01-11T23:59:59.999999Z", "2026-01-12T00:00Z" },
    { "2026-06-10T23:00Z", "2026-06-12T22:59:59.999999Z", "2026-06-12T23:00Z" },
    { "2026-06-10T22:59Z", "2026-06-11T22:59:59.999999Z", "2026-06-11T23:00Z" },
    /* the next day has 23 hours, then 25 */
    { "2026-03-28T12:00Z", "2026-03-29T22:59:59.999999Z", "2026-03-29T23:00Z" },
    { "2026-10-24T12:00Z", "2026-10-25T23:59:59.999999Z", "2026-10-26T00:00Z" },
    { "2024-02-28T12:00Z", "2024-02-29T23:59:59.999999Z", "2024-03-01T00:00Z" },
    { "2025-12-31T23:59Z", "2026-01-01T23:59:59.999999Z", "2026-01-02T00:00Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 arrested_us = instant_of (cases[i].arrested);
      gint64 last_us = instant_of (cases[i].last_in_time), late_us = instant_of (cases[i].first_too_late);

      g_assert_cmpint (ym_arrest_review_due_us (arrested_us), ==, late_us);
      g_assert_cmpint (ym_arrest_review_due_day (arrested_us), ==, ym_london_day (last_us));
      g_assert_cmpint (ym_arrest_review_state (arrested_us, YM_INSTANT_NONE, last_us), ==,
                       YM_ARREST_REVIEW_OPEN);
      g_assert_cmpint (ym_arrest_review_state (arrested_us, YM_INSTANT_NONE, late_us), ==,
                       YM_ARREST_REVIEW_LATE);
      g_assert_cmpint (ym_arrest_review_state (arrested_us, last_us, late_us), ==, YM_ARREST_REVIEW_DONE);
      g_assert_cmpint (ym_arrest_review_state (arrested_us, late_us, late_us), ==,
                       YM_ARREST_REVIEW_DONE_LATE);
    }
}

/* Records would be kept longer than they may, or erased before they are reviewed. */
static void
test_retention (void)
{
  static const struct {
    const char *last_event;
    int years;
    const char *review;
  } cases[] = {
    { "2026-05-04", 6, "2032-05-04" }, { "2024-02-29", 6, "2030-02-28" }, { "2024-02-29", 4, "2028-02-29" },
    { "2025-12-31", 1, "2026-12-31" }, { "2026-05-04", 0, "2026-05-04" }, { "2026-05-04", -2, "2026-05-04" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay review = ym_retention_review_day (day_of (cases[i].last_event), cases[i].years);

      g_assert_cmpint (review, ==, day_of (cases[i].review));
      g_assert_false (ym_retention_is_due (review, review - 1));
      g_assert_true (ym_retention_is_due (review, review));
    }
  g_assert_cmpint (ym_retention_review_day (day_of ("2026-05-04"), G_MAXINT), ==, YM_DAY_NONE);
  g_assert_false (ym_retention_is_due (YM_DAY_NONE, day_of ("2026-05-04")));
}

/* A child's data would be held past the year, or erased on the day that it is to be reviewed. */
static void
test_concern_review (void)
{
  static const struct {
    const char *recorded, *latest;
  } cases[] = {
    { "2026-05-04", "2027-05-04" },
    { "2024-02-29", "2025-02-28" },
    { "2023-02-28", "2024-02-28" },
    { "2025-12-31", "2026-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay recorded = day_of (cases[i].recorded), latest = day_of (cases[i].latest);

      g_assert_cmpint (ym_concern_review_latest (recorded), ==, latest);
      g_assert_true (ym_concern_review_is_allowed (recorded, latest));
      g_assert_true (ym_concern_review_is_allowed (recorded, recorded + 1));
      g_assert_false (ym_concern_review_is_allowed (recorded, latest + 1));
      g_assert_false (ym_concern_review_is_allowed (recorded, recorded));
      g_assert_false (ym_concern_review_is_allowed (recorded, YM_DAY_NONE));
      g_assert_false (ym_concern_is_past_review (latest, latest));
      g_assert_true (ym_concern_is_past_review (latest, latest + 1));
    }
  g_assert_false (ym_concern_is_past_review (YM_DAY_NONE, day_of ("2026-05-04")));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/percent", test_percent);
  g_test_add_func ("/rules/trigger/triggers", test_triggers);
  g_test_add_func ("/rules/trigger/inspection-state", test_inspection_state);
  g_test_add_func ("/rules/trigger/inspection-steps", test_inspection_steps);
  g_test_add_func ("/rules/training", test_training);
  g_test_add_func ("/rules/issue-state/steps", test_issue_steps);
  g_test_add_func ("/rules/issue-state/of-updates", test_issue_state_of_updates);
  g_test_add_func ("/rules/issue-state/past-due", test_issue_past_due);
  g_test_add_func ("/rules/arrest-review", test_arrest_review);
  g_test_add_func ("/rules/retention/records", test_retention);
  g_test_add_func ("/rules/retention/concerns", test_concern_review);
  return g_test_run ();
}
