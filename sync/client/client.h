/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync/client/store.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

/**
 * YmSyncClient:
 *
 * Brings a store and the server together. Belongs to the thread that runs it.
 */
typedef struct _YmSyncClient YmSyncClient;

/**
 * YmSyncClientOptions:
 * @store: the founded store
 * @transport: to the server; outlives the client
 * @device: signs the requests
 * @authors: (array length=n_authors) (nullable): whose pending envelopes are pushed; none: those of the device and of the
 *   ones that it has succeeded in this store. The administrator's tool hands in the root key's id and its own
 * @clock: for the times that are shown
 * @random: for nonces
 */
typedef struct {
  YmSyncStore store;
  const YmTransport *transport;
  YmAuthor device;
  const YmId *authors;
  guint n_authors;
  const YmClock *clock;
  const YmRandom *random;
} YmSyncClientOptions;

/** ym_sync_client_new: (transfer full): @options are copied. */
YmSyncClient *ym_sync_client_new (const YmSyncClientOptions *options) G_GNUC_WARN_UNUSED_RESULT;
void ym_sync_client_free (YmSyncClient *client);

/**
 * YmSyncResult:
 * @requests: that were answered
 * @pushed: envelopes that were sent and answered
 * @receipted: own envelopes that got their place in the ledger
 * @refused: those among them that the server refused or set aside
 * @pulled: colleagues' envelopes that were taken in
 *
 * What one round did, or has done so far.
 */
typedef struct {
  guint requests;
  guint pushed;
  guint receipted;
  guint refused;
  guint pulled;
} YmSyncResult;

/** YmSyncProgress: Called on the thread of ym_sync_run(), after each answer. */
typedef void (*YmSyncProgress) (gpointer data, const YmSyncResult *so_far);

/**
 * ym_sync_run:
 * @progress: (nullable)
 * @cancellable: (nullable): stops between and within requests; what was answered is kept
 * @result: (out): also when it fails
 *
 * One round: pushes what is pending to the end, then pulls until there is no more and no backfill is under
 * way. Each answer is verified and kept in one transaction or not at all; a cut costs at most one batch, and what is
 * sent twice is in the ledger once. Blocks: for a network thread.
 *
 * How it went is kept in the store for ym_sync_overview_read(), but for a cancelled round. Errors:
 * - YM_ERROR_UNREACHABLE: not reached; nothing was sent; try later
 * - YM_ERROR_NETWORK: cut or busy; try later
 * - YM_ERROR_SIGNATURE: an answer that the server did not sign, or an envelope in it that its author did not; nothing
 *   of that answer was kept, the proof was
 * - YM_ERROR_AUTHORITY: the server does not take anything from this device; the message says why
 * - YM_ERROR_NEWER: this program or the server has to be updated first
 * - YM_ERROR_DAMAGED: the server's ledger or this store is not what it was; an administrator must look
 * - YM_ERROR_MALFORMED: an answer that can't be one
 * - YM_ERROR_NOT_FOUND: no server is certified yet
 * - what the store says
 *
 * Nothing pending is lost by any of them.
 */
gboolean ym_sync_run (YmSyncClient *client, YmSyncProgress progress, gpointer data, GCancellable *cancellable,
                      YmSyncResult *result, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSyncClient, ym_sync_client_free)

G_END_DECLS
