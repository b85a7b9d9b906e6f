/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a new server wants certified: a map of
 *
 *   1 version   2 address   3 signing key   4 sealing key   5 TLS key hash
 */

#include "sync/exchange/server-request.h"

#include <string.h>

#include "sync/exchange/format.h"

#define SERVER_REQUEST_VERSION 1
#define FIELDS 5

static gpointer
new_empty (void)
{
  return g_new0 (YmServerRequest, 1);
}

YmServerRequest *
ym_server_request_new (const char *address, const guint8 signing_key[32], const guint8 sealing_key[32],
                       const YmHash *tls_key)
{
  YmServerRequest *request = new_empty ();

  request->address = g_strdup (address);
  memcpy (request->signing_key, signing_key, sizeof request->signing_key);
  memcpy (request->sealing_key, sealing_key, sizeof request->sealing_key);
  request->tls_key = *tls_key;
  return request;
}

void
ym_server_request_free (YmServerRequest *request)
{
  g_free (request->address);
  g_free (request);
}

static void
write_request (const YmServerRequest *request, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, SERVER_REQUEST_VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_text (writer, request->address);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_data (writer, request->signing_key, sizeof request->signing_key);
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_data (writer, request->sealing_key, sizeof request->sealing_key);
  ym_cbor_write_unsigned (writer, 5);
  ym_cbor_write_hash (writer, &request->tls_key);
}

static void
read_request (YmCborReader *reader, YmServerRequest *request)
{
  ym_cbor_read_message (reader, SERVER_REQUEST_VERSION, FIELDS, FIELDS);
  ym_cbor_read_key (reader, 2);
  request->address = ym_cbor_read_text (reader, YM_SERVER_ADDRESS_MAX_BYTES);
  ym_cbor_reader_require (reader, request->address != NULL && *request->address != '\0', "no address");
  ym_cbor_read_key (reader, 3);
  ym_cbor_read_fixed (reader, request->signing_key, sizeof request->signing_key);
  ym_cbor_read_key (reader, 4);
  ym_cbor_read_fixed (reader, request->sealing_key, sizeof request->sealing_key);
  ym_cbor_read_key (reader, 5);
  request->tls_key = ym_cbor_read_hash (reader);
}

static const YmFormat server_request_format = {
  .most_bytes = YM_SERVER_REQUEST_MAX_BYTES,
  .new = new_empty,
  .free = (GDestroyNotify) ym_server_request_free,
  .write = (YmFormatWrite) write_request,
  .read = (YmFormatRead) read_request,
};

GBytes *
ym_server_request_encode (const YmServerRequest *request, GError **error)
{
  return ym_format_encode (&server_request_format, request, error);
}

YmServerRequest *
ym_server_request_decode (GBytes *bytes, GError **error)
{
  return ym_format_decode (&server_request_format, bytes, error);
}
