/* SPDX-License-Identifier: GPL-3.0-or-later */

/* File methods of the vault itself. In WAL mode SQLite writes it only while checkpointing, and what it then
 * copies are pages as the WAL has them, sealed. */

#include "app/vault/vfs-file.h"

#include <string.h>

/* Slots of SQLite's wal-index locks (wal.c): the writer's, and the one held while the log is read back. */
#define WAL_WRITE_SLOT 0
#define WAL_RECOVER_SLOT 2

static YmVaultFile *
vault_of (sqlite3_file *file)
{
  return (YmVaultFile *) file;
}

gsize
ym_vault_file_bytes (void)
{
  return (sizeof (YmVaultFile) + 15) & ~(gsize) 15;
}

/* The 100 bytes that SQLite looks at before it knows of the WAL. They are the same for every vault, so they are
 * answered from here: page 1 may be torn by a power cut in a checkpoint, and is then in the WAL. */
static int
answer_header (void *buffer, int bytes)
{
  guint8 page[YM_PAGE_BYTES];

  ym_page_first (page);
  memcpy (buffer, page, bytes);
  return SQLITE_OK;
}

static int
vault_read (sqlite3_file *file, void *buffer, int bytes, sqlite3_int64 offset)
{
  YmVaultFile *vault = vault_of (file);
  gint64 number = offset / YM_PAGE_BYTES + 1;
  gint64 within = offset % YM_PAGE_BYTES;
  guint8 page[YM_PAGE_BYTES];
  guint8 *whole = bytes == YM_PAGE_BYTES ? buffer : page;
  int result;

  if (offset == 0 && bytes == 100)
    return answer_header (buffer, bytes);
  if (number > G_MAXUINT32 || within + bytes > YM_PAGE_BYTES)
    return SQLITE_IOERR_READ;
  result = ym_shim_read_below (&vault->shim, whole, YM_PAGE_BYTES, offset - within);
  /* SQLite takes a short read for a page of zeros, and no page of a vault is missing. */
  if (result == SQLITE_IOERR_SHORT_READ)
    return SQLITE_IOERR_DATA;
  if (result != SQLITE_OK)
    return result;
  if (!ym_page_open (vault->shim.vfs->seal, number, whole))
    return SQLITE_IOERR_DATA;
  if (whole != buffer)
    memcpy (buffer, page + within, bytes);
  return SQLITE_OK;
}

/* Pages that were never written (SQLite leaves out the one at 1 GiB) must still authenticate. */
static int
fill_with_zero_pages (YmVaultFile *vault, gint64 to)
{
  guint8 page[YM_PAGE_BYTES];
  sqlite3_int64 size;
  int result;

  if (to <= vault->end_at)
    return SQLITE_OK;
  result = ym_shim_file_size (&vault->shim.file, &size);
  /* A page that a crash left cut short is one that is written again from the WAL. */
  for (gint64 at = size - size % YM_PAGE_BYTES; result == SQLITE_OK && at < to; at += YM_PAGE_BYTES)
    {
      memset (page, 0, sizeof page);
      ym_page_close (vault->shim.vfs->seal, at / YM_PAGE_BYTES + 1, page);
      result = ym_shim_write_below (&vault->shim, page, sizeof page, at);
    }
  if (result == SQLITE_OK)
    vault->end_at = MAX (size - size % YM_PAGE_BYTES, to);
  return result;
}

static int
vault_write (sqlite3_file *file, const void *buffer, int bytes, sqlite3_int64 offset)
{
  YmVaultFile *vault = vault_of (file);
  guint8 page[YM_PAGE_BYTES];
  int result;

  if (!vault->checkpointing || bytes != YM_PAGE_BYTES || offset % YM_PAGE_BYTES != 0
      || offset / YM_PAGE_BYTES >= G_MAXUINT32)
    return SQLITE_IOERR_WRITE;
  memcpy (page, buffer, sizeof page);
  if (!ym_page_from_frame (vault->shim.vfs->seal, offset / YM_PAGE_BYTES + 1, page))
    return SQLITE_IOERR_DATA;
  result = fill_with_zero_pages (vault, offset);
  if (result == SQLITE_OK)
    result = ym_shim_write_below (&vault->shim, page, sizeof page, offset);
  if (result == SQLITE_OK)
    vault->end_at = MAX (vault->end_at, offset + YM_PAGE_BYTES);
  return result;
}

static int
vault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  YmVaultFile *vault = vault_of (file);
  sqlite3_int64 now;
  int result = ym_shim_file_size (file, &now);

  if (result != SQLITE_OK)
    return result;
  if (size < YM_PAGE_BYTES || size % YM_PAGE_BYTES != 0)
    return SQLITE_IOERR_TRUNCATE;
  vault->end_at = 0;
  if (size > now)
    return fill_with_zero_pages (vault, size);
  return ym_shim_truncate_below (&vault->shim, size);
}

/* What would take SQLite off the one way of working that the vault knows. */
static int
judge_pragma (char **arguments)
{
  static const char *const refused[] = { "journal_mode", "locking_mode", "mmap_size", "page_size" };

  if (arguments[2] == NULL)
    return SQLITE_NOTFOUND;
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_ascii_strcasecmp (arguments[1], refused[i]) == 0)
      {
        arguments[0] = sqlite3_mprintf ("PRAGMA %s can't be changed in a vault", refused[i]);
        return SQLITE_ERROR;
      }
  return SQLITE_NOTFOUND;
}

static int
vault_file_control (sqlite3_file *file, int operation, void *argument)
{
  YmVaultFile *vault = vault_of (file);
  sqlite3_file *below = vault->shim.below;

  switch (operation)
    {
    case SQLITE_FCNTL_CKPT_START:
    case SQLITE_FCNTL_CKPT_DONE:
      vault->checkpointing = operation == SQLITE_FCNTL_CKPT_START;
      vault->end_at = 0;
      return SQLITE_OK;
    case SQLITE_FCNTL_PRAGMA:
      return judge_pragma (argument);
    case SQLITE_FCNTL_PERSIST_WAL:
    case SQLITE_FCNTL_LAST_ERRNO:
    case SQLITE_FCNTL_LOCKSTATE:
    case SQLITE_FCNTL_HAS_MOVED:
      return below->pMethods->xFileControl (below, operation, argument);
    default:
      return SQLITE_NOTFOUND; /* growth in chunks, mmap and atomic writes among them */
    }
}

/* With a -shm file the plain checksums of frames would be on the disk, and other processes let in. */
static gboolean
shm_file_exists (YmVaultVfs *vfs)
{
  int exists = 0;

  return vfs->base->xAccess (vfs->base, vfs->shm_path, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK || exists;
}

static int
vault_shm_map (sqlite3_file *file, int region, int region_bytes, int extend, void volatile **memory)
{
  YmVaultFile *vault = vault_of (file);
  sqlite3_file *below = vault->shim.below;
  int result;

  if (region == 0 && shm_file_exists (vault->shim.vfs))
    return SQLITE_CANTOPEN;
  result = below->pMethods->xShmMap (below, region, region_bytes, extend, memory);
  if (region == 0 && result == SQLITE_OK && shm_file_exists (vault->shim.vfs))
    return SQLITE_CANTOPEN;
  return result;
}

static gboolean
covers (int slot, int first, int count)
{
  return slot >= first && slot < first + count;
}

static int
vault_shm_lock (sqlite3_file *file, int first, int count, int flags)
{
  YmVaultFile *vault = vault_of (file);
  sqlite3_file *below = vault->shim.below;
  gboolean take = flags & SQLITE_SHM_LOCK;
  gboolean exclusive = flags & SQLITE_SHM_EXCLUSIVE;
  int result;

  if (exclusive && take && covers (WAL_WRITE_SLOT, first, count) && g_atomic_int_get (&vault->shim.vfs->failed))
    return SQLITE_IOERR_LOCK;
  if (exclusive && !take && covers (WAL_WRITE_SLOT, first, count) && vault->wal != NULL)
    ym_wal_file_discard (vault->wal);
  result = below->pMethods->xShmLock (below, first, count, flags);
  if (result == SQLITE_OK && exclusive && covers (WAL_RECOVER_SLOT, first, count))
    vault->recovering = take;
  return result;
}

static void
vault_shm_barrier (sqlite3_file *file)
{
  sqlite3_file *below = vault_of (file)->shim.below;

  below->pMethods->xShmBarrier (below);
}

static int
vault_shm_unmap (sqlite3_file *file, int delete_flag)
{
  sqlite3_file *below = vault_of (file)->shim.below;

  return below->pMethods->xShmUnmap (below, delete_flag);
}

/* Version 2: without xFetch SQLite can't map a file of sealed pages. */
static const sqlite3_io_methods vault_methods = {
  .iVersion = 2,
  .xClose = ym_shim_close,
  .xRead = vault_read,
  .xWrite = vault_write,
  .xTruncate = vault_truncate,
  .xSync = ym_shim_sync,
  .xFileSize = ym_shim_file_size,
  .xLock = ym_shim_lock,
  .xUnlock = ym_shim_unlock,
  .xCheckReservedLock = ym_shim_check_reserved_lock,
  .xFileControl = vault_file_control,
  .xSectorSize = ym_shim_sector_size,
  .xDeviceCharacteristics = ym_shim_device_characteristics,
  .xShmMap = vault_shm_map,
  .xShmLock = vault_shm_lock,
  .xShmBarrier = vault_shm_barrier,
  .xShmUnmap = vault_shm_unmap,
};

YmVaultFile *
ym_vault_file_cast (YmVaultVfs *vfs, sqlite3_file *file)
{
  if (file == NULL || file->pMethods != &vault_methods || vault_of (file)->shim.vfs != vfs)
    return NULL;
  return vault_of (file);
}

/* Before SQLite sees the file: with the wrong key it would find no frame in the WAL and delete it. */
static int
check_key (YmVaultFile *vault)
{
  guint8 found[YM_PAGE_CHECK_BYTES];
  int result = ym_shim_read_below (&vault->shim, found, sizeof found, 0);

  if (result == SQLITE_IOERR_SHORT_READ)
    return SQLITE_CORRUPT;
  if (result != SQLITE_OK)
    return result;
  if (memcmp (found, ym_page_seal_key_check (vault->shim.vfs->seal), sizeof found) != 0)
    return SQLITE_NOTADB;
  return SQLITE_OK;
}

int
ym_vault_file_open (YmVaultVfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out)
{
  YmVaultFile *vault = vault_of (file);
  int result;

  memset (vault, 0, sizeof *vault);
  /* Towards the base always for writing: a connection that is read-only there would make a -shm file. */
  flags &= ~(SQLITE_OPEN_READONLY | SQLITE_OPEN_CREATE);
  flags |= SQLITE_OPEN_READWRITE;
  result = ym_shim_open_below (&vault->shim, vfs, ym_vault_file_bytes (), path, flags, flags_out);
  if (result != SQLITE_OK)
    return result;
  result = check_key (vault);
  if (result != SQLITE_OK)
    {
      ym_shim_close (file);
      return result;
    }
  file->pMethods = &vault_methods;
  return SQLITE_OK;
}
