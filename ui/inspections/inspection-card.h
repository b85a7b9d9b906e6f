/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/inspections.h"

G_BEGIN_DECLS

#define YM_TYPE_INSPECTION_CARD (ym_inspection_card_get_type ())
G_DECLARE_FINAL_TYPE (YmInspectionCard, ym_inspection_card, YM, INSPECTION_CARD, GtkWidget)

/**
 * ym_inspection_card_new:
 *
 * One joint inspection (R6): its state, who must do what next, what was recorded, the actions. Emits "step" and "add" (no
 * arguments), and "change" (the place of an action as guint).
 */
GtkWidget *ym_inspection_card_new (void);

/** ym_inspection_card_show: Shows @inspection; the same again changes nothing. It is copied no further than this call. */
void ym_inspection_card_show (YmInspectionCard *self, const YmInspection *inspection);

G_END_DECLS
