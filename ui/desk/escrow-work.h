/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/base/secret.h"
#include "app/vault/options.h"

G_BEGIN_DECLS

/* What a locked tablet does when its passphrase is forgotten. All of it off the main loop, on a store that is closed. */

/**
 * ym_escrow_look: / ym_escrow_request: / ym_escrow_take_answer:
 * @options: copied
 * @passphrase: (transfer full): the one that is wanted from now on
 * @answer: a file
 *
 * Reads the request that waits, if there is one; makes one, as ym_store_request_escrow(); takes the answer, as
 * ym_store_take_escrow_answer(). Finish the first two with ym_escrow_request_finish().
 */
void ym_escrow_look (const char *directory, const YmStoreOptions *options, GAsyncReadyCallback callback, gpointer user_data);
void ym_escrow_request (const char *directory, YmSecret *passphrase, const YmStoreOptions *options,
                        GAsyncReadyCallback callback, gpointer user_data);
void ym_escrow_take_answer (const char *directory, YmSecret *passphrase, GFile *answer, const YmStoreOptions *options,
                            GAsyncReadyCallback callback, gpointer user_data);

/** ym_escrow_request_finish: (transfer full) (nullable): the request; YM_ERROR_NOT_FOUND if none waits. */
GBytes *ym_escrow_request_finish (GAsyncResult *result, GError **error);

/**
 * ym_escrow_take_answer_finish:
 * @wait_us: (out): on failure: how long until the next passphrase is judged
 *
 * Returns: (transfer full) (nullable): the passphrase, which opens the store now
 */
YmSecret *ym_escrow_take_answer_finish (GAsyncResult *result, gint64 *wait_us, GError **error);

/** ym_escrow_write: Writes @bytes to @file, whole and durably, off the main loop; finish with ym_escrow_write_finish(). */
void ym_escrow_write (GFile *file, GBytes *bytes, GAsyncReadyCallback callback, gpointer user_data);
gboolean ym_escrow_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
