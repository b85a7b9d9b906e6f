/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Envelopes in a file: ["ymweld-bundle/1", force, [[envelope, change set | null], ...]].
 */

#include "sync/exchange/bundle.h"

#include "sync/exchange/format.h"

#define FORMAT "ymweld-bundle/1"
#define FORMAT_FAMILY "ymweld-bundle/"
#define FORMAT_MAX_BYTES 32

YmBundle *
ym_bundle_new (const YmId *force)
{
  YmBundle *bundle = g_new (YmBundle, 1);

  bundle->force = *force;
  bundle->parcels = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_parcel_free);
  return bundle;
}

void
ym_bundle_free (YmBundle *bundle)
{
  g_ptr_array_unref (bundle->parcels);
  g_free (bundle);
}

static void
write_bundle (const YmBundle *bundle, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, 3);
  ym_cbor_write_text (writer, FORMAT);
  ym_cbor_write_id (writer, &bundle->force);
  ym_cbor_write_array (writer, bundle->parcels->len);
  for (guint i = 0; i < bundle->parcels->len; i++)
    {
      ym_cbor_write_array (writer, 2);
      ym_parcel_write (g_ptr_array_index (bundle->parcels, i), writer);
    }
}

static void
read_format (YmCborReader *reader)
{
  g_autofree char *format = ym_cbor_read_text (reader, FORMAT_MAX_BYTES);

  if (format == NULL || g_str_equal (format, FORMAT))
    return;
  if (g_str_has_prefix (format, FORMAT_FAMILY))
    ym_cbor_reader_fail_newer (reader, format, FORMAT);
  ym_cbor_reader_fail (reader, "not a bundle");
}

static void
read_bundle (YmCborReader *reader, YmBundle *bundle)
{
  gsize count;

  ym_cbor_read_array (reader, 3, 3);
  read_format (reader);
  bundle->force = ym_cbor_read_id (reader);
  count = ym_cbor_read_array (reader, 0, YM_BUNDLE_MAX_PARCELS);
  for (gsize i = 0; i < count; i++)
    {
      YmParcel *parcel;

      ym_cbor_read_array (reader, 2, 2);
      parcel = ym_parcel_read (reader);
      if (parcel == NULL)
        break;
      g_ptr_array_add (bundle->parcels, parcel);
    }
}

static gpointer
new_bundle (void)
{
  return ym_bundle_new (&ym_id_zero);
}

static const YmFormat bundle_format = {
  .most_bytes = YM_BUNDLE_MAX_BYTES,
  .new = new_bundle,
  .free = (GDestroyNotify) ym_bundle_free,
  .write = (YmFormatWrite) write_bundle,
  .read = (YmFormatRead) read_bundle,
};

GBytes *
ym_bundle_encode (const YmBundle *bundle, GError **error)
{
  return ym_format_encode (&bundle_format, bundle, error);
}

YmBundle *
ym_bundle_decode (GBytes *bytes, GError **error)
{
  return ym_format_decode (&bundle_format, bytes, error);
}
