/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/envelope.h"
#include "sync/exchange/backfill.h"
#include "sync/exchange/limits.h"
#include "sync/exchange/parcel.h"

G_BEGIN_DECLS

#define YM_REQUEST_NONCE_BYTES 16

/**
 * YmRequest:
 * @force: must be the server's own; the caller compares
 * @server: id of the server's certificate
 * @counter: higher than in any request of this device before
 * @has_cursor: whether the device has taken any response of this store yet
 * @cursor: the position reached
 * @own: (element-type YmChainPoint): the last the device has of each chain of its own
 * @most_bytes: it wants no more than this of entries back
 * @groups: (element-type GPtrArray(YmParcel)): what it pushes, in chain order
 * @backfills: (element-type YmBackfill): homes whose old entries are still on their way
 * @receipts: (element-type GBytes): for those envelopes of @groups that a ledger had which is lost
 *
 * What a device asks and pushes. Verify with ym_cose_verify (YM_MESSAGE_REQUEST, ...).
 */
typedef struct {
  YmId force;
  YmId device;
  YmId server;
  guint64 counter;
  guint8 nonce[YM_REQUEST_NONCE_BYTES];
  gboolean has_cursor;
  YmPosition cursor;
  GArray *own;
  guint64 most_bytes;
  GPtrArray *groups;
  GArray *backfills;
  GPtrArray *receipts;
} YmRequest;

YmRequest *ym_request_new (void);
void ym_request_free (YmRequest *request);

/**
 * ym_request_seal:
 *
 * Returns: (transfer full): the signed bytes; NULL with YM_ERROR_INVALID if over a limit, or the signer's error
 */
GBytes *ym_request_seal (const YmRequest *request, const YmSigner *signer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_request_decode:
 *
 * Takes hostile bytes; the signature is not looked at, and the parcels are not looked into.
 *
 * Returns: (transfer full): NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER
 */
YmRequest *ym_request_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmRequest, ym_request_free)

G_END_DECLS
