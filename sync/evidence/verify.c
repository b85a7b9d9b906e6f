/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Verifying what was given out, believing nothing but the root key that the verifier brings. The disclosure's envelope seals
 * the rest: its change set has the hashes of the evidence and of the pages, so that a byte changed anywhere is found.
 */

#include "sync/evidence/verify.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/base/error.h"
#include "app/forms/fields.h"
#include "sync/evidence/pdf-attachment.h"
#include "sync/evidence/verify-authors.h"
#include "sync/exchange/receipt.h"

/* One file while it is verified. */
typedef struct {
  const YmEvidence *evidence;
  YmId force;
  GHashTable *keys;
  GPtrArray *arrivals; /* of evidence->parcels, in their order */
  YmProof *proof;
} Case;

static void
proven_free (gpointer data)
{
  YmProvenEnvelope *proven = data;

  g_free (proven->device);
  g_free (proven->collar_no);
  g_free (proven->name);
  g_free (proven);
}

void
ym_proof_free (YmProof *proof)
{
  if (proof == NULL)
    return;
  g_clear_pointer (&proof->envelopes, g_ptr_array_unref);
  g_clear_pointer (&proof->seal, proven_free);
  g_clear_pointer (&proof->disclosure, ym_record_free);
  g_free (proof);
}

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, YM_ERROR, YM_ERROR_SIGNATURE, message);
  return FALSE;
}

/* Pages and evidence; pages are empty where there are none. */
static YmEvidence *
open_file (GBytes *file, GBytes **pages, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!ym_pdf_is (file))
    {
      *pages = g_bytes_new (NULL, 0);
      return ym_evidence_decode (file, error);
    }
  return ym_pdf_detach (file, pages, &bytes, error) ? ym_evidence_decode (bytes, error) : NULL;
}

gboolean
ym_evidence_read_root_key (GBytes *file, guint8 root_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  g_autoptr (GBytes) pages = NULL;
  g_autoptr (YmEvidence) evidence = open_file (file, &pages, error);

  if (evidence != NULL)
    memcpy (root_key, evidence->root_key, YM_PUBLIC_KEY_BYTES);
  return evidence != NULL;
}

static gboolean
decode_parcels (Case *c, GError **error)
{
  for (guint i = 0; i < c->evidence->parcels->len; i++)
    {
      const YmParcel *parcel = g_ptr_array_index (c->evidence->parcels, i);
      YmArrival *arrival = ym_arrival_decode (parcel->envelope, parcel->change_set, error);

      if (arrival == NULL)
        return FALSE;
      g_ptr_array_add (c->arrivals, arrival);
    }
  return TRUE;
}

/* The collar number proves itself, because the officer's id follows from it; the name is told by who gave the file out. */
static void
name_officer (const Case *c, const YmId *officer, YmProvenEnvelope *proven)
{
  for (guint i = 0; i < c->evidence->officers->len; i++)
    {
      const YmEvidenceOfficer *known = g_ptr_array_index (c->evidence->officers, i);
      YmId id = ym_id_from_key (&c->force, "officer", known->collar_no);

      if (!ym_id_equal (&id, officer) || proven->collar_no != NULL)
        continue;
      proven->collar_no = g_strdup (known->collar_no);
      proven->name = g_strdup (known->name);
    }
}

/* Signed by an officer's device that the root key certified. */
static YmProvenEnvelope *
verify_arrival (const Case *c, const YmArrival *arrival, GError **error)
{
  const YmKnownKey *key = g_hash_table_lookup (c->keys, &arrival->header.author);
  YmProvenEnvelope *proven;

  if (key == NULL || key->kind == 0)
    {
      fail (error, _ ("An envelope in this file is by a device that the force did not certify."));
      return NULL;
    }
  if (!ym_envelope_verify (arrival->envelope, &c->force, key->public_key, error))
    return NULL;
  if (key->kind != YM_DEVICE_KIND_OFFICER)
    {
      fail (error, _ ("An envelope in this file is not by an officer."));
      return NULL;
    }
  proven = g_new0 (YmProvenEnvelope, 1);
  proven->header = arrival->header;
  proven->given = arrival->change_set != NULL;
  proven->device = g_strdup (key->name);
  name_officer (c, &key->officer, proven);
  return proven;
}

/* Whether the envelope is about the visit itself: it says so, or it writes an addendum in the home. */
static gboolean
is_about_the_visit (const Case *c, const YmArrival *arrival)
{
  return ym_id_equal (&arrival->header.subject, &c->evidence->record)
         || (g_str_equal (arrival->header.intent, "visit.addendum") && arrival->change_set != NULL);
}

static int
compare_envelopes (gconstpointer a, gconstpointer b)
{
  const YmEnvelope *one = &(*(YmProvenEnvelope *const *) a)->header, *other = &(*(YmProvenEnvelope *const *) b)->header;
  int order = ym_id_compare (&one->author, &other->author);

  if (order == 0)
    order = ym_id_compare (&one->chain, &other->chain);
  return order != 0 ? order : (one->sequence > other->sequence) - (one->sequence < other->sequence);
}

/* Two with one number, or a successor that names another predecessor, and the chain is not one. */
static gboolean
check_chains (const Case *c, GError **error)
{
  for (guint i = 1; i < c->proof->envelopes->len; i++)
    {
      const YmEnvelope *last = &((YmProvenEnvelope *) g_ptr_array_index (c->proof->envelopes, i - 1))->header;
      const YmEnvelope *next = &((YmProvenEnvelope *) g_ptr_array_index (c->proof->envelopes, i))->header;

      if (!ym_id_equal (&last->author, &next->author) || !ym_id_equal (&last->chain, &next->chain))
        continue;
      if (last->sequence == next->sequence
          || (last->sequence + 1 == next->sequence && !ym_hash_equal (&last->hash, &next->previous)))
        return fail (error, _ ("The envelopes in this file do not continue each other."));
    }
  return TRUE;
}

static gboolean
verify_envelopes (Case *c, GError **error)
{
  for (guint i = 0; i < c->arrivals->len; i++)
    {
      const YmArrival *arrival = g_ptr_array_index (c->arrivals, i);
      YmProvenEnvelope *proven;

      if (arrival->header.stream_class == YM_CLASS_IDENTITY)
        continue;
      proven = verify_arrival (c, arrival, error);
      if (proven == NULL)
        return FALSE;
      proven->is_link = !is_about_the_visit (c, arrival);
      g_ptr_array_add (c->proof->envelopes, proven);
    }
  g_ptr_array_sort (c->proof->envelopes, compare_envelopes);
  return check_chains (c, error);
}

/* The place of a number of a chain among the envelopes; -1 if it is not there. */
static int
find_envelope (const Case *c, const YmId *author, const YmId *chain, guint64 sequence)
{
  for (guint i = 0; i < c->proof->envelopes->len; i++)
    {
      const YmEnvelope *header = &((YmProvenEnvelope *) g_ptr_array_index (c->proof->envelopes, i))->header;

      if (header->sequence == sequence && ym_id_equal (&header->author, author) && ym_id_equal (&header->chain, chain))
        return (int) i;
    }
  return -1;
}

/* From the run's end, whose hash the server signed, back as far as each envelope names the one before. */
static gboolean
place_run (Case *c, const YmReceipt *receipt, GError **error)
{
  int at = find_envelope (c, &receipt->author, &receipt->last.chain, receipt->last.sequence);
  YmProvenEnvelope *proven = at < 0 ? NULL : g_ptr_array_index (c->proof->envelopes, at);

  if (proven == NULL || !ym_hash_equal (&proven->header.hash, &receipt->last.hash))
    return fail (error, _ ("A receipt in this file is for other envelopes."));
  while (proven != NULL && proven->header.sequence >= receipt->first)
    {
      guint64 sequence = proven->header.sequence;

      proven->received_at_us = receipt->server_us;
      at = sequence == 1 ? -1 : find_envelope (c, &receipt->author, &receipt->last.chain, sequence - 1);
      proven = at < 0 ? NULL : g_ptr_array_index (c->proof->envelopes, at);
    }
  return TRUE;
}

static gboolean
verify_receipts (Case *c, GError **error)
{
  for (guint i = 0; i < c->evidence->receipts->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (c->evidence->receipts, i);
      g_autoptr (YmReceipt) receipt = ym_receipt_decode (bytes, error);
      const YmKnownKey *server = receipt == NULL ? NULL : g_hash_table_lookup (c->keys, &receipt->server);

      if (receipt == NULL)
        return FALSE;
      if (server == NULL || server->kind != 0 || !ym_id_equal (&receipt->force, &c->force))
        return fail (error, _ ("A receipt in this file is by a server that the force did not certify."));
      if (!ym_cose_verify (YM_MESSAGE_RECEIPT, &c->force, bytes, server->public_key, error) || !place_run (c, receipt, error))
        return FALSE;
    }
  return TRUE;
}

/* Of a revoked device counts what the revocation left standing, and what the server had taken before. */
static gboolean
is_past_revocation (const Case *c, const YmProvenEnvelope *proven)
{
  const YmKnownKey *key = g_hash_table_lookup (c->keys, &proven->header.author);

  return key->revoked_at_us != G_MAXINT64
         && (proven->received_at_us == 0 || proven->received_at_us > key->revoked_at_us)
         && (!ym_id_equal (&proven->header.chain, &key->good_chain) || proven->header.sequence > key->good_until);
}

static gboolean
has_visit_record (const Case *c)
{
  for (guint i = 0; i < c->arrivals->len; i++)
    {
      const YmArrival *arrival = g_ptr_array_index (c->arrivals, i);

      for (guint j = 0; arrival->change_set != NULL && j < arrival->change_set->operations->len; j++)
        {
          const YmOperation *operation = g_ptr_array_index (arrival->change_set->operations, j);

          if (operation->type == YM_FORM_VISIT && ym_id_equal (&operation->record, &c->evidence->record))
            return TRUE;
        }
    }
  return FALSE;
}

/* The visit is there, and to the police's file belongs all that was signed off with it. */
static gboolean
check_visit (const Case *c, GError **error)
{
  guint64 audience = (guint64) ym_record_get_integer (c->proof->disclosure, YM_DISCLOSURE_AUDIENCE, 0);
  const YmEnvelope *sign_off = NULL;
  guint n = 0;

  for (guint i = 0; i < c->proof->envelopes->len; i++)
    {
      YmProvenEnvelope *proven = g_ptr_array_index (c->proof->envelopes, i);

      proven->is_vouched_for = is_past_revocation (c, proven);
      if (!ym_id_equal (&proven->header.subject, &c->evidence->record)
          || !g_str_equal (proven->header.intent, "visit.sign-off"))
        continue;
      if (sign_off != NULL && !ym_id_equal (&sign_off->group, &proven->header.group))
        return fail (error, _ ("This file has two visits where it should have one."));
      sign_off = &proven->header;
      n++;
    }
  if (sign_off == NULL
      || (audience == YM_AUDIENCE_FILE && (n != sign_off->group_count || !has_visit_record (c))))
    return fail (error, _ ("The visit that this file speaks of is not whole in its evidence."));
  return TRUE;
}

static gboolean
has_hash (const YmRecord *record, guint field, GBytes *bytes)
{
  const YmValue *value = ym_record_get (record, field);
  YmHash hash = ym_hash_of_bytes (bytes);

  return value->kind == YM_VALUE_BYTES && g_bytes_get_size (value->bytes) == YM_HASH_BYTES
         && memcmp (g_bytes_get_data (value->bytes, NULL), hash.bytes, YM_HASH_BYTES) == 0;
}

/* The disclosure as its change set has it; %NULL if it is something else. */
static YmRecord *
read_disclosure (const YmArrival *arrival)
{
  const YmOperation *operation
      = arrival->change_set->operations->len == 1 ? g_ptr_array_index (arrival->change_set->operations, 0) : NULL;
  YmRecord *record;

  if (operation == NULL || operation->type != YM_FORM_DISCLOSURE || operation->kind != YM_OPERATION_INSERT)
    return NULL;
  record = ym_record_new (ym_form (YM_FORM_DISCLOSURE), &arrival->header.scope, &operation->record);
  for (guint i = 0; i < operation->changes->len; i++)
    {
      const YmFieldChange *change = &g_array_index (operation->changes, YmFieldChange, i);

      if (ym_form_field (record->form, change->field) != NULL)
        ym_record_set (record, change->field, &change->new);
    }
  return record;
}

/* Nobody gives out in another's name. */
static gboolean
is_own_officer (const Case *c, const YmId *author, const YmId *officer)
{
  const YmKnownKey *key = g_hash_table_lookup (c->keys, author);

  return ym_id_equal (&key->officer, officer);
}

static gboolean
verify_seal (Case *c, GBytes *pages, GError **error)
{
  g_autoptr (YmArrival) arrival
      = ym_arrival_decode (c->evidence->seal->envelope, c->evidence->seal->change_set, error);
  YmId visit, officer;

  if (arrival == NULL || (c->proof->seal = verify_arrival (c, arrival, error)) == NULL)
    return FALSE;
  c->proof->disclosure = read_disclosure (arrival);
  if (c->proof->disclosure == NULL || !ym_value_get_id (ym_record_get (c->proof->disclosure, YM_DISCLOSURE_RECORD), &visit)
      || !ym_id_equal (&visit, &c->evidence->record)
      || !ym_record_get_id (c->proof->disclosure, YM_DISCLOSURE_OFFICER, &officer)
      || !is_own_officer (c, &arrival->header.author, &officer))
    return fail (error, _ ("What seals this file is not a disclosure of this visit."));
  if (!has_hash (c->proof->disclosure, YM_DISCLOSURE_EVIDENCE, c->evidence->body))
    return fail (error, _ ("The evidence in this file is not what was given out."));
  if (!has_hash (c->proof->disclosure, YM_DISCLOSURE_CONTENT, pages))
    return fail (error, _ ("The pages of this file are not those that were given out."));
  if (is_past_revocation (c, c->proof->seal))
    return fail (error, _ ("This file was given out by a device that was revoked."));
  return TRUE;
}

static gboolean
verify_all (Case *c, GBytes *pages, GError **error)
{
  return decode_parcels (c, error)
         && (c->keys = ym_known_keys_read (c->evidence->root_key, c->arrivals, error)) != NULL
         && verify_envelopes (c, error) && verify_receipts (c, error) && verify_seal (c, pages, error)
         && check_visit (c, error);
}

YmProof *
ym_evidence_verify (GBytes *file, const guint8 root_key[YM_PUBLIC_KEY_BYTES], GError **error)
{
  g_autoptr (GBytes) pages = NULL;
  g_autoptr (YmEvidence) evidence = open_file (file, &pages, error);
  g_autoptr (GPtrArray) arrivals = g_ptr_array_new_with_free_func ((GDestroyNotify) ym_arrival_free);
  g_autoptr (YmProof) proof = g_new0 (YmProof, 1);
  Case c = { evidence, ym_id_of_public_key ("force", root_key), NULL, arrivals, proof };
  gboolean good;

  if (evidence == NULL)
    return NULL;
  if (memcmp (evidence->root_key, root_key, YM_PUBLIC_KEY_BYTES) != 0)
    {
      fail (error, _ ("This file is of another force than the root key's, or pretends to be of one."));
      return NULL;
    }
  proof->force = c.force;
  proof->record = evidence->record;
  proof->has_pages = g_bytes_get_size (pages) > 0;
  proof->envelopes = g_ptr_array_new_with_free_func (proven_free);
  good = verify_all (&c, pages, error);
  g_clear_pointer (&c.keys, g_hash_table_unref);
  return good ? g_steal_pointer (&proof) : NULL;
}
