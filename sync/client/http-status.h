/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_http_status_check:
 *
 * Whether an answer is what was asked for, 200. Otherwise @error says what to do; its code is YM_ERROR_NETWORK where trying
 * again may help.
 */
gboolean ym_http_status_check (guint status, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
