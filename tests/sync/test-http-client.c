/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The HTTPS transport against real TLS on loopback. If these failed, records could go to a stranger, or a
 * broken network could pass for a delivered batch. */

#include "sync/transport/https.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/base/error.h"
#include "tests/sync/http-fixture.h"

static void
assert_echoes (YmHttps *https, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  guint status = 0;
  g_autofree char *answer = post_text (https, path, text, &status, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (answer, ==, text);
}

static void
assert_fails (YmHttps *https, const char *path, int code)
{
  g_autoptr (GError) error = NULL;
  guint status = 0;
  g_autofree char *answer = post_text (https, path, "secret", &status, &error);

  g_assert_null (answer);
  g_assert_error (error, YM_ERROR, code);
  g_assert_nonnull (strstr (error->message, "safe on this device"));
}

/* Broken: each post would pay for a TLS handshake of its own. */
static void
test_posts_share_a_connection (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  YmHash pin;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  pin = ym_tls_get_key (fixture.tls);
  https = fixture_client (&fixture, &pin, 1);
  for (int i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf ("batch %d", i);

      assert_echoes (https, i % 2 == 0 ? "/echo" : "/later", text);
    }
  assert_echoes (https, "/echo", "");
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).accepted, ==, 1);
  fixture_end (&fixture);
}

/* Broken: the certificate of a server about to change its key would lock devices out. */
static void
test_next_pin_is_taken (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  YmHash pins[2] = { { { 1 } } };

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  pins[1] = ym_tls_get_key (fixture.tls);
  https = fixture_client (&fixture, pins, 2);
  assert_echoes (https, "/echo", "x");
  fixture_end (&fixture);
}

/* Broken: records of children would be sent to whoever stands in the middle. */
static void
test_wrong_pin_gets_nothing (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  YmHash wrong = { { 1 } }, seen, actual;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  https = fixture_client (&fixture, &wrong, 1);
  assert_fails (https, "/echo", YM_ERROR_SIGNATURE);
  assert_fails (https, "/echo", YM_ERROR_SIGNATURE);
  g_assert_cmpint (g_atomic_int_get (&fixture.seen), ==, 0);
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).requests, ==, 0);
  actual = ym_tls_get_key (fixture.tls);
  g_assert_true (ym_https_get_key (https, &seen));
  g_assert_true (ym_hash_equal (&seen, &actual));
  fixture_end (&fixture);
}

static void
resume_with_wrong_pin (void)
{
  Fixture fixture;
  YmHttps *provisional, *pinned;
  YmHash wrong = { { 1 } };
  RawServer raw = { .fixture = &fixture, .stay = TRUE, .answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" };
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  fixture_begin (&fixture);
  raw_server_start (&raw);
  address = g_strdup_printf ("https://127.0.0.1:%u", raw.port);
  provisional = ym_https_new (address, NULL, 0, &ym_https_deadlines_usual, &error);
  g_assert_no_error (error);
  assert_echoes (provisional, "/echo", "");
  ym_https_free (provisional);
  pinned = ym_https_new (address, &wrong, 1, &ym_https_deadlines_usual, &error);
  g_assert_no_error (error);
  assert_fails (pinned, "/echo", YM_ERROR_SIGNATURE);
  ym_https_free (pinned);
  raw_server_stop (&raw);
  g_assert_cmpint (raw.requests, ==, 1);
  g_assert_cmpint (raw.resumed, ==, 1); /* else nothing was tested */
  fixture_end (&fixture);
}

/* Broken: a session made while enrolling would carry a stranger past the pin: GIO resumes TLS sessions
 * across connections, and does not verify again. It does so only outside of test programs, so this one
 * runs itself anew without g_test_init(). */
static void
test_provisional_trust_is_not_inherited (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, "/proc/self/exe", "resume", NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* Broken: enrolment could begin with one server and end with another. */
static void
test_provisional_keeps_the_first_key (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  g_autoptr (GError) error = NULL;
  YmHttpOptions options;
  YmHash seen, first;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  https = fixture_client (&fixture, NULL, 0);
  g_assert_false (ym_https_get_key (https, &seen));
  assert_echoes (https, "/echo", "x");
  first = ym_tls_get_key (fixture.tls);
  g_assert_true (ym_https_get_key (https, &seen));
  g_assert_true (ym_hash_equal (&seen, &first));

  options = fixture_options (&fixture);
  options.port = ym_http_server_get_port (fixture.server);
  ym_http_server_stop (fixture.server, 1000);
  fixture_make_key (&fixture);
  g_assert_true (ym_tls_reload (fixture.tls, &error));
  g_assert_no_error (error);
  fixture_start (&fixture, &options);
  assert_fails (https, "/echo", YM_ERROR_SIGNATURE);
  g_assert_cmpint (g_atomic_int_get (&fixture.seen), ==, 1);
  fixture_end (&fixture);
}

/* Broken: half an answer, or one from elsewhere, would be taken for the server's. */
static void
test_bad_answers_are_refused (void)
{
  static const struct {
    const char *what;
    const char *answer;
    int code;
  } cases[] = {
    { "cut in the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.", YM_ERROR_NETWORK },
    /* libsoup takes the end of the stream for the end of the last chunk */
    { "chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nten bytes.\r\n",
      YM_ERROR_MALFORMED },
    { "compressed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
      YM_ERROR_MALFORMED },
    { "cut in the header", "HTTP/1.1 200 OK\r\nContent-Le", YM_ERROR_NETWORK },
    { "no answer", "", YM_ERROR_NETWORK },
    { "not HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", YM_ERROR_NETWORK },
    { "no length", "HTTP/1.1 200 OK\r\n\r\nten bytes.", YM_ERROR_MALFORMED },
    { "too large by its length", "HTTP/1.1 200 OK\r\nContent-Length: 4097\r\n\r\n", YM_ERROR_MALFORMED },
    { "redirect", "HTTP/1.1 303 Elsewhere\r\nLocation: /echo\r\nContent-Length: 0\r\n\r\n", YM_ERROR_MALFORMED },
    { "busy", "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", YM_ERROR_NETWORK },
  };
  Fixture fixture;

  fixture_begin (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RawServer raw = { .fixture = &fixture, .answer = cases[i].answer };
      YmHttps *https;

      g_test_message ("%s", cases[i].what);
      raw_server_start (&raw);
      https = raw_server_client (&raw, &ym_https_deadlines_usual);
      assert_fails (https, "/v1/exchange", cases[i].code);
      g_assert_cmpint (g_atomic_int_get (&raw.requests), ==, 1);
      ym_https_free (https);
      raw_server_stop (&raw);
    }
  fixture_end (&fixture);
}

/* Broken: a lying server could fill the tablet's memory. */
static void
test_large_answer_is_not_read (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  https = fixture_client (&fixture, NULL, 0);
  assert_fails (https, "/large", YM_ERROR_MALFORMED);
  assert_echoes (https, "/echo", "still good");
  fixture_end (&fixture);
}

/* Broken: a status would be hidden from the sync client, or "try later" taken for a refusal. */
static void
test_statuses (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;
  guint status = 0;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  https = fixture_client (&fixture, NULL, 0);
  answer = post_text (https, "/nothing-here", "x", &status, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 404);
  assert_fails (https, "/busy", YM_ERROR_NETWORK);
  fixture_end (&fixture);
}

/* Broken: a server that is silent, at any point, would hold the sync thread for ever. */
static void
test_deadlines (void)
{
  const YmHttpsDeadlines short_connect = { .connect_ms = 50, .whole_ms = 60000 };
  const YmHttpsDeadlines short_whole = { .connect_ms = 60000, .whole_ms = 200 };
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;
  g_autofree char *server = NULL;
  g_autoptr (YmHttps) silent = NULL;
  YmHttps *half;
  Fixture fixture;
  RawServer raw = { .fixture = &fixture, .stay = TRUE,
                    .answer = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes." };
  int listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (listener, 8), ==, 0);
  g_assert_cmpint (getsockname (listener, (struct sockaddr *) &address, &length), ==, 0);
  server = g_strdup_printf ("https://127.0.0.1:%u", g_ntohs (address.sin_port));
  silent = ym_https_new (server, NULL, 0, &short_connect, NULL);
  assert_fails (silent, "/v1/exchange", YM_ERROR_UNREACHABLE);
  close (listener);
  assert_fails (silent, "/v1/exchange", YM_ERROR_UNREACHABLE); /* now nobody listens */

  fixture_begin (&fixture);
  raw_server_start (&raw);
  half = raw_server_client (&raw, &short_whole);
  assert_fails (half, "/v1/exchange", YM_ERROR_NETWORK);
  ym_https_free (half);
  raw_server_stop (&raw);
  fixture_end (&fixture);
}

/* Broken: "stop" in the app would hang until the server answers. */
static void
test_cancel (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("x", 1);
  guint status;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  fixture.on_hold = cancellable;
  https = fixture_client (&fixture, NULL, 0);
  g_assert_null (ym_transport_post (ym_https_transport (https), "/hold", body, 100, &status, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (ym_transport_post (ym_https_transport (https), "/echo", body, 100, &status, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_atomic_int_get (&fixture.seen), ==, 1);
  assert_echoes (https, "/echo", "still good");
  fixture_end (&fixture);
}

/* Broken: an address typed wrongly would send in the clear, or to a path of someone's choosing. */
static void
test_only_https_addresses (void)
{
  static const char *const bad[] = { "http://example.org", "https://", "example.org", "https://a@example.org",
                                     "https://example.org/path", "https://example.org?x", "file:///etc/passwd" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (ym_https_new (bad[i], NULL, 0, &ym_https_deadlines_usual, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
    }
}

/* Broken: after the server was updated, the next sync would fail for no reason an officer could see. */
static void
test_server_restarts_between_posts (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  YmHttpOptions options;

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  https = fixture_client (&fixture, NULL, 0);
  assert_echoes (https, "/echo", "before");
  options = fixture_options (&fixture);
  options.port = ym_http_server_get_port (fixture.server);
  ym_http_server_stop (fixture.server, 1000);
  fixture_start (&fixture, &options);
  assert_echoes (https, "/echo", "after");
  fixture_end (&fixture);
}

static gpointer
post_thread (gpointer data)
{
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("%p %d", (gpointer) g_thread_self (), i);

      assert_echoes (data, "/later", text);
    }
  return NULL;
}

/* Broken: two threads that sync at once would mix up their answers, or crash in libsoup. */
static void
test_posts_from_several_threads (void)
{
  Fixture fixture;
  g_autoptr (YmHttps) https = NULL;
  GThread *threads[4];

  fixture_begin (&fixture);
  fixture_start (&fixture, NULL);
  https = fixture_client (&fixture, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("post", post_thread, https);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (ym_http_server_get_counts (fixture.server).accepted, ==, 1);
  fixture_end (&fixture);
}

int
main (int argc, char *argv[])
{
  if (argc == 2 && strcmp (argv[1], "resume") == 0)
    {
      resume_with_wrong_pin ();
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/https/posts-share-a-connection", test_posts_share_a_connection);
  g_test_add_func ("/sync/https/next-pin-is-taken", test_next_pin_is_taken);
  g_test_add_func ("/sync/https/wrong-pin-gets-nothing", test_wrong_pin_gets_nothing);
  g_test_add_func ("/sync/https/provisional-trust-is-not-inherited", test_provisional_trust_is_not_inherited);
  g_test_add_func ("/sync/https/provisional-keeps-the-first-key", test_provisional_keeps_the_first_key);
  g_test_add_func ("/sync/https/bad-answers-are-refused", test_bad_answers_are_refused);
  g_test_add_func ("/sync/https/large-answer-is-not-read", test_large_answer_is_not_read);
  g_test_add_func ("/sync/https/statuses", test_statuses);
  g_test_add_func ("/sync/https/deadlines", test_deadlines);
  g_test_add_func ("/sync/https/cancel", test_cancel);
  g_test_add_func ("/sync/https/only-https-addresses", test_only_https_addresses);
  g_test_add_func ("/sync/https/server-restarts-between-posts", test_server_restarts_between_posts);
  g_test_add_func ("/sync/https/posts-from-several-threads", test_posts_from_several_threads);
  return g_test_run ();
}
