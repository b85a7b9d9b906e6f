/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * libadwaita's rows and toasts read their text as Pango markup: a home called "Jones & Co" would show as an
 * empty line. And on GTK 4.8 a list row has no accessible name unless it is given one. Make them here.
 */

/**
 * ym_row_new:
 * @title: plain text
 * @subtitle: (nullable): plain text
 *
 * Returns: (transfer floating): an AdwActionRow with that text and an accessible name
 */
GtkWidget *ym_row_new (const char *title, const char *subtitle);

/** ym_row_set_text: Changes both lines and the accessible name. */
void ym_row_set_text (AdwActionRow *row, const char *title, const char *subtitle);

/** ym_icon_button_new: A flat button with only an icon; @label is its accessible name and tooltip. */
GtkWidget *ym_icon_button_new (const char *icon, const char *label);

/** ym_toast: Says @text (plain) for a few seconds at the foot of @overlay. */
void ym_toast (AdwToastOverlay *overlay, const char *text);

/** ym_say: Sets the accessible name of any widget. */
void ym_say (gpointer widget, const char *name);

G_END_DECLS
