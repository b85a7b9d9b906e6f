/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets the keys: passphrases right and wrong, their delays, the change of one; and the sealed head beside. */

#include "app/vault/keyring.h"

#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/keyring-format.h"
#include "tests/vault/scratch.h"

#define SECOND G_GINT64_CONSTANT (1000000)

/* YM_ERROR_... of one try, or -1 if it opens. */
static int
try_words (Scratch *scratch, const char *words)
{
  g_autoptr (YmSecret) passphrase = ym_secret_new_from_passphrase (words, strlen (words));
  g_autoptr (GError) error = NULL;
  g_autoptr (YmStore) store = ym_store_open (scratch->directory, passphrase, &scratch->options, &error);

  g_assert_true ((store == NULL) == (error != NULL));
  return error != NULL ? error->code : -1;
}

static int
try_right (Scratch *scratch)
{
  return try_words (scratch, "pump ladder onion frost velvet");
}

static gint64
wait_s (Scratch *scratch)
{
  return ym_store_get_wait_us (scratch->directory, &scratch->options) / SECOND;
}

/* A thief could try passphrases as fast as the machine is, or an officer be locked out for ever. */
static void
test_delay_doubles_to_a_quarter_hour (void)
{
  static const gint64 expected_s[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900 };
  g_autoptr (Scratch) scratch = scratch_new ();

  scratch_close (scratch);
  g_assert_cmpint (wait_s (scratch), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (expected_s); i++)
    {
      g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_PASSPHRASE);
      g_assert_cmpint (wait_s (scratch), ==, expected_s[i]);
      scratch->boot_us += expected_s[i] * SECOND - 1;
      g_assert_cmpint (try_right (scratch), ==, YM_ERROR_DELAYED);
      scratch->boot_us += 1;
    }
  g_assert_cmpint (try_right (scratch), ==, -1);
  g_assert_cmpint (wait_s (scratch), ==, 0);
  g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_PASSPHRASE);
  g_assert_cmpint (wait_s (scratch), ==, 1);
}

typedef struct {
  const char *name;
  gint64 wall_s;      /* added to the wall clock */
  gint64 boot_s;      /* added to the boot clock */
  gint64 boot_to_s;   /* or the boot clock set to this, after a restart; -1 not */
  gint64 expected_s;  /* of 64 seconds to wait */
} ClockCase;

/* A restart or a changed clock would let the next try be made early, or never. */
static void
test_delay_survives_restarts_and_clocks (void)
{
  static const ClockCase cases[] = {
    { "time passes", 10, 10, -1, 54 },
    { "clock set back a year", -31536000, 10, -1, 54 },
    { "clock set on a year", 31536000, 10, -1, 54 },
    { "restarted just now", 3600, 0, 5, 59 },
    { "restarted just now, clock set on a year", 31536000, 0, 5, 59 },
    { "restarted, up for long enough", 0, 0, 70, 0 },
    { "restarted, up for longer than before", 0, 4000, -1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Scratch) scratch = scratch_new ();

      scratch_close (scratch);
      for (int n = 0; n < 7; n++)
        {
          scratch->boot_us += wait_s (scratch) * SECOND;
          g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_PASSPHRASE);
        }
      g_assert_cmpint (wait_s (scratch), ==, 64);
      scratch->wall_us += cases[i].wall_s * SECOND;
      scratch->boot_us = cases[i].boot_to_s >= 0 ? cases[i].boot_to_s * SECOND
                                                 : scratch->boot_us + cases[i].boot_s * SECOND;
      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (wait_s (scratch), ==, cases[i].expected_s);
      g_assert_cmpint (try_right (scratch), ==, cases[i].expected_s > 0 ? YM_ERROR_DELAYED : -1);
    }
}

static gboolean
refuse_to_write (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
  return FALSE;
}

static gboolean
refuse_to_overwrite (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length,
                     GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
  return FALSE;
}

/* Pulling the battery before the verdict would make tries free. */
static void
test_a_try_counts_before_it_is_judged (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  YmFiles broken = *ym_files_system ();

  broken.overwrite_synced = refuse_to_overwrite;
  scratch_close (scratch);
  scratch->options.files = &broken;
  g_assert_cmpint (try_right (scratch), ==, YM_ERROR_STORAGE);
  g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_STORAGE);
}

/* Leaves the least cost, which is left as it is, by a passphrase set anew. */
static void
leave_least_cost (Scratch *scratch)
{
  scratch_close (scratch);
  scratch->options.argon2_operations++;
  scratch_open (scratch);
  g_assert_true (ym_store_change_passphrase (scratch->store, scratch->passphrase, scratch->passphrase, NULL));
  scratch_close (scratch);
}

/* An officer whose disk is full could not even read, and the delay would not be kept. */
static void
test_a_full_disk_keeps_nobody_out (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  YmFiles full = *ym_files_system ();

  full.write_synced = refuse_to_write;
  leave_least_cost (scratch);
  scratch->options.files = &full;
  scratch->options.argon2_operations++;
  g_assert_cmpint (try_right (scratch), ==, -1);
  g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_PASSPHRASE);
  g_assert_cmpint (wait_s (scratch), ==, 1);
  scratch->boot_us += SECOND;
  g_assert_cmpint (try_right (scratch), ==, -1);
}

/* With a log that a crash left torn, the full disk would keep the officer out, or the next save write over the log. */
static void
test_a_full_disk_with_a_torn_log_can_be_read (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  YmFiles full = *ym_files_system ();
  g_autoptr (GBytes) log = NULL;
  g_autoptr (GBytes) torn = NULL;
  g_autoptr (GBytes) after = NULL;
  guint8 *bytes;
  gsize length;

  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('first')");
  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('torn')");
  scratch_crash (scratch);
  log = scratch_read (scratch, "vault-wal");
  length = g_bytes_get_size (log);
  bytes = g_memdup2 (g_bytes_get_data (log, NULL), length);
  memset (bytes + length - 512, 0, 512);
  torn = g_bytes_new_take (bytes, length);
  scratch_write (scratch, "vault-wal", torn);
  full.write_synced = refuse_to_write;
  scratch->options.files = &full;
  scratch_open (scratch);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 1);
  g_assert_cmpint (sqlite3_exec (ym_store_writer (scratch->store), "DELETE FROM entry", NULL, NULL, NULL), !=,
                   SQLITE_OK);
  g_assert_false (ym_store_check (scratch->store, NULL));
  scratch_close (scratch);
  after = scratch_read (scratch, "vault-wal");
  g_assert_true (g_bytes_equal (after, torn));
  scratch->options.files = ym_files_system ();
  scratch_open (scratch);
  g_assert_true (ym_store_check (scratch->store, NULL));
  g_assert_true (scratch_has (scratch, "vault-wal.kept-1"));
  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('goes on')");
}

/* A power cut inside the counter would give a thief tries back, or lock the officer out. */
static void
test_a_torn_count_is_the_one_before (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  scratch_close (scratch);
  for (int n = 0; n < 5; n++)
    {
      g_autoptr (GBytes) before = scratch_read (scratch, "tries");
      g_autoptr (GBytes) after = NULL;
      gint64 wait_before_s = wait_s (scratch);
      gint64 wait_after_s;
      const guint8 *old;
      const guint8 *now;

      scratch->boot_us += wait_before_s * SECOND;
      g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_PASSPHRASE);
      wait_after_s = wait_s (scratch);
      after = scratch_read (scratch, "tries");
      old = g_bytes_get_data (before, NULL);
      now = g_bytes_get_data (after, NULL);
      g_assert_cmpint (g_bytes_get_size (before), ==, g_bytes_get_size (after));
      for (gsize cut = 0; cut <= g_bytes_get_size (after); cut += 4)
        {
          gsize length = g_bytes_get_size (after);
          guint8 *mixed = g_memdup2 (now, length);
          g_autoptr (GBytes) torn = g_bytes_new_take (mixed, length);

          memcpy (mixed + cut, old + cut, length - cut);
          scratch_write (scratch, "tries", torn);
          scratch->boot_us -= wait_before_s * SECOND;
          if (memcmp (mixed, now, length) != 0)
            g_assert_cmpint (wait_s (scratch), ==, wait_before_s);
          scratch->boot_us += wait_before_s * SECOND;
          if (memcmp (mixed, now, length) == 0)
            g_assert_cmpint (wait_s (scratch), ==, wait_after_s);
        }
      scratch_write (scratch, "tries", after);
    }
}

/* A damaged count would be as good as none, or lock the officer out. */
static void
test_a_damaged_count_waits_from_boot (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GBytes) rubbish = g_bytes_new_static ("YMTRIES1 and then rubbish", 25);

  scratch_close (scratch);
  scratch_write (scratch, "tries", rubbish);
  scratch->boot_us = 60 * SECOND;
  g_assert_cmpint (wait_s (scratch), ==, 840);
  scratch->boot_us = 900 * SECOND;
  g_assert_cmpint (try_right (scratch), ==, -1);
  g_assert_cmpint (wait_s (scratch), ==, 0);
  g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_PASSPHRASE);
  g_assert_cmpint (wait_s (scratch), ==, 1);
}

/* The old passphrase would still open, or the change lose the keys. */
static void
test_change_of_passphrase (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (YmSecret) next = ym_secret_new_from_passphrase ("another five words are here", 27);
  g_autoptr (YmSecret) wrong = ym_secret_new_from_passphrase ("wrong", 5);
  g_autoptr (GError) error = NULL;
  guint8 key_before[YM_STORE_PUBLIC_KEY_BYTES];
  guint8 key_after[YM_STORE_PUBLIC_KEY_BYTES];

  scratch_execute (ym_store_writer (scratch->store), "INSERT INTO entry (text) VALUES ('kept')");
  ym_store_public_key (scratch->store, key_before);
  g_assert_false (ym_store_change_passphrase (scratch->store, wrong, next, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (ym_store_change_passphrase (scratch->store, scratch->passphrase, next, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DELAYED);
  g_clear_error (&error);
  scratch->boot_us += SECOND;
  g_assert_true (ym_store_change_passphrase (scratch->store, scratch->passphrase, next, &error));
  g_assert_no_error (error);
  scratch_close (scratch);
  g_assert_cmpint (try_right (scratch), ==, YM_ERROR_PASSPHRASE);
  scratch->boot_us += SECOND;
  ym_secret_free (scratch->passphrase);
  scratch->passphrase = g_steal_pointer (&next);
  scratch_open (scratch);
  ym_store_public_key (scratch->store, key_after);
  g_assert_cmpmem (key_before, sizeof key_before, key_after, sizeof key_after);
  g_assert_cmpint (scratch_integer (ym_store_writer (scratch->store), "SELECT count(*) FROM entry"), ==, 1);
}

static GBytes *
with_slot_of (GBytes *file, GBytes *from)
{
  g_autoptr (YmKeyring) keyring = ym_keyring_parse (file, NULL);
  g_autoptr (YmKeyring) other = ym_keyring_parse (from, NULL);
  GBytes *body = ym_keyring_find_slot (other, YM_SLOT_PASSPHRASE)->body;

  ym_keyring_put_slot (keyring, YM_SLOT_PASSPHRASE, g_bytes_ref (body));
  return ym_keyring_serialize (keyring);
}

/* After a power cut between the two files either passphrase would open, or whoever kept an old slot get in by it. */
static void
test_an_older_copy_gives_way (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (YmSecret) next = ym_secret_new_from_passphrase ("another five words are here", 27);
  g_autoptr (GBytes) old = scratch_read (scratch, "keyring");
  g_autoptr (GBytes) fresh = NULL;
  g_autoptr (GBytes) spliced = NULL;
  const char *const names[] = { "keyring", "keyring.bak" };

  g_assert_true (ym_store_change_passphrase (scratch->store, scratch->passphrase, next, NULL));
  scratch_close (scratch);
  fresh = scratch_read (scratch, "keyring");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) mended = NULL;

      scratch_write (scratch, names[i], old);
      g_assert_cmpint (try_right (scratch), ==, YM_ERROR_PASSPHRASE);
      scratch->boot_us += SECOND;
      g_assert_cmpint (try_words (scratch, "another five words are here"), ==, -1);
      mended = scratch_read (scratch, names[i]);
      g_assert_true (g_bytes_equal (mended, fresh));
    }
  spliced = with_slot_of (fresh, old);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    scratch_write (scratch, names[i], spliced);
  g_assert_cmpint (try_right (scratch), ==, YM_ERROR_DAMAGED);
}

/* A full disk would leave the officer with a new passphrase that was said to have failed. */
static void
test_no_room_for_the_new_passphrase_leaves_the_old (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (YmSecret) next = ym_secret_new_from_passphrase ("another five words are here", 27);
  YmFiles full = *ym_files_system ();
  g_autoptr (GError) error = NULL;

  full.write_synced = refuse_to_write;
  scratch_close (scratch);
  scratch->options.files = &full;
  scratch_open (scratch);
  g_assert_false (ym_store_change_passphrase (scratch->store, scratch->passphrase, next, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  scratch_close (scratch);
  g_assert_cmpint (try_right (scratch), ==, -1);
}

static YmSlotCost
cost_of (Scratch *scratch)
{
  g_autoptr (GBytes) file = scratch_read (scratch, "keyring");
  g_autoptr (YmKeyring) keyring = ym_keyring_parse (file, NULL);

  return ym_slot_get_cost (ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE)->body);
}

/* A store made years ago would stay as cheap to guess as it was then, or a device with less memory cheapen it. */
static void
test_cost_goes_up_and_never_down (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  leave_least_cost (scratch);
  scratch->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN + 2;
  scratch_open (scratch);
  scratch_close (scratch);
  g_assert_cmpint (cost_of (scratch).operations, ==, crypto_pwhash_OPSLIMIT_MIN + 2);
  g_assert_cmpint (cost_of (scratch).memory_bytes, ==, crypto_pwhash_MEMLIMIT_MIN);
  scratch->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  scratch->options.argon2_memory_bytes = 2 * crypto_pwhash_MEMLIMIT_MIN;
  scratch_open (scratch);
  g_assert_cmpint (cost_of (scratch).operations, ==, crypto_pwhash_OPSLIMIT_MIN + 2);
  g_assert_cmpint (cost_of (scratch).memory_bytes, ==, 2 * crypto_pwhash_MEMLIMIT_MIN);
}

/* A test of whole programs would wait a second for each unlock, and be run less often. */
static void
test_the_least_cost_is_left (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  scratch_close (scratch);
  scratch->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN + 2;
  scratch->options.argon2_memory_bytes = 2 * crypto_pwhash_MEMLIMIT_MIN;
  scratch_open (scratch);
  scratch_close (scratch);
  g_assert_cmpint (cost_of (scratch).operations, ==, crypto_pwhash_OPSLIMIT_MIN);
  g_assert_cmpint (cost_of (scratch).memory_bytes, ==, crypto_pwhash_MEMLIMIT_MIN);
}

/* A slot that a later version added (escrow) would be lost by a change of passphrase. */
static void
test_unknown_slots_are_kept (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (YmSecret) next = ym_secret_new_from_passphrase ("another five words are here", 27);
  g_autoptr (GBytes) file = scratch_read (scratch, "keyring");
  g_autoptr (YmKeyring) keyring = ym_keyring_parse (file, NULL);
  g_autoptr (YmSecret) keyring_key = NULL;
  g_autoptr (YmKeys) keys = NULL;
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (YmKeyring) parsed = NULL;
  const YmSlot *slot;

  keyring_key = ym_slot_unwrap_passphrase (&keyring->store_id, scratch->passphrase,
                                           ym_keyring_find_slot (keyring, YM_SLOT_PASSPHRASE)->body, NULL);
  keys = ym_keyring_open_keys (keyring, keyring_key);
  keys->keyring_key = g_steal_pointer (&keyring_key);
  ym_keyring_put_slot (keyring, 77, g_bytes_new_static ("of a later version", 18));
  ym_keyring_seal_keys (keyring, keys, ym_random_system ());
  longer = ym_keyring_serialize (keyring);
  scratch_write (scratch, "keyring", longer);
  scratch_write (scratch, "keyring.bak", longer);
  g_assert_true (ym_store_change_passphrase (scratch->store, scratch->passphrase, next, NULL));
  after = scratch_read (scratch, "keyring");
  parsed = ym_keyring_parse (after, NULL);
  slot = ym_keyring_find_slot (parsed, 77);
  g_assert_nonnull (slot);
  g_assert_cmpmem (g_bytes_get_data (slot->body, NULL), g_bytes_get_size (slot->body), "of a later version", 18);
}

/* A keyring of a later version would be called damaged, and someone put an old copy over it. */
static void
test_newer_keyring_is_said_to_be (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GBytes) file = scratch_read (scratch, "keyring");
  gsize length = g_bytes_get_size (file);
  guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), length);
  g_autoptr (GBytes) newer = g_bytes_new_take (data, length);
  YmHash hash;

  data[11] = 3;
  hash = ym_hash_of (data, length - YM_HASH_BYTES);
  memcpy (data + length - YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
  scratch_close (scratch);
  scratch_write (scratch, "keyring", newer);
  g_assert_cmpint (try_right (scratch), ==, YM_ERROR_NEWER);
  scratch_write (scratch, "keyring", file);
  scratch_write (scratch, "keyring.bak", newer);
  g_assert_cmpint (try_right (scratch), ==, YM_ERROR_NEWER);
}

/* Lengths from a damaged or hostile file would be believed. */
static void
test_lengths_in_the_keyring_are_checked (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GBytes) file = scratch_read (scratch, "keyring");
  gsize length = g_bytes_get_size (file);

  for (gsize at = 0; at < length - YM_HASH_BYTES; at++)
    for (guint value = 0; value < 256; value += 51)
      {
        guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), length);
        g_autoptr (GBytes) changed = g_bytes_new_take (data, length);
        g_autoptr (YmKeyring) keyring = NULL;
        g_autoptr (GError) error = NULL;
        YmHash hash;

        data[at] = value;
        hash = ym_hash_of (data, length - YM_HASH_BYTES);
        memcpy (data + length - YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
        keyring = ym_keyring_parse (changed, &error);
        g_assert_true ((keyring == NULL) == (error != NULL));
        if (keyring != NULL)
          {
            g_autoptr (GBytes) again = ym_keyring_serialize (keyring);

            g_assert_true (at >= 8 && (at < 12 || g_bytes_equal (again, changed)));
          }
      }
}

/* A signature would not verify, or be by a key that changes. */
static void
test_signs_with_the_devices_key (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  guint8 signature[YM_STORE_SIGNATURE_BYTES];
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES];

  ym_store_sign (scratch->store, "envelope", 8, signature);
  scratch_close (scratch);
  scratch_open (scratch);
  ym_store_public_key (scratch->store, key);
  g_assert_cmpint (crypto_sign_verify_detached (signature, (const guint8 *) "envelope", 8, key), ==, 0);
  g_assert_cmpint (crypto_sign_verify_detached (signature, (const guint8 *) "Envelope", 8, key), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/keyring/delay-doubles-to-a-quarter-hour", test_delay_doubles_to_a_quarter_hour);
  g_test_add_func ("/vault/keyring/delay-survives-restarts-and-clocks", test_delay_survives_restarts_and_clocks);
  g_test_add_func ("/vault/keyring/a-try-counts-before-it-is-judged", test_a_try_counts_before_it_is_judged);
  g_test_add_func ("/vault/keyring/a-damaged-count-waits-from-boot", test_a_damaged_count_waits_from_boot);
  g_test_add_func ("/vault/keyring/a-full-disk-keeps-nobody-out", test_a_full_disk_keeps_nobody_out);
  g_test_add_func ("/vault/keyring/a-full-disk-with-a-torn-log", test_a_full_disk_with_a_torn_log_can_be_read);
  g_test_add_func ("/vault/keyring/a-torn-count-is-the-one-before", test_a_torn_count_is_the_one_before);
  g_test_add_func ("/vault/keyring/an-older-copy-gives-way", test_an_older_copy_gives_way);
  g_test_add_func ("/vault/keyring/no-room-leaves-the-old", test_no_room_for_the_new_passphrase_leaves_the_old);
  g_test_add_func ("/vault/keyring/cost-goes-up-and-never-down", test_cost_goes_up_and_never_down);
  g_test_add_func ("/vault/keyring/the-least-cost-is-left", test_the_least_cost_is_left);
  g_test_add_func ("/vault/keyring/change-of-passphrase", test_change_of_passphrase);
  g_test_add_func ("/vault/keyring/unknown-slots-are-kept", test_unknown_slots_are_kept);
  g_test_add_func ("/vault/keyring/newer-keyring-is-said-to-be", test_newer_keyring_is_said_to_be);
  g_test_add_func ("/vault/keyring/lengths-are-checked", test_lengths_in_the_keyring_are_checked);
  g_test_add_func ("/vault/keyring/signs-with-the-devices-key", test_signs_with_the_devices_key);
  return g_test_run ();
}
