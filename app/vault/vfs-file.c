/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the vault's and the WAL's file methods have in common: the way down to the base VFS. Every byte that is
 * written or synced passes here, so this is where a failure becomes final. */

#include "app/vault/vfs-file.h"

#include "app/base/planted.h"

static YmShimFile *
shim_of (sqlite3_file *file)
{
  return (YmShimFile *) file;
}

int
ym_shim_open_below (YmShimFile *shim, YmVaultVfs *vfs, gsize own_bytes, const char *path, int flags, int *flags_out)
{
  int result;

  shim->vfs = vfs;
  shim->below = (sqlite3_file *) ((guint8 *) shim + own_bytes);
  shim->below->pMethods = NULL;
  result = vfs->base->xOpen (vfs->base, path, shim->below, flags, flags_out);
  if (result != SQLITE_OK && shim->below->pMethods != NULL)
    shim->below->pMethods->xClose (shim->below);
  return result;
}

int
ym_shim_close (sqlite3_file *file)
{
  sqlite3_file *below = shim_of (file)->below;

  return below->pMethods->xClose (below);
}

static gboolean
has_failed (YmShimFile *shim)
{
  return g_atomic_int_get (&shim->vfs->failed);
}

/* A full disk is not final: SQLite rolls the transaction back, and space can be made. Anything else may have left
 * the kernel believing that lost pages are clean. */
static int
note_failure (YmShimFile *shim, int result)
{
  if (result != SQLITE_OK && (result & 0xff) != SQLITE_FULL)
    g_atomic_int_set (&shim->vfs->failed, TRUE);
  return result;
}

int
ym_shim_read_below (YmShimFile *shim, void *buffer, int bytes, gint64 offset)
{
  return shim->below->pMethods->xRead (shim->below, buffer, bytes, offset);
}

int
ym_shim_write_below (YmShimFile *shim, const void *buffer, int bytes, gint64 offset)
{
  if (has_failed (shim))
    return SQLITE_IOERR_WRITE;
  return note_failure (shim, shim->below->pMethods->xWrite (shim->below, buffer, bytes, offset));
}

int
ym_shim_truncate_below (YmShimFile *shim, gint64 size)
{
  if (has_failed (shim))
    return SQLITE_IOERR_TRUNCATE;
  return note_failure (shim, shim->below->pMethods->xTruncate (shim->below, size));
}

int
ym_shim_sync (sqlite3_file *file, int flags)
{
  YmShimFile *shim = shim_of (file);

  if (has_failed (shim))
    return SQLITE_IOERR_FSYNC;
  if (ym_planted ("no-fsync"))
    return SQLITE_OK;
  return note_failure (shim, shim->below->pMethods->xSync (shim->below, flags));
}

int
ym_shim_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  sqlite3_file *below = shim_of (file)->below;

  return below->pMethods->xFileSize (below, size);
}

int
ym_shim_lock (sqlite3_file *file, int level)
{
  sqlite3_file *below = shim_of (file)->below;

  return below->pMethods->xLock (below, level);
}

int
ym_shim_unlock (sqlite3_file *file, int level)
{
  sqlite3_file *below = shim_of (file)->below;

  return below->pMethods->xUnlock (below, level);
}

int
ym_shim_check_reserved_lock (sqlite3_file *file, int *result)
{
  sqlite3_file *below = shim_of (file)->below;

  return below->pMethods->xCheckReservedLock (below, result);
}

int
ym_shim_sector_size (sqlite3_file *file)
{
  sqlite3_file *below = shim_of (file)->below;

  return below->pMethods->xSectorSize (below);
}

/* Promises of the disk about pages that SQLite wrote don't hold for what we write in their place. That a torn
 * write leaves neighbouring bytes alone does: without it SQLite would pad and split the frames. */
int
ym_shim_device_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
