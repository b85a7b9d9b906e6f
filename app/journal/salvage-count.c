/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a salvage has saved, and what is missing. Of its own chains a device had every number. Of a colleague's it had
 * those of the streams it may see, and each envelope names the one before it in its stream.
 */

#include "app/journal/salvage-private.h"

gboolean
ym_journal_salvage_count_found (sqlite3 *db, const YmHead *head, YmJournalSalvage *salvage, GError **error)
{
  gint64 found, last;

  if (!ym_sql_integer (db, &found, error, "SELECT count(*) FROM salvaged", "")
      || !ym_sql_integer (db, &last, error, "SELECT coalesce(max(entry), 0) FROM salvaged", ""))
    return FALSE;
  salvage->found = (guint64) found;
  salvage->entries = MAX ((guint64) last, head != NULL ? head->entry_count : 0);
  return TRUE;
}

static void
add_gap (YmJournalSalvage *salvage, const YmId *author, const YmId *chain, guint64 first, guint64 last)
{
  YmJournalGap gap = { *author, *chain, first, last };
  YmJournalGap *before
      = salvage->gaps->len > 0 ? &g_array_index (salvage->gaps, YmJournalGap, salvage->gaps->len - 1) : NULL;

  if (before != NULL && ym_id_equal (&before->author, author) && ym_id_equal (&before->chain, chain)
      && first <= before->last + 1)
    before->last = MAX (before->last, last);
  else
    g_array_append_val (salvage->gaps, gap);
}

/* A chain as it is walked, by rising numbers. */
typedef struct {
  YmId author;
  YmId chain;
  guint64 last;
} Place;

static void
end_chain (const Place *place, const YmId *device, const YmHead *head, YmJournalSalvage *salvage)
{
  if (head != NULL && ym_id_equal (&place->author, device) && ym_id_equal (&place->chain, &head->chain)
      && head->sequence > place->last)
    add_gap (salvage, &place->author, &place->chain, place->last + 1, head->sequence);
}

static gboolean
is_here (sqlite3 *db, const YmEnvelope *header, guint64 sequence, gboolean *here, GError **error)
{
  gint64 count;

  if (!ym_sql_integer (db, &count, error,
                       "SELECT count(*) FROM envelope WHERE author = ? AND chain = ? AND sequence = ?", "ddi",
                       &header->author, &header->chain, (gint64) sequence))
    return FALSE;
  *here = count > 0;
  return TRUE;
}

static gboolean
check_before (sqlite3 *db, const YmEnvelope *header, const YmId *device, const Place *place, YmJournalSalvage *salvage,
              GError **error)
{
  gboolean here = TRUE;

  if (ym_id_equal (&header->author, device))
    {
      if (header->sequence > place->last + 1)
        add_gap (salvage, &header->author, &header->chain, place->last + 1, header->sequence - 1);
      return TRUE;
    }
  if (header->stream_previous_sequence > 0 && !is_here (db, header, header->stream_previous_sequence, &here, error))
    return FALSE;
  if (!here)
    add_gap (salvage, &header->author, &header->chain, header->stream_previous_sequence, header->stream_previous_sequence);
  return TRUE;
}

static gboolean
find_gaps (sqlite3 *db, const YmId *device, const YmHead *head, YmJournalSalvage *salvage, GError **error)
{
  g_autoptr (sqlite3_stmt) rows
      = ym_sql_prepare (db, error, "SELECT body FROM envelope ORDER BY author, chain, sequence", "");
  Place place = { .last = 0 };
  YmSqlStep step;

  if (rows == NULL)
    return FALSE;
  while ((step = ym_sql_step (rows, error)) == YM_SQL_ROW)
    {
      g_autoptr (GBytes) body = ym_sql_column_bytes (rows, 0);
      YmEnvelope header;

      if (!ym_envelope_decode (body, &header, error))
        return FALSE;
      if (!ym_id_equal (&place.author, &header.author) || !ym_id_equal (&place.chain, &header.chain))
        {
          end_chain (&place, device, head, salvage);
          place = (Place){ header.author, header.chain, 0 };
        }
      if (!check_before (db, &header, device, &place, salvage, error))
        return FALSE;
      place.last = header.sequence;
    }
  end_chain (&place, device, head, salvage);
  return step == YM_SQL_DONE;
}

/* A chain of which nothing at all is here. */
static gboolean
find_lost_chain (sqlite3 *db, const YmId *device, const YmHead *head, YmJournalSalvage *salvage, GError **error)
{
  gint64 here;

  if (head == NULL || head->sequence == 0)
    return TRUE;
  if (!ym_sql_integer (db, &here, error, "SELECT count(*) FROM envelope WHERE author = ? AND chain = ?", "dd", device,
                       &head->chain))
    return FALSE;
  if (here == 0)
    add_gap (salvage, device, &head->chain, 1, head->sequence);
  return TRUE;
}

gboolean
ym_journal_salvage_count_taken (sqlite3 *db, const YmId *device, const YmHead *head, YmJournalSalvage *salvage,
                                GError **error)
{
  gint64 taken, own, pending, waiting;

  if (!ym_sql_integer (db, &taken, error, "SELECT count(*) FROM envelope", "")
      || !ym_sql_integer (db, &own, error, "SELECT count(*) FROM envelope WHERE author = ?", "d", device)
      || !ym_sql_integer (db, &pending, error, "SELECT count(*) FROM envelope WHERE author = ? AND position IS NULL", "d",
                          device)
      || !ym_sql_integer (db, &waiting, error, "SELECT count(*) FROM salvaged", "")
      || !find_gaps (db, device, head, salvage, error) || !find_lost_chain (db, device, head, salvage, error))
    return FALSE;
  salvage->taken = (guint64) taken;
  salvage->own_taken = (guint64) own;
  salvage->own_pending = (guint64) pending;
  salvage->waiting = (guint64) waiting;
  return TRUE;
}
