/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ym_compress: (transfer full): One zstd frame that states its content size; @bytes is not empty. */
GBytes *ym_compress (GBytes *bytes);

/**
 * ym_inflate:
 * @most: bytes that may come out
 *
 * Inflates one whole zstd frame (RFC 8878). A frame that does not state its content size, states more than
 * @most or nothing, or has anything after it, is refused before memory is taken.
 *
 * Returns: (transfer full): NULL with YM_ERROR_MALFORMED
 */
GBytes *ym_inflate (GBytes *frame, gsize most, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
