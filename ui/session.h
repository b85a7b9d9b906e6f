/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "app/notebook/notebook.h"
#include "sync/client/status.h"

G_BEGIN_DECLS

#define YM_TYPE_SESSION (ym_session_get_type ())
G_DECLARE_FINAL_TYPE (YmSession, ym_session, YM, SESSION, GObject)

/**
 * YmSession:
 *
 * The time between unlock and lock: the open notebook, and the syncing that goes on beside it. Pages read and write
 * through it, and it tells them when to look again.
 *
 * Signals, without arguments, on the main context: "changed" after something in the notebook changed (a save here, or
 * a colleague's that came in); "sync-changed" when what ym_session_get_sync() says may be different.
 */

/** ym_session_new: @notebook: (transfer full) */
YmSession *ym_session_new (YmNotebook *notebook);

/** ym_session_get_notebook: (transfer none): For what the session has no call of its own for. */
YmNotebook *ym_session_get_notebook (YmSession *self);

/** ym_session_get_clock: (transfer none): The time as the notebook has it. */
const YmClock *ym_session_get_clock (YmSession *self);

/**
 * ym_session_read: / ym_session_write:
 * @data_free: (nullable): frees @data after the work
 * @result_free: (nullable): frees a result that nobody took
 * @callback: (nullable): take the result with ym_notebook_run_finish()
 *
 * Do @work off the main loop. A write that succeeded is told by "changed" and gives cause to sync.
 */
void ym_session_read (YmSession *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void ym_session_write (YmSession *self, YmWork work, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free,
                       GAsyncReadyCallback callback, gpointer user_data);

/** ym_session_save_draft: As ym_session_write(), for what stays on this device: no "changed", no cause to sync. */
void ym_session_save_draft (YmSession *self, YmWork work, gpointer data, GDestroyNotify data_free,
                            GAsyncReadyCallback callback, gpointer user_data);

/** ym_session_start_sync: From now on what is saved goes to the server by itself; the device is enrolled. */
void ym_session_start_sync (YmSession *self);

/** ym_session_sync_now: The officer asked. */
void ym_session_sync_now (YmSession *self);
void ym_session_cancel_sync (YmSession *self);
gboolean ym_session_is_syncing (YmSession *self);

/** ym_session_get_sync: (transfer none): What is where, as of the last look. */
const YmSyncOverview *ym_session_get_sync (YmSession *self);

/**
 * YmProof: What is known of the store as a whole. Opening it proves only what is read.
 */
typedef enum {
  YM_PROOF_NONE,     /* nobody has begun to look */
  YM_PROOF_UNDER_WAY,
  YM_PROOF_GOOD,
  YM_PROOF_DAMAGED,
} YmProof;

/**
 * ym_session_start_proof:
 *
 * Looks through the whole store beside everything else; "proof-changed" (no arguments) tells when it is known. Once is
 * enough; where damage was found it looks anew.
 */
void ym_session_start_proof (YmSession *self);
YmProof ym_session_get_proof (YmSession *self);

/** ym_session_get_damage: (transfer none) (nullable): With %YM_PROOF_DAMAGED: what is wrong, as a sentence. */
const char *ym_session_get_damage (YmSession *self);

/** ym_session_get_named_damage: (transfer none) (nullable) (element-type utf8): And what exactly, line by line. */
GPtrArray *ym_session_get_named_damage (YmSession *self);

/** ym_session_say_proof_first: (transfer none): What is said to whoever waits for ym_session_prove(). */
const char *ym_session_say_proof_first (void);

/**
 * ym_session_prove: / ym_session_prove_finish:
 *
 * Waits until the whole store is known to be good, without a limit: for what goes out of it. Errors: YM_ERROR_DAMAGED, with
 * what is wrong; %G_IO_ERROR_CANCELLED if the session was closed before.
 */
void ym_session_prove (YmSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean ym_session_prove_finish (GAsyncResult *result, GError **error);

/**
 * ym_session_close:
 * @callback: called when the store is closed and its keys are wiped
 *
 * Ends the session off the main loop. Nothing may be asked of it after this.
 */
void ym_session_close (YmSession *self, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
