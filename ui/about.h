/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** ym_about_window_new: What this is, which version, under which licence. */
GtkWidget *ym_about_window_new (GtkWindow *parent);

G_END_DECLS
