/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes flipped in every file of a store: the answer is a named error or what was written, never something else. */

#include <stdio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/page.h"
#include "app/vault/store.h"
#include "tests/vault/scratch.h"

#define ROWS 24
#define CONTENT "SELECT group_concat (id || text) FROM entry"

static gboolean
write_unsynced (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  return g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
overwrite_unsynced (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length,
                    GError **error)
{
  FILE *file = fopen (path, "r+b");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpint (fwrite (data, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
  return TRUE;
}

static gboolean
sync_nothing (gpointer context, const char *directory, GError **error)
{
  return TRUE;
}

/* A crashed store of ROWS commits, the first half of them in the vault, the rest in the WAL. */
static Scratch *
scratch_with_rows (YmFiles *quick)
{
  Scratch *scratch = scratch_new ();
  YmHead head = { .sequence = ROWS };

  *quick = *ym_files_system ();
  quick->write_synced = write_unsynced;
  quick->overwrite_synced = overwrite_unsynced;
  quick->sync_directory = sync_nothing;
  scratch->options.files = quick;
  for (int i = 0; i < ROWS; i++)
    {
      if (i == ROWS / 2)
        {
          scratch_close (scratch);
          scratch_open (scratch);
        }
      scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES (hex (zeroblob (400)))");
    }
  g_assert_true (ym_store_seal_head (scratch->store, &head, NULL));
  scratch_crash (scratch);
  return scratch;
}

static void
flip (Scratch *scratch, GHashTable *files, const char *name, gsize at)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (g_hash_table_lookup (files, name), &length);
  guint8 *flipped = g_memdup2 (data, length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (flipped, length);

  g_assert_cmpint (at, <, length);
  flipped[at] ^= 1 << at % 8;
  scratch_restore (scratch, files);
  scratch_write (scratch, name, bytes);
}

/* All rows, or NULL and the error. */
static char *
read_content (Scratch *scratch, int *result)
{
  sqlite3_stmt *statement = NULL;
  sqlite3 *writer = ym_store_writer (scratch->store);
  char *content = NULL;

  *result = sqlite3_prepare_v2 (writer, CONTENT, -1, &statement, NULL);
  if (*result == SQLITE_OK && (*result = sqlite3_step (statement)) == SQLITE_ROW)
    content = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return content;
}

/* A page could be changed on the disk without anyone seeing it. */
static void
test_every_region_of_the_vault (void)
{
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = NULL;
  g_autofree char *whole = NULL;
  gsize length;
  int result;
  guint refused = 0;

  /* Without the WAL, so that each page is read from the vault. */
  scratch_open (scratch);
  whole = read_content (scratch, &result);
  scratch_close (scratch);
  files = scratch_save (scratch);
  g_assert_false (g_hash_table_contains (files, "vault-wal"));
  length = g_bytes_get_size (g_hash_table_lookup (files, "vault"));
  /* Each byte of the reserved ones of some page, and others in between. */
  for (gsize at = 0; at < length; at += at % YM_PAGE_BYTES < YM_PAGE_BYTES - YM_PAGE_RESERVED_BYTES ? 131 : 5)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *content = NULL;

      flip (scratch, files, "vault", at);
      scratch->store = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error);
      if (scratch->store == NULL)
        {
          g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
          refused++;
          continue;
        }
      content = read_content (scratch, &result);
      if (content == NULL)
        g_assert_cmpint (result, ==, SQLITE_IOERR_DATA);
      else
        g_assert_cmpstr (content, ==, whole);
      refused += content == NULL;
      scratch_close (scratch);
    }
  g_assert_cmpint (refused, >, length / 131 / 2);
}

/* A changed frame could be taken for what was written, or commits that it cuts off be thrown away unseen. */
static void
test_every_region_of_the_wal (void)
{
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = scratch_save (scratch);
  gsize length = g_bytes_get_size (g_hash_table_lookup (files, "vault-wal"));
  guint fewer = 0;

  for (gsize at = 0; at < length; at += at < YM_WAL_HEADER_BYTES ? 1 : 173)
    {
      g_autoptr (GBytes) kept = NULL;
      g_autofree char *name = NULL;
      sqlite3 *writer;
      gint64 rows;

      flip (scratch, files, "vault-wal", at);
      scratch_open (scratch);
      writer = ym_store_writer (scratch->store);
      rows = scratch_integer (writer, "SELECT count(*) FROM entry");
      g_assert_cmpint (rows, >=, ROWS / 2);
      g_assert_cmpint (rows, <=, ROWS);
      g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text != hex (zeroblob (400))"), ==, 0);
      scratch_check_integrity (writer);
      g_assert_nonnull (ym_store_get_kept_wal (scratch->store));
      name = g_path_get_basename (ym_store_get_kept_wal (scratch->store));
      scratch_execute (writer, "INSERT INTO entry (text) VALUES ('overwrites the log')");
      scratch_close (scratch);
      kept = scratch_read (scratch, name);
      g_assert_cmpint (g_bytes_get_size (kept), ==, length);
      fewer += rows < ROWS;
    }
  g_assert_cmpint (fewer, >, 0);
}

/* A changed key file could open the store with other keys. */
static void
test_every_byte_of_the_keyring (void)
{
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = NULL;

  scratch_open (scratch);
  scratch_close (scratch);
  files = scratch_save (scratch);
  g_hash_table_remove (files, "keyring.bak");
  for (gsize at = 0; at < g_bytes_get_size (g_hash_table_lookup (files, "keyring")); at++)
    {
      g_autoptr (GError) error = NULL;

      flip (scratch, files, "keyring", at);
      scratch->store = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error);
      g_assert_null (scratch->store);
      g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
    }
}

/* One bad sector in the key file would lose everything, or stay until the other copy has one too. */
static void
test_every_byte_of_either_keyring (void)
{
  static const char *const names[] = { "keyring", "keyring.bak" };
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = NULL;
  GBytes *whole;

  scratch_open (scratch);
  scratch_close (scratch);
  files = scratch_save (scratch);
  whole = g_hash_table_lookup (files, "keyring");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (gsize at = 0; at < g_bytes_get_size (whole); at++)
      {
        g_autoptr (GBytes) mended = NULL;

        flip (scratch, files, names[i], at);
        scratch_open (scratch);
        scratch_close (scratch);
        mended = scratch_read (scratch, names[i]);
        g_assert_true (g_bytes_equal (mended, whole));
      }
}

/* One bad sector in 16 bytes that hold nothing would lose the vault, or a vault that is another's be marked as ours. */
static void
test_key_check_is_mended_only_where_proved (void)
{
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) damaged = NULL;
  g_autoptr (GBytes) after = NULL;
  guint8 *bytes;
  gsize length;

  files = scratch_save (scratch);
  for (gsize at = 0; at < YM_PAGE_CHECK_BYTES; at++)
    {
      g_autoptr (GBytes) mended = NULL;

      flip (scratch, files, "vault", at);
      scratch_open (scratch);
      g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, ROWS);
      mended = scratch_read (scratch, "vault");
      g_assert_cmpmem (g_bytes_get_data (mended, NULL), YM_PAGE_CHECK_BYTES,
                       g_bytes_get_data (g_hash_table_lookup (files, "vault"), NULL), YM_PAGE_CHECK_BYTES);
      scratch_close (scratch);
    }
  length = g_bytes_get_size (g_hash_table_lookup (files, "vault"));
  bytes = g_memdup2 (g_bytes_get_data (g_hash_table_lookup (files, "vault"), NULL), length);
  bytes[3] ^= 1;
  bytes[300] ^= 1;
  damaged = g_bytes_new_take (bytes, length);
  scratch_restore (scratch, files);
  scratch_write (scratch, "vault", damaged);
  g_assert_null (ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  after = scratch_read (scratch, "vault");
  g_assert_true (g_bytes_equal (after, damaged));
}

/* A page of another place, or a page of zeros, could stand in for the one that belongs there. */
static void
test_swapped_and_empty_pages (void)
{
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = NULL;
  int result;

  scratch_open (scratch);
  scratch_close (scratch);
  files = scratch_save (scratch);
  for (int empty = 0; empty < 2; empty++)
    {
      gsize length;
      const guint8 *data = g_bytes_get_data (g_hash_table_lookup (files, "vault"), &length);
      guint8 *changed = g_memdup2 (data, length);
      g_autoptr (GBytes) bytes = g_bytes_new_take (changed, length);

      g_assert_cmpint (length, >=, 4 * YM_PAGE_BYTES);
      if (empty)
        memset (changed + 2 * YM_PAGE_BYTES, 0, YM_PAGE_BYTES);
      else
        memcpy (changed + 2 * YM_PAGE_BYTES, data + 3 * YM_PAGE_BYTES, YM_PAGE_BYTES);
      scratch_restore (scratch, files);
      scratch_write (scratch, "vault", bytes);
      scratch_open (scratch);
      g_assert_null (read_content (scratch, &result));
      g_assert_cmpint (result, ==, SQLITE_IOERR_DATA);
      scratch_close (scratch);
    }
}

/* A vault cut at its end could read as if the rest had never been. */
static void
test_cut_at_its_end (void)
{
  YmFiles quick;
  g_autoptr (Scratch) scratch = scratch_with_rows (&quick);
  g_autoptr (GHashTable) files = NULL;
  gsize length;
  int result;

  scratch_open (scratch);
  scratch_close (scratch);
  files = scratch_save (scratch);
  length = g_bytes_get_size (g_hash_table_lookup (files, "vault"));
  for (gsize left = YM_PAGE_BYTES; left < length; left += YM_PAGE_BYTES / 2)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (g_hash_table_lookup (files, "vault"), 0, left);
      g_autoptr (GError) error = NULL;

      scratch_restore (scratch, files);
      scratch_write (scratch, "vault", cut);
      scratch->store = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error);
      if (scratch->store == NULL)
        g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
      else
        {
          g_assert_null (read_content (scratch, &result));
          g_assert_true (result == SQLITE_IOERR_DATA || (result & 0xff) == SQLITE_CORRUPT);
        }
      scratch_close (scratch);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/tamper/every-region-of-the-vault", test_every_region_of_the_vault);
  g_test_add_func ("/vault/tamper/every-region-of-the-wal", test_every_region_of_the_wal);
  g_test_add_func ("/vault/tamper/every-byte-of-the-keyring", test_every_byte_of_the_keyring);
  g_test_add_func ("/vault/tamper/every-byte-of-either-keyring", test_every_byte_of_either_keyring);
  g_test_add_func ("/vault/tamper/key-check-is-mended-only-where-proved", test_key_check_is_mended_only_where_proved);
  g_test_add_func ("/vault/tamper/swapped-and-empty-pages", test_swapped_and_empty_pages);
  g_test_add_func ("/vault/tamper/cut-at-its-end", test_cut_at_its_end);
  return g_test_run ();
}
