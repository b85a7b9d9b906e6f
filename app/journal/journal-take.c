/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking envelopes in: verified, kept whole, folded where the rules allow, and moved to their place in the ledger. */

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "app/base/error.h"
#include "app/base/planted.h"
#include "app/journal/cbor.h"
#include "app/journal/fold.h"
#include "app/journal/journal-private.h"
#include "app/journal/stream-rules.h"

gboolean
ym_journal_verify (YmJournal *journal, const YmArrival *arrival, YmCertificate *certificate, GError **error)
{
  return ym_certificate_read (journal->db, journal->root_key, &arrival->header.author, certificate, error)
         && ym_envelope_verify (arrival->envelope, &journal->force, certificate->public_key, error);
}

GBytes *
ym_journal_envelope_row (gint64 entry, const YmHash *hash, const YmPlacement *placement)
{
  g_auto (YmCborWriter) writer;

  ym_cbor_writer_init (&writer);
  ym_cbor_write_array (&writer, 4);
  ym_cbor_write_unsigned (&writer, (guint64) entry);
  ym_cbor_write_hash (&writer, hash);
  if (placement->placed)
    ym_cbor_write_unsigned (&writer, placement->position.number);
  else
    ym_cbor_write_null (&writer);
  ym_cbor_write_unsigned (&writer, placement->disposition);
  return ym_cbor_writer_finish (&writer, NULL);
}

static gboolean
counts (const YmPlacement *placement, YmReason violation, gboolean has_change_set)
{
  return has_change_set && violation == YM_REASON_NONE
         && (!placement->placed || placement->disposition == YM_DISPOSITION_ACCEPTED
             || placement->disposition == YM_DISPOSITION_LATE || ym_planted ("refused-counts"));
}

static gboolean
insert_envelope (YmJournal *journal, const YmArrival *arrival, const YmPlacement *placement, YmReason violation,
                 GError **error)
{
  const YmEnvelope *header = &arrival->header;
  YmValue base = header->has_base ? ym_value_integer ((gint64) header->base.number) : (YmValue) YM_VALUE_INIT;

  return ym_sql_execute (
      journal->db, error,
      "INSERT INTO envelope (hash, author, chain, sequence, scope, class, group_id, group_index, group_count, intent, "
      "subject, wall_us, base, base_hash, body, change_set, disposition, reason, violation, folded) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
      "hddididiitdivhbbii", &header->hash, &header->author, &header->chain, (gint64) header->sequence, &header->scope,
      (gint64) header->stream_class, &header->group, (gint64) header->group_index, (gint64) header->group_count,
      header->intent, &header->subject, header->wall_us, &base, header->has_base ? &header->base_hash : NULL,
      arrival->envelope, arrival->change_set_bytes, (gint64) violation,
      (gint64) counts (placement, violation, arrival->change_set != NULL));
}

static gboolean
index_operations (YmJournal *journal, const YmArrival *arrival, gint64 number, GError **error)
{
  if (arrival->change_set == NULL)
    return TRUE;
  for (guint i = 0; i < arrival->change_set->operations->len; i++)
    {
      const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, i);

      if (!ym_sql_execute (journal->db, error,
                           "INSERT OR IGNORE INTO operation (scope, record, type, entry) VALUES (?, ?, ?, ?)", "ddii",
                           &arrival->header.scope, &operation->record, (gint64) operation->type, number))
        return FALSE;
    }
  return TRUE;
}

/* A chain's end moves forward only: colleagues' envelopes come with gaps, and a backfill comes late. */
static gboolean
extend_chain (YmJournal *journal, const YmEnvelope *header, GError **error)
{
  return ym_sql_execute (journal->db, error,
                         "INSERT INTO chain (author, chain, sequence, hash, current) VALUES (?, ?, ?, ?, 0) "
                         "ON CONFLICT (author, chain) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash "
                         "WHERE excluded.sequence > sequence",
                         "ddih", &header->author, &header->chain, (gint64) header->sequence, &header->hash);
}

static gboolean
fold_touched (YmJournal *journal, gint64 number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error, "SELECT type, scope, record FROM operation WHERE entry = ?", "i", number);
  YmSqlStep step;

  if (statement == NULL)
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    {
      YmId scope = ym_sql_column_id (statement, 1);
      YmId record = ym_sql_column_id (statement, 2);

      if (!ym_fold_record (journal->db, &journal->digest, (guint) sqlite3_column_int64 (statement, 0), &scope, &record,
                           error))
        return FALSE;
    }
  return step == YM_SQL_DONE;
}

/* Moves the row of envelope @number to @placement. */
static gboolean
set_placement (YmJournal *journal, gint64 number, const YmPlacement *placement, GError **error)
{
  YmValue position = placement->placed ? ym_value_integer ((gint64) placement->position.number)
                                       : (YmValue) YM_VALUE_INIT;

  return ym_sql_execute (
      journal->db, error,
      "UPDATE envelope SET epoch = ?, position = ?, disposition = ?, reason = ?, received_at = ?, "
      "folded = change_set IS NOT NULL AND violation = 0 AND ? WHERE entry = ?",
      "dviiiii", placement->placed ? &placement->position.epoch : NULL, &position, (gint64) placement->disposition,
      (gint64) placement->reason, placement->received_at_us, (gint64) counts (placement, YM_REASON_NONE, TRUE), number);
}

gboolean
ym_journal_keep (YmJournal *journal, const YmArrival *arrival, const YmPlacement *placement, YmReason violation,
                 GError **error)
{
  gint64 number;
  g_autoptr (GBytes) row = NULL;

  if (!insert_envelope (journal, arrival, placement, violation, error))
    return FALSE;
  number = sqlite3_last_insert_rowid (journal->db);
  row = ym_journal_envelope_row (number, &arrival->header.hash, placement);
  ym_digest_add (&journal->digest, row);
  return (!placement->placed || set_placement (journal, number, placement, error))
         && index_operations (journal, arrival, number, error) && extend_chain (journal, &arrival->header, error)
         && fold_touched (journal, number, error);
}

/* An envelope that is here already. */
typedef struct {
  gint64 entry; /* 0: not here */
  YmHash hash;
  YmPlacement placement;
  gboolean gave_place; /* it had a place in a ledger that is lost */
} Known;

static gboolean
find_known (YmJournal *journal, const YmId *author, const YmId *chain, guint64 sequence, Known *known, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error,
      "SELECT entry, hash, position, disposition, reason, epoch, received_at FROM envelope "
      "WHERE author = ? AND chain = ? AND sequence = ?",
      "ddi", author, chain, (gint64) sequence);
  YmSqlStep step;

  *known = (Known){ 0 };
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    {
      known->entry = sqlite3_column_int64 (statement, 0);
      known->hash = ym_sql_column_hash (statement, 1);
      known->placement.placed = sqlite3_column_type (statement, 2) != SQLITE_NULL;
      known->placement.position.number = (guint64) sqlite3_column_int64 (statement, 2);
      known->placement.disposition = (YmDisposition) sqlite3_column_int64 (statement, 3);
      known->placement.reason = (guint) sqlite3_column_int64 (statement, 4);
      known->placement.position.epoch = ym_sql_column_id (statement, 5);
      known->gave_place = !known->placement.placed && sqlite3_column_type (statement, 6) != SQLITE_NULL;
    }
  return step != YM_SQL_FAILED;
}

static gboolean
same_place (const YmPlacement *a, const YmPlacement *b)
{
  return a->placed == b->placed && a->position.number == b->position.number && a->disposition == b->disposition
         && a->reason == b->reason && ym_id_equal (&a->position.epoch, &b->position.epoch);
}

static gboolean
move_known (YmJournal *journal, const Known *known, const YmPlacement *placement, GError **error)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  if (!placement->placed || same_place (&known->placement, placement))
    return TRUE;
  before = ym_journal_envelope_row (known->entry, &known->hash, &known->placement);
  after = ym_journal_envelope_row (known->entry, &known->hash, placement);
  ym_digest_remove (&journal->digest, before);
  if (!ym_planted ("digest"))
    ym_digest_add (&journal->digest, after);
  return set_placement (journal, known->entry, placement, error)
         && (ym_planted ("refold") || fold_touched (journal, known->entry, error))
         && (ym_planted ("place-revocation") || ym_journal_place_revocation (journal, known->entry, error));
}

gboolean
ym_journal_fold_again (YmJournal *journal, gint64 entry, GError **error)
{
  return fold_touched (journal, entry, error);
}

gboolean
ym_journal_forget (YmJournal *journal, gint64 entry, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error, "SELECT hash, position, disposition FROM envelope WHERE entry = ?", "i", entry);
  g_autoptr (GBytes) row = NULL;
  YmPlacement placement;
  YmHash hash;

  g_assert (journal->in_transaction);
  if (statement == NULL || ym_sql_step (statement, error) != YM_SQL_ROW)
    return FALSE;
  hash = ym_sql_column_hash (statement, 0);
  placement = (YmPlacement){ .placed = sqlite3_column_type (statement, 1) != SQLITE_NULL,
                             .position = { .number = (guint64) sqlite3_column_int64 (statement, 1) },
                             .disposition = (YmDisposition) sqlite3_column_int64 (statement, 2) };
  g_clear_pointer (&statement, sqlite3_finalize);
  row = ym_journal_envelope_row (entry, &hash, &placement);
  ym_digest_remove (&journal->digest, row);
  return ym_sql_execute (journal->db, error, "DELETE FROM envelope WHERE entry = ?", "i", entry)
         && fold_touched (journal, entry, error)
         && ym_sql_execute (journal->db, error, "DELETE FROM operation WHERE entry = ?", "i", entry);
}

gboolean
ym_journal_keep_evidence (YmJournal *journal, const char *what, const YmHash *hash, GBytes *body, GBytes *change_set,
                          GError **error)
{
  return ym_sql_execute (journal->db, error,
                         "INSERT OR IGNORE INTO evidence (what, found_at, hash, body, change_set) VALUES (?, ?, ?, ?, ?)",
                         "tihbb", what, ym_clock_wall_us (journal->options.clock), hash, body, change_set);
}

static gboolean
judge (YmJournal *journal, const YmArrival *arrival, const YmPlacement *placement, YmReason *violation, GError **error)
{
  YmCertificate certificate;
  gboolean revoked;

  if (!ym_journal_verify (journal, arrival, &certificate, error)
      || !ym_stream_rules_judge (journal->db, &journal->force, &certificate, arrival, violation, error)
      || !ym_author_is_revoked (journal->db, &arrival->header, placement->placed ? placement->position.number : 0, &revoked,
                                error))
    return FALSE;
  if (revoked)
    *violation = YM_REASON_REVOKED;
  return TRUE;
}

/* What had a place in a ledger that is lost, where the new ledger has another envelope: the ledger's counts, this is proof. */
static gboolean
give_way (YmJournal *journal, gint64 entry, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (journal->db, error, "SELECT hash, body, change_set FROM envelope WHERE entry = ?", "i", entry);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) change_set = NULL;
  YmHash hash;

  if (row == NULL || ym_sql_step (row, error) != YM_SQL_ROW)
    return FALSE;
  hash = ym_sql_column_hash (row, 0);
  body = ym_sql_column_bytes (row, 1);
  change_set = ym_sql_column_bytes (row, 2);
  g_clear_pointer (&row, ym_sql_release);
  return ym_journal_keep_evidence (journal, "fork", &hash, body, change_set, error)
         && ym_journal_forget (journal, entry, error);
}

gboolean
ym_journal_take (YmJournal *journal, const YmArrival *arrival, const YmPlacement *placement, GError **error)
{
  YmReason violation;
  Known known;

  g_assert (journal->in_transaction);
  if (!find_known (journal, &arrival->header.author, &arrival->header.chain, arrival->header.sequence, &known, error))
    return FALSE;
  if (known.entry != 0 && ym_hash_equal (&known.hash, &arrival->header.hash) && !ym_planted ("dedupe"))
    return move_known (journal, &known, placement, error);
  if (!judge (journal, arrival, placement, &violation, error))
    return FALSE;
  if (known.entry != 0 && known.gave_place && placement->placed)
    return give_way (journal, known.entry, error) && ym_journal_keep (journal, arrival, placement, violation, error);
  if (known.entry != 0) /* the author signed two different envelopes with one number */
    return ym_journal_keep_evidence (journal, "fork", &arrival->header.hash, arrival->envelope, arrival->change_set_bytes, error);
  return ym_journal_keep (journal, arrival, placement, violation, error);
}

gboolean
ym_journal_place (YmJournal *journal, const YmId *author, const YmId *chain, guint64 sequence,
                  const YmPlacement *placement, GError **error)
{
  Known known;

  g_assert (journal->in_transaction);
  if (!find_known (journal, author, chain, sequence, &known, error))
    return FALSE;
  if (known.entry == 0)
    {
      g_set_error_literal (error, YM_ERROR, YM_ERROR_NOT_FOUND,
                           _ ("The server speaks of a record that is not on this device."));
      return FALSE;
    }
  return move_known (journal, &known, placement, error);
}

/* SHA-256 (hash so far, position as 8 bytes big-endian, disposition as one byte, envelope's hash). */
static YmHash
next_stream_hash (const YmHash *before, guint64 position, guint8 disposition, const YmHash *envelope)
{
  guint8 bytes[YM_HASH_BYTES + 8 + 1 + YM_HASH_BYTES];
  guint64 position_be = GUINT64_TO_BE (position);

  memcpy (bytes, before->bytes, YM_HASH_BYTES);
  memcpy (bytes + YM_HASH_BYTES, &position_be, 8);
  bytes[YM_HASH_BYTES + 8] = disposition;
  memcpy (bytes + YM_HASH_BYTES + 9, envelope->bytes, YM_HASH_BYTES);
  return ym_hash_of (bytes, sizeof bytes);
}

gboolean
ym_journal_stream_hash_at (sqlite3 *db, const YmId *scope, YmClass stream_class, guint64 number, YmHash *hash,
                           GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      db, error,
      "SELECT stream_hash FROM envelope WHERE scope = ? AND class = ? AND position <= ? ORDER BY position DESC LIMIT 1",
      "dii", scope, (gint64) stream_class, (gint64) number);
  YmSqlStep step;

  *hash = (YmHash){ { 0 } };
  if (statement == NULL)
    return FALSE;
  step = ym_sql_step (statement, error);
  if (step == YM_SQL_ROW)
    *hash = ym_sql_column_hash (statement, 0);
  return step != YM_SQL_FAILED;
}

/* Whether the position that an author named is in the ledger that is here: after a restore it need not be. */
static gboolean
has_base (YmJournal *journal, gint64 entry, gboolean *has, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (journal->db, error, "SELECT body FROM envelope WHERE entry = ?", "i", entry);
  g_auto (YmLineage) lineage = { NULL };
  g_autoptr (GBytes) body = NULL;
  YmEnvelope header;

  if (row == NULL || ym_sql_step (row, error) != YM_SQL_ROW || !ym_journal_read_lineage (journal, &lineage, error))
    return FALSE;
  body = ym_sql_column_bytes (row, 0);
  if (!ym_envelope_decode (body, &header, error))
    return FALSE;
  *has = ym_lineage_reach (&lineage, &header.base) == header.base.number;
  return TRUE;
}

/* Two stories of one ledger: the author's and this one. */
static gboolean
note_contradiction (YmJournal *journal, gint64 entry, const YmHash *envelope, GError **error)
{
  gboolean has;

  return has_base (journal, entry, &has, error)
         && (!has || ym_journal_keep_evidence (journal, "base", envelope, NULL, NULL, error));
}

/* One envelope whose stream is known up to it: columns entry, hash, scope, class, position, disposition, base, base_hash. */
static gboolean
hash_stream (YmJournal *journal, sqlite3_stmt *row, GError **error)
{
  YmHash envelope = ym_sql_column_hash (row, 1);
  YmId scope = ym_sql_column_id (row, 2);
  YmClass stream_class = (YmClass) sqlite3_column_int64 (row, 3);
  guint64 position = (guint64) sqlite3_column_int64 (row, 4);
  YmHash before, after, at_base, base_hash;

  if (!ym_journal_stream_hash_at (journal->db, &scope, stream_class, position - 1, &before, error))
    return FALSE;
  after = next_stream_hash (&before, position, (guint8) sqlite3_column_int64 (row, 5), &envelope);
  if (!ym_sql_execute (journal->db, error, "UPDATE envelope SET stream_hash = ? WHERE entry = ?", "hi", &after,
                       sqlite3_column_int64 (row, 0)))
    return FALSE;
  /* Who may not write in a stream any more need not have seen it any more either. */
  if (sqlite3_column_type (row, 6) == SQLITE_NULL || (sqlite3_column_int64 (row, 5) >= YM_DISPOSITION_REFUSED && !ym_planted ("accuse")))
    return TRUE;
  base_hash = ym_sql_column_hash (row, 7);
  if (!ym_journal_stream_hash_at (journal->db, &scope, stream_class, (guint64) sqlite3_column_int64 (row, 6), &at_base,
                                  error))
    return FALSE;
  return ym_hash_equal (&at_base, &base_hash)
         || note_contradiction (journal, sqlite3_column_int64 (row, 0), &envelope, error);
}

gboolean
ym_journal_advance (YmJournal *journal, const YmPosition *through, GError **error)
{
  g_auto (YmValue) epoch = ym_value_id (&through->epoch);
  YmValue number = ym_value_integer ((gint64) through->number);
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      journal->db, error,
      "SELECT entry, hash, scope, class, position, disposition, base, base_hash FROM envelope "
      "WHERE stream_hash IS NULL AND position IS NOT NULL AND position <= ? "
      "AND scope NOT IN (SELECT scope FROM backfill) ORDER BY position",
      "i", (gint64) through->number);
  YmSqlStep step;

  g_assert (journal->in_transaction);
  if (statement == NULL || !ym_journal_state_set (journal->db, "epoch", &epoch, error)
      || !ym_journal_state_set (journal->db, "cursor", &number, error))
    return FALSE;
  while ((step = ym_sql_step (statement, error)) == YM_SQL_ROW)
    if (!hash_stream (journal, statement, error))
      return FALSE;
  return step == YM_SQL_DONE;
}
