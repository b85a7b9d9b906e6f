/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/journal/journal.h"
#include "app/vault/store.h"

G_BEGIN_DECLS

/**
 * YmDesk:
 * @db: a connection; a reading one on the reading lane
 * @journal: (nullable): the journal; %NULL on the reading lane
 * @author: this device as an author
 * @officer: whose device it is; zero until it is enrolled
 * @clock: the time
 * @random: for ids
 * @settles: (nullable): the draft that what is saved now makes superfluous, see ym_desk_settle()
 *
 * What work on the notebook has before it. Lent for the duration of the work, on the lane's own thread.
 */
typedef struct {
  sqlite3 *db;
  YmJournal *journal;
  YmAuthor author;
  YmId officer;
  const YmClock *clock;
  const YmRandom *random;
  const YmId *settles;
} YmDesk;

/**
 * YmWork:
 *
 * Something to do with the notebook.
 *
 * Returns: whatever the caller asked for; %NULL with @error set on failure
 */
typedef gpointer (*YmWork) (YmDesk *desk, gpointer data, GError **error);

/** YmLane: The reading lane never waits for the writing one. */
typedef enum {
  YM_LANE_READ,
  YM_LANE_WRITE,
} YmLane;

/**
 * YmNotebook:
 *
 * The officer's open store with its two threads: all work on the database happens on one of them, so that nothing
 * that touches a disk ever runs on the main loop. Reference-free: whoever opened it closes it.
 */
typedef struct _YmNotebook YmNotebook;

/**
 * ym_notebook_create: / ym_notebook_open:
 *
 * Make or open the store and its journal. Block for the key derivation; errors as for ym_store_open() and
 * ym_journal_open().
 *
 * Returns: (transfer full) (nullable): the notebook; give it to ym_notebook_close()
 */
YmNotebook *ym_notebook_create (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
YmNotebook *ym_notebook_open (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_notebook_open_on:
 * @store: (transfer full) (nullable): an open store; %NULL, with @error set, is handed on
 *
 * The notebook of a store that is open already.
 */
YmNotebook *ym_notebook_open_on (YmStore *store, const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_notebook_close: Finishes the work that waits, closes the store and wipes its keys. Blocks. %NULL is allowed. */
void ym_notebook_close (YmNotebook *notebook);

/** ym_notebook_get_store: (transfer none): For the public key, the passphrase and the like. */
YmStore *ym_notebook_get_store (YmNotebook *notebook);

/** ym_notebook_get_clock: (transfer none): The clock it was opened with. */
const YmClock *ym_notebook_get_clock (YmNotebook *notebook);

/**
 * ym_notebook_run_async:
 * @data_free: (nullable): frees @data after the work
 * @result_free: (nullable): frees a result that nobody took
 * @callback: called on the caller's main context
 *
 * Does @work on @lane, after what waits there already.
 */
void ym_notebook_run_async (YmNotebook *notebook, YmLane lane, YmWork work, gpointer data, GDestroyNotify data_free,
                            GDestroyNotify result_free, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);

/** ym_notebook_run_finish: (transfer full) (nullable): What the work returned. */
gpointer ym_notebook_run_finish (GAsyncResult *result, GError **error);

/** ym_notebook_run: The same, waiting for it: for programs without a main loop, and for the sync thread. */
gpointer ym_notebook_run (YmNotebook *notebook, YmLane lane, YmWork work, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmNotebook, ym_notebook_close)

G_END_DECLS
