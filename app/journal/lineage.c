/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The epochs of a ledger: where each was left for the next, and what two ledgers that were one have in common. */

#include "app/journal/lineage.h"

#include <gio/gio.h>

#define PAST_MAX_BYTES (YM_LINEAGE_MAX_PAST * 32)

void
ym_lineage_init (YmLineage *lineage, const YmId *epoch)
{
  *lineage = (YmLineage){ g_array_new (FALSE, FALSE, sizeof (YmPosition)), *epoch };
}

void
ym_lineage_clear (YmLineage *lineage)
{
  g_clear_pointer (&lineage->past, g_array_unref);
}

/* The @i-th epoch with its last position; the present one has no last. */
static YmPosition
stretch (const YmLineage *lineage, guint i)
{
  return i < lineage->past->len ? g_array_index (lineage->past, YmPosition, i)
                                : (YmPosition){ lineage->epoch, G_MAXINT64 };
}

void
ym_lineage_branch (YmLineage *lineage, guint64 number, const YmId *epoch)
{
  GArray *past = lineage->past;
  guint kept = 0;

  while (kept < past->len && g_array_index (past, YmPosition, kept).number < number)
    kept++;
  if (number > 0)
    {
      YmPosition left = stretch (lineage, kept);

      left.number = number;
      g_array_set_size (past, kept);
      g_array_append_val (past, left);
    }
  else
    g_array_set_size (past, 0);
  if (past->len > YM_LINEAGE_MAX_PAST) /* who stopped that long ago begins anew */
    g_array_remove_index (past, 0);
  lineage->epoch = *epoch;
}

guint64
ym_lineage_shared (const YmLineage *a, const YmLineage *b)
{
  guint64 shared = 0;

  for (guint i = 0; i <= a->past->len && i <= b->past->len; i++)
    {
      const YmPosition in_a = stretch (a, i), in_b = stretch (b, i);

      if (!ym_id_equal (&in_a.epoch, &in_b.epoch))
        return shared;
      shared = MIN (in_a.number, in_b.number);
      if (in_a.number != in_b.number)
        return shared;
    }
  return shared;
}

guint64
ym_lineage_reach (const YmLineage *lineage, const YmPosition *position)
{
  for (guint i = 0; i <= lineage->past->len; i++)
    {
      const YmPosition last = stretch (lineage, i);

      if (ym_id_equal (&last.epoch, &position->epoch))
        return MIN (position->number, last.number);
    }
  return 0;
}

YmPosition
ym_lineage_position (const YmLineage *lineage, guint64 number)
{
  for (guint i = 0; i < lineage->past->len; i++)
    if (number <= g_array_index (lineage->past, YmPosition, i).number)
      return (YmPosition){ g_array_index (lineage->past, YmPosition, i).epoch, number };
  return (YmPosition){ lineage->epoch, number };
}

void
ym_lineage_write_past (const YmLineage *lineage, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, lineage->past->len);
  for (guint i = 0; i < lineage->past->len; i++)
    {
      const YmPosition *last = &g_array_index (lineage->past, YmPosition, i);

      ym_cbor_write_array (writer, 2);
      ym_cbor_write_id (writer, &last->epoch);
      ym_cbor_write_unsigned (writer, last->number);
    }
}

void
ym_lineage_read_past (YmCborReader *reader, YmLineage *lineage)
{
  gsize count = ym_cbor_read_array (reader, 0, YM_LINEAGE_MAX_PAST);
  guint64 least = 1;

  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      YmPosition last;

      ym_cbor_read_array (reader, 2, 2);
      last.epoch = ym_cbor_read_id (reader);
      last.number = ym_cbor_read_unsigned (reader, least, YM_SEQUENCE_MAX - YM_LINEAGE_MAX_PAST);
      least = last.number + 1;
      g_array_append_val (lineage->past, last);
    }
}

GBytes *
ym_lineage_encode_past (const YmLineage *lineage)
{
  g_auto (YmCborWriter) writer;

  ym_cbor_writer_init (&writer);
  ym_lineage_write_past (lineage, &writer);
  return ym_cbor_writer_finish (&writer, NULL);
}

gboolean
ym_lineage_decode_past (GBytes *bytes, YmLineage *lineage, GError **error)
{
  g_auto (YmCborReader) reader;

  ym_cbor_reader_init_own (&reader, bytes, PAST_MAX_BYTES);
  ym_lineage_read_past (&reader, lineage);
  return ym_cbor_reader_finish (&reader, error);
}
