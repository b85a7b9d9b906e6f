/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A vault under another key: every page of the file opened and sealed afresh into a new one, which is read back and
 * compared before anybody relies on it. Below SQLite, so that the pages are the same whatever they hold. */

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/database.h"
#include "app/vault/vfs-file.h"

typedef struct {
  YmVaultVfs *to;
  sqlite3_file *file; /* of @to, while it is open */
  int (*each) (YmVaultVfs *to, sqlite3_file *file, guint32 number, guint8 *page);
} Resealing;

static int
reseal_page (YmVaultVfs *to, sqlite3_file *file, guint32 number, guint8 *page)
{
  ym_page_close (to->seal, number, page);
  return file->pMethods->xWrite (file, page, YM_PAGE_BYTES, (gint64) (number - 1) * YM_PAGE_BYTES);
}

static int
compare_page (YmVaultVfs *to, sqlite3_file *file, guint32 number, guint8 *page)
{
  guint8 other[YM_PAGE_BYTES];
  int result = file->pMethods->xRead (file, other, sizeof other, (gint64) (number - 1) * YM_PAGE_BYTES);
  gboolean same = result == SQLITE_OK && ym_page_open (to->seal, number, other) && memcmp (other, page, sizeof other) == 0;

  sodium_memzero (other, sizeof other);
  return result == SQLITE_OK && !same ? SQLITE_IOERR_DATA : result;
}

/* Lends each page of @from, plain, with the file of @to beside. */
static int
for_each_page (YmVaultVfs *from, sqlite3_file *file, gpointer data)
{
  const Resealing *resealing = data;
  guint8 page[YM_PAGE_BYTES];
  sqlite3_int64 size;
  int result = file->pMethods->xFileSize (file, &size);

  if (result == SQLITE_OK && (size == 0 || size % YM_PAGE_BYTES != 0))
    result = SQLITE_IOERR_DATA;
  for (gint64 at = 0; result == SQLITE_OK && at < size; at += YM_PAGE_BYTES)
    {
      guint32 number = (guint32) (at / YM_PAGE_BYTES) + 1;

      result = file->pMethods->xRead (file, page, sizeof page, at);
      if (result == SQLITE_OK && !ym_page_open (from->seal, number, page))
        result = SQLITE_IOERR_DATA;
      if (result == SQLITE_OK)
        result = resealing->each (resealing->to, resealing->file, number, page);
    }
  sodium_memzero (page, sizeof page);
  return result;
}

static int
write_pages (YmVaultVfs *to, sqlite3_file *file, gpointer from)
{
  Resealing resealing = { to, file, reseal_page };
  int result = file->pMethods->xTruncate (file, 0);

  if (result == SQLITE_OK)
    result = ym_vault_vfs_with_file (from, 0, for_each_page, &resealing);
  if (result == SQLITE_OK)
    result = file->pMethods->xSync (file, SQLITE_SYNC_FULL);
  return result;
}

static int
compare_pages (YmVaultVfs *to, sqlite3_file *file, gpointer from)
{
  Resealing resealing = { to, file, compare_page };

  return ym_vault_vfs_with_file (from, 0, for_each_page, &resealing);
}

gboolean
ym_vault_vfs_reseal (YmVaultVfs *from, YmVaultVfs *to, GError **error)
{
  int result = ym_vault_vfs_with_file (to, SQLITE_OPEN_CREATE, write_pages, from);

  if (result == SQLITE_OK)
    result = ym_vault_vfs_with_file (to, 0, compare_pages, from);
  if (result != SQLITE_OK)
    ym_database_set_error (error, NULL, result);
  return result == SQLITE_OK;
}

static int
judge_first_page (YmVaultVfs *vfs, sqlite3_file *file, gpointer data)
{
  const guint8 *right = ym_page_seal_key_check (vfs->seal);
  gboolean *fits = data;
  guint8 page[YM_PAGE_BYTES];
  int result = file->pMethods->xRead (file, page, sizeof page, 0);

  *fits = result == SQLITE_OK && memcmp (page, right, YM_PAGE_CHECK_BYTES) == 0;
  if (result != SQLITE_OK || *fits)
    return result == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : result;
  /* The key check alone may be damaged. */
  memcpy (page, right, YM_PAGE_CHECK_BYTES);
  *fits = ym_page_open (vfs->seal, 1, page);
  sodium_memzero (page, sizeof page);
  return result;
}

gboolean
ym_vault_vfs_fits (YmVaultVfs *vfs, gboolean *fits, GError **error)
{
  int exists = 0;
  int result = vfs->base->xAccess (vfs->base, vfs->vault_path, SQLITE_ACCESS_EXISTS, &exists);

  *fits = FALSE;
  if (result == SQLITE_OK && exists)
    result = ym_vault_vfs_with_file (vfs, 0, judge_first_page, fits);
  if (result != SQLITE_OK)
    ym_database_set_error (error, NULL, result);
  return result == SQLITE_OK;
}

gboolean
ym_vault_vfs_has_log (YmVaultVfs *vfs)
{
  int exists = 0;

  return vfs->base->xAccess (vfs->base, vfs->wal_path, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK || exists;
}
