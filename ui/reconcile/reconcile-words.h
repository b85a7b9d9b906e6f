/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/reconcile/reconcile-model.h"

G_BEGIN_DECLS

/** ym_reconcile_sentence: (transfer full): "22 by the police, 4 in the home's log: 18 only with the police, 82 %". */
char *ym_reconcile_sentence (const YmHomeReconciliation *result);

/** ym_reconcile_period_text: (transfer full): "01/01/2026 to 20/01/2026 · 30 min". */
char *ym_reconcile_period_text (const YmPeriod *period, int tolerance_minutes);

/** ym_reconcile_apart_text: (transfer full): "8 minutes apart", "at the same minute". */
char *ym_reconcile_apart_text (gint64 apart_us);

/** ym_reconcile_side_text: (transfer full): "Tuesday 3 March, 14:32 · Missing"; the time alone without @with_day. */
char *ym_reconcile_side_text (const YmReconcileSide *side, gboolean with_day);

/** ym_reconcile_list_title: (transfer full): "Only with the police: 18". */
char *ym_reconcile_list_title (YmReconcileList which, guint n_rows);

G_END_DECLS
