/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The disk as an sqlite3_vfs. Where it is asked to be like unix-excl it is: a file of no bytes does not "exist", the
 * first sync of a new log also syncs the directory, a read past the end is short and filled with zeros, and the
 * wal-index is on the heap of the one process. */

#include "tests/power/disk-private.h"

#include <string.h>

typedef struct {
  sqlite3_file file; /* first: SQLite hands it back as the sqlite3_file */
  Disk *disk;
  DiskFile *inner;
  int level;
  gboolean uses_shm;
  char *sync_directory; /* of a log that was made by this opening, until its first sync */
} Handle;

static Disk *
disk_of (sqlite3_vfs *vfs)
{
  return vfs->pAppData;
}

static Handle *
handle_of (sqlite3_file *file)
{
  return (Handle *) file;
}

/* Every method is called with the disk locked, through one of these. */
#define LOCKED(disk, call)                                                                                             \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    int result_;                                                                                                       \
    g_mutex_lock (&(disk)->mutex);                                                                                     \
    result_ = (call);                                                                                                  \
    g_mutex_unlock (&(disk)->mutex);                                                                                   \
    return result_;                                                                                                    \
  }                                                                                                                    \
  G_STMT_END

static int
read_bytes (Handle *self, guint8 *buffer, int bytes, sqlite3_int64 at)
{
  const GByteArray *content = self->inner->content;
  DiskFault fault = disk_fault_now (self->disk, DISK_READ);
  gint64 there = CLAMP ((gint64) content->len - at, 0, bytes);

  if (fault == DISK_FAULT_ERROR)
    return SQLITE_IOERR_READ;
  if (fault == DISK_FAULT_SHORT)
    there /= 2;
  if (there > 0)
    memcpy (buffer, content->data + at, (gsize) there);
  memset (buffer + there, 0, (gsize) (bytes - there));
  return there == bytes ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int
handle_read (sqlite3_file *file, void *buffer, int bytes, sqlite3_int64 at)
{
  LOCKED (handle_of (file)->disk, read_bytes (handle_of (file), buffer, bytes, at));
}

static int
write_bytes (Handle *self, const guint8 *buffer, int bytes, sqlite3_int64 at)
{
  DiskFault fault = disk_fault_now (self->disk, DISK_WRITE);

  if (fault == DISK_FAULT_ERROR)
    return SQLITE_IOERR_WRITE;
  disk_do_write (self->disk, self->inner, at, buffer, (gsize) (fault == DISK_FAULT_NONE ? bytes : bytes / 2));
  if (fault == DISK_FAULT_FULL)
    return SQLITE_FULL;
  return fault == DISK_FAULT_NONE ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

static int
handle_write (sqlite3_file *file, const void *buffer, int bytes, sqlite3_int64 at)
{
  LOCKED (handle_of (file)->disk, write_bytes (handle_of (file), buffer, bytes, at));
}

static int
truncate_to (Handle *self, sqlite3_int64 size)
{
  if (disk_fault_now (self->disk, DISK_TRUNCATE) != DISK_FAULT_NONE)
    return SQLITE_IOERR_TRUNCATE;
  disk_do_truncate (self->disk, self->inner, size);
  return SQLITE_OK;
}

static int
handle_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  LOCKED (handle_of (file)->disk, truncate_to (handle_of (file), size));
}

static int
sync_file (Handle *self)
{
  DiskFault fault = disk_fault_now (self->disk, DISK_SYNC);

  disk_do_sync (self->disk, self->inner, fault != DISK_FAULT_NONE);
  if (fault != DISK_FAULT_NONE)
    return SQLITE_IOERR_FSYNC;
  if (self->sync_directory == NULL)
    return SQLITE_OK;
  /* The unix VFS does not look at what comes of this one. */
  fault = disk_fault_now (self->disk, DISK_SYNC_DIRECTORY);
  disk_do_sync_directory (self->disk, self->sync_directory, fault != DISK_FAULT_NONE);
  g_clear_pointer (&self->sync_directory, g_free);
  return SQLITE_OK;
}

static int
handle_sync (sqlite3_file *file, int flags)
{
  LOCKED (handle_of (file)->disk, sync_file (handle_of (file)));
}

static int
look_at_size (Handle *self, sqlite3_int64 *size)
{
  if (disk_fault_now (self->disk, DISK_LOOK) != DISK_FAULT_NONE)
    return SQLITE_IOERR_FSTAT;
  *size = self->inner->content->len;
  return SQLITE_OK;
}

static int
handle_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  LOCKED (handle_of (file)->disk, look_at_size (handle_of (file), size));
}

/* The five levels of https://www.sqlite.org/lockingv3.html between the connections of one process. */
static int
raise_lock (Handle *self, int level)
{
  DiskFile *inner = self->inner;
  gboolean others_reserved = inner->reserved != NULL && inner->reserved != self;

  if (self->level >= level)
    return SQLITE_OK;
  if (level == SQLITE_LOCK_SHARED)
    {
      if (inner->pending)
        return SQLITE_BUSY;
      inner->shared++;
      self->level = level;
      return SQLITE_OK;
    }
  if (others_reserved)
    return SQLITE_BUSY;
  inner->reserved = self;
  if (level == SQLITE_LOCK_RESERVED)
    {
      self->level = level;
      return SQLITE_OK;
    }
  inner->pending = TRUE;
  self->level = SQLITE_LOCK_PENDING;
  if (inner->shared > 1)
    return SQLITE_BUSY;
  self->level = SQLITE_LOCK_EXCLUSIVE;
  return SQLITE_OK;
}

static int
handle_lock (sqlite3_file *file, int level)
{
  LOCKED (handle_of (file)->disk, raise_lock (handle_of (file), level));
}

static int
lower_lock (Handle *self, int level)
{
  DiskFile *inner = self->inner;

  if (self->level > SQLITE_LOCK_SHARED && inner->reserved == self)
    {
      inner->reserved = NULL;
      inner->pending = FALSE;
      self->level = SQLITE_LOCK_SHARED;
    }
  if (level == SQLITE_LOCK_NONE && self->level == SQLITE_LOCK_SHARED)
    {
      inner->shared--;
      self->level = SQLITE_LOCK_NONE;
    }
  return SQLITE_OK;
}

static int
handle_unlock (sqlite3_file *file, int level)
{
  LOCKED (handle_of (file)->disk, lower_lock (handle_of (file), level));
}

static int
handle_check_reserved_lock (sqlite3_file *file, int *result)
{
  *result = handle_of (file)->inner->reserved != NULL;
  return SQLITE_OK;
}

static int
handle_file_control (sqlite3_file *file, int operation, void *argument)
{
  if (operation != SQLITE_FCNTL_HAS_MOVED)
    return SQLITE_NOTFOUND;
  *(int *) argument = 0;
  return SQLITE_OK;
}

static int
handle_sector_size (sqlite3_file *file)
{
  return 4096;
}

static int
handle_device_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
map_shm (Handle *self, int region, int bytes, int extend, void volatile **memory)
{
  DiskFile *inner = self->inner;

  if (inner->shm == NULL)
    inner->shm = g_ptr_array_new_with_free_func (g_free);
  if (!self->uses_shm)
    inner->shm_users++;
  self->uses_shm = TRUE;
  *memory = NULL;
  if ((guint) region >= inner->shm->len && !extend)
    return SQLITE_OK;
  while ((guint) region >= inner->shm->len)
    g_ptr_array_add (inner->shm, g_malloc0 ((gsize) bytes));
  *memory = g_ptr_array_index (inner->shm, region);
  return SQLITE_OK;
}

static int
handle_shm_map (sqlite3_file *file, int region, int bytes, int extend, void volatile **memory)
{
  LOCKED (handle_of (file)->disk, map_shm (handle_of (file), region, bytes, extend, memory));
}

static gboolean
shm_slot_is_free (const Handle *self, int slot, gboolean exclusive, guint own)
{
  const DiskFile *inner = self->inner;

  return (inner->shm_exclusive[slot] == NULL || inner->shm_exclusive[slot] == self)
         && (!exclusive || inner->shm_shared[slot] == own);
}

/* SQLite gives back a shared lock before it takes the same one exclusively, so none of the shared ones is its own. */
static int
lock_shm (Handle *self, int first, int count, int flags)
{
  DiskFile *inner = self->inner;
  gboolean exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  gboolean take = (flags & SQLITE_SHM_LOCK) != 0;

  for (int slot = first; take && slot < first + count; slot++)
    if (!shm_slot_is_free (self, slot, exclusive, 0))
      return SQLITE_BUSY;
  for (int slot = first; slot < first + count; slot++)
    {
      if (exclusive)
        inner->shm_exclusive[slot] = take ? self : NULL;
      else
        inner->shm_shared[slot] += take ? 1 : -1;
    }
  return SQLITE_OK;
}

static int
handle_shm_lock (sqlite3_file *file, int first, int count, int flags)
{
  LOCKED (handle_of (file)->disk, lock_shm (handle_of (file), first, count, flags));
}

static void
handle_shm_barrier (sqlite3_file *file)
{
  Disk *disk = handle_of (file)->disk;

  g_mutex_lock (&disk->mutex);
  g_mutex_unlock (&disk->mutex);
}

static int
unmap_shm (Handle *self)
{
  DiskFile *inner = self->inner;

  if (!self->uses_shm)
    return SQLITE_OK;
  self->uses_shm = FALSE;
  if (--inner->shm_users == 0)
    g_clear_pointer (&inner->shm, g_ptr_array_unref);
  return SQLITE_OK;
}

static int
handle_shm_unmap (sqlite3_file *file, int delete_flag)
{
  LOCKED (handle_of (file)->disk, unmap_shm (handle_of (file)));
}

static int
close_handle (Handle *self)
{
  unmap_shm (self);
  lower_lock (self, SQLITE_LOCK_NONE);
  g_clear_pointer (&self->sync_directory, g_free);
  return SQLITE_OK;
}

static int
handle_close (sqlite3_file *file)
{
  LOCKED (handle_of (file)->disk, close_handle (handle_of (file)));
}

static const sqlite3_io_methods methods = {
  .iVersion = 2,
  .xClose = handle_close,
  .xRead = handle_read,
  .xWrite = handle_write,
  .xTruncate = handle_truncate,
  .xSync = handle_sync,
  .xFileSize = handle_file_size,
  .xLock = handle_lock,
  .xUnlock = handle_unlock,
  .xCheckReservedLock = handle_check_reserved_lock,
  .xFileControl = handle_file_control,
  .xSectorSize = handle_sector_size,
  .xDeviceCharacteristics = handle_device_characteristics,
  .xShmMap = handle_shm_map,
  .xShmLock = handle_shm_lock,
  .xShmBarrier = handle_shm_barrier,
  .xShmUnmap = handle_shm_unmap,
};

static int
open_file (Disk *disk, const char *path, Handle *self, int flags)
{
  DiskFile *inner = disk_find (disk, path);
  gboolean makes = inner == NULL && (flags & SQLITE_OPEN_CREATE) != 0;
  DiskFault fault = disk_fault_now (disk, makes ? DISK_CREATE : DISK_LOOK);

  *self = (Handle){ .disk = disk };
  if (fault == DISK_FAULT_FULL)
    return SQLITE_FULL;
  if (fault != DISK_FAULT_NONE || (inner == NULL && !makes) || !disk_has_parent (disk, path))
    return SQLITE_CANTOPEN;
  self->inner = makes ? disk_do_create (disk, path, FALSE) : inner;
  if (makes && (flags & SQLITE_OPEN_WAL) != 0)
    self->sync_directory = g_path_get_dirname (path);
  self->file.pMethods = &methods;
  return SQLITE_OK;
}

static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *flags_out)
{
  file->pMethods = NULL;
  if (name == NULL)
    return SQLITE_CANTOPEN;
  if (flags_out != NULL)
    *flags_out = flags;
  LOCKED (disk_of (vfs), open_file (disk_of (vfs), name, handle_of (file), flags));
}

static int
delete_file (Disk *disk, const char *path, int sync_directory)
{
  g_autofree char *directory = g_path_get_dirname (path);
  DiskFault fault;

  if (disk_fault_now (disk, DISK_REMOVE) != DISK_FAULT_NONE)
    return SQLITE_IOERR_DELETE;
  if (disk_find (disk, path) == NULL)
    return SQLITE_IOERR_DELETE_NOENT;
  disk_do_remove (disk, path);
  if (!sync_directory)
    return SQLITE_OK;
  fault = disk_fault_now (disk, DISK_SYNC_DIRECTORY);
  disk_do_sync_directory (disk, directory, fault != DISK_FAULT_NONE);
  return fault == DISK_FAULT_NONE ? SQLITE_OK : SQLITE_IOERR_DIR_FSYNC;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *path, int sync_directory)
{
  LOCKED (disk_of (vfs), delete_file (disk_of (vfs), path, sync_directory));
}

static int
access_file (Disk *disk, const char *path, int flags, int *result)
{
  const DiskFile *file = disk_find (disk, path);

  if (disk_fault_now (disk, DISK_LOOK) != DISK_FAULT_NONE)
    return SQLITE_IOERR_ACCESS;
  *result = file != NULL && (flags != SQLITE_ACCESS_EXISTS || file->is_directory || file->content->len > 0);
  return SQLITE_OK;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *path, int flags, int *result)
{
  LOCKED (disk_of (vfs), access_file (disk_of (vfs), path, flags, result));
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *path, int length, char *full)
{
  return g_strlcpy (full, path, (gsize) length) < (gsize) length ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* SQLite seeds its generator from here, and with it the salts of logs: a seed must replay. */
static int
vfs_randomness (sqlite3_vfs *vfs, int bytes, char *buffer)
{
  memset (buffer, 7, (gsize) bytes);
  return bytes;
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  g_usleep ((gulong) microseconds);
  return microseconds;
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *julian_day)
{
  *julian_day = 2461000.5;
  return SQLITE_OK;
}

static int
vfs_get_last_error (sqlite3_vfs *vfs, int length, char *text)
{
  return 0;
}

void
disk_vfs_init (Disk *disk)
{
  static gint serial;

  disk->vfs_name = g_strdup_printf ("disk-%d", g_atomic_int_add (&serial, 1));
  disk->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = sizeof (Handle),
    .mxPathname = 512,
    .zName = disk->vfs_name,
    .pAppData = disk,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
    .xGetLastError = vfs_get_last_error,
  };
  g_assert (sqlite3_vfs_register (&disk->vfs, FALSE) == SQLITE_OK);
}
