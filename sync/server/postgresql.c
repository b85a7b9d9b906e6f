/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The order of a force's envelopes in a PostgreSQL database. The row of the force is its lock: who has it gives out the
 * next positions, and gives it back with COMMIT, so positions become visible in their order and without gaps.
 *
 * A commit counts only if the server said so without a word of warning: with a synchronous standby a cancelled wait is told
 * by a warning after the transaction is in, and a promotion may still lose it. After anything else the connection is
 * thrown away and the row read over a new one, which waits for whatever the old one had left; if the commit is there,
 * another one after it, clean this time, carries it to the standby.
 */

#include "sync/server/postgresql.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "app/base/error.h"
#include "sync/server/postgresql-private.h"

#define FORMAT 1
#define MOST_ROWS 500

/* Kinds of what is sealed or blinded. */
enum { KIND_CHECK = 'k', KIND_ENTRY = 'e', KIND_FACT = 'f' };

struct _YmPostgresql {
  YmOrder order;
  char *url;
  YmLedgerSeal *seal;
  YmPostgresqlOptions options;
  YmLink *link;     /* NULL while there is none */
  gboolean in_transaction;
  YmId force;       /* of the transaction */
  YmOrderPoint now; /* of the order at its start */
  guint64 term;     /* the highest that was seen */
  gboolean is_bound; /* @link has found this term, and goes with it */
  YmPostgresqlWatch *watch;
};

/* "term" and the rest of a force's row are changed under its lock alone; the other tables have no row that it does not count. */
static const char *const tables[] = {
  "CREATE TABLE ymweld_force (force bytea PRIMARY KEY, format bigint NOT NULL, term bigint NOT NULL, epoch bytea NOT NULL,"
  " position bigint NOT NULL, facts bigint NOT NULL, running bytea NOT NULL, key_check bytea NOT NULL,"
  " closed bigint NOT NULL)",
  "CREATE TABLE ymweld_entry (force bytea NOT NULL, position bigint NOT NULL, place bytea NOT NULL, body bytea NOT NULL,"
  " PRIMARY KEY (force, position), UNIQUE (force, place)) PARTITION BY LIST (force)",
  "CREATE TABLE ymweld_fact (force bytea NOT NULL, name bytea NOT NULL, number bigint NOT NULL, body bytea NOT NULL,"
  " PRIMARY KEY (force, name), UNIQUE (force, number)) PARTITION BY LIST (force)",
};

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_DAMAGED,
                       _ ("The key does not open what is in the ledger's database: it is another ledger's key, or somebody "
                          "has changed what is there."));
}

static void
drop_link (YmPostgresql *postgresql)
{
  g_clear_pointer (&postgresql->link, ym_link_close);
  postgresql->in_transaction = FALSE;
  postgresql->is_bound = FALSE;
}

static gboolean
connect_to (YmPostgresql *postgresql, GError **error)
{
  if (postgresql->link != NULL && PQstatus (postgresql->link->pg) != CONNECTION_OK)
    drop_link (postgresql);
  if (postgresql->link != NULL)
    return TRUE;
  postgresql->link = ym_link_open (postgresql->url, error);
  if (postgresql->link != NULL && postgresql->watch != NULL)
    ym_postgresql_watch_ignore (postgresql->watch, PQbackendPID (postgresql->link->pg));
  return postgresql->link != NULL;
}

/* Two servers that find an empty database at once make its tables one after the other. */
static gboolean
make_tables_in_transaction (YmLink *link, GError **error)
{
  g_autoptr (PGresult) found = NULL;

  if (!ym_link_do (link, error, "SELECT pg_advisory_xact_lock(7955944611)", ""))
    return FALSE;
  found = ym_link_run (link, error, "SELECT 1 WHERE to_regclass('ymweld_force') IS NULL", "");
  if (found == NULL)
    return FALSE;
  for (guint i = 0; PQntuples (found) > 0 && i < G_N_ELEMENTS (tables); i++)
    if (!ym_link_do (link, error, tables[i], ""))
      return FALSE;
  return TRUE;
}

static gboolean
make_tables (YmLink *link, GError **error)
{
  return ym_link_do (link, error, "BEGIN", "") && make_tables_in_transaction (link, error)
         && ym_link_commit (link, error);
}

/* Partitions for the force and its row, under the same lock as the tables. The term goes on from what was seen elsewhere. */
static gboolean
make_force (YmPostgresql *postgresql, const YmId *force, const YmId *epoch, GError **error)
{
  static const char *const partitioned[] = { "entry", "fact" };
  g_autofree char *hex = ym_id_to_string (force);
  g_autoptr (GBytes) check = g_bytes_new (force->bytes, YM_ID_BYTES);
  g_autoptr (GBytes) key_check = ym_ledger_seal_close (postgresql->seal, KIND_CHECK, force, 0, check);
  const YmHash nothing = { { 0 } };

  if (!ym_link_do (postgresql->link, error, "SELECT pg_advisory_xact_lock(7955944611)", ""))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (partitioned); i++)
    {
      g_autofree char *sql
          = g_strdup_printf ("CREATE TABLE IF NOT EXISTS ymweld_%s_%s PARTITION OF ymweld_%s FOR VALUES IN ('\\x%s')",
                             partitioned[i], hex, partitioned[i], hex);

      if (!ym_link_do (postgresql->link, error, sql, ""))
        return FALSE;
    }
  return ym_link_do (postgresql->link, error,
                     "INSERT INTO ymweld_force (force, format, term, epoch, position, facts, running, key_check, "
                     "closed) VALUES ($1, $2, $6, $3, 0, 0, $4, $5, 0) ON CONFLICT DO NOTHING",
                     "didhbi", force, (gint64) FORMAT, epoch, &nothing, key_check, (gint64) postgresql->term + 1);
}

/* A lower term than was seen is of a database that has been replaced; a higher one is for all connections from now on. */
static gboolean
check_term (YmPostgresql *postgresql, guint64 term, GError **error)
{
  if (term < postgresql->term || (postgresql->is_bound && term != postgresql->term))
    {
      g_set_error (error, YM_ERROR, YM_ERROR_NETWORK,
                   _ ("The ledger's database has the fencing term %" PRIu64 " where %" PRIu64
                      " was seen: it was replaced, or this connection was. Another is tried by itself."),
                   term, postgresql->term);
      return FALSE;
    }
  if (term > postgresql->term && postgresql->options.saw_term != NULL
      && !postgresql->options.saw_term (postgresql->options.context, term, error))
    return FALSE;
  postgresql->term = term;
  postgresql->is_bound = TRUE;
  return TRUE;
}

static gboolean
check_key (YmPostgresql *postgresql, const YmId *force, const PGresult *row, GError **error)
{
  g_autoptr (GBytes) check
      = ym_ledger_seal_open (postgresql->seal, KIND_CHECK, force, 0, PQgetvalue (row, 0, 6), (gsize) PQgetlength (row, 0, 6));

  if (check != NULL)
    return TRUE;
  set_damaged (error);
  return FALSE;
}

#define FORCE_COLUMNS "term, epoch, position, facts, running, format, key_check, closed "

static gboolean
check_open (YmPostgresql *postgresql, gboolean closed, GError **error)
{
  if (!closed || postgresql->options.moving)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_INVALID,
                       _ ("The ledger in this database was moved elsewhere with “ymweld-server migrate-ledger”. Serve from "
                          "there."));
  return FALSE;
}

/* The row of the force into *@now; *@found FALSE if there is none. @locked: it stays this process's until the end. */
static gboolean
look (YmPostgresql *postgresql, const YmId *force, gboolean locked, YmOrderPoint *now, gboolean *found, GError **error)
{
  g_autoptr (PGresult) row
      = ym_link_run (postgresql->link, error,
                     locked ? "SELECT " FORCE_COLUMNS "FROM ymweld_force WHERE force = $1 FOR UPDATE"
                            : "SELECT " FORCE_COLUMNS "FROM ymweld_force WHERE force = $1",
                     "d", force);

  *now = (YmOrderPoint){ .end = 0 };
  if (row == NULL)
    return FALSE;
  *found = PQntuples (row) == 1;
  if (!*found)
    return TRUE;
  if (ym_link_integer (row, 0, 5) != FORMAT)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NEWER,
                           _ ("The ledger in the database was written by a newer ymweld-server. Install the newer one; nothing "
                              "was changed."));
      return FALSE;
    }
  now->epoch = ym_link_id (row, 0, 1);
  now->end = (guint64) ym_link_integer (row, 0, 2);
  now->facts = (guint64) ym_link_integer (row, 0, 3);
  now->running = ym_link_hash (row, 0, 4);
  return check_key (postgresql, force, row, error) && check_open (postgresql, ym_link_integer (row, 0, 7) != 0, error)
         && check_term (postgresql, (guint64) ym_link_integer (row, 0, 0), error);
}

static gboolean
lock (YmPostgresql *postgresql, const YmId *force, const YmId *epoch, GError **error)
{
  gboolean found;

  if (!ym_link_do (postgresql->link, error, "BEGIN", "") || !look (postgresql, force, TRUE, &postgresql->now, &found, error))
    return FALSE;
  if (!found && (!make_force (postgresql, force, epoch, error)
                 || !look (postgresql, force, TRUE, &postgresql->now, &found, error)))
    return FALSE;
  postgresql->force = *force;
  postgresql->in_transaction = TRUE;
  return TRUE;
}

/* A connection that was idle may be gone without having said so: then another is tried, once. */
static gboolean
begin (gpointer context, const YmId *force, const YmId *epoch, YmOrderPoint *now, GError **error)
{
  YmPostgresql *postgresql = context;
  gboolean fresh = postgresql->link == NULL;

  if (!connect_to (postgresql, error))
    return FALSE;
  if (!lock (postgresql, force, epoch, fresh ? error : NULL))
    {
      drop_link (postgresql);
      if (fresh)
        return FALSE;
      if (!connect_to (postgresql, error))
        return FALSE;
      if (!lock (postgresql, force, epoch, error))
        {
          drop_link (postgresql);
          return FALSE;
        }
    }
  *now = postgresql->now;
  return TRUE;
}

static gboolean
read_entries (YmPostgresql *postgresql, const YmId *force, guint64 after, YmOrderPart *part, GError **error)
{
  g_autoptr (PGresult) rows = ym_link_run (
      postgresql->link, error,
      "SELECT position, body FROM ymweld_entry WHERE force = $1 AND position > $2 ORDER BY position LIMIT $3", "dii",
      force, (gint64) after, (gint64) MOST_ROWS);

  if (rows == NULL)
    return FALSE;
  for (int i = 0; i < PQntuples (rows); i++)
    {
      guint64 position = (guint64) ym_link_integer (rows, i, 0);
      GBytes *body = ym_ledger_seal_open (postgresql->seal, KIND_ENTRY, force, position, PQgetvalue (rows, i, 1),
                                          (gsize) PQgetlength (rows, i, 1));

      if (body == NULL)
        {
          set_damaged (error);
          return FALSE;
        }
      /* Whose it is stands in the body; the database has only what was blinded of it. */
      ym_order_part_add_entry (part, position, &ym_id_zero, &ym_id_zero, 0, body);
    }
  return TRUE;
}

/*
 * A fact's body: its kind, the length of its key, the key, then what is to be remembered, or nothing if it is gone.
 *
 *   0      1            2                 2 + n
 *   | kind | n, to 255  | n bytes of key  | body |
 */
static GBytes *
encode_fact (const YmOrderFact *fact)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize length;
  const guint8 *key = g_bytes_get_data (fact->key, &length);
  guint8 header[2] = { (guint8) fact->kind, (guint8) length };

  g_assert (length <= G_MAXUINT8 && fact->kind <= G_MAXUINT8);
  g_byte_array_append (bytes, header, sizeof header);
  g_byte_array_append (bytes, key, (guint) length);
  if (fact->body != NULL)
    g_byte_array_append (bytes, g_bytes_get_data (fact->body, NULL), (guint) g_bytes_get_size (fact->body));
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
add_fact (YmOrderPart *part, guint64 number, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  gsize key_length = length < 2 ? 0 : data[1];

  if (length < 2 + key_length)
    return FALSE;
  ym_order_part_add_fact (part, number, data[0], g_bytes_new_from_bytes (bytes, 2, key_length),
                          length == 2 + key_length
                              ? NULL
                              : g_bytes_new_from_bytes (bytes, 2 + key_length, length - 2 - key_length));
  return TRUE;
}

static gboolean
read_facts (YmPostgresql *postgresql, const YmId *force, guint64 after, YmOrderPart *part, GError **error)
{
  g_autoptr (PGresult) rows = ym_link_run (
      postgresql->link, error,
      "SELECT number, body FROM ymweld_fact WHERE force = $1 AND number > $2 ORDER BY number LIMIT $3", "dii", force,
      (gint64) after, (gint64) MOST_ROWS);

  if (rows == NULL)
    return FALSE;
  for (int i = 0; i < PQntuples (rows); i++)
    {
      guint64 number = (guint64) ym_link_integer (rows, i, 0);
      g_autoptr (GBytes) fact = ym_ledger_seal_open (postgresql->seal, KIND_FACT, force, number, PQgetvalue (rows, i, 1),
                                                     (gsize) PQgetlength (rows, i, 1));

      if (fact == NULL || !add_fact (part, number, fact))
        {
          set_damaged (error);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_rows (YmPostgresql *postgresql, const YmId *force, const YmOrderPoint *after, YmOrderPart *part, GError **error)
{
  return read_entries (postgresql, force, after->end, part, error)
         && read_facts (postgresql, force, after->facts, part, error);
}

/* One look at everything, without a lock. */
static gboolean
read_in_snapshot (YmPostgresql *postgresql, const YmId *force, const YmOrderPoint *after, YmOrderPart *part,
                  YmOrderPoint *now, GError **error)
{
  gboolean found;

  return connect_to (postgresql, error)
         && ym_link_do (postgresql->link, error, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "")
         && look (postgresql, force, FALSE, now, &found, error)
         && (!found || (now->end == after->end && now->facts == after->facts)
             || read_rows (postgresql, force, after, part, error))
         && ym_link_do (postgresql->link, error, "COMMIT", "");
}

static gboolean
read_after (gpointer context, const YmId *force, const YmOrderPoint *after, YmOrderPart *part, YmOrderPoint *now,
            GError **error)
{
  YmPostgresql *postgresql = context;

  if (postgresql->in_transaction)
    {
      *now = postgresql->now;
      return (now->end == after->end && now->facts == after->facts)
             || read_rows (postgresql, force, after, part, error);
    }
  if (read_in_snapshot (postgresql, force, after, part, now, error))
    return TRUE;
  drop_link (postgresql);
  return FALSE;
}

/* What some entries or facts become in the database. */
typedef struct {
  GPtrArray *names;
  GPtrArray *bodies;
} Sealed;

static void
sealed_clear (Sealed *sealed)
{
  g_clear_pointer (&sealed->names, g_ptr_array_unref);
  g_clear_pointer (&sealed->bodies, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sealed, sealed_clear)

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
}

/* Author, chain and sequence: no two entries may have the same, and the database sees to it without knowing them. */
static GBytes *
name_place (const YmOrderEntry *entry)
{
  guint8 bytes[2 * YM_ID_BYTES + 8];
  guint64 sequence_be = GUINT64_TO_BE (entry->sequence);

  memcpy (bytes, entry->author.bytes, YM_ID_BYTES);
  memcpy (bytes + YM_ID_BYTES, entry->chain.bytes, YM_ID_BYTES);
  memcpy (bytes + 2 * YM_ID_BYTES, &sequence_be, 8);
  return g_bytes_new (bytes, sizeof bytes);
}

static GBytes *
name_fact (const YmOrderFact *fact)
{
  gsize length;
  const guint8 *key = g_bytes_get_data (fact->key, &length);
  guint8 *bytes = g_malloc (1 + length);

  bytes[0] = (guint8) fact->kind;
  memcpy (bytes + 1, key, length);
  return g_bytes_new_take (bytes, 1 + length);
}

static void
seal_entries (YmPostgresql *postgresql, const YmOrderPart *part, guint first, guint end, Sealed *sealed)
{
  const YmId *force = &postgresql->force;

  *sealed = (Sealed){ new_list (), new_list () };
  for (guint i = first; i < end; i++)
    {
      const YmOrderEntry *entry = g_ptr_array_index (part->entries, i);
      g_autoptr (GBytes) place = name_place (entry);

      g_ptr_array_add (sealed->names, ym_ledger_seal_blind (postgresql->seal, KIND_ENTRY, force, place));
      g_ptr_array_add (sealed->bodies,
                       ym_ledger_seal_close (postgresql->seal, KIND_ENTRY, force, entry->position, entry->body));
    }
}

static void
seal_facts (YmPostgresql *postgresql, const YmOrderPart *part, guint first, guint end, Sealed *sealed)
{
  const YmId *force = &postgresql->force;

  *sealed = (Sealed){ new_list (), new_list () };
  for (guint i = first; i < end; i++)
    {
      const YmOrderFact *fact = g_ptr_array_index (part->facts, i);
      g_autoptr (GBytes) name = name_fact (fact);
      g_autoptr (GBytes) body = encode_fact (fact);

      g_ptr_array_add (sealed->names, ym_ledger_seal_blind (postgresql->seal, KIND_FACT, force, name));
      g_ptr_array_add (sealed->bodies, ym_ledger_seal_close (postgresql->seal, KIND_FACT, force, fact->number, body));
    }
}

/* The row moves on only under the term that it was locked with. */
static gboolean
move_force (YmPostgresql *postgresql, const YmOrderPoint *end, GError **error)
{
  g_autoptr (PGresult) moved = ym_link_run (postgresql->link, error,
                                            "UPDATE ymweld_force SET position = $2, facts = $3, running = $4 "
                                            "WHERE force = $1 AND term = $5 RETURNING position",
                                            "diihi", &postgresql->force, (gint64) end->end, (gint64) end->facts,
                                            &end->running, (gint64) postgresql->term);

  if (moved == NULL)
    return FALSE;
  if (PQntuples (moved) == 1)
    return TRUE;
  g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, _ ("This server was fenced off from the ledger's database."));
  return FALSE;
}

/* @last: the bytes under which the last of them are found, after an answer that was lost. */
static gboolean
insert_entries (YmPostgresql *postgresql, const YmOrderPart *part, GBytes **last, GError **error)
{
  for (guint first = 0; first < part->entries->len; first += MOST_ROWS)
    {
      g_auto (Sealed) sealed = { NULL };

      seal_entries (postgresql, part, first, MIN (first + MOST_ROWS, part->entries->len), &sealed);
      if (!ym_link_do (postgresql->link, error,
                       "INSERT INTO ymweld_entry (force, position, place, body) SELECT $1, $2 + number, place, body "
                       "FROM unnest($3, $4) WITH ORDINALITY AS given (place, body, number)",
                       "diaa", &postgresql->force, (gint64) (postgresql->now.end + first), sealed.names, sealed.bodies))
        return FALSE;
      g_clear_pointer (last, g_bytes_unref);
      *last = g_bytes_ref (g_ptr_array_index (sealed.bodies, sealed.bodies->len - 1));
    }
  return TRUE;
}

static gboolean
insert_facts (YmPostgresql *postgresql, const YmOrderPart *part, GBytes **last, GError **error)
{
  for (guint first = 0; first < part->facts->len; first += MOST_ROWS)
    {
      g_auto (Sealed) sealed = { NULL };

      seal_facts (postgresql, part, first, MIN (first + MOST_ROWS, part->facts->len), &sealed);
      if (!ym_link_do (postgresql->link, error,
                       "INSERT INTO ymweld_fact (force, name, number, body) SELECT $1, name, $2 + number, body "
                       "FROM unnest($3, $4) WITH ORDINALITY AS given (name, body, number) "
                       "ON CONFLICT (force, name) DO UPDATE SET number = excluded.number, body = excluded.body",
                       "diaa", &postgresql->force, (gint64) (postgresql->now.facts + first), sealed.names, sealed.bodies))
        return FALSE;
      g_clear_pointer (last, g_bytes_unref);
      *last = g_bytes_ref (g_ptr_array_index (sealed.bodies, sealed.bodies->len - 1));
    }
  return TRUE;
}

static gboolean
insert (YmPostgresql *postgresql, const YmOrderPart *part, GBytes **last, GError **error)
{
  g_autoptr (GBytes) last_fact = NULL;

  if (!insert_entries (postgresql, part, last, error) || !insert_facts (postgresql, part, &last_fact, error)
      || !move_force (postgresql, &part->end, error)
      || !ym_link_do (postgresql->link, error, "SELECT pg_notify($1, '')", "t", YM_POSTGRESQL_CHANNEL))
    return FALSE;
  if (*last == NULL)
    *last = g_steal_pointer (&last_fact);
  return TRUE;
}

/* Whether the very bytes of the last entry, or of the last fact where there was no entry, are there. */
static gboolean
find_sealed (YmPostgresql *postgresql, const YmOrderPart *part, GBytes *last, gboolean *found, GError **error)
{
  const gboolean by_entry = part->entries->len > 0;
  g_autoptr (PGresult) rows
      = ym_link_run (postgresql->link, error,
                     by_entry ? "SELECT 1 FROM ymweld_entry WHERE force = $1 AND position = $2 AND body = $3"
                              : "SELECT 1 FROM ymweld_fact WHERE force = $1 AND number = $2 AND body = $3",
                     "dib", &postgresql->force, (gint64) (by_entry ? part->end.end : part->end.facts), last);

  *found = rows != NULL && PQntuples (rows) == 1;
  return rows != NULL;
}

/*
 * After an answer that was lost or not clean. The lock waits until the old transaction has come to its end, one way or the
 * other; the commit here, of a row that is written as it is, reaches the standby after everything before it.
 */
static gboolean
look_up (YmPostgresql *postgresql, const YmOrderPart *part, GBytes *last, GError **error)
{
  const YmId force = postgresql->force;
  YmOrderPoint now;
  gboolean found, committed;

  drop_link (postgresql);
  if (!connect_to (postgresql, error) || !ym_link_do (postgresql->link, error, "BEGIN", "")
      || !look (postgresql, &force, TRUE, &now, &found, error))
    return FALSE;
  if (!find_sealed (postgresql, part, last, &committed, error) || !move_force (postgresql, &now, error)
      || !ym_link_commit (postgresql->link, error))
    return FALSE;
  if (!committed)
    g_set_error_literal (error, YM_ERROR, YM_ERROR_NETWORK, _ ("The ledger's database did not commit."));
  return committed;
}

static gboolean
commit (gpointer context, const YmOrderPart *part, GError **error)
{
  YmPostgresql *postgresql = context;
  g_autoptr (GBytes) last = NULL;
  g_autoptr (GError) failure = NULL;

  g_assert (postgresql->in_transaction && (part->entries->len > 0 || part->facts->len > 0));
  if (!insert (postgresql, part, &last, error))
    {
      drop_link (postgresql);
      return FALSE;
    }
  postgresql->in_transaction = FALSE;
  if (ym_link_commit (postgresql->link, &failure))
    return TRUE;
  g_warning ("event=commit-not-clean error=\"%s\"", failure->message);
  if (look_up (postgresql, part, last, error))
    return TRUE;
  drop_link (postgresql);
  return FALSE;
}

static void
roll_back (gpointer context)
{
  YmPostgresql *postgresql = context;

  if (postgresql->in_transaction && !ym_link_do (postgresql->link, NULL, "ROLLBACK", ""))
    drop_link (postgresql);
  postgresql->in_transaction = FALSE;
}

static void
watch (gpointer context, void (*news) (gpointer data), gpointer data)
{
  YmPostgresql *postgresql = context;

  g_clear_pointer (&postgresql->watch, ym_postgresql_watch_stop);
  if (news == NULL)
    return;
  postgresql->watch = ym_postgresql_watch_start (postgresql->url, news, data);
  if (postgresql->link != NULL)
    ym_postgresql_watch_ignore (postgresql->watch, PQbackendPID (postgresql->link->pg));
}

YmPostgresql *
ym_postgresql_open (const YmPostgresqlOptions *options, GError **error)
{
  g_autoptr (YmPostgresql) postgresql = g_new0 (YmPostgresql, 1);

  postgresql->order = (YmOrder){ postgresql, begin, read_after, commit, roll_back, watch };
  postgresql->options = *options;
  postgresql->url = g_strdup (options->url);
  postgresql->seal = ym_ledger_seal_new (options->key, options->random);
  postgresql->term = options->term;
  return connect_to (postgresql, error) && make_tables (postgresql->link, error) ? g_steal_pointer (&postgresql) : NULL;
}

void
ym_postgresql_free (YmPostgresql *postgresql)
{
  if (postgresql == NULL)
    return;
  ym_postgresql_watch_stop (postgresql->watch);
  ym_link_close (postgresql->link);
  ym_ledger_seal_free (postgresql->seal);
  g_free (postgresql->url);
  g_free (postgresql);
}

const YmOrder *
ym_postgresql_get_order (YmPostgresql *postgresql)
{
  return &postgresql->order;
}

/* What an operator changes of the row; negative @closed leaves that as it is. */
static gboolean
alter (YmPostgresql *postgresql, const YmId *force, const YmId *epoch, int closed, guint64 *term, GError **error)
{
  YmOrderPoint now;
  gboolean found;

  if (!look (postgresql, force, TRUE, &now, &found, error))
    return FALSE;
  if (!found)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND, _ ("This database has no ledger of this force."));
      return FALSE;
    }
  *term = postgresql->term + 1;
  return ym_link_do (postgresql->link, error,
                     "UPDATE ymweld_force SET term = $2, epoch = $3, "
                     "closed = CASE WHEN $4::bigint < 0 THEN closed ELSE $4 END WHERE force = $1",
                     "didi", force, (gint64) *term, epoch == NULL ? &now.epoch : epoch, (gint64) closed)
         && ym_link_commit (postgresql->link, error);
}

/* This process goes with the new term itself. */
static gboolean
alter_in_transaction (YmPostgresql *postgresql, const YmId *force, const YmId *epoch, int closed, guint64 *term,
                      GError **error)
{
  gboolean good = connect_to (postgresql, error) && ym_link_do (postgresql->link, error, "BEGIN", "")
                  && alter (postgresql, force, epoch, closed, term, error);

  drop_link (postgresql);
  return good;
}

gboolean
ym_postgresql_raise_term (YmPostgresql *postgresql, const YmId *force, const YmId *epoch, guint64 *term, GError **error)
{
  return alter_in_transaction (postgresql, force, epoch, -1, term, error);
}

gboolean
ym_postgresql_set_closed (YmPostgresql *postgresql, const YmId *force, gboolean closed, GError **error)
{
  guint64 term;

  return alter_in_transaction (postgresql, force, NULL, closed, &term, error);
}
