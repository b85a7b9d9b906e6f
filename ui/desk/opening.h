/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/notebook/notebook.h"
#include "sync/transport/transport.h"

G_BEGIN_DECLS

/** YmOpeningState: What an open store is good for. */
typedef enum {
  YM_OPENING_EMPTY,    /* nobody's: an enrolment has to be begun */
  YM_OPENING_AGAIN,    /* an officer's, by a passphrase that was forgotten: the device has to be enrolled again */
  YM_OPENING_WAITING,  /* an enrolment was begun and has not come to its end */
  YM_OPENING_ENROLLED, /* an officer's */
} YmOpeningState;

/**
 * YmOpeningRoad:
 * @open: reaches for the server at @address, over TLS with whatever key it has; (transfer full) (nullable)
 * @get_key: SHA-256 of the SubjectPublicKeyInfo that the server showed
 * @close: gives back what @open returned
 * @context: handed to @open
 *
 * The way to a server that this device does not know yet. All three run on a thread.
 */
typedef struct {
  gpointer (*open) (gpointer context, const char *address, const YmTransport **transport, GError **error);
  gboolean (*get_key) (gpointer opened, YmHash *key);
  void (*close) (gpointer opened);
  gpointer context;
} YmOpeningRoad;

/** ym_opening_road_https: The real one. */
extern const YmOpeningRoad ym_opening_road_https;

/** ym_opening_look: Whether there is a store, off the main loop. */
void ym_opening_look (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback,
                      gpointer user_data);

/** ym_opening_look_finish: @wait_us: (out): how long until a passphrase is judged again; 0 for at once */
gboolean ym_opening_look_finish (GAsyncResult *result, gint64 *wait_us);

/**
 * ym_opening_unlock:
 * @passphrase: (transfer full)
 * @options: copied
 *
 * Opens the store off the main loop and brings its tables up to date. Errors as for ym_notebook_open().
 */
void ym_opening_unlock (const char *directory, YmSecret *passphrase, const YmStoreOptions *options,
                        GAsyncReadyCallback callback, gpointer user_data);

/**
 * ym_opening_unlock_finish:
 * @state: (out): on success
 * @wait_us: (out): on failure: how long until the next passphrase is judged
 *
 * Returns: (transfer full) (nullable)
 */
YmNotebook *ym_opening_unlock_finish (GAsyncResult *result, YmOpeningState *state, gint64 *wait_us, GError **error);

/** ym_opening_unlock_get_warning: (transfer none) (nullable): On success: what the officer should know; lives as long as @result. */
const char *ym_opening_unlock_get_warning (GAsyncResult *result);

/**
 * ym_opening_recover:
 * @passphrase: (transfer full)
 *
 * Recovers a damaged store off the main loop, as ym_recover() does, whose errors it has; it is closed afterwards.
 */
void ym_opening_recover (const char *directory, YmSecret *passphrase, const YmStoreOptions *options,
                         GAsyncReadyCallback callback, gpointer user_data);

/**
 * ym_opening_recover_finish:
 * @wait_us: (out): on failure: how long until the next passphrase is judged
 *
 * Returns: (transfer full) (nullable): what was saved and what is missing, for the officer
 */
char *ym_opening_recover_finish (GAsyncResult *result, gint64 *wait_us, GError **error);

/** ym_opening_check_code: Whether a one-time code can be one; judged without asking anybody. */
gboolean ym_opening_check_code (const char *code, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_opening_begin:
 * @notebook: (nullable) (transfer none): the open store of an earlier try
 * @passphrase: (nullable) (transfer full): where there is no store yet: it is made with this
 *
 * Makes the store where there is none and keeps in it what the officer typed, off the main loop. The server is not
 * asked yet.
 */
void ym_opening_begin (const char *directory, YmNotebook *notebook, YmSecret *passphrase,
                       const YmStoreOptions *options, const char *address, const char *code, const char *device_name,
                       GAsyncReadyCallback callback, gpointer user_data);

/**
 * ym_opening_begin_finish:
 * @notebook: (inout) (transfer full): the store, also when only what was typed was wrong; %NULL if none could be made
 */
gboolean ym_opening_begin_finish (GAsyncResult *result, YmNotebook **notebook, GError **error);

/**
 * ym_opening_ask:
 * @notebook: with an enrolment that was begun; must stay open until @callback
 *
 * Asks the server once, off the main loop.
 */
void ym_opening_ask (YmNotebook *notebook, const YmOpeningRoad *road, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);

/** ym_opening_ask_finish: @done: (out): whether this is an officer's device now; else ask again in a few seconds */
gboolean ym_opening_ask_finish (GAsyncResult *result, gboolean *done, GError **error);

/**
 * ym_opening_close:
 *
 * Closes a notebook that no session has, off the main loop; @callback takes no result.
 */
void ym_opening_close (YmNotebook *notebook, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
