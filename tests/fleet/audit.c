/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold at the end. */

#include "tests/fleet/audit.h"

#include <string.h>

#include "app/journal/tables.h"
#include "tests/fleet/verdict.h"

typedef struct {
  YmId scope;
  YmClass stream_class;
  const YmForm *form; /* (nullable): only its records */
  gboolean of_conflicts;
} Stream;

/* What a replica holds: a sum over the records of each stream and form, so that their order does not matter. */
typedef struct {
  GHashTable *sums; /* Stream to guint64 */
} Content;

static guint
stream_hash (gconstpointer data)
{
  const Stream *stream = data;

  return ym_id_hash_func (&stream->scope) ^ g_direct_hash (stream->form) ^ (guint) stream->of_conflicts;
}

static gboolean
stream_equal (gconstpointer a, gconstpointer b)
{
  const Stream *first = a;
  const Stream *second = b;

  return first->form == second->form && first->of_conflicts == second->of_conflicts
         && ym_id_equal (&first->scope, &second->scope);
}

static void
content_clear (Content *content)
{
  g_clear_pointer (&content->sums, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Content, content_clear)

static void
add_bytes (Content *content, const YmId *scope, const YmForm *form, gboolean of_conflicts, GBytes *bytes)
{
  const Stream stream = { *scope, form->record_class, form, of_conflicts };
  YmHash hash = ym_hash_of_bytes (bytes);
  guint64 *sum = g_hash_table_lookup (content->sums, &stream);
  guint64 part;

  if (sum == NULL)
    {
      sum = g_new0 (guint64, 1);
      g_hash_table_insert (content->sums, g_memdup2 (&stream, sizeof stream), sum);
    }
  memcpy (&part, hash.bytes, sizeof part);
  *sum += part;
}

static void
add_row (gpointer data, const YmRecord *record)
{
  g_autoptr (GBytes) bytes = ym_tables_encode (record);

  add_bytes (data, &record->scope, record->form, FALSE, bytes);
}

/* What waits for a person to decide is part of what a replica holds. */
static void
add_conflicts (Content *content, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      db, error,
      "SELECT c.scope, c.type, quote (c.record) || quote (c.field) || quote (c.other) || quote (e.hash) "
      "FROM conflict c JOIN envelope e ON e.entry = c.entry",
      "");

  while (rows != NULL && ym_sql_step (rows, error) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (rows, 0);
      const char *text = ym_sql_column_text (rows, 2);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

      add_bytes (content, &scope, ym_form ((guint) sqlite3_column_int64 (rows, 1)), TRUE, bytes);
    }
}

static Content
read_content (World *world, sqlite3 *db, const char *whose)
{
  Content content = { g_hash_table_new_full (stream_hash, stream_equal, g_free, g_free) };
  g_autoptr (GError) error = NULL;
  guint n_forms;
  const YmForm *const *forms = ym_forms (&n_forms);

  for (guint i = 0; i < n_forms; i++)
    if (!ym_tables_each (db, forms[i], add_row, &content, &error))
      break;
  if (error == NULL)
    add_conflicts (&content, db, &error);
  if (error != NULL)
    world_fail (world, "%s can't be read: %s", whose, error->message);
  return content;
}

static guint64
sum_of (const Content *content, const Stream *stream)
{
  const guint64 *sum = g_hash_table_lookup (content->sums, stream);

  return sum == NULL ? 0 : *sum;
}

static const char *
home_name (Staff *staff, const YmId *scope)
{
  for (guint i = 0; i < staff->n_homes; i++)
    if (ym_id_equal (&staff->homes[i].id, scope))
      return staff->homes[i].number;
  return ym_id_equal (scope, &staff->force) ? "the force" : "a home that nobody knows";
}

static void
fail_differently (World *world, Staff *staff, const Stream *stream, const char *whose)
{
  world_fail (world, "%s: the %s %s of %s are not what the ledger gives", whose, stream->form->name,
              stream->of_conflicts ? "conflicts" : "records", home_name (staff, &stream->scope));
}

/* Each part of @one that @other has in another form. */
static void
compare (World *world, Staff *staff, const Content *one, const Content *other, const char *whose)
{
  GHashTableIter iter;
  gpointer stream, sum;

  g_hash_table_iter_init (&iter, one->sums);
  while (g_hash_table_iter_next (&iter, &stream, &sum))
    if (*(guint64 *) sum != sum_of (other, stream))
      fail_differently (world, staff, stream, whose);
}

/* Whether a stream is the device's to see now, or, with @ever, was at some time. */
static gboolean
sees (Staff *staff, const Device *device, sqlite3 *ledger, const Stream *stream, gboolean ever)
{
  const Officer *officer = device->officer < 0 ? NULL : &staff->officers[device->officer];
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (stream->stream_class == YM_CLASS_IDENTITY || ym_id_equal (&stream->scope, &staff->force))
    return TRUE;
  if (officer == NULL)
    return stream->stream_class == YM_CLASS_REFERENCE;
  if (officer->role == YM_ROLE_FORCE_LEAD)
    return stream->stream_class != YM_CLASS_CHILD;
  for (guint i = 0; officer->supervises != 0 && i < staff->n_homes; i++)
    if (ym_id_equal (&staff->homes[i].id, &stream->scope))
      return staff->homes[i].area == officer->supervises;
  if (!ym_sql_integer (ledger, &n, &error,
                       "SELECT count(*) FROM assignment WHERE scope = ? AND officer = ? AND (? OR to_date IS NULL)", "ddi",
                       &stream->scope, &officer->id, (gint64) ever))
    world_fail (device->world, "the ledger can't be read: %s", error->message);
  return n > 0;
}

static void
compare_with_ledger (World *world, Staff *staff, Device *device, sqlite3 *ledger, const Content *truth)
{
  g_autofree char *whose = g_strdup_printf ("device %u", device->number);
  g_auto (Content) content = read_content (world, device_get_db (device), whose);
  GHashTableIter iter;
  gpointer stream;

  g_hash_table_iter_init (&iter, truth->sums);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    if (sees (staff, device, ledger, stream, FALSE) && sum_of (truth, stream) != sum_of (&content, stream))
      fail_differently (world, staff, stream, whose);
  g_hash_table_iter_init (&iter, content.sums);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    if (sum_of (truth, stream) == 0)
      fail_differently (world, staff, stream, whose);
}

/* Nobody else's envelopes of a stream that was never the officer's to see. */
static void
check_scopes (World *world, Staff *staff, Device *device, sqlite3 *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (device_get_db (device), &error, "SELECT DISTINCT scope, class FROM envelope WHERE author IS NOT ?",
                        "d", &device->author.device);

  while (rows != NULL && ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      const Stream stream = { .scope = ym_sql_column_id (rows, 0), .stream_class = (YmClass) sqlite3_column_int64 (rows, 1) };

      if (!sees (staff, device, ledger, &stream, TRUE))
        world_fail (world, "device %u has envelopes of class %d of %s, which were never its officer's to see",
                    device->number, (int) stream.stream_class, home_name (staff, &stream.scope));
    }
}

/* What is about a child reaches only who may see that, in whatever dress. */
static void
check_children (World *world, Staff *staff, Device *device, sqlite3 *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows = ym_sql_prepare (
      device_get_db (device), &error,
      "SELECT DISTINCT o.scope, o.type FROM operation o JOIN envelope e ON e.entry = o.entry WHERE e.author IS NOT ?", "d",
      &device->author.device);

  while (rows != NULL && ym_sql_step (rows, &error) == YM_SQL_ROW)
    {
      const Stream stream = { .scope = ym_sql_column_id (rows, 0), .stream_class = YM_CLASS_CHILD };
      const YmForm *form = ym_form ((guint) sqlite3_column_int64 (rows, 1));

      if (form != NULL && form->record_class == YM_CLASS_CHILD && !sees (staff, device, ledger, &stream, TRUE))
        world_fail (world, "device %u has something about a child of %s, and may not", device->number,
                    home_name (staff, &stream.scope));
    }
}

/* One row of a device: columns hash, position, disposition, sequence. */
static void
check_row (World *world, const Device *device, sqlite3 *ledger, sqlite3_stmt *row)
{
  YmHash hash = ym_sql_column_hash (row, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) there = ym_sql_prepare (
      ledger, &error, "SELECT position, disposition FROM envelope WHERE hash = ?", "h", &hash);

  if (there == NULL || ym_sql_step (there, &error) != YM_SQL_ROW)
    world_fail (world, "device %u has an envelope at position %d that the ledger does not have", device->number,
                sqlite3_column_int (row, 1));
  else if (sqlite3_column_int64 (there, 0) != sqlite3_column_int64 (row, 1)
           || sqlite3_column_int64 (there, 1) != sqlite3_column_int64 (row, 2))
    world_fail (world, "device %u has an envelope at position %d (%d), the ledger at %d (%d)", device->number,
                sqlite3_column_int (row, 1), sqlite3_column_int (row, 2), sqlite3_column_int (there, 0),
                sqlite3_column_int (there, 1));
}

static void
check_positions (World *world, Device *device, sqlite3 *ledger)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (device_get_db (device), &error,
                        "SELECT hash, position, disposition FROM envelope WHERE position IS NOT NULL", "");

  while (rows != NULL && ym_sql_step (rows, &error) == YM_SQL_ROW)
    check_row (world, device, ledger, rows);
  if (error != NULL)
    world_fail (world, "device %u can't be read: %s", device->number, error->message);
}

static void
check_nothing (World *world, sqlite3 *db, const char *whose, const char *what, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  if (!ym_sql_integer (db, &n, &error, sql, ""))
    world_fail (world, "%s can't be read: %s", whose, error->message);
  else if (n != 0)
    world_fail (world, "%s: %s", whose, what);
}

/* Positions from 1 on without a hole; each chain in its order, from its first envelope on, without a hole. */
static void
check_order (World *world, sqlite3 *ledger)
{
  static const struct {
    const char *what;
    const char *sql;
  } rules[] = {
    { "positions are not 1, 2, 3 and so on",
      "SELECT count(*) != coalesce(max(position), 0) OR min(position) < 1 OR count(DISTINCT position) != count(*) FROM envelope" },
    { "a chain has a hole",
      "SELECT count(*) FROM (SELECT 1 FROM envelope GROUP BY author, chain HAVING max(sequence) != count(*) OR min(sequence) != 1)" },
    { "a chain is not in its order",
      "SELECT count(*) FROM envelope a JOIN envelope b ON b.author = a.author AND b.chain = a.chain "
      "AND b.sequence = a.sequence + 1 WHERE b.position < a.position" },
    { "an envelope that was refused counts", "SELECT count(*) FROM envelope WHERE disposition >= 3 AND folded" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    check_nothing (world, ledger, "the ledger", rules[i].what, rules[i].sql);
}

static void
check_forged (World *world, Book *book, sqlite3 *db, const char *whose)
{
  GHashTableIter iter;
  gpointer hash;

  g_hash_table_iter_init (&iter, book->forged);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    {
      g_autoptr (GError) error = NULL;
      gint64 n = 0;

      if (!ym_sql_integer (db, &n, &error, "SELECT count(*) FROM envelope WHERE hash = ? AND folded", "h", hash))
        world_fail (world, "%s can't be read: %s", whose, error->message);
      else if (n > 0)
        world_fail (world, "%s believes what was made up", whose);
    }
}

/* Evidence of what nobody did. */
static void
check_evidence (World *world, sqlite3 *db, const char *whose, const AuditAllowance *allowed)
{
  const struct {
    const char *what;
    gboolean may;
  } kinds[] = {
    { "base", allowed->base }, { "fork", allowed->fork }, { "response", allowed->response }
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM evidence WHERE what = '%s'", kinds[i].what);
      g_autofree char *what = g_strdup_printf ("evidence of what nobody did: %s", kinds[i].what);

      if (!kinds[i].may)
        check_nothing (world, db, whose, what, sql);
    }
}

static void
check_store (World *world, Book *book, sqlite3 *db, const char *whose, const AuditAllowance *allowed)
{
  g_autoptr (GError) error = NULL;

  check_forged (world, book, db, whose);
  check_evidence (world, db, whose, allowed);
  check_nothing (world, db, whose, "a sum over a stream is missing",
                 "SELECT count(*) FROM envelope WHERE position IS NOT NULL AND stream_hash IS NULL");
  if (chance_percent (&world->chance, 15) && !ym_journal_recount (db, &error))
    world_fail (world, "%s does not add up: %s", whose, error->message);
}

/* Everything in the ledger, taken by a store that is new. */
static gboolean
take_all (YmJournal *journal, Staff *staff, sqlite3_stmt *rows, GError **error)
{
  YmSqlStep step;

  if (!ym_journal_found (journal, staff->root_key, &staff->root.device, error))
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      g_autoptr (GBytes) change_set = ym_sql_column_bytes (rows, 1);
      g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, error);
      const YmPlacement placement = { TRUE,
                                      { ym_sql_column_id (rows, 6), (guint64) sqlite3_column_int64 (rows, 2) },
                                      (YmDisposition) sqlite3_column_int64 (rows, 3),
                                      (guint) sqlite3_column_int64 (rows, 4),
                                      sqlite3_column_int64 (rows, 5) };

      if (arrival == NULL || !ym_journal_take (journal, arrival, &placement, error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}

static void
fold_anew (World *world, Staff *staff, Server *server, const Content *truth)
{
  const YmJournalOptions options = { .clock = &server->machine.clock, .random = &server->machine.random };
  g_autoptr (GError) error = NULL;
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (server_get_db (server), &error,
                        "SELECT body, change_set, position, disposition, reason, received_at, epoch FROM envelope "
                        "ORDER BY position",
                        "");
  g_autoptr (YmJournal) journal = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  journal = ym_journal_open (db, &options, &error);
  if (rows != NULL && journal != NULL && ym_journal_begin (journal, &error) && take_all (journal, staff, rows, &error))
    {
      g_auto (Content) anew = read_content (world, db, "a new store");

      compare (world, staff, &anew, truth, "the server");
      compare (world, staff, truth, &anew, "a new store");
    }
  if (journal != NULL)
    ym_journal_rollback (journal);
  if (error != NULL)
    world_fail (world, "the ledger does not fold anew: %s", error->message);
  g_clear_pointer (&journal, ym_journal_free);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

gboolean
audit_is_at_rest (Device *device, Server *server)
{
  g_autoptr (GError) error = NULL;
  YmPosition cursor;
  gint64 n = 0;

  if (!device->is_on || device->is_syncing || !ym_journal_get_cursor (device->machine.journal, &cursor)
      || cursor.number != ym_ledger_get_end (server->ledger))
    return FALSE;
  if (!ym_sql_integer (device_get_db (device), &n, &error,
                       "SELECT (SELECT count(*) FROM envelope WHERE position IS NULL) + (SELECT count(*) FROM backfill)",
                       ""))
    world_fail (device->world, "device %u can't be read: %s", device->number, error->message);
  return n == 0;
}

void
audit_all (World *world, Book *book, Staff *staff, Server *server, GPtrArray *devices, const AuditAllowance *allowed)
{
  YmJournal *journal = server->journal;
  sqlite3 *ledger = ym_journal_get_db (journal);
  g_auto (Content) truth = read_content (world, ledger, "the server");

  book_check_ledger (book, journal, ym_ledger_get_epoch (server->ledger));
  book_check_saved (book, journal);
  check_order (world, ledger);
  verdict_check (world, staff, server, devices);
  check_store (world, book, ledger, "the server", allowed);
  for (guint i = 0; i < devices->len; i++)
    {
      Device *device = g_ptr_array_index (devices, i);
      g_autofree char *whose = g_strdup_printf ("device %u", device->number);

      check_scopes (world, staff, device, ledger);
      check_children (world, staff, device, ledger);
      if (device->is_revoked)
        continue;
      check_positions (world, device, ledger);
      check_store (world, book, device_get_db (device), whose, allowed);
      compare_with_ledger (world, staff, device, ledger, &truth);
    }
  if (chance_percent (&world->chance, 15))
    fold_anew (world, staff, server, &truth);
}
