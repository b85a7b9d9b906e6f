/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes pairs that an officer parted out of a best matching, so that what remains is best without them (R5).
 *
 * A parted pair breaks the proof in line-matching.c: with p-h and p'-h' parted, the best matching may have to
 * cross. So each parting is made good by itself, starting from a matching that is best as long as the pair is
 * allowed:
 *
 * 1. A parted pair that is not in the matching costs nothing: fewer matchings are allowed, and the best is
 * one of them.
 * 2. Otherwise take the pair out, and both entries with it. What remains is best for the entries that remain
 * (a better one, with the pair put back, would have been better before).
 * 3. Put one entry back, then the other. When one entry is added, the new best and the old matching differ by
 * one alternating path from that entry, and by nothing else that matters: any other difference would have
 * been an improvement without it. The best such path ends at a free entry of the other side (one pair more;
 * the shortest counts) or else at an entry of its own side that is left free instead (the most distance
 * saved).
 *
 * The paths are searched with the distances of pairs that are given up counted negative. No cycle is
 * negative, since the matching is best, so the queue-based method of Bellman and Ford ends. */

#include "app/rules/line-matching.h"

typedef struct {
  YmLineSide *near; /* the side of the entry being put back */
  YmLineSide *far;
  gboolean near_is_one;
  GHashTable *parted; /* of pair_key() */
  guint32 absent;     /* an entry of far that is not back yet, or YM_LINE_NOBODY */
} Search;

/* How far the search has come: the distance added so far, G_MAXINT64 where it has not been. */
typedef struct {
  gint64 *near_us;     /* when this near entry is freed */
  gint64 *far_us;      /* when this far entry is taken */
  guint32 *from;       /* the near entry that would take this far entry */
  gboolean *is_queued; /* near */
  GQueue queue;        /* of near entries that were freed more cheaply than before */
} Reach;

static gint64
pair_key (guint32 one, guint32 other)
{
  return (gint64) ((guint64) one << 32 | other);
}

static gboolean
is_parted (const Search *search, guint32 near, guint32 far)
{
  gint64 key = search->near_is_one ? pair_key (near, far) : pair_key (far, near);

  return g_hash_table_contains (search->parted, &key);
}

/* Tries every partner of @near and queues those near entries that would then need another. */
static void
relax (const Search *search, guint32 near, Reach *reach)
{
  const YmLineSide *side = search->near, *facing = search->far;

  for (guint32 far = side->first[near]; far < side->end[near]; far++)
    {
      gint64 apart_us = ABS (side->at_us[near] - facing->at_us[far]);
      gint64 us = reach->near_us[near] + apart_us;
      guint32 holder = facing->partner[far];

      if (far == search->absent || holder == near || us >= reach->far_us[far]
          || is_parted (search, near, far))
        continue;
      reach->far_us[far] = us;
      reach->from[far] = near;
      if (holder == YM_LINE_NOBODY)
        continue;
      reach->near_us[holder] = us - ABS (side->at_us[holder] - facing->at_us[far]);
      if (!reach->is_queued[holder])
        {
          reach->is_queued[holder] = TRUE;
          g_queue_push_tail (&reach->queue, GUINT_TO_POINTER (holder));
        }
    }
}

/* Pairs anew along the path from @start that ends with taking @far. */
static void
pair_along (const Search *search, const guint32 *from, guint32 start, guint32 far)
{
  for (;;)
    {
      guint32 near = from[far];
      guint32 given_up = search->near->partner[near];

      search->near->partner[near] = far;
      search->far->partner[far] = near;
      if (near == start)
        break;
      far = given_up;
    }
}

static void
search_from (const Search *search, guint32 start, Reach *reach)
{
  for (guint32 i = 0; i < search->near->n; i++)
    reach->near_us[i] = G_MAXINT64;
  for (guint32 j = 0; j < search->far->n; j++)
    reach->far_us[j] = G_MAXINT64;

  reach->near_us[start] = 0;
  g_queue_push_tail (&reach->queue, GUINT_TO_POINTER (start));
  while (!g_queue_is_empty (&reach->queue))
    {
      guint32 near = GPOINTER_TO_UINT (g_queue_pop_head (&reach->queue));

      reach->is_queued[near] = FALSE;
      relax (search, near, reach);
    }
}

/* Puts @start, which is free, back among the entries of the near side. */
static void
put_back (const Search *search, guint32 start)
{
  YmLineSide *near = search->near, *far = search->far;
  g_autofree gint64 *near_us = g_new (gint64, near->n);
  g_autofree gint64 *far_us = g_new (gint64, far->n);
  g_autofree guint32 *from = g_new (guint32, far->n);
  g_autofree gboolean *is_queued = g_new0 (gboolean, near->n);
  Reach reach = { near_us, far_us, from, is_queued, G_QUEUE_INIT };
  guint32 best_free = YM_LINE_NOBODY, best_left = start;

  search_from (search, start, &reach);

  for (guint32 j = 0; j < far->n; j++)
    if (far->partner[j] == YM_LINE_NOBODY && far_us[j] != G_MAXINT64
        && (best_free == YM_LINE_NOBODY || far_us[j] < far_us[best_free]))
      best_free = j;
  for (guint32 i = 0; i < near->n; i++)
    if (near_us[i] < near_us[best_left])
      best_left = i;

  if (best_free != YM_LINE_NOBODY)
    {
      pair_along (search, from, start, best_free);
    }
  else if (best_left != start)
    {
      guint32 given_up = near->partner[best_left];

      near->partner[best_left] = YM_LINE_NOBODY;
      pair_along (search, from, start, given_up);
    }
}

void
ym_line_part (YmLineSide *one, YmLineSide *other, const YmLinePair *parted, gsize n_parted)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (gsize i = 0; i < n_parted; i++)
    {
      gint64 key = pair_key (parted[i].one, parted[i].other);

      g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }

  for (gsize i = 0; i < n_parted; i++)
    {
      guint32 a = parted[i].one, b = parted[i].other;
      Search put_a_back = { one, other, TRUE, keys, b };
      Search put_b_back = { other, one, FALSE, keys, YM_LINE_NOBODY };

      if (one->partner[a] != b)
        continue;
      one->partner[a] = other->partner[b] = YM_LINE_NOBODY;
      put_back (&put_a_back, a);
      put_back (&put_b_back, b);
    }
}
