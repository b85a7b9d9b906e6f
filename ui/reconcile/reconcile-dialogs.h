/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/reconcile/reconcile-model.h"
#include "ui/sheet.h"

G_BEGIN_DECLS

/** ym_reconcile_part_present: Asks whether the pair @item belongs together; parts it, or undoes what was joined by hand. */
void ym_reconcile_part_present (YmSheet *sheet, const YmId *home, YmReconcileItem *item);

/** ym_reconcile_join_present: Offers what @item may be joined with, the nearest first. */
void ym_reconcile_join_present (YmSheet *sheet, const YmReconcileAnswer *answer, YmReconcileItem *item);

/** ym_reconcile_withdraw_present: Asks whether the typed line @item was entered by mistake, and withdraws it. */
void ym_reconcile_withdraw_present (YmSheet *sheet, const YmId *home, YmReconcileItem *item);

/** YmReconcilePeriodChosen: The officer asked for other days or another tolerance. */
typedef void (*YmReconcilePeriodChosen) (YmSheet *sheet, const YmPeriod *period, int tolerance_minutes);

/** ym_reconcile_period_present: Asks for the days and the tolerance. */
void ym_reconcile_period_present (YmSheet *sheet, const YmPeriod *period, int tolerance_minutes,
                                  YmReconcilePeriodChosen chosen);

G_END_DECLS
