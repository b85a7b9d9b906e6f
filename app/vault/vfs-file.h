/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the VFS share; nothing outside app/vault/vfs*.c includes this. */

#include <glib.h>
#include <sqlite3.h>

#include "app/vault/page.h"
#include "app/vault/vfs.h"

G_BEGIN_DECLS

struct _YmVaultVfs {
  sqlite3_vfs vfs; /* first: SQLite hands it back as the sqlite3_vfs */
  sqlite3_vfs *base;
  YmPageSeal *seal;
  char *name;
  char *vault_path;
  char *wal_path;
  char *shm_path;
  gint failed; /* atomic; set once, by a failed write or fsync */
};

typedef struct _YmWalFile YmWalFile;

/* One connection's handle of the vault or its WAL. The base VFS's own file lies right behind the struct. */
typedef struct {
  sqlite3_file file; /* first: SQLite hands it back as the sqlite3_file */
  YmVaultVfs *vfs;
  sqlite3_file *below;
} YmShimFile;

typedef struct {
  YmShimFile shim;
  YmWalFile *wal; /* NULL until SQLite opens the connection's WAL */
  gboolean checkpointing;
  gint64 end_at; /* the file goes at least so far, while this connection checkpoints and so alone writes it */
  gboolean recovering;
} YmVaultFile;

/* Frames that SQLite has written and that are not in the file yet, plain, beginning at a frame's offset. */
#define YM_WAL_BUFFER_FRAMES 31 /* the unix VFS writes at most 128 KiB - 1 at once */

struct _YmWalFile {
  YmShimFile shim;
  YmVaultFile *vault;
  gint64 buffer_at;
  guint buffered_bytes; /* whole frames, or with the header of one whose page is still to come */
  guint8 *buffer;
  gint64 rechecksum_at; /* offset of the frame that SQLite has just read whole, or -1 */
  guint8 frame[YM_FRAME_BYTES]; /* the last frame that was read, plain */
};

/** YmVaultFileWork: what is done with the vault's own file; returns an SQLite result code. */
typedef int (*YmVaultFileWork) (YmVaultVfs *vfs, sqlite3_file *file, gpointer data);

/** ym_vault_vfs_with_file: Lends the vault's file, as it lies below the encryption, while no connection has it. */
int ym_vault_vfs_with_file (YmVaultVfs *vfs, int flags, YmVaultFileWork work, gpointer data);

gsize ym_vault_file_bytes (void);
gsize ym_wal_file_bytes (void);

/** ym_vault_file_open: @file is ym_vault_file_bytes() and the base VFS's. Checks that the key fits the file. */
int ym_vault_file_open (YmVaultVfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out);
int ym_wal_file_open (YmVaultVfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_out);

/** ym_vault_file_cast: @file as a vault of @vfs, or NULL. */
YmVaultFile *ym_vault_file_cast (YmVaultVfs *vfs, sqlite3_file *file);

/** ym_wal_file_discard: Forgets the frames that are not in the file: their transaction is over. */
void ym_wal_file_discard (YmWalFile *wal);

/* Common to both kinds; each takes care of the store having failed. */
int ym_shim_open_below (YmShimFile *shim, YmVaultVfs *vfs, gsize own_bytes, const char *path, int flags,
                        int *flags_out);
int ym_shim_close (sqlite3_file *file);
int ym_shim_read_below (YmShimFile *shim, void *buffer, int bytes, gint64 offset);
int ym_shim_write_below (YmShimFile *shim, const void *buffer, int bytes, gint64 offset);
int ym_shim_truncate_below (YmShimFile *shim, gint64 size);
int ym_shim_sync (sqlite3_file *file, int flags);
int ym_shim_file_size (sqlite3_file *file, sqlite3_int64 *size);
int ym_shim_lock (sqlite3_file *file, int level);
int ym_shim_unlock (sqlite3_file *file, int level);
int ym_shim_check_reserved_lock (sqlite3_file *file, int *result);
int ym_shim_sector_size (sqlite3_file *file);
int ym_shim_device_characteristics (sqlite3_file *file);

G_END_DECLS
