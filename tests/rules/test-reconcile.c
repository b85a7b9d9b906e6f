/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reconciliation (R5): a home would be told that it logs less than it does, or an officer that it logs more.
 */

#include "app/rules/reconcile.h"

#include <string.h>

#include "app/rules/civil.h"

#define MOST 12

/* Logs as minutes, and decisions as pairs of indexes: "0-1" joined, "0x1" parted. */
typedef struct {
  gint64 police_at_us[MOST], home_at_us[MOST];
  YmHandPair by_hand[MOST];
  YmReconcileInput input;
} Case;

static gsize
read_minutes (const char *text, gint64 *at_us)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gsize n = 0;

  for (; words[n] != NULL && *words[n] != '\0'; n++)
    at_us[n] = g_ascii_strtod (words[n], NULL) * YM_MINUTE_US;
  return n;
}

static void
case_init (Case *input, const char *police, const char *home, const char *by_hand)
{
  g_auto (GStrv) words = g_strsplit (by_hand, " ", -1);

  *input = (Case){ 0 };
  input->input = (YmReconcileInput){ .police_at_us = input->police_at_us,
                                     .n_police = read_minutes (police, input->police_at_us),
                                     .home_at_us = input->home_at_us,
                                     .n_home = read_minutes (home, input->home_at_us),
                                     .by_hand = input->by_hand,
                                     .tolerance_minutes = YM_RECONCILE_TOLERANCE_MINUTES };
  for (gsize i = 0; words[i] != NULL && *words[i] != '\0'; i++)
    input->by_hand[input->input.n_by_hand++]
        = (YmHandPair){ words[i][0] - '0', words[i][2] - '0', words[i][1] == '-' };
}

static char *
describe (const YmReconciliation *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->both->len; i++)
    {
      const YmMatchedPair *pair = &g_array_index (result->both, YmMatchedPair, i);

      g_string_append_printf (text, "%u%c%u ", pair->police, pair->by_hand ? '=' : '-', pair->home);
    }
  g_string_append_c (text, '|');
  for (guint i = 0; i < result->only_police->len; i++)
    g_string_append_printf (text, " %u", g_array_index (result->only_police, guint, i));
  g_string_append (text, " |");
  for (guint i = 0; i < result->only_home->len; i++)
    g_string_append_printf (text, " %u", g_array_index (result->only_home, guint, i));
  return g_string_free (text, FALSE);
}

/* Pairs, only police, only home; minutes apart; percent. */
static void
test_cases (void)
{
  static const struct {
    const char *police, *home, *by_hand, *expected;
    double minutes_apart;
    int percent;
  } cases[] = {
    { "", "", "", "| |", 0, 0 },
    { "", "5 9", "", "| | 0 1", 0, 0 },
    { "5 9", "", "", "| 0 1 |", 0, 100 },
    { "100", "130", "", "0-0 | |", 30, 0 },
    { "100", "130.02", "", "| 0 | 0", 0, 100 },
    { "130.02", "100", "", "| 0 | 0", 0, 100 },
    /* greedy takes the nearest pair and loses one */
    { "0 30", "29 60", "", "0-0 1-1 | |", 59, 0 },
    { "0 20 40", "19 21 69", "", "0-0 1-1 2-2 | |", 49, 0 },
    /* the greatest number first, then the least distance */
    { "0 10", "9", "", "1-0 | 0 |", 1, 50 },
    { "10 0", "9", "", "0-0 | 1 |", 1, 50 },
    { "0 10 20", "12 21", "", "1-0 2-1 | 0 |", 3, 33 },
    { "0 25 50", "26 51 76", "", "0-0 1-1 2-2 | |", 78, 0 },
    /* the same minute twice */
    { "7 7", "7 7", "", "0-0 1-1 | |", 0, 0 },
    { "7 7 7", "7", "", "0-0 | 1 2 |", 0, 67 },
    /* stretches far apart, times before 1970 */
    { "-100 1000 5000", "-95 5010", "", "0-0 2-1 | 1 |", 15, 33 },
    /* joined by hand: whatever the tolerance, and others go round it */
    { "0 10", "500", "0-0", "0=0 | 1 |", 500, 50 },
    { "0 10", "9", "0-0", "0=0 | 1 |", 9, 50 },
    { "0 10", "1 11", "0-1", "0=1 1-0 | |", 20, 0 },
    /* parted by hand: both may go with others, also crosswise */
    { "0", "5", "0x0", "| 0 | 0", 0, 100 },
    { "0 10", "1 11", "0x0", "0-1 1-0 | |", 20, 0 },
    { "0 10", "1 11", "0x0 1x1", "0-1 1-0 | |", 20, 0 },
    { "0 10", "1 11", "0x0 1x1 0x1", "1-0 | 0 | 1", 9, 50 },
    { "0 10", "1 11", "0x1", "0-0 1-1 | |", 2, 0 },
    /* a parting in one stretch leaves the others alone */
    { "0 500", "5 500", "0x0", "1-1 | 0 | 0", 0, 50 },
    /* a parted entry that was joined to another */
    { "0 10", "1 11", "0x0 0-1", "0=1 1-0 | |", 20, 0 },
    /* the later decision holds: about a pair, and of two joins of one entry */
    { "0", "5", "0-0 0x0", "| 0 | 0", 0, 100 },
    { "0", "5", "0x0 0-0", "0=0 | |", 5, 0 },
    { "0 10", "1 11", "0-1 0-0", "0=0 1-1 | |", 2, 0 },
    { "0 10", "1 11", "0-1 1-1", "0-0 1=1 | |", 2, 0 },
    { "0 10", "1 11", "1-1 0-1 0x1", "0-0 1=1 | |", 2, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Case input;
      g_autoptr (GError) error = NULL;
      g_autoptr (YmReconciliation) result = NULL;
      g_autofree char *text = NULL;

      g_test_message ("police %s, home %s, by hand %s", cases[i].police, cases[i].home, cases[i].by_hand);
      case_init (&input, cases[i].police, cases[i].home, cases[i].by_hand);
      result = ym_reconcile (&input.input, &error);
      g_assert_no_error (error);
      text = describe (result);
      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpint (result->total_apart_us, ==, cases[i].minutes_apart * YM_MINUTE_US);
      g_assert_cmpint (result->discrepancy_percent, ==, cases[i].percent);
    }
}

/* The published case would not read as it was published: 22 against 4 is 82 %. */
static void
test_twenty_two_against_four (void)
{
  gint64 police_at_us[22], home_at_us[4];
  YmReconcileInput input = { police_at_us, 22, home_at_us, 4, NULL, 0, YM_RECONCILE_TOLERANCE_MINUTES };
  g_autoptr (YmReconciliation) result = NULL;

  for (int i = 0; i < 22; i++)
    police_at_us[i] = i * 300 * YM_MINUTE_US;
  for (int i = 0; i < 4; i++)
    home_at_us[i] = police_at_us[i * 5] + 2 * YM_MINUTE_US;
  result = ym_reconcile (&input, NULL);
  g_assert_cmpuint (result->both->len, ==, 4);
  g_assert_cmpuint (result->only_police->len, ==, 18);
  g_assert_cmpuint (result->only_home->len, ==, 0);
  g_assert_cmpint (result->discrepancy_percent, ==, 82);
}

/* Input from outside would crash the app, or be answered with nonsense. */
static void
test_refusals (void)
{
  static const int tolerances[] = { 4, 241, 0, -30, G_MAXINT };
  static const gint64 no_times[]
      = { G_MININT64, G_MAXINT64, YM_DAY_MIN * YM_DAY_US - 1, (YM_DAY_MAX + 1) * YM_DAY_US };
  const YmHandPair strangers[] = { { 1, 0, TRUE }, { 0, 1, FALSE } };
  gint64 at_us = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tolerances); i++)
    {
      YmReconcileInput input = { &at_us, 1, &at_us, 1, NULL, 0, tolerances[i] };
      g_autoptr (GError) error = NULL;

      g_assert_null (ym_reconcile (&input, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (no_times); i++)
    {
      YmReconcileInput police = { &no_times[i], 1, &at_us, 1, NULL, 0, 30 };
      YmReconcileInput home = { &at_us, 1, &no_times[i], 1, NULL, 0, 30 };

      g_assert_null (ym_reconcile (&police, NULL));
      g_assert_null (ym_reconcile (&home, NULL));
    }
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      YmReconcileInput input = { &at_us, 1, &at_us, 1, &strangers[i], 1, 30 };

      g_assert_null (ym_reconcile (&input, NULL));
    }
}

/* A hostile log would keep the tablet busy for hours, or take all its memory. */
static void
test_too_much_to_look_at (void)
{
  const gsize n = 21000;
  g_autofree gint64 *at_us = g_new0 (gint64, n);
  const YmHandPair parted = { 0, 0, FALSE };
  YmReconcileInput many = { at_us, n, at_us, n, NULL, 0, 30 };
  YmReconcileInput parted_many = { at_us, 15000, at_us, 15000, &parted, 1, 30 };
  g_autoptr (GError) error = NULL;

  g_assert_null (ym_reconcile (&many, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_assert_null (ym_reconcile (&parted_many, NULL));
}

/* The best total of all matchings there are, by trying each. */
typedef struct {
  const YmReconcileInput *input;
  gboolean may_pair[MOST][MOST];
  guint n_pairs;
  gint64 apart_us;
} Exhaustive;

static void
try_all (Exhaustive *search, gsize police, guint taken, guint n_pairs, gint64 apart_us)
{
  const YmReconcileInput *input = search->input;

  if (police == input->n_police)
    {
      if (n_pairs > search->n_pairs || (n_pairs == search->n_pairs && apart_us < search->apart_us))
        {
          search->n_pairs = n_pairs;
          search->apart_us = apart_us;
        }
      return;
    }
  try_all (search, police + 1, taken, n_pairs, apart_us);
  for (gsize home = 0; home < input->n_home; home++)
    if (search->may_pair[police][home] && (taken & (1u << home)) == 0)
      try_all (search, police + 1, taken | (1u << home), n_pairs + 1,
               apart_us + ABS (input->police_at_us[police] - input->home_at_us[home]));
}

static void
fill_random (gint64 *at_us, gsize n, int n_minutes)
{
  for (gsize i = 0; i < n; i++)
    at_us[i] = g_test_rand_int_range (0, n_minutes) * YM_MINUTE_US;
}

static void
assert_is_a_matching (const YmReconciliation *result, const YmReconcileInput *input)
{
  g_autofree guint *police = g_new0 (guint, input->n_police);
  g_autofree guint *home = g_new0 (guint, input->n_home);
  gint64 total_us = 0;

  for (guint i = 0; i < result->both->len; i++)
    {
      const YmMatchedPair *pair = &g_array_index (result->both, YmMatchedPair, i);

      police[pair->police]++;
      home[pair->home]++;
      g_assert_cmpint (pair->apart_us, ==,
                       ABS (input->police_at_us[pair->police] - input->home_at_us[pair->home]));
      g_assert_true (pair->by_hand || pair->apart_us <= input->tolerance_minutes * YM_MINUTE_US);
      total_us += pair->apart_us;
    }
  for (guint i = 0; i < result->only_police->len; i++)
    police[g_array_index (result->only_police, guint, i)]++;
  for (guint i = 0; i < result->only_home->len; i++)
    home[g_array_index (result->only_home, guint, i)]++;
  for (gsize i = 0; i < input->n_police; i++)
    g_assert_cmpuint (police[i], ==, 1);
  for (gsize i = 0; i < input->n_home; i++)
    g_assert_cmpuint (home[i], ==, 1);
  g_assert_cmpint (result->total_apart_us, ==, total_us);
}

/* A proof with a hole in it would show in some small case. */
static void
test_no_matching_is_better (void)
{
  guint n_crossing = 0;

  for (int round = 0; round < 6000; round++)
    {
      gint64 police_at_us[6], home_at_us[6];
      YmHandPair parted[8];
      YmReconcileInput input = { police_at_us,
                                 g_test_rand_int_range (0, 7),
                                 home_at_us,
                                 g_test_rand_int_range (0, 7),
                                 parted,
                                 0,
                                 g_test_rand_int_range (5, 31) };
      Exhaustive search = { .input = &input, .apart_us = 0 };
      g_autoptr (YmReconciliation) result = NULL;
      int span = g_test_rand_int_range (10, 150);

      fill_random (police_at_us, input.n_police, span);
      fill_random (home_at_us, input.n_home, span);
      for (gsize i = 0; i < input.n_police; i++)
        for (gsize j = 0; j < input.n_home; j++)
          search.may_pair[i][j]
              = ABS (police_at_us[i] - home_at_us[j]) <= input.tolerance_minutes * YM_MINUTE_US;
      if (round % 2 == 1 && input.n_police > 0 && input.n_home > 0)
        for (int n = g_test_rand_int_range (0, 9); n > 0; n--)
          {
            guint i = g_test_rand_int_range (0, input.n_police), j = g_test_rand_int_range (0, input.n_home);

            parted[input.n_by_hand++] = (YmHandPair){ i, j, FALSE };
            search.may_pair[i][j] = FALSE;
          }
      try_all (&search, 0, 0, 0, 0);

      result = ym_reconcile (&input, NULL);
      assert_is_a_matching (result, &input);
      g_assert_cmpuint (result->both->len, ==, search.n_pairs);
      g_assert_cmpint (result->total_apart_us, ==, search.apart_us);
      for (guint i = 0; i < result->both->len; i++)
        g_assert_true (search.may_pair[g_array_index (result->both, YmMatchedPair, i).police]
                                      [g_array_index (result->both, YmMatchedPair, i).home]);
      for (guint i = 1; i < result->both->len; i++)
        n_crossing += home_at_us[g_array_index (result->both, YmMatchedPair, i).home]
                      < home_at_us[g_array_index (result->both, YmMatchedPair, i - 1).home];
    }
  g_assert_cmpuint (n_crossing, >, 50); /* partings did force some to cross */
}

static YmReconciliation *
reconcile_shifted (const YmReconcileInput *input, gint64 shift_us, int sign)
{
  g_autofree gint64 *police_at_us = g_new (gint64, input->n_police);
  g_autofree gint64 *home_at_us = g_new (gint64, input->n_home);
  YmReconcileInput shifted = *input;

  for (gsize i = 0; i < input->n_police; i++)
    police_at_us[i] = sign * input->police_at_us[i] + shift_us;
  for (gsize i = 0; i < input->n_home; i++)
    home_at_us[i] = sign * input->home_at_us[i] + shift_us;
  shifted.police_at_us = police_at_us;
  shifted.home_at_us = home_at_us;
  return ym_reconcile (&shifted, NULL);
}

/* The same logs a year later, mirrored, or with police and home exchanged, would be judged otherwise. */
static void
test_symmetries (void)
{
  for (int round = 0; round < 200; round++)
    {
      gint64 police_at_us[60], home_at_us[60];
      YmReconcileInput input = { police_at_us,
                                 g_test_rand_int_range (0, 61),
                                 home_at_us,
                                 g_test_rand_int_range (0, 61),
                                 NULL,
                                 0,
                                 g_test_rand_int_range (5, 241) };
      YmReconcileInput exchanged
          = { home_at_us, input.n_home, police_at_us, input.n_police, NULL, 0, input.tolerance_minutes };
      g_autoptr (YmReconciliation) result = NULL, later = NULL, mirrored = NULL, swapped = NULL;
      g_autofree char *text = NULL, *later_text = NULL;

      fill_random (police_at_us, input.n_police, 2000);
      fill_random (home_at_us, input.n_home, 2000);
      result = ym_reconcile (&input, NULL);
      later = reconcile_shifted (&input, 365 * YM_DAY_US, 1);
      mirrored = reconcile_shifted (&input, 0, -1);
      swapped = ym_reconcile (&exchanged, NULL);

      text = describe (result);
      later_text = describe (later);
      g_assert_cmpstr (text, ==, later_text);
      g_assert_cmpuint (mirrored->both->len, ==, result->both->len);
      g_assert_cmpint (mirrored->total_apart_us, ==, result->total_apart_us);
      g_assert_cmpuint (swapped->both->len, ==, result->both->len);
      g_assert_cmpint (swapped->total_apart_us, ==, result->total_apart_us);
    }
}

/* A more generous tolerance would find fewer pairs. */
static void
test_monotone_in_tolerance (void)
{
  for (int round = 0; round < 50; round++)
    {
      gint64 police_at_us[80], home_at_us[80];
      guint before = 0;

      fill_random (police_at_us, 80, 4000);
      fill_random (home_at_us, 80, 4000);
      for (int tolerance = 5; tolerance <= 240; tolerance += 5)
        {
          YmReconcileInput input = { police_at_us, 80, home_at_us, 80, NULL, 0, tolerance };
          g_autoptr (YmReconciliation) result = ym_reconcile (&input, NULL);

          g_assert_cmpuint (result->both->len, >=, before);
          before = result->both->len;
        }
    }
}

/* Two people with the records in another order would see other totals. */
static void
test_order_of_input_does_not_matter (void)
{
  for (int round = 0; round < 100; round++)
    {
      gint64 police_at_us[50], home_at_us[50];
      YmReconcileInput input = { police_at_us, 50, home_at_us, 50, NULL, 0, 30 };
      g_autoptr (YmReconciliation) before = NULL, after = NULL;

      fill_random (police_at_us, 50, 900);
      fill_random (home_at_us, 50, 900);
      before = ym_reconcile (&input, NULL);
      for (int i = 49; i > 0; i--)
        {
          int j = g_test_rand_int_range (0, i + 1);
          gint64 at_us = police_at_us[i];

          police_at_us[i] = police_at_us[j];
          police_at_us[j] = at_us;
        }
      after = ym_reconcile (&input, NULL);
      g_assert_cmpuint (before->both->len, ==, after->both->len);
      g_assert_cmpint (before->total_apart_us, ==, after->total_apart_us);
    }
}

/* A force's year in one piece would not come out, with partings in long stretches, or with everything in one
 * minute. */
static void
test_ten_thousand_entries (void)
{
  const gsize n = 10000;
  g_autofree gint64 *police_at_us = g_new0 (gint64, n);
  g_autofree gint64 *home_at_us = g_new0 (gint64, n);
  YmHandPair parted[50];
  YmReconcileInput input = { police_at_us, n, home_at_us, n, NULL, 0, YM_RECONCILE_TOLERANCE_MINUTES_MAX };
  g_autoptr (YmReconciliation) same_minute = ym_reconcile (&input, NULL);
  g_autoptr (YmReconciliation) year = NULL, with_partings = NULL;

  g_assert_cmpuint (same_minute->both->len, ==, n);

  fill_random (police_at_us, n, 365 * 24 * 60);
  fill_random (home_at_us, n, 365 * 24 * 60);
  year = ym_reconcile (&input, NULL);
  assert_is_a_matching (year, &input);
  for (guint i = 0; i < G_N_ELEMENTS (parted); i++)
    {
      const YmMatchedPair *pair
          = &g_array_index (year->both, YmMatchedPair, i * year->both->len / G_N_ELEMENTS (parted));

      parted[i] = (YmHandPair){ pair->police, pair->home, FALSE };
    }
  input.by_hand = parted;
  input.n_by_hand = G_N_ELEMENTS (parted);
  with_partings = ym_reconcile (&input, NULL);
  assert_is_a_matching (with_partings, &input);
  g_assert_cmpuint (with_partings->both->len, <=, year->both->len);
  g_assert_cmpuint (with_partings->both->len + G_N_ELEMENTS (parted), >=, year->both->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/reconcile/cases", test_cases);
  g_test_add_func ("/rules/reconcile/twenty-two-against-four", test_twenty_two_against_four);
  g_test_add_func ("/rules/reconcile/refusals", test_refusals);
  g_test_add_func ("/rules/reconcile/too-much-to-look-at", test_too_much_to_look_at);
  g_test_add_func ("/rules/reconcile/no-matching-is-better", test_no_matching_is_better);
  g_test_add_func ("/rules/reconcile/symmetries", test_symmetries);
  g_test_add_func ("/rules/reconcile/monotone-in-tolerance", test_monotone_in_tolerance);
  g_test_add_func ("/rules/reconcile/order-of-input-does-not-matter", test_order_of_input_does_not_matter);
  g_test_add_func ("/rules/reconcile/ten-thousand-entries", test_ten_thousand_entries);
  return g_test_run ();
}
