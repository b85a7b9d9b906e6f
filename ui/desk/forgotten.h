/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/secret.h"
#include "app/vault/options.h"

G_BEGIN_DECLS

#define YM_TYPE_FORGOTTEN (ym_forgotten_get_type ())
G_DECLARE_FINAL_TYPE (YmForgotten, ym_forgotten, YM, FORGOTTEN, GtkBox)

/**
 * ym_forgotten_new:
 * @directory: of the locked store
 * @options: copied
 *
 * The way back into a tablet whose passphrase is forgotten, step by step: a new passphrase, the request file and its
 * fingerprint, the administrator's answer. Emits "opened" (no arguments) when the new passphrase opens the store: take it
 * with ym_forgotten_take_passphrase().
 */
GtkWidget *ym_forgotten_new (const char *directory, const YmStoreOptions *options);

/** ym_forgotten_take_passphrase: (transfer full) (nullable): After "opened". */
YmSecret *ym_forgotten_take_passphrase (YmForgotten *self) G_GNUC_WARN_UNUSED_RESULT;

/** ym_forgotten_save_request: / ym_forgotten_take_answer: What the file dialogs lead to. */
void ym_forgotten_save_request (YmForgotten *self, GFile *file);
void ym_forgotten_take_answer (YmForgotten *self, GFile *file);

G_END_DECLS
