/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "app/base/id.h"
#include "app/base/secret.h"
#include "app/vault/head.h"
#include "app/vault/keyring.h"
#include "app/vault/options.h"

G_BEGIN_DECLS

#define YM_STORE_PUBLIC_KEY_BYTES 32
#define YM_STORE_SIGNATURE_BYTES 64
#define YM_STORE_KEY_BYTES 32

/**
 * YmStore:
 *
 * An open encrypted store: a directory with the vault (an SQLite database, each page sealed), its keyring
 * and the sealed head. Keys are in memory from open to close. One process has it open at a time. The
 * writer belongs to one thread, each reader to one thread; the other calls may come from any thread,
 * but not together with ym_store_close().
 */
typedef struct _YmStore YmStore;

/** ym_store_exists: Whether @directory has a keyring, so that there is, or must be, a store. */
gboolean ym_store_exists (const char *directory, const YmStoreOptions *options);

/**
 * ym_store_create:
 * @directory: made if missing; must not hold a store
 * @passphrase: judge it before with ym_passphrase_score()
 *
 * Makes a store with fresh random keys and no tables, and opens it. Blocks for the key derivation, half a
 * second to a second: call off the main loop. A crash inside leaves no store.
 *
 * Returns: (transfer full) (nullable): the store
 */
YmStore *ym_store_create (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_open:
 *
 * Opens a store and recovers it if it was not closed. Blocks as ym_store_create() does. Fails with
 * YM_ERROR_NOT_FOUND (no store), YM_ERROR_PASSPHRASE, YM_ERROR_DELAYED (see ym_store_get_wait_us()),
 * YM_ERROR_DAMAGED, YM_ERROR_BUSY (another program has it), YM_ERROR_NEWER, YM_ERROR_STORAGE.
 * Nothing is thrown away by a failed open.
 *
 * Returns: (transfer full) (nullable): the store
 */
YmStore *ym_store_open (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_create_with_key:
 * @key: YM_STORE_KEY_BYTES random bytes, such as a server's from $CREDENTIALS_DIRECTORY
 *
 * As ym_store_create(), the keyring's slot being opened by a raw key in place of a passphrase.
 */
YmStore *ym_store_create_with_key (const char *directory, const YmSecret *key, const YmStoreOptions *options,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_create_with_keys:
 * @keys: (transfer full): all that the keyring is to hold
 * @unlock: what opens it
 *
 * As ym_store_create(), for whoever makes a store out of another.
 */
YmStore *ym_store_create_with_keys (const char *directory, YmKeys *keys, const YmUnlock *unlock,
                                    const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_store_open_with_key: As ym_store_open(); a wrong key is YM_ERROR_PASSPHRASE, never delayed. */
YmStore *ym_store_open_with_key (const char *directory, const YmSecret *key, const YmStoreOptions *options,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_copy_with_key:
 * @store: may be read and written meanwhile; from any thread
 * @directory: made if missing; must not hold a store
 * @key: opens the copy
 *
 * A second store with the same keys, so that it can take the first one's place, and the first one's content as of one
 * moment. It has no sealed head yet: whoever keeps one seals it. A crash inside leaves what is not a whole copy, so make
 * it under a name of its own and rename it when it is done.
 *
 * Returns: (transfer full) (nullable): the copy, open
 */
YmStore *ym_store_copy_with_key (YmStore *store, const char *directory, const YmSecret *key,
                                 const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_close:
 *
 * Closes what readers are left and the writer, wipes the keys and frees @store. All statements must be
 * finalized. NULL is allowed.
 */
void ym_store_close (YmStore *store);

/**
 * ym_store_get_wait_us:
 *
 * How long until the next passphrase will be judged, in microseconds; 0 if it may be tried now.
 */
gint64 ym_store_get_wait_us (const char *directory, const YmStoreOptions *options);

/** ym_store_writer: (transfer none): The one connection that writes. Owned by the store: never close it. */
sqlite3 *ym_store_writer (YmStore *store);

/**
 * ym_store_open_reader:
 *
 * A further connection that can only read. Sees the last commit as of the start of each of its transactions.
 *
 * Returns: (transfer full) (nullable): give back with ym_store_close_reader()
 */
sqlite3 *ym_store_open_reader (YmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_store_close_reader (YmStore *store, sqlite3 *reader);

/**
 * ym_store_get_kept_wal:
 *
 * Where ym_store_open() put a copy of the log because it could not read all of it: after damage it may hold commits
 * that are missing now, after a crash only what was never acknowledged. Compare the sealed head to know. Without room
 * for the copy it is the log itself, and the store can be read but not written (ym_store_check()) until there is.
 *
 * Returns: (transfer none) (nullable): a path in the store's directory, or NULL: all was read
 */
const char *ym_store_get_kept_wal (YmStore *store);

/**
 * ym_store_check:
 *
 * Fails with YM_ERROR_STORAGE once a write or fsync below the store has failed. From then on nothing may be
 * acknowledged: close the store and open it again.
 */
gboolean ym_store_check (YmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_seal_head:
 * @head: its counter is set to one more than the last
 *
 * Makes @head durable. After the commit, before "saved" is shown. A failure leaves the store as ym_store_check() says.
 */
gboolean ym_store_seal_head (YmStore *store, YmHead *head, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_store_read_head: The sealed head; errors as for ym_head_read(). */
gboolean ym_store_read_head (YmStore *store, YmHead *head, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_store_id: (transfer none): The random id that the store got when it was made. */
const YmId *ym_store_id (YmStore *store);

/** ym_store_sign: Ed25519 (RFC 8032) over @length bytes at @data with the device's key, which never leaves. */
void ym_store_sign (YmStore *store, gconstpointer data, gsize length, guint8 signature[YM_STORE_SIGNATURE_BYTES]);
void ym_store_public_key (YmStore *store, guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES]);

/**
 * ym_store_change_passphrase:
 *
 * Wraps the keys anew, whole or not at all. @old is judged like a try to open: YM_ERROR_PASSPHRASE,
 * YM_ERROR_DELAYED. Blocks for two key derivations.
 */
gboolean ym_store_change_passphrase (YmStore *store, const YmSecret *old, const YmSecret *new_passphrase,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_change_keys:
 * @directory: of a store that is not open and that its journal has found whole
 *
 * Seals the whole store afresh under new keys for vault, head and keyring, in a new file that takes the place of the old
 * one at a stroke: until then the old one is as it was, also when the disk is full or the power goes. The passphrase, the
 * device's signing key and the store's id stay; what opened older copies of the store or of its keyring does not open
 * this one. Copies of unreadable logs go, because nothing opens them any more. Blocks for two key derivations and for
 * reading the store twice and writing it once; needs room for a second one. Errors as for ym_store_open().
 */
gboolean ym_store_change_keys (const char *directory, const YmSecret *passphrase, const YmStoreOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_set_escrow:
 * @recovery_key: the force's X25519 public key, which the caller has found certified by the root key
 *
 * Puts what reads the store into escrow for that key, unless it is there. From any thread.
 */
gboolean ym_store_set_escrow (YmStore *store, const guint8 recovery_key[YM_STORE_PUBLIC_KEY_BYTES],
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_store_keys_are_due:
 *
 * Whether the store's keys came out of escrow and were not changed since, so that somebody else may still have them: close
 * the store and call ym_store_change_keys(). From any thread.
 */
gboolean ym_store_keys_are_due (YmStore *store, gboolean *due, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_store_mark_keys_due: Makes ym_store_keys_are_due() true from now on, until they are changed. From any thread. */
gboolean ym_store_mark_keys_due (YmStore *store, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmStore, ym_store_close)

G_END_DECLS
