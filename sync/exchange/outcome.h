/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/cbor.h"
#include "app/rules/judgement.h"

G_BEGIN_DECLS

/**
 * YmOutcome:
 * @position: the envelope's number in the ledger's epoch
 * @reason: a YmReason, or a number that this program does not know
 *
 * What became of one envelope.
 */
typedef struct {
  guint64 position;
  YmDisposition disposition;
  guint reason;
} YmOutcome;

/** ym_outcome_write_judgement: Two items, disposition and reason; the caller opened the array. */
void ym_outcome_write_judgement (const YmOutcome *outcome, YmCborWriter *writer);

/** ym_outcome_read_judgement: Two items into @outcome. */
void ym_outcome_read_judgement (YmOutcome *outcome, YmCborReader *reader);

G_END_DECLS
