/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections: how many one address may have, and when each is cut.
 *
 * libmicrohttpd's own timeout is of inactivity, so a client that sends a byte now and then keeps its
 * place for ever. Ours are absolute. All connections in one phase wait equally long, so each phase is a
 * queue in order of deadline, and one thread, the reaper, looks at the heads. It cuts a connection by
 * shutting its socket down, which libmicrohttpd's thread finds as an end of stream; the socket is
 * closed by libmicrohttpd only after it has told us, under the mutex, so its number is never stale here.
 */

#include <netinet/in.h>
#include <string.h>

#include "sync/server/http-private.h"

static guint
phase_ms (YmHttpServer *server, YmHttpPhase phase)
{
  const YmHttpOptions *options = &server->options;
  const guint limits_ms[YM_HTTP_TIMED] = {
    [YM_HTTP_HEADER] = options->header_ms,
    [YM_HTTP_BODY] = options->body_ms,
    [YM_HTTP_ANSWER] = options->answer_ms,
    [YM_HTTP_IDLE] = options->idle_ms,
  };

  return limits_ms[phase];
}

static void
enter_locked (YmHttpConnection *connection, YmHttpPhase phase)
{
  YmHttpServer *server = connection->server;

  if (connection->phase == YM_HTTP_CUT)
    return;
  if (connection->phase < YM_HTTP_TIMED)
    g_queue_unlink (&server->queues[connection->phase], &connection->timed);
  connection->phase = phase;
  if (phase >= YM_HTTP_TIMED)
    return;
  connection->deadline_us = g_get_monotonic_time () + phase_ms (server, phase) * G_TIME_SPAN_MILLISECOND;
  g_queue_push_tail_link (&server->queues[phase], &connection->timed);
  if (connection->deadline_us < server->next_us || server->stopping)
    g_cond_signal (&server->changed);
}

/* Moves the connection to another phase, whose clock begins anew. @exchange: what a handler now has. */
void
ym_http_connection_enter (YmHttpConnection *connection, YmHttpPhase phase, YmHttpExchange *exchange)
{
  g_mutex_lock (&connection->server->mutex);
  connection->exchange = exchange;
  enter_locked (connection, phase);
  g_mutex_unlock (&connection->server->mutex);
}

gboolean
ym_http_server_is_stopping (YmHttpServer *server)
{
  gboolean stopping;

  g_mutex_lock (&server->mutex);
  stopping = server->stopping;
  g_mutex_unlock (&server->mutex);
  return stopping;
}

static void
cut (YmHttpConnection *connection)
{
  enter_locked (connection, YM_HTTP_CUT);
  shutdown (connection->socket, SHUT_RDWR);
}

/* Cuts what is past its deadline; returns when the next one is. */
static gint64
cut_expired (YmHttpServer *server, gint64 now_us)
{
  gint64 next_us = G_MAXINT64;

  for (int phase = 0; phase < YM_HTTP_TIMED; phase++)
    for (GList *head; (head = g_queue_peek_head_link (&server->queues[phase])) != NULL;)
      {
        YmHttpConnection *connection = head->data;

        if (connection->deadline_us > now_us)
          {
            next_us = MIN (next_us, connection->deadline_us);
            break;
          }
        cut (connection);
        server->counts.cut += 1;
      }
  return next_us;
}

/* While the server stops: what is idle goes at once, what is under way when it is done or patience ends. */
static void
wind_down (YmHttpServer *server, gboolean patient)
{
  for (GList *item = server->connections.head; item != NULL; item = item->next)
    {
      YmHttpConnection *connection = item->data;

      if (!patient && connection->exchange != NULL)
        ym_http_exchange_drop (connection->exchange);
      if (connection->phase != YM_HTTP_CUT
          && (!patient || connection->phase == YM_HTTP_HEADER || connection->phase == YM_HTTP_IDLE))
        cut (connection);
    }
}

/* A thread: cuts connections at their deadlines, until the server stops and the last one is gone. */
gpointer
ym_http_reaper (gpointer data)
{
  YmHttpServer *server = data;

  g_mutex_lock (&server->mutex);
  while (!server->stopping || !g_queue_is_empty (&server->connections))
    {
      const gint64 now_us = g_get_monotonic_time ();

      server->next_us = cut_expired (server, now_us);
      if (server->stopping)
        {
          wind_down (server, now_us < server->patience_us);
          if (now_us < server->patience_us)
            server->next_us = MIN (server->next_us, server->patience_us);
        }
      if (server->next_us == G_MAXINT64)
        g_cond_wait (&server->changed, &server->mutex);
      else
        g_cond_wait_until (&server->changed, &server->mutex, server->next_us);
    }
  g_mutex_unlock (&server->mutex);
  return NULL;
}

/* What the limit counts. An IPv4 address stands for itself, also when mapped into IPv6; an IPv6 customer
 * has at least 64 bits of addresses, so the first 64 bits count. 0: a Unix socket, not limited. */
static guint64
address_key (const struct sockaddr *address)
{
  const guint64 ipv4_prefix = G_GUINT64_CONSTANT (0xffff) << 32;
  guint64 key_be;
  guint32 ipv4_be;

  if (address != NULL && address->sa_family == AF_INET)
    return ipv4_prefix | GUINT32_FROM_BE (((const struct sockaddr_in *) (gconstpointer) address)->sin_addr.s_addr);
  if (address != NULL && address->sa_family == AF_INET6)
    {
      const struct in6_addr *ipv6 = &((const struct sockaddr_in6 *) (gconstpointer) address)->sin6_addr;

      memcpy (&ipv4_be, ipv6->s6_addr + 12, sizeof ipv4_be);
      memcpy (&key_be, ipv6->s6_addr, sizeof key_be);
      return IN6_IS_ADDR_V4MAPPED (ipv6) ? ipv4_prefix | GUINT32_FROM_BE (ipv4_be)
                                         : MAX (GUINT64_FROM_BE (key_be), 1);
    }
  return 0;
}

static guint
per_address (YmHttpServer *server, guint64 address)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (server->per_address, &address));
}

static void
count_address (YmHttpServer *server, guint64 address, int change)
{
  const guint n = per_address (server, address) + (guint) change;

  if (n == 0)
    g_hash_table_remove (server->per_address, &address);
  else
    g_hash_table_insert (server->per_address, g_memdup2 (&address, sizeof address), GUINT_TO_POINTER (n));
}

enum MHD_Result
ym_http_connection_may_open (void *context, const struct sockaddr *address, socklen_t length)
{
  YmHttpServer *server = context;
  const guint64 key = length >= sizeof (struct sockaddr_in) ? address_key (address) : 0;
  const guint most = server->options.most_connections_per_address;
  gboolean may;

  g_mutex_lock (&server->mutex);
  may = key == 0 || most == 0 || per_address (server, key) < most;
  if (!may)
    server->counts.turned_away += 1;
  g_mutex_unlock (&server->mutex);
  return may ? MHD_YES : MHD_NO;
}

static YmHttpConnection *
connection_new (YmHttpServer *server, struct MHD_Connection *mhd)
{
  YmHttpConnection *connection = g_new0 (YmHttpConnection, 1);
  const union MHD_ConnectionInfo *info;

  connection->server = server;
  connection->mhd = mhd;
  connection->phase = YM_HTTP_TIMED; /* in no queue yet */
  connection->timed.data = connection;
  connection->all.data = connection;
  info = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
  connection->socket = info->connect_fd;
  info = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  connection->address = info != NULL ? address_key (info->client_addr) : 0;
  return connection;
}

void
ym_http_connection_changed (void *context, struct MHD_Connection *mhd, void **state,
                            enum MHD_ConnectionNotificationCode code)
{
  YmHttpServer *server = context;
  const gboolean opened = code == MHD_CONNECTION_NOTIFY_STARTED;
  YmHttpConnection *connection = opened ? connection_new (server, mhd) : *state;

  g_mutex_lock (&server->mutex);
  if (opened)
    {
      g_queue_push_tail_link (&server->connections, &connection->all);
      server->counts.accepted += 1;
      server->counts.connections += 1;
    }
  else
    {
      g_queue_unlink (&server->connections, &connection->all);
      server->counts.connections -= 1;
    }
  count_address (server, connection->address, opened ? 1 : -1);
  enter_locked (connection, opened ? YM_HTTP_HEADER : YM_HTTP_CUT); /* cut: out of its queue */
  if (server->stopping)
    g_cond_signal (&server->changed);
  g_mutex_unlock (&server->mutex);

  *state = opened ? connection : NULL;
  if (!opened)
    g_free (connection);
}
