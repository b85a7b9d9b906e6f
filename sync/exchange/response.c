/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What the server answers: the payload of a COSE_Sign1 message of the kind "response". Either everything:
 *
 *   1 version    5 held [[chain, sequence, hash]]       9 more               12 stop [code, text, group,
 *   2 request    6 receipts [bytes]                    10 server time           [chain, sequence, hash] | null] | null
 *   3 device     7 entries [[position, envelope,       11 oldest backup      13 null
 *   4 epoch         change set | null, disposition,
 *                   reason, received]]                          14 backfills [[scope, number, complete]]
 *                8 through                                   15 past epochs [[epoch, number]]
 *
 * or, when the request's counter was not above the last, 1 to 3 and 13 the counter to send, so that a replayed
 * request yields nothing.
 */

#include "sync/exchange/response.h"

#include "app/journal/lineage.h"
#include "sync/exchange/format.h"
#include "sync/exchange/receipt.h"

#define RESPONSE_VERSION 1
#define FIELDS 15
#define FIELDS_OF_COUNTER_ONLY 4
#define CODE_MAX 65535

YmStop *
ym_stop_new (guint code, guint group, const char *text)
{
  YmStop *stop = g_new0 (YmStop, 1);

  stop->code = code;
  stop->group = group;
  stop->text = g_strdup (text);
  return stop;
}

void
ym_stop_free (YmStop *stop)
{
  g_free (stop->text);
  g_free (stop);
}

YmEntry *
ym_entry_new (YmParcel *parcel, const YmOutcome *outcome, gint64 received_us)
{
  YmEntry *entry = g_new (YmEntry, 1);

  *entry = (YmEntry){ .parcel = parcel, .outcome = *outcome, .received_us = received_us };
  return entry;
}

void
ym_entry_free (YmEntry *entry)
{
  ym_parcel_free (entry->parcel);
  g_free (entry);
}

YmResponse *
ym_response_new (void)
{
  YmResponse *response = g_new0 (YmResponse, 1);

  response->held = g_array_new (FALSE, FALSE, sizeof (YmChainPoint));
  response->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  response->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_entry_free);
  response->backfills = g_array_new (FALSE, FALSE, sizeof (YmBackfill));
  response->past = g_array_new (FALSE, FALSE, sizeof (YmPosition));
  return response;
}

void
ym_response_free (YmResponse *response)
{
  g_array_unref (response->held);
  g_ptr_array_unref (response->receipts);
  g_ptr_array_unref (response->entries);
  g_array_unref (response->backfills);
  g_array_unref (response->past);
  g_clear_pointer (&response->stop, ym_stop_free);
  g_free (response);
}

static void
write_entries (GPtrArray *entries, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, entries->len);
  for (guint i = 0; i < entries->len; i++)
    {
      const YmEntry *entry = g_ptr_array_index (entries, i);

      ym_cbor_write_array (writer, 6);
      ym_cbor_write_unsigned (writer, entry->outcome.position);
      ym_parcel_write (entry->parcel, writer);
      ym_outcome_write_judgement (&entry->outcome, writer);
      ym_cbor_write_integer (writer, entry->received_us);
    }
}

/* Positions must ascend; gives the last, or 0. */
static guint64
read_entries (YmCborReader *reader, GPtrArray *entries)
{
  gsize count = ym_cbor_read_array (reader, 0, YM_EXCHANGE_MAX_ENTRIES);
  guint64 last = 0;

  for (gsize i = 0; i < count; i++)
    {
      g_autoptr (YmParcel) parcel = NULL;
      YmOutcome outcome;
      gint64 received_us;

      ym_cbor_read_array (reader, 6, 6);
      outcome.position = ym_cbor_read_unsigned (reader, last + 1, YM_SEQUENCE_MAX);
      parcel = ym_parcel_read (reader);
      ym_outcome_read_judgement (&outcome, reader);
      received_us = ym_cbor_read_integer (reader);
      if (ym_cbor_reader_failed (reader))
        break;
      last = outcome.position;
      g_ptr_array_add (entries, ym_entry_new (g_steal_pointer (&parcel), &outcome, received_us));
    }
  return last;
}

static void
write_stop (const YmStop *stop, YmCborWriter *writer)
{
  if (stop == NULL)
    {
      ym_cbor_write_null (writer);
      return;
    }
  ym_cbor_write_array (writer, 4);
  ym_cbor_write_unsigned (writer, stop->code);
  ym_cbor_write_text (writer, stop->text);
  ym_cbor_write_unsigned (writer, stop->group);
  if (stop->has_expected)
    ym_chain_point_write (&stop->expected, writer);
  else
    ym_cbor_write_null (writer);
}

static YmStop *
read_stop (YmCborReader *reader)
{
  g_autofree char *text = NULL;
  YmStop *stop;
  guint code;

  if (ym_cbor_read_null (reader))
    return NULL;
  ym_cbor_read_array (reader, 4, 4);
  code = ym_cbor_read_unsigned (reader, 1, CODE_MAX);
  text = ym_cbor_read_text (reader, YM_STOP_TEXT_MAX_BYTES);
  stop = ym_stop_new (code, ym_cbor_read_unsigned (reader, 0, YM_EXCHANGE_MAX_GROUPS - 1), text);
  stop->has_expected = !ym_cbor_read_null (reader);
  if (stop->has_expected)
    stop->expected = ym_chain_point_read (reader);
  return stop;
}

/* Fields 4 to 12, which a response to an old counter lacks. */
static void
write_body (const YmResponse *response, YmCborWriter *writer)
{
  ym_cbor_write_unsigned (writer, 4);
  ym_cbor_write_id (writer, &response->epoch);
  ym_cbor_write_unsigned (writer, 5);
  ym_chain_points_write (response->held, writer);
  ym_cbor_write_unsigned (writer, 6);
  ym_receipts_write (response->receipts, writer);
  ym_cbor_write_unsigned (writer, 7);
  write_entries (response->entries, writer);
  ym_cbor_write_unsigned (writer, 8);
  ym_cbor_write_unsigned (writer, response->through);
  ym_cbor_write_unsigned (writer, 9);
  ym_cbor_write_boolean (writer, response->more);
  ym_cbor_write_unsigned (writer, 10);
  ym_cbor_write_integer (writer, response->server_us);
  ym_cbor_write_unsigned (writer, 11);
  ym_cbor_write_unsigned (writer, response->oldest_backup);
  ym_cbor_write_unsigned (writer, 12);
  write_stop (response->stop, writer);
}

static void
read_body (YmCborReader *reader, YmResponse *response)
{
  guint64 last;

  ym_cbor_read_key (reader, 4);
  response->epoch = ym_cbor_read_id (reader);
  ym_cbor_read_key (reader, 5);
  ym_chain_points_read (reader, YM_EXCHANGE_MAX_CHAINS, response->held);
  ym_cbor_read_key (reader, 6);
  ym_receipts_read (reader, response->receipts);
  ym_cbor_read_key (reader, 7);
  last = read_entries (reader, response->entries);
  ym_cbor_read_key (reader, 8);
  response->through = ym_cbor_read_unsigned (reader, last, YM_SEQUENCE_MAX);
  ym_cbor_read_key (reader, 9);
  response->more = ym_cbor_read_boolean (reader);
  ym_cbor_read_key (reader, 10);
  response->server_us = ym_cbor_read_integer (reader);
  ym_cbor_read_key (reader, 11);
  response->oldest_backup = ym_cbor_read_unsigned (reader, 0, YM_SEQUENCE_MAX);
  ym_cbor_read_key (reader, 12);
  response->stop = read_stop (reader);
}

static void
write_response (const YmResponse *response, YmCborWriter *writer)
{
  gboolean counter_only = response->expected_counter > 0;

  ym_cbor_write_map (writer, counter_only ? FIELDS_OF_COUNTER_ONLY : FIELDS);
  ym_cbor_write_unsigned (writer, 1);
  ym_cbor_write_unsigned (writer, RESPONSE_VERSION);
  ym_cbor_write_unsigned (writer, 2);
  ym_cbor_write_hash (writer, &response->request);
  ym_cbor_write_unsigned (writer, 3);
  ym_cbor_write_id (writer, &response->device);
  if (!counter_only)
    write_body (response, writer);
  ym_cbor_write_unsigned (writer, 13);
  if (counter_only)
    ym_cbor_write_unsigned (writer, response->expected_counter);
  else
    {
      ym_cbor_write_null (writer);
      ym_cbor_write_unsigned (writer, 14);
      ym_backfills_write (response->backfills, TRUE, writer);
      ym_cbor_write_unsigned (writer, 15);
      ym_lineage_write_past (&(YmLineage){ response->past, response->epoch }, writer);
    }
}

static void
read_response (YmCborReader *reader, YmResponse *response)
{
  gsize fields = ym_cbor_read_message (reader, RESPONSE_VERSION, FIELDS_OF_COUNTER_ONLY, FIELDS);

  ym_cbor_reader_require (reader, fields == FIELDS || fields == FIELDS_OF_COUNTER_ONLY, "wrong number of fields");
  ym_cbor_read_key (reader, 2);
  response->request = ym_cbor_read_hash (reader);
  ym_cbor_read_key (reader, 3);
  response->device = ym_cbor_read_id (reader);
  if (fields == FIELDS)
    read_body (reader, response);
  ym_cbor_read_key (reader, 13);
  if (fields == FIELDS)
    {
      ym_cbor_reader_require (reader, ym_cbor_read_null (reader), "data beside an expected counter");
      ym_cbor_read_key (reader, 14);
      ym_backfills_read (reader, TRUE, response->backfills);
      ym_cbor_read_key (reader, 15);
      ym_lineage_read_past (reader, &(YmLineage){ response->past, response->epoch });
    }
  else
    response->expected_counter = ym_cbor_read_unsigned (reader, 1, YM_SEQUENCE_MAX);
}

static const YmFormat response_format = {
  .most_bytes = YM_EXCHANGE_MAX_BYTES,
  .new = (YmFormatNew) ym_response_new,
  .free = (GDestroyNotify) ym_response_free,
  .write = (YmFormatWrite) write_response,
  .read = (YmFormatRead) read_response,
};

GBytes *
ym_response_seal (const YmResponse *response, const YmId *force, const YmSigner *signer, GError **error)
{
  return ym_format_seal (&response_format, response, YM_MESSAGE_RESPONSE, force, signer, error);
}

YmResponse *
ym_response_decode (GBytes *bytes, GError **error)
{
  return ym_format_open (&response_format, bytes, error);
}
