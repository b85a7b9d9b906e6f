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
 * recovery_check:
 * @image: what the cut left; the tablet is switched on again with it
 * @thorough: also open all of the notebook, recount, and compare each acknowledged record by itself
 *
 * Opens the store as the officer would and checks that it holds what was acknowledged, or that and the whole of the
 * step that was under way; that nothing is half there; and that work goes on. @error says what is wrong.
 */
gboolean recovery_check (Day *day, Disk *image, const Cut *cut, gboolean thorough, GError **error);

/** recovery_open_and_close: Only opens and closes it, for the power to go again meanwhile. */
gboolean recovery_open_and_close (Day *day, Disk *image, const Cut *cut, GError **error);

G_END_DECLS
