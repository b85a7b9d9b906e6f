/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The real notebook on a disk in memory. */

#include "tests/power/tablet.h"

#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/search-index.h"
#include "app/journal/tables.h"
#include "app/notebook/schema.h"

/* Frames in the log before SQLite checkpoints: few, so that a day has many checkpoints and many rounds of the log. */
#define CHECKPOINT_FRAMES "40"

static gint64
tick_wall (gpointer context)
{
  return ((Tablet *) context)->wall_us++;
}

static gint64
tick_boot (gpointer context)
{
  return ((Tablet *) context)->boot_us++;
}

static void
fill (gpointer context, guint8 *buffer, gsize length)
{
  Tablet *tablet = context;
  guint8 seed[randombytes_SEEDBYTES] = "tablet";

  tablet->seed++;
  memcpy (seed + 8, &tablet->seed, sizeof tablet->seed);
  randombytes_buf_deterministic (buffer, length, seed);
}

void
tablet_init (Tablet *tablet, Disk *disk, guint64 seed, gint64 wall_us)
{
  g_assert_cmpint (sodium_init (), >=, 0);
  /* SQLite's own chance, for the salts of the log: one for the process. */
  g_assert_cmpint (sqlite3_test_control (SQLITE_TESTCTRL_PRNG_SEED, (int) seed, NULL), ==, SQLITE_OK);
  *tablet = (Tablet){ .disk = disk, .wall_us = wall_us, .boot_us = 20 * G_USEC_PER_SEC, .seed = seed << 32 };
  tablet->clock = (YmClock){ tick_wall, tick_boot, tablet };
  tablet->random = (YmRandom){ fill, tablet };
  tablet->options = (YmStoreOptions){
    .clock = &tablet->clock,
    .random = &tablet->random,
    .files = disk_get_files (disk),
    .base_vfs = disk_get_vfs (disk),
    .argon2_operations = crypto_pwhash_OPSLIMIT_MIN,
    .argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN,
    .cache_bytes = 4 * 1024 * 1024,
  };
}

static gpointer
do_set_checkpoint (YmDesk *desk, gpointer data, GError **error)
{
  return ym_sql_script (desk->db, "PRAGMA wal_autocheckpoint = " CHECKPOINT_FRAMES, error) ? desk : NULL;
}

static gboolean
seal (gpointer context, YmHead *head, GError **error)
{
  return ym_store_seal_head (context, head, error);
}

static gboolean
read_head (gpointer context, YmHead *head, GError **error)
{
  return ym_store_read_head (context, head, error);
}

static gboolean
sign (gpointer context, const guint8 *message, gsize length, guint8 signature[YM_SIGNATURE_BYTES], GError **error)
{
  ym_store_sign (context, message, length, signature);
  return TRUE;
}

YmStore *
tablet_get_store (Tablet *tablet)
{
  return tablet->notebook != NULL ? ym_notebook_get_store (tablet->notebook) : tablet->store;
}

guint64
tablet_head_counter (Tablet *tablet)
{
  YmHead head;

  return ym_store_read_head (tablet_get_store (tablet), &head, NULL) ? head.counter : 0;
}

/* As ym_notebook_open() does. */
static gboolean
open_bare (Tablet *tablet, const YmSecret *secret, gboolean create, GError **error)
{
  const YmStoreOptions *options = &tablet->options;
  YmJournalOptions journal_options = { &tablet->clock, &tablet->random, seal, read_head, NULL };

  tablet->store = create ? ym_store_create (TABLET_DIRECTORY, secret, options, error)
                         : ym_store_open (TABLET_DIRECTORY, secret, options, error);
  if (tablet->store == NULL)
    return FALSE;
  tablet->found_counter = tablet_head_counter (tablet);
  journal_options.seal_context = tablet->store;
  tablet->journal = ym_journal_open (ym_store_writer (tablet->store), &journal_options, error);
  return tablet->journal != NULL && ym_notebook_migrate (tablet->journal, error);
}

static gboolean
open_whole (Tablet *tablet, const YmSecret *secret, gboolean create, GError **error)
{
  const YmStoreOptions *options = &tablet->options;

  tablet->notebook = create ? ym_notebook_create (TABLET_DIRECTORY, secret, options, error)
                            : ym_notebook_open (TABLET_DIRECTORY, secret, options, error);
  return tablet->notebook != NULL;
}

static gboolean
open_store (Tablet *tablet, const char *passphrase, gboolean create, GError **error)
{
  g_autoptr (YmSecret) secret = ym_secret_new_from_passphrase (passphrase, strlen (passphrase));

  if ((tablet->is_bare ? open_bare : open_whole) (tablet, secret, create, error)
      && tablet_run (tablet, do_set_checkpoint, NULL, error))
    return TRUE;
  tablet_close (tablet);
  return FALSE;
}

gboolean
tablet_create (Tablet *tablet, const char *passphrase, GError **error)
{
  return open_store (tablet, passphrase, TRUE, error);
}

gboolean
tablet_open (Tablet *tablet, const char *passphrase, GError **error)
{
  tablet->boot_us += ym_store_get_wait_us (TABLET_DIRECTORY, &tablet->options);
  return open_store (tablet, passphrase, FALSE, error);
}

void
tablet_close (Tablet *tablet)
{
  g_clear_pointer (&tablet->notebook, ym_notebook_close);
  g_clear_pointer (&tablet->journal, ym_journal_free);
  g_clear_pointer (&tablet->store, ym_store_close);
}

gboolean
tablet_is_open (Tablet *tablet)
{
  return tablet->notebook != NULL || tablet->store != NULL;
}

static gpointer
do_leave_log (YmDesk *desk, gpointer data, GError **error)
{
  g_assert_cmpint (sqlite3_db_config (desk->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL), ==, SQLITE_OK);
  return desk;
}

void
tablet_switch_off (Tablet *tablet)
{
  g_autoptr (GError) error = NULL;

  if (tablet_is_open (tablet))
    (void) tablet_run (tablet, do_leave_log, NULL, &error);
  tablet_close (tablet);
}

static void
run_bare (Tablet *tablet, YmWork work, gpointer data, GError **error)
{
  guint8 public_key[YM_STORE_PUBLIC_KEY_BYTES];
  YmDesk desk = { .db = ym_store_writer (tablet->store),
                  .journal = tablet->journal,
                  .clock = &tablet->clock,
                  .random = &tablet->random };
  g_autoptr (YmRecord) device = NULL;
  g_autoptr (GError) failure = NULL;

  ym_store_public_key (tablet->store, public_key);
  desk.author = (YmAuthor){ ym_id_of_public_key ("device", public_key), { sign, tablet->store } };
  device = ym_tables_find (desk.db, ym_form (YM_FORM_DEVICE), &desk.author.device, &failure);
  if (device != NULL)
    (void) ym_record_get_id (device, YM_DEVICE_OFFICER, &desk.officer);
  if (g_error_matches (failure, YM_ERROR, YM_ERROR_NOT_FOUND))
    g_clear_error (&failure);
  if (failure == NULL)
    (void) work (&desk, data, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
}

gboolean
tablet_run (Tablet *tablet, YmWork work, gpointer data, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (tablet->notebook != NULL)
    (void) ym_notebook_run (tablet->notebook, YM_LANE_WRITE, work, data, &failure);
  else
    run_bare (tablet, work, data, &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gpointer
do_tend (YmDesk *desk, gpointer data, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (!ym_search_index_tend (desk->db, &more, error))
      return NULL;
  return desk;
}

gboolean
tablet_tend (Tablet *tablet, GError **error)
{
  return !tablet->is_bare || tablet_run (tablet, do_tend, NULL, error);
}

static void
hash_value (crypto_generichash_state *hash, sqlite3_stmt *row, int column)
{
  const int type = sqlite3_column_type (row, column);
  const guint8 *data = sqlite3_column_blob (row, column); /* also of integers: as text */
  const gint32 head[2] = { type, sqlite3_column_bytes (row, column) };

  crypto_generichash_update (hash, (const guint8 *) head, sizeof head);
  if (head[1] > 0)
    crypto_generichash_update (hash, data, (unsigned long long) head[1]);
}

/* But for the search index and its notes: the writing lane tends that one whenever it is idle, which no day repeats. */
static gboolean
hash_table (sqlite3 *db, crypto_generichash_state *hash, const char *name, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"%s", name,
                                          strcmp (name, "state") == 0 ? " WHERE name NOT GLOB 'search-*'" : "");
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare_unbound (db, error, sql);
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  crypto_generichash_update (hash, (const guint8 *) name, strlen (name) + 1);
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    for (int i = 0; i < sqlite3_column_count (rows); i++)
      hash_value (hash, rows, i);
  return step == YM_SQL_DONE;
}

static gpointer
do_hash (YmDesk *desk, gpointer data, GError **error)
{
  YmHash *result = data;
  crypto_generichash_state hash;
  g_autoptr (sqlite3_stmt) names = ym_sql_prepare (
      desk->db, error,
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT GLOB 'search_*' ORDER BY name", "");
  YmSqlStep step;

  if (names == NULL)
    return NULL;
  crypto_generichash_init (&hash, NULL, 0, YM_HASH_BYTES);
  while ((step = ym_sql_step (names, error)) == YM_SQL_ROW)
    if (!hash_table (desk->db, &hash, ym_sql_column_text (names, 0), error))
      return NULL;
  crypto_generichash_final (&hash, result->bytes, YM_HASH_BYTES);
  return NULL;
}

gboolean
tablet_state (Tablet *tablet, YmHash *state, GError **error)
{
  return tablet_run (tablet, do_hash, state, error);
}

typedef struct {
  GPtrArray *words;
  YmHash *found;
} Asking;

/* Each word, and each that begins it: the short ones have lists of their own. */
static gboolean
list_words (sqlite3 *db, GPtrArray *words, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (db, error,
                                                  "WITH word AS (SELECT DISTINCT term FROM search_word)"
                                                  "SELECT '\"' || term || '\"' FROM word UNION SELECT '\"' || substr (term, 1, n) || '\"*' "
                                                  "FROM word, (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4)",
                                                  "");
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    g_ptr_array_add (words, g_strdup (ym_sql_column_text (rows, 0)));
  return step == YM_SQL_DONE;
}

static gboolean
hash_found (sqlite3 *db, crypto_generichash_state *hash, const char *word, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      db, error, "SELECT ?, form, number FROM search_document WHERE document IN (SELECT rowid FROM search_text WHERE search_text MATCH ?) "
      "ORDER BY form, number", "tt", word, word);
  YmSqlStep step = YM_SQL_FAILED;

  while (rows != NULL && (step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    for (int i = 0; i < sqlite3_column_count (rows); i++)
      hash_value (hash, rows, i);
  return step == YM_SQL_DONE;
}

static gpointer
do_ask (YmDesk *desk, gpointer data, GError **error)
{
  const Asking *asking = data;
  crypto_generichash_state hash;

  if (asking->words->len == 0 && !list_words (desk->db, asking->words, error))
    return NULL;
  crypto_generichash_init (&hash, NULL, 0, YM_HASH_BYTES);
  for (guint i = 0; i < asking->words->len; i++)
    if (!hash_found (desk->db, &hash, g_ptr_array_index (asking->words, i), error))
      return NULL;
  crypto_generichash_final (&hash, asking->found->bytes, YM_HASH_BYTES);
  return data;
}

gboolean
tablet_words (Tablet *tablet, GPtrArray *words, YmHash *found, GError **error)
{
  Asking asking = { words, found };

  return tablet_run (tablet, do_ask, &asking, error);
}

static gpointer
do_mix_pages (YmDesk *desk, gpointer data, GError **error)
{
  guint64 *number = data;
  sqlite3_int64 size = 0;
  unsigned char *pages = sqlite3_serialize (desk->db, "main", &size, 0);

  *number = pages == NULL ? 0 : disk_mix (1, pages, (gsize) size);
  sqlite3_free (pages);
  return data;
}

guint64
tablet_pages (Tablet *tablet)
{
  guint64 number = 0;

  return tablet_run (tablet, do_mix_pages, &number, NULL) ? number : 0;
}

static gboolean
check_search (YmDesk *desk, GError **error)
{
  gint64 there;

  return ym_sql_integer (desk->db, &there, error, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'search_text')", "")
         && (there == 0 || ym_sql_execute (desk->db, error, "INSERT INTO search_text (search_text) VALUES ('integrity-check')", ""));
}

static gpointer
do_check_pages (YmDesk *desk, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (desk->db, error, "PRAGMA integrity_check", "");
  YmSqlStep step = statement == NULL ? YM_SQL_FAILED : ym_sql_step (statement, error);

  if (step == YM_SQL_ROW && strcmp (ym_sql_column_text (statement, 0), "ok") != 0)
    g_set_error (error, YM_ERROR, YM_ERROR_DAMAGED, "%s", ym_sql_column_text (statement, 0));
  else if (step == YM_SQL_ROW)
    (void) check_search (desk, error);
  return NULL;
}

gboolean
tablet_check_pages (Tablet *tablet, GError **error)
{
  return tablet_run (tablet, do_check_pages, NULL, error);
}

static gpointer
do_recount (YmDesk *desk, gpointer data, GError **error)
{
  return ym_journal_recount (desk->db, error) ? desk : NULL;
}

gboolean
tablet_recount (Tablet *tablet, GError **error)
{
  return tablet_run (tablet, do_recount, NULL, error);
}
