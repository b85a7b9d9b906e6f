/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Evidence as bytes:
 *
 *   ["ymweld-evidence/1", body, envelope of the disclosure, its change set]
 *
 * where body is a byte string with
 *
 *   [root key, record, [[envelope, change set | null], ...], [receipt, ...], [[collar number, name], ...]]
 *
 * so that one hash of the body, in the disclosure that seals it, says that nothing was taken out and nothing put in.
 */

#include "sync/evidence/evidence.h"

#include "sync/exchange/format.h"
#include "sync/exchange/limits.h"

#define FORMAT "ymweld-evidence/1"
#define FORMAT_FAMILY "ymweld-evidence/"
#define NAME_MAX_BYTES 512

static void
officer_free (gpointer data)
{
  YmEvidenceOfficer *officer = data;

  g_free (officer->collar_no);
  g_free (officer->name);
  g_free (officer);
}

YmEvidence *
ym_evidence_new (void)
{
  YmEvidence *evidence = g_new0 (YmEvidence, 1);

  evidence->parcels = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_parcel_free);
  evidence->receipts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  evidence->officers = g_ptr_array_new_with_free_func (officer_free);
  return evidence;
}

void
ym_evidence_free (YmEvidence *evidence)
{
  if (evidence == NULL)
    return;
  g_ptr_array_unref (evidence->parcels);
  g_ptr_array_unref (evidence->receipts);
  g_ptr_array_unref (evidence->officers);
  g_clear_pointer (&evidence->body, g_bytes_unref);
  g_clear_pointer (&evidence->seal, ym_parcel_free);
  g_free (evidence);
}

void
ym_evidence_add_officer (YmEvidence *evidence, const char *collar_no, const char *name)
{
  YmEvidenceOfficer *officer = g_new (YmEvidenceOfficer, 1);

  *officer = (YmEvidenceOfficer){ g_strdup (collar_no), g_strdup (name) };
  g_ptr_array_add (evidence->officers, officer);
}

static void
write_body (const YmEvidence *evidence, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, 5);
  ym_cbor_write_data (writer, evidence->root_key, sizeof evidence->root_key);
  ym_cbor_write_id (writer, &evidence->record);
  ym_parcels_write (evidence->parcels, writer);
  ym_cbor_write_array (writer, evidence->receipts->len);
  for (guint i = 0; i < evidence->receipts->len; i++)
    ym_cbor_write_bytes (writer, g_ptr_array_index (evidence->receipts, i));
  ym_cbor_write_array (writer, evidence->officers->len);
  for (guint i = 0; i < evidence->officers->len; i++)
    {
      const YmEvidenceOfficer *officer = g_ptr_array_index (evidence->officers, i);

      ym_cbor_write_array (writer, 2);
      ym_cbor_write_text (writer, officer->collar_no);
      ym_cbor_write_text (writer, officer->name);
    }
}

static void
read_body (YmCborReader *reader, YmEvidence *evidence)
{
  gsize count;

  ym_cbor_read_array (reader, 5, 5);
  ym_cbor_read_fixed (reader, evidence->root_key, sizeof evidence->root_key);
  evidence->record = ym_cbor_read_id (reader);
  ym_parcels_read (reader, YM_EVIDENCE_MAX_PARCELS, evidence->parcels);
  count = ym_cbor_read_array (reader, 0, YM_EVIDENCE_MAX_RECEIPTS);
  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      GBytes *receipt = ym_cbor_read_bytes (reader, 1, YM_RECEIPT_MAX_BYTES);

      if (receipt != NULL)
        g_ptr_array_add (evidence->receipts, receipt);
    }
  count = ym_cbor_read_array (reader, 0, YM_EVIDENCE_MAX_OFFICERS);
  for (gsize i = 0; i < count && !ym_cbor_reader_failed (reader); i++)
    {
      YmEvidenceOfficer *officer = g_new (YmEvidenceOfficer, 1);

      ym_cbor_read_array (reader, 2, 2);
      officer->collar_no = ym_cbor_read_text (reader, NAME_MAX_BYTES);
      officer->name = ym_cbor_read_text (reader, NAME_MAX_BYTES);
      g_ptr_array_add (evidence->officers, officer);
    }
}

static const YmFormat body_format = {
  .most_bytes = YM_EVIDENCE_MAX_BYTES,
  .new = (YmFormatNew) ym_evidence_new,
  .free = (GDestroyNotify) ym_evidence_free,
  .write = (YmFormatWrite) write_body,
  .read = (YmFormatRead) read_body,
};

gboolean
ym_evidence_encode_body (YmEvidence *evidence, GError **error)
{
  g_clear_pointer (&evidence->body, g_bytes_unref);
  evidence->body = ym_format_encode (&body_format, evidence, error);
  return evidence->body != NULL;
}

static void
write_whole (const YmEvidence *evidence, YmCborWriter *writer)
{
  ym_cbor_write_array (writer, 4);
  ym_cbor_write_text (writer, FORMAT);
  ym_cbor_write_bytes (writer, evidence->body);
  ym_parcel_write (evidence->seal, writer);
}

static void
read_whole (YmCborReader *reader, YmEvidence *evidence)
{
  ym_cbor_read_array (reader, 4, 4);
  ym_format_read_name (reader, FORMAT_FAMILY, FORMAT);
  evidence->body = ym_cbor_read_bytes (reader, 1, YM_EVIDENCE_MAX_BYTES);
  evidence->seal = ym_parcel_read (reader);
  ym_cbor_reader_require (reader, evidence->seal != NULL && evidence->seal->change_set != NULL, "no seal");
}

static const YmFormat whole_format = {
  .most_bytes = YM_EVIDENCE_MAX_BYTES,
  .new = (YmFormatNew) ym_evidence_new,
  .free = (GDestroyNotify) ym_evidence_free,
  .write = (YmFormatWrite) write_whole,
  .read = (YmFormatRead) read_whole,
};

GBytes *
ym_evidence_encode (const YmEvidence *evidence, GError **error)
{
  return ym_format_encode (&whole_format, evidence, error);
}

YmEvidence *
ym_evidence_decode (GBytes *bytes, GError **error)
{
  g_autoptr (YmEvidence) whole = ym_format_decode (&whole_format, bytes, error);
  YmEvidence *evidence = whole == NULL ? NULL : ym_format_decode (&body_format, whole->body, error);

  if (evidence == NULL)
    return NULL;
  evidence->body = g_steal_pointer (&whole->body);
  evidence->seal = g_steal_pointer (&whole->seal);
  return evidence;
}
