/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An envelope with its change set beside it, as requests, responses and bundles carry them. */

#include "sync/exchange/parcel.h"

#include "app/journal/change-set.h"

YmParcel *
ym_parcel_new (GBytes *envelope, GBytes *change_set)
{
  YmParcel *parcel = g_new (YmParcel, 1);

  parcel->envelope = g_bytes_ref (envelope);
  parcel->change_set = change_set == NULL ? NULL : g_bytes_ref (change_set);
  return parcel;
}

void
ym_parcel_free (YmParcel *parcel)
{
  g_bytes_unref (parcel->envelope);
  g_clear_pointer (&parcel->change_set, g_bytes_unref);
  g_free (parcel);
}

gsize
ym_parcel_get_size (const YmParcel *parcel)
{
  gsize envelope = g_bytes_get_size (parcel->envelope);

  return parcel->change_set == NULL ? envelope : envelope + g_bytes_get_size (parcel->change_set);
}

void
ym_parcel_write (const YmParcel *parcel, YmCborWriter *writer)
{
  ym_cbor_write_bytes (writer, parcel->envelope);
  ym_cbor_write_bytes (writer, parcel->change_set);
}

YmParcel *
ym_parcel_read (YmCborReader *reader)
{
  g_autoptr (YmParcel) parcel = NULL;
  g_autoptr (GBytes) envelope = ym_cbor_read_bytes (reader, 1, YM_ENVELOPE_MAX_BYTES);
  g_autoptr (GBytes) change_set = NULL;

  if (!ym_cbor_read_null (reader))
    change_set = ym_cbor_read_bytes (reader, 1, YM_CHANGE_SET_MAX_BYTES);
  if (ym_cbor_reader_failed (reader))
    return NULL;
  parcel = ym_parcel_new (envelope, change_set);
  ym_cbor_reader_require (reader, ym_parcel_get_size (parcel) <= YM_ENVELOPE_MAX_BYTES, "envelope too large");
  return ym_cbor_reader_failed (reader) ? NULL : g_steal_pointer (&parcel);
}

void
ym_parcels_write (GPtrArray *parcels, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, parcels->len);
  for (guint i = 0; i < parcels->len; i++)
    {
      ym_cbor_write_array (writer, 2);
      ym_parcel_write (g_ptr_array_index (parcels, i), writer);
    }
}

void
ym_parcels_read (YmCborReader *reader, gsize most, GPtrArray *parcels)
{
  gsize count = ym_cbor_read_array (reader, 0, most);

  for (gsize i = 0; i < count; i++)
    {
      YmParcel *parcel;

      ym_cbor_read_array (reader, 2, 2);
      parcel = ym_parcel_read (reader);
      if (parcel == NULL)
        return;
      g_ptr_array_add (parcels, parcel);
    }
}

GPtrArray *
ym_group_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ym_parcel_free);
}
