/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/id.h"
#include "app/journal/cbor.h"

G_BEGIN_DECLS

/* Sequence numbers and positions fit SQLite's integer. */
#define YM_SEQUENCE_MAX ((guint64) G_MAXINT64)

/**
 * YmChainPoint:
 *
 * One envelope of a device's chain: its place and the hash of its whole bytes.
 */
typedef struct {
  YmId chain;
  guint64 sequence; /* from 1 */
  YmHash hash;
} YmChainPoint;

/** ym_chain_point_write: An array of three: chain, sequence, hash. */
void ym_chain_point_write (const YmChainPoint *point, YmCborWriter *writer);
YmChainPoint ym_chain_point_read (YmCborReader *reader);

/** ym_chain_points_write: @points: (element-type YmChainPoint): in any order; written by ascending chain. */
void ym_chain_points_write (GArray *points, YmCborWriter *writer);

/** ym_chain_points_read: Appends to @points; fails on more than @most, or a chain that is named twice. */
void ym_chain_points_read (YmCborReader *reader, gsize most, GArray *points);

G_END_DECLS
