/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Journals as every schema so far wrote them, and what opening makes of them. tests/journal/golden/N.sql is a journal of
 * schema N with records in it, in the plain SQL of its tables, and N.txt what it must export; `test-migration --write
 * FOLDER` wrote them, from a seed, and they never change: a new schema adds a pair. (tests/vault/golden has the files of
 * a store, byte by byte.) A tablet that was off for a year and can't open its store is an officer's work lost. */

#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/journal/journal-private.h"
#include "app/journal/receipts.h"
#include "app/journal/tables.h"
#include "app/notebook/schema.h"
#include "app/vault/store.h"
#include "tests/journal/force.h"
#include "tests/power/medium.h"

#define WORDS "pump ladder onion frost velvet"
#define DIRECTORY "/store"
#define SEEDS 3

static const char *const versions[] = { "1", "2", "3" };

/* --- writing --- */

static void
append_all (sqlite3 *db, const char *sql, GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare_unbound (db, &error, sql);

  g_assert_no_error (error);
  while (ym_sql_step (rows, &error) == YM_SQL_ROW)
    g_string_append_printf (text, "%s;\n", ym_sql_column_text (rows, 0));
  g_assert_no_error (error);
}

static void
append_rows (sqlite3 *db, const char *table, GString *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (sqlite3_stmt) columns
      = ym_sql_prepare (db, &error, "SELECT name FROM pragma_table_info(?)", "t", table);

  g_string_append_printf (sql, "SELECT 'INSERT INTO \"%s\" VALUES (' || ", table);
  for (int i = 0; ym_sql_step (columns, &error) == YM_SQL_ROW; i++)
    g_string_append_printf (sql, "%squote(\"%s\")", i == 0 ? "" : " || ',' || ", ym_sql_column_text (columns, 0));
  g_assert_no_error (error);
  g_string_append_printf (sql, " || ')' FROM \"%s\" ORDER BY 1", table);
  append_all (db, sql->str, text);
}

static char *
dump (sqlite3 *db)
{
  GString *text = g_string_new ("-- SPDX-License-Identifier: GPL-3.0-or-later\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) tables = ym_sql_prepare_unbound (
      db, &error, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name");
  gint64 version;

  test_succeeds (ym_sql_integer (db, &version, &error, "PRAGMA user_version", ""), error);
  g_string_append_printf (text, "PRAGMA user_version = %d;\n", (int) version);
  append_all (db, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", text);
  while (ym_sql_step (tables, &error) == YM_SQL_ROW)
    append_rows (db, ym_sql_column_text (tables, 0), text);
  append_all (db, "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name", text);
  return g_string_free (text, FALSE);
}

static char *
value_text (const YmValue *value)
{
  gsize length;
  const guint8 *data;
  char *hex;

  if (value->kind == YM_VALUE_INTEGER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->integer);
  if (value->kind == YM_VALUE_TEXT)
    return g_strescape (value->text, NULL);
  data = g_bytes_get_data (value->bytes, &length);
  hex = g_malloc (2 * length + 1);
  return sodium_bin2hex (hex, 2 * length + 1, data, length);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What was answered, by name: fields that came later change nothing. */
static char *
export (sqlite3 *db)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) records = ym_tables_select (db, forms[i], &error, NULL, "");

      g_assert_no_error (error);
      for (guint j = 0; j < records->len; j++)
        {
          const YmRecord *record = g_ptr_array_index (records, j);
          g_autofree char *id = ym_id_to_string (&record->id);

          for (guint k = 0; k < forms[i]->n_fields; k++)
            {
              g_autofree char *value = record->values[k].kind == YM_VALUE_NULL ? NULL : value_text (&record->values[k]);

              if (value != NULL)
                g_ptr_array_add (lines, g_strdup_printf ("%s %s %s=%s", forms[i]->name, id, forms[i]->fields[k].name, value));
            }
        }
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, g_strdup (""));
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* A row as the exchange would keep it. */
static void
keep_receipt (YmJournal *journal, const YmId *author)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("a receipt", 9);
  const YmReceiptRow row = { *author, { { 1 } }, 1, 1, body };
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_journal_begin (journal, &error), error);
  test_succeeds (ym_journal_keep_receipt (journal, &row, &error), error);
  test_succeeds (ym_journal_commit (journal, &error), error);
}

static void
write_golden (const char *folder)
{
  TestForce force;
  YmJournal *journal;
  g_autoptr (YmRecord) first = NULL;
  g_autoptr (YmRecord) second = NULL;
  g_autoptr (YmRecord) plan = NULL;
  const YmId plan_id = { { 0x50 } };
  g_autofree char *sql_path = NULL;
  g_autofree char *text_path = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *text = NULL;

  test_force_init (&force);
  journal = test_journal_open (&force, TEST_2001);
  test_force_found (&force, journal);
  first = test_visit (&force, TEST_2001, &force.home_1);
  ym_record_set_text (first, YM_VISIT_NOTES, "Sŵn y môr; \"dyfyniad\"");
  test_write (journal, &force.devices[TEST_2001], "visit.sign-off", NULL, first);
  test_place_pending (&force, journal, (guint64) test_count (journal, "SELECT max(position) + 1 FROM envelope"));
  second = test_visit (&force, TEST_2001, &force.home_1);
  test_write (journal, &force.devices[TEST_2001], "visit.sign-off", NULL, second);
  keep_receipt (journal, &force.devices[TEST_2001].author.device);
  plan = ym_record_new (ym_form (YM_FORM_PLANNED_VISIT), &force.home_1, &plan_id);
  ym_record_set_id (plan, YM_PLANNED_VISIT_OFFICER, &force.devices[TEST_2001].officer);
  ym_record_set_integer (plan, YM_PLANNED_VISIT_PLANNED_AT, G_GINT64_CONSTANT (1770112800000000));
  ym_record_set_integer (plan, YM_PLANNED_VISIT_STATE, YM_PLAN_NOT_HELD);
  ym_record_set_integer (plan, YM_PLANNED_VISIT_WHY_NOT, 1);
  test_write (journal, &force.devices[TEST_2001], "visit.plan", NULL, plan);
  sql_path = g_strdup_printf ("%s/%d.sql", folder, (int) test_count (journal, "PRAGMA user_version"));
  text_path = g_strdup_printf ("%s/%d.txt", folder, (int) test_count (journal, "PRAGMA user_version"));
  sql = dump (ym_journal_get_db (journal));
  text = export (ym_journal_get_db (journal));
  g_assert_true (g_file_set_contents (sql_path, sql, -1, NULL));
  g_assert_true (g_file_set_contents (text_path, text, -1, NULL));
  test_journal_close (journal);
}

/* --- a golden journal in an encrypted store on a disk in memory --- */

typedef struct {
  TestForce force;
  YmStoreOptions options;
  YmSecret *passphrase;
} World;

static void
world_init (World *world, Disk *disk)
{
  test_force_init (&world->force);
  world->passphrase = ym_secret_new_from_passphrase (WORDS, strlen (WORDS));
  world->options = ym_store_options_default ();
  world->options.clock = &world->force.clock;
  world->options.random = &world->force.random;
  world->options.argon2_operations = crypto_pwhash_OPSLIMIT_MIN;
  world->options.argon2_memory_bytes = crypto_pwhash_MEMLIMIT_MIN;
  world->options.cache_bytes = 1024 * 1024;
  world->options.files = disk_get_files (disk);
  world->options.base_vfs = disk_get_vfs (disk);
}

static void
world_clear (World *world)
{
  ym_secret_free (world->passphrase);
}

static gboolean
seal (gpointer store, YmHead *head, GError **error)
{
  return ym_store_seal_head (store, head, error);
}

static gboolean
read_head (gpointer store, YmHead *head, GError **error)
{
  return ym_store_read_head (store, head, error);
}

/* The head that the journal's own commit would have sealed. */
static void
seal_as_it_is (YmStore *store)
{
  sqlite3 *db = ym_store_writer (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) row = NULL;
  YmHead head = { .sequence = 0 };

  test_succeeds (ym_sql_script (db, "UPDATE state SET value = 1 WHERE name = 'commits'", &error), error);
  row = ym_sql_prepare_unbound (db, &error,
                                "SELECT e.entry, e.hash, c.chain, c.sequence, c.hash, s.value FROM state s, chain c, envelope e "
                                "WHERE s.name = 'digest' AND c.current AND c.author = (SELECT value FROM state WHERE "
                                "name = 'device') ORDER BY e.entry DESC LIMIT 1");
  g_assert_cmpint (ym_sql_step (row, &error), ==, YM_SQL_ROW);
  head.entry_count = (guint64) sqlite3_column_int64 (row, 0);
  head.entry_hash = ym_sql_column_hash (row, 1);
  head.chain = ym_sql_column_id (row, 2);
  head.sequence = (guint64) sqlite3_column_int64 (row, 3);
  head.own_hash = ym_sql_column_hash (row, 4);
  head.tables_digest = ym_sql_column_hash (row, 5);
  g_clear_pointer (&row, sqlite3_finalize);
  test_succeeds (ym_store_seal_head (store, &head, &error), error);
}

static char *
golden_text (const char *version, const char *ending)
{
  g_autofree char *name = g_strconcat (version, ending, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "journal", "golden", name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* @before: SQL that changes it while it is written; @after: behind the head's back. */
static Disk *
disk_with_changed (const char *version, const char *before, const char *after)
{
  Disk *disk = disk_new ();
  g_autofree char *sql = golden_text (version, ".sql");
  g_autoptr (GError) error = NULL;
  g_autoptr (YmStore) store = NULL;
  World world;

  world_init (&world, disk);
  store = ym_store_create (DIRECTORY, world.passphrase, &world.options, &error);
  g_assert_no_error (error);
  test_succeeds (ym_sql_script (ym_store_writer (store), sql, &error), error);
  test_succeeds (ym_sql_script (ym_store_writer (store), before, &error), error);
  seal_as_it_is (store);
  test_succeeds (ym_sql_script (ym_store_writer (store), after, &error), error);
  g_clear_pointer (&store, ym_store_close);
  world_clear (&world);
  return disk;
}

static Disk *
disk_with_golden (const char *version)
{
  return disk_with_changed (version, "", "");
}

typedef void (*Look) (YmJournal *journal, gpointer data);

/* Opens the store as the notebook does and shows it to @look; FALSE with the error if it does not open. */
static gboolean
open_and (Disk *disk, Look look, gpointer data, GError **error)
{
  World world;
  g_autoptr (YmStore) store = NULL;
  g_autoptr (YmJournal) journal = NULL;
  gboolean opened;

  world_init (&world, disk);
  store = ym_store_open (DIRECTORY, world.passphrase, &world.options, error);
  if (store != NULL)
    {
      const YmJournalOptions options = { world.options.clock, world.options.random, seal, read_head, store };

      journal = ym_journal_open (ym_store_writer (store), &options, error);
    }
  opened = journal != NULL && ym_notebook_migrate (journal, error);
  if (opened && look != NULL)
    look (journal, data);
  g_clear_pointer (&journal, ym_journal_free);
  g_clear_pointer (&store, ym_store_close);
  world_clear (&world);
  return opened;
}

/* --- tests --- */

static void
look_whole (YmJournal *journal, gpointer version)
{
  g_autofree char *expected = golden_text (version, ".txt");
  g_autofree char *text = export (ym_journal_get_db (journal));
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, expected);
  test_succeeds (ym_journal_recount (ym_journal_get_db (journal), &error), error);
}

/* Broken: a journal of an earlier schema does not open, loses an answer, or passes for damaged afterwards. */
static void
test_every_schema_opens (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (Disk) disk = disk_with_golden (versions[i]);
      g_autoptr (GError) error = NULL;

      for (int again = 0; again < 2; again++)
        test_succeeds (open_and (disk, look_whole, (gpointer) versions[i], &error), error);
    }
}

/* Broken: the power goes while an update of the app brings a store up to date, and the store does not open any more, or not
 * with all that was in it. */
static void
test_survives_any_cut (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (Disk) disk = disk_with_golden (versions[i]);
      g_autoptr (Medium) medium = medium_new (disk);
      g_autoptr (GError) error = NULL;
      guint images = 0;

      disk_record (disk);
      test_succeeds (open_and (disk, NULL, NULL, &error), error);
      for (guint j = 0; j < disk_get_log (disk)->len; j++)
        {
          for (guint64 seed = 0; seed < (medium_is_settled (medium) ? 1 : SEEDS); seed++)
            {
              g_autoptr (Disk) left = medium_cut (medium, seed);

              test_succeeds (open_and (left, look_whole, (gpointer) versions[i], &error), error);
              images++;
            }
          medium_apply (medium, g_ptr_array_index (disk_get_log (disk), j));
        }
      g_test_message ("schema %s: %u operations, %u images", versions[i], disk_get_log (disk)->len, images);
      g_assert_cmpuint (images, >, 10);
    }
}

/* Broken: records that a newer program signed, and that this one once kept without knowing them, never appear. */
static void
test_what_was_unknown_is_folded (void)
{
  g_autoptr (Disk) disk = disk_with_changed (
      "2", "DELETE FROM visit; DELETE FROM state WHERE name = 'schema'; PRAGMA user_version = 1", "");
  g_autoptr (GError) error = NULL;

  test_succeeds (open_and (disk, look_whole, (gpointer) "2", &error), error);
}

/* Broken: bringing a store up to date makes good what was changed in it behind the head's back. */
static void
test_damage_is_seen_first (void)
{
  g_autoptr (Disk) disk
      = disk_with_changed ("1", "", "UPDATE state SET value = zeroblob(32) WHERE name = 'digest'");
  g_autoptr (GError) error = NULL;

  for (int again = 0; again < 2; again++)
    {
      g_assert_false (open_and (disk, NULL, NULL, &error));
      g_assert_error (error, YM_ERROR, YM_ERROR_DAMAGED);
      g_clear_error (&error);
    }
}

static void
make_newer (YmJournal *journal, gpointer data)
{
  g_autoptr (GError) error = NULL;

  test_succeeds (ym_sql_script (ym_journal_get_db (journal), "PRAGMA user_version = 9999", &error), error);
}

/* Broken: an older program writes into a store that it does not understand, or does not say what to do. */
static void
test_newer_is_refused (void)
{
  g_autoptr (Disk) disk = disk_with_golden (versions[G_N_ELEMENTS (versions) - 1]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  test_succeeds (open_and (disk, make_newer, NULL, &error), error);
  before = disk_read (disk, DIRECTORY "/vault");
  g_assert_false (open_and (disk, NULL, NULL, &error));
  g_assert_error (error, YM_ERROR, YM_ERROR_NEWER);
  g_assert_cmpstr (error->message, ==,
                   "This store was written by a newer Ymweld. Install the newer one to open it; nothing was changed.");
  after = disk_read (disk, DIRECTORY "/vault");
  g_assert_true (g_bytes_equal (before, after));
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
  g_test_add_func ("/migration/every-schema-opens", test_every_schema_opens);
  g_test_add_func ("/migration/survives-any-cut", test_survives_any_cut);
  g_test_add_func ("/migration/what-was-unknown-is-folded", test_what_was_unknown_is_folded);
  g_test_add_func ("/migration/damage-is-seen-first", test_damage_is_seen_first);
  g_test_add_func ("/migration/newer-is-refused", test_newer_is_refused);
  return g_test_run ();
}
