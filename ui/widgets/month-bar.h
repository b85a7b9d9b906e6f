/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/rules/civil.h"

G_BEGIN_DECLS

#define YM_TYPE_MONTH_BAR (ym_month_bar_get_type ())
G_DECLARE_FINAL_TYPE (YmMonthBar, ym_month_bar, YM, MONTH_BAR, GtkWidget)

/**
 * ym_month_bar_new:
 * @month: the one shown first
 * @latest: the last that can be gone to
 *
 * A month with a way to the one before and the one after. Emits "changed" (no arguments) when another was chosen.
 */
GtkWidget *ym_month_bar_new (YmMonth month, YmMonth latest);

YmMonth ym_month_bar_get (YmMonthBar *self);

/** ym_month_say: (transfer full): "March 2026", in the language of the moment. */
char *ym_month_say (YmMonth month);

G_END_DECLS
