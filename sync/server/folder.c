/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server's folder: made once, opened by `serve` or by a command while no server runs, copied by `backup`. */

#include "sync/server/folder.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/exchange/server-request.h"
#include "sync/server/tls.h"

#define KEY_FILE "key"
#define CREDENTIAL "ymweld-key"
#define LEDGER_CREDENTIAL "ymweld-ledger-key"
#define MOST_TERM_BYTES 32
#define MOST_TLS_BYTES (1024 * 1024)

char *
ym_server_folder_path (const char *directory, const char *name)
{
  return g_build_filename (directory, name, NULL);
}

static char *
find_credential (const char *directory, const char *credential, const char *name)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");

  if (credentials != NULL)
    {
      g_autofree char *path = g_build_filename (credentials, credential, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return ym_server_folder_path (directory, name);
}

static char *
find_key_file (const char *directory, const char *key_file)
{
  return key_file != NULL ? g_strdup (key_file) : find_credential (directory, CREDENTIAL, KEY_FILE);
}

static YmSecret *
read_key (const char *path, const YmFiles *files, GError **error)
{
  g_autoptr (GBytes) bytes = files->read (files->context, path, YM_STORE_KEY_BYTES, error);
  YmSecret *key;

  if (bytes == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  if (g_bytes_get_size (bytes) != YM_STORE_KEY_BYTES)
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("“%s” is not a key: it must have exactly 32 bytes. Hand over the file that “ymweld-server init” "
                      "made, or one that “head -c 32 /dev/urandom” did."),
                   path);
      return NULL;
    }
  key = ym_secret_new (YM_STORE_KEY_BYTES);
  memcpy (ym_secret_data (key), g_bytes_get_data (bytes, NULL), YM_STORE_KEY_BYTES);
  sodium_memzero ((gpointer) g_bytes_get_data (bytes, NULL), YM_STORE_KEY_BYTES); /* nobody else has these bytes yet */
  return key;
}

static gboolean
make_key (const char *path, const YmStoreOptions *options, GError **error)
{
  const YmFiles *files = options->files;
  g_autoptr (YmSecret) key = NULL;
  g_autofree char *parent = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  key = ym_secret_new (YM_STORE_KEY_BYTES);
  ym_random_fill (options->random, ym_secret_data (key), YM_STORE_KEY_BYTES);
  return files->write_synced (files->context, path, ym_secret_data (key), YM_STORE_KEY_BYTES, error)
         && files->sync_directory (files->context, parent, error);
}

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  ym_store_sign (context, message, length, signature);
  return TRUE;
}

static gboolean
seal_head (gpointer context, YmHead *head, GError **error)
{
  return ym_store_seal_head (context, head, error);
}

static gboolean
read_head (gpointer context, YmHead *head, GError **error)
{
  return ym_store_read_head (context, head, error);
}

static YmJournal *
open_journal (YmStore *store, const YmStoreOptions *options, GError **error)
{
  const YmJournalOptions journal_options = { options->clock, options->random, seal_head, read_head, store };

  return ym_journal_open (ym_store_writer (store), &journal_options, error);
}

static YmLedger *
open_ledger_on (YmServerFolder *folder, YmJournal *journal, const YmOrder *order, GError **error)
{
  YmLedgerOptions options = { .clock = folder->options.clock,
                              .random = folder->options.random,
                              .signer = { sign, folder->store },
                              .order = order };

  memcpy (options.public_key, folder->public_key, YM_PUBLIC_KEY_BYTES);
  return ym_ledger_open (journal, &options, error);
}

static gboolean
open_ledger (YmServerFolder *folder, GError **error)
{
  ym_store_public_key (folder->store, folder->public_key);
  folder->journal = open_journal (folder->store, &folder->options, error);
  if (folder->journal == NULL)
    return FALSE;
  folder->ledger = open_ledger_on (folder, folder->journal, NULL, error);
  return folder->ledger != NULL;
}

static guint64
read_term (YmServerFolder *folder)
{
  const YmFiles *files = folder->options.files;
  g_autofree char *path = ym_server_folder_path (folder->directory, YM_SERVER_TERM_FILE);
  g_autoptr (GBytes) bytes = files->read (files->context, path, MOST_TERM_BYTES, NULL);
  g_autofree char *text
      = bytes == NULL ? NULL : g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return text == NULL ? 0 : g_ascii_strtoull (text, NULL, 10);
}

static gboolean
write_term (gpointer context, guint64 term, GError **error)
{
  YmServerFolder *folder = context;
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", term);

  return ym_files_replace (folder->options.files, folder->directory, YM_SERVER_TERM_FILE, text, strlen (text), error);
}

gboolean
ym_server_folder_connect (YmServerFolder *folder, const char *url, gboolean moving, GError **error)
{
  g_autofree char *path = find_credential (folder->directory, LEDGER_CREDENTIAL, YM_SERVER_LEDGER_KEY_FILE);
  g_autoptr (YmSecret) key = NULL;
  YmPostgresqlOptions options = { .url = url,
                                  .random = folder->options.random,
                                  .term = read_term (folder),
                                  .moving = moving,
                                  .saw_term = write_term,
                                  .context = folder };

  if (moving && !make_key (path, &folder->options, error))
    return FALSE;
  key = read_key (path, folder->options.files, error);
  if (key == NULL)
    return FALSE;
  options.key = key;
  folder->database = ym_postgresql_open (&options, error);
  return folder->database != NULL;
}

/* What a process that was killed has left; nothing opens it any more. */
static gboolean
remove_fold (YmServerFolder *folder, GError **error)
{
  const YmFiles *files = folder->options.files;
  g_autofree char *path = ym_server_folder_path (folder->directory, YM_SERVER_FOLD_FOLDER);
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      if (!files->remove (files->context, file, error))
        return FALSE;
    }
  return TRUE;
}

/* Nothing in a fold has to last, so nothing waits for the disk. */
static gboolean
make_fold (YmServerFolder *folder, GError **error)
{
  g_autofree char *path = ym_server_folder_path (folder->directory, YM_SERVER_FOLD_FOLDER);
  g_autoptr (YmSecret) key = ym_secret_new (YM_STORE_KEY_BYTES);

  ym_random_fill (folder->options.random, ym_secret_data (key), YM_STORE_KEY_BYTES);
  if (!remove_fold (folder, error))
    return FALSE;
  folder->fold = ym_store_create_with_key (path, key, &folder->options, error);
  return folder->fold != NULL && ym_sql_script (ym_store_writer (folder->fold), "PRAGMA synchronous = OFF", error);
}

static YmJournal *
open_fold (YmServerFolder *folder, GError **error)
{
  const YmJournalOptions options = { .clock = folder->options.clock, .random = folder->options.random };
  g_autoptr (YmJournal) journal = ym_journal_open (ym_store_writer (folder->fold), &options, error);

  if (journal == NULL || !ym_journal_begin (journal, error))
    return NULL;
  if (ym_journal_found (journal, ym_journal_get_root_key (folder->journal), ym_journal_get_device (folder->journal), error))
    return ym_journal_commit (journal, error) ? g_steal_pointer (&journal) : NULL;
  ym_journal_rollback (journal);
  return NULL;
}

gboolean
ym_server_folder_follow (YmServerFolder *folder, GError **error)
{
  g_autoptr (YmJournal) journal = NULL;
  YmLedger *ledger;

  if (!make_fold (folder, error))
    return FALSE;
  journal = open_fold (folder, error);
  ledger = journal == NULL ? NULL
                           : open_ledger_on (folder, journal, ym_postgresql_get_order (folder->database), error);
  if (ledger == NULL)
    return FALSE;
  ym_ledger_free (folder->ledger);
  ym_journal_free (folder->journal);
  folder->ledger = ledger;
  folder->journal = g_steal_pointer (&journal);
  return TRUE;
}

gboolean
ym_server_folder_read_back (YmServerFolder *folder, GError **error)
{
  YmLedger *ledger
      = open_ledger_on (folder, folder->journal, ym_postgresql_get_order (folder->database), error);

  if (ledger == NULL)
    return FALSE;
  ym_ledger_free (ledger);
  ym_ledger_free (folder->ledger);
  folder->ledger = open_ledger_on (folder, folder->journal, NULL, error);
  return folder->ledger != NULL;
}

YmStore *
ym_server_folder_get_tables (YmServerFolder *folder)
{
  return folder->fold != NULL ? folder->fold : folder->store;
}

static YmServerFolder *
open_folder (const char *directory, const char *key_file, gboolean make, const YmStoreOptions *options, GError **error)
{
  g_autoptr (YmServerFolder) folder = g_new0 (YmServerFolder, 1);
  g_autofree char *key_path = find_key_file (directory, key_file);

  folder->directory = g_strdup (directory);
  folder->options = *options;
  folder->key = read_key (key_path, options->files, error);
  if (folder->key == NULL)
    return NULL;
  folder->store = make && !ym_store_exists (directory, options)
                      ? ym_store_create_with_key (directory, folder->key, options, error)
                      : ym_store_open_with_key (directory, folder->key, options, error);
  return folder->store != NULL && open_ledger (folder, error) ? g_steal_pointer (&folder) : NULL;
}

YmServerFolder *
ym_server_folder_open (const char *directory, const char *key_file, const YmStoreOptions *options, GError **error)
{
  if (!ym_store_exists (directory, options))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                   _ ("There is no server in “%s”. Make one with “ymweld-server init”."), directory);
      return NULL;
    }
  return open_folder (directory, key_file, FALSE, options, error);
}

void
ym_server_folder_close (YmServerFolder *folder)
{
  if (folder == NULL)
    return;
  g_clear_pointer (&folder->ledger, ym_ledger_free);
  g_clear_pointer (&folder->journal, ym_journal_free);
  ym_postgresql_free (folder->database);
  if (folder->fold != NULL)
    {
      ym_store_close (folder->fold);
      (void) remove_fold (folder, NULL);
    }
  ym_store_close (folder->store);
  ym_secret_free (folder->key);
  g_free (folder->directory);
  g_free (folder);
}

static GUri *
parse_address (const char *address, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_strcmp0 (g_uri_get_scheme (uri), "https") == 0 && g_uri_get_host (uri) != NULL
      && g_uri_get_host (uri)[0] != '\0' && strlen (address) <= YM_SERVER_ADDRESS_MAX_BYTES)
    return g_steal_pointer (&uri);
  g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
               _ ("“%s” is no address that devices could reach. Write https://HOST or https://HOST:PORT."), address);
  return NULL;
}

static YmTls *
make_tls (const char *directory, const char *host, const YmStoreOptions *options, GError **error)
{
  g_autofree char *key = ym_server_folder_path (directory, YM_SERVER_TLS_KEY_FILE);
  g_autofree char *certificate = ym_server_folder_path (directory, YM_SERVER_TLS_CERTIFICATE_FILE);

  if (!g_file_test (certificate, G_FILE_TEST_EXISTS))
    {
      g_remove (key); /* of a call that was cut short: nobody has seen it */
      if (!ym_tls_make (key, certificate, host, ym_clock_wall_us (options->clock), error))
        return NULL;
    }
  return ym_tls_load (key, certificate, error);
}

static gboolean
write_request (const YmServerFolder *folder, const char *address, YmTls *tls, GError **error)
{
  YmHash tls_key = ym_tls_get_key (tls);
  guint8 sealing_key[crypto_scalarmult_curve25519_BYTES];
  g_autoptr (YmServerRequest) request = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* One key pair serves for both, as on devices. */
  g_assert (crypto_sign_ed25519_pk_to_curve25519 (sealing_key, folder->public_key) == 0);
  request = ym_server_request_new (address, folder->public_key, sealing_key, &tls_key);
  bytes = ym_server_request_encode (request, error);
  return bytes != NULL
         && ym_files_replace (folder->options.files, folder->directory, YM_SERVER_REQUEST_FILE,
                              g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

gboolean
ym_server_folder_make (const char *directory, const char *address, const char *key_file, const YmStoreOptions *options,
                       GError **error)
{
  g_autoptr (GUri) uri = parse_address (address, error);
  g_autofree char *key_path = find_key_file (directory, key_file);
  g_autoptr (YmServerFolder) folder = NULL;
  g_autoptr (YmTls) tls = NULL;

  if (uri == NULL || !options->files->make_directory (options->files->context, directory, error)
      || !make_key (key_path, options, error))
    return FALSE;
  folder = open_folder (directory, key_file, TRUE, options, error);
  if (folder == NULL)
    return FALSE;
  tls = make_tls (directory, g_uri_get_host (uri), options, error);
  return tls != NULL && write_request (folder, address, tls, error);
}

static gboolean
copy_file (const YmServerFolder *folder, const char *target, const char *name, GError **error)
{
  const YmFiles *files = folder->options.files;
  g_autofree char *from = ym_server_folder_path (folder->directory, name);
  g_autofree char *to = ym_server_folder_path (target, name);
  g_autoptr (GBytes) bytes = files->read (files->context, from, MOST_TLS_BYTES, error);

  return bytes != NULL
         && files->write_synced (files->context, to, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

/* The copy counts its commits from the start, because its head does. */
static gboolean
settle_copy (YmStore *copy, const YmStoreOptions *options, GError **error)
{
  sqlite3 *db = ym_store_writer (copy);
  g_autoptr (YmJournal) journal = NULL;

  if (!ym_sql_execute (db, error, "UPDATE state SET value = 1 WHERE name = 'commits'", "")
      || !ym_ledger_mark_copy (db, error))
    return FALSE;
  journal = open_journal (copy, options, error);
  return journal != NULL;
}

static gboolean
make_copy (YmServerFolder *folder, const char *target, GError **error)
{
  g_autoptr (YmStore) copy
      = ym_store_copy_with_key (folder->store, target, folder->key, &folder->options, error);

  return copy != NULL && settle_copy (copy, &folder->options, error)
         && copy_file (folder, target, YM_SERVER_TLS_KEY_FILE, error)
         && copy_file (folder, target, YM_SERVER_TLS_CERTIFICATE_FILE, error)
         && copy_file (folder, target, YM_SERVER_REQUEST_FILE, error);
}

gboolean
ym_server_folder_back_up (YmServerFolder *folder, const char *target, GError **error)
{
  const YmFiles *files = folder->options.files;
  g_autofree char *full = g_canonicalize_filename (target, NULL);
  g_autofree char *parent = g_path_get_dirname (full);
  g_autofree char *unfinished = g_strconcat (full, ".unfinished", NULL);

  if (g_file_test (full, G_FILE_TEST_EXISTS) || g_file_test (unfinished, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_INVALID,
                   _ ("“%s” is there already, perhaps unfinished. Name a new folder for the backup."), target);
      return FALSE;
    }
  return make_copy (folder, unfinished, error) && files->sync_directory (files->context, unfinished, error)
         && files->rename (files->context, unfinished, full, error)
         && files->sync_directory (files->context, parent, error);
}
