/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds what recovery would pass over, and makes durable what it will believe. */

#include "app/vault/wal-survey.h"

#include <string.h>

#include "app/base/planted.h"
#include "app/vault/database.h"
#include "app/vault/vfs-file.h"

#define WRITE_BYTES 65536 /* the unix VFS writes less than 128 KiB at once */

static gboolean
is_whole (YmVaultVfs *vfs, const guint8 *wal, gsize length)
{
  guint8 header[YM_WAL_HEADER_BYTES];
  guint8 frame[YM_FRAME_BYTES];

  memcpy (header, wal, sizeof header);
  if (!ym_wal_header_restore (header))
    return FALSE;
  /* Frames of an earlier round behind those of this one authenticate as well. */
  for (gsize at = YM_WAL_HEADER_BYTES; length - at >= YM_FRAME_BYTES; at += YM_FRAME_BYTES)
    {
      memcpy (frame, wal + at, sizeof frame);
      if (!ym_frame_open (vfs->seal, at, frame))
        return FALSE;
    }
  return TRUE;
}

static int
read_file (sqlite3_file *file, GBytes **contents)
{
  g_autofree guint8 *data = NULL;
  sqlite3_int64 size;
  int result = file->pMethods->xFileSize (file, &size);

  for (sqlite3_int64 at = 0; result == SQLITE_OK && at < size; at += YM_PAGE_BYTES)
    {
      if (at == 0)
        data = g_malloc (size);
      result = file->pMethods->xRead (file, data + at, MIN (size - at, YM_PAGE_BYTES), at);
    }
  if (result == SQLITE_OK)
    *contents = g_bytes_new_take (g_steal_pointer (&data), size);
  return result;
}

/* After a sync that failed the kernel goes on showing what never reached the medium, and takes it for written: recovery
 * would believe those frames, later commits follow them, and a power cut take both. Written again they are dirty
 * again, and this sync counts. The bytes are the same, so a cut in between makes nothing worse. */
static int
write_back (sqlite3_file *file, GBytes *contents)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (contents, &length);
  int result = SQLITE_OK;

  for (gsize at = 0; result == SQLITE_OK && at < length; at += WRITE_BYTES)
    result = file->pMethods->xWrite (file, data + at, (int) MIN (length - at, WRITE_BYTES), (sqlite3_int64) at);
  return result == SQLITE_OK && length > 0 ? file->pMethods->xSync (file, SQLITE_SYNC_NORMAL) : result;
}

static gboolean
exists (YmVaultVfs *vfs, const char *path)
{
  int found = 0;

  return vfs->base->xAccess (vfs->base, path, SQLITE_ACCESS_EXISTS, &found) != SQLITE_OK || found;
}

/* Without a vault (which opening will complain of) the unix VFS can't open its WAL. */
static int
settle_wal (YmVaultVfs *vfs, GBytes **contents)
{
  const int flags = SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE;
  g_autofree sqlite3_file *file = g_malloc0 (vfs->base->szOsFile);
  sqlite3_filename name = sqlite3_create_filename (vfs->vault_path, "", vfs->wal_path, 0, NULL);
  gboolean both = exists (vfs, vfs->vault_path) && exists (vfs, vfs->wal_path);
  int result = SQLITE_OK;

  if (both)
    result = vfs->base->xOpen (vfs->base, sqlite3_filename_wal (name), file, flags, NULL);
  if (both && result == SQLITE_OK)
    result = read_file (file, contents);
  if (*contents != NULL && !ym_planted ("settle"))
    result = write_back (file, *contents);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  sqlite3_free_filename (name);
  return result;
}

gboolean
ym_wal_survey (YmVaultVfs *vfs, GBytes **remains, GError **error)
{
  g_autoptr (GBytes) wal = NULL;
  int result = settle_wal (vfs, &wal);

  *remains = NULL;
  if (result != SQLITE_OK)
    {
      ym_database_set_error (error, NULL, result);
      return FALSE;
    }
  if (wal != NULL && g_bytes_get_size (wal) >= YM_WAL_HEADER_BYTES + YM_FRAME_BYTES
      && !is_whole (vfs, g_bytes_get_data (wal, NULL), g_bytes_get_size (wal)))
    *remains = g_steal_pointer (&wal);
  return TRUE;
}
