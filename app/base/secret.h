/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * YmSecret:
 *
 * Bytes that must not outlive their use: between guard pages (which small secrets share), kept out of swap and core
 * dumps where the kernel allows it, and wiped when freed. Its length is fixed. Not reference counted: one owner.
 */
typedef struct _YmSecret YmSecret;

/** ym_secret_new: (transfer full): @length zero bytes. Aborts when there is no memory, as g_malloc() does. */
YmSecret *ym_secret_new (gsize length) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_secret_new_from_passphrase:
 * @text: what was typed, UTF-8; need not end in a zero byte
 * @length: of @text in bytes
 *
 * The same words typed on any keyboard give the same bytes: letters beyond ASCII (ŵ, ŷ) are brought to
 * Unicode normal form C. Bytes that are not UTF-8 are taken as they are. The caller wipes @text.
 *
 * Returns: (transfer full): the passphrase
 */
YmSecret *ym_secret_new_from_passphrase (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;

/** ym_secret_copy: (transfer full): the same bytes. */
YmSecret *ym_secret_copy (const YmSecret *secret) G_GNUC_WARN_UNUSED_RESULT;

/** ym_secret_data: (transfer none): the bytes, valid until ym_secret_free(). */
guint8 *ym_secret_data (const YmSecret *secret);
gsize ym_secret_length (const YmSecret *secret);

/** ym_secret_free: Wipes and frees; NULL is allowed. */
void ym_secret_free (YmSecret *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmSecret, ym_secret_free)

G_END_DECLS
