/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Envelopes in a file: ["ymweld-bundle/1", force, [[envelope, change set | null], ...]].
 */

#include "sync/exchange/bundle.h"

#include "sync/exchange/format.h"

#define FORMAT "ymweld-bundle/1"
#define FORMAT_FAMILY "ymweld-bundle/"

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
  ym_parcels_write (bundle->parcels, writer);
}

static void
read_bundle (YmCborReader *reader, YmBundle *bundle)
{
  ym_cbor_read_array (reader, 3, 3);
  ym_format_read_name (reader, FORMAT_FAMILY, FORMAT);
  bundle->force = ym_cbor_read_id (reader);
  ym_parcels_read (reader, YM_BUNDLE_MAX_PARCELS, bundle->parcels);
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
