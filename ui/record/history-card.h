/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/notebook/history.h"

G_BEGIN_DECLS

/**
 * ym_history_card_new:
 * @with_changes: FALSE where what it began with stands above already
 *
 * Returns: (transfer floating): one save of a record: when, by whom, and each field from → to
 */
GtkWidget *ym_history_card_new (const YmHistoryStep *step, gboolean with_changes);

G_END_DECLS
