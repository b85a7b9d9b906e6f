/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One datagram to the service manager (sd_notify(3)), without linking libsystemd for it. */

#include "sync/server/notify.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/base/error.h"

gboolean
ym_notify (const char *state, GError **error)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  socklen_t length;
  gssize sent = -1;
  int notify_socket;

  g_return_val_if_fail (state != NULL, FALSE);

  if (path == NULL)
    return TRUE;
  errno = EINVAL;
  if ((path[0] == '/' || path[0] == '@') && strlen (path) < sizeof address.sun_path)
    {
      memcpy (address.sun_path, path, strlen (path));
      if (path[0] == '@')
        address.sun_path[0] = '\0'; /* an abstract socket, unix(7) */
      length = (socklen_t) (offsetof (struct sockaddr_un, sun_path) + strlen (path));
      notify_socket = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (notify_socket >= 0)
        {
          sent = sendto (notify_socket, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *) &address,
                         length);
          close (notify_socket);
        }
    }
  if (sent >= 0)
    return TRUE;
  g_set_error (error, YM_ERROR, YM_ERROR_NETWORK,
               _("The service manager at %s could not be told that the server is running: %s."), path,
               g_strerror (errno));
  return FALSE;
}
