/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/widgets/secret-buffer.h"

G_BEGIN_DECLS

#define YM_TYPE_PASSPHRASE_ROW (ym_passphrase_row_get_type ())
G_DECLARE_FINAL_TYPE (YmPassphraseRow, ym_passphrase_row, YM, PASSPHRASE_ROW, GtkWidget)

/**
 * ym_passphrase_row_new:
 * @title: plain text, such as "Passphrase"; also settable as the property "title"
 *
 * Asks for a passphrase: bullets only, a hint while Caps Lock is on, what is wrong said under it. Emits
 * "changed" while one types and "activate" on Enter (no arguments).
 */
GtkWidget *ym_passphrase_row_new (const char *title);

/** ym_passphrase_row_get_buffer: (transfer none): What is typed. */
YmSecretBuffer *ym_passphrase_row_get_buffer (YmPassphraseRow *self);

/** ym_passphrase_row_set_error: @error: (nullable): a sentence, plain text. */
void ym_passphrase_row_set_error (YmPassphraseRow *self, const char *error);

/** ym_passphrase_row_set_enabled: Whether one can type; the error stays readable either way. */
void ym_passphrase_row_set_enabled (YmPassphraseRow *self, gboolean enabled);

G_END_DECLS
