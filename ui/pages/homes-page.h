/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/pages/home-item.h"
#include "ui/widgets/page.h"

G_BEGIN_DECLS

#define YM_TYPE_HOMES_PAGE (ym_homes_page_get_type ())
G_DECLARE_FINAL_TYPE (YmHomesPage, ym_homes_page, YM, HOMES_PAGE, GtkWidget)

/**
 * ym_homes_page_new:
 *
 * My homes, what needs the officer first on top; found as one types (action "homes.search", Shift+Ctrl+F). Emits
 * "home-activated" (YmHomeItem) when one is chosen, and "sync-activated" (no arguments) when the line that says
 * what waits to be sent is pressed.
 */
GtkWidget *ym_homes_page_new (void);

/** ym_homes_page_set_model: @homes: (nullable): a list of #YmHomeItem in any order; may change while shown. */
void ym_homes_page_set_model (YmHomesPage *self, GListModel *homes);

/** ym_homes_page_set_today: The day by which the strip of the month is drawn; before it is told there is none. */
void ym_homes_page_set_today (YmHomesPage *self, YmDay today);

/**
 * ym_homes_page_set_sync:
 * @text: (nullable): plain text, such as "3 records wait to be sent"; %NULL when all is sent
 * @grave: whether something was refused, so that the officer has to do something
 */
void ym_homes_page_set_sync (YmHomesPage *self, const char *text, gboolean grave);

/** ym_homes_page_set_foot: Puts @foot below the list; once. */
void ym_homes_page_set_foot (YmHomesPage *self, GtkWidget *foot);

/** ym_homes_page_get_page: (transfer none): The frame with the header bar. */
YmPage *ym_homes_page_get_page (YmHomesPage *self);

G_END_DECLS
