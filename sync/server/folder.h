/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/store.h"
#include "sync/server/ledger.h"
#include "sync/server/postgresql.h"

G_BEGIN_DECLS

/*
 * What a server keeps, all in one folder: the vault with its keyring and head, "tls.key" and "tls.pem", "request" for the
 * administrator, "control" while it runs, and "key", unless the key comes from elsewhere. With the ledger in a database also
 * "ledger-key", unless that comes from elsewhere, "ledger-term", and "fold" while it runs.
 */
#define YM_SERVER_TLS_KEY_FILE "tls.key"
#define YM_SERVER_TLS_CERTIFICATE_FILE "tls.pem"
#define YM_SERVER_REQUEST_FILE "request"
#define YM_SERVER_CONTROL_SOCKET "control"
#define YM_SERVER_FOLD_FOLDER "fold"
#define YM_SERVER_TERM_FILE "ledger-term"
#define YM_SERVER_LEDGER_KEY_FILE "ledger-key"

/**
 * YmServerFolder:
 * @key: what opens the vault
 * @store: keys, and the ledger where it is embedded
 * @fold: (nullable): what is folded from a ledger in a database; @journal and @ledger are then of it
 * @database: (nullable): where that is
 *
 * A server's folder, open. The fields are for reading.
 */
typedef struct {
  char *directory;
  YmStoreOptions options;
  YmSecret *key;
  YmStore *store;
  YmStore *fold;
  YmPostgresql *database;
  YmJournal *journal;
  YmLedger *ledger;
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
} YmServerFolder;

/**
 * ym_server_folder_make:
 * @directory: made if missing
 * @address: where devices will reach the server, "https://host[:port]"
 * @key_file: (nullable): 32 bytes that open the vault; %NULL looks for "ymweld-key" in $CREDENTIALS_DIRECTORY, else
 *   takes "key" in @directory. Made, readable by its owner alone, if it is missing
 *
 * A new server's folder: vault, TLS key, and the request to be certified. What is there already is kept, so that a call
 * that was cut short can be made again.
 */
gboolean ym_server_folder_make (const char *directory, const char *address, const char *key_file,
                                const YmStoreOptions *options, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_server_folder_open:
 *
 * Returns: (transfer full) (nullable): %NULL with YM_ERROR_NOT_FOUND, YM_ERROR_BUSY if a server has it open,
 *   YM_ERROR_PASSPHRASE for a key that does not fit, YM_ERROR_DAMAGED
 */
YmServerFolder *ym_server_folder_open (const char *directory, const char *key_file, const YmStoreOptions *options,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_server_folder_connect:
 * @url: of the database
 * @moving: to move the ledger there or back: makes the key if there is none
 *
 * Opens the database, with the key "ymweld-ledger-key" in $CREDENTIALS_DIRECTORY, else "ledger-key" in the folder.
 */
gboolean ym_server_folder_connect (YmServerFolder *folder, const char *url, gboolean moving,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_server_folder_follow:
 *
 * After ym_server_folder_connect(): from now on the folder's ledger is that in the database, and its tables are folded anew
 * from it, in a store under a key that nobody keeps. Takes as long as reading all of it does.
 */
gboolean ym_server_folder_follow (YmServerFolder *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_server_folder_read_back:
 *
 * After ym_server_folder_connect(): what the folder's own ledger lacks of that in the database, durable on return.
 */
gboolean ym_server_folder_read_back (YmServerFolder *folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_server_folder_get_tables: (transfer none): The store that has what the ledger's journal has. */
YmStore *ym_server_folder_get_tables (YmServerFolder *folder);
void ym_server_folder_close (YmServerFolder *folder);

/** ym_server_folder_path: (transfer full): Of a file in @directory. */
char *ym_server_folder_path (const char *directory, const char *name);

/**
 * ym_server_folder_back_up:
 * @folder: may be serving meanwhile; from any thread
 * @target: must not exist
 *
 * A copy of everything but the key, under an epoch of its own: it can take the server's place, and its positions will
 * never be taken for the server's.
 */
gboolean ym_server_folder_back_up (YmServerFolder *folder, const char *target, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmServerFolder, ym_server_folder_close)

G_END_DECLS
