/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/id.h"

G_BEGIN_DECLS

#define YM_DIGEST_KEY_BYTES 32

/**
 * YmDigest:
 *
 * A keyed set hash over the rows of the synced tables: each row's BLAKE2b-256 under a secret key, added modulo
 * 2^256. Order does not matter, a row is added or taken out at the cost of that row, and a page that was put
 * back from an older copy of the file shows as a sum that is not the sealed one.
 */
typedef struct {
  guint8 key[YM_DIGEST_KEY_BYTES];
  YmHash sum;
} YmDigest;

/** ym_digest_add: Counts a row in; @row is any unambiguous encoding of it. */
void ym_digest_add (YmDigest *digest, GBytes *row);

/** ym_digest_remove: Takes a row out that was counted in. */
void ym_digest_remove (YmDigest *digest, GBytes *row);

G_END_DECLS
