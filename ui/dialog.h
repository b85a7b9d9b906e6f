/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ym_dialog_new:
 * @parent: (nullable): the window it stands over
 * @body: what is in it; set in a scrolled column
 *
 * Returns: (transfer none): a modal window with a header bar, not presented yet; Escape closes it
 */
GtkWidget *ym_dialog_new (GtkWindow *parent, const char *title, GtkWidget *body, int width_px, int height_px);

G_END_DECLS
