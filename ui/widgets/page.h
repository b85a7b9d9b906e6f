/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define YM_TYPE_PAGE (ym_page_get_type ())
G_DECLARE_FINAL_TYPE (YmPage, ym_page, YM, PAGE, GtkWidget)

/**
 * ym_page_new:
 * @title: plain text
 * @body: what is on the page; scrolls itself where it must
 *
 * A page with its header bar: a way back where there is one, the title, what belongs to the page, and the
 * main menu, which has the language switch.
 */
YmPage *ym_page_new (const char *title, GtkWidget *body);

/** ym_page_set_title: @subtitle: (nullable). Plain text. */
void ym_page_set_title (YmPage *self, const char *title, const char *subtitle);
const char *ym_page_get_title (YmPage *self);

/** ym_page_add_end: Puts @widget into the header bar, before the menu. */
void ym_page_add_end (YmPage *self, GtkWidget *widget);

/** ym_page_add_bar: Puts @bar, such as a search bar or a banner, between header and body. */
void ym_page_add_bar (YmPage *self, GtkWidget *bar);

/** ym_page_set_back: Whether there is a way back; it activates the action "page.back". */
void ym_page_set_back (YmPage *self, gboolean shown);

/** ym_page_set_window_buttons: Which of the window's buttons the header bar carries. */
void ym_page_set_window_buttons (YmPage *self, gboolean at_start, gboolean at_end);

/** ym_page_set_menu: Whether the main menu is here; it is, unless a page beside this one has it. */
void ym_page_set_menu (YmPage *self, gboolean shown);

GtkWidget *ym_page_get_body (YmPage *self);

/** ym_page_clamp: @child in a scrolled column of a width that reads well. */
GtkWidget *ym_page_clamp (GtkWidget *child);

G_END_DECLS
