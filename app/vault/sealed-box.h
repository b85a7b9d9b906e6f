/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/random.h"
#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_BOX_PUBLIC_KEY_BYTES 32
#define YM_BOX_SECRET_KEY_BYTES 32
#define YM_BOX_EXTRA_BYTES (32 + 24 + 16) /* one-time key, nonce, tag */

/**
 * ym_box_seal:
 * @public_key: X25519: whose secret key will open it
 * @label: what it is for
 * @associated: (array length=associated_length): what it belongs to; not in the box, but it opens with the same only
 *
 * Seals @content so that nobody opens it but who has the secret key, not even who sealed it.
 *
 * Returns: (transfer full) (nullable): YM_BOX_EXTRA_BYTES longer than @content; %NULL if @public_key can't be one
 */
GBytes *ym_box_seal (const guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], const char *label, gconstpointer associated,
                     gsize associated_length, const YmSecret *content, const YmRandom *random);

/** ym_box_open: (transfer full) (nullable): The content; %NULL if it is not what was sealed for this key, label and @associated. */
YmSecret *ym_box_open (const YmSecret *secret_key, const char *label, gconstpointer associated,
                       gsize associated_length, gconstpointer box, gsize length);

/** ym_box_public_key: The public half of @secret_key, any YM_BOX_SECRET_KEY_BYTES random bytes. */
void ym_box_public_key (const YmSecret *secret_key, guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES]);

G_END_DECLS
