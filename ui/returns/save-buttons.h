/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/returns/edition.h"

G_BEGIN_DECLS

/** ym_save_buttons_append: A button for each format to @box; @clicked is connected to each with @object. */
void ym_save_buttons_append (GtkBox *box, GCallback clicked, gpointer object);

/** ym_save_button_format: What the button that was clicked stands for. */
YmReturnFormat ym_save_button_format (GtkButton *button);

G_END_DECLS
