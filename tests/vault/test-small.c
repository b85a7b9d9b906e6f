/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The vault's small parts: secrets, the strength of passphrases, migrations, growth with gaps, hardening. */

#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/base/error.h"
#include "app/base/secret.h"
#include "app/vault/harden.h"
#include "app/vault/migrate.h"
#include "app/vault/page.h"
#include "app/vault/passphrase.h"
#include "app/vault/vfs.h"
#include "tests/vault/scratch.h"

/* The same word typed on another keyboard would not open the store. */
static void
test_secret_from_words_with_accents (void)
{
  g_autoptr (YmSecret) composed = ym_secret_new_from_passphrase ("d\xc5\xb5r", 4);
  g_autoptr (YmSecret) decomposed = ym_secret_new_from_passphrase ("dw\xcc\x82r", 5);
  g_autoptr (YmSecret) bytes = ym_secret_new_from_passphrase ("\xff\x00x", 3);

  g_assert_cmpmem (ym_secret_data (composed), ym_secret_length (composed), ym_secret_data (decomposed),
                   ym_secret_length (decomposed));
  g_assert_cmpmem (ym_secret_data (bytes), ym_secret_length (bytes), "\xff\x00x", 3);
}

/* Two keys in one place would be one key, and one that was freed still lie where the next is. */
static void
test_secrets_share_a_page_and_nothing_else (void)
{
  YmSecret *secrets[100];

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
        {
          guint8 *data;

          secrets[i] = ym_secret_new (1 + i * 3); /* some of them too large to share */
          data = ym_secret_data (secrets[i]);
          for (gsize at = 0; at < ym_secret_length (secrets[i]); at++)
            g_assert_cmpint (data[at], ==, 0);
          memset (data, (int) i + 1, ym_secret_length (secrets[i]));
        }
      for (guint i = 0; i < G_N_ELEMENTS (secrets); i += 2) /* the others stay until all are looked at */
        {
          const guint8 *data = ym_secret_data (secrets[i]);
          gsize length = ym_secret_length (secrets[i]);

          ym_secret_free (secrets[i]);
          for (gsize at = 0; i < 10 && at < length; at++)
            g_assert_cmpint (data[at], ==, 0); /* its page is there as long as the others are */
        }
      for (guint i = 1; i < G_N_ELEMENTS (secrets); i += 2)
        {
          for (gsize at = 0; at < ym_secret_length (secrets[i]); at++)
            g_assert_cmpint (ym_secret_data (secrets[i])[at], ==, i + 1);
          ym_secret_free (secrets[i]);
        }
    }
}

typedef struct {
  const char *words;
  int least;
  int most;
} Strength;

/* A passphrase that is guessed in a day would be let through, or five good words refused. */
static void
test_strength_of_passphrases (void)
{
  static const Strength cases[] = {
    { "", 0, 0 },
    { "a", 0, 0 },
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 0, 2 },
    { "abcdefghijklmnopqrstuvwxyz", 0, 2 },
    { "qwertyuiopasdfghjklzxcvbnm", 0, 2 },
    { "123456789012345678901234567890", 0, 2 },
    { "password password password password password", 0, 1 },
    { "Password2024!", 0, 1 },
    { "Heddlu123", 0, 1 },
    { "ladder ladder ladder ladder ladder ladder", 0, 2 },
    { "the one with you and your love", 0, 2 },
    { "pump ladder onion frost", 2, 2 },
    { "pump ladder onion frost velvet", 3, 3 },
    { "Pump-Ladder-Onion-Frost-Velvet", 3, 3 },
    { "pwmp ysgol nionyn barrug melfed", 3, 3 },
    { "pump ladder onion frost velvet anchor sparrow", 4, 4 },
    { "xkqvzjwpfhtmrbndgcls", 3, 4 },
    { "k7#Vq9!mZ2$wT4&xR8pL3n", 3, 4 },
    { "gŵydd ŷd môr tŷ llyn", 0, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (YmSecret) words = ym_secret_new_from_passphrase (cases[i].words, strlen (cases[i].words));
      const char *hint = NULL;
      int score = ym_passphrase_score (words, &hint);

      g_test_message ("%s: %d, %s", cases[i].words, score, hint);
      g_assert_cmpint (score, >=, cases[i].least);
      g_assert_cmpint (score, <=, cases[i].most);
      g_assert_nonnull (hint);
    }
}

static gboolean
fail_or_not (sqlite3 *database, gpointer context, GError **error)
{
  const gboolean *fail = context;

  if (*fail)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
  return !*fail;
}

/* A store would be left between two versions, or an old program write into a new one's tables. */
static void
test_migrates_step_by_step (void)
{
  static const YmMigration steps[] = {
    { "CREATE TABLE a (x); INSERT INTO a VALUES (1)", NULL },
    { "CREATE TABLE b (x)", fail_or_not },
    { "CREATE TABLE c (x)", NULL },
  };
  g_autoptr (Scratch) scratch = scratch_new ();
  sqlite3 *writer = ym_store_writer (scratch->store);
  g_autoptr (GError) error = NULL;
  gboolean fail = TRUE;

  g_assert_true (ym_migrate (writer, steps, 1, NULL, &error));
  g_assert_false (ym_migrate (writer, steps, G_N_ELEMENTS (steps), &fail, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_cmpint (scratch_integer (writer, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM sqlite_schema WHERE name IN ('b', 'c')"), ==, 0);
  fail = FALSE;
  for (int again = 0; again < 2; again++)
    {
      g_assert_true (ym_migrate (writer, steps, G_N_ELEMENTS (steps), &fail, &error));
      g_assert_no_error (error);
      g_assert_cmpint (scratch_integer (writer, "PRAGMA user_version"), ==, 3);
    }
  g_assert_cmpint (scratch_integer (writer, "SELECT count(*) FROM a"), ==, 1);
  g_assert_false (ym_migrate (writer, steps, 2, &fail, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NEWER);
}

typedef struct {
  char *directory;
  char *path;
  YmVaultVfs *vfs;
  YmPageSeal *seal;
  sqlite3 *database;
  sqlite3_file *file;
} Bare;

/* A vault without a store around it, its file to be written to as a checkpoint would. */
static void
bare_open (Bare *bare)
{
  g_autoptr (YmSecret) key = ym_secret_new (32);
  YmId id = { { 1 } };

  bare->directory = g_dir_make_tmp ("ymweld-vault-XXXXXX", NULL);
  bare->path = g_build_filename (bare->directory, "vault", NULL);
  bare->vfs = ym_vault_vfs_new ("unix-excl", bare->path, &id, key, ym_random_system (), NULL);
  bare->seal = ym_page_seal_new (&id, key, ym_random_system ());
  g_assert_true (ym_vault_vfs_create_vault (bare->vfs, NULL));
  g_assert_cmpint (sqlite3_open_v2 (bare->path, &bare->database, SQLITE_OPEN_READWRITE, ym_vault_vfs_name (bare->vfs)),
                   ==, SQLITE_OK);
  g_assert_cmpint (scratch_integer (bare->database, "SELECT count(*) FROM sqlite_schema"), ==, 0);
  sqlite3_file_control (bare->database, "main", SQLITE_FCNTL_FILE_POINTER, &bare->file);
}

static void
bare_close (Bare *bare)
{
  g_assert_cmpint (sqlite3_close (bare->database), ==, SQLITE_OK);
  ym_vault_vfs_free (bare->vfs);
  ym_page_seal_free (bare->seal);
  g_assert_cmpint (unlink (bare->path), ==, 0);
  g_assert_cmpint (rmdir (bare->directory), ==, 0);
  g_free (bare->path);
  g_free (bare->directory);
}

/* A page that SQLite leaves out (the one at 1 GiB) could not be told from one that was wiped. */
static void
test_gaps_are_sealed_zero_pages (void)
{
  const sqlite3_io_methods *methods;
  guint8 page[YM_PAGE_BYTES] = { 42 };
  sqlite3_int64 size;
  Bare bare;

  bare_open (&bare);
  methods = bare.file->pMethods;
  ym_page_close (bare.seal, 6, page);
  /* Only a checkpoint writes to the vault. */
  g_assert_cmpint (methods->xWrite (bare.file, page, sizeof page, 5 * YM_PAGE_BYTES), ==, SQLITE_IOERR_WRITE);
  methods->xFileControl (bare.file, SQLITE_FCNTL_CKPT_START, NULL);
  /* And only what was sealed as that page. */
  g_assert_cmpint (methods->xWrite (bare.file, page, sizeof page, 4 * YM_PAGE_BYTES), ==, SQLITE_IOERR_DATA);
  g_assert_cmpint (methods->xWrite (bare.file, page, sizeof page, 5 * YM_PAGE_BYTES), ==, SQLITE_OK);
  g_assert_cmpint (methods->xTruncate (bare.file, 8 * YM_PAGE_BYTES), ==, SQLITE_OK);
  methods->xFileControl (bare.file, SQLITE_FCNTL_CKPT_DONE, NULL);
  g_assert_cmpint (methods->xFileSize (bare.file, &size), ==, SQLITE_OK);
  g_assert_cmpint (size, ==, 8 * YM_PAGE_BYTES);
  for (int i = 1; i < 8; i++)
    {
      g_assert_cmpint (methods->xRead (bare.file, page, sizeof page, i * YM_PAGE_BYTES), ==, SQLITE_OK);
      g_assert_cmpint (page[0], ==, i == 5 ? 42 : 0);
      g_assert_true (sodium_is_zero (page + 1, sizeof page - 1));
    }
  g_assert_cmpint (methods->xRead (bare.file, page, sizeof page, 8 * YM_PAGE_BYTES), ==, SQLITE_IOERR_DATA);
  /* SQLite may believe neither in atomic writes nor in mapped memory here. */
  g_assert_cmpint (methods->iVersion, <, 3);
  g_assert_cmpint (methods->xDeviceCharacteristics (bare.file) & (SQLITE_IOCAP_ATOMIC | SQLITE_IOCAP_BATCH_ATOMIC), ==, 0);
  bare_close (&bare);
}

/* Under the wiping allocator: looks at what comes back. */
static sqlite3_mem_methods real_methods;
static gboolean saw_dirty_free;

static void
check_free (void *memory)
{
  if (memory != NULL && !sodium_is_zero (memory, real_methods.xSize (memory)))
    saw_dirty_free = TRUE;
  real_methods.xFree (memory);
}

static void
watch_frees (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real_methods), ==, SQLITE_OK);
  methods = real_methods;
  methods.xFree = check_free;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
}

static gboolean
freed_memory_is_wiped (void)
{
  sqlite3 *database = NULL;

  if (sqlite3_open (":memory:", &database) != SQLITE_OK)
    return FALSE;
  scratch_execute (database, "CREATE TABLE t (a); INSERT INTO t VALUES (hex (randomblob (20000)))");
  g_assert_cmpint (scratch_integer (database, "SELECT count(*) FROM t WHERE a || a LIKE '%F%'"), ==, 1);
  return sqlite3_close (database) == SQLITE_OK && !saw_dirty_free;
}

/* A crash would write the keys into a core file, or a debugger of the same user read them. */
static void
test_hardened_process_dumps_nothing (void)
{
  pid_t child = fork ();
  int status;

  if (child == 0)
    {
      struct rlimit limit;

      sqlite3_shutdown (); /* as at the start of a program */
      watch_frees ();
      if (!ym_process_harden (NULL))
        _exit (1);
      if (!freed_memory_is_wiped ())
        _exit (3);
      getrlimit (RLIMIT_CORE, &limit);
      _exit (prctl (PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 && limit.rlim_cur == 0 && limit.rlim_max == 0 ? 0 : 2);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/secret/from-words-with-accents", test_secret_from_words_with_accents);
  g_test_add_func ("/vault/secret/share-a-page-and-nothing-else", test_secrets_share_a_page_and_nothing_else);
  g_test_add_func ("/vault/passphrase/strength", test_strength_of_passphrases);
  g_test_add_func ("/vault/migrate/step-by-step", test_migrates_step_by_step);
  g_test_add_func ("/vault/vfs/gaps-are-sealed-zero-pages", test_gaps_are_sealed_zero_pages);
  g_test_add_func ("/vault/harden/dumps-nothing", test_hardened_process_dumps_nothing);
  return g_test_run ();
}
