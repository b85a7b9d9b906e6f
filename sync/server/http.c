/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The HTTP server as its callers see it.
 *
 * libmicrohttpd waits by poll, not by epoll. Its epoll loop has two faults, in 0.9.75 of Debian 12 and
 * still in 1.0.1, both reproduced:
 *
 *  - It fetches 128 events at a time and, having got exactly 128, waits for more *before* it serves
 *    those it has. If nothing else happens, 128 clients wait for ever.
 *  - A TLS handshake that waits for its client is tried again without end: one client that sends one
 *    byte of a handshake costs a whole processor.
 *
 * Waiting by poll has neither, at the price of looking at each connection in each round: some tens of
 * microseconds with a thousand of them.
 */

#include "sync/server/http.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "app/base/error.h"
#include "sync/server/http-private.h"

#define MEMORY_PER_CONNECTION_BYTES ((size_t) 32 * 1024)

const YmHttpOptions ym_http_options_usual = {
  .threads = 2,
  .most_connections = 4096,
  .most_connections_per_address = 1024,
  .header_ms = 10 * 1000,
  .body_ms = 60 * 1000,
  .answer_ms = 60 * 1000,
  .idle_ms = 90 * 1000,
};

YmHttpCounts
ym_http_server_get_counts (YmHttpServer *server)
{
  YmHttpCounts counts;

  g_mutex_lock (&server->mutex);
  counts = server->counts;
  g_mutex_unlock (&server->mutex);
  return counts;
}

guint16
ym_http_server_get_port (YmHttpServer *server)
{
  return server->port;
}

/* Of which server's connection GnuTLS asks follows from the session: libmicrohttpd keeps the connection
 * in its user pointer, and we our server in the connection. */
static int
retrieve_cb (gnutls_session_t session, const struct gnutls_cert_retr_st *info, gnutls_pcert_st **chain,
             unsigned int *n_chain, gnutls_ocsp_data_st **ocsp, unsigned int *n_ocsp, gnutls_privkey_t *key,
             unsigned int *flags)
{
  const union MHD_ConnectionInfo *connection_info
    = MHD_get_connection_info (gnutls_session_get_ptr (session), MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  YmHttpConnection *connection = connection_info->socket_context;

  ym_tls_retrieve (connection->server->options.tls, chain, n_chain, key);
  *ocsp = NULL;
  *n_ocsp = 0;
  *flags = 0; /* the chain and the key stay ours */
  return 0;
}

/* Half-open handshakes, resets and the like: of interest when debugging alone. */
G_GNUC_PRINTF (2, 0)
static void
log_cb (void *context, const char *format, va_list arguments)
{
  g_autofree char *text = g_strdup_vprintf (format, arguments);

  g_debug ("microhttpd: %s", g_strchomp (text));
}

static struct MHD_Daemon *
start_daemon (YmHttpServer *server)
{
  const YmHttpOptions *options = &server->options;
  const unsigned int flags = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME
                             | MHD_USE_ERROR_LOG | (options->tls != NULL ? MHD_USE_TLS : 0);
  const struct MHD_OptionItem tls[] = {
    { MHD_OPTION_HTTPS_CERT_CALLBACK2, 0, (void *) retrieve_cb },
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) "NORMAL:-VERS-ALL:+VERS-TLS1.3" },
    { MHD_OPTION_END, 0, NULL },
  };
  const struct MHD_OptionItem pool[] = {
    { MHD_OPTION_THREAD_POOL_SIZE, options->threads, NULL },
    { MHD_OPTION_END, 0, NULL },
  };
  const struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

  return MHD_start_daemon (flags, 0, ym_http_connection_may_open, server, ym_http_exchange_access, server,
                           MHD_OPTION_EXTERNAL_LOGGER, log_cb, NULL,
                           MHD_OPTION_LISTEN_SOCKET, server->listener,
                           MHD_OPTION_NOTIFY_CONNECTION, ym_http_connection_changed, server,
                           MHD_OPTION_NOTIFY_COMPLETED, ym_http_exchange_completed, server,
                           MHD_OPTION_CONNECTION_LIMIT, MAX (options->most_connections, options->threads),
                           MHD_OPTION_CONNECTION_TIMEOUT, 0u,
                           MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION_BYTES,
                           MHD_OPTION_STRICT_FOR_CLIENT, 1,
                           MHD_OPTION_ARRAY, options->tls != NULL ? tls : none,
                           MHD_OPTION_ARRAY, options->threads > 1 ? pool : none,
                           MHD_OPTION_END);
}

static gboolean
check_options (const YmHttpOptions *options, GError **error)
{
  if (options->unix_path == NULL && options->tls == NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _("Without TLS the server listens on a Unix socket only. Give it a TLS key."));
      return FALSE;
    }
  if (options->unix_path != NULL && options->tls != NULL)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                           _("On a Unix socket the proxy in front does TLS. Leave out the TLS key."));
      return FALSE;
    }
  return TRUE;
}

static YmHttpServer *
server_new (const YmHttpOptions *options)
{
  YmHttpServer *server = g_new0 (YmHttpServer, 1);

  server->options = *options;
  server->unix_path = g_strdup (options->unix_path);
  server->per_address = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  server->next_us = G_MAXINT64;
  g_mutex_init (&server->mutex);
  g_cond_init (&server->changed);
  return server;
}

static void
server_free (YmHttpServer *server)
{
  g_hash_table_unref (server->per_address);
  g_mutex_clear (&server->mutex);
  g_cond_clear (&server->changed);
  g_free (server->unix_path);
  g_free (server);
}

YmHttpServer *
ym_http_server_start (const YmHttpOptions *options, GError **error)
{
  YmHttpServer *server;

  g_return_val_if_fail (options != NULL && options->threads >= 1 && options->threads <= 16, NULL);
  g_return_val_if_fail (options->header_ms > 0 && options->body_ms > 0, NULL);
  g_return_val_if_fail (options->answer_ms > 0 && options->idle_ms > 0, NULL);

  if (!check_options (options, error))
    return NULL;
  server = server_new (options);
  server->listener = ym_http_listen (options, &server->port, error);
  if (server->listener < 0)
    {
      server_free (server);
      return NULL;
    }
  server->daemon = start_daemon (server);
  if (server->daemon == NULL)
    {
      /* Whether the listener is closed by now depends on how libmicrohttpd failed: it is left alone. */
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _("The HTTP server could not be started: %s."),
                   g_strerror (errno));
      server_free (server);
      return NULL;
    }
  server->reaper = g_thread_new ("http-reaper", ym_http_reaper, server);
  return server;
}

void
ym_http_server_stop (YmHttpServer *server, guint patience_ms)
{
  g_return_if_fail (server != NULL);

  if (server->unix_path != NULL)
    g_unlink (server->unix_path);
  MHD_quiesce_daemon (server->daemon);
  shutdown (server->listener, SHUT_RDWR); /* nobody waits in a backlog that won't be served */

  g_mutex_lock (&server->mutex);
  server->stopping = TRUE;
  server->patience_us = g_get_monotonic_time () + patience_ms * G_TIME_SPAN_MILLISECOND;
  g_cond_signal (&server->changed);
  g_mutex_unlock (&server->mutex);
  g_thread_join (server->reaper);

  MHD_stop_daemon (server->daemon);
  close (server->listener); /* only now: a network thread may have been about to accept */
  server_free (server);
}
