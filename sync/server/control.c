/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Administration of the running server from the same machine. One thread accepts; each command has a
 * thread of its own out of a small pool, because `verify` may take minutes and `status` must not wait
 * for it. Who calls is asked of the kernel, not of the caller.
 *
 *   command:  name [SP argument] LF          at most 4096 bytes
 *   answer:   "ok" LF text  |  "error" LF reason  |  "denied" LF
 */

#include "sync/server/control.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/error.h"

#define MOST_AT_ONCE 8
#define COMMAND_MS 5000 /* for the whole line to arrive, and for the answer to be taken */

struct YmControl {
  char *path;
  int listener;
  int wake; /* an eventfd: stop */
  GThread *thread;
  GThreadPool *pool;
  const YmControlEntry *entries;
  gsize n_entries;
  gpointer context;
};

static gboolean
make_address (const char *path, struct sockaddr_un *address, GError **error)
{
  *address = (struct sockaddr_un) { .sun_family = AF_UNIX };
  if (g_strlcpy (address->sun_path, path, sizeof address->sun_path) < sizeof address->sun_path)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _("The path %s is too long for a socket. Give one of at most %u bytes."), path,
               (guint) sizeof address->sun_path - 1);
  return FALSE;
}

/* Waits until the socket is ready or the deadline has passed. */
static gboolean
wait_ready (int connection, short events, gint64 deadline_us)
{
  struct pollfd poll_fd = { connection, events, 0 };
  int result;

  do
    {
      const gint64 left_us = deadline_us - g_get_monotonic_time ();

      if (left_us <= 0)
        return FALSE;
      result = poll (&poll_fd, 1, (int) (left_us / G_TIME_SPAN_MILLISECOND + 1));
    }
  while (result < 0 && errno == EINTR);
  return result > 0;
}

static gboolean
write_all (int connection, const char *text, gsize length, gint64 deadline_us)
{
  while (length > 0)
    {
      gssize written = send (connection, text, length, MSG_NOSIGNAL | MSG_DONTWAIT);

      if (written < 0 && (errno == EAGAIN || errno == EINTR))
        {
          if (!wait_ready (connection, POLLOUT, deadline_us))
            return FALSE;
          continue;
        }
      if (written < 0)
        return FALSE;
      text += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/* Reads up to the end of the first line; FALSE if there is none within the limits. */
static gboolean
read_command (int connection, char *command, gsize size)
{
  const gint64 deadline_us = g_get_monotonic_time () + COMMAND_MS * G_TIME_SPAN_MILLISECOND;
  gsize length = 0;

  while (length < size)
    {
      gssize n;
      char *end;

      if (!wait_ready (connection, POLLIN, deadline_us))
        return FALSE;
      n = recv (connection, command + length, size - length, MSG_DONTWAIT);
      if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        return FALSE;
      if (n < 0)
        continue;
      end = memchr (command + length, '\n', (gsize) n);
      length += (gsize) n;
      if (end == NULL)
        continue;
      *end = '\0';
      return strlen (command) == (gsize) (end - command) && g_utf8_validate (command, -1, NULL);
    }
  return FALSE;
}

static gboolean
run_command (YmControl *control, char *command, GString *answer, GError **error)
{
  char *argument = strchr (command, ' ');

  if (argument != NULL)
    *argument++ = '\0';
  for (gsize i = 0; i < control->n_entries; i++)
    if (strcmp (control->entries[i].name, command) == 0)
      return control->entries[i].run (control->context, argument, answer, error);
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _("The server knows no command “%s”."), command);
  return FALSE;
}

static gboolean
is_allowed (int connection)
{
  struct ucred peer;
  socklen_t length = sizeof peer;

  return getsockopt (connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0
         && (peer.uid == 0 || peer.uid == geteuid ());
}

/* Lets the caller read the answer to its end: closing with unread bytes of theirs would reset it. */
static void
hang_up (int connection)
{
  const gint64 deadline_us = g_get_monotonic_time () + COMMAND_MS * G_TIME_SPAN_MILLISECOND;
  char ignored[4096];

  shutdown (connection, SHUT_WR);
  while (wait_ready (connection, POLLIN, deadline_us) && recv (connection, ignored, sizeof ignored, MSG_DONTWAIT) > 0)
    ;
  close (connection);
}

/* Runs on a thread of the pool. */
static void
serve_cb (gpointer data, gpointer user_data)
{
  YmControl *control = user_data;
  const int connection = GPOINTER_TO_INT (data);
  char command[YM_CONTROL_MOST_COMMAND_BYTES];
  g_autoptr (GString) answer = g_string_new ("ok\n");
  g_autoptr (GError) error = NULL;

  if (!is_allowed (connection))
    g_set_error_literal (&error, YM_ERROR, YM_ERROR_AUTHORITY, "");
  else if (!read_command (connection, command, sizeof command))
    g_set_error_literal (&error, YM_ERROR, YM_ERROR_MALFORMED,
                         _("The command did not arrive as one line of at most 4096 bytes."));
  else
    run_command (control, command, answer, &error);

  if (error != NULL)
    g_string_printf (answer, "%s\n%s",
                     g_error_matches (error, YM_ERROR, YM_ERROR_AUTHORITY) ? "denied" : "error", error->message);
  write_all (connection, answer->str, answer->len,
             g_get_monotonic_time () + COMMAND_MS * G_TIME_SPAN_MILLISECOND);
  hang_up (connection);
}

static gpointer
accept_thread (gpointer data)
{
  YmControl *control = data;

  while (TRUE)
    {
      struct pollfd poll_fds[] = { { control->listener, POLLIN, 0 }, { control->wake, POLLIN, 0 } };
      int connection;

      if (poll (poll_fds, G_N_ELEMENTS (poll_fds), -1) < 0 && errno != EINTR)
        g_error ("The control socket failed: %s", g_strerror (errno));
      if (poll_fds[1].revents != 0)
        return NULL;
      connection = accept4 (control->listener, NULL, NULL, SOCK_CLOEXEC);
      if (connection >= 0)
        g_thread_pool_push (control->pool, GINT_TO_POINTER (connection), NULL);
    }
}

/* On Linux the file that bind makes has the mode of the socket, so that there is no moment in which others
 * could connect (unix(7)). */
static gboolean
bind_private (int listener, const struct sockaddr_un *address)
{
  return fchmod (listener, 0600) == 0
         && bind (listener, (const struct sockaddr *) address, sizeof *address) == 0
         && listen (listener, MOST_AT_ONCE) == 0;
}

static int
listen_at (const char *path, GError **error)
{
  struct sockaddr_un address;
  int listener, probe;
  gboolean busy;

  if (!make_address (path, &address, error))
    return -1;
  probe = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  busy = probe >= 0 && connect (probe, (struct sockaddr *) &address, sizeof address) == 0;
  if (probe >= 0)
    {
      if (!busy && errno == ECONNREFUSED)
        g_unlink (path); /* its server has died */
      close (probe);
    }
  if (busy)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_BUSY, _("A server is running already: it listens at %s."), path);
      return -1;
    }
  listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener >= 0 && bind_private (listener, &address))
    return listener;
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _("The control socket %s could not be made: %s."), path,
               g_strerror (errno));
  if (listener >= 0)
    close (listener);
  return -1;
}

YmControl *
ym_control_start (const char *path, const YmControlEntry *entries, gsize n_entries, gpointer context,
                  GError **error)
{
  YmControl *control;
  int listener;

  g_return_val_if_fail (path != NULL && (entries != NULL || n_entries == 0), NULL);

  listener = listen_at (path, error);
  if (listener < 0)
    return NULL;
  control = g_new0 (YmControl, 1);
  control->path = g_strdup (path);
  control->listener = listener;
  control->wake = eventfd (0, EFD_CLOEXEC);
  g_assert (control->wake >= 0);
  control->entries = entries;
  control->n_entries = n_entries;
  control->context = context;
  control->pool = g_thread_pool_new (serve_cb, control, MOST_AT_ONCE, FALSE, NULL);
  control->thread = g_thread_new ("control", accept_thread, control);
  return control;
}

void
ym_control_stop (YmControl *control)
{
  const guint64 one = 1;

  g_return_if_fail (control != NULL);

  if (write (control->wake, &one, sizeof one) != sizeof one)
    g_error ("The control socket could not be stopped: %s", g_strerror (errno));
  g_thread_join (control->thread);
  g_unlink (control->path);
  close (control->listener);
  g_thread_pool_free (control->pool, FALSE, TRUE);
  close (control->wake);
  g_free (control->path);
  g_free (control);
}

static void
set_call_error (GError **error, const char *path, int reason)
{
  if (reason == EACCES || reason == EPERM)
    g_set_error (error, YM_ERROR, YM_ERROR_AUTHORITY,
                 _("Only the server's own user and root may do this. Run it as that user."));
  else
    g_set_error (error, YM_ERROR, YM_ERROR_NETWORK,
                 _("No server answers at %s: %s. Start it first, or give its folder."), path,
                 g_strerror (reason));
}

/* Sends the command and reads the whole answer. */
static gboolean
exchange (int connection, const char *command, GString *answer)
{
  char chunk[4096];
  gssize n;

  if (!write_all (connection, command, strlen (command),
                  g_get_monotonic_time () + COMMAND_MS * G_TIME_SPAN_MILLISECOND)
      && errno != EPIPE)
    return FALSE;
  while ((n = recv (connection, chunk, sizeof chunk, 0)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      g_string_append_len (answer, chunk, n);
    }
  return TRUE;
}

char *
ym_control_call (const char *path, const char *name, const char *argument, GError **error)
{
  g_autofree char *command = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  struct sockaddr_un address;
  int connection, reason = 0;

  g_return_val_if_fail (path != NULL && name != NULL && strpbrk (name, " \n") == NULL, NULL);
  g_return_val_if_fail (argument == NULL || strchr (argument, '\n') == NULL, NULL);

  if (!make_address (path, &address, error))
    return NULL;
  command = argument != NULL ? g_strdup_printf ("%s %s\n", name, argument) : g_strdup_printf ("%s\n", name);
  connection = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connection < 0 || connect (connection, (struct sockaddr *) &address, sizeof address) < 0
      || !exchange (connection, command, answer))
    reason = errno;
  if (connection >= 0)
    close (connection);

  if (reason != 0)
    set_call_error (error, path, reason);
  else if (g_str_has_prefix (answer->str, "ok\n"))
    return g_strdup (answer->str + strlen ("ok\n"));
  else if (g_str_has_prefix (answer->str, "denied\n"))
    set_call_error (error, path, EACCES);
  else if (g_str_has_prefix (answer->str, "error\n"))
    g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID, answer->str + strlen ("error\n"));
  else
    set_call_error (error, path, ECONNRESET);
  return NULL;
}
