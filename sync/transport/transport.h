/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * YmTransport:
 * @post: sends @body to @path of the server and waits for the whole answer
 * @context: handed to @post
 *
 * How bytes reach the server. Production passes ym_https_transport(), a simulation its own lossy
 * network. A transport knows nothing of the messages it carries.
 *
 * @post blocks and belongs on a network thread, never on the main loop. It returns the answer's body
 * (transfer full) and its status in @http_status, whatever the status; or NULL with
 * - %YM_ERROR_UNREACHABLE: no connection; nothing was sent; try later
 * - %YM_ERROR_NETWORK: no answer, or only a part of it; the request may or may not have arrived; try later
 * - %YM_ERROR_SIGNATURE: whoever answered does not hold the server's key; nothing was sent
 * - %YM_ERROR_MALFORMED: an answer that can't be one of ours (too large, a redirect)
 * - %YM_ERROR_INVALID: the server's address is not one that can be used
 * - %G_IO_ERROR_CANCELLED: @cancellable was cancelled
 */
typedef struct {
  GBytes *(*post) (gpointer context, const char *path, GBytes *body, gsize most_answer_bytes,
                   guint *http_status, GCancellable *cancellable, GError **error);
  gpointer context;
} YmTransport;

/**
 * ym_transport_post:
 * @path: begins with "/"
 * @body: what to send; may be empty
 * @most_answer_bytes: a longer answer is refused as it arrives
 * @http_status: (out): the answer's status, such as 200
 * @cancellable: (nullable)
 *
 * Calls the transport's @post, as described there.
 *
 * Returns: (transfer full) (nullable): the answer's body; NULL with @error set
 */
GBytes *ym_transport_post (const YmTransport *transport, const char *path, GBytes *body,
                           gsize most_answer_bytes, guint *http_status, GCancellable *cancellable,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
