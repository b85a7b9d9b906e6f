/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates and London's clock: if these are wrong, every window, month, deadline and trigger is. */

#include "app/rules/civil.h"

#define LAST_YEAR_OF_TZDATA 2037

/* A wrong leap year moves every date after it. */
static void
test_known_days (void)
{
  static const struct {
    int year, month, day_of_month;
    YmDay day;
    int weekday;
  } cases[] = {
    { 1970, 1, 1, 0, 4 },       { 1969, 12, 31, -1, 3 },         { 2000, 2, 29, 11016, 2 },
    { 2026, 3, 29, 20541, 7 },  { 2024, 2, 29, 19782, 4 },       { 1900, 3, 1, -25508, 4 },
    { 1, 1, 1, YM_DAY_MIN, 1 }, { 9999, 12, 31, YM_DAY_MAX, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int year, month, day_of_month;
      YmDay day = ym_day_from_ymd (cases[i].year, cases[i].month, cases[i].day_of_month);

      g_assert_cmpint (day, ==, cases[i].day);
      g_assert_cmpint (ym_day_weekday (day), ==, cases[i].weekday);
      ym_day_to_ymd (day, &year, &month, &day_of_month);
      g_assert_cmpint (year, ==, cases[i].year);
      g_assert_cmpint (month, ==, cases[i].month);
      g_assert_cmpint (day_of_month, ==, cases[i].day_of_month);
    }
}

/* A date that does not exist would be stored as another one. */
static void
test_dates_that_do_not_exist (void)
{
  static const int cases[][3] = {
    { 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 }, { 2026, 13, 1 }, { 2026, 0, 1 },
    { 2026, 1, 0 },  { 2026, 1, 32 }, { 0, 12, 31 },   { 10000, 1, 1 }, { -1, 1, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ym_day_from_ymd (cases[i][0], cases[i][1], cases[i][2]), ==, YM_DAY_NONE);
}

/* Two days with one number, or one day with two, would lose a day of every calendar. */
static void
test_every_day_follows_the_one_before (void)
{
  YmDay day = ym_day_from_ymd (1896, 1, 1);

  for (int year = 1896; year <= 2404; year++)
    for (int month = 1; month <= 12; month++)
      for (int day_of_month = 1; day_of_month <= g_date_get_days_in_month (month, year);
           day_of_month++, day++)
        {
          g_assert_cmpint (ym_day_from_ymd (year, month, day_of_month), ==, day);
          g_assert_cmpint (ym_month_of_day (day), ==, (year - 1970) * 12 + month - 1);
        }
}

/* Review dates a year or six on would fall on days that do not exist. */
static void
test_adding_months (void)
{
  static const struct {
    const char *day;
    int months;
    const char *expected;
  } cases[] = {
    { "2026-01-31", 1, "2026-02-28" },  { "2024-01-31", 1, "2024-02-29" },
    { "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
    { "2026-12-31", 1, "2027-01-31" },  { "2026-03-31", -1, "2026-02-28" },
    { "2026-01-15", -1, "2025-12-15" }, { "2026-10-31", 6, "2027-04-30" },
    { "1969-12-31", 0, "1969-12-31" },  { "2026-05-31", -77, "2019-12-31" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay day;
      g_autofree char *text = NULL;

      g_assert_true (ym_day_parse (cases[i].day, &day));
      text = ym_day_to_string (ym_day_add_months (day, cases[i].months));
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
  g_assert_cmpint (ym_day_add_months (YM_DAY_MAX, 1), ==, YM_DAY_NONE);
  g_assert_cmpint (ym_day_add_months (YM_DAY_MIN, -1), ==, YM_DAY_NONE);
  g_assert_cmpint (ym_day_add_months (YM_DAY_NONE, 1), ==, YM_DAY_NONE);
  g_assert_cmpint (ym_day_add_months (YM_DAY_NONE, G_MININT), ==, YM_DAY_NONE);
}

/* Calls of the last day of a month would be counted in another. */
static void
test_months (void)
{
  static const struct {
    const char *text, *first, *last;
  } cases[] = {
    { "2026-02", "2026-02-01", "2026-02-28" }, { "2024-02", "2024-02-01", "2024-02-29" },
    { "1969-12", "1969-12-01", "1969-12-31" }, { "2026-12", "2026-12-01", "2026-12-31" },
    { "0001-01", "0001-01-01", "0001-01-31" },
  };
  static const char *const wrong[]
      = { "", "2026", "2026-13", "2026-00", "2026-1", "2026-01-", "0000-01", " 2026-01" };
  YmMonth month = 7;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = NULL, *first = NULL, *last = NULL;

      g_assert_true (ym_month_parse (cases[i].text, &month));
      text = ym_month_to_string (month);
      first = ym_day_to_string (ym_month_first_day (month));
      last = ym_day_to_string (ym_month_last_day (month));
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpstr (first, ==, cases[i].first);
      g_assert_cmpstr (last, ==, cases[i].last);
    }
  month = 7;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ym_month_parse (wrong[i], &month));
  g_assert_cmpint (month, ==, 7);
}

/* An importer would take a mistyped date for another. */
static void
test_parsing_days (void)
{
  static const char *const wrong[] = {
    "",           "2026",       "2026-1-01",   "2026-01-1",      "2026-02-29",  "26-01-01",
    "2026/01/01", "01/02/2026", "2026-01-01 ", " 2026-01-01",    "2026-01-01T", "+026-01-01",
    "2026-01-0x", "0000-01-01", "2026-01-",    "２０２６-01-01",
  };
  YmDay day = 7;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ym_day_parse (wrong[i], &day));
  g_assert_cmpint (day, ==, 7);
  g_assert_true (ym_day_parse ("2024-02-29", &day));
  g_assert_cmpint (day, ==, 19782);
}

/* A call's time would be read an hour off, or a time without its offset guessed. */
static void
test_parsing_instants (void)
{
  static const struct {
    const char *text;
    gint64 at_us;
    int offset_minutes;
    const char *again;
  } right[] = {
    { "1970-01-01T00:00Z", 0, 0, "1970-01-01T00:00:00+00:00" },
    { "2026-03-29T14:05+01:00", 1774789500 * YM_SECOND_US, 60, "2026-03-29T14:05:00+01:00" },
    { "2026-03-29 13:05Z", 1774789500 * YM_SECOND_US, 60, "2026-03-29T14:05:00+01:00" },
    { "2026-03-29T13:05:59.25Z", 1774789559 * YM_SECOND_US + 250000, 0, "2026-03-29T13:05:59.250000+00:00" },
    { "1969-12-31T23:59:59.999999+00:00", -1, 0, "1969-12-31T23:59:59.999999+00:00" },
    { "2026-01-01T00:30+01:00", 1767223800 * YM_SECOND_US, 0, "2025-12-31T23:30:00+00:00" },
    { "2026-01-01T00:30-05:30", 1767247200 * YM_SECOND_US, -330, "2026-01-01T00:30:00-05:30" },
    { "2024-02-29T23:59:59-00:01", 1709251259 * YM_SECOND_US, 1439, "2024-03-01T23:59:59+23:59" },
    { "0001-01-01T00:00Z", YM_DAY_MIN * YM_DAY_US, 0, "0001-01-01T00:00:00+00:00" },
    { "9999-12-31T23:59:59.999999Z", (YM_DAY_MAX + 1) * YM_DAY_US - 1, 0,
      "9999-12-31T23:59:59.999999+00:00" },
  };
  static const char *const wrong[] = {
    "",
    "2026-03-29",
    "2026-03-29T14:05",
    "2026-03-29T14:05:00",
    "2026-03-29T24:00Z",
    "2026-03-29T14:60Z",
    "2026-03-29T14:05:60Z",
    "2026-03-29T14:05:00.Z",
    "2026-03-29T14:05:00.1234567Z",
    "2026-03-29T14:05.5Z",
    "2026-03-29T14:05-00:00",
    "2026-03-29T14:05+0100",
    "2026-03-29T14:05+01",
    "2026-03-29T14:05+24:00",
    "2026-03-29T14:05+01:60",
    "2026-03-29T14:05 Z",
    "2026-03-29T14:05Z ",
    "2026-02-29T14:05Z",
    "2026-03-29T1405Z",
    "2026-03-29t14:05z",
    "0001-01-01T00:00+00:01",
    "9999-12-31T23:59-00:01",
  };
  gint64 at_us = 7;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (ym_instant_parse (wrong[i], &at_us));
  g_assert_cmpint (at_us, ==, 7);

  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autofree char *again = NULL;

      g_assert_true (ym_instant_parse (right[i].text, &at_us));
      g_assert_cmpint (at_us, ==, right[i].at_us);
      again = ym_instant_to_string (at_us, right[i].offset_minutes);
      g_assert_cmpstr (again, ==, right[i].again);
      g_assert_true (ym_instant_parse (again, &at_us));
      g_assert_cmpint (at_us, ==, right[i].at_us);
    }
}

/* "Today" and the month of a call would be wrong for an hour a day, half of the year. */
static void
test_london_at_its_edges (void)
{
  static const struct {
    const char *instant;
    const char *london;
  } cases[] = {
    { "2026-03-29T00:59:59Z", "2026-03-29T00:59:59+00:00" },
    { "2026-03-29T01:00:00Z", "2026-03-29T02:00:00+01:00" },
    { "2026-10-25T00:59:59Z", "2026-10-25T01:59:59+01:00" },
    { "2026-10-25T01:00:00Z", "2026-10-25T01:00:00+00:00" },
    { "2026-06-30T22:59:59Z", "2026-06-30T23:59:59+01:00" },
    { "2026-06-30T23:00:00Z", "2026-07-01T00:00:00+01:00" },
    { "2026-01-31T23:59:59Z", "2026-01-31T23:59:59+00:00" },
    { "2024-02-29T23:59:59Z", "2024-02-29T23:59:59+00:00" },
    { "2024-03-31T00:59:59Z", "2024-03-31T00:59:59+00:00" },
    { "2024-03-31T01:00:00Z", "2024-03-31T02:00:00+01:00" },
    { "2027-10-31T00:59:59Z", "2027-10-31T01:59:59+01:00" },
    { "2027-10-31T01:00:00Z", "2027-10-31T01:00:00+00:00" },
    { "1996-10-27T00:59:59Z", "1996-10-27T01:59:59+01:00" },
    { "1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500000+00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 at_us;
      g_autofree char *london = NULL;

      g_assert_true (ym_instant_parse (cases[i].instant, &at_us));
      london = ym_instant_to_london_string (at_us);
      g_assert_cmpstr (london, ==, cases[i].london);
    }
}

/* A time typed in the skipped or the repeated hour would move, or mean something else on another device. */
static void
test_london_from_the_wall (void)
{
  static const struct {
    const char *day;
    int minute;
    gboolean second_pass;
    YmLondonReading reading;
    const char *instant;
  } cases[] = {
    { "2026-03-29", 59, FALSE, YM_LONDON_ONCE, "2026-03-29T00:59Z" },
    { "2026-03-29", 60, FALSE, YM_LONDON_NEVER, "2026-03-29T02:00+01:00" },
    { "2026-03-29", 90, FALSE, YM_LONDON_NEVER, "2026-03-29T02:30+01:00" },
    { "2026-03-29", 90, TRUE, YM_LONDON_NEVER, "2026-03-29T02:30+01:00" },
    { "2026-03-29", 119, FALSE, YM_LONDON_NEVER, "2026-03-29T02:59+01:00" },
    { "2026-03-29", 120, FALSE, YM_LONDON_ONCE, "2026-03-29T02:00+01:00" },
    { "2026-10-25", 59, FALSE, YM_LONDON_ONCE, "2026-10-25T00:59+01:00" },
    { "2026-10-25", 60, FALSE, YM_LONDON_TWICE, "2026-10-25T01:00+01:00" },
    { "2026-10-25", 60, TRUE, YM_LONDON_TWICE, "2026-10-25T01:00Z" },
    { "2026-10-25", 119, FALSE, YM_LONDON_TWICE, "2026-10-25T01:59+01:00" },
    { "2026-10-25", 119, TRUE, YM_LONDON_TWICE, "2026-10-25T01:59Z" },
    { "2026-10-25", 120, FALSE, YM_LONDON_ONCE, "2026-10-25T02:00Z" },
    { "2026-10-25", 120, TRUE, YM_LONDON_ONCE, "2026-10-25T02:00Z" },
    { "2026-07-01", 0, FALSE, YM_LONDON_ONCE, "2026-06-30T23:00Z" },
    { "2026-07-01", 0, TRUE, YM_LONDON_ONCE, "2026-06-30T23:00Z" },
    { "2026-12-31", 1439, TRUE, YM_LONDON_ONCE, "2026-12-31T23:59Z" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmDay day;
      gint64 at_us, expected_us;

      g_assert_true (ym_day_parse (cases[i].day, &day));
      g_assert_true (ym_instant_parse (cases[i].instant, &expected_us));
      g_assert_cmpint (ym_london_to_instant (day, cases[i].minute, cases[i].second_pass, &at_us), ==,
                       cases[i].reading);
      g_assert_cmpint (at_us, ==, expected_us);
    }
}

/* The law as written here and the law as everyone's tzdata has it would disagree for some hour. */
static void
test_london_agrees_with_tzdata (void)
{
  g_autoptr (GTimeZone) london = g_time_zone_new_identifier ("Europe/London");
  gint64 first_us = ym_day_from_ymd (1996, 1, 1) * YM_DAY_US;
  gint64 last_us = ym_day_from_ymd (LAST_YEAR_OF_TZDATA, 12, 31) * YM_DAY_US;
  int interval = 0;

  if (london == NULL)
    {
      g_test_skip ("tzdata is not installed");
      return;
    }
  for (gint64 at_us = first_us; at_us < last_us; at_us += 60 * YM_MINUTE_US)
    {
      YmLondonTime time = ym_london_from_instant (at_us);
      gint64 wall_us = time.day * YM_DAY_US + time.minute * YM_MINUTE_US;
      gint64 again_us;
      gboolean second_pass;

      interval = g_time_zone_find_interval (london, G_TIME_TYPE_UNIVERSAL, at_us / YM_SECOND_US);
      g_assert_cmpint (time.offset_minutes * 60, ==, g_time_zone_get_offset (london, interval));
      g_assert_cmpint (wall_us, ==, at_us + time.offset_minutes * YM_MINUTE_US);
      second_pass = time.offset_minutes == 0;
      g_assert_cmpint (ym_london_to_instant (time.day, time.minute, second_pass, &again_us), !=,
                       YM_LONDON_NEVER);
      g_assert_cmpint (again_us, ==, at_us);
    }
}

/* A hostile number in a record would be undefined behaviour. */
static void
test_extreme_instants_do_no_harm (void)
{
  static const gint64 instants[] = { G_MININT64, G_MININT64 + 1, G_MAXINT64, G_MAXINT64 - 1 };
  static const YmDay days[] = { G_MININT32, G_MAXINT32 };

  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      YmLondonTime time = ym_london_from_instant (instants[i]);
      g_autofree char *text = ym_instant_to_london_string (instants[i]);
      gint64 at_us;

      g_assert_true (time.minute >= 0 && time.minute < 24 * 60);
      g_assert_false (ym_instant_parse (text, &at_us));
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *text = ym_day_to_string (days[i]);
      YmDay day;

      g_assert_false (ym_day_is_valid (days[i]));
      g_assert_false (ym_day_parse (text, &day));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/civil/known-days", test_known_days);
  g_test_add_func ("/rules/civil/dates-that-do-not-exist", test_dates_that_do_not_exist);
  g_test_add_func ("/rules/civil/every-day-follows-the-one-before", test_every_day_follows_the_one_before);
  g_test_add_func ("/rules/civil/adding-months", test_adding_months);
  g_test_add_func ("/rules/civil/months", test_months);
  g_test_add_func ("/rules/civil/parsing-days", test_parsing_days);
  g_test_add_func ("/rules/civil/parsing-instants", test_parsing_instants);
  g_test_add_func ("/rules/civil/london-at-its-edges", test_london_at_its_edges);
  g_test_add_func ("/rules/civil/london-from-the-wall", test_london_from_the_wall);
  g_test_add_func ("/rules/civil/london-agrees-with-tzdata", test_london_agrees_with_tzdata);
  g_test_add_func ("/rules/civil/extreme-instants-do-no-harm", test_extreme_instants_do_no_harm);
  return g_test_run ();
}
