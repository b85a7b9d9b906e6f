/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_TYPE_NEW_PASSPHRASE (ym_new_passphrase_get_type ())
G_DECLARE_FINAL_TYPE (YmNewPassphrase, ym_new_passphrase, YM, NEW_PASSPHRASE, GtkBox)

/**
 * ym_new_passphrase_new:
 *
 * Asks for a passphrase that is to be chosen: how strong it is, said while one types, and the same once more. Emits
 * "activate" (no arguments) on Enter in the last field.
 */
GtkWidget *ym_new_passphrase_new (void);

/** ym_new_passphrase_is_strong: Whether what is typed first is strong enough; changes with "changed" (no arguments). */
gboolean ym_new_passphrase_is_strong (YmNewPassphrase *self);

/** ym_new_passphrase_check: Whether it can be taken: strong, and typed twice alike; else says so where it is wrong. */
gboolean ym_new_passphrase_check (YmNewPassphrase *self);

/** ym_new_passphrase_take: (transfer full): Both fields are empty then. */
YmSecret *ym_new_passphrase_take (YmNewPassphrase *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
