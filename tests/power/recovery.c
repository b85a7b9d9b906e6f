/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has to be true of a store that is found after a power cut. */

#include "tests/power/recovery.h"

#include <string.h>

#include "app/base/error.h"
#include "app/vault/store-escrow.h"
#include "tests/power/keys.h"

/* A power cut may count as one wrong try; it must not keep the officer out for longer than that. */
#define LONGEST_WAIT_US G_USEC_PER_SEC

typedef struct {
  Day *day;
  Tablet tablet;
  const DayMark *mark; /* NULL: nothing was acknowledged yet */
  const DayMark *next; /* NULL: nothing was under way */
} Recovery;

static gboolean
complain (GError **error, const char *what)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED, what);
  return FALSE;
}

/* A store that was only being made may be there or not. */
static gboolean
open_or_make (Recovery *recovery, const char *passphrase, GError **error)
{
  Tablet *tablet = &recovery->tablet;

  if (ym_store_exists (TABLET_DIRECTORY, &tablet->options))
    return tablet_open (tablet, passphrase, error);
  if (recovery->mark != NULL)
    return complain (error, "there is no store any more");
  return tablet_create (tablet, passphrase, error);
}

/* A request that was given out waits for its answer, until that is taken. Every other time the answer comes now, and is the
 * only way in: else the passphrase was remembered after all. */
static gboolean
may_be_answered (Recovery *recovery, gboolean now, const char **opens, GError **error)
{
  const YmStoreOptions *options = &recovery->tablet.options;
  g_autoptr (GBytes) request = NULL;
  gboolean ends;

  if (recovery->mark == NULL || !recovery->mark->asked)
    return TRUE;
  ends = recovery->next != NULL && !recovery->next->asked;
  request = ym_store_read_escrow_request (TABLET_DIRECTORY, options, ends ? NULL : error);
  if (request == NULL || !now)
    return request != NULL || ends;
  *opens = KEYS_ANSWERED_PASSPHRASE;
  return keys_answer (recovery->day, &recovery->tablet, error);
}

/* While the passphrase is being changed the old or the new one opens the store. */
static gboolean
open_somehow (Recovery *recovery, gboolean answer, GError **error)
{
  const char *known = recovery->mark == NULL ? recovery->next->passphrase : recovery->mark->passphrase;
  g_autoptr (GError) failure = NULL;

  if (!may_be_answered (recovery, answer, &known, error))
    return FALSE;
  if (ym_store_get_wait_us (TABLET_DIRECTORY, &recovery->tablet.options) > LONGEST_WAIT_US)
    return complain (error, "a power cut counts as many wrong tries");
  if (open_or_make (recovery, known, &failure))
    return TRUE;
  if (recovery->next != NULL && strcmp (known, recovery->next->passphrase) != 0
      && g_error_matches (failure, YM_ERROR, YM_ERROR_PASSPHRASE))
    return tablet_open (&recovery->tablet, recovery->next->passphrase, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

guint64
recovery_key (Day *day, guint at, guint64 what)
{
  const DayMark *mark = day_mark (day, at);
  const DayMark *next = day_next_mark (day, at);
  const guint64 key[] = { what, mark == NULL ? 0 : mark->acknowledged, next == NULL ? 0 : next->acknowledged };

  return disk_mix (1, (const guint8 *) key, sizeof key);
}

/* The rows and the digest are all in the state, so a state that is known needs no recount. */
static gboolean
holds_what_it_should (Recovery *recovery, gboolean thorough, GError **error)
{
  Tablet *tablet = &recovery->tablet;
  YmHash state;
  gboolean before, after;

  if (!tablet_check_pages (tablet, error))
    return FALSE;
  if ((thorough || recovery->mark == NULL) && !tablet_recount (tablet, error))
    return FALSE;
  if (recovery->mark == NULL)
    return TRUE;
  if (!tablet_state (tablet, &state, error))
    return FALSE;
  before = ym_hash_equal (&state, &recovery->mark->state);
  after = recovery->next != NULL && ym_hash_equal (&state, &recovery->next->state);
  if (!before && !after)
    return day_facts_hold (tablet, recovery->mark->facts, error) && complain (error, "half of a step is there");
  return !thorough || day_facts_hold (tablet, (before ? recovery->mark : recovery->next)->facts, error);
}

static gboolean
is_whole (Recovery *recovery, guint at, RecoveryDepth depth, GError **error)
{
  Tablet *tablet = &recovery->tablet;
  const YmId *home = &recovery->day->force.home_1;
  GHashTable *known = recovery->day->known;
  guint64 key;

  /* Else a log that is damaged later would lose what was acknowledged and nobody would know. */
  if (tablet->is_bare && recovery->mark != NULL && tablet->found_counter < recovery->mark->head_counter)
    return complain (error, "acknowledged before its head was durable");
  key = recovery_key (recovery->day, at, tablet_pages (tablet));
  if (depth != RECOVERY_THOROUGH && g_hash_table_contains (known, &key))
    return depth == RECOVERY_QUICK || day_go_on (tablet, home, error);
  if (!holds_what_it_should (recovery, depth == RECOVERY_THOROUGH, error))
    return FALSE;
  g_hash_table_add (known, g_memdup2 (&key, sizeof key));
  return day_go_on (tablet, home, error);
}

static void
switch_on (Recovery *recovery, Day *day, Disk *image, const Cut *cut, gboolean whole)
{
  *recovery = (Recovery){ .day = day, .mark = day_mark (day, cut->at), .next = day_next_mark (day, cut->at) };
  tablet_init (&recovery->tablet, image, cut->again ? 3 : 2, day->tablet.wall_us);
  recovery->tablet.is_bare = !whole;
}

gboolean
recovery_check (Day *day, Disk *image, const Cut *cut, RecoveryDepth depth, GError **error)
{
  Recovery recovery;
  gboolean good;

  switch_on (&recovery, day, image, cut, depth == RECOVERY_THOROUGH);
  good = open_somehow (&recovery, cut->seed % 2 == 1, error) && is_whole (&recovery, cut->at, depth, error);
  tablet_switch_off (&recovery.tablet);
  return good;
}

gboolean
recovery_open_and_close (Day *day, Disk *image, const Cut *cut, GError **error)
{
  Recovery recovery;
  gboolean good;

  switch_on (&recovery, day, image, cut, FALSE);
  good = open_somehow (&recovery, cut->seed % 2 == 1, error) && tablet_tend (&recovery.tablet, error);
  tablet_close (&recovery.tablet);
  return good;
}
