/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ym_ctl_write_file: A new file that only its owner can read: what is there already is never written over. */
gboolean ym_ctl_write_file (const char *path, GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_ctl_read_file: (transfer full) (nullable): A whole file of at most @most bytes. Errors: YM_ERROR_NOT_FOUND. */
GBytes *ym_ctl_read_file (const char *path, gsize most, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
