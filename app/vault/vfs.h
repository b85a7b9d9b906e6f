/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/base/random.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

/**
 * YmVaultVfs:
 *
 * An sqlite3_vfs for the one vault file of one open store, over another sqlite3_vfs. What SQLite reads and
 * writes is plain, what reaches the files is sealed. Serves only the vault and its WAL: no rollback journal,
 * no temporary file, no other database.
 */
typedef struct _YmVaultVfs YmVaultVfs;

/**
 * ym_vault_vfs_new:
 * @base: name of the sqlite3_vfs underneath, such as "unix-excl"
 * @path: absolute path of the vault file
 * @vault_key: 32 bytes
 * @random: for nonces; outlives it
 *
 * Registers the VFS with SQLite under a name of its own.
 *
 * Returns: (transfer full) (nullable): the VFS; YM_ERROR_INVALID if there is no @base
 */
YmVaultVfs *ym_vault_vfs_new (const char *base, const char *path, const YmId *store_id, const YmSecret *vault_key,
                              const YmRandom *random, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_vault_vfs_free: Unregisters it; all its files are closed by then. */
void ym_vault_vfs_free (YmVaultVfs *vfs);

/** ym_vault_vfs_name: (transfer none): for sqlite3_open_v2(). */
const char *ym_vault_vfs_name (YmVaultVfs *vfs);

/** ym_vault_vfs_create_vault: Makes the vault file with its first page, in place of one that is there, and has it
 * on the medium (its name needs a further sync of the directory). */
gboolean ym_vault_vfs_create_vault (YmVaultVfs *vfs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_vault_vfs_remove_foreign_shm: Removes the -shm file that another SQLite program may have left beside the
 * vault; the vault refuses to open with one. Before any connection is opened. */
gboolean ym_vault_vfs_remove_foreign_shm (YmVaultVfs *vfs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_vault_vfs_repair_key_check:
 *
 * Writes the key check anew if it is not this key's, but page 1 proves that the key is the vault's. What can't be
 * proved is left as it is, for opening to refuse. Before any connection is opened.
 */
gboolean ym_vault_vfs_repair_key_check (YmVaultVfs *vfs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_vault_vfs_fits: @fits: (out): whether the vault is sealed by this key; also where only its key check is damaged. */
gboolean ym_vault_vfs_fits (YmVaultVfs *vfs, gboolean *fits, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_vault_vfs_has_log: Whether there is a WAL, or it can't be said. */
gboolean ym_vault_vfs_has_log (YmVaultVfs *vfs);

/**
 * ym_vault_vfs_reseal:
 * @to: of another path and key; its file is made, or replaced
 *
 * Writes the vault of @from, which has no log, under the key of @to, reads it back and compares; on return it is on the
 * medium (its name needs a sync of the directory). While neither has a connection.
 */
gboolean ym_vault_vfs_reseal (YmVaultVfs *from, YmVaultVfs *to, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_vault_vfs_refuse_writes: From now on as if a write had failed: the files stay as they are. */
void ym_vault_vfs_refuse_writes (YmVaultVfs *vfs);

/**
 * ym_vault_vfs_has_failed:
 *
 * Whether a write or fsync underneath failed. From then on the VFS writes nothing more, so that what a
 * recovery may need stays as it is.
 */
gboolean ym_vault_vfs_has_failed (YmVaultVfs *vfs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmVaultVfs, ym_vault_vfs_free)

G_END_DECLS
