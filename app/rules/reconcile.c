/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reconciles the home's own log with the police's (R5): what officers joined by hand first, the rest by the
 * best matching of line-matching.c, what they parted by line-parting.c.
 *
 * The entries that are left are sorted by time and cut into stretches wherever two neighbours are further
 * apart than the tolerance: no pair can span such a gap, so each stretch is matched by itself, and a parting
 * costs no more than its own stretch. */

#include "app/rules/reconcile.h"

#include <glib/gi18n-lib.h>

#include "app/rules/civil.h"
#include "app/rules/line-matching.h"
#include "app/rules/percent.h"

/* Pairs that the tolerance allows, once and once more for each parting: a second or two of work. */
#define MOST_PAIRS_LOOKED_AT G_GUINT64_CONSTANT (400000000)

typedef struct {
  gint64 at_us;
  guint index;
} Entry;

/* One log: its entries by index, and those that are not joined by hand by time. */
typedef struct {
  const gint64 *at_us;
  gsize n;
  gboolean *is_joined;
  Entry *entries;
  guint32 *position; /* of an index among @entries */
  guint32 n_entries;
  gint64 *line_us; /* of @entries */
  guint32 *first, *end, *partner;
} Log;

static void
log_init (Log *log, const gint64 *at_us, gsize n)
{
  *log = (Log){ .at_us = at_us, .n = n };
  log->is_joined = g_new0 (gboolean, n);
  log->entries = g_new (Entry, n);
  log->position = g_new0 (guint32, n);
  log->line_us = g_new (gint64, n);
  log->first = g_new (guint32, n);
  log->end = g_new (guint32, n);
  log->partner = g_new (guint32, n);
}

static void
log_clear (Log *log)
{
  g_free (log->is_joined);
  g_free (log->entries);
  g_free (log->position);
  g_free (log->line_us);
  g_free (log->first);
  g_free (log->end);
  g_free (log->partner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *one = a, *other = b;

  if (one->at_us != other->at_us)
    return one->at_us < other->at_us ? -1 : 1;
  return one->index < other->index ? -1 : one->index > other->index;
}

static void
log_sort (Log *log)
{
  for (gsize i = 0; i < log->n; i++)
    if (!log->is_joined[i])
      log->entries[log->n_entries++] = (Entry){ log->at_us[i], i };
  if (log->n_entries > 0)
    qsort (log->entries, log->n_entries, sizeof *log->entries, compare_entries);
  for (guint32 i = 0; i < log->n_entries; i++)
    {
      log->line_us[i] = log->entries[i].at_us;
      log->position[log->entries[i].index] = i;
    }
}

/* The entries from @start to before @stop as one side of a matching of their own. */
static YmLineSide
log_side (Log *log, guint32 start, guint32 stop)
{
  return (YmLineSide){ log->line_us + start, stop - start, log->first + start, log->end + start,
                       log->partner + start };
}

static gboolean
check_instants (const gint64 *at_us, gsize n, GError **error)
{
  if (n >= YM_LINE_NOBODY)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("There are too many entries; choose a shorter period."));
      return FALSE;
    }
  for (gsize i = 0; i < n; i++)
    if (at_us[i] < YM_DAY_MIN * YM_DAY_US || at_us[i] >= (YM_DAY_MAX + 1) * YM_DAY_US)
      {
        g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                     _ ("An entry has a time that no calendar has; correct it first."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_input (const YmReconcileInput *input, GError **error)
{
  if (input->tolerance_minutes < YM_RECONCILE_TOLERANCE_MINUTES_MIN
      || input->tolerance_minutes > YM_RECONCILE_TOLERANCE_MINUTES_MAX)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _ ("The tolerance must be %d to %d minutes."),
                   YM_RECONCILE_TOLERANCE_MINUTES_MIN, YM_RECONCILE_TOLERANCE_MINUTES_MAX);
      return FALSE;
    }
  for (gsize i = 0; i < input->n_by_hand; i++)
    if (input->by_hand[i].police >= input->n_police || input->by_hand[i].home >= input->n_home)
      {
        g_set_error (
            error, YM_ERROR, YM_ERROR_INVALID,
            _ ("A pair made by hand names an entry that is not in this period; choose a longer one."));
        return FALSE;
      }
  return check_instants (input->police_at_us, input->n_police, error)
         && check_instants (input->home_at_us, input->n_home, error);
}

/* Distances of pairs made by hand can be centuries; their sum stops at the largest number rather than turn
 * negative. */
static void
add_pair (YmReconciliation *result, const Log *police, const Log *home, YmMatchedPair pair)
{
  pair.apart_us = ABS (police->at_us[pair.police] - home->at_us[pair.home]);
  if (__builtin_add_overflow (result->total_apart_us, pair.apart_us, &result->total_apart_us))
    result->total_apart_us = G_MAXINT64;
  g_array_append_val (result->both, pair);
}

/* Newest decision first: it settles its pair, and a join also settles both entries for older joins. */
static void
take_decisions (
    const YmReconcileInput *input, Log *police, Log *home, YmReconciliation *result, GArray *parted)
{
  g_autoptr (GHashTable) settled = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = input->n_by_hand; i > 0; i--)
    {
      const YmHandPair *decision = &input->by_hand[i - 1];
      gint64 key = (gint64) ((guint64) decision->police << 32 | decision->home);

      if (!g_hash_table_add (settled, g_memdup2 (&key, sizeof key)))
        continue;
      if (!decision->joined)
        {
          YmLinePair pair = { decision->police, decision->home };

          g_array_append_val (parted, pair);
        }
      else if (!police->is_joined[decision->police] && !home->is_joined[decision->home])
        {
          police->is_joined[decision->police] = home->is_joined[decision->home] = TRUE;
          add_pair (result, police, home, (YmMatchedPair){ decision->police, decision->home, 0, TRUE });
        }
    }
}

/* The parted pairs of the stretch whose logs begin at @police_start and @home_start, by position in it. */
static void
part_stretch (Log *police,
              Log *home,
              YmLineSide *police_side,
              YmLineSide *home_side,
              guint32 police_start,
              guint32 home_start,
              const GArray *parted)
{
  g_autoptr (GArray) here = g_array_new (FALSE, FALSE, sizeof (YmLinePair));

  for (guint i = 0; i < parted->len; i++)
    {
      const YmLinePair *pair = &g_array_index (parted, YmLinePair, i);
      guint32 one = police->position[pair->one] - police_start;
      guint32 other = home->position[pair->other] - home_start;

      if (!police->is_joined[pair->one] && !home->is_joined[pair->other] && one < police_side->n
          && other < home_side->n)
        g_array_append_vals (here, &(YmLinePair){ one, other }, 1);
    }
  if (here->len > 0)
    ym_line_part (police_side, home_side, (const YmLinePair *) (gpointer) here->data, here->len);
}

/* Moves both ends past the stretch that begins at them: entries of either log, none further than the
 * tolerance from the one before. */
static void
end_of_stretch (const Log *police, const Log *home, gint64 tolerance_us, guint32 *i, guint32 *j)
{
  gboolean begun = FALSE;
  gint64 before_us = 0;

  while (*i < police->n_entries || *j < home->n_entries)
    {
      gboolean is_police
          = *j == home->n_entries || (*i < police->n_entries && police->line_us[*i] <= home->line_us[*j]);
      gint64 at_us = is_police ? police->line_us[*i] : home->line_us[*j];

      if (begun && at_us - before_us > tolerance_us)
        return;
      begun = TRUE;
      before_us = at_us;
      (*(is_police ? i : j))++;
    }
}

static gboolean
match_stretches (Log *police, Log *home, gint64 tolerance_us, const GArray *parted, GError **error)
{
  YmLineSide all_police = log_side (police, 0, police->n_entries);
  YmLineSide all_home = log_side (home, 0, home->n_entries);
  guint32 i = 0, j = 0;

  if (ym_line_find_bands (&all_police, &all_home, tolerance_us) > MOST_PAIRS_LOOKED_AT / (1 + parted->len))
    {
      g_set_error (
          error, YM_ERROR, YM_ERROR_INVALID,
          _ ("Too many entries lie close together; choose a shorter period or a smaller tolerance."));
      return FALSE;
    }
  while (i < police->n_entries || j < home->n_entries)
    {
      guint32 police_start = i, home_start = j;
      YmLineSide police_side, home_side;

      end_of_stretch (police, home, tolerance_us, &i, &j);
      police_side = log_side (police, police_start, i);
      home_side = log_side (home, home_start, j);
      ym_line_find_bands (&police_side, &home_side, tolerance_us);
      ym_line_match (&police_side, &home_side);
      part_stretch (police, home, &police_side, &home_side, police_start, home_start, parted);
      for (guint32 k = 0; k < police_side.n; k++)
        if (police_side.partner[k] != YM_LINE_NOBODY)
          police_side.partner[k] += home_start;
      for (guint32 k = 0; k < home_side.n; k++)
        if (home_side.partner[k] != YM_LINE_NOBODY)
          home_side.partner[k] += police_start;
    }
  return TRUE;
}

static int
compare_pairs (gconstpointer a, gconstpointer b, gpointer at_us)
{
  const YmMatchedPair *one = a, *other = b;
  const Entry one_entry = { ((const gint64 *) at_us)[one->police], one->police };
  const Entry other_entry = { ((const gint64 *) at_us)[other->police], other->police };

  return compare_entries (&one_entry, &other_entry);
}

static void
collect (YmReconciliation *result, const Log *police, const Log *home)
{
  for (guint32 i = 0; i < police->n_entries; i++)
    {
      guint index = police->entries[i].index;

      if (police->partner[i] == YM_LINE_NOBODY)
        g_array_append_val (result->only_police, index);
      else
        add_pair (result, police, home,
                  (YmMatchedPair){ index, home->entries[police->partner[i]].index, 0, FALSE });
    }
  for (guint32 j = 0; j < home->n_entries; j++)
    if (home->partner[j] == YM_LINE_NOBODY)
      g_array_append_val (result->only_home, home->entries[j].index);
  g_array_sort_with_data (result->both, compare_pairs, (gpointer) police->at_us);
  result->discrepancy_percent = ym_percent (result->only_police->len, police->n);
}

YmReconciliation *
ym_reconcile (const YmReconcileInput *input, GError **error)
{
  g_autoptr (YmReconciliation) result = NULL;
  g_autoptr (GArray) parted = g_array_new (FALSE, FALSE, sizeof (YmLinePair));
  g_auto (Log) police = { 0 }, home = { 0 };

  if (!check_input (input, error))
    return NULL;
  result = g_new0 (YmReconciliation, 1);
  result->both = g_array_new (FALSE, FALSE, sizeof (YmMatchedPair));
  result->only_police = g_array_new (FALSE, FALSE, sizeof (guint));
  result->only_home = g_array_new (FALSE, FALSE, sizeof (guint));

  log_init (&police, input->police_at_us, input->n_police);
  log_init (&home, input->home_at_us, input->n_home);
  take_decisions (input, &police, &home, result, parted);
  log_sort (&police);
  log_sort (&home);
  if (!match_stretches (&police, &home, input->tolerance_minutes * YM_MINUTE_US, parted, error))
    return NULL;
  collect (result, &police, &home);
  return g_steal_pointer (&result);
}

void
ym_reconciliation_free (YmReconciliation *reconciliation)
{
  g_array_unref (reconciliation->both);
  g_array_unref (reconciliation->only_police);
  g_array_unref (reconciliation->only_home);
  g_free (reconciliation);
}
