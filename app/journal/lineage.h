/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/cbor.h"
#include "app/journal/envelope.h"

G_BEGIN_DECLS

#define YM_LINEAGE_MAX_PAST 256

/**
 * YmLineage:
 * @past: (element-type YmPosition): the last position of each epoch that went before, numbers ascending
 * @epoch: the present one
 *
 * How a ledger became what it is: each time it was put back from a backup, a new epoch went on from the last number that
 * the backup had. Positions above such a number exist no more.
 */
typedef struct {
  GArray *past;
  YmId epoch;
} YmLineage;

/** ym_lineage_init: Of a new ledger. */
void ym_lineage_init (YmLineage *lineage, const YmId *epoch);
void ym_lineage_clear (YmLineage *lineage);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (YmLineage, ym_lineage_clear)

/** ym_lineage_branch: A new epoch goes on after @number. An epoch that has no position left is left out. */
void ym_lineage_branch (YmLineage *lineage, guint64 number, const YmId *epoch);

/**
 * ym_lineage_shared:
 *
 * Up to which number two ledgers are one: %G_MAXINT64 if they are the same, 0 if nothing is shared.
 */
guint64 ym_lineage_shared (const YmLineage *a, const YmLineage *b);

/**
 * ym_lineage_reach:
 * @position: of this ledger, or of one that it went on from
 *
 * How much of what is up to @position is in this ledger: its number if all is, less if the ledger left that epoch before,
 * 0 for an epoch that it never had.
 */
guint64 ym_lineage_reach (const YmLineage *lineage, const YmPosition *position);

/** ym_lineage_position: The number as a position: with the epoch in which it was given out. */
YmPosition ym_lineage_position (const YmLineage *lineage, guint64 number);

/** ym_lineage_write_past: / ym_lineage_read_past: `past` alone, as [[epoch, number], ...]. */
void ym_lineage_write_past (const YmLineage *lineage, YmCborWriter *writer);
void ym_lineage_read_past (YmCborReader *reader, YmLineage *lineage);

/** ym_lineage_encode_past: / ym_lineage_decode_past: Likewise, as bytes of their own. */
GBytes *ym_lineage_encode_past (const YmLineage *lineage);
gboolean ym_lineage_decode_past (GBytes *bytes, YmLineage *lineage, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
