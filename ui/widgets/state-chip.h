/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/rules/visit-window.h"

G_BEGIN_DECLS

#define YM_TYPE_STATE_CHIP (ym_state_chip_get_type ())
G_DECLARE_FINAL_TYPE (YmStateChip, ym_state_chip, YM, STATE_CHIP, GtkWidget)

/** YmStateChip: How a home stands today (R1), by colour, icon and word. */
GtkWidget *ym_state_chip_new (void);

/** ym_state_chip_set: YM_STANDING_NONE hides it. */
void ym_state_chip_set (YmStateChip *self, YmVisitStanding standing);

/** ym_standing_word: (transfer none): "overdue", translated; "" for YM_STANDING_NONE. */
const char *ym_standing_word (YmVisitStanding standing);

G_END_DECLS
