/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/journal/cbor.h"
#include "app/journal/envelope.h"

G_BEGIN_DECLS

/**
 * YmParcel:
 * @envelope: the whole signed bytes
 * @change_set: (nullable): what it signs for; NULL if erased (R14) or withheld
 *
 * One envelope on its way, with its change set beside it. Neither is looked into: ym_envelope_decode()
 * and ym_envelope_check_change_set() do that.
 */
typedef struct {
  GBytes *envelope;
  GBytes *change_set;
} YmParcel;

/** ym_parcel_new: Takes references of its own. */
YmParcel *ym_parcel_new (GBytes *envelope, GBytes *change_set);
void ym_parcel_free (YmParcel *parcel);

/** ym_parcel_get_size: Bytes of both together, as the limits count them. */
gsize ym_parcel_get_size (const YmParcel *parcel);

/** ym_parcel_write: Two items, envelope and change set or null; the caller opened the array. */
void ym_parcel_write (const YmParcel *parcel, YmCborWriter *writer);

/** ym_parcel_read: (transfer full): Two items; NULL after a failure. */
YmParcel *ym_parcel_read (YmCborReader *reader);

/** ym_parcels_write: An array of parcels, each an array of two items; @parcels: (element-type YmParcel). */
void ym_parcels_write (GPtrArray *parcels, YmCborWriter *writer);

/** ym_parcels_read: Such an array of at most @most, appended to @parcels; a failure stays in the reader. */
void ym_parcels_read (YmCborReader *reader, gsize most, GPtrArray *parcels);

/** ym_group_new: (transfer full): An empty group: a GPtrArray of YmParcel that owns them. */
GPtrArray *ym_group_new (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmParcel, ym_parcel_free)

G_END_DECLS
