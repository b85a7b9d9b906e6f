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
read_request (GInputStream *input, GCancellable *cancellable)
{
  g_autoptr (GString) all = g_string_new (NULL);
  const char *end = NULL;
  const char *length = NULL;
  char chunk[4096];
  gssize n;

  while (end == NULL || all->len < (gsize) (end + 4 - all->str) + (gsize) atoi (length))
    {
      n = g_input_stream_read (input, chunk, sizeof chunk, cancellable, NULL);
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
serve_raw (RawServer *raw, GSocketConnection *connection, GTlsCertificate *certificate)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  GInputStream *input = g_io_stream_get_input_stream (tls);
  char ignored[256];

  if (!g_tls_connection_handshake (G_TLS_CONNECTION (tls), raw->cancellable, NULL)
      || !read_request (input, raw->cancellable))
    return;
  g_atomic_int_inc (&raw->requests);
  g_output_stream_write_all (g_io_stream_get_output_stream (tls), raw->answer, strlen (raw->answer), NULL,
                             raw->cancellable, NULL);
  while (raw->stay && g_input_stream_read (input, ignored, sizeof ignored, raw->cancellable, NULL) > 0)
    ;
  g_io_stream_close (tls, NULL, NULL);
}

static gpointer
raw_thread (gpointer data)
{
  RawServer *raw = data;
  g_autoptr (GTlsCertificate) certificate = NULL;

  certificate = g_tls_certificate_new_from_files (raw->fixture->certificate_path, raw->fixture->key_path, NULL);
  g_assert_nonnull (certificate);
  while (TRUE)
    {
      g_autoptr (GSocketConnection) connection
        = g_socket_listener_accept (raw->listener, NULL, raw->cancellable, NULL);

      if (connection == NULL)
        return NULL;
      serve_raw (raw, connection, certificate);
    }
}

void
raw_server_start (RawServer *raw)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocketAddress) actual = NULL;

  raw->listener = g_socket_listener_new ();
  raw->cancellable = g_cancellable_new ();
  g_socket_listener_add_address (raw->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &actual,
                                 &error);
  g_assert_no_error (error);
  raw->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (actual));
  raw->thread = g_thread_new ("raw", raw_thread, raw);
}

void
raw_server_stop (RawServer *raw)
{
  g_cancellable_cancel (raw->cancellable);
  g_thread_join (raw->thread);
  g_socket_listener_close (raw->listener);
  g_object_unref (raw->listener);
  g_object_unref (raw->cancellable);
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
