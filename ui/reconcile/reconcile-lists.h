/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/reconcile/reconcile-model.h"

G_BEGIN_DECLS

#define YM_TYPE_RECONCILE_LISTS (ym_reconcile_lists_get_type ())
G_DECLARE_FINAL_TYPE (YmReconcileLists, ym_reconcile_lists, YM, RECONCILE_LISTS, GtkWidget)

/**
 * ym_reconcile_lists_new:
 * @lists: (array length=n_lists): which of the lists of an answer
 *
 * Lists of a reconciliation: beside each other where there is room, one below the other where there is not. The two halves
 * of a pair are drawn together. Emits "activated" (a #YmReconcileItem) when a row is pressed.
 */
GtkWidget *ym_reconcile_lists_new (const YmReconcileList *lists, guint n_lists);

/** ym_reconcile_lists_show: @box: from ym_reconcile_box_new(). */
void ym_reconcile_lists_show (YmReconcileLists *self, YmReconcileAnswer **box);

G_END_DECLS
