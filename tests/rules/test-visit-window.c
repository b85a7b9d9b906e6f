/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two visits a month (R1): what an officer's list says of each home, and a force's compliance. */

#include "app/rules/visit-window.h"

#define MOST 8

/* A history as a line of text: spans "from..until" or "from.." for duty, and days for visits. */
typedef struct {
  YmVisitHistory history;
  YmDaySpan duty[MOST];
  YmDay visits[MOST];
} Home;

static YmDay
day_of (const char *text)
{
  YmDay day;

  g_assert_true (ym_day_parse (text, &day));
  return day;
}

static void
home_init (Home *home, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  *home = (Home){ .history = { .open = TRUE } };
  home->history.duty = home->duty;
  home->history.visits = home->visits;
  for (guint i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    {
      g_auto (GStrv) ends = g_strsplit (words[i], "..", 2);

      if (g_str_equal (words[i], "closed"))
        home->history.open = FALSE;
      else if (ends[1] == NULL)
        home->visits[home->history.n_visits++] = day_of (words[i]);
      else
        home->duty[home->history.n_duty++]
            = (YmDaySpan){ day_of (ends[0]), *ends[1] == '\0' ? YM_DAY_NONE : day_of (ends[1]) };
    }
}

/* A February would end on the 30th. */
static void
test_windows_of_a_month (void)
{
  static const struct {
    const char *month, *days[4];
  } cases[] = {
    { "2026-01", { "2026-01-01", "2026-01-15", "2026-01-16", "2026-01-31" } },
    { "2026-02", { "2026-02-01", "2026-02-15", "2026-02-16", "2026-02-28" } },
    { "2024-02", { "2024-02-01", "2024-02-15", "2024-02-16", "2024-02-29" } },
    { "2026-04", { "2026-04-01", "2026-04-15", "2026-04-16", "2026-04-30" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmMonth month;
      YmVisitWindow windows[2];

      g_assert_true (ym_month_parse (cases[i].month, &month));
      ym_visit_windows_of_month (month, windows);
      g_assert_cmpint (windows[0].first, ==, day_of (cases[i].days[0]));
      g_assert_cmpint (windows[0].last, ==, day_of (cases[i].days[1]));
      g_assert_cmpint (windows[1].first, ==, day_of (cases[i].days[2]));
      g_assert_cmpint (windows[1].last, ==, day_of (cases[i].days[3]));
    }
}

/* An officer would drive to the wrong home, or not at all. */
static void
test_state (void)
{
  static const struct {
    const char *home, *today;
    YmVisitStanding standing;
    int days_left, days_since_visit;
  } cases[] = {
    /* the plain month */
    { "2026-01-01.. 2026-02-20", "2026-03-01", YM_STANDING_DUE, 15, 9 },
    { "2026-01-01.. 2026-02-20", "2026-03-12", YM_STANDING_DUE, 4, 20 },
    { "2026-01-01.. 2026-02-20", "2026-03-13", YM_STANDING_DUE_SOON, 3, 21 },
    { "2026-01-01.. 2026-02-20", "2026-03-15", YM_STANDING_DUE_SOON, 1, 23 },
    { "2026-01-01.. 2026-02-20", "2026-03-16", YM_STANDING_OVERDUE, 16, 24 },
    { "2026-01-01.. 2026-02-20", "2026-03-31", YM_STANDING_OVERDUE, 1, 39 },
    { "2026-01-01.. 2026-02-20 2026-03-01", "2026-03-01", YM_STANDING_VISITED, 15, 0 },
    { "2026-01-01.. 2026-02-20 2026-03-15", "2026-03-15", YM_STANDING_VISITED, 1, 0 },
    { "2026-01-01.. 2026-02-20 2026-03-15", "2026-03-16", YM_STANDING_DUE, 16, 1 },
    /* a visit since mends overdue, and stays one of this window only */
    { "2026-01-01.. 2026-02-20 2026-03-16", "2026-03-16", YM_STANDING_VISITED, 16, 0 },
    { "2026-01-01.. 2026-02-20 2026-03-16", "2026-04-01", YM_STANDING_DUE, 15, 16 },
    /* overdue stands before due soon, and however long it has lasted */
    { "2025-11-01..", "2026-03-15", YM_STANDING_OVERDUE, 1, -1 },
    /* second halves of every length */
    { "2026-01-01.. 2026-02-03", "2026-02-25", YM_STANDING_DUE, 4, 22 },
    { "2026-01-01.. 2026-02-03", "2026-02-26", YM_STANDING_DUE_SOON, 3, 23 },
    { "2024-01-01.. 2024-02-03", "2024-02-26", YM_STANDING_DUE, 4, 23 },
    { "2024-01-01.. 2024-02-03", "2024-02-27", YM_STANDING_DUE_SOON, 3, 24 },
    { "2024-01-01.. 2024-02-03", "2024-02-29", YM_STANDING_DUE_SOON, 1, 26 },
    { "2024-01-01.. 2024-02-03", "2024-03-01", YM_STANDING_OVERDUE, 15, 27 },
    { "2026-01-01.. 2026-04-03", "2026-04-28", YM_STANDING_DUE_SOON, 3, 25 },
    { "2026-01-01.. 2025-12-20 2026-01-03", "2026-01-28", YM_STANDING_DUE, 4, 25 },
    { "2026-01-01.. 2025-12-20 2026-01-03", "2026-01-29", YM_STANDING_DUE_SOON, 3, 26 },
    /* over the new year */
    { "2025-06-01.. 2025-12-10", "2026-01-01", YM_STANDING_OVERDUE, 15, 22 },
    { "2025-06-01.. 2025-12-31", "2026-01-01", YM_STANDING_DUE, 15, 1 },
    /* windows start with the assignment */
    { "2026-03-10..", "2026-03-09", YM_STANDING_NONE, 0, -1 },
    { "2026-03-10..", "2026-03-10", YM_STANDING_DUE, 6, -1 },
    { "2026-03-10.. 2026-03-09", "2026-03-10", YM_STANDING_DUE, 6, 1 },
    { "2026-03-10.. 2026-03-10", "2026-03-10", YM_STANDING_VISITED, 6, 0 },
    { "2026-03-13..", "2026-03-13", YM_STANDING_DUE_SOON, 3, -1 },
    { "2026-03-15..", "2026-03-16", YM_STANDING_OVERDUE, 16, -1 },
    { "2026-03-16..", "2026-03-16", YM_STANDING_DUE, 16, -1 },
    { "2026-03-10.. 2026-03-09", "2026-03-16", YM_STANDING_OVERDUE, 16, 7 },
    /* a hand-over neither forgives nor repeats */
    { "2026-01-01..2026-03-09 2026-03-10.. 2026-03-02", "2026-03-12", YM_STANDING_VISITED, 4, 10 },
    { "2026-01-01..2026-03-09 2026-03-10.. 2026-02-02", "2026-03-12", YM_STANDING_OVERDUE, 4, 38 },
    { "2026-03-10.. 2026-01-01..2026-03-09 2026-02-20", "2026-03-12", YM_STANDING_DUE, 4, 20 },
    /* named officer and deputy at once */
    { "2026-01-01.. 2026-03-05.. 2026-03-02", "2026-03-12", YM_STANDING_VISITED, 4, 10 },
    /* the end of an assignment is the end of its window */
    { "2026-01-01..2026-03-12 2026-02-20", "2026-03-09", YM_STANDING_DUE, 4, 17 },
    { "2026-01-01..2026-03-12 2026-02-20", "2026-03-10", YM_STANDING_DUE_SOON, 3, 18 },
    { "2026-01-01..2026-03-12 2026-02-20", "2026-03-13", YM_STANDING_NONE, 0, 21 },
    /* after a break: a window cut short makes nothing overdue, a short pause within one half does not split
       it */
    { "2026-01-01..2026-02-20 2026-03-01.. 2026-02-10", "2026-03-02", YM_STANDING_DUE, 14, 20 },
    { "2026-01-01..2026-01-31 2026-03-01.. 2026-01-10", "2026-03-02", YM_STANDING_DUE, 14, 51 },
    { "2026-01-01..2026-03-04 2026-03-08.. 2026-02-20", "2026-03-06", YM_STANDING_NONE, 0, 14 },
    { "2026-01-01..2026-03-04 2026-03-08.. 2026-03-03", "2026-03-09", YM_STANDING_VISITED, 7, 6 },
    { "2026-01-01..2026-03-04 2026-03-08.. 2026-02-20", "2026-03-16", YM_STANDING_OVERDUE, 16, 24 },
    /* closed, paused, never assigned */
    { "closed 2026-01-01.. 2026-03-02", "2026-03-12", YM_STANDING_NONE, 0, 10 },
    { "", "2026-03-12", YM_STANDING_NONE, 0, -1 },
    { "2026-03-02", "2026-03-12", YM_STANDING_NONE, 0, 10 },
    /* a visit from tomorrow has not happened */
    { "2026-01-01.. 2026-02-20 2026-03-13", "2026-03-12", YM_STANDING_DUE, 4, 20 },
    { "2026-03-01.. 2026-03-13", "2026-03-12", YM_STANDING_DUE, 4, -1 },
    /* two visits on one day, and one window's two visits, are no credit for the next */
    { "2026-01-01.. 2026-03-02 2026-03-02 2026-03-14", "2026-03-31", YM_STANDING_DUE_SOON, 1, 17 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Home home;
      YmVisitState state;

      g_test_message ("%s on %s", cases[i].home, cases[i].today);
      home_init (&home, cases[i].home);
      state = ym_visit_state (&home.history, day_of (cases[i].today));
      g_assert_cmpint (state.standing, ==, cases[i].standing);
      g_assert_cmpint (state.days_left, ==, cases[i].days_left);
      g_assert_cmpint (state.days_since_visit, ==, cases[i].days_since_visit);
      g_assert_cmpint (state.window.first == YM_DAY_NONE, ==, state.standing == YM_STANDING_NONE);
    }
}

/* A force's compliance would blame officers for windows that never were, or forgive those that were missed.
 */
static void
test_compliance (void)
{
  static const struct {
    const char *home, *from, *until, *today;
    int kept, ended;
  } cases[] = {
    { "2026-01-01.. 2026-01-15 2026-01-16 2026-02-28", "2026-01-01", "2026-03-31", "2026-03-10", 3, 4 },
    /* the window of today has not ended, not even on its last day */
    { "2026-01-01.. 2026-01-15", "2026-01-01", "2026-01-31", "2026-01-15", 0, 0 },
    { "2026-01-01.. 2026-01-15", "2026-01-01", "2026-01-31", "2026-01-16", 1, 1 },
    /* a window belongs to the period it ends in */
    { "2026-01-01.. 2026-02-03", "2026-02-10", "2026-02-28", "2026-05-01", 1, 2 },
    { "2026-01-01.. 2026-02-03", "2026-02-16", "2026-02-27", "2026-05-01", 0, 0 },
    { "2024-01-01.. 2024-02-29", "2024-02-01", "2024-02-29", "2024-03-01", 1, 2 },
    /* the first window is what the assignment leaves of it */
    { "2026-03-10.. 2026-03-09", "2026-03-01", "2026-03-31", "2026-04-01", 0, 2 },
    { "2026-03-10.. 2026-03-15", "2026-03-01", "2026-03-31", "2026-04-01", 1, 2 },
    /* a window cut short never ended, kept or not */
    { "2026-01-01..2026-03-12 2026-03-03", "2026-03-01", "2026-03-31", "2026-05-01", 0, 0 },
    { "2026-01-01..2026-03-15 2026-03-03", "2026-03-01", "2026-03-31", "2026-05-01", 1, 1 },
    { "2026-01-01..2026-03-15 2026-04-03..", "2026-03-01", "2026-04-30", "2026-05-01", 0, 3 },
    { "2026-01-01..2026-03-09 2026-03-10.. 2026-03-09", "2026-03-01", "2026-03-15", "2026-05-01", 1, 1 },
    /* closed: only what is known to have ended before it closed */
    { "closed 2026-01-01..2026-02-28 2026-02-03", "2026-01-01", "2026-12-31", "2026-05-01", 1, 4 },
    { "closed 2026-01-01.. 2026-02-03", "2026-01-01", "2026-12-31", "2026-05-01", 0, 0 },
    { "", "2026-01-01", "2026-12-31", "2026-05-01", 0, 0 },
    { "2026-01-01..", "2026-02-01", "2026-01-01", "2026-05-01", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Home home;
      YmVisitCompliance compliance;

      g_test_message ("%s from %s", cases[i].home, cases[i].from);
      home_init (&home, cases[i].home);
      compliance = ym_visit_compliance (&home.history, day_of (cases[i].from), day_of (cases[i].until),
                                        day_of (cases[i].today));
      g_assert_cmpint (compliance.kept, ==, cases[i].kept);
      g_assert_cmpint (compliance.ended, ==, cases[i].ended);
    }
}

/* The visit form would propose a day that is past, a Sunday, or one that leaves no reserve. */
static void
test_proposal (void)
{
  static const struct {
    const char *home, *today, *expected;
  } cases[] = {
    /* two weeks on, a weekday of the next window */
    { "2026-01-01.. 2026-03-05", "2026-03-05", "2026-03-19" },
    { "2026-01-01.. 2026-03-12", "2026-03-12", "2026-03-26" },
    /* too early for the next window: its first weekday */
    { "2026-01-01.. 2026-04-01", "2026-04-01", "2026-04-16" },
    { "2026-01-01.. 2026-02-02", "2026-02-02", "2026-02-16" },
    { "2026-01-01.. 2026-07-16", "2026-07-16", "2026-08-03" },
    /* a Saturday becomes a Friday, a Sunday a Monday */
    { "2026-01-01.. 2026-03-07", "2026-03-07", "2026-03-20" },
    { "2026-01-01.. 2026-03-08", "2026-03-08", "2026-03-23" },
    /* a Saturday on which the window begins becomes the Monday */
    { "2026-01-01.. 2026-07-20", "2026-07-20", "2026-08-03" },
    /* not later than leaves three days */
    { "2026-01-01.. 2026-01-31", "2026-01-31", "2026-02-12" },
    { "2026-01-01.. 2026-04-30", "2026-05-01", "2026-05-12" },
    { "2026-01-01.. 2026-01-16", "2026-02-01", "2026-02-02" },
    /* overdue, due soon, or never visited: at once */
    { "2026-01-01.. 2026-02-20", "2026-03-17", "2026-03-17" },
    { "2026-01-01.. 2026-02-27", "2026-03-13", "2026-03-13" },
    { "2026-03-02..", "2026-03-04", "2026-03-04" },
    { "2026-03-10.. 2026-03-09", "2026-03-16", "2026-03-16" },
    /* a weekend with no weekday left stays */
    { "2026-01-01.. 2026-01-20", "2026-02-28", "2026-02-28" },
    /* not before the assignment begins, and not after it ends */
    { "2026-03-20..", "2026-03-04", "2026-03-20" },
    { "2026-01-01..2026-03-15 2026-03-05", "2026-03-05", "" },
    { "2026-01-01..2026-03-10 2026-02-28", "2026-03-05", "2026-03-06" },
    { "closed 2026-01-01..", "2026-03-05", "" },
    { "", "2026-03-05", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Home home;
      YmDay day;
      g_autofree char *text = NULL;

      g_test_message ("%s on %s", cases[i].home, cases[i].today);
      home_init (&home, cases[i].home);
      day = ym_visit_propose_next (&home.history, day_of (cases[i].today));
      text = day == YM_DAY_NONE ? g_strdup ("") : ym_day_to_string (day);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* The strip of the month would show a visit that was not made, or none where one is asked for. */
static void
test_month (void)
{
  static const struct {
    const char *home, *today;
    guint32 visited;
    const char *halves; /* for each: asked and kept "+", asked "-", not asked "." */
  } cases[] = {
    { "2026-01-01.. 2026-02-28 2026-03-02 2026-03-02 2026-03-15", "2026-03-20", 1u << 2 | 1u << 15, "+-" },
    { "2026-01-01.. 2026-03-01 2026-03-31 2026-04-01", "2026-03-31", 1u << 1 | 1u << 31, "++" },
    { "2026-03-16.. 2026-03-10", "2026-03-20", 1u << 10, ".-" },
    /* a clock that was ahead */
    { "2026-01-01.. 2026-03-10", "2026-03-09", 0, "--" },
    { "closed 2026-01-01..", "2026-03-09", 0, ".." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Home home;
      YmVisitMonth month;

      g_test_message ("%s on %s", cases[i].home, cases[i].today);
      home_init (&home, cases[i].home);
      month = ym_visit_month (&home.history, ym_month_of_day (day_of ("2026-03-01")), day_of (cases[i].today));
      g_assert_cmphex (month.visited, ==, cases[i].visited);
      for (guint half = 0; half < G_N_ELEMENTS (month.halves); half++)
        {
          g_assert_cmpint (month.halves[half].asked, ==, cases[i].halves[half] != '.');
          g_assert_cmpint (month.halves[half].kept, ==, cases[i].halves[half] == '+');
        }
    }
}

/* R1 once more, as slowly and plainly as can be: a flag for each day, and walking. */
#define N_DAYS 120

typedef struct {
  YmDay start; /* the first of a month */
  gboolean is_duty[N_DAYS];
  gboolean is_visit[N_DAYS];
} Plain;

typedef enum {
  PLAIN_NO_WINDOW,
  PLAIN_CUT_SHORT,
  PLAIN_MISSED,
  PLAIN_KEPT,
} PlainOutcome;

static gboolean
plain_begins_half (const Plain *plain, int day)
{
  int day_of_month;

  ym_day_to_ymd (plain->start + day, NULL, NULL, &day_of_month);
  return day_of_month == 1 || day_of_month == 16;
}

static int
plain_half_start (const Plain *plain, int day)
{
  while (!plain_begins_half (plain, day))
    day--;
  return day;
}

/* What became, up to @today, of the half that begins at @start; @last is its last day of duty. */
static PlainOutcome
plain_outcome (const Plain *plain, int start, int today, int *last)
{
  gboolean has_begun = FALSE, is_kept = FALSE;
  int end = start;

  *last = -1;
  for (end = start; end == start || !plain_begins_half (plain, end); end++)
    *last = plain->is_duty[end] ? end : *last;
  for (int day = start; day <= *last && day <= today; day++)
    {
      has_begun = has_begun || plain->is_duty[day];
      is_kept = is_kept || (has_begun && plain->is_visit[day]);
    }
  if (*last == -1)
    return PLAIN_NO_WINDOW;
  if (is_kept)
    return PLAIN_KEPT;
  return *last == end - 1 ? PLAIN_MISSED : PLAIN_CUT_SHORT;
}

static YmVisitStanding
plain_standing (const Plain *plain, int today)
{
  int start = plain_half_start (plain, today), last, ignored;

  if (!plain->is_duty[today])
    return YM_STANDING_NONE;
  if (plain_outcome (plain, start, today, &last) == PLAIN_KEPT)
    return YM_STANDING_VISITED;
  if (start > 0
      && plain_outcome (plain, plain_half_start (plain, start - 1), today, &ignored) == PLAIN_MISSED)
    return YM_STANDING_OVERDUE;
  return last - today + 1 <= 3 ? YM_STANDING_DUE_SOON : YM_STANDING_DUE;
}

/* A shortcut in the code would be wrong for some mixture of assignments, pauses and visits. */
static void
test_agrees_with_a_plain_reading (void)
{
  guint seen[5] = { 0 };

  for (int round = 0; round < 2000; round++)
    {
      Plain plain = { .start = ym_month_first_day (g_test_rand_int_range (600, 720)) };
      YmDaySpan duty[MOST];
      YmDay visits[N_DAYS];
      YmVisitHistory history = { duty, g_test_rand_int_range (1, 4), TRUE, visits, 0 };
      int n_visits = g_test_rand_int_range (0, 7);

      for (gsize i = 0; i < history.n_duty; i++)
        {
          int from = g_test_rand_int_range (0, N_DAYS - 20), until = g_test_rand_int_range (from, N_DAYS);

          duty[i] = (YmDaySpan){ plain.start + from, plain.start + until };
          for (int day = from; day <= until; day++)
            plain.is_duty[day] = TRUE;
        }
      for (int i = 0; i < n_visits; i++)
        plain.is_visit[g_test_rand_int_range (0, N_DAYS)] = TRUE;
      for (int day = 0; day < N_DAYS; day++)
        if (plain.is_visit[day])
          visits[history.n_visits++] = plain.start + day;

      for (int today = 0; today < N_DAYS - 32; today++)
        {
          YmVisitState state = ym_visit_state (&history, plain.start + today);
          YmDay proposal = ym_visit_propose_next (&history, plain.start + today);

          g_assert_cmpint (state.standing, ==, plain_standing (&plain, today));
          seen[state.standing]++;
          if (proposal == YM_DAY_NONE)
            continue;
          g_assert_cmpint (proposal, >=, plain.start + today);
          g_assert_true (ym_visit_window_for (&history, proposal, &state.window));
          g_assert_cmpint (proposal, >=, state.window.first);
          g_assert_cmpint (proposal, <=, state.window.last);
          g_assert_false (ym_visit_window_is_kept (&history, &state.window, plain.start + today));
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_cmpuint (seen[i], >, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/visit-window/windows-of-a-month", test_windows_of_a_month);
  g_test_add_func ("/rules/visit-window/state", test_state);
  g_test_add_func ("/rules/visit-window/month", test_month);
  g_test_add_func ("/rules/visit-window/compliance", test_compliance);
  g_test_add_func ("/rules/visit-window/proposal", test_proposal);
  g_test_add_func ("/rules/visit-window/agrees-with-a-plain-reading", test_agrees_with_a_plain_reading);
  return g_test_run ();
}
