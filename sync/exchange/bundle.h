/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "sync/exchange/limits.h"
#include "sync/exchange/parcel.h"

G_BEGIN_DECLS

/**
 * YmBundle:
 * @parcels: (element-type YmParcel): in the order to take them
 *
 * Envelopes in a file: a force's identity, or an offline batch. Not signed as a whole, because each
 * envelope proves itself.
 */
typedef struct {
  YmId force;
  GPtrArray *parcels;
} YmBundle;

YmBundle *ym_bundle_new (const YmId *force);
void ym_bundle_free (YmBundle *bundle);

/** ym_bundle_encode: (transfer full): NULL with YM_ERROR_INVALID if over a limit. */
GBytes *ym_bundle_encode (const YmBundle *bundle, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_bundle_decode: (transfer full): Takes hostile bytes. NULL with YM_ERROR_MALFORMED or YM_ERROR_NEWER. */
YmBundle *ym_bundle_decode (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmBundle, ym_bundle_free)

G_END_DECLS
