/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real transport: libsoup, driven to the end of each post on the calling thread by a main context of
 * our own, so that the deadlines and the caller's cancellation are sources beside the socket.
 *
 * The pin is checked twice. The handshake asks the database, which decides before anything is sent. And
 * before each request is written the connection's certificate is looked at again, because a handshake
 * that resumes an earlier session is not verified anew (RFC 8446 2.2), and that session may date from
 * another set of pins.
 */

#include "sync/transport/https.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "app/base/error.h"
#include "sync/transport/pin-database.h"

#define CHUNK_BYTES ((gsize) 64 * 1024)

const YmHttpsDeadlines ym_https_deadlines_usual = { .connect_ms = 15 * 1000, .whole_ms = 120 * 1000 };

struct YmHttps {
  YmTransport transport;
  GUri *server;
  YmHttpsDeadlines deadlines;
  YmPinDatabase *pins;
  GMutex mutex; /* one post at a time; guards what follows */
  GMainContext *context;
  SoupSession *session;
};

/* Why a post ended, when it is we who ended it; and what is made of it when not. */
typedef enum {
  REASON_NONE,
  REASON_BROKEN,
  REASON_CANCELLED,
  REASON_TOO_SLOW,
  REASON_WRONG_KEY,
  REASON_BAD_FRAME,
  REASON_REDIRECT,
  REASON_BUSY,
} Reason;

typedef struct {
  YmHttps *https;
  SoupMessage *message;
  GCancellable *inner; /* stops libsoup, for whatever reason */
  GSource *connect_deadline;
  GInputStream *stream;
  GByteArray *answer;
  gsize most_answer_bytes;
  gsize announced_bytes; /* by the answer's header, never more than the most */
  gboolean begun; /* a request was being written */
  gboolean done;
  Reason reason;
  GError *error;
} Post;

static void
stop_post (Post *post, Reason reason)
{
  if (post->reason == REASON_NONE)
    post->reason = reason;
  g_cancellable_cancel (post->inner);
}

static void
finish (Post *post, GError *error)
{
  post->error = error;
  post->done = TRUE;
}

static gboolean
too_slow_cb (gpointer data)
{
  stop_post (data, REASON_TOO_SLOW);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  stop_post (data, REASON_CANCELLED);
  return G_SOURCE_REMOVE;
}

/* The connection stands and the request is about to be written. */
static void
starting_cb (SoupMessage *message, gpointer data)
{
  Post *post = data;

  g_source_destroy (post->connect_deadline);
  if (ym_pin_database_check (post->https->pins, soup_message_get_tls_peer_certificate (message)))
    post->begun = TRUE;
  else
    stop_post (post, REASON_WRONG_KEY);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Post *post = data;
  GError *error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (post->stream, result, &error);

  if (chunk == NULL || g_bytes_get_size (chunk) == 0)
    {
      if (error == NULL && post->answer->len < post->announced_bytes)
        error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "short answer");
      finish (post, error);
      return;
    }
  if (g_bytes_get_size (chunk) > post->announced_bytes - post->answer->len)
    {
      stop_post (post, REASON_BAD_FRAME);
      finish (post, NULL);
      return;
    }
  g_byte_array_append (post->answer, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  g_input_stream_read_bytes_async (post->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, post->inner, read_cb, post);
}

/* What the answer's header alone gives away. Only an answer that announces its length is taken: one that
 * ends where the connection ends might be half of one, and libsoup takes the end of the connection for
 * the last chunk of a chunked one. */
static Reason
judge_header (Post *post)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (post->message);
  const guint status = soup_message_get_status (post->message);
  const SoupEncoding encoding = soup_message_headers_get_encoding (headers);

  if (status >= 300 && status < 400)
    return REASON_REDIRECT;
  if (status == 429 || status == 502 || status == 503 || status == 504)
    return REASON_BUSY;
  if (soup_message_headers_get_one (headers, "Content-Encoding") != NULL)
    return REASON_BAD_FRAME;
  if (encoding == SOUP_ENCODING_NONE) /* a status without a body */
    return REASON_NONE;
  if (encoding != SOUP_ENCODING_CONTENT_LENGTH
      || (guint64) soup_message_headers_get_content_length (headers) > post->most_answer_bytes)
    return REASON_BAD_FRAME;
  post->announced_bytes = (gsize) soup_message_headers_get_content_length (headers);
  return REASON_NONE;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Post *post = data;
  GError *error = NULL;
  Reason reason;

  post->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (post->stream == NULL)
    {
      finish (post, error);
      return;
    }
  reason = judge_header (post);
  if (reason != REASON_NONE)
    {
      stop_post (post, reason);
      finish (post, NULL);
      return;
    }
  g_input_stream_read_bytes_async (post->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, post->inner, read_cb, post);
}

/* What each means to the caller, and in words to an officer. */
static const struct {
  int code; /* of YM_ERROR; -1: cancelled */
  const char *message;
} outcomes[] = {
  [REASON_NONE] = { YM_ERROR_NETWORK, N_("The server could not be reached. Your records are safe on this device and "
                                         "will be sent later.") },
  [REASON_BROKEN] = { YM_ERROR_NETWORK, N_("The connection to the server broke. Your records are safe on this device "
                                           "and will be sent again later.") },
  [REASON_CANCELLED] = { -1, N_("Sending was stopped. Your records are safe on this device and will be sent later.") },
  [REASON_TOO_SLOW] = { YM_ERROR_NETWORK, N_("The server did not answer in time. Your records are safe on this device "
                                             "and will be sent later.") },
  [REASON_BUSY] = { YM_ERROR_NETWORK, N_("The server is busy or being looked after. Your records are safe on this "
                                         "device and will be sent later.") },
  [REASON_WRONG_KEY] = { YM_ERROR_SIGNATURE, N_("What answered is not your force's server, so nothing was sent to it. "
                                                "Your records are safe on this device. Try another network; if it "
                                                "happens there too, tell your administrator.") },
  [REASON_BAD_FRAME] = { YM_ERROR_MALFORMED, N_("The server's answer can't be right and was not taken. Your records "
                                                "are safe on this device. Tell your administrator.") },
  [REASON_REDIRECT] = { YM_ERROR_MALFORMED, N_("The server sends this device to another address, which it does not "
                                               "follow. Your records are safe on this device. Tell your "
                                               "administrator.") },
};

static void
set_post_error (Post *post, GError **error)
{
  Reason reason = post->reason;
  int code;
  const char *message;

  if (reason == REASON_NONE && g_error_matches (post->error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    reason = REASON_WRONG_KEY;
  else if (reason == REASON_NONE && post->begun)
    reason = REASON_BROKEN;
  if (post->error != NULL)
    g_debug ("post: %s", post->error->message);

  message = _(outcomes[reason].message);
  code = outcomes[reason].code == YM_ERROR_NETWORK && !post->begun ? YM_ERROR_UNREACHABLE : outcomes[reason].code;
  if (code < 0)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, message);
  else
    g_set_error_literal (error, YM_ERROR, code, message);
}

static GSource *
attach_timeout (YmHttps *https, guint interval_ms, Post *post)
{
  GSource *source = g_timeout_source_new (interval_ms);

  g_source_set_callback (source, too_slow_cb, post, NULL);
  g_source_attach (source, https->context);
  return source;
}

/* Drives libsoup until the post has ended; nothing of it is under way on return. */
static void
run_post (Post *post, GCancellable *cancellable)
{
  YmHttps *https = post->https;
  GSource *whole_deadline = attach_timeout (https, https->deadlines.whole_ms, post);
  GSource *cancelled = NULL;

  post->connect_deadline = attach_timeout (https, https->deadlines.connect_ms, post);
  if (cancellable != NULL)
    {
      cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (cancelled, G_SOURCE_FUNC (cancelled_cb), post, NULL);
      g_source_attach (cancelled, https->context);
    }
  g_signal_connect (post->message, "starting", G_CALLBACK (starting_cb), post);
  soup_session_send_async (https->session, post->message, G_PRIORITY_DEFAULT, post->inner, sent_cb, post);
  while (!post->done)
    g_main_context_iteration (https->context, TRUE);

  g_signal_handlers_disconnect_by_data (post->message, post);
  g_source_destroy (post->connect_deadline);
  g_source_unref (post->connect_deadline);
  g_source_destroy (whole_deadline);
  g_source_unref (whole_deadline);
  if (cancelled != NULL)
    {
      g_source_destroy (cancelled);
      g_source_unref (cancelled);
    }
}

static SoupMessage *
make_message (YmHttps *https, const char *path, GBytes *body)
{
  g_autoptr (GUri) uri = soup_uri_copy (https->server, SOUP_URI_PATH, path, SOUP_URI_NONE);
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);

  /* Idempotent: without it each post gets a connection of its own. It is true, too: the server takes the
   * same batch twice as once. */
  soup_message_add_flags (message, SOUP_MESSAGE_IDEMPOTENT | SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (message, "application/cose", body);
  return message;
}

static GBytes *
post_locked (YmHttps *https, const char *path, GBytes *body, gsize most_answer_bytes, guint *http_status,
             GCancellable *cancellable, GError **error)
{
  Post post = { .https = https, .most_answer_bytes = most_answer_bytes };
  GBytes *answer = NULL;

  post.message = make_message (https, path, body);
  post.inner = g_cancellable_new ();
  post.answer = g_byte_array_new ();
  run_post (&post, cancellable);

  *http_status = soup_message_get_status (post.message);
  if (post.reason == REASON_NONE && post.error == NULL)
    answer = g_byte_array_free_to_bytes (g_steal_pointer (&post.answer));
  else
    {
      set_post_error (&post, error);
      soup_session_abort (https->session); /* the connection has half an answer in it */
    }

  g_clear_error (&post.error);
  g_clear_pointer (&post.answer, g_byte_array_unref);
  g_clear_object (&post.stream);
  g_object_unref (post.inner);
  g_object_unref (post.message);
  while (g_main_context_iteration (https->context, FALSE))
    ;
  return answer;
}

static GBytes *
https_post (gpointer context, const char *path, GBytes *body, gsize most_answer_bytes, guint *http_status,
            GCancellable *cancellable, GError **error)
{
  YmHttps *https = context;
  GBytes *answer;

  g_mutex_lock (&https->mutex);
  g_main_context_push_thread_default (https->context);
  answer = post_locked (https, path, body, most_answer_bytes, http_status, cancellable, error);
  g_main_context_pop_thread_default (https->context);
  g_mutex_unlock (&https->mutex);
  return answer;
}

/* Takes "https://host[:port]" and nothing more. */
static GUri *
parse_server (const char *server, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (server, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 && g_uri_get_host (uri) != NULL
      && g_uri_get_host (uri)[0] != '\0' && g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL
      && g_uri_get_fragment (uri) == NULL
      && (g_strcmp0 (g_uri_get_path (uri), "") == 0 || g_strcmp0 (g_uri_get_path (uri), "/") == 0))
    return g_steal_pointer (&uri);
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _("“%s” is not the address of a server. It looks like https://ymweld.example.police.uk."), server);
  return NULL;
}

YmHttps *
ym_https_new (const char *server, const YmHash *pins, guint n_pins, const YmHttpsDeadlines *deadlines,
              GError **error)
{
  g_autoptr (GUri) uri = NULL;
  YmHttps *https;

  g_return_val_if_fail (server != NULL && deadlines != NULL, NULL);
  g_return_val_if_fail (n_pins <= YM_HTTPS_MOST_PINS && (n_pins == 0 || pins != NULL), NULL);

  uri = parse_server (server, error);
  if (uri == NULL)
    return NULL;
  https = g_new0 (YmHttps, 1);
  https->transport = (YmTransport) { https_post, https };
  https->server = g_steal_pointer (&uri);
  https->deadlines = *deadlines;
  https->pins = ym_pin_database_new (pins, n_pins);
  https->context = g_main_context_new ();
  g_mutex_init (&https->mutex);
  g_main_context_push_thread_default (https->context);
  https->session = soup_session_new_with_options ("tls-database", https->pins, "user-agent", "ymweld",
                                                  "max-conns", 1, "max-conns-per-host", 1, "timeout", 0,
                                                  "idle-timeout", 0, NULL);
  soup_session_remove_feature_by_type (https->session, SOUP_TYPE_CONTENT_DECODER);
  g_main_context_pop_thread_default (https->context);
  return https;
}

void
ym_https_free (YmHttps *https)
{
  if (https == NULL)
    return;
  g_main_context_push_thread_default (https->context);
  soup_session_abort (https->session);
  g_object_unref (https->session);
  while (g_main_context_iteration (https->context, FALSE))
    ;
  g_main_context_pop_thread_default (https->context);
  g_main_context_unref (https->context);
  g_object_unref (https->pins);
  g_uri_unref (https->server);
  g_mutex_clear (&https->mutex);
  g_free (https);
}

const YmTransport *
ym_https_transport (YmHttps *https)
{
  return &https->transport;
}

gboolean
ym_https_get_key (YmHttps *https, YmHash *key)
{
  return ym_pin_database_get_seen (https->pins, key);
}
