/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/pages/homes-page.h"
#include "ui/widgets/pages.h"

G_BEGIN_DECLS

#define YM_TYPE_WORKING_PAGE (ym_working_page_get_type ())
G_DECLARE_FINAL_TYPE (YmWorkingPage, ym_working_page, YM, WORKING_PAGE, GtkWidget)

/**
 * ym_working_page_new:
 *
 * Where the officer works once the store is open: my homes on one side, what is open on the other. Holds
 * everything that may not be seen after locking: drop it, and it is gone.
 */
GtkWidget *ym_working_page_new (void);

/** ym_working_page_get_homes: (transfer none): The list. */
YmHomesPage *ym_working_page_get_homes (YmWorkingPage *self);

/** ym_working_page_get_pages: (transfer none): For pushing pages on the one that ym_working_page_open() began. */
YmPages *ym_working_page_get_pages (YmWorkingPage *self);

/** ym_working_page_open: Begins anew with @page on the right, and shows it where there is one page at a time. */
void ym_working_page_open (YmWorkingPage *self, YmPage *page);

/** ym_working_page_push: Shows @page on top of what is seen on the right; begins anew with it where the list is seen alone. */
void ym_working_page_push (YmWorkingPage *self, YmPage *page);

/** ym_working_page_shows_pages: FALSE where there is one page at a time, and that is the list. */
gboolean ym_working_page_shows_pages (YmWorkingPage *self);

G_END_DECLS
