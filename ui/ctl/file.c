/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that commands read and write. */

#include "ui/ctl/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "app/base/error.h"

gboolean
ym_ctl_write_file (const char *path, GBytes *bytes, GError **error)
{
  gsize length, written = 0;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gssize n = 0;
  gboolean good;

  while (fd >= 0 && written < length && (n = write (fd, data + written, length - written)) > 0)
    written += (gsize) n;
  good = fd >= 0 && written == length && fsync (fd) == 0;
  if (!good)
    g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, _ ("“%s” could not be written: %s."), path, g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return good;
}

GBytes *
ym_ctl_read_file (const char *path, gsize most, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GStatBuf about;
  char *contents;
  gsize length;

  if (g_stat (path, &about) == 0 && (guint64) about.st_size > most)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_MALFORMED, _ ("“%s” is larger than anything this program writes."), path);
      return NULL;
    }
  if (g_file_get_contents (path, &contents, &length, &failure))
    return g_bytes_new_take (contents, length);
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("“%s” could not be read: %s"), path, failure->message);
  return NULL;
}
