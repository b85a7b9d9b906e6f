/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tests/power/disk.h"

G_BEGIN_DECLS

/**
 * Medium:
 *
 * What lies under a Disk when the power goes. Fed with the disk's log it knows what was made durable by a sync and
 * what was still under way:
 *
 * - Writes of a file that no sync has followed are applied, dropped or torn between sectors of 512 bytes,
 *   each by itself and in any order; a truncation among them stays between what came before and after it.
 * - Names of a directory that no sync of the directory has followed come about as far as some number of
 *   them, in order, and no further.
 * - Where a sync failed, chance decides at once what reached the medium; no later sync makes it good.
 */
typedef struct _Medium Medium;

/** medium_new: All that is on @disk now is durable; follow with its log from here on. */
Medium *medium_new (Disk *disk);
void medium_free (Medium *medium);

/** medium_apply: The next operation of the log. */
void medium_apply (Medium *medium, const DiskOperation *operation);

/** medium_is_settled: Whether a cut now can leave only one image. */
gboolean medium_is_settled (Medium *medium);

/**
 * medium_cut:
 * @seed: decides what is left; 0 leaves only what is durable, 1 all
 *
 * Returns: (transfer full): what is found after a power cut at this moment
 */
Disk *medium_cut (Medium *medium, guint64 seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Medium, medium_free)

G_END_DECLS
