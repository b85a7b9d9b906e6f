/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way every message of the exchange goes into bytes and comes out of them. */

#include "sync/exchange/format.h"

#define NAME_MAX_BYTES 32

GBytes *
ym_format_encode (const YmFormat *format, gconstpointer message, GError **error)
{
  g_auto (YmCborWriter) writer = { 0 };
  g_auto (YmCborReader) reader = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  gpointer read_back;
  gboolean good;

  ym_cbor_writer_init (&writer);
  format->write (message, &writer);
  bytes = ym_cbor_writer_finish (&writer, error);
  if (bytes == NULL)
    return NULL;

  read_back = format->new ();
  ym_cbor_reader_init_own (&reader, bytes, format->most_bytes);
  format->read (&reader, read_back);
  good = ym_cbor_reader_finish (&reader, error);
  format->free (read_back);
  return good ? g_steal_pointer (&bytes) : NULL;
}

gpointer
ym_format_decode (const YmFormat *format, GBytes *bytes, GError **error)
{
  g_auto (YmCborReader) reader = { 0 };
  gpointer message = format->new ();
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  ym_cbor_reader_init (&reader, data, length, format->most_bytes);
  format->read (&reader, message);
  if (!ym_cbor_reader_finish (&reader, error))
    g_clear_pointer (&message, format->free);
  return message;
}

void
ym_format_read_name (YmCborReader *reader, const char *family, const char *name)
{
  g_autofree char *found = ym_cbor_read_text (reader, NAME_MAX_BYTES);

  if (found == NULL || g_str_equal (found, name))
    return;
  if (g_str_has_prefix (found, family))
    ym_cbor_reader_fail_newer (reader, found, name);
  ym_cbor_reader_fail (reader, "another kind of file");
}

GBytes *
ym_format_seal (const YmFormat *format, gconstpointer message, YmMessageKind kind, const YmId *force,
                const YmSigner *signer, GError **error)
{
  g_autoptr (GBytes) payload = ym_format_encode (format, message, error);

  return payload == NULL ? NULL : ym_cose_sign (kind, force, payload, signer, error);
}

gpointer
ym_format_open (const YmFormat *format, GBytes *message, GError **error)
{
  g_autoptr (GBytes) payload = ym_cose_payload (message, error);

  return payload == NULL ? NULL : ym_format_decode (format, payload, error);
}
