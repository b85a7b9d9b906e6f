/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request and its reply. The body is counted as it arrives, against a limit that depends on the
 * route; its length must be announced, so that a body too large is refused before a byte of it is read.
 *
 * The reply may come at once or later from another thread. The connection sleeps meanwhile. Order
 * matters: it is put to sleep and woken under the reply's mutex, so it can't be woken before it
 * sleeps; and the network thread takes that mutex before it reads the reply, so the waker is out of
 * libmicrohttpd by the time the connection, or the whole server, is torn down.
 */

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <string.h>

#include "sync/server/http-private.h"

struct YmHttpReply {
  gatomicrefcount references; /* the exchange and the handler */
  GMutex mutex;               /* guards what follows */
  struct MHD_Connection *asleep; /* (nullable): to be woken */
  gboolean sent;
  gboolean dropped; /* nobody waits any more */
  guint status;
  const char *content_type;
  GBytes *body;
};

struct YmHttpExchange {
  YmHttpConnection *connection;
  const YmHttpRoute *route;
  char *path;
  GByteArray *body;
  YmHttpReply *reply; /* (nullable): once the handler was called */
};

static void
reply_unref (YmHttpReply *reply)
{
  if (!g_atomic_ref_count_dec (&reply->references))
    return;
  g_mutex_clear (&reply->mutex);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}

static void
exchange_free (YmHttpExchange *exchange)
{
  g_clear_pointer (&exchange->reply, reply_unref);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange->path);
  g_free (exchange);
}

void
ym_http_reply_send (YmHttpReply *reply, guint status, const char *content_type, GBytes *body)
{
  g_return_if_fail (reply != NULL && status >= 200 && status <= 599 && content_type != NULL);

  g_mutex_lock (&reply->mutex);
  g_assert (!reply->sent);
  reply->sent = TRUE;
  reply->status = status;
  reply->content_type = content_type;
  reply->body = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  if (reply->asleep != NULL && !reply->dropped)
    MHD_resume_connection (reply->asleep);
  g_mutex_unlock (&reply->mutex);
  reply_unref (reply);
}

void
ym_http_reply_send_text (YmHttpReply *reply, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  ym_http_reply_send (reply, status, "text/plain; charset=utf-8", body);
}

/* For a reply that comes too late. The reaper calls, under the server's mutex. */
void
ym_http_exchange_drop (YmHttpExchange *exchange)
{
  YmHttpReply *reply = exchange->reply;

  g_mutex_lock (&reply->mutex);
  if (!reply->sent && !reply->dropped)
    {
      reply->dropped = TRUE;
      if (reply->asleep != NULL)
        MHD_resume_connection (reply->asleep);
    }
  g_mutex_unlock (&reply->mutex);
}

static void
bytes_unref_cb (void *bytes)
{
  g_bytes_unref (bytes);
}

/* Hands an answer to libmicrohttpd; MHD_NO closes the connection. */
static enum MHD_Result
answer (YmHttpConnection *connection, guint status, const char *content_type, GBytes *body)
{
  gsize length;
  gconstpointer data = g_bytes_get_data (body, &length);
  struct MHD_Response *response;
  enum MHD_Result result;

  /* Not copied: the reference goes with the response. */
  response = MHD_create_response_from_buffer_with_free_callback_cls (length, (void *) (data != NULL ? data : ""),
                                                                     bytes_unref_cb, g_bytes_ref (body));
  if (response == NULL)
    {
      g_bytes_unref (body);
      return MHD_NO;
    }
  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  if (ym_http_server_is_stopping (connection->server))
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONNECTION, "close");
  ym_http_connection_enter (connection, YM_HTTP_ANSWER, NULL);
  result = MHD_queue_response (connection->mhd, status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
answer_text (YmHttpConnection *connection, guint status, const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return answer (connection, status, "text/plain; charset=utf-8", body);
}

static void
healthz (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  ym_http_reply_send_text (reply, 200, "ok\n");
}

static void
metrics (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  YmHttpServer *server = context;
  const YmHttpCounts counts = ym_http_server_get_counts (server);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "# TYPE ymweld_http_connections gauge\nymweld_http_connections %u\n",
                          counts.connections);
  g_string_append_printf (text, "# TYPE ymweld_http_accepted_total counter\nymweld_http_accepted_total %"
                          G_GUINT64_FORMAT "\n", counts.accepted);
  g_string_append_printf (text, "# TYPE ymweld_http_requests_total counter\nymweld_http_requests_total %"
                          G_GUINT64_FORMAT "\n", counts.requests);
  g_string_append_printf (text, "# TYPE ymweld_http_cut_total counter\nymweld_http_cut_total %"
                          G_GUINT64_FORMAT "\n", counts.cut);
  g_string_append_printf (text, "# TYPE ymweld_http_turned_away_total counter\nymweld_http_turned_away_total %"
                          G_GUINT64_FORMAT "\n", counts.turned_away);
  if (server->options.metrics != NULL)
    server->options.metrics (server->options.context, text);
  ym_http_reply_send_text (reply, 200, text->str);
}

static const YmHttpRoute own_routes[] = {
  { "GET", "/healthz", 0, healthz },
  { "GET", "/metrics", 0, metrics },
};

static gboolean
is_own (const YmHttpRoute *route)
{
  return route >= own_routes && route < own_routes + G_N_ELEMENTS (own_routes);
}

/* The route of a path and method; or NULL and the status that says why not. */
static const YmHttpRoute *
find_route (YmHttpServer *server, const char *method, const char *path, guint *status)
{
  *status = 404;
  for (gsize i = 0; i < G_N_ELEMENTS (own_routes) + server->options.n_routes; i++)
    {
      const YmHttpRoute *route = i < G_N_ELEMENTS (own_routes)
                                   ? &own_routes[i]
                                   : &server->options.routes[i - G_N_ELEMENTS (own_routes)];

      if (strcmp (route->path, path) != 0)
        continue;
      if (strcmp (route->method, method) == 0)
        return route;
      *status = 405;
    }
  return NULL;
}

static enum MHD_Result
count_length_cb (void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
  guint *n = context;

  if (g_ascii_strcasecmp (name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0)
    *n += 1;
  return MHD_YES;
}

/* Judges the announced length. Two lengths, or a length beside chunks, are how requests are smuggled
 * past a proxy (RFC 9112 11.2); chunks alone would have to be read before they could be refused. */
static guint
check_length (struct MHD_Connection *mhd, gsize most)
{
  const char *text = MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
  guint64 length = 0;
  guint n_lengths = 0;

  if (MHD_lookup_connection_value (mhd, MHD_HEADER_KIND, MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL)
    return 411;
  MHD_get_connection_values (mhd, MHD_HEADER_KIND, count_length_cb, &n_lengths);
  if (n_lengths > 1 || (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &length, NULL)))
    return 400;
  return length > most ? 413 : 0;
}

static const char *
reason (guint status)
{
  static const struct {
    guint status;
    const char *text;
  } reasons[] = {
    { 400, "The request is not well formed.\n" },
    { 404, "There is nothing here.\n" },
    { 405, "This is not done with this method.\n" },
    { 411, "The length must be announced.\n" },
    { 413, "The request is too large.\n" },
    { 503, "The server is stopping.\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].status == status)
      return reasons[i].text;
  return "\n";
}

static char *
peer_text (YmHttpConnection *connection)
{
  const union MHD_ConnectionInfo *info
    = MHD_get_connection_info (connection->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const struct sockaddr *native = info != NULL ? info->client_addr : NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (native == NULL || (native->sa_family != AF_INET && native->sa_family != AF_INET6))
    return g_strdup ("local");
  address = g_socket_address_new_from_native ((gpointer) native,
                                              native->sa_family == AF_INET6 ? sizeof (struct sockaddr_in6)
                                                                            : sizeof (struct sockaddr_in));
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

/* What the service says of itself is for its own machine. */
static gboolean
is_local (const char *peer)
{
  return strcmp (peer, "local") == 0 || strcmp (peer, "::1") == 0 || g_str_has_prefix (peer, "127.");
}

/* The header is read. */
static enum MHD_Result
begin (YmHttpConnection *connection, const char *url, const char *method, void **state)
{
  YmHttpServer *server = connection->server;
  YmHttpExchange *exchange = g_new0 (YmHttpExchange, 1);
  gboolean stopping;
  guint status;

  exchange->connection = connection;
  *state = exchange;
  g_mutex_lock (&server->mutex);
  server->counts.requests += 1;
  stopping = server->stopping;
  g_mutex_unlock (&server->mutex);
  exchange->route = find_route (server, method, url, &status);
  if (exchange->route != NULL)
    status = check_length (connection->mhd, exchange->route->most_body_bytes);
  if (stopping)
    status = 503;
  if (status != 0)
    return answer_text (connection, status, reason (status));

  exchange->path = g_strdup (url);
  exchange->body = g_byte_array_new ();
  ym_http_connection_enter (connection, YM_HTTP_BODY, NULL);
  return MHD_YES;
}

/* The whole body is there: to the handler with it. */
static enum MHD_Result
hand_over (YmHttpExchange *exchange)
{
  YmHttpConnection *connection = exchange->connection;
  YmHttpServer *server = connection->server;
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body));
  g_autofree char *peer = peer_text (connection);
  const YmHttpRequest request = { exchange->route->method, exchange->path, body, peer };
  YmHttpReply *reply;
  gboolean sent, dropped;

  if (exchange->route->handle == metrics && !is_local (peer))
    return answer_text (connection, 404, reason (404));
  reply = g_new0 (YmHttpReply, 1);
  g_atomic_ref_count_init (&reply->references);
  g_atomic_ref_count_inc (&reply->references);
  g_mutex_init (&reply->mutex);
  exchange->reply = reply;
  ym_http_connection_enter (connection, YM_HTTP_HANDLING, exchange);
  exchange->route->handle (is_own (exchange->route) ? server : server->options.context, &request, reply);

  g_mutex_lock (&reply->mutex);
  sent = reply->sent;
  dropped = reply->dropped;
  if (!sent && !dropped)
    {
      MHD_suspend_connection (connection->mhd);
      reply->asleep = connection->mhd;
    }
  g_mutex_unlock (&reply->mutex);
  if (dropped)
    return MHD_NO;
  return sent ? answer (connection, reply->status, reply->content_type, reply->body) : MHD_YES;
}

/* Woken: the reply is there, or there will be none. */
static enum MHD_Result
awake (YmHttpExchange *exchange)
{
  YmHttpReply *reply = exchange->reply;
  gboolean sent;

  g_mutex_lock (&reply->mutex);
  sent = reply->sent && !reply->dropped;
  g_mutex_unlock (&reply->mutex);
  if (!sent)
    return MHD_NO;
  return answer (exchange->connection, reply->status, reply->content_type, reply->body);
}

enum MHD_Result
ym_http_exchange_access (void *context, struct MHD_Connection *mhd, const char *url, const char *method,
                         const char *version, const char *upload, size_t *upload_length, void **state)
{
  YmHttpExchange *exchange = *state;

  if (exchange == NULL)
    {
      const union MHD_ConnectionInfo *info
        = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

      return begin (info->socket_context, url, method, state);
    }
  if (*upload_length > 0)
    {
      if (exchange->body == NULL
          || *upload_length > exchange->route->most_body_bytes - exchange->body->len)
        return MHD_NO;
      g_byte_array_append (exchange->body, (const guint8 *) upload, (guint) *upload_length);
      *upload_length = 0;
      return MHD_YES;
    }
  return exchange->reply == NULL ? hand_over (exchange) : awake (exchange);
}

void
ym_http_exchange_completed (void *context, struct MHD_Connection *mhd, void **state,
                            enum MHD_RequestTerminationCode code)
{
  YmHttpExchange *exchange = *state;

  if (exchange == NULL)
    return;
  *state = NULL;
  ym_http_connection_enter (exchange->connection, YM_HTTP_IDLE, NULL);
  exchange_free (exchange);
}
