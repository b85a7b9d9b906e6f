/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/search/search-item.h"

G_BEGIN_DECLS

/** ym_search_list_new: (transfer floating): A GtkListView of #YmSearchItem; what was found is activated by one press. */
GtkWidget *ym_search_list_new (GListModel *items);

G_END_DECLS
