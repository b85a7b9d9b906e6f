/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "sync/server/tls.h"

G_BEGIN_DECLS

/**
 * YmHttpRequest:
 * @method: "POST" or "GET"
 * @path: as sent, without the query
 * @body: the whole body, never longer than its route allows
 * @peer: the client's address as text, "local" on a Unix socket; for limits, not for logs
 *
 * Valid during the handler only; take a reference to @body to keep it.
 */
typedef struct {
  const char *method;
  const char *path;
  GBytes *body;
  const char *peer;
} YmHttpRequest;

/**
 * YmHttpReply:
 *
 * The duty to answer one request. Each is given to ym_http_reply_send() exactly once, in the handler or
 * at any later time from any thread, also after the server was stopped or the client has gone.
 */
typedef struct YmHttpReply YmHttpReply;

/**
 * ym_http_reply_send:
 * @reply: (transfer full)
 * @status: such as 200
 * @content_type: a constant string, such as "application/cose"
 * @body: (transfer none) (nullable): may be empty
 */
void ym_http_reply_send (YmHttpReply *reply, guint status, const char *content_type, GBytes *body);

/** ym_http_reply_send_text: As ym_http_reply_send(), for a short line of text. */
void ym_http_reply_send_text (YmHttpReply *reply, guint status, const char *text);

/**
 * YmHttpHandler:
 *
 * Called on one of the server's few network threads: it must not block. What takes time is handed on
 * with @reply (transfer full).
 */
typedef void (*YmHttpHandler) (gpointer context, const YmHttpRequest *request, YmHttpReply *reply);

/**
 * YmHttpRoute:
 * @most_body_bytes: a longer body is answered with 413 before it is read
 */
typedef struct {
  const char *method;
  const char *path;
  gsize most_body_bytes;
  YmHttpHandler handle;
} YmHttpRoute;

/**
 * YmHttpOptions:
 * @address: where to listen, such as "0.0.0.0", "::" or "127.0.0.1"; needs @tls
 * @port: 0 for any free port, see ym_http_server_get_port()
 * @unix_path: (nullable): listen on this socket instead, without TLS, behind a proxy
 * @tls: (transfer none) (nullable): must outlive the server
 * @routes: (array length=n_routes): must outlive the server; "GET /healthz" is built in
 * @context: handed to every handler and to @metrics
 * @metrics: (nullable): appends lines for "GET /metrics", on a network thread; the built-in ones and these
 *   are shown to the same machine only
 * @threads: network threads, 1 to 16
 * @most_connections: over all threads; further ones wait in the listen backlog
 * @most_connections_per_address: an address is a whole IPv4 address or the first 64 bits of an IPv6
 *   one; a force's tablets may share one behind NAT. 0 for no limit
 * @header_ms: from the connection to the end of the first header, the TLS handshake included
 * @body_ms: from the header to the end of the body
 * @answer_ms: for the client to take the answer
 * @idle_ms: from an answer to the end of the next request's header
 *
 * The deadlines are absolute: who trickles is cut at the same time as who is silent.
 */
typedef struct {
  const char *address;
  guint16 port;
  const char *unix_path;
  YmTls *tls;
  const YmHttpRoute *routes;
  gsize n_routes;
  gpointer context;
  void (*metrics) (gpointer context, GString *text);
  guint threads;
  guint most_connections;
  guint most_connections_per_address;
  guint header_ms;
  guint body_ms;
  guint answer_ms;
  guint idle_ms;
} YmHttpOptions;

/**
 * ym_http_options_usual:
 *
 * Two threads, 4,096 connections, 1,024 for one address, 10 s for a header, 60 s for a body, 60 s for an
 * answer, 90 s idle. The rest is zero.
 */
extern const YmHttpOptions ym_http_options_usual;

typedef struct YmHttpServer YmHttpServer;

/**
 * YmHttpCounts:
 * @connections: that stand now
 * @accepted: connections since the start
 * @requests: answered or being answered since the start
 * @cut: connections ended by a deadline
 * @turned_away: connections refused because their address had too many
 */
typedef struct {
  guint connections;
  guint64 accepted;
  guint64 requests;
  guint64 cut;
  guint64 turned_away;
} YmHttpCounts;

/**
 * ym_http_server_start:
 * @options: copied, but for what its fields say must outlive the server
 *
 * Listens when it returns. A connection that was accepted is served until ym_http_server_stop().
 *
 * Returns: (transfer full) (nullable): NULL with %YM_ERROR_INVALID or %YM_ERROR_BUSY (address in use)
 */
YmHttpServer *ym_http_server_start (const YmHttpOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_http_server_get_port: The port listened on; 0 for a Unix socket. */
guint16 ym_http_server_get_port (YmHttpServer *server);

YmHttpCounts ym_http_server_get_counts (YmHttpServer *server);

/**
 * ym_http_server_stop:
 * @server: (transfer full)
 * @patience_ms: how long requests under way may take; then their connections are cut
 *
 * Accepts nothing more, lets idle connections go at once, finishes what is under way and frees @server.
 * Blocks. A reply still owed to a cut connection may be sent afterwards and goes nowhere.
 */
void ym_http_server_stop (YmHttpServer *server, guint patience_ms);

G_END_DECLS
