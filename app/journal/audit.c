/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A walk over everything that is stored, believing none of it: for whoever wants to know that the ledger holds. */

#include "app/journal/audit.h"

#include <glib/gi18n-lib.h>

#include "app/base/error.h"
#include "app/journal/arrival.h"
#include "app/journal/author.h"
#include "app/journal/journal.h"

/* What one walk carries from envelope to envelope. */
typedef struct {
  sqlite3 *db;
  const guint8 *root_key;
  YmId force;
  YmAudit *audit;
  gboolean has_last;
  YmEnvelope last; /* of the chain under way, if `has_last` */
} Walk;

/* Columns of the walk, in the order of author, chain and number. */
enum { ENTRY, BODY, CHANGE_SET, HASH, AUTHOR, CHAIN, SEQUENCE, SCOPE, CLASS, GROUP_ID, GROUP_INDEX, SUBJECT };

#define COLUMNS                                                                                                        \
  "SELECT entry, body, change_set, hash, author, chain, sequence, scope, class, group_id, group_index, subject "       \
  "FROM envelope ORDER BY author, chain, sequence"

void
ym_audit_clear (YmAudit *audit)
{
  g_clear_pointer (&audit->problems, g_ptr_array_unref);
}

static void
add_problem (YmAudit *audit, char *problem)
{
  if (audit->problems->len < YM_AUDIT_MOST_PROBLEMS)
    g_ptr_array_add (audit->problems, problem);
  else
    g_free (problem);
}

static void
add_envelope_problem (YmAudit *audit, sqlite3_stmt *row, const char *what)
{
  YmId author = ym_sql_column_id (row, AUTHOR);
  g_autofree char *device = ym_id_to_string (&author);

  add_problem (audit, g_strdup_printf (_ ("Envelope %ld of device %s: %s"),
                                       (glong) sqlite3_column_int64 (row, SEQUENCE), device, what));
}

static gboolean
columns_fit (sqlite3_stmt *row, const YmEnvelope *header)
{
  YmHash hash = ym_sql_column_hash (row, HASH);
  YmId author = ym_sql_column_id (row, AUTHOR), chain = ym_sql_column_id (row, CHAIN);
  YmId scope = ym_sql_column_id (row, SCOPE), group = ym_sql_column_id (row, GROUP_ID);
  YmId subject = ym_sql_column_id (row, SUBJECT);

  return ym_hash_equal (&hash, &header->hash) && ym_id_equal (&author, &header->author)
         && ym_id_equal (&chain, &header->chain) && ym_id_equal (&scope, &header->scope)
         && ym_id_equal (&group, &header->group) && ym_id_equal (&subject, &header->subject)
         && (guint64) sqlite3_column_int64 (row, SEQUENCE) == header->sequence
         && (guint) sqlite3_column_int64 (row, CLASS) == header->stream_class
         && (guint) sqlite3_column_int64 (row, GROUP_INDEX) == header->group_index;
}

static gboolean
verify (const Walk *walk, const YmArrival *arrival, GError **error)
{
  YmCertificate certificate;

  return ym_certificate_read (walk->db, walk->root_key, &arrival->header.author, &certificate, error)
         && ym_envelope_verify (arrival->envelope, &walk->force, certificate.public_key, error);
}

static gboolean
is_zero (const YmHash *hash)
{
  static const YmHash zero = { { 0 } };

  return ym_hash_equal (hash, &zero);
}

/* Counts authors and chains, and holds an envelope against the one before it where that is here. */
static void
check_chain (Walk *walk, sqlite3_stmt *row, const YmEnvelope *header)
{
  const YmEnvelope *last = &walk->last;
  gboolean same_author = walk->has_last && ym_id_equal (&last->author, &header->author);
  gboolean same_chain = same_author && ym_id_equal (&last->chain, &header->chain);

  walk->audit->authors += !same_author;
  walk->audit->chains += !same_chain;
  if (header->sequence == 1 ? !is_zero (&header->previous)
                            : same_chain && header->sequence == last->sequence + 1
                                  && !ym_hash_equal (&header->previous, &last->hash))
    add_envelope_problem (walk->audit, row, _ ("it does not continue the one before it."));
  walk->last = *header;
  walk->has_last = TRUE;
}

static void
check_envelope (Walk *walk, sqlite3_stmt *row)
{
  g_autoptr (GBytes) body = ym_sql_column_bytes (row, BODY);
  g_autoptr (GBytes) change_set = ym_sql_column_bytes (row, CHANGE_SET);
  g_autoptr (GError) failure = NULL;
  g_autoptr (YmArrival) arrival = ym_arrival_decode (body, change_set, &failure);

  walk->audit->envelopes++;
  walk->audit->withheld += change_set == NULL;
  if (arrival == NULL || !verify (walk, arrival, &failure))
    {
      add_envelope_problem (walk->audit, row, failure->message);
      return;
    }
  if (!columns_fit (row, &arrival->header))
    add_envelope_problem (walk->audit, row, _ ("what is noted beside it is not what it says."));
  check_chain (walk, row, &arrival->header);
}

static void
check_tables (Walk *walk)
{
  g_autoptr (GError) failure = NULL;

  if (!ym_journal_recount (walk->db, &failure))
    add_problem (walk->audit, g_strdup (failure->message));
}

gboolean
ym_journal_audit (sqlite3 *db, const guint8 root_key[YM_PUBLIC_KEY_BYTES], YmAudit *audit, GError **error)
{
  Walk walk = { .db = db, .root_key = root_key, .force = ym_id_of_public_key ("force", root_key), .audit = audit };
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (db, error, COLUMNS, "");
  YmSqlStep step;

  *audit = (YmAudit){ .problems = g_ptr_array_new_with_free_func (g_free) };
  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    check_envelope (&walk, statement);
  if (step == YM_SQL_FAILED)
    return FALSE;
  check_tables (&walk);
  return TRUE;
}
