/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/edition.h"
#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_RETURN_PAGE (ym_return_page_get_type ())
G_DECLARE_FINAL_TYPE (YmReturnPage, ym_return_page, YM, RETURN_PAGE, YmSheet)

/**
 * ym_return_page_new:
 *
 * The body of a page with the monthly return of the force (R7), for its lead: looked at in either language, issued with its
 * recipient (R13), saved as a file; and every issue there was.
 */
GtkWidget *ym_return_page_new (YmSession *session);

/** ym_return_page_save: Writes what is shown to @path, off the main loop; what came of it is said on the page. */
void ym_return_page_save (YmReturnPage *self, YmReturnFormat format, const char *path);

G_END_DECLS
