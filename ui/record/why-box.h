/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_WHY_BOX (ym_why_box_get_type ())
G_DECLARE_FINAL_TYPE (YmWhyBox, ym_why_box, YM, WHY_BOX, GtkWidget)

/**
 * ym_why_box_new:
 *
 * Asks why a record about a child is opened (R13): one press for each usual reason, or words for another. Emits "answered"
 * (the choice as guint, the words or %NULL).
 */
GtkWidget *ym_why_box_new (void);

G_END_DECLS
