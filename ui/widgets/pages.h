/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/page.h"

G_BEGIN_DECLS

#define YM_TYPE_PAGES (ym_pages_get_type ())
G_DECLARE_FINAL_TYPE (YmPages, ym_pages, YM, PAGES, GtkWidget)

/**
 * YmPages:
 *
 * Pages on top of each other: a home, its visit, an issue of it. The action "page.back" (Alt+Left, Escape)
 * leaves the topmost; on the first page it activates "split.back" if @folded was set. Emits "left"
 * (YmPage) when a page was popped, before it is let go.
 */
GtkWidget *ym_pages_new (void);

/** ym_pages_reset: Forgets all pages and begins with @page. */
void ym_pages_reset (YmPages *self, YmPage *page);

/** ym_pages_push: Shows @page on top; the focus goes to it. */
void ym_pages_push (YmPages *self, YmPage *page);

/** ym_pages_pop: Leaves the topmost page; %FALSE if it is the only one. The focus goes back to where it was. */
gboolean ym_pages_pop (YmPages *self);

/** ym_pages_get_top: (transfer none) (nullable): The page that is seen. */
YmPage *ym_pages_get_top (YmPages *self);

/**
 * ym_pages_set_folded:
 *
 * Whether these are the only pages seen: the first, too, has something to go back to then, and the header bar
 * carries the menu and all of the window's buttons.
 */
void ym_pages_set_folded (YmPages *self, gboolean folded);

G_END_DECLS
