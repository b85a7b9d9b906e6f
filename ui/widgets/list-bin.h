/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_LIST_BIN (ym_list_bin_get_type ())
G_DECLARE_FINAL_TYPE (YmListBin, ym_list_bin, YM, LIST_BIN, GtkWidget)

/**
 * ym_list_bin_new:
 * @list: a GtkListView; the scrolled window goes round the bin
 *
 * Makes a list one stop of the Tab key: Tab enters it at the row that had the focus last and the next Tab
 * leaves it; arrow keys walk the rows. On GTK 4.8 Tab would walk through every row.
 */
GtkWidget *ym_list_bin_new (GtkWidget *list);

G_END_DECLS
