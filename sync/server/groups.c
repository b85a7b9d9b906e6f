/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Groups as they come: is each whole, genuine, and the next of its chain? What is not makes the rest of the batch stop;
 * nothing of it is lost, because the device has it and sends it again. What is here already is here once.
 *
 * What an earlier ledger had comes back as far as somebody holds it: with gaps, and in parts of groups.
 */

#include "app/base/error.h"
#include "app/base/planted.h"
#include "sync/server/ledger-private.h"

typedef struct {
  guint index; /* in the request */
  GPtrArray *arrivals;
  YmStop *stop;
} Group;

static void
group_clear (Group *group)
{
  g_clear_pointer (&group->arrivals, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Group, group_clear)

void
ym_run_free (YmRun *run)
{
  g_array_unref (run->outcomes);
  g_free (run);
}

static const YmEnvelope *
header_of (const Group *group, guint i)
{
  return &((YmArrival *) g_ptr_array_index (group->arrivals, i))->header;
}

static void
stop (Group *group, YmStopCode code, const char *text)
{
  if (group->stop == NULL)
    group->stop = ym_stop_new (code, group->index, text);
}

static void
stop_at (Group *group, YmStopCode code, const char *text, const YmChainPoint *expected)
{
  stop (group, code, text);
  group->stop->has_expected = expected->sequence > 0;
  group->stop->expected = *expected;
}

static void
stop_for (Group *group, const GError *error)
{
  if (g_error_matches (error, YM_ERROR, YM_ERROR_NEWER))
    stop (group, YM_STOP_NEWER, "written in a newer format");
  else if (g_error_matches (error, YM_ERROR, YM_ERROR_SIGNATURE))
    stop (group, YM_STOP_SIGNATURE, "a change set is not the one that its envelope names");
  else
    stop (group, YM_STOP_MALFORMED, "does not decode");
}

static void
decode (Group *group, GPtrArray *parcels)
{
  group->arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_arrival_free);
  for (guint i = 0; i < parcels->len && group->stop == NULL; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (parcels, i);
      g_autoptr (GError) error = NULL;
      YmArrival *arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, &error);

      if (arrival == NULL)
        {
          stop_for (group, error);
          return;
        }
      g_ptr_array_add (group->arrivals, arrival);
      if (arrival->header.schema > YM_SCHEMA_VERSION)
        stop (group, YM_STOP_NEWER, "written by a newer schema");
    }
}

static void
check_contents (Group *group)
{
  for (guint i = 0; i < group->arrivals->len; i++)
    if (((YmArrival *) g_ptr_array_index (group->arrivals, i))->change_set == NULL)
      stop (group, YM_STOP_WITHHELD, "without its change set");
}

/* One save: the same author, chain and group, all of it, one number after the other, each naming the one before. */
static void
check_whole (Group *group)
{
  const YmEnvelope *first = header_of (group, 0);

  for (guint i = 0; i < group->arrivals->len && group->stop == NULL && !ym_planted ("whole"); i++)
    {
      const YmEnvelope *header = header_of (group, i);

      if (!ym_id_equal (&header->author, &first->author) || !ym_id_equal (&header->chain, &first->chain)
          || !ym_id_equal (&header->group, &first->group) || header->group_count != group->arrivals->len
          || header->group_index != i || header->sequence != first->sequence + i
          || (i > 0 && !ym_hash_equal (&header->previous, &header_of (group, i - 1)->hash)))
        stop (group, YM_STOP_MALFORMED, "not one whole group");
    }
}

/* The envelope that has this place in the chain already: YM_SQL_ROW with its hash and outcome. */
static YmSqlStep
find_known (YmLedger *ledger, const YmEnvelope *header, YmHash *hash, YmOutcome *outcome, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = ym_sql_prepare (
      ledger->db, error,
      "SELECT hash, position, disposition, reason FROM envelope WHERE author = ? AND chain = ? AND sequence = ?", "ddi",
      &header->author, &header->chain, (gint64) header->sequence);
  YmSqlStep step;

  if (statement == NULL)
    return YM_SQL_FAILED;
  step = ym_sql_step (statement, error);
  if (ym_planted ("dedupe") && step == YM_SQL_ROW)
    return YM_SQL_DONE;
  if (step == YM_SQL_ROW)
    {
      *hash = ym_sql_column_hash (statement, 0);
      *outcome = (YmOutcome){ (guint64) sqlite3_column_int64 (statement, 1),
                              (YmDisposition) sqlite3_column_int64 (statement, 2),
                              (guint) sqlite3_column_int64 (statement, 3) };
    }
  return step;
}

/* The run that @header goes on, or a new one. */
static YmRun *
run_for (GPtrArray *runs, const YmEnvelope *header, gint64 server_us, gboolean known)
{
  YmRun *run = runs->len == 0 ? NULL : g_ptr_array_index (runs, runs->len - 1);

  if (run == NULL || run->known != known || !ym_id_equal (&run->author, &header->author)
      || !ym_id_equal (&run->chain, &header->chain) || run->last.sequence + 1 != header->sequence
      || !ym_id_equal (&run->scope, &header->scope) || run->stream_class != header->stream_class
      || run->server_us != server_us
      || run->outcomes->len == YM_RECEIPT_MAX_RUN)
    {
      run = g_new (YmRun, 1);
      *run = (YmRun){ .author = header->author,
                      .chain = header->chain,
                      .first = header->sequence,
                      .known = known,
                      .scope = header->scope,
                      .stream_class = header->stream_class,
                      .server_us = server_us };
      run->outcomes = g_array_new (FALSE, FALSE, sizeof (YmOutcome));
      g_ptr_array_add (runs, run);
    }
  return run;
}

static void
note (GPtrArray *runs, const YmEnvelope *header, const YmOutcome *outcome, gint64 server_us, gboolean known)
{
  YmRun *run = run_for (runs, header, server_us, known);

  run->last = (YmChainPoint){ header->chain, header->sequence, header->hash };
  g_array_append_val (run->outcomes, *outcome);
}

static gboolean
keep_as_evidence (YmLedger *ledger, const YmArrival *arrival, GError **error)
{
  ledger->counts.forks++;
  return ym_sql_execute (ledger->db, error,
                         "INSERT OR IGNORE INTO evidence (what, found_at, hash, body, change_set) "
                         "VALUES ('fork', ?, ?, ?, ?)",
                         "ihbb", ledger->now_us, &arrival->header.hash, arrival->envelope, arrival->change_set_bytes);
}

/* Two envelopes with one number, both signed: proof that somebody copied a device, or worse. */
static gboolean
keep_fork (YmLedger *ledger, Group *group, guint i, GError **error)
{
  const YmArrival *arrival = g_ptr_array_index (group->arrivals, i);
  YmCertificate certificate;
  YmChainPoint end;
  g_autoptr (GError) failure = NULL;

  if (!ym_journal_verify (ledger->journal, arrival, &certificate, &failure))
    {
      stop (group, YM_STOP_SIGNATURE, "signature or certificate does not verify");
      return TRUE;
    }
  if (!ym_journal_chain_end (ledger->journal, &arrival->header.author, &arrival->header.chain, &end, error)
      || !keep_as_evidence (ledger, arrival, error))
    return FALSE;
  stop_at (group, YM_STOP_FORK, "another envelope has this place in the chain", &end);
  return TRUE;
}

/* Counts what is here already; a group that is here only in part, or otherwise, stops. */
static gboolean
find_all_known (YmLedger *ledger, Group *group, GPtrArray *runs, gboolean *known, GError **error)
{
  *known = FALSE;
  for (guint i = 0; i < group->arrivals->len; i++)
    {
      const YmEnvelope *header = header_of (group, i);
      YmOutcome outcome;
      YmHash hash;
      YmSqlStep step = find_known (ledger, header, &hash, &outcome, error);

      if (step == YM_SQL_FAILED)
        return FALSE;
      if (step == YM_SQL_ROW && !ym_hash_equal (&hash, &header->hash))
        return keep_fork (ledger, group, i, error);
      if (i > 0 && (step == YM_SQL_ROW) != *known)
        {
          stop (group, YM_STOP_MALFORMED, "part of a group that is here otherwise");
          return TRUE;
        }
      *known = step == YM_SQL_ROW;
      if (*known)
        {
          note (runs, header, &outcome, 0, TRUE);
          ledger->counts.known_again++;
        }
    }
  return TRUE;
}

/*
 * Validity in time is judged here alone: by the server's clock, when the envelope comes. Whoever verifies it later
 * can't know when that was.
 */
static gboolean
check_signatures (YmLedger *ledger, Group *group, YmCertificate *certificate, GError **error)
{
  for (guint i = 0; i < group->arrivals->len; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (ym_journal_verify (ledger->journal, g_ptr_array_index (group->arrivals, i), certificate, &failure))
        continue;
      if (!g_error_matches (failure, YM_ERROR, YM_ERROR_SIGNATURE)
          && !g_error_matches (failure, YM_ERROR, YM_ERROR_MALFORMED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      stop (group, YM_STOP_SIGNATURE, "signature or certificate does not verify");
      return TRUE;
    }
  if (certificate->valid_until_us <= ledger->now_us)
    stop (group, YM_STOP_SIGNATURE, "the author's certificate has expired");
  return TRUE;
}

static gboolean
count_chains (YmLedger *ledger, const YmId *author, gint64 *count, GError **error)
{
  return ym_sql_integer (ledger->db, count, error, "SELECT count(*) FROM chain WHERE author = ? AND sequence > 0", "d",
                         author);
}

/* A chain that another one went on from must not grow past the point where they parted: two copies are writing. */
static gboolean
check_not_parted (YmLedger *ledger, Group *group, GError **error)
{
  const YmEnvelope *first = header_of (group, 0);
  g_autoptr (sqlite3_stmt) others = ym_sql_prepare (
      ledger->db, error, "SELECT body FROM envelope WHERE author = ? AND sequence = 1 AND chain != ?", "dd",
      &first->author, &first->chain);
  YmSqlStep step;

  if (others == NULL)
    return FALSE;
  while ((step = ym_sql_step (others, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (others, 0);
      YmEnvelope other;

      if (!ym_envelope_decode (body, &other, error))
        return FALSE;
      if (other.has_parent && ym_id_equal (&other.parent.chain, &first->chain)
          && other.parent.sequence < first->sequence + group->arrivals->len - 1)
        stop (group, YM_STOP_SUSPENDED, "this chain went on as another one before");
    }
  return step == YM_SQL_DONE;
}

/* The last of the chain before @sequence that is here; sequence 0 if there is none. */
static gboolean
find_before (YmLedger *ledger, const YmEnvelope *header, YmChainPoint *before, GError **error)
{
  g_autoptr (sqlite3_stmt) row = ym_sql_prepare (ledger->db, error,
                                                 "SELECT sequence, hash FROM envelope WHERE author = ? AND chain = ? "
                                                 "AND sequence < ? ORDER BY sequence DESC LIMIT 1",
                                                 "ddi", &header->author, &header->chain, (gint64) header->sequence);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);

  *before = (YmChainPoint){ .chain = header->chain };
  if (step == YM_SQL_ROW)
    {
      before->sequence = (guint64) sqlite3_column_int64 (row, 0);
      before->hash = ym_sql_column_hash (row, 1);
    }
  return step != YM_SQL_FAILED;
}

/* Where a gap is filled, the envelope after it is here already, and names what must be before it. */
static gboolean
fits_after (YmLedger *ledger, const YmEnvelope *header, gboolean *fits, GError **error)
{
  g_autoptr (sqlite3_stmt) row
      = ym_sql_prepare (ledger->db, error, "SELECT body FROM envelope WHERE author = ? AND chain = ? AND sequence = ?",
                        "ddi", &header->author, &header->chain, (gint64) header->sequence + 1);
  YmSqlStep step = row == NULL ? YM_SQL_FAILED : ym_sql_step (row, error);
  g_autoptr (GBytes) body = step == YM_SQL_ROW ? ym_sql_column_bytes (row, 0) : NULL;
  YmEnvelope next;

  *fits = TRUE;
  if (body == NULL)
    return step == YM_SQL_DONE;
  if (!ym_envelope_decode (body, &next, error))
    return FALSE;
  *fits = ym_hash_equal (&next.previous, &header->hash);
  return TRUE;
}

/* The next of its chain, or the first of a new one; @side_branch: the author had a chain before. */
static gboolean
check_chain (YmLedger *ledger, Group *group, gboolean *side_branch, GError **error)
{
  const YmEnvelope *first = header_of (group, 0);
  YmChainPoint before;
  gboolean fits;
  gint64 chains;

  *side_branch = FALSE;
  if (!find_before (ledger, first, &before, error)
      || !fits_after (ledger, header_of (group, group->arrivals->len - 1), &fits, error)
      || !count_chains (ledger, &first->author, &chains, error))
    return FALSE;
  if (first->sequence > before.sequence + 1)
    stop_at (group, YM_STOP_GAP, "an envelope before this one is missing", &before);
  else if (!fits || (first->sequence > 1 && !ym_hash_equal (&first->previous, &before.hash) && !ym_planted ("past")))
    return keep_fork (ledger, group, 0, error);
  else if (first->sequence == 1 && chains >= YM_EXCHANGE_MAX_CHAINS)
    stop (group, YM_STOP_MALFORMED, "too many chains");
  *side_branch = first->sequence == 1 && chains > 0;
  return chains < 2 || first->sequence == 1 || group->stop != NULL || check_not_parted (ledger, group, error);
}

static void
note_taken (YmLedger *ledger, const Group *group, const YmVerdict *verdict, GPtrArray *runs)
{
  for (guint i = 0; i < group->arrivals->len; i++)
    {
      const YmOutcome outcome
          = { ledger->end - group->arrivals->len + 1 + i,
              ym_planted ("receipt-good") ? YM_DISPOSITION_ACCEPTED : verdict->disposition, verdict->reason };

      note (runs, header_of (group, i), &outcome, ledger->now_us, FALSE);
    }
  ledger->counts.envelopes[verdict->disposition] += group->arrivals->len;
}

/* Whether it stands between those of its chain that are here. */
static gboolean
fits_chain (YmLedger *ledger, const YmEnvelope *header, gboolean *fits, GError **error)
{
  YmChainPoint before;

  if (!find_before (ledger, header, &before, error) || !fits_after (ledger, header, fits, error))
    return FALSE;
  *fits = *fits && (before.sequence + 1 != header->sequence || before.sequence == 0
                    || ym_hash_equal (&header->previous, &before.hash));
  return TRUE;
}

/* One that an earlier ledger had and this one has not. */
static gboolean
append_returned (YmLedger *ledger, Group *group, guint i, const YmVouch *vouch, GPtrArray *runs, GError **error)
{
  const YmArrival *arrival = g_ptr_array_index (group->arrivals, i);
  g_autoptr (GError) failure = NULL;
  YmCertificate certificate;
  YmVerdict verdict;
  YmOutcome outcome;
  gboolean fits;

  if (arrival->change_set == NULL) /* it has vouched for others; somebody else may have it whole */
    return TRUE;
  if (!ym_journal_verify (ledger->journal, arrival, &certificate, &failure))
    {
      stop (group, YM_STOP_SIGNATURE, "signature or certificate does not verify");
      return TRUE;
    }
  if (!fits_chain (ledger, &arrival->header, &fits, error))
    return FALSE;
  if (!fits)
    return keep_as_evidence (ledger, arrival, error);
  if (!ym_judge_returned (ledger, &certificate, arrival, vouch, &verdict, error))
    return FALSE;
  outcome = (YmOutcome){ ledger->end, verdict.disposition, verdict.reason };
  note (runs, &arrival->header, &outcome, vouch->server_us, FALSE);
  ledger->counts.envelopes[verdict.disposition]++;
  return TRUE;
}

/* Each by itself: what is here is answered, what is here otherwise is kept as evidence, what is not comes back. */
static gboolean
take_returned (YmLedger *ledger, Group *group, const YmReturned *returned, GPtrArray *runs, GError **error)
{
  for (guint i = 0; i < group->arrivals->len && group->stop == NULL; i++)
    {
      const YmArrival *arrival = g_ptr_array_index (group->arrivals, i);
      YmOutcome outcome;
      YmHash hash;
      YmSqlStep step = find_known (ledger, &arrival->header, &hash, &outcome, error);
      gboolean same = step == YM_SQL_ROW && ym_hash_equal (&hash, &arrival->header.hash);

      if (step == YM_SQL_FAILED)
        return FALSE;
      if (same)
        {
          note (runs, &arrival->header, &outcome, 0, TRUE);
          ledger->counts.known_again++;
        }
      else if (step == YM_SQL_ROW ? !keep_as_evidence (ledger, arrival, error)
                                  : !append_returned (ledger, group, i, ym_returned_find (returned, &arrival->header.hash),
                                                      runs, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_returned (const Group *group, const YmReturned *returned)
{
  for (guint i = 0; i < group->arrivals->len; i++)
    if (ym_returned_find (returned, &header_of (group, i)->hash) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
take (YmLedger *ledger, Group *group, GPtrArray *parcels, const YmReturned *returned, GPtrArray *runs, GError **error)
{
  YmCertificate certificate;
  YmVerdict verdict;
  gboolean known, side_branch;

  decode (group, parcels);
  if (group->stop == NULL && is_returned (group, returned))
    return take_returned (ledger, group, returned, runs, error);
  if (group->stop == NULL)
    check_contents (group);
  if (group->stop == NULL)
    check_whole (group);
  if (group->stop != NULL)
    return TRUE;
  if (!find_all_known (ledger, group, runs, &known, error))
    return FALSE;
  if (known || group->stop != NULL)
    return TRUE;
  if (!check_signatures (ledger, group, &certificate, error))
    return FALSE;
  if (group->stop != NULL)
    return TRUE;
  if (!check_chain (ledger, group, &side_branch, error))
    return FALSE;
  if (group->stop != NULL)
    return TRUE;
  if (!ym_judge_append (ledger, &certificate, group->arrivals, side_branch, &verdict, error))
    return FALSE;
  note_taken (ledger, group, &verdict, runs);
  return TRUE;
}

gboolean
ym_groups_take (YmLedger *ledger, GPtrArray *groups, const YmReturned *returned, GPtrArray *runs, YmStop **stopped,
                GError **error)
{
  *stopped = NULL;
  for (guint i = 0; i < groups->len && *stopped == NULL; i++)
    {
      g_auto (Group) group = { .index = i };

      if (!take (ledger, &group, g_ptr_array_index (groups, i), returned, runs, error))
        {
          g_clear_pointer (&group.stop, ym_stop_free);
          return FALSE;
        }
      *stopped = group.stop;
    }
  return TRUE;
}
