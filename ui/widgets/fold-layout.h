/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_FOLD_LAYOUT (ym_fold_layout_get_type ())
G_DECLARE_FINAL_TYPE (YmFoldLayout, ym_fold_layout, YM, FOLD_LAYOUT, GtkLayoutManager)

/**
 * ym_fold_layout_new:
 * @gap_px: between children
 * @equal: whether children beside each other fill the width, all as wide as the widest where there is room
 *
 * Children beside each other while their words fit, below each other otherwise. For controls that must
 * never be cut, at any text size.
 */
GtkLayoutManager *ym_fold_layout_new (int gap_px, gboolean equal);

G_END_DECLS
