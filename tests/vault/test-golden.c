/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stores as earlier versions wrote them, kept in the tree, made by `test-golden --write DIRECTORY`. None ever
 * changes; a new format adds a number: 1 has a head of one record, 2 of two. A store in the field that does not open any more is the officer's work lost. */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/bytes.h"
#include "app/vault/migrate.h"
#include "tests/vault/scratch.h"

#define PASSPHRASE "pump ladder onion frost velvet"
#define EXPORT "SELECT group_concat (id || ' ' || text, char (10)) FROM (SELECT id, text FROM entry ORDER BY id)"

static const char *const files[] = { "vault", "vault-wal", "keyring", "keyring.bak", "head", "tries" };

/* Keys that follow from a seed, so that they are the same whenever a store is written. */
static void
fill_seeded (gpointer context, guint8 *buffer, gsize length)
{
  guint64 *seed = context;
  guint8 key[randombytes_SEEDBYTES] = { 0 };

  ym_put_be64 (key, (*seed)++);
  randombytes_buf_deterministic (buffer, length, key);
}

static void
copy_file (const char *from, const char *to, const char *name)
{
  g_autofree char *source = g_build_filename (from, name, NULL);
  g_autofree char *target = g_build_filename (to, name, NULL);
  g_autoptr (GFile) source_file = g_file_new_for_path (source);
  g_autoptr (GFile) target_file = g_file_new_for_path (target);
  g_autoptr (GError) error = NULL;

  g_file_copy (source_file, target_file, G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, NULL, NULL, NULL,
               &error);
  g_assert_no_error (error);
}

/* A store that was not closed: half of its rows are in the vault, half in the log. */
static void
write_golden (const char *directory)
{
  guint64 seed = 1;
  const YmRandom seeded = { fill_seeded, &seed };
  g_autoptr (YmSecret) passphrase = ym_secret_new_from_passphrase (PASSPHRASE, strlen (PASSPHRASE));
  g_autofree char *work = g_dir_make_tmp ("ymweld-golden-XXXXXX", NULL);
  YmStoreOptions options = ym_store_options_default ();
  YmHead head = { .sequence = 8, .entry_count = 8 };
  YmStore *store;

  options.random = &seeded;
  options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  store = ym_store_create (work, passphrase, &options, NULL);
  scratch_execute (ym_store_writer (store), "CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT);"
                                            "PRAGMA user_version = 1");
  for (int i = 1; i <= 8; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO entry (text) VALUES ('ymweliad %d â ŵ')", i);

      if (i == 5)
        scratch_execute (ym_store_writer (store), "PRAGMA wal_checkpoint (TRUNCATE)");
      scratch_execute (ym_store_writer (store), sql);
    }
  g_assert_true (ym_store_seal_head (store, &head, NULL));
  g_assert_true (ym_store_seal_head (store, &head, NULL));
  g_assert_cmpint (g_mkdir_with_parents (directory, 0755), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    copy_file (work, directory, files[i]);
  ym_store_close (store);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (work, files[i], NULL);

      g_remove (path);
    }
}

static Scratch *
scratch_with_golden (const char *version)
{
  Scratch *scratch = scratch_new ();
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "vault", "golden", version, NULL);

  scratch_close (scratch);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    copy_file (golden, scratch->directory, files[i]);
  return scratch;
}

typedef struct {
  const char *version;
  guint64 head_counter;
  const char *key_hash; /* SHA-256 of the device's public key, in hex */
} Golden;

/* The last number is what is written today. */
static const Golden golden[] = {
  { "1", 1, "351035c4c20d0ebf409757b6a2fa1e1a7c92463dcfc55e11b476b22895ec11a5" },
  { "2", 2, "351035c4c20d0ebf409757b6a2fa1e1a7c92463dcfc55e11b476b22895ec11a5" },
};

/* A store of an earlier version would not open, or not say the same. */
static void
test_opens_and_exports_the_same (gconstpointer data)
{
  static const char expected[] = "1 ymweliad 1 â ŵ\n2 ymweliad 2 â ŵ\n3 ymweliad 3 â ŵ\n4 ymweliad 4 â ŵ\n"
                                 "5 ymweliad 5 â ŵ\n6 ymweliad 6 â ŵ\n7 ymweliad 7 â ŵ\n8 ymweliad 8 â ŵ";
  const Golden *one = data;
  g_autoptr (Scratch) scratch = scratch_with_golden (one->version);
  g_autoptr (GBytes) sealed = NULL;
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES];
  YmHead head;

  for (guint again = 0; again < 3; again++)
    {
      g_autofree char *text = NULL;
      g_autofree char *hex = NULL;

      scratch_open (scratch);
      text = scratch_text (ym_store_writer (scratch->store), EXPORT);
      g_assert_cmpstr (text, ==, expected);
      g_assert_null (ym_store_get_kept_wal (scratch->store));
      scratch_check_integrity (ym_store_writer (scratch->store));
      g_assert_true (ym_store_read_head (scratch->store, &head, NULL));
      g_assert_cmpint (head.sequence, ==, 8);
      g_assert_cmpint (head.counter, ==, one->head_counter + (again > 1));
      g_assert_false (head.is_torn);
      if (again == 1) /* from now on in today's format */
        g_assert_true (ym_store_seal_head (scratch->store, &head, NULL));
      ym_store_public_key (scratch->store, key);
      hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, key, sizeof key);
      g_assert_cmpstr (hex, ==, one->key_hash);
      scratch_close (scratch);
    }
  sealed = scratch_read (scratch, "head");
  g_assert_cmpint (g_bytes_get_size (sealed), ==, 8192);
}

/* An older program would write into a newer store what that one does not understand. */
static void
test_newer_is_refused_with_its_sentence (void)
{
  static const char sentence[] = "A newer version of this program has used the store. Update the program.";
  static const YmMigration none[] = { { NULL, NULL } };
  g_autoptr (Scratch) scratch = scratch_with_golden (golden[G_N_ELEMENTS (golden) - 1].version);
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GBytes) newer = NULL;
  g_autoptr (GBytes) vault = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  guint8 *bytes;
  YmHash hash;

  scratch_open (scratch);
  scratch_execute (ym_store_writer (scratch->store), "PRAGMA user_version = 2");
  g_assert_false (ym_migrate (ym_store_writer (scratch->store), none, G_N_ELEMENTS (none), NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NEWER);
  g_clear_error (&error);
  scratch_close (scratch);
  before = scratch_save (scratch);
  length = g_bytes_get_size (g_hash_table_lookup (before, "keyring"));
  bytes = g_memdup2 (g_bytes_get_data (g_hash_table_lookup (before, "keyring"), NULL), length);
  newer = g_bytes_new_take (bytes, length);
  bytes[11] += 2; /* past the version of a keyring whose keys are being changed */
  hash = ym_hash_of (bytes, length - YM_HASH_BYTES);
  memcpy (bytes + length - YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
  scratch_write (scratch, "keyring", newer);
  g_assert_null (ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NEWER);
  g_assert_cmpstr (error->message, ==, sentence);
  vault = scratch_read (scratch, "vault");
  g_assert_true (g_bytes_equal (vault, g_hash_table_lookup (before, "vault")));
}

int
main (int argc, char *argv[])
{
  if (argc == 3 && strcmp (argv[1], "--write") == 0)
    {
      write_golden (argv[2]);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (golden); i++)
    {
      g_autofree char *path = g_strdup_printf ("/vault/golden/%s/opens-and-exports-the-same", golden[i].version);

      g_test_add_data_func (path, &golden[i], test_opens_and_exports_the_same);
    }
  g_test_add_func ("/vault/golden/newer-is-refused-with-its-sentence", test_newer_is_refused_with_its_sentence);
  return g_test_run ();
}
