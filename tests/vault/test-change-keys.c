/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The change of the store's keys: what opens before, between and after, and what no longer does. */

#include <string.h>

#include "app/base/error.h"
#include "app/vault/keyring-format.h"
#include "tests/vault/scratch.h"
#include "tests/vault/watch-vfs.h"

#define SECOND G_GINT64_CONSTANT (1000000)

/* Rows on more pages than one, some of them still in the log, and a head. */
static void
fill (Scratch *scratch)
{
  YmHead head = { .sequence = 7 };

  for (int i = 0; i < 40; i++)
    scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES (hex (randomblob (500)))");
  g_assert_true (ym_store_seal_head (scratch->store, &head, NULL));
}

/* All that the store says. */
static char *
content_of (Scratch *scratch)
{
  YmHead head;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = scratch_text (ym_store_writer (scratch->store), "SELECT group_concat (id || ' ' || text) FROM entry");

  scratch_check_integrity (ym_store_writer (scratch->store));
  g_assert_true (ym_store_read_head (scratch->store, &head, &error));
  return g_strdup_printf ("%s, head %d %d", rows, (int) head.sequence, (int) head.counter);
}

static void
assert_content (Scratch *scratch, const char *expected)
{
  g_autofree char *content = NULL;

  scratch_open (scratch);
  content = content_of (scratch);
  g_assert_cmpstr (content, ==, expected);
}

static void
change_keys (Scratch *scratch)
{
  g_autoptr (GError) error = NULL;

  scratch_close (scratch);
  g_assert_true (ym_store_change_keys (scratch->directory, scratch->passphrase, &scratch->options, &error));
  g_assert_no_error (error);
}

static gboolean
is_changing (Scratch *scratch, const char *name)
{
  g_autoptr (GBytes) bytes = scratch_read (scratch, name);
  g_autoptr (YmKeyring) keyring = ym_keyring_parse (bytes, NULL);

  return keyring->is_changing;
}

/* After the change something would be missing, the device be another one, or an old key still be good for something. */
static void
test_change_keeps_all_but_the_keys (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GHashTable) after = NULL;
  g_autofree char *content = NULL;
  guint8 keys[2][YM_STORE_PUBLIC_KEY_BYTES];
  YmId id = *ym_store_id (scratch->store);
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("a log that was kept", 19);
  static const char *const files[] = { "vault", "head", "keyring", "keyring.bak" };

  fill (scratch);
  content = content_of (scratch);
  ym_store_public_key (scratch->store, keys[0]);
  scratch_write (scratch, "vault-wal.kept-1", rubbish);
  scratch_close (scratch);
  before = scratch_save (scratch);
  change_keys (scratch);
  after = scratch_save (scratch);
  assert_content (scratch, content);
  g_assert_true (ym_id_equal (&id, ym_store_id (scratch->store)));
  ym_store_public_key (scratch->store, keys[1]);
  g_assert_cmpmem (keys[0], sizeof keys[0], keys[1], sizeof keys[1]);
  g_assert_false (scratch_has (scratch, "vault.new"));
  g_assert_false (scratch_has (scratch, "vault-wal.kept-1"));
  g_assert_false (is_changing (scratch, "keyring"));
  scratch_close (scratch);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_false (g_bytes_equal (g_hash_table_lookup (before, files[i]), g_hash_table_lookup (after, files[i])));
}

/* Who kept copies of both keyring files from before the change, and the passphrase, would have the store. */
static void
test_old_keyrings_do_not_open_the_new_vault (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) old = NULL;
  g_autoptr (GBytes) fresh = NULL;
  YmStore *store;

  fill (scratch);
  old = scratch_read (scratch, "keyring");
  change_keys (scratch);
  fresh = scratch_read (scratch, "keyring");
  scratch_write (scratch, "keyring", old);
  scratch_write (scratch, "keyring.bak", old);
  store = ym_store_open (scratch->directory, scratch->passphrase, &scratch->options, &error);
  g_assert_null (store);
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  scratch_write (scratch, "keyring", fresh);
  scratch_open (scratch);
}

/* A wrong passphrase would change the keys, or the tries before it not count. */
static void
test_change_asks_for_the_passphrase (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (YmSecret) wrong = ym_secret_new_from_passphrase ("wrong", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  scratch_close (scratch);
  before = scratch_read (scratch, "keyring");
  g_assert_false (ym_store_change_keys (scratch->directory, wrong, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (ym_store_change_keys (scratch->directory, scratch->passphrase, &scratch->options, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DELAYED);
  after = scratch_read (scratch, "keyring");
  g_assert_true (g_bytes_equal (before, after));
}

/* --- cut at each file operation --- */

typedef struct {
  Scratch *scratch;
  YmFiles files;
  GPtrArray *states; /* GHashTable: the files as they are before each operation */
  guint refuse_write_in;
} Recorder;

static void
record (Recorder *recorder)
{
  g_ptr_array_add (recorder->states, scratch_save (recorder->scratch));
}

static gboolean
record_write (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  Recorder *recorder = context;

  record (recorder);
  if (recorder->refuse_write_in > 0 && --recorder->refuse_write_in == 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
      return FALSE;
    }
  return ym_files_system ()->write_synced (NULL, path, data, length, error);
}

static gboolean
record_rename (gpointer context, const char *from, const char *to, GError **error)
{
  record (context);
  return ym_files_system ()->rename (NULL, from, to, error);
}

static gboolean
record_sync (gpointer context, const char *directory, GError **error)
{
  record (context);
  return ym_files_system ()->sync_directory (NULL, directory, error);
}

static gboolean
record_remove (gpointer context, const char *path, GError **error)
{
  record (context);
  return ym_files_system ()->remove (NULL, path, error);
}

static void
recorder_init (Recorder *recorder, Scratch *scratch)
{
  *recorder = (Recorder){ .scratch = scratch, .files = *ym_files_system () };
  recorder->states = g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);
  recorder->files.write_synced = record_write;
  recorder->files.rename = record_rename;
  recorder->files.sync_directory = record_sync;
  recorder->files.remove = record_remove;
  recorder->files.context = recorder;
}

/* The store says the same, the change has come to its one end or the other, and a change can be made again. */
static void
assert_settles (Scratch *scratch, GHashTable *state, const char *content)
{
  scratch_restore (scratch, state);
  assert_content (scratch, content);
  g_assert_false (is_changing (scratch, "keyring"));
  g_assert_false (is_changing (scratch, "keyring.bak"));
  scratch_close (scratch);
  assert_content (scratch, content);
  scratch_close (scratch);
}

/* A cut at some moment of the change would leave a store that nothing opens. */
static void
test_cut_at_each_step (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *content = NULL;
  Recorder recorder;

  fill (scratch);
  content = content_of (scratch);
  recorder_init (&recorder, scratch);
  scratch->options.files = &recorder.files;
  scratch_crash (scratch); /* with a log */
  change_keys (scratch);
  record (&recorder);
  scratch->options.files = ym_files_system ();
  g_assert_cmpuint (recorder.states->len, >, 15);
  for (guint i = 0; i < recorder.states->len; i++)
    assert_settles (scratch, g_ptr_array_index (recorder.states, i), content);
  change_keys (scratch);
  assert_content (scratch, content);
  g_ptr_array_unref (recorder.states);
}

/* One file as it was in one state or another. */
static void
set_file (GHashTable *state, const char *name, GHashTable *from)
{
  g_hash_table_replace (state, g_strdup (name), g_bytes_ref (g_hash_table_lookup (from, name)));
}

typedef struct {
  const char *name;
  int keyring; /* 0 as before, 1 with both pairs, 2 as after */
  int second;
  int vault; /* 0 as before, 2 as after */
  int head;
} Mixture;

/* Renames that reach the medium in another order than they were made would leave a store that nothing opens. */
static void
test_mixtures_open (void)
{
  static const Mixture mixtures[] = {
    { "one keyring with both pairs", 1, 0, 0, 0 },
    { "the other keyring with both pairs", 0, 1, 0, 0 },
    { "both keyrings with both pairs", 1, 1, 0, 0 },
    { "the head ahead", 1, 1, 0, 2 },
    { "the vault changed", 1, 1, 2, 2 },
    { "one keyring done", 2, 1, 2, 2 },
    { "the other keyring done", 1, 2, 2, 2 },
  };
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *content = NULL;
  GHashTable *states[3] = { NULL, NULL, NULL };
  Recorder recorder;

  fill (scratch);
  content = content_of (scratch);
  scratch_close (scratch);
  states[0] = scratch_save (scratch);
  recorder_init (&recorder, scratch);
  scratch->options.files = &recorder.files;
  change_keys (scratch);
  scratch->options.files = ym_files_system ();
  states[2] = scratch_save (scratch);
  for (guint i = 0; i < recorder.states->len && states[1] == NULL; i++)
    {
      scratch_restore (scratch, g_ptr_array_index (recorder.states, i));
      if (is_changing (scratch, "keyring") && is_changing (scratch, "keyring.bak"))
        states[1] = g_hash_table_ref (g_ptr_array_index (recorder.states, i));
    }
  for (guint i = 0; i < G_N_ELEMENTS (mixtures); i++)
    {
      g_autoptr (GHashTable) mixed = NULL;

      g_test_message ("%s", mixtures[i].name);
      scratch_restore (scratch, states[0]);
      mixed = scratch_save (scratch);
      set_file (mixed, "keyring", states[mixtures[i].keyring]);
      set_file (mixed, "keyring.bak", states[mixtures[i].second]);
      set_file (mixed, "vault", states[mixtures[i].vault]);
      set_file (mixed, "head", states[mixtures[i].head]);
      assert_settles (scratch, mixed, content);
    }
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    g_hash_table_unref (states[i]);
  g_ptr_array_unref (recorder.states);
}

/* A disk that fills up on the way would cost the store, or keep the officer out until there is room. */
static void
test_full_disk_leaves_the_old_store (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *content = NULL;
  Watch *watch;
  guint refused = 0;

  fill (scratch);
  content = content_of (scratch);
  scratch->options.base_vfs = WATCH_VFS;
  for (guint n = 1; n < 200; n++)
    {
      g_autoptr (GError) error = NULL;

      watch = watch_begin ();
      scratch_close (scratch);
      watch->full_in = n;
      if (ym_store_change_keys (scratch->directory, scratch->passphrase, &scratch->options, &error))
        break;
      g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
      refused++;
      watch->full_in = 0;
      assert_content (scratch, content);
      g_assert_false (scratch_has (scratch, "vault.new"));
    }
  g_assert_cmpuint (refused, >, 10);
  watch->full_in = 0;
  assert_content (scratch, content);
}

/* The same for the keyring and the head, and with no room left for the end of the change. */
static void
test_refused_files_leave_a_store (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *content = NULL;
  gboolean changed = FALSE;

  fill (scratch);
  content = content_of (scratch);
  for (guint n = 1; n < 30 && !changed; n++)
    {
      g_autoptr (GError) error = NULL;
      Recorder recorder;

      recorder_init (&recorder, scratch);
      recorder.refuse_write_in = n;
      scratch->options.files = &recorder.files;
      scratch_close (scratch);
      changed = ym_store_change_keys (scratch->directory, scratch->passphrase, &scratch->options, &error);
      g_assert_true (changed || g_error_matches (error, YM_ERROR, YM_ERROR_STORAGE));
      recorder.refuse_write_in = 1; /* the first write of the opening that follows */
      assert_content (scratch, content);
      scratch_close (scratch);
      scratch->options.files = ym_files_system ();
      assert_content (scratch, content);
      g_assert_false (is_changing (scratch, "keyring"));
      g_ptr_array_unref (recorder.states);
    }
  g_assert_true (changed);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/change-keys/keeps-all-but-the-keys", test_change_keeps_all_but_the_keys);
  g_test_add_func ("/vault/change-keys/old-keyrings-do-not-open", test_old_keyrings_do_not_open_the_new_vault);
  g_test_add_func ("/vault/change-keys/asks-for-the-passphrase", test_change_asks_for_the_passphrase);
  g_test_add_func ("/vault/change-keys/cut-at-each-step", test_cut_at_each_step);
  g_test_add_func ("/vault/change-keys/mixtures-open", test_mixtures_open);
  g_test_add_func ("/vault/change-keys/full-disk-leaves-the-old-store", test_full_disk_leaves_the_old_store);
  g_test_add_func ("/vault/change-keys/refused-files-leave-a-store", test_refused_files_leave_a_store);
  return g_test_run ();
}
