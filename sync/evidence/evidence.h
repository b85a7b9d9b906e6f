/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/cose.h"
#include "sync/exchange/parcel.h"

G_BEGIN_DECLS

#define YM_EVIDENCE_MAX_BYTES (16 * 1024 * 1024)
#define YM_EVIDENCE_MAX_PARCELS 4096
#define YM_EVIDENCE_MAX_RECEIPTS 1024
#define YM_EVIDENCE_MAX_OFFICERS 256

/** YmEvidenceOfficer: A name for an officer; the id follows from the collar number, the name is the discloser's word. */
typedef struct {
  char *collar_no;
  char *name;
} YmEvidenceOfficer;

/**
 * YmEvidence:
 * @root_key: the force's; whoever verifies must know it from elsewhere
 * @record: the visit
 * @parcels: (element-type YmParcel): certificates, the visit's envelopes and those between them and the receipts; a change
 *   set that is not given is left out
 * @receipts: (element-type GBytes): the server's
 * @officers: (element-type YmEvidenceOfficer)
 * @body: (nullable): the bytes of all the above; set by ym_evidence_encode_body() and ym_evidence_decode()
 * @seal: (nullable): the envelope of the disclosure, whose change set has the hash of @body and of the pages
 *
 * What proves, away from any server, who wrote a visit and when.
 */
typedef struct {
  guint8 root_key[YM_PUBLIC_KEY_BYTES];
  YmId record;
  GPtrArray *parcels;
  GPtrArray *receipts;
  GPtrArray *officers;
  GBytes *body;
  YmParcel *seal;
} YmEvidence;

YmEvidence *ym_evidence_new (void);
void ym_evidence_free (YmEvidence *evidence);

void ym_evidence_add_officer (YmEvidence *evidence, const char *collar_no, const char *name);

/** ym_evidence_encode_body: Sets @evidence->body. Errors: YM_ERROR_INVALID over a limit. */
gboolean ym_evidence_encode_body (YmEvidence *evidence, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_evidence_encode: (transfer full): The whole, with its seal; @evidence->body and ->seal are set. */
GBytes *ym_evidence_encode (const YmEvidence *evidence, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_evidence_decode: (transfer full): Takes hostile bytes. NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
YmEvidence *ym_evidence_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmEvidence, ym_evidence_free)

G_END_DECLS
