/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ym_scroll_keep_focus:
 *
 * Keeps what has the focus in sight when the window becomes lower, as when an on-screen keyboard comes up. GTK scrolls
 * only when the focus moves.
 */
void ym_scroll_keep_focus (GtkScrolledWindow *scrolled);

G_END_DECLS
