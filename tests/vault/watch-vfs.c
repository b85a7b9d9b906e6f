/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The disk under the vault, watched. */

#include "tests/vault/watch-vfs.h"

#include <sqlite3.h>

static Watch watch;
static sqlite3_vfs watch_vfs;
static sqlite3_vfs *base;

typedef struct {
  sqlite3_file file;
  sqlite3_file *below;
  gboolean wal;
} WatchFile;

static sqlite3_file *
below_of (sqlite3_file *file)
{
  return ((WatchFile *) file)->below;
}

static gboolean
is_due (guint *in)
{
  return *in > 0 && --*in == 0;
}

static int
watch_close (sqlite3_file *file)
{
  return below_of (file)->pMethods->xClose (below_of (file));
}

static int
watch_read (sqlite3_file *file, void *buffer, int bytes, sqlite3_int64 offset)
{
  return below_of (file)->pMethods->xRead (below_of (file), buffer, bytes, offset);
}

static int
watch_write (sqlite3_file *file, const void *buffer, int bytes, sqlite3_int64 offset)
{
  WatchedWrite write = { ((WatchFile *) file)->wal, offset, g_bytes_new (buffer, bytes) };

  g_array_append_val (watch.writes, write);
  if (is_due (&watch.fail_write_in))
    return SQLITE_IOERR_WRITE;
  if (is_due (&watch.full_in))
    {
      below_of (file)->pMethods->xWrite (below_of (file), buffer, bytes / 2, offset);
      return SQLITE_FULL;
    }
  return below_of (file)->pMethods->xWrite (below_of (file), buffer, bytes, offset);
}

static int
watch_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  return below_of (file)->pMethods->xTruncate (below_of (file), size);
}

static int
watch_sync (sqlite3_file *file, int flags)
{
  watch.syncs++;
  if (is_due (&watch.fail_sync_in))
    return SQLITE_IOERR_FSYNC;
  return below_of (file)->pMethods->xSync (below_of (file), flags);
}

static int
watch_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return below_of (file)->pMethods->xFileSize (below_of (file), size);
}

static int
watch_lock (sqlite3_file *file, int level)
{
  return below_of (file)->pMethods->xLock (below_of (file), level);
}

static int
watch_unlock (sqlite3_file *file, int level)
{
  return below_of (file)->pMethods->xUnlock (below_of (file), level);
}

static int
watch_check_reserved_lock (sqlite3_file *file, int *result)
{
  return below_of (file)->pMethods->xCheckReservedLock (below_of (file), result);
}

static int
watch_file_control (sqlite3_file *file, int operation, void *argument)
{
  return below_of (file)->pMethods->xFileControl (below_of (file), operation, argument);
}

static int
watch_sector_size (sqlite3_file *file)
{
  return below_of (file)->pMethods->xSectorSize (below_of (file));
}

/* Promises everything, so that the vault must take care not to believe it. */
static int
watch_device_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_ATOMIC | SQLITE_IOCAP_ATOMIC4K | SQLITE_IOCAP_BATCH_ATOMIC | SQLITE_IOCAP_SEQUENTIAL;
}

static int
watch_shm_map (sqlite3_file *file, int region, int bytes, int extend, void volatile **memory)
{
  return below_of (file)->pMethods->xShmMap (below_of (file), region, bytes, extend, memory);
}

static int
watch_shm_lock (sqlite3_file *file, int first, int count, int flags)
{
  return below_of (file)->pMethods->xShmLock (below_of (file), first, count, flags);
}

static void
watch_shm_barrier (sqlite3_file *file)
{
  below_of (file)->pMethods->xShmBarrier (below_of (file));
}

static int
watch_shm_unmap (sqlite3_file *file, int delete_flag)
{
  return below_of (file)->pMethods->xShmUnmap (below_of (file), delete_flag);
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = watch_close,
  .xRead = watch_read,
  .xWrite = watch_write,
  .xTruncate = watch_truncate,
  .xSync = watch_sync,
  .xFileSize = watch_file_size,
  .xLock = watch_lock,
  .xUnlock = watch_unlock,
  .xCheckReservedLock = watch_check_reserved_lock,
  .xFileControl = watch_file_control,
  .xSectorSize = watch_sector_size,
  .xDeviceCharacteristics = watch_device_characteristics,
  .xShmMap = watch_shm_map,
  .xShmLock = watch_shm_lock,
  .xShmBarrier = watch_shm_barrier,
  .xShmUnmap = watch_shm_unmap,
};

static int
watch_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *flags_out)
{
  WatchFile *self = (WatchFile *) file;
  int result;

  self->below = (sqlite3_file *) (self + 1);
  self->below->pMethods = NULL;
  self->wal = flags & SQLITE_OPEN_WAL;
  result = base->xOpen (base, name, self->below, flags, flags_out);
  file->pMethods = self->below->pMethods != NULL ? &methods : NULL;
  return result;
}

static void
write_clear (gpointer write)
{
  g_bytes_unref (((WatchedWrite *) write)->bytes);
}

Watch *
watch_begin (void)
{
  base = sqlite3_vfs_find ("unix-excl");
  if (sqlite3_vfs_find (WATCH_VFS) == NULL)
    {
      watch_vfs = *base;
      watch_vfs.pNext = NULL;
      watch_vfs.zName = WATCH_VFS;
      watch_vfs.szOsFile = sizeof (WatchFile) + base->szOsFile;
      watch_vfs.xOpen = watch_open;
      sqlite3_vfs_register (&watch_vfs, FALSE);
    }
  g_clear_pointer (&watch.writes, g_array_unref);
  watch = (Watch){ .writes = g_array_new (FALSE, FALSE, sizeof (WatchedWrite)) };
  g_array_set_clear_func (watch.writes, write_clear);
  return &watch;
}
