/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets the keys: passphrases right and wrong, their delays, the change of one; and the sealed head beside. */

#include "app/vault/keyring.h"

#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/head.h"
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

/* Pulling the battery before the verdict would make tries free. */
static void
test_a_try_counts_before_it_is_judged (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  YmFiles broken = *ym_files_system ();

  broken.write_synced = refuse_to_write;
  scratch_close (scratch);
  scratch->options.files = &broken;
  g_assert_cmpint (try_right (scratch), ==, YM_ERROR_STORAGE);
  g_assert_cmpint (try_words (scratch, "wrong"), ==, YM_ERROR_STORAGE);
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
  g_assert_false (scratch_has (scratch, "tries"));
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

/* A slot that a later version added (escrow) would be lost by a change of passphrase. */
static void
test_unknown_slots_are_kept (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (YmSecret) next = ym_secret_new_from_passphrase ("another five words are here", 27);
  g_autoptr (GBytes) file = scratch_read (scratch, "keyring");
  g_autoptr (YmKeyring) keyring = ym_keyring_parse (file, NULL);
  g_autoptr (GBytes) longer = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autoptr (YmKeyring) parsed = NULL;
  const YmSlot *slot;

  ym_keyring_put_slot (keyring, 77, g_bytes_new_static ("of a later version", 18));
  longer = ym_keyring_serialize (keyring);
  scratch_write (scratch, "keyring", longer);
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

  data[11] = 2;
  hash = ym_hash_of (data, length - YM_HASH_BYTES);
  memcpy (data + length - YM_HASH_BYTES, hash.bytes, YM_HASH_BYTES);
  scratch_close (scratch);
  scratch_write (scratch, "keyring", newer);
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

/* What a store vouches for would not be what it had sealed, or be another store's. */
static void
test_head_comes_back (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (Scratch) other = scratch_new ();
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  YmHead head = { .sequence = 41, .entry_count = 97 };
  YmHead back;

  g_assert_false (ym_store_read_head (scratch->store, &back, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NOT_FOUND);
  g_clear_error (&error);
  memset (head.chain.bytes, 1, sizeof head.chain);
  memset (head.own_hash.bytes, 2, sizeof head.own_hash);
  memset (head.entry_hash.bytes, 3, sizeof head.entry_hash);
  memset (head.tables_digest.bytes, 4, sizeof head.tables_digest);
  g_assert_true (ym_store_seal_head (scratch->store, &head, &error));
  g_assert_cmpint (head.counter, ==, 1);
  scratch_close (scratch);
  scratch_open (scratch);
  g_assert_true (ym_store_read_head (scratch->store, &back, &error));
  g_assert_cmpmem (&back, sizeof back, &head, sizeof head);
  g_assert_true (ym_store_seal_head (scratch->store, &head, &error));
  g_assert_cmpint (head.counter, ==, 2);
  file = scratch_read (scratch, "head");
  scratch_write (other, "head", file);
  g_assert_false (ym_store_read_head (other->store, &back, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
}

static gboolean
refuse_to_rename (gpointer context, const char *from, const char *to, GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
  return FALSE;
}

/* A head that could not be made durable would be shown as saved, or the old one be lost. */
static void
test_head_that_fails_stops_the_store (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autofree char *directory = scratch_path (scratch, "server");
  g_autoptr (YmSecret) key = ym_secret_new (YM_STORE_KEY_BYTES);
  g_autoptr (GError) error = NULL;
  YmFiles broken = *ym_files_system ();
  YmHead head = { .sequence = 1 };
  YmStore *store;

  /* Opened by a key no tries are counted, so that only the head meets the fault. */
  broken.rename = refuse_to_rename;
  store = ym_store_create_with_key (directory, key, &scratch->options, &error);
  g_assert_no_error (error);
  g_assert_true (ym_store_seal_head (store, &head, &error));
  ym_store_close (store);
  scratch->options.files = &broken;
  store = ym_store_open_with_key (directory, key, &scratch->options, &error);
  g_assert_no_error (error);
  head.sequence = 2;
  g_assert_false (ym_store_seal_head (store, &head, NULL));
  g_assert_false (ym_store_check (store, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_true (ym_store_read_head (store, &head, &error));
  g_assert_cmpint (head.sequence, ==, 1);
  ym_store_close (store);
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
  g_test_add_func ("/vault/keyring/change-of-passphrase", test_change_of_passphrase);
  g_test_add_func ("/vault/keyring/unknown-slots-are-kept", test_unknown_slots_are_kept);
  g_test_add_func ("/vault/keyring/newer-keyring-is-said-to-be", test_newer_keyring_is_said_to_be);
  g_test_add_func ("/vault/keyring/lengths-are-checked", test_lengths_in_the_keyring_are_checked);
  g_test_add_func ("/vault/head/comes-back", test_head_comes_back);
  g_test_add_func ("/vault/head/that-fails-stops-the-store", test_head_that_fails_stops_the_store);
  g_test_add_func ("/vault/keyring/signs-with-the-devices-key", test_signs_with_the_devices_key);
  return g_test_run ();
}
