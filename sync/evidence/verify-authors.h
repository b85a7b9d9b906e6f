/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/journal/arrival.h"
#include "sync/evidence/evidence.h"

G_BEGIN_DECLS

/**
 * YmKnownKey:
 * @public_key: Ed25519
 * @kind: YM_DEVICE_KIND_..., or 0 for a server
 * @officer: zero for who is none
 * @name: (nullable): of the device
 * @revoked_at_us: G_MAXINT64 for what was not revoked
 * @good_chain: what a revocation left standing whatever the server had taken by then: this chain,
 * @good_until: up to this number; 0 for nothing
 *
 * A key that the root key certified, as the evidence has it.
 */
typedef struct {
  guint8 public_key[YM_PUBLIC_KEY_BYTES];
  guint kind;
  YmId officer;
  char *name;
  gint64 revoked_at_us;
  YmId good_chain;
  guint64 good_until;
} YmKnownKey;

/**
 * ym_known_keys_read:
 * @arrivals: (element-type YmArrival): of the evidence, decoded
 *
 * Verifies every envelope of the force's identity by the root key, and takes devices, servers and revocations from them.
 *
 * Returns: (transfer full) (element-type YmId YmKnownKey) (nullable): by id. Errors: YM_ERROR_SIGNATURE
 */
GHashTable *ym_known_keys_read (const guint8 root_key[YM_PUBLIC_KEY_BYTES], GPtrArray *arrivals, GError **error);

G_END_DECLS
