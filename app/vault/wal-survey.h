/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/vault/vfs.h"

G_BEGIN_DECLS

/**
 * ym_wal_survey:
 * @remains: (out) (transfer full) (nullable): the whole WAL, sealed as it is, if some of it can't be read; else NULL
 *
 * Looks through the WAL of a store that is not open. SQLite ends its recovery at the first frame that is not right
 * and later writes over the rest, also where damage has cut off commits that follow; this finds them first. (What a
 * crash left half written looks the same, and is handed out too.) What the WAL holds is on the medium afterwards, also
 * where a sync had failed before.
 */
gboolean ym_wal_survey (YmVaultVfs *vfs, GBytes **remains, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
