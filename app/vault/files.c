/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The few file calls of keyring and head on a real file system. */

#include "app/vault/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/base/error.h"
#include "app/base/planted.h"

static gboolean
fail (GError **error, const char *path)
{
  int code = errno == ENOENT ? YM_ERROR_NOT_FOUND : YM_ERROR_STORAGE;

  g_set_error (error, YM_ERROR, code, _ ("The file “%s” can't be used: %s."), path, g_strerror (errno));
  return FALSE;
}

static int
open_again (const char *path, int flags, mode_t mode)
{
  int fd;

  do
    fd = open (path, flags | O_CLOEXEC | O_NOCTTY, mode);
  while (fd < 0 && errno == EINTR);
  return fd;
}

static gboolean
read_all (int fd, guint8 *data, gsize limit, gsize *length)
{
  *length = 0;
  while (*length < limit)
    {
      gssize n = read (fd, data + *length, limit - *length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      *length += n;
    }
  return TRUE;
}

static GBytes *
system_read (gpointer context, const char *path, gsize limit, GError **error)
{
  int fd = open_again (path, O_RDONLY, 0);
  g_autofree guint8 *data = NULL;
  gsize length;
  gboolean whole;

  if (fd < 0)
    {
      fail (error, path);
      return NULL;
    }
  data = g_malloc (limit + 1);
  whole = read_all (fd, data, limit + 1, &length);
  if (!whole)
    fail (error, path);
  close (fd);
  if (!whole)
    return NULL;
  if (length > limit)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, _ ("The file “%s” is longer than it can be."), path);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

static gboolean
write_all (int fd, const guint8 *data, gsize length)
{
  while (length > 0)
    {
      gssize n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
system_write_synced (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  int fd = open_again (path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
  gboolean done;

  if (fd < 0)
    return fail (error, path);
  done = write_all (fd, data, length) && fsync (fd) == 0;
  if (!done)
    fail (error, path);
  if (close (fd) != 0 && done)
    return fail (error, path);
  return done;
}

static gboolean
overwrite_all (int fd, const guint8 *data, gsize length, gint64 offset)
{
  while (length > 0)
    {
      gssize n = pwrite (fd, data, length, offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      offset += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
system_overwrite_synced (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length,
                         GError **error)
{
  int fd = open_again (path, O_WRONLY | O_NOFOLLOW, 0);
  gboolean done;

  if (fd < 0)
    return fail (error, path);
  done = overwrite_all (fd, data, length, offset) && fdatasync (fd) == 0;
  if (!done)
    fail (error, path);
  close (fd);
  return done;
}

static gboolean
system_rename (gpointer context, const char *from, const char *to, GError **error)
{
  return rename (from, to) == 0 || fail (error, to);
}

static gboolean
system_exchange (gpointer context, const char *one, const char *other, GError **error)
{
  return renameat2 (AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0 || fail (error, one);
}

static gboolean
system_sync_directory (gpointer context, const char *directory, GError **error)
{
  int fd = open_again (directory, O_RDONLY | O_DIRECTORY, 0);
  gboolean done;

  if (fd < 0)
    return fail (error, directory);
  done = fsync (fd) == 0 || fail (error, directory);
  close (fd);
  return done;
}

static gboolean
system_remove (gpointer context, const char *path, GError **error)
{
  return unlink (path) == 0 || errno == ENOENT || fail (error, path);
}

static gboolean
system_make_directory (gpointer context, const char *path, GError **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 || fail (error, path);
}

/* flock() belongs to the open file, so it keeps out a second opening in this process too. */
static gpointer
system_lock (gpointer context, const char *path, GError **error)
{
  int fd = open_again (path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
  int result;

  if (fd < 0)
    {
      fail (error, path);
      return NULL;
    }
  do
    result = flock (fd, LOCK_EX | LOCK_NB);
  while (result != 0 && errno == EINTR);
  if (result == 0)
    return GINT_TO_POINTER (fd + 1);
  if (errno == EWOULDBLOCK)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_BUSY,
                         _ ("Another program holds the store. Close it and try again."));
  else
    fail (error, path);
  close (fd);
  return NULL;
}

static void
system_unlock (gpointer context, gpointer lock)
{
  close (GPOINTER_TO_INT (lock) - 1);
}

const YmFiles *
ym_files_system (void)
{
  static const YmFiles system = {
    .read = system_read,
    .write_synced = system_write_synced,
    .overwrite_synced = system_overwrite_synced,
    .rename = system_rename,
    .exchange = system_exchange,
    .sync_directory = system_sync_directory,
    .remove = system_remove,
    .make_directory = system_make_directory,
    .lock = system_lock,
    .unlock = system_unlock,
  };

  return &system;
}

gboolean
ym_files_replace_all (const YmFiles *files, const char *directory, const YmFileCopy *copies, guint n_copies,
                      GError **error)
{
  for (guint i = 0; i < n_copies; i++)
    {
      g_autofree char *fresh = g_strconcat (directory, "/", copies[i].name, ".new", NULL);
      gsize length;
      gconstpointer data = g_bytes_get_data (copies[i].bytes, &length);

      if (!files->write_synced (files->context, fresh, data, length, error))
        return FALSE;
    }
  for (guint i = 0; i < n_copies; i++)
    {
      g_autofree char *path = g_build_filename (directory, copies[i].name, NULL);
      g_autofree char *fresh = g_strconcat (directory, "/", copies[i].name, ".new", NULL);

      if (!files->rename (files->context, fresh, path, error))
        return FALSE;
    }
  return ym_planted ("names") || files->sync_directory (files->context, directory, error);
}

gboolean
ym_files_replace (const YmFiles *files, const char *directory, const char *name, gconstpointer data, gsize length,
                  GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, length);

  return ym_files_replace_all (files, directory, &(YmFileCopy){ name, bytes }, 1, error);
}
