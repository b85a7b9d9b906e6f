/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * ym_wrap_button_new:
 * @text: plain text
 *
 * Returns: (transfer floating): a button for fingers at the start of its line, whose words wrap before they are cut
 */
GtkWidget *ym_wrap_button_new (const char *text);

/** ym_wrap_button_set_text: Another label, and another name. */
void ym_wrap_button_set_text (GtkWidget *button, const char *text);

G_END_DECLS
