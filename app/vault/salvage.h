/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/value.h"
#include "app/vault/keyring.h"
#include "app/vault/store.h"

G_BEGIN_DECLS

/**
 * YmSalvage:
 *
 * What can still be read of a store that may not open. Every page and every frame authenticates by itself, so each is
 * looked at by itself: behind damage, in kept copies of the log, and of earlier rounds. SQLite never sees the store,
 * and nothing in it is written but the count of passphrases. The store's lock is held.
 */
typedef struct _YmSalvage YmSalvage;

/**
 * YmSalvageCounts:
 * @pages: pages and frames that authenticate
 * @damaged: pages of the vault and frames of its present log that do not, or are cut short
 * @kept_logs: copies of earlier logs that were looked through
 */
typedef struct {
  guint64 pages;
  guint64 damaged;
  guint kept_logs;
} YmSalvageCounts;

/**
 * ym_salvage_open:
 *
 * Unlocks the store and looks through its files. Blocks. Errors as for ym_store_open(), but that a missing or damaged
 * vault, log or head is none.
 *
 * Returns: (transfer full) (nullable)
 */
YmSalvage *ym_salvage_open (const char *directory, const YmUnlock *unlock, const YmStoreOptions *options,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_salvage_free (YmSalvage *salvage);

/** ym_salvage_get_counts: (transfer none) */
const YmSalvageCounts *ym_salvage_get_counts (YmSalvage *salvage);

/** ym_salvage_read_head: FALSE if there is none that can be read: then nothing says how far the journal had come. */
gboolean ym_salvage_read_head (YmSalvage *salvage, YmHead *head) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmSalvagedColumn:
 * @kind: what there is; a REAL, which we never store, is null
 * @data: (array length=length): of text, which need not be UTF-8, and of bytes
 */
typedef struct {
  YmValueKind kind;
  gint64 integer;
  const guint8 *data;
  gsize length;
} YmSalvagedColumn;

/**
 * YmSalvagedRow:
 * @number: SQLite's own number of the row; 0 in tables without one
 * @columns: (array length=n_columns): in the order of CREATE TABLE
 * @rank: of two versions of a row the one of the greater rank was written later
 * @is_current: whether no later version of its page is here
 *
 * A row of some table, in one of its versions: which table is for its shape to say. Lent for one call.
 */
typedef struct {
  gint64 number;
  const YmSalvagedColumn *columns;
  guint n_columns;
  guint64 rank;
  gboolean is_current;
} YmSalvagedRow;

typedef gboolean (*YmSalvageVisit) (gpointer context, const YmSalvagedRow *row, GError **error);

/**
 * ym_salvage_visit:
 * @visit: FALSE ends the walk with its error
 *
 * Walks over every row of every version of every page, of tables and indexes alike.
 */
gboolean ym_salvage_visit (YmSalvage *salvage, YmSalvageVisit visit, gpointer context,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_salvaged_row_fits:
 * @shape: a letter for each column: `i` integer, `t` text of UTF-8, `b` bytes, `d` an id, `h` a hash, `n` null, `.`
 *   anything; a capital: or null
 *
 * Whether the row has just these columns.
 */
gboolean ym_salvaged_row_fits (const YmSalvagedRow *row, const char *shape);

/** ym_salvaged_column_bytes: (transfer full) (nullable): %NULL for null. */
GBytes *ym_salvaged_column_bytes (const YmSalvagedColumn *column);

/** ym_salvaged_column_text: (transfer full) (nullable): %NULL for null. */
char *ym_salvaged_column_text (const YmSalvagedColumn *column);

/** ym_salvaged_column_id: The id in a column that fits `d`; zero for null. */
YmId ym_salvaged_column_id (const YmSalvagedColumn *column);

/**
 * ym_salvage_create_store:
 * @directory: for the new store; what an earlier salvage left there half made is taken away
 * @unlock: opens the new store
 *
 * Makes an empty store with a fresh id and fresh keys, but the device's signing key: the device stays who it is.
 *
 * Returns: (transfer full) (nullable): the store, open
 */
YmStore *ym_salvage_create_store (YmSalvage *salvage, const char *directory, const YmUnlock *unlock,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_salvage_take_place:
 * @directory: a whole store, closed
 * @aside: (out) (transfer full): where the damaged store is now, whole, beside its old place
 *
 * Gives the new store the damaged one's name, and the other way round, in one step.
 */
gboolean ym_salvage_take_place (YmSalvage *salvage, const char *directory, char **aside,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSalvage, ym_salvage_free)

G_END_DECLS
