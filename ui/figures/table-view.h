/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/returns/table.h"

G_BEGIN_DECLS

#define YM_TYPE_TABLE_VIEW (ym_table_view_get_type ())
G_DECLARE_FINAL_TYPE (YmTableView, ym_table_view, YM, TABLE_VIEW, GtkWidget)

/**
 * ym_table_view_new:
 * @most: rows at most; the rest is said to be in the file
 *
 * A table to be read: as a grid where its columns fit, and row by row, each figure with its heading, where they don't.
 */
GtkWidget *ym_table_view_new (const YmTable *table, guint most);

G_END_DECLS
