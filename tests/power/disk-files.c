/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The disk as the few file calls of keyring and head. */

#include "tests/power/disk-private.h"

#include "app/base/error.h"

static gboolean
fail (GError **error, const char *path, const char *why)
{
  g_set_error (error, YM_ERROR, YM_ERROR_STORAGE, "The file “%s” can't be used: %s.", path, why);
  return FALSE;
}

static gboolean
not_found (GError **error, const char *path)
{
  g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND, "The file “%s” is not there.", path);
  return FALSE;
}

/* Counts the operation; FALSE with @error if it fails as a whole. */
static gboolean
begin (Disk *disk, DiskKind kind, const char *path, GError **error)
{
  return disk_fault_now (disk, kind) == DISK_FAULT_NONE || fail (error, path, "input/output error");
}

static GBytes *
read_locked (Disk *disk, const char *path, gsize limit, GError **error)
{
  const DiskFile *file;
  DiskFault fault;

  if (!begin (disk, DISK_LOOK, path, error))
    return NULL;
  file = disk_find (disk, path);
  if (file == NULL)
    {
      not_found (error, path);
      return NULL;
    }
  fault = disk_fault_now (disk, DISK_READ);
  if (fault == DISK_FAULT_ERROR)
    {
      fail (error, path, "input/output error");
      return NULL;
    }
  if (file->content->len > limit)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, "The file “%s” is longer than it can be.", path);
      return NULL;
    }
  return g_bytes_new (file->content->data, fault == DISK_FAULT_SHORT ? file->content->len / 2 : file->content->len);
}

static GBytes *
disk_files_read (gpointer context, const char *path, gsize limit, GError **error)
{
  Disk *disk = context;
  GBytes *bytes;

  g_mutex_lock (&disk->mutex);
  bytes = read_locked (disk, path, limit, error);
  g_mutex_unlock (&disk->mutex);
  return bytes;
}

static gboolean
sync_locked (Disk *disk, DiskFile *file, const char *path, GError **error)
{
  DiskFault fault = disk_fault_now (disk, DISK_SYNC);

  disk_do_sync (disk, file, fault != DISK_FAULT_NONE);
  return fault == DISK_FAULT_NONE || fail (error, path, "input/output error");
}

static gboolean
write_locked (Disk *disk, const char *path, gconstpointer data, gsize length, GError **error)
{
  DiskFile *file = disk_find (disk, path);
  DiskFault fault;

  if (!disk_has_parent (disk, path))
    return not_found (error, path);
  if (!begin (disk, file == NULL ? DISK_CREATE : DISK_TRUNCATE, path, error))
    return FALSE;
  if (file == NULL)
    file = disk_do_create (disk, path, FALSE);
  else
    disk_do_truncate (disk, file, 0);
  fault = disk_fault_now (disk, DISK_WRITE);
  if (fault == DISK_FAULT_ERROR)
    return fail (error, path, "input/output error");
  disk_do_write (disk, file, 0, data, fault == DISK_FAULT_NONE ? length : length / 2);
  if (fault != DISK_FAULT_NONE)
    return fail (error, path, "no space left on device");
  return sync_locked (disk, file, path, error);
}

static gboolean
disk_files_write_synced (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  Disk *disk = context;
  gboolean done;

  g_mutex_lock (&disk->mutex);
  done = write_locked (disk, path, data, length, error);
  g_mutex_unlock (&disk->mutex);
  return done;
}

static gboolean
overwrite_locked (Disk *disk, const char *path, gint64 offset, gconstpointer data, gsize length, GError **error)
{
  DiskFile *file;
  DiskFault fault;

  if (!begin (disk, DISK_LOOK, path, error))
    return FALSE;
  file = disk_find (disk, path);
  if (file == NULL)
    return not_found (error, path);
  fault = disk_fault_now (disk, (gsize) offset + length <= file->content->len ? DISK_OVERWRITE : DISK_WRITE);
  if (fault != DISK_FAULT_ERROR)
    disk_do_write (disk, file, offset, data, fault == DISK_FAULT_NONE ? length : length / 2);
  if (fault != DISK_FAULT_NONE)
    return fail (error, path, "input/output error");
  return sync_locked (disk, file, path, error);
}

static gboolean
disk_files_overwrite_synced (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length,
                             GError **error)
{
  Disk *disk = context;
  gboolean done;

  g_mutex_lock (&disk->mutex);
  done = overwrite_locked (disk, path, offset, data, length, error);
  g_mutex_unlock (&disk->mutex);
  return done;
}

static gboolean
disk_files_rename (gpointer context, const char *from, const char *to, GError **error)
{
  Disk *disk = context;
  gboolean done;

  g_mutex_lock (&disk->mutex);
  done = begin (disk, DISK_RENAME, to, error) && (disk_find (disk, from) != NULL || not_found (error, from));
  if (done)
    disk_do_rename (disk, from, to);
  g_mutex_unlock (&disk->mutex);
  return done;
}

static gboolean
disk_files_exchange (gpointer context, const char *one, const char *other, GError **error)
{
  Disk *disk = context;
  gboolean done;

  g_mutex_lock (&disk->mutex);
  done = begin (disk, DISK_EXCHANGE, one, error)
         && ((disk_find (disk, one) != NULL && disk_find (disk, other) != NULL) || not_found (error, other));
  if (done)
    disk_do_exchange (disk, one, other);
  g_mutex_unlock (&disk->mutex);
  return done;
}

static gboolean
disk_files_sync_directory (gpointer context, const char *directory, GError **error)
{
  Disk *disk = context;
  gboolean failed;

  g_mutex_lock (&disk->mutex);
  failed = disk_fault_now (disk, DISK_SYNC_DIRECTORY) != DISK_FAULT_NONE;
  disk_do_sync_directory (disk, directory, failed);
  g_mutex_unlock (&disk->mutex);
  return !failed || fail (error, directory, "input/output error");
}

static gboolean
disk_files_remove (gpointer context, const char *path, GError **error)
{
  Disk *disk = context;
  gboolean done;

  g_mutex_lock (&disk->mutex);
  done = begin (disk, DISK_REMOVE, path, error);
  if (done && disk_find (disk, path) != NULL)
    disk_do_remove (disk, path);
  g_mutex_unlock (&disk->mutex);
  return done;
}

static gboolean
disk_files_make_directory (gpointer context, const char *path, GError **error)
{
  Disk *disk = context;
  gboolean done;

  g_mutex_lock (&disk->mutex);
  done = begin (disk, DISK_MAKE_DIRECTORY, path, error) && (disk_has_parent (disk, path) || not_found (error, path));
  if (done && disk_find (disk, path) == NULL)
    disk_do_create (disk, path, TRUE);
  g_mutex_unlock (&disk->mutex);
  return done;
}

static gpointer
lock_locked (Disk *disk, const char *path, GError **error)
{
  DiskFile *file = disk_find (disk, path);

  if (!begin (disk, file == NULL ? DISK_CREATE : DISK_LOOK, path, error))
    return NULL;
  if (!disk_has_parent (disk, path))
    {
      not_found (error, path);
      return NULL;
    }
  if (file == NULL)
    file = disk_do_create (disk, path, FALSE);
  if (file->is_locked)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_BUSY, "Another program holds the store.");
      return NULL;
    }
  file->is_locked = TRUE;
  return file;
}

static gpointer
disk_files_lock (gpointer context, const char *path, GError **error)
{
  Disk *disk = context;
  gpointer lock;

  g_mutex_lock (&disk->mutex);
  lock = lock_locked (disk, path, error);
  g_mutex_unlock (&disk->mutex);
  return lock;
}

static void
disk_files_unlock (gpointer context, gpointer lock)
{
  ((DiskFile *) lock)->is_locked = FALSE;
}

void
disk_files_init (Disk *disk)
{
  disk->files = (YmFiles){
    .read = disk_files_read,
    .write_synced = disk_files_write_synced,
    .overwrite_synced = disk_files_overwrite_synced,
    .rename = disk_files_rename,
    .exchange = disk_files_exchange,
    .sync_directory = disk_files_sync_directory,
    .remove = disk_files_remove,
    .make_directory = disk_files_make_directory,
    .lock = disk_files_lock,
    .unlock = disk_files_unlock,
    .context = disk,
  };
}
