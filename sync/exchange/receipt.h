/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/envelope.h"
#include "sync/exchange/limits.h"
#include "sync/exchange/outcome.h"

G_BEGIN_DECLS

/**
 * YmReceipt:
 * @force: must be the reader's own; the caller compares
 * @server: id of the server's certificate
 * @author: the device whose envelopes these are
 * @first: sequence of the first envelope
 * @last: the chain, the last sequence and the hash of the last envelope, which vouches for all before it
 * @outcomes: (element-type YmOutcome): one for each from @first to @last; positions ascend
 *
 * The server's signed word that a run of envelopes is in its ledger, and what it made of each.
 * Verify with ym_cose_verify (YM_MESSAGE_RECEIPT, ...).
 */
typedef struct {
  YmId force;
  YmId epoch;
  YmId server;
  YmId author;
  guint64 first;
  YmChainPoint last;
  GArray *outcomes;
  gint64 server_us;
} YmReceipt;

YmReceipt *ym_receipt_new (void);
void ym_receipt_free (YmReceipt *receipt);

/**
 * ym_receipt_seal:
 *
 * Returns: (transfer full): NULL with YM_ERROR_INVALID if the outcomes don't fit the run, or the signer's error
 */
GBytes *ym_receipt_seal (const YmReceipt *receipt, const YmSigner *signer, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_receipt_decode:
 *
 * Takes hostile bytes; the signature is not looked at.
 *
 * Returns: (transfer full): NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER
 */
YmReceipt *ym_receipt_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_receipts_write: / ym_receipts_read: Those that a message carries, sealed (element-type GBytes). */
void ym_receipts_write (GPtrArray *receipts, YmCborWriter *writer);
void ym_receipts_read (YmCborReader *reader, GPtrArray *receipts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmReceipt, ym_receipt_free)

G_END_DECLS
