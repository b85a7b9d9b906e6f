/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/secret.h"

G_BEGIN_DECLS

#define YM_TYPE_SECRET_BUFFER (ym_secret_buffer_get_type ())
G_DECLARE_FINAL_TYPE (YmSecretBuffer, ym_secret_buffer, YM, SECRET_BUFFER, GtkEntryBuffer)

/** YM_SECRET_BUFFER_MAX_BYTES: What can be typed, in UTF-8; more is refused. */
#define YM_SECRET_BUFFER_MAX_BYTES 512

/**
 * ym_secret_buffer_new:
 *
 * The text of an entry for a passphrase. What is typed is kept in guarded memory; whoever asks the buffer
 * for its text (GTK's drawing, the clipboard, drag and drop, a screen reader) gets one bullet for each
 * character. Turn off the entry's undo: it would keep what was typed.
 */
GtkEntryBuffer *ym_secret_buffer_new (void);

/**
 * ym_secret_buffer_get:
 *
 * Returns: (transfer full): the passphrase typed so far, for judging its strength or for use
 */
YmSecret *ym_secret_buffer_get (YmSecretBuffer *self) G_GNUC_WARN_UNUSED_RESULT;

/** ym_secret_buffer_take: As ym_secret_buffer_get(), and empties the buffer. */
YmSecret *ym_secret_buffer_take (YmSecretBuffer *self) G_GNUC_WARN_UNUSED_RESULT;

/** ym_secret_buffer_equal: Whether both hold the same, in a time that doesn't tell where they differ. */
gboolean ym_secret_buffer_equal (YmSecretBuffer *a, YmSecretBuffer *b);

G_END_DECLS
