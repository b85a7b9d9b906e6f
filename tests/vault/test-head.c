/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sealed head: what it holds comes back, in place and with one sync, through torn writes and full disks. */

#include <string.h>

#include "app/base/error.h"
#include "tests/vault/scratch.h"

#define RECORD_SPACING 4096
#define FILE_BYTES (2 * RECORD_SPACING)

/* What a store vouches for would not be what it had sealed, or be another store's. */
static void
test_comes_back (void)
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
  for (guint i = 1; i < 5; i++)
    {
      g_assert_true (ym_store_seal_head (scratch->store, &head, &error));
      g_assert_cmpint (head.counter, ==, i);
      if (i % 2 == 0)
        {
          scratch_close (scratch);
          scratch_open (scratch);
        }
      g_assert_true (ym_store_read_head (scratch->store, &back, &error));
      g_assert_cmpmem (&back, sizeof back, &head, sizeof head);
    }
  file = scratch_read (scratch, "head");
  scratch_write (other, "head", file);
  g_assert_false (ym_store_read_head (other->store, &back, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_false (ym_store_seal_head (other->store, &head, &error)); /* that would hide it */
  g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
}

static GBytes *
seal_and_read (Scratch *scratch, guint64 sequence)
{
  YmHead head = { .sequence = sequence };
  g_autoptr (GError) error = NULL;

  g_assert_true (ym_store_seal_head (scratch->store, &head, &error));
  g_assert_no_error (error);
  return scratch_read (scratch, "head");
}

/* The head of @scratch when its file is @bytes; counter 0 if there is an error, which must be a named one. */
static YmHead
read_altered (Scratch *scratch, const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) file = g_bytes_new (bytes, length);
  g_autoptr (GError) error = NULL;
  YmHead head;

  scratch_write (scratch, "head", file);
  if (ym_store_read_head (scratch->store, &head, &error))
    return head;
  g_assert_true (g_error_matches (error, YM_ERROR, YM_ERROR_DAMAGED) || g_error_matches (error, YM_ERROR, YM_ERROR_NEWER));
  return (YmHead){ 0 };
}

/* A power cut in the middle of a seal would leave no head, or one that looks as if the seal had never begun. */
static void
test_torn_seal_leaves_the_last (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();

  for (guint64 sequence = 3; sequence < 5; sequence++)
    {
      g_autoptr (GBytes) first = seal_and_read (scratch, sequence - 2);
      g_autoptr (GBytes) before = seal_and_read (scratch, sequence - 1);
      g_autoptr (GBytes) after = seal_and_read (scratch, sequence);
      guint8 torn[FILE_BYTES];
      YmHead whole = read_altered (scratch, g_bytes_get_data (after, NULL), FILE_BYTES);
      gsize at = whole.counter % 2 * RECORD_SPACING;

      g_assert_cmpint (whole.sequence, ==, sequence);
      g_assert_false (whole.is_torn);
      for (guint written = 12; written < YM_HEAD_RECORD_BYTES; written++)
        {
          YmHead head;

          memcpy (torn, g_bytes_get_data (before, NULL), FILE_BYTES);
          memcpy (torn + at, (const guint8 *) g_bytes_get_data (after, NULL) + at, written);
          head = read_altered (scratch, torn, FILE_BYTES);
          g_assert_cmpint (head.counter, ==, whole.counter - 1);
          g_assert_cmpint (head.sequence, ==, sequence - 1);
          g_assert_cmpint (head.is_torn, ==, written > 12); /* up to there all records are the same */
        }
      scratch_write (scratch, "head", after);
    }
}

/* A changed head could vouch for another end, or the one before pass for the last. */
static void
test_every_byte (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GBytes) first = seal_and_read (scratch, 1);
  g_autoptr (GBytes) second = seal_and_read (scratch, 2);
  guint8 altered[FILE_BYTES];

  g_assert_cmpint (g_bytes_get_size (second), ==, FILE_BYTES);
  for (gsize at = 0; at < FILE_BYTES; at++)
    {
      gboolean is_record = at % RECORD_SPACING < YM_HEAD_RECORD_BYTES;
      gboolean is_newest = at < RECORD_SPACING;
      YmHead head;

      memcpy (altered, g_bytes_get_data (second, NULL), FILE_BYTES);
      altered[at] ^= 1 << at % 8;
      head = read_altered (scratch, altered, FILE_BYTES);
      g_assert_cmpint (head.counter, ==, is_record && is_newest ? 1 : 2);
      g_assert_cmpint (head.sequence, ==, head.counter);
      g_assert_cmpint (head.is_torn, ==, is_record);
    }
}

/* What is not a whole head, or has its records in other places, could pass for one. */
static void
test_other_shapes (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GBytes) first = seal_and_read (scratch, 1);
  g_autoptr (GBytes) second = seal_and_read (scratch, 2);
  g_autoptr (GBytes) third = seal_and_read (scratch, 3);
  g_autoptr (GBytes) fourth = seal_and_read (scratch, 4);
  const guint8 *newest = g_bytes_get_data (fourth, NULL); /* with records 4 and 3 */
  guint8 altered[2 * FILE_BYTES] = { 0 };

  memcpy (altered, newest, FILE_BYTES);
  for (gsize length = 0; length < FILE_BYTES; length += length < 200 ? 1 : 97)
    g_assert_cmpint (read_altered (scratch, altered, length).counter, ==, 0);
  g_assert_cmpint (read_altered (scratch, altered, FILE_BYTES + 1).counter, ==, 0);
  memcpy (altered + RECORD_SPACING, newest, RECORD_SPACING);
  g_assert_true (read_altered (scratch, altered, FILE_BYTES).is_torn);
  memcpy (altered + RECORD_SPACING, (const guint8 *) g_bytes_get_data (first, NULL) + RECORD_SPACING, RECORD_SPACING);
  g_assert_true (read_altered (scratch, altered, FILE_BYTES).is_torn);
  memcpy (altered, newest + RECORD_SPACING, RECORD_SPACING);
  memcpy (altered + RECORD_SPACING, newest, RECORD_SPACING);
  g_assert_cmpint (read_altered (scratch, altered, FILE_BYTES).counter, ==, 0);
}

static gboolean
refuse_to_write (gpointer context, const char *path, gconstpointer data, gsize length, GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
  return FALSE;
}

static gboolean
refuse_to_overwrite (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length, GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_STORAGE, "refused");
  return FALSE;
}

static guint n_overwrites;

static gboolean
count_overwrite (gpointer context, const char *path, gint64 offset, gconstpointer data, gsize length, GError **error)
{
  n_overwrites++;
  return ym_files_system ()->overwrite_synced (NULL, path, offset, data, length, error);
}

/* A store opened by a key, so that no tries are counted and only the head meets what is wrong with @files. */
static YmStore *
open_by_key (Scratch *scratch, const YmFiles *files)
{
  g_autofree char *directory = scratch_path (scratch, "server");
  g_autoptr (YmSecret) key = ym_secret_new (YM_STORE_KEY_BYTES);
  g_autoptr (GError) error = NULL;
  YmStoreOptions options = scratch->options;
  YmStore *store;

  options.files = files;
  store = ym_store_exists (directory, &options) ? ym_store_open_with_key (directory, key, &options, &error)
                                                : ym_store_create_with_key (directory, key, &options, &error);
  g_assert_no_error (error);
  return store;
}

/* A save would need room on a full disk, or cost more than the one sync that it must. */
static void
test_is_written_in_place (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  YmFiles full = *ym_files_system ();
  YmStore *store = open_by_key (scratch, &full);
  YmHead head = { .sequence = 1 };

  full.overwrite_synced = count_overwrite;
  g_assert_true (ym_store_seal_head (store, &head, NULL)); /* makes the file */
  g_assert_cmpuint (n_overwrites, ==, 0);
  full.write_synced = refuse_to_write;
  for (guint i = 1; i < 4; i++)
    {
      g_assert_true (ym_store_seal_head (store, &head, NULL));
      g_assert_cmpuint (n_overwrites, ==, i);
    }
  ym_store_close (store);
  /* The kernel may show what it could not write: the first seal of an opening writes that again. */
  store = open_by_key (scratch, &full);
  n_overwrites = 0;
  g_assert_true (ym_store_seal_head (store, &head, NULL));
  g_assert_cmpuint (n_overwrites, ==, 2);
  g_assert_true (ym_store_seal_head (store, &head, NULL));
  g_assert_cmpuint (n_overwrites, ==, 3);
  g_assert_cmpint (head.counter, ==, 6);
  ym_store_close (store);
}

/* A head that could not be made durable would be shown as saved, or the old one be lost. */
static void
test_that_fails_stops_the_store (void)
{
  g_autoptr (Scratch) scratch = scratch_new ();
  g_autoptr (GError) error = NULL;
  YmFiles broken = *ym_files_system ();
  YmStore *store = open_by_key (scratch, &broken);
  YmHead head = { .sequence = 1 };

  g_assert_true (ym_store_seal_head (store, &head, &error));
  broken.overwrite_synced = refuse_to_overwrite;
  head.sequence = 2;
  g_assert_false (ym_store_seal_head (store, &head, NULL));
  g_assert_false (ym_store_check (store, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_STORAGE);
  g_clear_error (&error);
  g_assert_true (ym_store_read_head (store, &head, &error));
  g_assert_cmpint (head.sequence, ==, 1);
  broken.overwrite_synced = ym_files_system ()->overwrite_synced;
  g_assert_false (ym_store_seal_head (store, &head, NULL)); /* not by trying again: a sync fails only once */
  ym_store_close (store);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/head/comes-back", test_comes_back);
  g_test_add_func ("/vault/head/torn-seal-leaves-the-last", test_torn_seal_leaves_the_last);
  g_test_add_func ("/vault/head/every-byte", test_every_byte);
  g_test_add_func ("/vault/head/other-shapes", test_other_shapes);
  g_test_add_func ("/vault/head/is-written-in-place", test_is_written_in_place);
  g_test_add_func ("/vault/head/that-fails-stops-the-store", test_that_fails_stops_the_store);
  return g_test_run ();
}
