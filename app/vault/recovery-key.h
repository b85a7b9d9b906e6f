/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/vault/options.h"
#include "app/vault/sealed-box.h"

G_BEGIN_DECLS

/**
 * ym_recovery_key_make:
 * @path: of the file; must not be there
 * @passphrase: judge it before with ym_passphrase_score()
 * @public_key: (out)
 *
 * Makes a force's recovery key, durably: an X25519 key in a file of its own, wrapped by a passphrase of its own, because
 * whoever has both can read every tablet that is brought.
 */
gboolean ym_recovery_key_make (const char *path, const YmSecret *passphrase, const YmStoreOptions *options,
                               guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_recovery_key_open:
 * @public_key: (out)
 *
 * Returns: (transfer full) (nullable): the secret half; %NULL with YM_ERROR_NOT_FOUND, PASSPHRASE, DAMAGED, NEWER, STORAGE
 */
YmSecret *ym_recovery_key_open (const char *path, const YmSecret *passphrase, const YmStoreOptions *options,
                                guint8 public_key[YM_BOX_PUBLIC_KEY_BYTES], GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
