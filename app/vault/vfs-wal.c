/* SPDX-License-Identifier: GPL-3.0-or-later */

/* File methods of the WAL. SQLite (wal.c) writes the file's header, and for each frame its header and then its
 * page; a transaction that outgrew the cache writes a page again into a frame that it has (and later only that
 * frame's header). Frames are kept back until the one that commits, then go out sealed in one write.
 *
 *   0        32                  32 + 4120
 *   +--------+--------+----------+--------+----------+
 *   | header | header |   page   | header |   page   | ...
 *   +--------+--------+----------+--------+----------+
 */

#include "app/vault/vfs-file.h"

#include <sodium.h>
#include <string.h>

#define BUFFER_BYTES (YM_WAL_BUFFER_FRAMES * YM_FRAME_BYTES)

static YmWalFile *
wal_of (sqlite3_file *file)
{
  return (YmWalFile *) file;
}

gsize
ym_wal_file_bytes (void)
{
  return (sizeof (YmWalFile) + 15) & ~(gsize) 15;
}

static gint64
frame_start (gint64 offset)
{
  return offset - (offset - YM_WAL_HEADER_BYTES) % YM_FRAME_BYTES;
}

void
ym_wal_file_discard (YmWalFile *wal)
{
  wal->buffered_bytes = 0;
  wal->rechecksum_at = -1;
}

/* Called from writes and syncs alone: there a failure ends the transaction, so frames that were lost can't be missed. */
static int
flush (YmWalFile *wal)
{
  guint bytes = wal->buffered_bytes;

  if (bytes == 0)
    return SQLITE_OK;
  wal->buffered_bytes = 0;
  /* A header without its page can't be sealed; SQLite never leaves one. */
  if (bytes % YM_FRAME_BYTES != 0)
    return SQLITE_IOERR_WRITE;
  for (guint at = 0; at < bytes; at += YM_FRAME_BYTES)
    ym_frame_close (wal->shim.vfs->seal, wal->buffer_at + at, wal->buffer + at);
  return ym_shim_write_below (&wal->shim, wal->buffer, bytes, wal->buffer_at);
}

/* The buffered frame that begins at @at, or NULL. */
static guint8 *
find_buffered (YmWalFile *wal, gint64 at)
{
  if (at < wal->buffer_at || at + YM_FRAME_BYTES > wal->buffer_at + wal->buffered_bytes)
    return NULL;
  return wal->buffer + (at - wal->buffer_at);
}

/* Brings the frame that begins at @at into wal->frame, plain. */
static int
load_frame (YmWalFile *wal, gint64 at)
{
  const guint8 *buffered = find_buffered (wal, at);
  int result;

  if (buffered != NULL)
    {
      memcpy (wal->frame, buffered, YM_FRAME_BYTES);
      return SQLITE_OK;
    }
  result = ym_shim_read_below (&wal->shim, wal->frame, YM_FRAME_BYTES, at);
  if (result != SQLITE_OK)
    return result == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_DATA : result;
  if (!ym_frame_open (wal->shim.vfs->seal, at, wal->frame))
    return SQLITE_IOERR_DATA;
  return SQLITE_OK;
}

/* Any part of the file's header. One that is not ours is handed on as it is: its checksum does not fit, and SQLite
 * takes the log for empty, as it is after a crash before its first commit. */
static int
read_file_header (YmWalFile *wal, void *buffer, int bytes, gint64 offset)
{
  guint8 header[YM_WAL_HEADER_BYTES];
  int result = ym_shim_read_below (&wal->shim, header, sizeof header, 0);

  if (result != SQLITE_OK)
    return result;
  if (!ym_wal_header_restore (header))
    memset (header, 0, sizeof header);
  memcpy (buffer, header + offset, bytes);
  return SQLITE_OK;
}

/* SQLite reads whole frames when it reads the log back after a crash, where one that does not authenticate is the
 * end of what was committed; and when it puts new checksums on frames of its own transaction, where it is an error. */
static int
read_whole_frame (YmWalFile *wal, void *buffer, gint64 offset)
{
  int result = load_frame (wal, offset);

  if (result == SQLITE_IOERR_DATA && wal->vault->recovering)
    {
      memset (buffer, 0, YM_FRAME_BYTES); /* page number 0: no frame */
      return SQLITE_OK;
    }
  if (result != SQLITE_OK)
    return result;
  memcpy (buffer, wal->frame, YM_FRAME_BYTES);
  wal->rechecksum_at = wal->vault->recovering ? -1 : offset;
  return SQLITE_OK;
}

static int
wal_read (sqlite3_file *file, void *buffer, int bytes, sqlite3_int64 offset)
{
  YmWalFile *wal = wal_of (file);
  gint64 start = frame_start (offset);
  gint64 within = offset - start;
  int result;

  wal->rechecksum_at = -1;
  if (offset + bytes <= YM_WAL_HEADER_BYTES)
    return read_file_header (wal, buffer, bytes, offset);
  if (offset < YM_WAL_HEADER_BYTES || within + bytes > YM_FRAME_BYTES)
    return SQLITE_IOERR_READ;
  if (within == 0 && bytes == YM_FRAME_BYTES)
    return read_whole_frame (wal, buffer, offset);
  if (wal->vault->checkpointing && within == YM_FRAME_HEADER_BYTES && bytes == YM_PAGE_BYTES)
    {
      /* As it is: vault_write() verifies it against the page that it becomes. */
      result = ym_shim_read_below (&wal->shim, buffer, bytes, offset);
      return result == SQLITE_IOERR_SHORT_READ ? SQLITE_IOERR_DATA : result;
    }
  result = load_frame (wal, start);
  if (result == SQLITE_OK)
    memcpy (buffer, wal->frame + within, bytes);
  return result;
}

static int
write_file_header (YmWalFile *wal, const void *buffer)
{
  guint8 header[YM_WAL_HEADER_BYTES];

  memcpy (header, buffer, sizeof header);
  ym_wal_header_poison (header);
  return ym_shim_write_below (&wal->shim, header, sizeof header, 0);
}

/* A new header for a frame that is in the file: all of it is sealed anew, for a nonce serves once. */
static int
rewrite_frame_header (YmWalFile *wal, const void *header, gint64 offset)
{
  memcpy (wal->frame, header, YM_FRAME_HEADER_BYTES);
  wal->rechecksum_at = -1;
  ym_frame_close (wal->shim.vfs->seal, offset, wal->frame);
  return ym_shim_write_below (&wal->shim, wal->frame, YM_FRAME_BYTES, offset);
}

static int
begin_frame (YmWalFile *wal, const void *header, gint64 offset)
{
  gint64 end = wal->buffer_at + wal->buffered_bytes;
  int result = SQLITE_OK;

  /* Back behind what is buffered: SQLite has undone those frames (a savepoint was rolled back). */
  if (wal->buffered_bytes > 0 && offset < end)
    wal->buffered_bytes = MAX (offset - wal->buffer_at, 0);
  else if (wal->buffered_bytes > 0 && (offset > end || wal->buffered_bytes == BUFFER_BYTES))
    result = flush (wal);
  if (result != SQLITE_OK)
    return result;
  if (wal->buffered_bytes == 0)
    wal->buffer_at = offset;
  memcpy (wal->buffer + wal->buffered_bytes, header, YM_FRAME_HEADER_BYTES);
  wal->buffered_bytes += YM_FRAME_HEADER_BYTES;
  return SQLITE_OK;
}

/* Bytes 4 to 7 of a frame's header: the size of the database after the commit that this frame ends, or 0. */
static gboolean
commits (const guint8 *header)
{
  return !sodium_is_zero (header + 4, 4);
}

static int
write_page (YmWalFile *wal, const void *page, gint64 offset)
{
  gint64 start = offset - YM_FRAME_HEADER_BYTES;
  guint8 *buffered;
  int result;

  if (wal->buffered_bytes > 0 && offset == wal->buffer_at + wal->buffered_bytes)
    {
      guint8 *frame = wal->buffer + (start - wal->buffer_at);

      memcpy (frame + YM_FRAME_HEADER_BYTES, page, YM_PAGE_BYTES);
      wal->buffered_bytes += YM_PAGE_BYTES;
      return commits (frame) ? flush (wal) : SQLITE_OK;
    }
  /* Without a header before it, the page replaces that of a frame of this transaction. */
  buffered = find_buffered (wal, start);
  if (buffered != NULL)
    {
      memcpy (buffered + YM_FRAME_HEADER_BYTES, page, YM_PAGE_BYTES);
      return SQLITE_OK;
    }
  result = load_frame (wal, start);
  if (result != SQLITE_OK)
    return result;
  memcpy (wal->frame + YM_FRAME_HEADER_BYTES, page, YM_PAGE_BYTES);
  ym_frame_close (wal->shim.vfs->seal, start, wal->frame);
  return ym_shim_write_below (&wal->shim, wal->frame, YM_FRAME_BYTES, start);
}

static int
wal_write (sqlite3_file *file, const void *buffer, int bytes, sqlite3_int64 offset)
{
  YmWalFile *wal = wal_of (file);
  gint64 within = (offset - YM_WAL_HEADER_BYTES) % YM_FRAME_BYTES;

  if (offset == 0 && bytes == YM_WAL_HEADER_BYTES)
    return write_file_header (wal, buffer);
  if (offset < YM_WAL_HEADER_BYTES)
    return SQLITE_IOERR_WRITE;
  if (bytes == YM_FRAME_HEADER_BYTES && within == 0)
    return offset == wal->rechecksum_at ? rewrite_frame_header (wal, buffer, offset)
                                        : begin_frame (wal, buffer, offset);
  if (bytes == YM_PAGE_BYTES && within == YM_FRAME_HEADER_BYTES && ym_page_is_sealable (buffer))
    return write_page (wal, buffer, offset);
  return SQLITE_IOERR_WRITE;
}

static int
wal_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  YmWalFile *wal = wal_of (file);

  ym_wal_file_discard (wal);
  return ym_shim_truncate_below (&wal->shim, size);
}

static int
wal_sync (sqlite3_file *file, int flags)
{
  int result = flush (wal_of (file));

  return result == SQLITE_OK ? ym_shim_sync (file, flags) : result;
}

static int
wal_close (sqlite3_file *file)
{
  YmWalFile *wal = wal_of (file);

  if (wal->vault->wal == wal)
    wal->vault->wal = NULL;
  sodium_memzero (wal->buffer, BUFFER_BYTES);
  sodium_memzero (wal->frame, sizeof wal->frame);
  g_free (wal->buffer);
  return ym_shim_close (file);
}

static int
wal_file_control (sqlite3_file *file, int operation, void *argument)
{
  return SQLITE_NOTFOUND;
}

static const sqlite3_io_methods wal_methods = {
  .iVersion = 1,
  .xClose = wal_close,
  .xRead = wal_read,
  .xWrite = wal_write,
  .xTruncate = wal_truncate,
  .xSync = wal_sync,
  .xFileSize = ym_shim_file_size,
  .xLock = ym_shim_lock,
  .xUnlock = ym_shim_unlock,
  .xCheckReservedLock = ym_shim_check_reserved_lock,
  .xFileControl = wal_file_control,
  .xSectorSize = ym_shim_sector_size,
  .xDeviceCharacteristics = ym_shim_device_characteristics,
};

int
ym_wal_file_open (YmVaultVfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out)
{
  YmWalFile *wal = wal_of (file);
  YmVaultFile *vault = ym_vault_file_cast (vfs, sqlite3_database_file_object (path));
  int result;

  if (vault == NULL || vault->wal != NULL)
    return SQLITE_CANTOPEN;
  memset (wal, 0, sizeof *wal);
  result = ym_shim_open_below (&wal->shim, vfs, ym_wal_file_bytes (), path, flags, flags_out);
  if (result != SQLITE_OK)
    return result;
  wal->vault = vault;
  wal->buffer = g_malloc (BUFFER_BYTES);
  wal->rechecksum_at = -1;
  vault->wal = wal;
  file->pMethods = &wal_methods;
  return SQLITE_OK;
}
