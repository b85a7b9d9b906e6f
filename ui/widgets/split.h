/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_SPLIT (ym_split_get_type ())
G_DECLARE_FINAL_TYPE (YmSplit, ym_split, YM, SPLIT, GtkWidget)

/** YM_SPLIT_FOLD_PX: Narrower than this, or than both sides need, there is one page at a time. */
#define YM_SPLIT_FOLD_PX 700

/**
 * YmSplit:
 *
 * A list on one side and what is chosen from it on the other; where there is no room for both, one page
 * at a time with a way back (Alt+Left, Escape, the action "split.back").
 *
 * Properties: "sidebar" and "content" (GtkWidget), "folded" (boolean, read only, notified from an idle
 * handler, so that header bars may change in answer), "show-content" (boolean): whether, folded, the
 * content is the page shown. The focus goes with the page: to the content when it is opened, back to where
 * it was in the list when it is left.
 */
GtkWidget *ym_split_new (void);

void ym_split_set_sidebar (YmSplit *self, GtkWidget *sidebar);
GtkWidget *ym_split_get_sidebar (YmSplit *self);

void ym_split_set_content (YmSplit *self, GtkWidget *content);
GtkWidget *ym_split_get_content (YmSplit *self);

gboolean ym_split_get_folded (YmSplit *self);

void ym_split_set_show_content (YmSplit *self, gboolean show);
gboolean ym_split_get_show_content (YmSplit *self);

G_END_DECLS
