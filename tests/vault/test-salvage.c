/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages and rows out of damaged stores: what is left of the files must be found, and nothing that was not written. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/vault/page.h"
#include "app/vault/salvage.h"
#include "tests/vault/scratch.h"

#define N_ROWS 60

/* Short ones, ones that just fill a page, and ones that need several overflow pages. */
static gsize
text_length (int number)
{
  static const gsize lengths[] = { 1, 700, 3990, 3993, 3994, 4100, 9000, 20000 };

  return lengths[number % G_N_ELEMENTS (lengths)];
}

static char *
text_of (int number)
{
  char *text = g_strnfill (text_length (number), (char) ('a' + number % 26));
  g_autofree char *name = g_strdup_printf ("%d.", number);

  memcpy (text, name, MIN (strlen (name), text_length (number)));
  return text;
}

/* Half of the rows are in the vault, half in the log, and the power is gone. */
static Scratch *
scratch_with_rows (void)
{
  Scratch *scratch = scratch_new ();
  sqlite3 *db = ym_store_writer (scratch->store);

  scratch_execute (db, "CREATE TABLE named (name TEXT PRIMARY KEY, value) WITHOUT ROWID");
  for (int i = 1; i <= N_ROWS; i++)
    {
      g_autofree char *text = text_of (i);
      g_autofree char *sql
          = g_strdup_printf ("INSERT INTO entry (id, text) VALUES (%d, '%s');"
                             "INSERT INTO named VALUES ('%d', %d)", i, text, i, i * 1000003 - 31000000);

      if (i == N_ROWS / 2)
        scratch_execute (db, "PRAGMA wal_checkpoint (TRUNCATE)");
      scratch_execute (db, sql);
    }
  scratch_execute (db, "UPDATE named SET value = 7 WHERE name = '1'");
  scratch_crash (scratch);
  return scratch;
}

typedef struct {
  gboolean rows[N_ROWS + 1];
  gboolean named[N_ROWS + 1];
  guint64 rank_of_one;
  gint64 value_of_one;
  guint wrong;
} Seen;

static gboolean
see (gpointer context, const YmSalvagedRow *row, GError **error)
{
  Seen *seen = context;

  if (row->number >= 1 && row->number <= N_ROWS && ym_salvaged_row_fits (row, "nt"))
    {
      g_autofree char *text = ym_salvaged_column_text (&row->columns[1]);
      g_autofree char *expected = text_of ((int) row->number);

      seen->wrong += !g_str_equal (text, expected);
      seen->rows[row->number] = TRUE;
    }
  if (row->number == 0 && ym_salvaged_row_fits (row, "ti"))
    {
      g_autofree char *name = ym_salvaged_column_text (&row->columns[0]);
      int number = atoi (name);

      g_assert_cmpint (number, >=, 1);
      seen->wrong += row->columns[1].integer != number * 1000003 - 31000000 && row->columns[1].integer != 7;
      seen->named[number] = TRUE;
      if (number == 1 && row->rank >= seen->rank_of_one)
        {
          seen->rank_of_one = row->rank;
          seen->value_of_one = row->columns[1].integer;
        }
    }
  return TRUE;
}

static guint
count_seen (const gboolean *seen)
{
  guint count = 0;

  for (int i = 1; i <= N_ROWS; i++)
    count += seen[i];
  return count;
}

static void
salvage (Scratch *scratch, Seen *seen, YmSalvageCounts *counts)
{
  const YmUnlock unlock = { .passphrase = scratch->passphrase };
  g_autoptr (GError) error = NULL;
  g_autoptr (YmSalvage) opened = ym_salvage_open (scratch->directory, &unlock, &scratch->options, &error);

  *seen = (Seen){ .wrong = 0 };
  g_assert_no_error (error);
  g_assert_true (ym_salvage_visit (opened, see, seen, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen->wrong, ==, 0);
  *counts = *ym_salvage_get_counts (opened);
}

/* Broken: a row of a store that is whole is not found, or an old version passes for the new one. */
static void
test_finds_every_row (void)
{
  g_autoptr (Scratch) scratch = scratch_with_rows ();
  g_autoptr (GHashTable) before = scratch_save (scratch);
  g_autoptr (GBytes) after = NULL;
  YmSalvageCounts counts;
  Seen seen;

  salvage (scratch, &seen, &counts);
  g_assert_cmpuint (count_seen (seen.rows), ==, N_ROWS);
  g_assert_cmpuint (count_seen (seen.named), ==, N_ROWS);
  g_assert_cmpint (seen.value_of_one, ==, 7);
  g_assert_cmpuint (counts.damaged, ==, 0);
  g_assert_cmpuint (counts.pages, >, N_ROWS);
  after = scratch_read (scratch, "vault-wal");
  g_assert_true (g_bytes_equal (after, g_hash_table_lookup (before, "vault-wal")));
}

static void
flip (Scratch *scratch, const char *name, gsize at)
{
  g_autoptr (GBytes) bytes = scratch_read (scratch, name);
  gsize length = g_bytes_get_size (bytes);
  guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
  g_autoptr (GBytes) flipped = g_bytes_new_take (data, length);

  data[at] ^= 1;
  scratch_write (scratch, name, flipped);
}

/* Broken: damage to one page or frame takes more with it than what stands there alone, or hides. */
static void
test_each_page_by_itself (void)
{
  static const struct {
    const char *name;
    gsize first, step, at;
  } files[] = { { "vault", 0, YM_PAGE_BYTES, 2000 }, { "vault-wal", YM_WAL_HEADER_BYTES, YM_FRAME_BYTES, 5 },
                { "vault-wal", YM_WAL_HEADER_BYTES, YM_FRAME_BYTES, 3000 } };
  g_autoptr (Scratch) scratch = scratch_with_rows ();
  g_autoptr (GHashTable) whole = scratch_save (scratch);
  YmSalvageCounts counts;
  Seen seen;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      gsize length = g_bytes_get_size (g_hash_table_lookup (whole, files[i].name));

      for (gsize at = files[i].first; at + files[i].step <= length; at += 3 * files[i].step)
        {
          scratch_restore (scratch, whole);
          flip (scratch, files[i].name, at + files[i].at);
          salvage (scratch, &seen, &counts);
          g_assert_cmpuint (counts.damaged, ==, 1);
          /* A leaf has a handful of rows at most; names are written anew with each and are on many versions. */
          g_assert_cmpuint (count_seen (seen.rows), >=, N_ROWS - 6);
          g_assert_cmpuint (count_seen (seen.named), >=, N_ROWS - 1);
        }
    }
}

/* Broken: a file that is gone, cut or nothing but noise keeps the other one from being read, or crashes the reader. */
static void
test_files_gone (void)
{
  static const struct {
    const char *name;
    gsize keep;
    guint least;
  } cases[] = { { "vault", 0, N_ROWS / 2 - 2 }, { "vault", 3 * YM_PAGE_BYTES + 1, N_ROWS / 2 - 2 },
                { "vault-wal", 0, N_ROWS / 2 - 2 }, { "vault-wal", 31, N_ROWS / 2 - 2 },
                { "vault-wal", 5 * YM_FRAME_BYTES, N_ROWS / 2 - 2 }, { "head", 0, N_ROWS } };
  g_autoptr (Scratch) scratch = scratch_with_rows ();
  g_autoptr (GHashTable) whole = scratch_save (scratch);
  YmSalvageCounts counts;
  Seen seen;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GBytes *bytes = g_hash_table_lookup (whole, cases[i].name);
      g_autoptr (GBytes) cut = NULL;

      scratch_restore (scratch, whole);
      if (bytes != NULL)
        {
          cut = g_bytes_new (g_bytes_get_data (bytes, NULL), cases[i].keep);
          scratch_write (scratch, cases[i].name, cut);
        }
      salvage (scratch, &seen, &counts);
      g_assert_cmpuint (count_seen (seen.rows), >=, cases[i].least);
    }
}

/* Broken: the new store has another device's name, the old one's keys, or there is a moment without a store. */
static void
test_takes_the_place (void)
{
  g_autoptr (Scratch) scratch = scratch_with_rows ();
  const YmUnlock unlock = { .passphrase = scratch->passphrase };
  g_autofree char *fresh = g_strconcat (scratch->directory, ".recovering", NULL);
  g_autofree char *aside = NULL;
  g_autofree char *aside_vault = NULL;
  g_autoptr (GHashTable) before = scratch_save (scratch);
  g_autoptr (GError) error = NULL;
  g_autoptr (YmSalvage) opened = NULL;
  guint8 key[YM_STORE_PUBLIC_KEY_BYTES], old_key[YM_STORE_PUBLIC_KEY_BYTES];
  g_autofree char *vault = NULL;
  YmStore *store;
  gsize length;
  YmId old_id;

  scratch_open (scratch);
  ym_store_public_key (scratch->store, old_key);
  old_id = *ym_store_id (scratch->store);
  scratch_close (scratch);
  scratch_restore (scratch, before);
  opened = ym_salvage_open (scratch->directory, &unlock, &scratch->options, &error);
  g_assert_no_error (error);
  for (int again = 0; again < 2; again++) /* the second finds what the first left */
    {
      store = ym_salvage_create_store (opened, fresh, &unlock, &error);
      g_assert_no_error (error);
      ym_store_close (store);
    }
  g_assert_true (ym_salvage_take_place (opened, fresh, &aside, &error));
  g_assert_no_error (error);
  g_clear_pointer (&opened, ym_salvage_free);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
  scratch_open (scratch);
  ym_store_public_key (scratch->store, key);
  g_assert_cmpmem (key, sizeof key, old_key, sizeof old_key);
  g_assert_false (ym_id_equal (ym_store_id (scratch->store), &old_id));
  scratch_close (scratch);
  aside_vault = g_build_filename (aside, "vault", NULL);
  g_assert_true (g_file_get_contents (aside_vault, &vault, &length, NULL));
  g_assert_cmpmem (vault, length, g_bytes_get_data (g_hash_table_lookup (before, "vault"), NULL),
                   g_bytes_get_size (g_hash_table_lookup (before, "vault")));
  /* So that the scratch's end takes it away too. */
  {
    g_autofree char *inside = scratch_path (scratch, "aside");

    g_assert_cmpint (rename (aside, inside), ==, 0);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vault/salvage/finds-every-row", test_finds_every_row);
  g_test_add_func ("/vault/salvage/each-page-by-itself", test_each_page_by_itself);
  g_test_add_func ("/vault/salvage/files-gone", test_files_gone);
  g_test_add_func ("/vault/salvage/takes-the-place", test_takes_the_place);
  return g_test_run ();
}
