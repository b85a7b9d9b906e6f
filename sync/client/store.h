/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/journal.h"
#include "app/notebook/notebook.h"

G_BEGIN_DECLS

/**
 * YmSyncWork:
 *
 * Something to do with the store. It may read and write, never wait for the network.
 */
typedef gboolean (*YmSyncWork) (YmJournal *journal, gpointer data, GError **error);

/**
 * YmSyncStore:
 * @run: does @work where the writing connection lives and returns when it is done; with @write inside one
 *   transaction, which is committed with the sealed head if @work returns TRUE and undone if it does not;
 *   without, @work only reads
 * @context: handed to @run
 *
 * How the network's thread reaches a store that belongs to another one. In the app @run queues to the writer
 * thread; where there is one thread, see ym_sync_store_direct().
 */
typedef struct {
  gboolean (*run) (gpointer context, gboolean write, YmSyncWork work, gpointer data, GError **error);
  gpointer context;
} YmSyncStore;

/** ym_sync_store_direct: Runs work at once on @journal, on the calling thread. */
YmSyncStore ym_sync_store_direct (YmJournal *journal);

/** ym_sync_store_of_notebook: Runs work on the writing lane and waits for it; for the network's thread. */
YmSyncStore ym_sync_store_of_notebook (YmNotebook *notebook);

/** ym_sync_store_read: / ym_sync_store_write: Run @work, see #YmSyncStore. */
gboolean ym_sync_store_read (const YmSyncStore *store, YmSyncWork work, gpointer data,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ym_sync_store_write (const YmSyncStore *store, YmSyncWork work, gpointer data,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_sync_migrate:
 *
 * Makes or migrates the tables that the client keeps beside the journal's. For whoever opens a store that is
 * synced, before anything else of the client.
 */
gboolean ym_sync_migrate (const YmSyncStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
