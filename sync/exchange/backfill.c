/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Backfills as requests name them, [[scope, number]], and as responses do, [[scope, number, complete]]. */

#include "sync/exchange/backfill.h"

#include "sync/exchange/limits.h"

static int
compare (gconstpointer a, gconstpointer b)
{
  return ym_id_compare (&((const YmBackfill *) a)->scope, &((const YmBackfill *) b)->scope);
}

void
ym_backfills_write (GArray *backfills, gboolean with_complete, YmCborWriter *writer)
{
  g_autoptr (GArray) sorted = g_array_copy (backfills);

  g_array_sort (sorted, compare);
  ym_cbor_write_array (writer, sorted->len);
  for (guint i = 0; i < sorted->len; i++)
    {
      const YmBackfill *backfill = &g_array_index (sorted, YmBackfill, i);

      ym_cbor_write_array (writer, with_complete ? 3 : 2);
      ym_cbor_write_id (writer, &backfill->scope);
      ym_cbor_write_unsigned (writer, backfill->number);
      if (with_complete)
        ym_cbor_write_boolean (writer, backfill->complete);
    }
}

void
ym_backfills_read (YmCborReader *reader, gboolean with_complete, GArray *backfills)
{
  gsize count = ym_cbor_read_array (reader, 0, YM_EXCHANGE_MAX_BACKFILLS);

  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      YmBackfill backfill = { 0 };

      ym_cbor_read_array (reader, with_complete ? 3 : 2, with_complete ? 3 : 2);
      backfill.scope = ym_cbor_read_id (reader);
      backfill.number = ym_cbor_read_unsigned (reader, 0, G_MAXINT64);
      backfill.complete = with_complete && ym_cbor_read_boolean (reader);
      if (i > 0)
        ym_cbor_reader_require (reader, compare (&g_array_index (backfills, YmBackfill, i - 1), &backfill) < 0,
                                "backfills don't ascend");
      g_array_append_val (backfills, backfill);
    }
}
