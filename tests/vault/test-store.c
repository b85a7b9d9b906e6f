/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store as its callers see it: made, opened, written, read, closed, locked against others. */

#include "app/vault/store.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/error.h"
#include "app/vault/database.h"
#include "tests/vault/scratch.h"

/* What was committed would be gone after lock and unlock. */
static void
test_reopens_with_what_was_committed (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('one'), ('two')");
  scratch_close (scratch);
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 2);
  scratch_check_integrity (ym_store_writer (scratch->store));
}

/* A crash would lose what was committed, or recovery would read frames wrongly. */
static void
test_recovers_after_a_crash (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  for (int i = 0; i < 50; i++)
    scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES (hex(randomblob(500)))");
  scratch_crash (scratch);
  g_assert_true (scratch_has (scratch, "vault-wal"));
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 50);
  scratch_check_integrity (ym_store_writer (scratch->store));
}

/* A SIGKILL would take acknowledged rows with it. */
static void
test_survives_sigkill (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  int status;
  pid_t child;

  scratch_close (scratch);
  child = fork ();
  if (child == 0)
    {
      scratch_open (scratch);
      for (int i = 0; i < 20; i++)
        scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('kept')");
      scratch_execute (ym_store_writer (scratch->store), "BEGIN; INSERT INTO entry (text) VALUES ('never said')");
      kill (getpid (), SIGKILL);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 20);
}

typedef struct {
  YmStore *store;
  gint *stop;
  guint reads;
} Reading;

static gpointer
read_until_told (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  sqlite3 *reader = ym_store_open_reader (reading->store, &error);

  g_assert_no_error (error);
  while (!g_atomic_int_get (reading->stop))
    {
      /* Each transaction of the writer adds a pair that cancels out. */
      g_assert_cmpint (scratch_integer (reader, "SELECT coalesce(sum(text), 0) FROM entry"), ==, 0);
      reading->reads++;
    }
  ym_store_close_reader (reading->store, reader);
  return NULL;
}

/* A reader would see half a transaction, or a page of another moment, while the writer commits and checkpoints. */
static void
test_readers_beside_the_writer (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  gint stop = FALSE;
  Reading readings[2] = { { scratch->store, &stop }, { scratch->store, &stop } };
  GThread *threads[2];

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("reader", read_until_told, &readings[i]);
  for (int i = 1; i <= 200; i++)
    {
      g_autofree char *sql = g_strdup_printf ("BEGIN; INSERT INTO entry (text) VALUES (%d);"
                                              "INSERT INTO entry (text) VALUES (%d); COMMIT", i, -i);

      scratch_execute (ym_store_writer (scratch->store), sql);
      if (i % 50 == 0)
        scratch_execute (ym_store_writer (scratch->store), "PRAGMA wal_checkpoint(PASSIVE)");
    }
  g_atomic_int_set (&stop, TRUE);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  g_assert_false (scratch_has (scratch, "vault-shm"));
  scratch_check_integrity (ym_store_writer (scratch->store));
}

/* A reader could change the store past the journal. */
static void
test_readers_only_read (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  sqlite3 *reader = ym_store_open_reader (scratch->store, NULL);

  g_assert_cmpint (sqlite3_exec (reader, "DELETE FROM entry", NULL, NULL, NULL), ==, SQLITE_READONLY);
  ym_store_close_reader (scratch->store, reader);
}

/* Two programs would write one store. */
static void
test_second_opening_is_busy (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GError) here = NULL;
  int status;
  pid_t child;

  g_assert_null (ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &here));
  g_assert_error (here, YM_ERROR, YM_ERROR_BUSY);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) there = NULL;
      YmStore *second = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &there);

      _exit (second == NULL && g_error_matches (there, YM_ERROR, YM_ERROR_BUSY) ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

/* What a child's record says would stand readable on a lost tablet. */
static void
test_no_record_text_on_disk (void)
{
  static const char marker[] = "MARKER-the-child-ran-to-Aberystwyth";
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GHashTable) hot = NULL;
  g_autoptr (GHashTable) closed = NULL;
  GHashTable *states[2];
  int seen = 0;

  scratch_execute (ym_store_writer (scratch->store),
                   "BEGIN; CREATE INDEX by_text ON entry (text);"
                   "INSERT INTO entry (text) VALUES ('MARKER-the-child-ran-to-Aberystwyth'); COMMIT");
  hot = scratch_save (scratch);
  scratch_close (scratch);
  closed = scratch_save (scratch);
  states[0] = hot;
  states[1] = closed;
  for (guint i = 0; i < 2; i++)
    {
      GHashTableIter iter;
      gpointer name;
      gpointer bytes;

      g_hash_table_iter_init (&iter, states[i]);
      while (g_hash_table_iter_next (&iter, &name, &bytes))
        {
          gsize length;
          gconstpointer data = g_bytes_get_data (bytes, &length);

          seen++;
          g_assert_null (memmem (data, length, marker, strlen (marker)));
          g_assert_null (memmem (data, length, "SQLite format", 13));
          g_assert_null (memmem (data, length, "by_text", 7));
        }
    }
  g_assert_cmpint (seen, >=, 6);
}

/* A server's ledger could not be opened by its key file, or by any other key. */
static void
test_opens_by_a_key (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *directory = scratch_path (scratch, "ledger");
  g_autoptr (YmSecret) key = ym_secret_new (YM_STORE_KEY_BYTES);
  g_autoptr (GError) error = NULL;
  YmStore *store = ym_store_create_with_key (directory, key, &scratch->options, &error);
  YmId id;

  g_assert_no_error (error);
  id = *ym_store_id (store);
  ym_store_close (store);
  store = ym_store_open_with_key (directory, key, &scratch->options, &error);
  g_assert_no_error (error);
  g_assert_true (ym_id_equal (&id, ym_store_id (store)));
  ym_store_close (store);
  ym_secret_data (key)[5] ^= 1;
  g_assert_null (ym_store_open_with_key (directory, key, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_PASSPHRASE);
}

/* What officers get (256 MiB for the derivation) would not work, or be weaker than was said. */
static void
test_default_options_work (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *directory = scratch_path (scratch, "real");
  YmStoreOptions options = ym_store_options_default ();
  g_autoptr (GError) error = NULL;
  YmStore *store = ym_store_create (directory, scratch->passphrase, &options, &error);

  g_assert_no_error (error);
  ym_store_close (store);
  store = ym_store_open (directory, scratch->passphrase, &options, &error);
  g_assert_no_error (error);
  ym_store_close (store);
  g_assert_cmpstr (options.base_vfs, ==, "unix-excl");
  g_assert_cmpint (options.argon2_memory_bytes, >=, 256 * 1024 * 1024);
  g_assert_cmpint (options.argon2_operations, >=, 3);
}

/* Making a store again would bury the one that is there. */
static void
test_is_made_only_once (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (ym_store_exists (scratch->directory, &scratch->options));
  scratch_close (scratch);
  g_assert_null (ym_store_create (scratch->directory, scratch->passphrase, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_INVALID);
  scratch_open (scratch);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/store/reopens-with-what-was-committed", test_reopens_with_what_was_committed);
  g_test_add_func ("/vault/store/recovers-after-a-crash", test_recovers_after_a_crash);
  g_test_add_func ("/vault/store/survives-sigkill", test_survives_sigkill);
  g_test_add_func ("/vault/store/readers-beside-the-writer", test_readers_beside_the_writer);
  g_test_add_func ("/vault/store/readers-only-read", test_readers_only_read);
  g_test_add_func ("/vault/store/second-opening-is-busy", test_second_opening_is_busy);
  g_test_add_func ("/vault/store/no-record-text-on-disk", test_no_record_text_on_disk);
  g_test_add_func ("/vault/store/opens-by-a-key", test_opens_by_a_key);
  g_test_add_func ("/vault/store/default-options-work", test_default_options_work);
  g_test_add_func ("/vault/store/is-made-only-once", test_is_made_only_once);
  return g_test_run ();
}
