/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_process_harden:
 *
 * For the start of every program that opens a store: no core dumps, and no other process of the same user may
 * read this one's memory. YM_ERROR_STORAGE if the kernel refuses.
 */
gboolean ym_process_harden (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
