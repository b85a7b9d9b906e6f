/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ym_notify:
 * @state: such as "READY=1", "RELOADING=1", "STOPPING=1" or "STATUS=..." (sd_notify(3))
 *
 * Tells the service manager, if one asked to be told by $NOTIFY_SOCKET. Does nothing otherwise.
 *
 * Returns: FALSE with %YM_ERROR_NETWORK if it asked and could not be told
 */
gboolean ym_notify (const char *state, GError **error);

G_END_DECLS
