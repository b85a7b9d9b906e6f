/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The server's signed word on a run of envelopes: the payload of a COSE_Sign1 message of the kind "receipt".
 *
 *   1 version   4 server certificate    7 first sequence          10 positions [number]
 *   2 force     5 author                8 last sequence           11 judgements [[disposition, reason]]
 *   3 epoch     6 chain                 9 hash of the last        12 server time
 */

#include "sync/exchange/receipt.h"

#include "sync/exchange/format.h"

#define RECEIPT_VERSION 1
#define FIELDS 12

YmReceipt *
ym_receipt_new (void)
{
  YmReceipt *receipt = g_new0 (YmReceipt, 1);

  receipt->outcomes = g_array_new (FALSE, FALSE, sizeof (YmOutcome));
  return receipt;
}

void
ym_receipt_free (YmReceipt *receipt)
{
  g_array_unref (receipt->outcomes);
  g_free (receipt);
}

static void
write_outcomes (GArray *outcomes, YmCborWriter *writer)
{
  ym_cbor_write_unsigned (writer, 10);
  ym_cbor_write_array (writer, outcomes->len);
  for (guint i = 0; i < outcomes->len; i++)
    ym_cbor_write_unsigned (writer, g_array_index (outcomes, YmOutcome, i).position);
  ym_cbor_write_unsigned (writer, 11);
  ym_cbor_write_array (writer, outcomes->len);
  for (guint i = 0; i < outcomes->len; i++)
    {
      ym_cbor_write_array (writer, 2);
      ym_outcome_write_judgement (&g_array_index (outcomes, YmOutcome, i), writer);
    }
}

/* Exactly @count of both. */
static void
read_outcomes (YmCborReader *reader, gsize count, GArray *outcomes)
{
  guint64 last = 0;

  ym_cbor_read_key (reader, 10);
  ym_cbor_read_array (reader, count, count);
  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      YmOutcome outcome = { .position = ym_cbor_read_unsigned (reader, last + 1, YM_SEQUENCE_MAX) };

      last = outcome.position;
      g_array_append_val (outcomes, outcome);
    }
  ym_cbor_read_key (reader, 11);
  ym_cbor_read_array (reader, count, count);
  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      ym_cbor_read_array (reader, 2, 2);
      ym_outcome_read_judgement (&g_array_index (outcomes, YmOutcome, i), reader);
    }
}

static void
write_receipt (const YmReceipt *receipt, YmCborWriter *writer)
{
  ym_cbor_write_map (writer, FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, RECEIPT_VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_id (writer, &receipt->force);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_id (writer, &receipt->epoch);
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_id (writer, &receipt->server);
  ym_cbor_write_unsigned (writer, 5);
  ym_cbor_write_id (writer, &receipt->author);
  ym_cbor_write_unsigned (writer, 6);
  ym_cbor_write_id (writer, &receipt->last.chain);
  ym_cbor_write_unsigned (writer, 7);
  ym_cbor_write_unsigned (writer, receipt->first);
  ym_cbor_write_unsigned (writer, 8);
  ym_cbor_write_unsigned (writer, receipt->last.sequence);
  ym_cbor_write_unsigned (writer, 9);
  ym_cbor_write_hash (writer, &receipt->last.hash);
  write_outcomes (receipt->outcomes, writer);
  ym_cbor_write_unsigned (writer, 12);
  ym_cbor_write_integer (writer, receipt->server_us);
}

static void
read_receipt (YmCborReader *reader, YmReceipt *receipt)
{
  ym_cbor_read_message (reader, RECEIPT_VERSION, FIELDS, FIELDS);
  ym_cbor_read_key (reader, 2);
  receipt->force = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 3);
  receipt->epoch = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 4);
  receipt->server = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 5);
  receipt->author = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 6);
  receipt->last.chain = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 7);
  receipt->first = ym_cbor_read_unsigned (reader, 1, YM_SEQUENCE_MAX);
  ym_cbor_read_key (reader, 8);
  receipt->last.sequence = ym_cbor_read_unsigned (reader, receipt->first, YM_SEQUENCE_MAX);
  ym_cbor_reader_require (reader, receipt->last.sequence - receipt->first < YM_RECEIPT_MAX_RUN, "run too long");
  ym_cbor_read_key (reader, 9);
  receipt->last.hash = ym_cbor_read_hash (reader);
  read_outcomes (reader, receipt->last.sequence - receipt->first + 1, receipt->outcomes);
  ym_cbor_read_key (reader, 12);
  receipt->server_us = ym_cbor_read_integer (reader);
}

static const YmFormat receipt_format = {
  .most_bytes = YM_RECEIPT_MAX_BYTES - YM_COSE_OVERHEAD_BYTES,
  .new = (YmFormatNew) ym_receipt_new,
  .free = (GDestroyNotify) ym_receipt_free,
  .write = (YmFormatWrite) write_receipt,
  .read = (YmFormatRead) read_receipt,
};

GBytes *
ym_receipt_seal (const YmReceipt *receipt, const YmSigner *signer, GError **error)
{
  return ym_format_seal (&receipt_format, receipt, YM_MESSAGE_RECEIPT, &receipt->force, signer, error);
}

YmReceipt *
ym_receipt_decode (GBytes *bytes, GError **error)
{
  return ym_format_open (&receipt_format, bytes, error);
}

void
ym_receipts_write (GPtrArray *receipts, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, receipts->len);
  for (guint i = 0; i < receipts->len; i++)
    ym_cbor_write_bytes (writer, g_ptr_array_index (receipts, i));
}

void
ym_receipts_read (YmCborReader *reader, GPtrArray *receipts)
{
  gsize count = ym_cbor_read_array (reader, 0, YM_EXCHANGE_MAX_RECEIPTS);

  for (gsize i = 0; i < count; i++)
    {
      GBytes *receipt = ym_cbor_read_bytes (reader, 1, YM_RECEIPT_MAX_BYTES);

      if (receipt == NULL)
        return;
      g_ptr_array_add (receipts, receipt);
    }
}
