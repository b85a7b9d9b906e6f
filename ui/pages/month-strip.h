/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/rules/civil.h"

G_BEGIN_DECLS

#define YM_TYPE_MONTH_STRIP (ym_month_strip_get_type ())
G_DECLARE_FINAL_TYPE (YmMonthStrip, ym_month_strip, YM, MONTH_STRIP, GtkWidget)

/** ym_month_strip_new: This month in a line, its halves apart: the days with visits, those with visits to come, and today. */
GtkWidget *ym_month_strip_new (void);

/**
 * ym_month_strip_show:
 * @today: YM_DAY_NONE hides the strip
 * @homes: (nullable): a list of #YmHomeItem
 *
 * Of the homes that the officer is named for; of all, where there is none. Hidden while no visit is asked for.
 */
void ym_month_strip_show (YmMonthStrip *self, YmDay today, GListModel *homes);

G_END_DECLS
