/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The HTTP server: its limits, its deadlines, replies that come later. If these failed, one client could
 * stop all others, or an answer could reach the wrong one. */

#include "sync/server/http.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/base/error.h"
#include "tests/sync/http-fixture.h"

#define POST_TO(path, length) "POST " path " HTTP/1.1\r\nHost: x\r\nContent-Length: " length "\r\n\r\n"

/* A server behind a proxy: plain HTTP on a Unix socket, so that a test can speak every byte itself. */
static YmHttpOptions
local_options (Fixture *fixture)
{
  YmHttpOptions options = fixture_options (fixture);

  options.unix_path = g_build_filename (fixture->folder, "http", NULL);
  options.tls = NULL;
  return options;
}

static void
begin_local (Fixture *fixture, YmHttpOptions *options)
{
  fixture_begin (fixture);
  *options = local_options (fixture);
}

static void
end_local (Fixture *fixture, YmHttpOptions *options)
{
  g_autofree char *path = (char *) options->unix_path;

  ym_http_server_stop (fixture->server, 10000);
  fixture->server = NULL;
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  fixture_end (fixture);
}

/* Broken: a request that breaks the rules would reach a handler, or be read before it is refused. */
static void
test_requests_are_judged_by_their_header (void)
{
  static const struct {
    const char *request;
    const char *answer;
  } cases[] = {
    { POST_TO ("/echo", "2") "hi", "HTTP/1.1 200 " },
    { POST_TO ("/nothing", "2") "hi", "HTTP/1.1 404 " },
    { "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405 " },
    { "DELETE /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 405 " },
    { POST_TO ("/echo", "1001"), "HTTP/1.1 413 " },
    { POST_TO ("/echo", "99999999999999"), "HTTP/1.1 413 " },
    { POST_TO ("/echo", "99999999999999999999999"), "HTTP/1.1 4" },
    { POST_TO ("/echo", "-1"), "HTTP/1.1 400 " },
    { "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "HTTP/1.1 400 " },
    { "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 411 " },
    { "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
      "HTTP/1.1 4" },
    { "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 " },
    { "GET /healthz?x=y HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 " },
    { "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 " },
    { "nonsense\r\n\r\n", "" },
  };
  YmHttpOptions options;
  Fixture fixture;

  begin_local (&fixture, &options);
  fixture_start (&fixture, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      int connection = connect_raw (&fixture);
      g_autofree char *answer = NULL;

      send_raw (connection, cases[i].request);
      shutdown (connection, SHUT_WR);
      answer = read_to_end (connection);
      if (!g_str_has_prefix (answer, cases[i].answer))
        g_error ("%s\nwas answered\n%s", cases[i].request, answer);
      close (connection);
    }
  g_assert_cmpint (g_atomic_int_get (&fixture.seen), ==, 1);
  end_local (&fixture, &options);
}

/* Broken: the largest batch that is allowed would be refused, or one byte more be taken. */
static void
test_body_limit_is_exact (void)
{
  g_autofree char *body = g_strnfill (1000, 'x');
  g_autofree char *request = g_strconcat (POST_TO ("/echo", "1000"), body, NULL);
  g_autofree char *answer = NULL;
  YmHttpOptions options;
  Fixture fixture;
  int connection;

  begin_local (&fixture, &options);
  fixture_start (&fixture, &options);
  connection = connect_raw (&fixture);
  send_raw (connection, request);
  answer = read_until (connection, body);
  close (connection);
  end_local (&fixture, &options);
}

/* Sends a byte whenever a moment passes in which the server said nothing, until the server hangs up. */
static void
trickle (int connection, const char *byte)
{
  struct pollfd poll_fd = { connection, POLLIN, 0 };

  while (poll (&poll_fd, 1, 10) == 0)
    if (send (connection, byte, 1, MSG_NOSIGNAL) < 0)
      break;
}

/* Broken: a client that is slow on purpose would keep its place for ever. */
static void
test_slow_clients_are_cut (void)
{
  static const struct {
    const char *what;
    const char *sent;
    const char *trickled; /* (nullable): silent after @sent */
    guint header_ms, body_ms, answer_ms, idle_ms;
  } cases[] = {
    { "silent", "", NULL, 100, 60000, 60000, 60000 },
    { "slow header", "POST /echo HTTP/1.1\r\nX: ", "x", 100, 60000, 60000, 60000 },
    { "slow body", POST_TO ("/echo", "1000"), "x", 60000, 100, 60000, 60000 },
    { "idle", POST_TO ("/echo", "2") "hi", NULL, 60000, 60000, 60000, 100 },
    { "slow next header", POST_TO ("/echo", "2") "hiPOST /echo HTTP/1.1\r\nX: ", "x", 60000, 60000, 60000, 100 },
    { "answer not taken", POST_TO ("/large", "0"), NULL, 60000, 60000, 100, 60000 },
  };
  Fixture fixture;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      YmHttpOptions options;
      struct pollfd hung_up = { .events = POLLRDHUP };
      g_autofree char *answer = NULL;

      g_test_message ("%s", cases[i].what);
      begin_local (&fixture, &options);
      options.header_ms = cases[i].header_ms;
      options.body_ms = cases[i].body_ms;
      options.answer_ms = cases[i].answer_ms;
      options.idle_ms = cases[i].idle_ms;
      fixture_start (&fixture, &options);
      hung_up.fd = connect_raw (&fixture);
      send_raw (hung_up.fd, cases[i].sent);
      if (cases[i].trickled != NULL)
        trickle (hung_up.fd, cases[i].trickled);
      g_assert_cmpint (poll (&hung_up, 1, -1), ==, 1); /* nothing is read meanwhile */
      answer = read_to_end (hung_up.fd);
      g_assert_cmpuint (ym_http_server_get_counts (fixture.server).cut, ==, 1);
      close (hung_up.fd);
      end_local (&fixture, &options);
    }
}

/* Broken: a client between two others' handshakes would never get a turn. One client in two is silent,
 * one in two begins a handshake and stops. */
static void
test_many_silent_clients_slow_nobody (void)
{
  int silent[400];
  YmHttpOptions options;
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  g_autoptr (GError) error = NULL;
  struct rusage before, after;
  guint status;

  fixture_begin (&fixture);
  options = fixture_options (&fixture);
  options.header_ms = 600000;
  fixture_start (&fixture, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    {
      silent[i] = connect_raw (&fixture);
      if (i % 2 == 0)
        send_raw (silent[i], "\x16");
    }
  https = fixture_client (&fixture, NULL, 0);
  getrusage (RUSAGE_SELF, &before);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *answer = post_text (https, "/later", "here", &status, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (answer, ==, "here");
    }
  getrusage (RUSAGE_SELF, &after);
  g_test_message ("20 posts beside 400 silent clients: %ld ms of processor",
                  (long) ((after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000
                          + (after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1000));
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).connections, ==, 401);
  for (gsize i = 0; i < G_N_ELEMENTS (silent); i++)
    close (silent[i]);
  fixture_end (&fixture);
}

/* Broken: libmicrohttpd's epoll loop, which forgets its clients when exactly 128 of them are ready. */
static void
test_128_ready_at_once_are_all_answered (void)
{
  int connections[128], blocker;
  YmHttpOptions options;
  Fixture fixture;

  begin_local (&fixture, &options);
  options.threads = 1;
  fixture_start (&fixture, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autofree char *answer = NULL;

      connections[i] = connect_raw (&fixture);
      send_raw (connections[i], POST_TO ("/echo", "2") "hi");
      answer = read_until (connections[i], "hi");
    }
  blocker = connect_raw (&fixture);
  send_raw (blocker, POST_TO ("/block", "0"));
  wait_for_blocked ();
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    send_raw (connections[i], POST_TO ("/echo", "2") "ho");
  open_block_gate ();
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    {
      g_autofree char *answer = read_until (connections[i], "ho");

      close (connections[i]);
    }
  close (blocker);
  end_local (&fixture, &options);
}

typedef struct {
  Fixture *fixture;
  guint number;
} Client;

static gpointer
client_thread (gpointer data)
{
  Client *client = data;
  YmHash pin = ym_tls_get_key (client->fixture->tls);
  g_autoptr (YmHttps) https = fixture_client (client->fixture, &pin, 1);

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("client %u, post %d", client->number, i);
      g_autoptr (GError) error = NULL;
      guint status;
      g_autofree char *answer = post_text (https, "/later", text, &status, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (answer, ==, text);
    }
  return NULL;
}

/* Broken: with replies out of order, one device would get another's receipts. */
static void
test_each_client_gets_its_own_answer (void)
{
  Client clients[16];
  GThread *threads[G_N_ELEMENTS (clients)];
  Fixture fixture;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      clients[i] = (Client) { &fixture, i };
      threads[i] = g_thread_new ("client", client_thread, &clients[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).requests, ==, G_N_ELEMENTS (clients) * 50);
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).accepted, ==, G_N_ELEMENTS (clients));
  fixture_end (&fixture);
}

/* Broken: one address could take every place. */
static void
test_limit_per_address (void)
{
  g_autofree char *refused = NULL;
  YmHttpOptions options;
  int connections[3];
  Fixture fixture;

  fixture_begin (&fixture);
  options = fixture_options (&fixture);
  options.threads = 1;
  options.most_connections_per_address = 2;
  fixture_start (&fixture, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    connections[i] = connect_raw (&fixture);
  refused = read_to_end (connections[2]);
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).turned_away, ==, 1);
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).accepted, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (connections); i++)
    close (connections[i]);
  fixture_end (&fixture);
}

typedef struct {
  Fixture *fixture;
  guint patience_ms;
} Stop;

static gpointer
stop_thread (gpointer data)
{
  Stop *stop = data;

  ym_http_server_stop (stop->fixture->server, stop->patience_ms);
  stop->fixture->server = NULL;
  return NULL;
}

/* Broken: an update of the server would break off an exchange whose envelopes are being appended. */
static void
test_stop_finishes_what_is_under_way (void)
{
  YmHttpOptions options;
  Fixture fixture;
  Stop stop = { &fixture, 600000 };
  YmHttpReply *reply;
  GThread *stopping;
  int idle, busy;
  g_autofree char *nothing = NULL;
  g_autofree char *answer = NULL;

  begin_local (&fixture, &options);
  fixture_start (&fixture, &options);
  idle = connect_raw (&fixture);
  busy = connect_raw (&fixture);
  send_raw (busy, POST_TO ("/hold", "2") "hi");
  reply = g_async_queue_pop (fixture.held);
  stopping = g_thread_new ("stop", stop_thread, &stop);
  nothing = read_to_end (idle); /* the idle one is let go first */
  g_assert_cmpstr (nothing, ==, "");
  ym_http_reply_send_text (reply, 200, "done");
  answer = read_to_end (busy);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200 "));
  g_assert_true (g_str_has_suffix (answer, "done"));
  g_assert_nonnull (strstr (answer, "Connection: close"));
  g_thread_join (stopping);
  close (idle);
  close (busy);
  g_free ((char *) options.unix_path);
  fixture_end (&fixture);
}

/* Broken: a reply that comes after an impatient stop would write into freed memory. */
static void
test_reply_after_stop (void)
{
  YmHttpOptions options;
  Fixture fixture;
  YmHttpReply *reply;
  g_autofree char *answer = NULL;
  int connection;

  begin_local (&fixture, &options);
  fixture_start (&fixture, &options);
  connection = connect_raw (&fixture);
  send_raw (connection, POST_TO ("/hold", "2") "hi");
  reply = g_async_queue_pop (fixture.held);
  ym_http_server_stop (fixture.server, 0);
  fixture.server = NULL;
  answer = read_to_end (connection);
  g_assert_cmpstr (answer, ==, "");
  ym_http_reply_send_text (reply, 200, "too late");
  close (connection);
  g_free ((char *) options.unix_path);
  fixture_end (&fixture);
}

/* Broken: the client's going away while its batch is in the pipeline would free what the reply points to. */
static void
test_reply_to_client_that_left (void)
{
  YmHttpOptions options;
  Fixture fixture;
  YmHttpReply *reply;
  int connection;

  begin_local (&fixture, &options);
  fixture_start (&fixture, &options);
  connection = connect_raw (&fixture);
  send_raw (connection, POST_TO ("/hold", "2") "hi");
  reply = g_async_queue_pop (fixture.held);
  close (connection);
  ym_http_reply_send_text (reply, 200, "gone");
  end_local (&fixture, &options);
}

/* Broken: a new key could be used only by a restart, or a bad file would take the server down. */
static void
test_certificate_is_reloaded (void)
{
  YmHash old_key, new_key;
  Fixture fixture;
  g_autoptr (YmHttps) before = NULL;
  g_autoptr (YmHttps) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  guint status;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  old_key = ym_tls_get_key (fixture.tls);
  before = fixture_client (&fixture, &old_key, 1);
  first = post_text (before, "/echo", "1", &status, &error);
  g_assert_cmpstr (first, ==, "1");

  g_assert_true (g_file_set_contents (fixture.certificate_path, "nonsense", -1, NULL));
  g_assert_false (ym_tls_reload (fixture.tls, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_MALFORMED);
  g_clear_error (&error);

  fixture_make_key (&fixture);
  g_assert_true (ym_tls_reload (fixture.tls, &error));
  new_key = ym_tls_get_key (fixture.tls);
  g_assert_false (ym_hash_equal (&old_key, &new_key));
  after = fixture_client (&fixture, &new_key, 1);
  second = post_text (after, "/echo", "2", &status, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second, ==, "2");
  third = post_text (before, "/echo", "3", &status, &error); /* its connection stands */
  g_assert_no_error (error);
  g_assert_cmpstr (third, ==, "3");
  fixture_end (&fixture);
}

/* Broken: two servers on one address, or one on a wrong address, would start in silence. */
static void
test_start_says_what_is_wrong (void)
{
  YmHttpOptions options;
  Fixture fixture;
  g_autoptr (GError) error = NULL;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  options = fixture_options (&fixture);
  options.port = ym_http_server_get_port (fixture.server);
  g_assert_null (ym_http_server_start (&options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_BUSY);
  g_clear_error (&error);
  options.address = "example.org";
  g_assert_null (ym_http_server_start (&options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  g_clear_error (&error);
  options.address = "127.0.0.1";
  options.tls = NULL;
  g_assert_null (ym_http_server_start (&options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  fixture_end (&fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/http/requests-are-judged-by-their-header", test_requests_are_judged_by_their_header);
  g_test_add_func ("/sync/http/body-limit-is-exact", test_body_limit_is_exact);
  g_test_add_func ("/sync/http/slow-clients-are-cut", test_slow_clients_are_cut);
  g_test_add_func ("/sync/http/many-silent-clients-slow-nobody", test_many_silent_clients_slow_nobody);
  g_test_add_func ("/sync/http/128-ready-at-once-are-all-answered", test_128_ready_at_once_are_all_answered);
  g_test_add_func ("/sync/http/each-client-gets-its-own-answer", test_each_client_gets_its_own_answer);
  g_test_add_func ("/sync/http/limit-per-address", test_limit_per_address);
  g_test_add_func ("/sync/http/stop-finishes-what-is-under-way", test_stop_finishes_what_is_under_way);
  g_test_add_func ("/sync/http/reply-after-stop", test_reply_after_stop);
  g_test_add_func ("/sync/http/reply-to-client-that-left", test_reply_to_client_that_left);
  g_test_add_func ("/sync/http/certificate-is-reloaded", test_certificate_is_reloaded);
  g_test_add_func ("/sync/http/start-says-what-is-wrong", test_start_says_what_is_wrong);
  return g_test_run ();
}
