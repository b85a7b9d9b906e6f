/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"
#include "app/journal/envelope.h"

G_BEGIN_DECLS

/**
 * YmProvenEnvelope:
 * @header: what was signed; its `hash` is the fingerprint
 * @given: whether the change set is in the evidence
 * @device: (nullable): the name that the root key certified the device under
 * @collar_no: (nullable): of the officer whose device it is
 * @name: (nullable): the officer's name, by the word of who gave this out
 * @received_at_us: when the server took it, by its signed word; 0 where no receipt is given
 * @is_vouched_for: by a device that was revoked since; no receipt shows that it is older, only the word of who gave this out
 * @is_link: only leads from another envelope to the end of a receipt's run
 */
typedef struct {
  YmEnvelope header;
  gboolean given;
  char *device;
  char *collar_no;
  char *name;
  gint64 received_at_us;
  gboolean is_vouched_for;
  gboolean is_link;
} YmProvenEnvelope;

/**
 * YmProof:
 * @force: the force
 * @record: the visit
 * @envelopes: (element-type YmProvenEnvelope): by author and number
 * @seal: the disclosure's own envelope
 * @disclosure: what was given, by whom, to whom, when and why
 * @has_pages: whether the file has pages besides the evidence
 *
 * What a file proves.
 */
typedef struct {
  YmId force;
  YmId record;
  GPtrArray *envelopes;
  YmProvenEnvelope *seal;
  YmRecord *disclosure;
  gboolean has_pages;
} YmProof;

void ym_proof_free (YmProof *proof);

/**
 * ym_evidence_read_root_key:
 * @root_key: (out): the root key that the file names, unverified
 *
 * Takes hostile bytes. Errors: as ym_evidence_verify().
 */
gboolean ym_evidence_read_root_key (GBytes *file, guint8 root_key[YM_PUBLIC_KEY_BYTES],
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_evidence_verify:
 * @file: hostile bytes: a report with its evidence, or evidence alone
 * @root_key: the force's, known from elsewhere
 *
 * Verifies everything, with no store and no network: signatures by certified devices, the chain, the
 * server's receipts, and that neither pages nor evidence have changed by a byte since they were given out. Errors:
 * YM_ERROR_SIGNATURE, YM_ERROR_MALFORMED, YM_ERROR_NEWER, YM_ERROR_NOT_FOUND for a PDF without evidence.
 *
 * Returns: (transfer full) (nullable): what it proves
 */
YmProof *ym_evidence_verify (GBytes *file, const guint8 root_key[YM_PUBLIC_KEY_BYTES],
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmProof, ym_proof_free)

G_END_DECLS
