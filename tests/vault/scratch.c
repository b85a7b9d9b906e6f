/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store in a temporary directory, for the vault's tests. */

#include "tests/vault/scratch.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

static gint64
scratch_wall_us (gpointer context)
{
  return ((Scratch *) context)->wall_us;
}

static gint64
scratch_boot_us (gpointer context)
{
  return ((Scratch *) context)->boot_us;
}

Scratch *
scratch_new (void)
{
  Scratch *scratch = g_new0 (Scratch, 1);
  g_autoptr (GError) error = NULL;

  scratch->directory = g_dir_make_tmp ("ymweld-vault-XXXXXX", &error);
  g_assert_no_error (error);
  scratch->wall_us = G_GINT64_CONSTANT (1760000000) * G_USEC_PER_SEC;
  scratch->boot_us = G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC;
  scratch->clock = (YmClock){ scratch_wall_us, scratch_boot_us, scratch };
  scratch->options = ym_store_options_default ();
  scratch->options.clock = &scratch->clock;
  scratch->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  scratch->options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  scratch->options.cache_bytes = 1024 * 1024;
  scratch->passphrase = ym_secret_new_from_passphrase ("pump ladder onion frost velvet", 30);
  scratch->store = ym_store_create (scratch->directory, scratch->passphrase, &scratch->options, &error);
  g_assert_no_error (error);
  scratch_execute (ym_store_writer (scratch->store), "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT)");
  return scratch;
}

static void
remove_files (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_files (path);
      g_remove (path);
    }
}

void
scratch_free (Scratch *scratch)
{
  scratch_close (scratch);
  remove_files (scratch->directory);
  g_rmdir (scratch->directory);
  ym_secret_free (scratch->passphrase);
  g_free (scratch->directory);
  g_free (scratch);
}

void
scratch_open (Scratch *scratch)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (scratch->store);
  scratch->store = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error);
  g_assert_no_error (error);
}

void
scratch_close (Scratch *scratch)
{
  g_clear_pointer (&scratch->store, ym_store_close);
}

void
scratch_crash (Scratch *scratch)
{
  g_autoptr (GHashTable) files = scratch_save (scratch);

  scratch_close (scratch);
  scratch_restore (scratch, files);
}

char *
scratch_path (Scratch *scratch, const char *name)
{
  return g_build_filename (scratch->directory, name, NULL);
}

gboolean
scratch_has (Scratch *scratch, const char *name)
{
  g_autofree char *path = scratch_path (scratch, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The vault itself is read by another process: closing it in this one would drop the locks of SQLite. */
GBytes *
scratch_read (Scratch *scratch, const char *name)
{
  g_autofree char *path = scratch_path (scratch, name);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  if (scratch->store != NULL && strcmp (name, "vault") == 0)
    {
      const char *const argv[] = { "cat", path, NULL };
      g_autoptr (GSubprocess) cat = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
      GBytes *bytes = NULL;

      g_assert_no_error (error);
      g_subprocess_communicate (cat, NULL, NULL, &bytes, NULL, &error);
      g_assert_no_error (error);
      return bytes;
    }
  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

void
scratch_write (Scratch *scratch, const char *name, GBytes *bytes)
{
  g_autofree char *path = scratch_path (scratch, name);
  g_autoptr (GError) error = NULL;

  g_unlink (path); /* without it GLib 2.74 leaves the end of a longer file */
  g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), G_FILE_SET_CONTENTS_NONE,
                            0600, &error);
  g_assert_no_error (error);
}

GHashTable *
scratch_save (Scratch *scratch)
{
  GHashTable *files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  g_autoptr (GDir) dir = g_dir_open (scratch->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_hash_table_insert (files, g_strdup (name), scratch_read (scratch, name));
  return files;
}

void
scratch_restore (Scratch *scratch, GHashTable *files)
{
  GHashTableIter iter;
  gpointer name;
  gpointer bytes;

  remove_files (scratch->directory);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &bytes))
    scratch_write (scratch, name, bytes);
}

void
scratch_execute (sqlite3 *database, const char *sql)
{
  g_autofree char *said = NULL;
  int result = sqlite3_exec (database, sql, NULL, NULL, NULL);

  if (result != SQLITE_OK)
    said = g_strdup (sqlite3_errmsg (database));
  g_assert_cmpstr (said, ==, NULL);
}

char *
scratch_text (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  char *text;

  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  g_assert_cmpint (sqlite3_finalize (statement), ==, SQLITE_OK);
  return text;
}

gint64
scratch_integer (sqlite3 *database, const char *sql)
{
  g_autofree char *text = scratch_text (database, sql);

  return g_ascii_strtoll (text, NULL, 10);
}

void
scratch_check_integrity (sqlite3 *database)
{
  g_autofree char *text = scratch_text (database, "PRAGMA integrity_check");

  g_assert_cmpstr (text, ==, "ok");
}
