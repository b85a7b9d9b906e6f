/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The encrypting VFS: which files there may be, and how SQLite comes to know of it. */

#include "app/vault/vfs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/database.h"
#include "app/vault/vfs-file.h"

static YmVaultVfs *
vault_vfs_of (sqlite3_vfs *vfs)
{
  return (YmVaultVfs *) vfs;
}

static int
vfs_open (sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *flags_out)
{
  YmVaultVfs *self = vault_vfs_of (vfs);

  file->pMethods = NULL;
  if (name == NULL)
    return SQLITE_CANTOPEN; /* a temporary file: the temporary store is in memory */
  if ((flags & SQLITE_OPEN_MAIN_DB) && strcmp (name, self->vault_path) == 0)
    return ym_vault_file_open (self, name, file, flags, flags_out);
  if ((flags & SQLITE_OPEN_WAL) && strcmp (name, self->wal_path) == 0)
    return ym_wal_file_open (self, name, file, flags, flags_out);
  return SQLITE_CANTOPEN;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_directory)
{
  YmVaultVfs *self = vault_vfs_of (vfs);

  if (ym_vault_vfs_has_failed (self) || strcmp (name, self->wal_path) != 0)
    return SQLITE_IOERR_DELETE;
  return self->base->xDelete (self->base, name, sync_directory);
}

/* A rollback journal beside the vault is none of ours: SQLite must not try to play it back. */
static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  YmVaultVfs *self = vault_vfs_of (vfs);

  if (strcmp (name, self->vault_path) == 0 || strcmp (name, self->wal_path) == 0)
    return self->base->xAccess (self->base, name, flags, result);
  *result = 0;
  return SQLITE_OK;
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *name, int length, char *path)
{
  sqlite3_vfs *base = vault_vfs_of (vfs)->base;

  return base->xFullPathname (base, name, length, path);
}

static int
vfs_randomness (sqlite3_vfs *vfs, int bytes, char *buffer)
{
  sqlite3_vfs *base = vault_vfs_of (vfs)->base;

  return base->xRandomness (base, bytes, buffer);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  sqlite3_vfs *base = vault_vfs_of (vfs)->base;

  return base->xSleep (base, microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *julian_day)
{
  sqlite3_vfs *base = vault_vfs_of (vfs)->base;

  return base->xCurrentTime (base, julian_day);
}

static int
vfs_get_last_error (sqlite3_vfs *vfs, int length, char *text)
{
  sqlite3_vfs *base = vault_vfs_of (vfs)->base;

  return base->xGetLastError != NULL ? base->xGetLastError (base, length, text) : 0;
}

/* As SQLite will hand it to xOpen: absolute, symbolic links resolved. */
static char *
full_pathname (sqlite3_vfs *base, const char *path)
{
  char *full = g_malloc0 (base->mxPathname + 1);

  if ((base->xFullPathname (base, path, base->mxPathname + 1, full) & 0xff) == SQLITE_OK)
    return full;
  g_free (full);
  return g_strdup (path);
}

YmVaultVfs *
ym_vault_vfs_new (const char *base, const char *path, const YmId *store_id, const YmSecret *vault_key,
                  const YmRandom *random, GError **error)
{
  sqlite3_vfs *below = sqlite3_vfs_find (base);
  static gint serial;
  YmVaultVfs *self;

  if (below == NULL)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID, _("SQLite has no file system layer called “%s”."), base);
      return NULL;
    }
  self = g_new0 (YmVaultVfs, 1);
  self->base = below;
  self->seal = ym_page_seal_new (store_id, vault_key, random);
  self->name = g_strdup_printf ("ymweld-vault-%d", g_atomic_int_add (&serial, 1));
  self->vault_path = full_pathname (below, path);
  self->wal_path = g_strconcat (self->vault_path, "-wal", NULL);
  self->shm_path = g_strconcat (self->vault_path, "-shm", NULL);
  self->vfs = (sqlite3_vfs){
    .iVersion = 1,
    .szOsFile = MAX (ym_vault_file_bytes (), ym_wal_file_bytes ()) + below->szOsFile,
    .mxPathname = below->mxPathname,
    .zName = self->name,
    .xOpen = vfs_open,
    .xDelete = vfs_delete,
    .xAccess = vfs_access,
    .xFullPathname = vfs_full_pathname,
    .xRandomness = vfs_randomness,
    .xSleep = vfs_sleep,
    .xCurrentTime = vfs_current_time,
    .xGetLastError = vfs_get_last_error,
  };
  sqlite3_vfs_register (&self->vfs, FALSE);
  return self;
}

void
ym_vault_vfs_free (YmVaultVfs *vfs)
{
  if (vfs == NULL)
    return;
  sqlite3_vfs_unregister (&vfs->vfs);
  ym_page_seal_free (vfs->seal);
  g_free (vfs->name);
  g_free (vfs->vault_path);
  g_free (vfs->wal_path);
  g_free (vfs->shm_path);
  g_free (vfs);
}

const char *
ym_vault_vfs_name (YmVaultVfs *vfs)
{
  return vfs->name;
}

gboolean
ym_vault_vfs_has_failed (YmVaultVfs *vfs)
{
  return g_atomic_int_get (&vfs->failed);
}

void
ym_vault_vfs_refuse_writes (YmVaultVfs *vfs)
{
  g_atomic_int_set (&vfs->failed, TRUE);
}

gboolean
ym_vault_vfs_remove_foreign_shm (YmVaultVfs *vfs, GError **error)
{
  int result = vfs->base->xDelete (vfs->base, vfs->shm_path, FALSE);

  if (result == SQLITE_OK || result == SQLITE_IOERR_DELETE_NOENT)
    return TRUE;
  ym_database_set_error (error, NULL, result);
  return FALSE;
}

/* SQLite would write the first page before it has a WAL; written here, it never sees a vault without one. */
static int
write_first_page (YmVaultVfs *vfs, sqlite3_file *file, gpointer data)
{
  guint8 page[YM_PAGE_BYTES];
  int result = file->pMethods->xTruncate (file, 0);

  ym_page_first (page);
  ym_page_close (vfs->seal, 1, page);
  if (result == SQLITE_OK)
    result = file->pMethods->xWrite (file, page, sizeof page, 0);
  if (result == SQLITE_OK)
    result = file->pMethods->xSync (file, SQLITE_SYNC_NORMAL);
  return result;
}

/* The 16 bytes are the only ones of a page outside its seal, so damage to them alone leaves page 1 whole. */
static int
repair_key_check (YmVaultVfs *vfs, sqlite3_file *file, gpointer data)
{
  const guint8 *right = ym_page_seal_key_check (vfs->seal);
  guint8 page[YM_PAGE_BYTES];
  int result = file->pMethods->xRead (file, page, sizeof page, 0);

  if (result != SQLITE_OK || memcmp (page, right, YM_PAGE_CHECK_BYTES) == 0)
    return result == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : result;
  memcpy (page, right, YM_PAGE_CHECK_BYTES);
  if (!ym_page_open (vfs->seal, 1, page))
    return SQLITE_OK;
  result = file->pMethods->xWrite (file, right, YM_PAGE_CHECK_BYTES, 0);
  if (result == SQLITE_OK)
    result = file->pMethods->xSync (file, SQLITE_SYNC_NORMAL);
  return result;
}

int
ym_vault_vfs_with_file (YmVaultVfs *vfs, int flags, YmVaultFileWork work, gpointer data)
{
  g_autofree sqlite3_file *file = g_malloc0 (vfs->base->szOsFile);
  /* The base VFS expects what SQLite hands to xOpen: a name made by sqlite3_create_filename(). */
  sqlite3_filename name = sqlite3_create_filename (vfs->vault_path, "", vfs->wal_path, 0, NULL);
  int result = vfs->base->xOpen (vfs->base, name, file, SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE | flags, NULL);

  if (result == SQLITE_OK)
    result = work (vfs, file, data);
  if (file->pMethods != NULL)
    file->pMethods->xClose (file);
  sqlite3_free_filename (name);
  return result;
}

static gboolean
judge (int result, GError **error)
{
  if (result != SQLITE_OK)
    ym_database_set_error (error, NULL, result);
  return result == SQLITE_OK;
}

gboolean
ym_vault_vfs_create_vault (YmVaultVfs *vfs, GError **error)
{
  int result = vfs->base->xDelete (vfs->base, vfs->wal_path, FALSE);

  if (result == SQLITE_OK || result == SQLITE_IOERR_DELETE_NOENT)
    result = ym_vault_vfs_with_file (vfs, SQLITE_OPEN_CREATE, write_first_page, NULL);
  return judge (result, error);
}

gboolean
ym_vault_vfs_repair_key_check (YmVaultVfs *vfs, GError **error)
{
  int exists = 0;

  /* A vault that is missing is for opening to complain of. */
  if (vfs->base->xAccess (vfs->base, vfs->vault_path, SQLITE_ACCESS_EXISTS, &exists) != SQLITE_OK || !exists)
    return TRUE;
  return judge (ym_vault_vfs_with_file (vfs, 0, repair_key_check, NULL), error);
}
