/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of transport and server share. Nothing here waits for time to pass: threads meet at
 * sockets, queues and conditions.
 */

#include "tests/sync/http-fixture.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static GMutex block_mutex;
static GCond block_cond;
static gboolean block_open;
static guint n_blocked;

static void
echo (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  Fixture *fixture = context;

  g_atomic_int_inc (&fixture->seen);
  ym_http_reply_send (reply, 200, "application/cose", request->body);
}

typedef struct {
  GBytes *body;
  YmHttpReply *reply;
} Later;

static void
answer_later (gpointer data, gpointer context)
{
  Later *later = data;

  ym_http_reply_send (later->reply, 200, "application/cose", later->body);
  g_bytes_unref (later->body);
  g_free (later);
}

static void
later (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  Fixture *fixture = context;
  Later *work = g_new0 (Later, 1);

  g_atomic_int_inc (&fixture->seen);
  work->body = g_bytes_ref (request->body);
  work->reply = reply;
  g_thread_pool_push (fixture->pool, work, NULL);
}

static void
hold (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  Fixture *fixture = context;

  g_atomic_int_inc (&fixture->seen);
  g_async_queue_push (fixture->held, reply);
  if (fixture->on_hold != NULL)
    g_cancellable_cancel (fixture->on_hold);
}

static void
busy (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  ym_http_reply_send_text (reply, 503, "later\n");
}

static void
large (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  const gsize length = (gsize) 8 * 1024 * 1024;
  g_autoptr (GBytes) body = g_bytes_new_take (g_malloc0 (length), length);

  ym_http_reply_send (reply, 200, "application/cose", body);
}

static void
block (gpointer context, const YmHttpRequest *request, YmHttpReply *reply)
{
  g_mutex_lock (&block_mutex);
  n_blocked++;
  g_cond_broadcast (&block_cond);
  while (!block_open)
    g_cond_wait (&block_cond, &block_mutex);
  g_mutex_unlock (&block_mutex);
  ym_http_reply_send (reply, 200, "application/cose", request->body);
}

void
wait_for_blocked (void)
{
  g_mutex_lock (&block_mutex);
  while (n_blocked == 0)
    g_cond_wait (&block_cond, &block_mutex);
  g_mutex_unlock (&block_mutex);
}

void
open_block_gate (void)
{
  g_mutex_lock (&block_mutex);
  block_open = TRUE;
  g_cond_broadcast (&block_cond);
  g_mutex_unlock (&block_mutex);
}

static const YmHttpRoute routes[] = {
  { "POST", "/echo", 1000, echo },  { "POST", "/later", 1000, later }, { "POST", "/hold", 1000, hold },
  { "POST", "/busy", 1000, busy },  { "POST", "/large", 1000, large }, { "POST", "/block", 1000, block },
};

void
fixture_make_key (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gboolean made;

  g_unlink (fixture->key_path);
  g_unlink (fixture->certificate_path);
  made = ym_tls_make (fixture->key_path, fixture->certificate_path, "ymweld.example", g_get_real_time (), &error);
  g_assert_no_error (error);
  g_assert_true (made);
}

YmHttpOptions
fixture_options (Fixture *fixture)
{
  YmHttpOptions options = ym_http_options_usual;

  options.address = "127.0.0.1";
  options.tls = fixture->tls;
  options.routes = routes;
  options.n_routes = G_N_ELEMENTS (routes);
  options.context = fixture;
  return options;
}

void
fixture_begin (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  memset (fixture, 0, sizeof *fixture);
  fixture->folder = g_dir_make_tmp ("ymweld-http-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->key_path = g_build_filename (fixture->folder, "key.pem", NULL);
  fixture->certificate_path = g_build_filename (fixture->folder, "certificate.pem", NULL);
  fixture_make_key (fixture);
  fixture->tls = ym_tls_load (fixture->key_path, fixture->certificate_path, &error);
  g_assert_no_error (error);
  fixture->held = g_async_queue_new ();
  fixture->pool = g_thread_pool_new (answer_later, NULL, 4, FALSE, NULL);
}

void
fixture_start (Fixture *fixture, const YmHttpOptions *options)
{
  g_autoptr (GError) error = NULL;
  YmHttpOptions usual = fixture_options (fixture);

  fixture->server = ym_http_server_start (options != NULL ? options : &usual, &error);
  g_assert_no_error (error);
}

void
fixture_end (Fixture *fixture)
{
  YmHttpReply *reply;

  while ((reply = g_async_queue_try_pop (fixture->held)) != NULL)
    ym_http_reply_send_text (reply, 200, "released");
  if (fixture->server != NULL)
    ym_http_server_stop (fixture->server, 10000);
  g_thread_pool_free (fixture->pool, FALSE, TRUE);
  g_async_queue_unref (fixture->held);
  ym_tls_free (fixture->tls);
  g_unlink (fixture->key_path);
  g_unlink (fixture->certificate_path);
  g_rmdir (fixture->folder);
  g_free (fixture->key_path);
  g_free (fixture->certificate_path);
  g_free (fixture->folder);
}

char *
fixture_address (Fixture *fixture)
{
  return g_strdup_printf ("https://127.0.0.1:%u", ym_http_server_get_port (fixture->server));
}

YmHttps *
fixture_client (Fixture *fixture, const YmHash *pins, guint n_pins)
{
  g_autofree char *address = fixture_address (fixture);
  g_autoptr (GError) error = NULL;
  YmHttps *https = ym_https_new (address, pins, n_pins, &ym_https_deadlines_usual, &error);

  g_assert_no_error (error);
  return https;
}

char *
post_text (YmHttps *https, const char *path, const char *text, guint *status, GError **error)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) answer = NULL;

  answer = ym_transport_post (ym_https_transport (https), path, body, 4096, status, NULL, error);
  if (answer == NULL)
    return NULL;
  return g_bytes_get_size (answer) > 0 ? g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer))
                                       : g_strdup ("");
}

int
connect_raw (Fixture *fixture)
{
  const guint16 port = ym_http_server_get_port (fixture->server);
  struct sockaddr_in tcp = { .sin_family = AF_INET, .sin_port = g_htons (port),
                             .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  struct sockaddr_un local = { .sun_family = AF_UNIX };
  g_autofree char *path = g_build_filename (fixture->folder, "http", NULL);
  int connection = socket (port != 0 ? AF_INET : AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (local.sun_path, path, sizeof local.sun_path);
  g_assert_cmpint (connection, >=, 0);
  if (port != 0)
    g_assert_cmpint (connect (connection, (struct sockaddr *) &tcp, sizeof tcp), ==, 0);
  else
    g_assert_cmpint (connect (connection, (struct sockaddr *) &local, sizeof local), ==, 0);
  return connection;
}

void
send_raw (int connection, const char *text)
{
  g_assert_cmpint (send (connection, text, strlen (text), MSG_NOSIGNAL), ==, strlen (text));
}

char *
read_to_end (int connection)
{
  GString *all = g_string_new (NULL);
  char chunk[4096];
  gssize n;

  while ((n = recv (connection, chunk, sizeof chunk, 0)) > 0)
    g_string_append_len (all, chunk, n);
  g_assert_true (n == 0 || errno == ECONNRESET);
  return g_string_free (all, FALSE);
}

char *
read_until (int connection, const char *text)
{
  GString *all = g_string_new (NULL);
  char chunk[4096];
  gssize n;

  while (!g_str_has_suffix (all->str, text) && (n = recv (connection, chunk, sizeof chunk, 0)) > 0)
    g_string_append_len (all, chunk, n);
  g_assert_true (g_str_has_suffix (all->str, text));
  return g_string_free (all, FALSE);
}

/* Reads the whole of a request: closing with unread bytes would reset the connection, and lose the answer. */
static gboolean
read_request (gnutls_session_t session)
{
  g_autoptr (GString) all = g_string_new (NULL);
  const char *end = NULL;
  const char *length = NULL;
  char chunk[4096];
  gssize n;

  while (end == NULL || all->len < (gsize) (end + 4 - all->str) + (gsize) atoi (length))
    {
      n = gnutls_record_recv (session, chunk, sizeof chunk);
      if (n <= 0)
        return FALSE;
      g_string_append_len (all, chunk, n);
      end = strstr (all->str, "\r\n\r\n");
      length = strstr (all->str, "Content-Length: ");
      g_assert_true (end == NULL || length != NULL);
      length = length != NULL ? length + strlen ("Content-Length: ") : NULL;
    }
  return TRUE;
}

static void
serve_raw (RawServer *raw, int connection, gnutls_certificate_credentials_t credentials)
{
  gnutls_session_t session;
  char ignored[256];

  g_assert_cmpint (gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NO_SIGNAL), ==, 0);
  gnutls_set_default_priority (session);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_session_ticket_enable_server (session, &raw->ticket_key);
  gnutls_transport_set_int (session, connection);
  if (gnutls_handshake (session) == 0)
    {
      if (gnutls_session_is_resumed (session))
        g_atomic_int_inc (&raw->resumed);
      if (read_request (session))
        {
          g_atomic_int_inc (&raw->requests);
          gnutls_record_send (session, raw->answer, strlen (raw->answer));
          while (raw->stay && gnutls_record_recv (session, ignored, sizeof ignored) > 0)
            ;
          gnutls_bye (session, GNUTLS_SHUT_WR);
        }
    }
  gnutls_deinit (session);
}

static gpointer
raw_thread (gpointer data)
{
  RawServer *raw = data;
  gnutls_certificate_credentials_t credentials;
  int connection;

  g_assert_cmpint (gnutls_certificate_allocate_credentials (&credentials), ==, 0);
  g_assert_cmpint (gnutls_certificate_set_x509_key_file (credentials, raw->fixture->certificate_path,
                                                         raw->fixture->key_path, GNUTLS_X509_FMT_PEM),
                   >=, 0);
  while ((connection = accept4 (raw->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
    {
      serve_raw (raw, connection, credentials);
      close (connection);
    }
  gnutls_certificate_free_credentials (credentials);
  return NULL;
}

void
raw_server_start (RawServer *raw)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  raw->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (raw->listener, (struct sockaddr *) &address, length), ==, 0);
  g_assert_cmpint (listen (raw->listener, 8), ==, 0);
  g_assert_cmpint (getsockname (raw->listener, (struct sockaddr *) &address, &length), ==, 0);
  raw->port = g_ntohs (address.sin_port);
  g_assert_cmpint (gnutls_session_ticket_key_generate (&raw->ticket_key), ==, 0);
  raw->thread = g_thread_new ("raw", raw_thread, raw);
}

void
raw_server_stop (RawServer *raw)
{
  shutdown (raw->listener, SHUT_RDWR); /* ends accept */
  g_thread_join (raw->thread);
  close (raw->listener);
  gnutls_free (raw->ticket_key.data);
}

YmHttps *
raw_server_client (RawServer *raw, const YmHttpsDeadlines *deadlines)
{
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u", raw->port);
  YmHash pin = ym_tls_get_key (raw->fixture->tls);
  g_autoptr (GError) error = NULL;
  YmHttps *https = ym_https_new (address, &pin, 1, deadlines, &error);

  g_assert_no_error (error);
  return https;
}
