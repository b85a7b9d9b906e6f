/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a chain stands, alone or for all chains of a device: sorted, so that a set has one encoding. */

#include "app/journal/chain-point.h"

void
ym_chain_point_write (const YmChainPoint *point, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, 3);
  ym_cbor_write_id (writer, &point->chain);
  ym_cbor_write_unsigned (writer, point->sequence);
  ym_cbor_write_hash (writer, &point->hash);
}

YmChainPoint
ym_chain_point_read (YmCborReader *reader)
{
  YmChainPoint point;

  ym_cbor_read_array (reader, 3, 3);
  point.chain = ym_cbor_read_id (reader);
  point.sequence = ym_cbor_read_unsigned (reader, 1, YM_SEQUENCE_MAX);
  point.hash = ym_cbor_read_hash (reader);
  return point;
}

static int
compare_chains (gconstpointer a, gconstpointer b)
{
  return ym_id_compare (&((const YmChainPoint *) a)->chain, &((const YmChainPoint *) b)->chain);
}

void
ym_chain_points_write (GArray *points, YmCborWriter *writer)
{
  g_autoptr (GArray) sorted = g_array_copy (points);

  g_array_sort (sorted, compare_chains);
  ym_cbor_write_array (writer, sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    ym_chain_point_write (&g_array_index (sorted, YmChainPoint, i), writer);
}

void
ym_chain_points_read (YmCborReader *reader, gsize most, GArray *points)
{
  gsize count = ym_cbor_read_array (reader, 0, most);

  for (gsize i = 0; i < count; i++)
    {
      YmChainPoint point = ym_chain_point_read (reader);

      ym_cbor_reader_require (
        reader, i == 0 || compare_chains (&g_array_index (points, YmChainPoint, points->len - 1), &point) < 0,
        "chains do not ascend");
      g_array_append_val (points, point);
    }
}
