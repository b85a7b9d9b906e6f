/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** ym_menu_button_new: The main menu, as every page has it: language, preferences, keys, about, lock. */
GtkWidget *ym_menu_button_new (void);

/** ym_language_switch_new: The languages side by side, each in its own words, for pages before the unlock. */
GtkWidget *ym_language_switch_new (void);

G_END_DECLS
