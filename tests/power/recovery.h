/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/day.h"

G_BEGIN_DECLS

/**
 * Cut:
 * @at: how long the day's log was when the power went
 * @seed: what was left then, see medium_cut()
 * @again: whether the power went a second time, while the store was opened and closed again
 * @second_at: how long that log was
 * @second_seed: and what was left then
 *
 * Where the power went, so that it can go there again.
 */
typedef struct {
  guint at;
  guint64 seed;
  gboolean again;
  guint second_at;
  guint64 second_seed;
} Cut;

/**
 * RecoveryDepth: How closely an image is looked at.
 * @RECOVERY_QUICK: it opens, and holds what it should
 * @RECOVERY_GO_ON: and a further save is made and read back
 * @RECOVERY_THOROUGH: and all of the notebook is opened, everything counted anew and each acknowledged record compared by
 *   itself
 *
 * A store whose every page is as in one that was looked at before, at the same point of the day, needs no second look at
 * its tables. One that is not gets a further save in any case.
 */
typedef enum {
  RECOVERY_QUICK,
  RECOVERY_GO_ON,
  RECOVERY_THOROUGH,
} RecoveryDepth;

/**
 * recovery_check:
 * @image: what the cut left; the tablet is switched on again with it
 * @depth: how closely
 *
 * Opens the store as the officer would and checks that it holds what was acknowledged, or that and the whole of the
 * step that was under way; that nothing is half there; and that work goes on. @error says what is wrong.
 */
gboolean recovery_check (Day *day, Disk *image, const Cut *cut, RecoveryDepth depth, GError **error);

/** recovery_key: A number that follows from what was acknowledged and under way at @at, and from @what was found then. */
guint64 recovery_key (Day *day, guint at, guint64 what);

/** recovery_open_and_close: Only opens and closes it, for the power to go again meanwhile. */
gboolean recovery_open_and_close (Day *day, Disk *image, const Cut *cut, GError **error);

G_END_DECLS
