/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a device asks and pushes: the payload of a COSE_Sign1 message of the kind "request".
 *
 *   1 version   4 server certificate   7 cursor [epoch, number] | null    9 most bytes wanted back
 *   2 force     5 counter              8 own [[chain, sequence, hash]]   10 groups [[[envelope, change set | null]]]
 *   3 device    6 nonce                                                    11 backfills [[scope, number]]
 *                                                                          12 receipts [bytes]
 */

#include "sync/exchange/request.h"

#include "sync/exchange/format.h"
#include "sync/exchange/receipt.h"

#define REQUEST_VERSION 1
#define FIELDS 12

YmRequest *
ym_request_new (void)
{
  YmRequest *request = g_new0 (YmRequest, 1);

  request->own = g_array_new (FALSE, FALSE, sizeof (YmChainPoint));
  request->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  request->backfills = g_array_new (FALSE, FALSE, sizeof (YmBackfill));
  request->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  return request;
}

void
ym_request_free (YmRequest *request)
{
  g_array_unref (request->own);
  g_ptr_array_unref (request->groups);
  g_array_unref (request->backfills);
  g_ptr_array_unref (request->receipts);
  g_free (request);
}

static void
write_groups (GPtrArray *groups, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, groups->len);
  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = g_ptr_array_index (groups, i);

      ym_cbor_write_array (writer, group->len);
      for (guint j = 0; j < group->len; j++)
        {
          ym_cbor_write_array (writer, 2);
          ym_parcel_write (g_ptr_array_index (group, j), writer);
        }
    }
}

static GPtrArray *
read_group (YmCborReader *reader)
{
  GPtrArray *group = ym_group_new ();
  gsize count = ym_cbor_read_array (reader, 1, YM_GROUP_MAX_ENVELOPES);
  gsize size = 0;

  for (gsize i = 0; i < count; i++)
    {
      YmParcel *parcel;

      ym_cbor_read_array (reader, 2, 2);
      parcel = ym_parcel_read (reader);
      if (parcel == NULL)
        break;
      size += ym_parcel_get_size (parcel);
      g_ptr_array_add (group, parcel);
    }
  ym_cbor_reader_require (reader, size <= YM_GROUP_MAX_BYTES, "group too large");
  return group;
}

static void
write_request (const YmRequest *request, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, REQUEST_VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_id (writer, &request->force);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_id (writer, &request->device);
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_id (writer, &request->server);
  ym_cbor_write_unsigned (writer, 5);
  ym_cbor_write_unsigned (writer, request->counter);
  ym_cbor_write_unsigned (writer, 6);
  ym_cbor_write_data (writer, request->nonce, sizeof request->nonce);
  ym_cbor_write_unsigned (writer, 7);
  if (request->has_cursor)
    {
      ym_cbor_write_array (writer, 2);
      ym_cbor_write_id (writer, &request->cursor.epoch);
      ym_cbor_write_unsigned (writer, request->cursor.number);
    }
  else
    ym_cbor_write_null (writer);
  ym_cbor_write_unsigned (writer, 8);
  ym_chain_points_write (request->own, writer);
  ym_cbor_write_unsigned (writer, 9);
  ym_cbor_write_unsigned (writer, request->most_bytes);
  ym_cbor_write_unsigned (writer, 10);
  write_groups (request->groups, writer);
  ym_cbor_write_unsigned (writer, 11);
  ym_backfills_write (request->backfills, FALSE, writer);
  ym_cbor_write_unsigned (writer, 12);
  ym_receipts_write (request->receipts, writer);
}

static void
read_request (YmCborReader *reader, YmRequest *request)
{
  gsize groups;

  ym_cbor_read_message (reader, REQUEST_VERSION, FIELDS, FIELDS);
  ym_cbor_read_key (reader, 2);
  request->force = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 3);
  request->device = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 4);
  request->server = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 5);
  request->counter = ym_cbor_read_unsigned (reader, 1, YM_SEQUENCE_MAX);
  ym_cbor_read_key (reader, 6);
  ym_cbor_read_fixed (reader, request->nonce, sizeof request->nonce);
  ym_cbor_read_key (reader, 7);
  request->has_cursor = !ym_cbor_read_null (reader);
  if (request->has_cursor)
    {
      ym_cbor_read_array (reader, 2, 2);
      request->cursor.epoch = ym_cbor_read_id (reader);
      request->cursor.number = ym_cbor_read_unsigned (reader, 0, YM_SEQUENCE_MAX);
    }
  ym_cbor_read_key (reader, 8);
  ym_chain_points_read (reader, YM_EXCHANGE_MAX_CHAINS, request->own);
  ym_cbor_read_key (reader, 9);
  request->most_bytes = ym_cbor_read_unsigned (reader, 0, G_MAXUINT32);
  ym_cbor_read_key (reader, 10);
  groups = ym_cbor_read_array (reader, 0, YM_EXCHANGE_MAX_GROUPS);
  for (gsize i = 0; i < groups && !ym_cbor_reader_failed (reader); i++)
    g_ptr_array_add (request->groups, read_group (reader));
  ym_cbor_read_key (reader, 11);
  ym_backfills_read (reader, FALSE, request->backfills);
  ym_cbor_read_key (reader, 12);
  ym_receipts_read (reader, request->receipts);
}

static const YmFormat request_format = {
  .most_bytes = YM_EXCHANGE_MAX_BYTES,
  .new = (YmFormatNew) ym_request_new,
  .free = (GDestroyNotify) ym_request_free,
  .write = (YmFormatWrite) write_request,
  .read = (YmFormatRead) read_request,
};

GBytes *
ym_request_seal (const YmRequest *request, const YmSigner *signer, GError **error)
{
  return ym_format_seal (&request_format, request, YM_MESSAGE_REQUEST, &request->force, signer, error);
}

YmRequest *
ym_request_decode (GBytes *bytes, GError **error)
{
  return ym_format_open (&request_format, bytes, error);
}
