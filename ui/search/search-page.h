/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_SEARCH_PAGE (ym_search_page_get_type ())
G_DECLARE_FINAL_TYPE (YmSearchPage, ym_search_page, YM, SEARCH_PAGE, YmSheet)

/**
 * ym_search_page_new:
 *
 * The body of a page that finds everything on this device as it is typed, offline. What is chosen is opened by
 * ym_place_open().
 */
GtkWidget *ym_search_page_new (YmSession *session);

G_END_DECLS
