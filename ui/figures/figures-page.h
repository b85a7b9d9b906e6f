/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/returns/edition.h"
#include "ui/sheet.h"

G_BEGIN_DECLS

#define YM_TYPE_FIGURES_PAGE (ym_figures_page_get_type ())
G_DECLARE_FINAL_TYPE (YmFiguresPage, ym_figures_page, YM, FIGURES_PAGE, YmSheet)

/**
 * ym_figures_page_new:
 * @home: (nullable): one home; %NULL for a page that asks which homes: one, those of a provider or an area, or all
 *
 * The body of a page that says whether it works (R10): some months against the same of the year before and against the time
 * before there was a named officer, in sentences, tables and charts; when calls come; and the home's own monthly figures,
 * which can be typed.
 */
GtkWidget *ym_figures_page_new (YmSession *session, const YmId *home);

/** ym_figures_page_save: Writes what is shown to @path, and says so or why not; what the file dialog leads to. */
void ym_figures_page_save (YmFiguresPage *self, YmReturnFormat format, const char *path);

G_END_DECLS
