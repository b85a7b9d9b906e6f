/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/sql.h"
#include "app/journal/digest.h"

G_BEGIN_DECLS

/**
 * ym_local_digest:
 * @key: the store's digest key
 * @digest: (out): of every row of the small tables that no envelope speaks of, such as drafts
 *
 * These tables hold what is on this device alone. Their rows are few, so all are hashed at each commit, in the order of
 * their keys. A table that is not there counts as an empty one.
 */
gboolean ym_local_digest (sqlite3 *db, const guint8 key[YM_DIGEST_KEY_BYTES], YmHash *digest,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
