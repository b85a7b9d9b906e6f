/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the four files of the HTTP server:
 *
 *   http.c             the server as callers see it: start, stop, counts
 *   http-listen.c      the listening socket
 *   http-connection.c  connections: their deadlines, the limit per address
 *   http-exchange.c    one request and its reply
 *
 * Order of locks: the server's, a reply's, libmicrohttpd's.
 */

#include <microhttpd.h>
#include <sys/socket.h>

#include "sync/server/http.h"

G_BEGIN_DECLS

/* Where a connection is in its round, and so which deadline it has. */
typedef enum {
  YM_HTTP_HEADER,   /* fresh: TLS handshake and first header */
  YM_HTTP_BODY,     /* header read */
  YM_HTTP_ANSWER,   /* the answer is on its way out */
  YM_HTTP_IDLE,     /* answered: until the next header is read */
  YM_HTTP_TIMED,    /* number of those above, each with its own deadline */
  YM_HTTP_HANDLING, /* with the handler: no deadline, the handler owes a reply */
  YM_HTTP_CUT,      /* shut down by us, about to be closed */
} YmHttpPhase;

typedef struct YmHttpExchange YmHttpExchange;

/* Guarded by the server's mutex, but for what never changes. */
typedef struct {
  YmHttpServer *server;
  struct MHD_Connection *mhd;
  int socket;
  guint64 address; /* what the limit per address counts; 0: not limited */
  YmHttpPhase phase;
  gint64 deadline_us;
  GList timed; /* in server->queues[phase], while timed */
  GList all;   /* in server->connections */
  YmHttpExchange *exchange; /* (nullable): with the handler */
} YmHttpConnection;

struct YmHttpServer {
  YmHttpOptions options;
  char *unix_path;
  guint16 port;
  int listener;
  struct MHD_Daemon *daemon;
  GThread *reaper;

  GMutex mutex; /* guards what follows */
  GCond changed; /* an earlier deadline, a connection closed, or stopping */
  GQueue queues[YM_HTTP_TIMED]; /* each in order of deadline, for all in one wait equally long */
  GQueue connections;
  GHashTable *per_address; /* guint64 → number of connections */
  gint64 next_us; /* when the reaper looks again */
  gboolean stopping;
  gint64 patience_us; /* while stopping: until when */
  YmHttpCounts counts;
};

/* http-listen.c: a listening, non-blocking socket, or -1 */
int ym_http_listen (const YmHttpOptions *options, guint16 *port, GError **error);

/* http-connection.c: libmicrohttpd's callbacks for a connection, and the thread that enforces deadlines */
enum MHD_Result ym_http_connection_may_open (void *context, const struct sockaddr *address, socklen_t length);
void ym_http_connection_changed (void *context, struct MHD_Connection *mhd, void **state,
                                 enum MHD_ConnectionNotificationCode code);
void ym_http_connection_enter (YmHttpConnection *connection, YmHttpPhase phase, YmHttpExchange *exchange);
gpointer ym_http_reaper (gpointer server);
gboolean ym_http_server_is_stopping (YmHttpServer *server);

/* http-exchange.c: libmicrohttpd's callbacks for a request, and the reaper's word that nobody waits */
enum MHD_Result ym_http_exchange_access (void *context, struct MHD_Connection *mhd, const char *url,
                                         const char *method, const char *version, const char *upload,
                                         size_t *upload_length, void **state);
void ym_http_exchange_completed (void *context, struct MHD_Connection *mhd, void **state,
                                 enum MHD_RequestTerminationCode code);
void ym_http_exchange_drop (YmHttpExchange *exchange);

G_END_DECLS
