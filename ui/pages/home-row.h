/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** ym_home_row_factory_new: (transfer full): Rows for a list of #YmHomeItem, with headings (GtkStringObject) between them. */
GtkListItemFactory *ym_home_row_factory_new (void);

G_END_DECLS
