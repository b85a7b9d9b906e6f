/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/cbor.h"

G_BEGIN_DECLS

/**
 * YmBackfill:
 * @scope: a home that the device may see now and could not before
 * @number: everything of it up to this position has been delivered; 0 before the first
 * @complete: and that is all up to the cursor; only in a response
 *
 * How far the old entries of a home have come. Old are those up to the device's cursor; later ones come with the rest.
 */
typedef struct {
  YmId scope;
  guint64 number;
  gboolean complete;
} YmBackfill;

/** ym_backfills_write: @backfills: (element-type YmBackfill): in any order; written by ascending scope. */
void ym_backfills_write (GArray *backfills, gboolean with_complete, YmCborWriter *writer);

/** ym_backfills_read: Appends to @backfills; fails on a scope that is named twice. */
void ym_backfills_read (YmCborReader *reader, gboolean with_complete, GArray *backfills);

G_END_DECLS
