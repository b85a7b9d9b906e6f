/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_process_harden:
 *
 * For the start of every program that opens a store, once and before anything uses SQLite: no core dumps, no other
 * process of the same user may read this one's memory, and SQLite wipes what it frees, so that pages of a locked
 * store don't linger. YM_ERROR_STORAGE if the kernel refuses, YM_ERROR_INVALID if SQLite is in use already.
 */
gboolean ym_process_harden (GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
