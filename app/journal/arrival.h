/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/change-set.h"
#include "app/journal/envelope.h"
#include "app/rules/judgement.h"

G_BEGIN_DECLS

/**
 * YmPlacement:
 * @placed: FALSE while the envelope is only on this device
 * @position: its place in the server's ledger
 * @disposition: what the server made of it
 * @reason: why, a #YmReason
 * @received_at_us: the server's time when it took it
 *
 * Where an envelope stands in the ledger.
 */
typedef struct {
  gboolean placed;
  YmPosition position;
  YmDisposition disposition;
  guint reason;
  gint64 received_at_us;
} YmPlacement;

/**
 * YmArrival:
 * @header: the decoded envelope
 * @envelope: its whole bytes
 * @change_set_bytes: (nullable): what travels beside it; %NULL when erased or withheld
 * @change_set: (nullable): decoded
 *
 * An envelope as it is taken in: well-formed, and its change set the one that it names.
 */
typedef struct {
  YmEnvelope header;
  GBytes *envelope;
  GBytes *change_set_bytes;
  YmChangeSet *change_set;
} YmArrival;

/**
 * ym_arrival_decode:
 * @change_set: (nullable): the bytes beside the envelope
 *
 * Decodes hostile bytes and checks the change set against the envelope. The signature is not looked at.
 *
 * Returns: (transfer full) (nullable): the entry; %NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER
 */
YmArrival *ym_arrival_decode (GBytes *envelope, GBytes *change_set, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ym_arrival_free (YmArrival *arrival);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmArrival, ym_arrival_free)

G_END_DECLS
