/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one door to the network, so that the sync client runs the same over HTTPS and in a simulation. */

#include "sync/transport/transport.h"

GBytes *
ym_transport_post (const YmTransport *transport, const char *path, GBytes *body, gsize most_answer_bytes,
                   guint *http_status, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (transport != NULL && transport->post != NULL, NULL);
  g_return_val_if_fail (path != NULL && path[0] == '/', NULL);
  g_return_val_if_fail (body != NULL && http_status != NULL, NULL);

  *http_status = 0;
  return transport->post (transport->context, path, body, most_answer_bytes, http_status, cancellable,
                          error);
}
