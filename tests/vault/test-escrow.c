/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A forgotten passphrase: what goes out of the locked store, who can answer it, and what the answer does. */

#include "app/vault/store-escrow.h"

#include <string.h>

#include "app/base/error.h"
#include "app/vault/keyring-format.h"
#include "app/vault/recovery-key.h"
#include "tests/vault/scratch.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define NEW_WORDS "deilen copper rhedyn anchor llwybr"

/* A locked store in escrow, and who can open it. */
typedef struct {
  Scratch *scratch;
  YmSecret *recovery;
  YmSecret *chosen;
  guint8 recovery_key[YM_BOX_PUBLIC_KEY_BYTES];
  guint8 device_key[YM_STORE_PUBLIC_KEY_BYTES];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  Scratch *scratch = fixture->scratch = scratch_new ();
  g_autoptr (GError) error = NULL;

  fixture->recovery = ym_key_random (ym_random_system ());
  ym_box_public_key (fixture->recovery, fixture->recovery_key);
  fixture->chosen = ym_secret_new_from_passphrase (NEW_WORDS, strlen (NEW_WORDS));
  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('kept')");
  ym_store_public_key (scratch->store, fixture->device_key);
  g_assert_true (ym_store_set_escrow (scratch->store, fixture->recovery_key, &error));
  g_assert_no_error (error);
  scratch_close (scratch);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  ym_secret_free (fixture->recovery);
  ym_secret_free (fixture->chosen);
  scratch_free (fixture->scratch);
}

static GBytes *
request (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = ym_store_request_escrow (fixture->scratch->directory, fixture->chosen, &fixture->scratch->options, &error);

  g_assert_no_error (error);
  return bytes;
}

/* As the administrator does; NULL if the slot does not open. */
static GBytes *
answer (Fixture *fixture, GBytes *bytes)
{
  g_autoptr (YmEscrowRequest) decoded = ym_escrow_request_decode (bytes, NULL);
  g_autoptr (YmSecret) storage
      = decoded != NULL ? ym_escrow_slot_open (&decoded->slot, &decoded->store_id, fixture->recovery) : NULL;

  return storage != NULL ? ym_escrow_answer_encode (decoded, storage, ym_random_system ()) : NULL;
}

/* YM_ERROR_... or -1 if it was taken. */
static int
take (Fixture *fixture, GBytes *bytes, const YmSecret *passphrase)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = ym_store_take_escrow_answer (fixture->scratch->directory, bytes, passphrase, &fixture->scratch->options, &error);

  g_assert_true (taken == (error == NULL));
  return taken ? -1 : error->code;
}

static int
try_open (Fixture *fixture, const YmSecret *passphrase)
{
  Scratch *scratch = fixture->scratch;
  g_autoptr (GError) error = NULL;
  g_autoptr (YmStore) store = NULL;

  scratch->boot_us += ym_store_get_wait_us (scratch->directory, &scratch->options);
  store = ym_store_open (scratch->directory, passphrase, &scratch->options, &error);
  if (store != NULL)
    g_assert_cmpint (scratch_integer (ym_store_writer (store), "SELECT count(*) FROM entry"), ==, 1);
  return store != NULL ? -1 : error->code;
}

/* The officer would stay locked out, the forgotten passphrase be good still, or the device sign with the old key. */
static void
test_answer_opens (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);
  g_autoptr (YmStore) store = NULL;
  guint8 device_key[YM_STORE_PUBLIC_KEY_BYTES];

  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
  g_assert_cmpint (try_open (fixture, fixture->scratch->passphrase), ==, YM_ERROR_PASSPHRASE);
  g_assert_cmpint (try_open (fixture, fixture->chosen), ==, -1);
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, YM_ERROR_NOT_FOUND);
  store = ym_store_open (fixture->scratch->directory, fixture->chosen, &fixture->scratch->options, NULL);
  ym_store_public_key (store, device_key);
  g_assert_false (memcmp (device_key, fixture->device_key, sizeof device_key) == 0);
}

/* A request that nobody needs would stay good for whoever made it. */
static void
test_unlocking_withdraws (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);

  g_assert_true (scratch_has (fixture->scratch, "escrow"));
  g_assert_cmpint (try_open (fixture, fixture->scratch->passphrase), ==, -1);
  g_assert_false (scratch_has (fixture->scratch, "escrow"));
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, YM_ERROR_NOT_FOUND);
}

/* An answer to an earlier request would bring its passphrase in. */
static void
test_older_answer_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) first = request (fixture);
  g_autoptr (GBytes) late = answer (fixture, first);
  g_autoptr (GBytes) second = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, second);

  g_assert_cmpint (take (fixture, late, fixture->chosen), ==, YM_ERROR_INVALID);
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
}

/* Who has the answer and not the passphrase could guess it without a delay. */
static void
test_passphrase_of_the_request_is_a_try (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);

  g_assert_cmpint (take (fixture, answered, fixture->scratch->passphrase), ==, YM_ERROR_PASSPHRASE);
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, YM_ERROR_DELAYED);
  fixture->scratch->boot_us += SECOND;
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
}

/* Whoever answers without the recovery key, to a request that they have seen, would make the store one that nobody can read. */
static void
test_answer_without_the_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);
  g_autoptr (YmEscrowRequest) decoded = ym_escrow_request_decode (asked, NULL);
  g_autoptr (YmSecret) other = ym_key_random (ym_random_system ());
  g_autoptr (YmSecret) storage = ym_escrow_slot_open (&decoded->slot, &decoded->store_id, fixture->recovery);
  g_autoptr (YmSecret) invented = ym_secret_copy (storage);
  g_autoptr (GBytes) forged = NULL;
  g_autoptr (GHashTable) before = scratch_save (fixture->scratch);

  g_assert_null (ym_escrow_slot_open (&decoded->slot, &decoded->store_id, other));
  ym_secret_data (invented)[0] ^= 1;
  forged = ym_escrow_answer_encode (decoded, invented, ym_random_system ());
  g_assert_cmpint (take (fixture, forged, fixture->chosen), ==, YM_ERROR_DAMAGED);
  for (guint i = 0; i < 2; i++)
    {
      const char *const names[] = { "keyring", "vault" };
      g_autoptr (GBytes) now = scratch_read (fixture->scratch, names[i]);

      g_assert_true (g_bytes_equal (now, g_hash_table_lookup (before, names[i])));
    }
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
}

/* With one byte changed, and the checksum at the end made to fit where @fits. */
static GBytes *
with_flipped (GBytes *bytes, gsize at, gboolean fits)
{
  gsize length = g_bytes_get_size (bytes);
  guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  data[at] ^= 1;
  if (fits)
    {
      YmHash hash = ym_hash_of (data, length - YM_HASH_BYTES);

      memcpy (data + length - YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
    }
  return g_bytes_new_take (data, length);
}

/* A changed file would open another store, be sealed to somebody else's key unseen, or change the keyring. */
static void
test_every_byte_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);
  g_autoptr (YmEscrowRequest) genuine = ym_escrow_request_decode (asked, NULL);
  g_autofree char *fingerprint = ym_escrow_fingerprint (&genuine->hash);
  g_autoptr (GBytes) keyring = scratch_read (fixture->scratch, "keyring");
  g_autoptr (GBytes) after = NULL;

  for (gsize i = 0; i < g_bytes_get_size (asked) - YM_HASH_BYTES; i++)
    {
      g_autoptr (GBytes) torn = with_flipped (asked, i, FALSE);
      g_autoptr (GBytes) forged = with_flipped (asked, i, TRUE);
      g_autoptr (YmEscrowRequest) decoded = ym_escrow_request_decode (forged, NULL);
      g_autoptr (GBytes) to_forged = answer (fixture, forged);

      g_assert_null (ym_escrow_request_decode (torn, NULL));
      /* Only a one-time key can be swapped so that the slot opens: the fingerprint and the tablet see it. */
      if (to_forged == NULL)
        continue;
      g_assert_false (ym_escrow_fingerprint_matches (&decoded->hash, fingerprint));
      g_assert_cmpint (take (fixture, to_forged, fixture->chosen), ==, YM_ERROR_INVALID);
    }
  for (gsize i = 0; i < g_bytes_get_size (answered); i++)
    {
      g_autoptr (GBytes) forged = with_flipped (answered, i, i < g_bytes_get_size (answered) - YM_HASH_BYTES);

      g_assert_cmpint (take (fixture, forged, fixture->chosen), !=, -1);
    }
  after = scratch_read (fixture->scratch, "keyring");
  g_assert_true (g_bytes_equal (keyring, after));
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
}

/* After a change of keys escrow would open what is no more, or a store without escrow say that all is well. */
static void
test_escrow_follows_the_keys (Fixture *fixture, gconstpointer data)
{
  Scratch *scratch = fixture->scratch;
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) answered = NULL;

  g_assert_true (ym_store_change_keys (scratch->directory, scratch->passphrase, &scratch->options, NULL));
  asked = request (fixture);
  answered = answer (fixture, asked);
  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
  g_assert_cmpint (try_open (fixture, fixture->chosen), ==, -1);
  /* The slot of a keyring that nobody could open is not believed: the app puts it back. */
  g_assert_null (ym_store_request_escrow (scratch->directory, fixture->chosen, &scratch->options, NULL));
}

/* Another recovery key would not take the place of the old one, or the same be written at each unlock. */
static void
test_escrow_follows_the_recovery_key (Fixture *fixture, gconstpointer data)
{
  Scratch *scratch = fixture->scratch;
  g_autoptr (YmSecret) other = ym_key_random (ym_random_system ());
  guint8 other_key[YM_BOX_PUBLIC_KEY_BYTES];
  static const guint8 no_key[YM_BOX_PUBLIC_KEY_BYTES];
  g_autoptr (GBytes) before = scratch_read (scratch, "keyring");
  g_autoptr (GBytes) same = NULL;
  g_autoptr (GBytes) asked = NULL;
  g_autoptr (GBytes) by_old = NULL;
  g_autoptr (GBytes) by_other = NULL;

  scratch_open (scratch);
  g_assert_true (ym_store_set_escrow (scratch->store, fixture->recovery_key, NULL));
  same = scratch_read (scratch, "keyring");
  g_assert_true (g_bytes_equal (before, same));
  g_assert_false (ym_store_set_escrow (scratch->store, no_key, NULL));
  ym_box_public_key (other, other_key);
  g_assert_true (ym_store_set_escrow (scratch->store, other_key, NULL));
  scratch_close (scratch);
  asked = request (fixture);
  by_old = answer (fixture, asked);
  g_assert_null (by_old);
  ym_secret_free (fixture->recovery);
  fixture->recovery = g_steal_pointer (&other);
  by_other = answer (fixture, asked);
  g_assert_cmpint (take (fixture, by_other, fixture->chosen), ==, -1);
}

/* --- the power goes --- */

static guint operations_left;

static gboolean
is_cut (GError **error)
{
  if (operations_left > 0)
    {
      operations_left--;
      return FALSE;
    }
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "cut");
  return TRUE;
}

static gboolean
cut_write (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  return !is_cut (error) && ym_files_system ()->write_synced (NULL, path, data, length, error);
}

static gboolean
cut_overwrite (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length, GError **error)
{
  return !is_cut (error) && ym_files_system ()->overwrite_synced (NULL, path, offset, data, length, error);
}

static gboolean
cut_rename (gpointer context, const char *from, const char *to, GError **error)
{
  return !is_cut (error) && ym_files_system ()->rename (NULL, from, to, error);
}

static gboolean
cut_sync (gpointer context, const char *directory, GError **error)
{
  return !is_cut (error) && ym_files_system ()->sync_directory (NULL, directory, error);
}

static gboolean
cut_remove (gpointer context, const char *path, GError **error)
{
  return !is_cut (error) && ym_files_system ()->remove (NULL, path, error);
}

/* A cut would leave a store that neither passphrase opens, or both. */
static void
test_cut_at_each_step (Fixture *fixture, gconstpointer data)
{
  Scratch *scratch = fixture->scratch;
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);
  g_autoptr (GHashTable) before = scratch_save (scratch);
  YmFiles cut = *ym_files_system ();
  gboolean taken = FALSE;
  guint cuts = 0;

  cut.write_synced = cut_write;
  cut.overwrite_synced = cut_overwrite;
  cut.rename = cut_rename;
  cut.sync_directory = cut_sync;
  cut.remove = cut_remove;
  while (!taken)
    {
      gboolean by_old;

      scratch_restore (scratch, before);
      operations_left = cuts++;
      scratch->options.files = &cut;
      taken = take (fixture, answered, fixture->chosen) == -1;
      scratch->options.files = ym_files_system ();
      by_old = try_open (fixture, scratch->passphrase) == -1;
      g_assert_true (by_old != (try_open (fixture, fixture->chosen) == -1));
    }
  g_assert_cmpuint (cuts, >, 6);
}

static gboolean
is_due (Fixture *fixture)
{
  Scratch *scratch = fixture->scratch;
  g_autoptr (YmStore) store = NULL;
  gboolean due;

  scratch->boot_us += ym_store_get_wait_us (scratch->directory, &scratch->options);
  store = ym_store_open (scratch->directory, fixture->chosen, &scratch->options, NULL);
  g_assert_nonnull (store);
  g_assert_true (ym_store_keys_are_due (store, &due, NULL));
  return due;
}

/* The first 16 bytes of the vault follow from its key. */
static GBytes *
read_key_check (Fixture *fixture)
{
  g_autoptr (GBytes) vault = scratch_read (fixture->scratch, "vault");

  return g_bytes_new_from_bytes (vault, 0, 16);
}

/* After a cut the keys that an administrator has held would stay in use, and nobody know it. */
static void
test_due_until_changed (Fixture *fixture, gconstpointer data)
{
  Scratch *scratch = fixture->scratch;
  g_autoptr (GBytes) asked = request (fixture);
  g_autoptr (GBytes) answered = answer (fixture, asked);
  g_autoptr (GBytes) held = NULL;
  g_autoptr (GHashTable) before = NULL;
  YmFiles cut = *ym_files_system ();
  gboolean changed = FALSE;
  guint cuts = 0, n_due = 0;

  g_assert_cmpint (take (fixture, answered, fixture->chosen), ==, -1);
  g_assert_true (is_due (fixture));
  held = read_key_check (fixture);
  before = scratch_save (scratch);
  cut.write_synced = cut_write;
  cut.overwrite_synced = cut_overwrite;
  cut.rename = cut_rename;
  cut.sync_directory = cut_sync;
  cut.remove = cut_remove;
  while (!changed)
    {
      g_autoptr (GBytes) now = NULL;
      gboolean due;

      scratch_restore (scratch, before);
      operations_left = cuts++;
      scratch->options.files = &cut;
      changed = ym_store_change_keys (scratch->directory, fixture->chosen, &scratch->options, NULL);
      scratch->options.files = ym_files_system ();
      due = is_due (fixture);
      now = read_key_check (fixture);
      g_assert_cmpint (due, ==, g_bytes_equal (now, held));
      n_due += due;
    }
  g_assert_false (is_due (fixture));
  g_assert_cmpuint (n_due, >, 2);
  g_assert_cmpuint (cuts - n_due, >, 1);
}

/* The key that opens every tablet would open for anybody, or be lost to a slip of the pen. */
static void
test_recovery_key_file (Fixture *fixture, gconstpointer data)
{
  Scratch *scratch = fixture->scratch;
  g_autofree char *path = scratch_path (scratch, "recovery-key");
  guint8 made[YM_BOX_PUBLIC_KEY_BYTES], opened[YM_BOX_PUBLIC_KEY_BYTES];
  g_autoptr (GError) error = NULL;
  g_autoptr (YmSecret) secret = NULL;
  g_autoptr (GBytes) file = NULL;

  g_assert_true (ym_recovery_key_make (path, fixture->chosen, &scratch->options, made, &error));
  g_assert_false (ym_recovery_key_make (path, fixture->chosen, &scratch->options, made, NULL));
  secret = ym_recovery_key_open (path, fixture->chosen, &scratch->options, opened, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (made, sizeof made, opened, sizeof opened);
  g_assert_null (ym_recovery_key_open (path, scratch->passphrase, &scratch->options, opened, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_PASSPHRASE);
  file = scratch_read (scratch, "recovery-key");
  for (gsize i = 0; i < g_bytes_get_size (file); i++)
    {
      g_autoptr (GBytes) spoilt = with_flipped (file, i, FALSE);

      scratch_write (scratch, "recovery-key", spoilt);
      g_assert_null (ym_recovery_key_open (path, fixture->chosen, &scratch->options, opened, NULL));
    }
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/vault/escrow/answer-opens", test_answer_opens },
    { "/vault/escrow/unlocking-withdraws", test_unlocking_withdraws },
    { "/vault/escrow/older-answer-is-refused", test_older_answer_is_refused },
    { "/vault/escrow/passphrase-is-a-try", test_passphrase_of_the_request_is_a_try },
    { "/vault/escrow/answer-without-the-keys", test_answer_without_the_keys },
    { "/vault/escrow/every-byte-counts", test_every_byte_counts },
    { "/vault/escrow/follows-the-keys", test_escrow_follows_the_keys },
    { "/vault/escrow/follows-the-recovery-key", test_escrow_follows_the_recovery_key },
    { "/vault/escrow/cut-at-each-step", test_cut_at_each_step },
    { "/vault/escrow/due-until-changed", test_due_until_changed },
    { "/vault/escrow/recovery-key-file", test_recovery_key_file },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
