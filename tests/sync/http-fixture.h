/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A real server on loopback with a key of its own, and a raw one that answers what a test hands it. */

#include <gio/gio.h>

#include "sync/server/http.h"
#include "sync/transport/https.h"

typedef struct {
  char *folder;
  char *key_path;
  char *certificate_path;
  YmTls *tls;
  YmHttpServer *server;
  gint seen;           /* atomic: requests that reached a handler */
  GAsyncQueue *held;   /* YmHttpReply: of /hold, which answers nothing by itself */
  GThreadPool *pool;   /* answers /later */
  GCancellable *on_hold; /* (nullable): cancelled when /hold is reached */
} Fixture;

/* Routes: POST /echo answers at once, /later from another thread, /hold never, /busy with 503,
 * /large with 8 MiB, /block on its network thread once block_gate is open. */
YmHttpOptions fixture_options (Fixture *fixture);

void fixture_begin (Fixture *fixture);
void fixture_start (Fixture *fixture, const YmHttpOptions *options);
void fixture_end (Fixture *fixture);

/* Replaces the key files by new ones, without telling the server. */
void fixture_make_key (Fixture *fixture);

/* "https://127.0.0.1:PORT" */
char *fixture_address (Fixture *fixture);
YmHttps *fixture_client (Fixture *fixture, const YmHash *pins, guint n_pins);

/* Posts text and gives the answer as text, NULL with error. */
char *post_text (YmHttps *https, const char *path, const char *text, guint *status, GError **error);

/* A plain connection to the server's port or Unix socket; -1 is never returned. */
int connect_raw (Fixture *fixture);
void send_raw (int connection, const char *text);

/* Reads up to the end of the stream (a reset counts as the end). */
char *read_to_end (int connection);

/* Reads one answer whose body ends with the given text. */
char *read_until (int connection, const char *text);

void open_block_gate (void);
void wait_for_blocked (void);

/* Takes one TLS connection after the other, reads one request of each, sends answer, then closes; or, if
 * stay, keeps the connection until the client leaves. Offers to resume TLS sessions, as a stranger might.
 * Stop it after its clients are freed. */
typedef struct {
  Fixture *fixture;
  const char *answer;
  gboolean stay;
  int listener;
  gnutls_datum_t ticket_key;
  guint16 port;
  gint requests; /* atomic: requests read */
  gint resumed;  /* atomic: handshakes that resumed a session */
  GThread *thread;
} RawServer;

void raw_server_start (RawServer *raw);
void raw_server_stop (RawServer *raw);
YmHttps *raw_server_client (RawServer *raw, const YmHttpsDeadlines *deadlines);
