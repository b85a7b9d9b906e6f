/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each way in which WAL mode under encryption is known to lose data or to give it away. */

#include <gio/gio.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/page.h"
#include "app/vault/store.h"
#include "tests/vault/scratch.h"
#include "tests/vault/watch-vfs.h"

#define FILL "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) " \
             "INSERT INTO entry (text) SELECT printf ('%s %%d ', i) || hex (randomblob (1000)) FROM n"

static void
fill (sqlite3 *database, int rows, const char *word)
{
  g_autofree char *sql = g_strdup_printf (FILL, rows, word);

  scratch_execute (database, sql);
}

static Watch *
watch_store (Scratch *scratch, gsize cache_bytes)
{
  Watch *watch;

  scratch_close (scratch);
  watch = watch_begin ();
  scratch->options.base_vfs = WATCH_VFS;
  scratch->options.cache_bytes = cache_bytes;
  scratch_open (scratch);
  return watch_begin () == watch ? watch : NULL;
}

static gboolean
same_file (Scratch *scratch, GHashTable *before, const char *name)
{
  g_autoptr (GBytes) now = scratch_read (scratch, name);

  return g_bytes_equal (now, g_hash_table_lookup (before, name));
}

static void
expect_damaged (Scratch *scratch)
{
  g_autoptr (GError) error = NULL;

  scratch->store = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error);
  g_assert_null (scratch->store);
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
}

/* A vault opened with the keys of another store would lose its WAL, or the right keys be written over. */
static void
test_wrong_key_keeps_the_wal (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (Scratch) other = scratch_new ();
  g_autoptr (GBytes) other_keyring = scratch_read (other, "keyring");
  g_autoptr (GHashTable) before = NULL;

  fill (ym_store_writer (scratch->store), 10, "kept");
  scratch_crash (scratch);
  before = scratch_save (scratch);
  scratch_write (scratch, "keyring", other_keyring);
  expect_damaged (scratch);
  g_assert_true (same_file (scratch, before, "vault"));
  g_assert_true (same_file (scratch, before, "vault-wal"));
  g_assert_true (same_file (scratch, before, "keyring.bak"));
  scratch_restore (scratch, before);
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 10);
}

/* The shell, told by its standard input so that it closes the database properly also after an error. */
static gboolean
plain_sqlite_reads (Scratch *scratch)
{
  g_autofree char *path = scratch_path (scratch, "vault");
  const char *const argv[] = { "sqlite3", "-bail", path, NULL };
  g_autoptr (GBytes) sql = g_bytes_new_static ("SELECT count(*) FROM sqlite_schema;\nCREATE TABLE t (a);\n", 56);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) shell
      = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE
                                     | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);

  g_assert_no_error (error);
  g_subprocess_communicate (shell, sql, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_subprocess_get_successful (shell);
}

/* Our own SQLite without the vault's VFS. Only with the store closed. */
static gboolean
plain_connection_reads (Scratch *scratch)
{
  g_autofree char *path = scratch_path (scratch, "vault");
  sqlite3 *database = NULL;
  int result = sqlite3_open (path, &database);

  if (result == SQLITE_OK)
    result = sqlite3_exec (database, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
  return result == SQLITE_OK;
}

/* Someone's sqlite3 shell, tried on the file, would delete the hot WAL and with it the last commits. */
static void
test_plain_sqlite_harms_nothing (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GHashTable) before = NULL;

  fill (ym_store_writer (scratch->store), 10, "kept");
  g_assert_false (plain_sqlite_reads (scratch)); /* while we have it open */
  scratch_crash (scratch);
  before = scratch_save (scratch);
  g_assert_false (plain_connection_reads (scratch));
  g_assert_false (plain_sqlite_reads (scratch));
  g_assert_true (same_file (scratch, before, "vault"));
  g_assert_true (same_file (scratch, before, "vault-wal"));
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 10);
  scratch_close (scratch);
  g_assert_false (plain_connection_reads (scratch)); /* without a WAL */
  g_assert_false (plain_sqlite_reads (scratch));
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 10);
}

/* Power lost while page 1 is written in a checkpoint would leave a store that can't be opened. */
static void
test_torn_first_page_recovers (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  scratch_execute (ym_store_writer (scratch->store), "CREATE TABLE further (a); INSERT INTO further VALUES (7)");
  scratch_crash (scratch);
  for (gsize torn_at = 512; torn_at < YM_PAGE_BYTES; torn_at += 512)
    {
      g_autoptr (GHashTable) before = scratch_save (scratch);
      gsize length;
      g_autoptr (GBytes) vault = scratch_read (scratch, "vault");
      g_autofree guint8 *torn = g_memdup2 (g_bytes_get_data (vault, &length), g_bytes_get_size (vault));
      g_autoptr (GBytes) bytes = NULL;

      memset (torn + torn_at, 0x5a, YM_PAGE_BYTES - torn_at);
      bytes = g_bytes_new (torn, length);
      scratch_write (scratch, "vault", bytes);
      scratch_open (scratch);
      g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT a FROM further"), ==, 7);
      scratch_check_integrity (ym_store_writer (scratch->store));
      scratch_close (scratch);
      scratch_restore (scratch, before);
    }
}

static guint
count_wal_writes (Watch *watch)
{
  guint count = 0;

  for (guint i = 0; i < watch->writes->len; i++)
    count += g_array_index (watch->writes, WatchedWrite, i).wal;
  return count;
}

/* Frames of a transaction that was rolled back would land in the WAL among those of a later commit. */
static void
test_rollback_then_commit (void)
{
  static const char *const endings[] = { "ROLLBACK", "ROLLBACK TO half; COMMIT", "ROLLBACK TO half; RELEASE half; "
                                         "INSERT INTO entry (text) VALUES ('after'); COMMIT" };
  g_autoptr (Scratch) scratch = scratch_new ();
  Watch *watch = watch_store (scratch, 20 * 1024);
  sqlite3 *writer = ym_store_writer (scratch->store);
  gint64 rows = 0;
  guint writes;

  fill (writer, 100, "first");
  rows = 100;
  for (int size = 1; size <= 90; size += 7)
    for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
      {
        scratch_execute (writer, "BEGIN; UPDATE entry SET text = text || 'x' WHERE id % 9 = 0; SAVEPOINT half");
        fill (writer, size, "undone");
        scratch_execute (writer, endings[i]);
        rows += i == 2;
        /* What is over must not be written any more: neither by a read, nor as a checkpoint syncs the WAL. */
        writes = count_wal_writes (watch);
        g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text LIKE 'undone%'"), ==, 0);
        scratch_execute (writer, "PRAGMA wal_checkpoint (PASSIVE)");
        g_assert_cmpint (count_wal_writes (watch), ==, writes);
        scratch_execute (writer, "INSERT INTO entry (text) VALUES ('small')");
        rows++;
      }
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry"), ==, rows);
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text LIKE 'undone%'"), ==, 0);
  scratch_check_integrity (writer);
  scratch_crash (scratch);
  scratch_open (scratch);
  writer = ym_store_writer (scratch->store);
  g_assert_null (ym_store_get_kept_wal (scratch->store));
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry"), ==, rows);
  scratch_check_integrity (writer);
}

typedef struct {
  guint frames;
  guint again; /* frames written in place of one that was there */
} Frames;

/* Takes the frames in @watch apart and asserts that no nonce serves twice. */
static Frames
check_nonces (Watch *watch, GHashTable *nonces)
{
  g_autoptr (GHashTable) offsets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Frames count = { 0 };

  for (guint i = 0; i < watch->writes->len; i++)
    {
      const WatchedWrite *write = &g_array_index (watch->writes, WatchedWrite, i);
      gsize length;
      const guint8 *data = g_bytes_get_data (write->bytes, &length);

      if (!write->wal || length < YM_FRAME_BYTES)
        continue;
      g_assert_cmpint (length % YM_FRAME_BYTES, ==, 0);
      for (gsize at = 0; at < length; at += YM_FRAME_BYTES)
        {
          const guint8 *nonce = data + at + YM_FRAME_BYTES - YM_PAGE_RESERVED_BYTES;
          gint64 offset = write->offset + at;

          count.frames++;
          g_assert_true (g_hash_table_add (nonces, g_bytes_new (nonce, 24)));
          count.again += !g_hash_table_add (offsets, g_memdup2 (&offset, sizeof offset));
        }
    }
  return count;
}

/* Two pages under one nonce: whoever has the disk could read what differs. */
static void
test_rewritten_frames_never_reuse_a_nonce (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GHashTable) nonces
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  Watch *watch = watch_store (scratch, 20 * 1024);
  sqlite3 *writer = ym_store_writer (scratch->store);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Frames count;

  scratch_execute (writer, "CREATE INDEX by_text ON entry (text); PRAGMA wal_autocheckpoint = 0");
  watch_begin ();
  scratch_execute (writer, "BEGIN");
  fill (writer, 150, "a");
  for (int i = 0; i < 4; i++)
    scratch_execute (writer, "UPDATE entry SET text = substr (text, 1, 900) || 'changed' || id WHERE id % 3 = 1");
  scratch_execute (writer, "COMMIT");
  count = check_nonces (watch, nonces);
  g_assert_cmpint (count.frames, >, 100);
  g_assert_cmpint (count.again, >, 20);
  before = scratch_text (writer, "SELECT group_concat (text) FROM entry");
  scratch_check_integrity (writer);
  scratch_crash (scratch);
  scratch_open (scratch);
  after = scratch_text (ym_store_writer (scratch->store), "SELECT group_concat (text) FROM entry");
  g_assert_cmpstr (before, ==, after);
  scratch_check_integrity (ym_store_writer (scratch->store));
}

/* A commit would cost several writes, and a crash between them is one more state to think about. */
static void
test_a_commit_is_one_write (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  Watch *watch = watch_store (scratch, 1024 * 1024);
  guint before;

  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('starts the log')");
  before = watch->writes->len;
  for (int i = 0; i < 5; i++)
    fill (ym_store_writer (scratch->store), 20, "one write");
  g_assert_cmpint (watch->writes->len - before, ==, 5);
}

/* What SQLite does without a WAL, or beside it, would reach the disk plain. */
static void
test_refuses_other_ways_of_working (void)
{
  static const char *const refused[] = {
    "PRAGMA journal_mode = DELETE",  "PRAGMA journal_mode = MEMORY", "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA mmap_size = 1000000",    "PRAGMA page_size = 8192",      "ATTACH '%s/other' AS other; CREATE TABLE other.t (a)",
    "VACUUM INTO '%s/copy'",         "PRAGMA temp_store = FILE; PRAGMA temp.cache_size = 2; PRAGMA cache_size = 2;"
                                     "CREATE TEMP TABLE t AS SELECT * FROM entry",
  };
  g_autoptr (Scratch) scratch = scratch_new ();

  fill (ym_store_writer (scratch->store), 100, "text");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_auto (GStrv) parts = g_strsplit (refused[i], "%s", 2);
      g_autofree char *sql = g_strjoinv (scratch->directory, parts);
      int result;

      scratch_close (scratch);
      scratch_open (scratch);
      result = sqlite3_exec (ym_store_writer (scratch->store), sql, NULL, NULL, NULL);
      g_test_message ("%s: %d", sql, result);
      g_assert_cmpint (result, !=, SQLITE_OK);
      g_assert_false (scratch_has (scratch, "vault-journal"));
      g_assert_false (scratch_has (scratch, "other"));
      g_assert_false (scratch_has (scratch, "copy"));
    }
  scratch_close (scratch);
  scratch_open (scratch);
  scratch_execute (ym_store_writer (scratch->store), "VACUUM");
  scratch_check_integrity (ym_store_writer (scratch->store));
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 100);
}

/* The wal-index on disk holds checksums of plain pages, and lets other processes in. */
static void
test_never_a_shm_file (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GBytes) foreign = g_bytes_new_static ("left by another program", 23);
  g_autoptr (GError) error = NULL;
  sqlite3 *reader;

  scratch_close (scratch);
  scratch_write (scratch, "vault-shm", foreign);
  scratch_open (scratch);
  reader = ym_store_open_reader (scratch->store, NULL);
  g_assert_false (scratch_has (scratch, "vault-shm"));
  ym_store_close_reader (scratch->store, reader);
  scratch_close (scratch);
  scratch->options.base_vfs = "unix"; /* would share the wal-index by such a file */
  g_assert_null (ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
}

/* A vault cut to nothing would be taken for a new one, and its WAL deleted. */
static void
test_cut_short_is_damaged_not_new (void)
{
  static const gsize lengths[] = { 0, 8, 15 };
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GHashTable) before = NULL;

  fill (ym_store_writer (scratch->store), 10, "kept");
  scratch_crash (scratch);
  before = scratch_save (scratch);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (g_hash_table_lookup (before, "vault"), 0, lengths[i]);

      scratch_write (scratch, "vault", cut);
      expect_damaged (scratch);
      g_assert_true (same_file (scratch, before, "vault-wal"));
    }
  g_hash_table_remove (before, "vault");
  scratch_restore (scratch, before);
  expect_damaged (scratch);
  g_assert_true (same_file (scratch, before, "vault-wal"));
}

static void
check_failed_sync (gboolean first_of_all)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  Watch *watch = watch_store (scratch, 1024 * 1024);
  sqlite3 *writer = ym_store_writer (scratch->store);
  g_autoptr (GError) error = NULL;
  YmHead head = { 0 };

  if (!first_of_all)
    scratch_execute (writer, "INSERT INTO entry (text) VALUES ('kept')");
  watch->fail_sync_in = 1;
  g_assert_cmpint (sqlite3_exec (writer, "INSERT INTO entry (text) VALUES ('lost')", NULL, NULL, NULL), ==,
                   SQLITE_IOERR_FSYNC);
  g_assert_cmpint (sqlite3_exec (writer, "INSERT INTO entry (text) VALUES ('never')", NULL, NULL, NULL) & 0xff, ==,
                   SQLITE_IOERR);
  g_assert_false (ym_store_check (scratch->store, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_false (ym_store_seal_head (scratch->store, &head, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  scratch_close (scratch);
  g_assert_true (scratch_has (scratch, "vault-wal"));
  scratch_open (scratch);
  writer = ym_store_writer (scratch->store);
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text = 'kept'"), ==, !first_of_all);
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text = 'never'"), ==, 0);
  g_assert_true (ym_store_check (scratch->store, NULL));
}

/* After a failed fsync the kernel forgets what was not written; "saved" would be a lie from then on. */
static void
test_failed_sync_is_final (void)
{
  check_failed_sync (TRUE);
  check_failed_sync (FALSE);
}

/* Frames kept back would be lost to a full disk in the middle of a statement, and the transaction commit without them. */
static void
test_frames_lost_to_a_full_disk_dont_commit (void)
{
  guint refused = 0;

  for (int rows = 10; rows < 60; rows += 3)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      Watch *watch = watch_store (scratch, 20 * 1024);
      sqlite3 *writer = ym_store_writer (scratch->store);
      gint64 expected;
      gboolean committed;

      fill (writer, 20, "kept");
      scratch_execute (writer, "BEGIN");
      fill (writer, rows, "spilled");
      watch->full_in = 1;
      /* May abort half-way, so SQLite undoes this statement alone; it reads pages that were spilled. */
      sqlite3_exec (writer, "INSERT INTO entry (id, text) SELECT id + 5000, text FROM entry", NULL, NULL, NULL);
      committed = sqlite3_exec (writer, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
      if (!sqlite3_get_autocommit (writer))
        scratch_execute (writer, "ROLLBACK");
      expected = committed ? 20 + rows : 20;
      refused += !committed;
      scratch_check_integrity (writer);
      g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry"), ==, expected);
      scratch_crash (scratch);
      scratch_open (scratch);
      scratch_check_integrity (ym_store_writer (scratch->store));
      g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, expected);
    }
  g_assert_cmpint (refused, >, 0);
}

/* A full disk at any write would leave half a transaction, or a store that can't be used once there is space. */
static void
test_full_disk_rolls_back (void)
{
  for (guint at = 1; at < 14; at++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();
      Watch *watch = watch_store (scratch, 20 * 1024);
      sqlite3 *writer = ym_store_writer (scratch->store);

      fill (writer, 50, "kept");
      watch->full_in = at;
      /* Reads of spilled pages flush, so the disk may turn out full in a SELECT of the transaction. */
      sqlite3_exec (writer, "BEGIN; INSERT INTO entry (text) SELECT 'lost' || text FROM entry", NULL, NULL, NULL);
      sqlite3_exec (writer, "SELECT sum (length (text)) FROM entry", NULL, NULL, NULL);
      sqlite3_exec (writer, "UPDATE entry SET text = 'lost' || text WHERE id > 40", NULL, NULL, NULL);
      sqlite3_exec (writer, "COMMIT", NULL, NULL, NULL);
      g_assert_cmpint (watch->full_in, ==, 0);
      if (!sqlite3_get_autocommit (writer))
        scratch_execute (writer, "ROLLBACK");
      g_assert_true (ym_store_check (scratch->store, NULL));
      scratch_execute (writer, "INSERT INTO entry (text) VALUES ('kept after')");
      scratch_check_integrity (writer);
      scratch_crash (scratch);
      scratch_open (scratch);
      writer = ym_store_writer (scratch->store);
      g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text LIKE 'kept%'"), >=, 41);
      g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM entry WHERE text = 'kept after'"), ==, 1);
      scratch_check_integrity (writer);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/traps/wrong-key-keeps-the-wal", test_wrong_key_keeps_the_wal);
  g_test_add_func ("/vault/traps/plain-sqlite-harms-nothing", test_plain_sqlite_harms_nothing);
  g_test_add_func ("/vault/traps/torn-first-page-recovers", test_torn_first_page_recovers);
  g_test_add_func ("/vault/traps/rollback-then-commit", test_rollback_then_commit);
  g_test_add_func ("/vault/traps/rewritten-frames-never-reuse-a-nonce", test_rewritten_frames_never_reuse_a_nonce);
  g_test_add_func ("/vault/traps/a-commit-is-one-write", test_a_commit_is_one_write);
  g_test_add_func ("/vault/traps/refuses-other-ways-of-working", test_refuses_other_ways_of_working);
  g_test_add_func ("/vault/traps/never-a-shm-file", test_never_a_shm_file);
  g_test_add_func ("/vault/traps/cut-short-is-damaged-not-new", test_cut_short_is_damaged_not_new);
  g_test_add_func ("/vault/traps/failed-sync-is-final", test_failed_sync_is_final);
  g_test_add_func ("/vault/traps/frames-lost-to-a-full-disk-dont-commit", test_frames_lost_to_a_full_disk_dont_commit);
  g_test_add_func ("/vault/traps/full-disk-rolls-back", test_full_disk_rolls_back);
  return g_test_run ();
}
