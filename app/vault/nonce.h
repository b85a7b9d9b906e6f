/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "app/base/random.h"
#include "app/vault/cipher.h"

G_BEGIN_DECLS

/**
 * YmNonces:
 *
 * Random nonces, drawn many at a time. A child process after fork() draws its own: what the parent had drawn
 * and not yet used is not handed out twice. May be used from several threads.
 */
typedef struct _YmNonces YmNonces;

/** ym_nonces_new: (transfer full): draws from @random, which outlives it. */
YmNonces *ym_nonces_new (const YmRandom *random);
void ym_nonces_free (YmNonces *nonces);
void ym_nonces_take (YmNonces *nonces, guint8 nonce[YM_CIPHER_NONCE_BYTES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmNonces, ym_nonces_free)

G_END_DECLS
