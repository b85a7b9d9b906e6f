/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the server listens: a TCP address, or a Unix socket behind a proxy. The loops share the socket,
 * so it must not block: one of them takes a connection, the others find nothing.
 */

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/error.h"
#include "sync/server/http-private.h"

#define BACKLOG 1024

static GSocketAddress *
address_from_options (const YmHttpOptions *options, GError **error)
{
  g_autoptr (GInetAddress) address = NULL;

  if (options->unix_path != NULL)
    return g_unix_socket_address_new (options->unix_path);
  if (options->address != NULL)
    address = g_inet_address_new_from_string (options->address);
  if (address == NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _("“%s” is not an address to listen on. Give one such as 0.0.0.0, :: or 127.0.0.1."),
                   options->address != NULL ? options->address : "");
      return NULL;
    }
  return g_inet_socket_address_new (address, options->port);
}

/* A socket file that outlived its server would be in the way for ever. One that still has a server is
 * found out by connecting to it. */
static void
remove_stale (const char *path, const struct sockaddr *address, socklen_t length)
{
  GStatBuf status;
  int probe;

  if (g_lstat (path, &status) != 0 || !S_ISSOCK (status.st_mode))
    return;
  probe = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (probe < 0)
    return;
  if (connect (probe, address, length) < 0 && errno == ECONNREFUSED)
    g_unlink (path);
  close (probe);
}

int
ym_http_listen (const YmHttpOptions *options, guint16 *port, GError **error)
{
  g_autoptr (GSocketAddress) address = address_from_options (options, error);
  struct sockaddr_storage native = { 0 };
  socklen_t length;
  const int on = 1;
  int listener;

  if (address == NULL || !g_socket_address_to_native (address, &native, sizeof native, error))
    return -1;
  length = (socklen_t) g_socket_address_get_native_size (address);
  if (options->unix_path != NULL)
    remove_stale (options->unix_path, (struct sockaddr *) &native, length);

  listener = socket (native.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (listener >= 0 && setsockopt (listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0
      && bind (listener, (struct sockaddr *) &native, length) == 0 && listen (listener, BACKLOG) == 0)
    {
      length = sizeof native;
      *port = 0;
      if (options->unix_path == NULL && getsockname (listener, (struct sockaddr *) &native, &length) == 0)
        *port = native.ss_family == AF_INET6 ? g_ntohs (((struct sockaddr_in6 *) &native)->sin6_port)
                                             : g_ntohs (((struct sockaddr_in *) &native)->sin_port);
      return listener;
    }
  g_set_error (error, YM_ERROR, errno == EADDRINUSE ? YM_ERROR_BUSY : YM_ERROR_INVALID,
               _("The server can't listen on %s port %u: %s."),
               options->unix_path != NULL ? options->unix_path : options->address, options->port,
               g_strerror (errno));
  if (listener >= 0)
    close (listener);
  return -1;
}
