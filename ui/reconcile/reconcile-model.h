/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/notebook/reconciliation.h"
#include "ui/reconcile/reconcile-work.h"

G_BEGIN_DECLS

/** YmReconcileSide: One of the two entries of a row; all zero where there is none. @reason: 0 for none. */
typedef struct {
  YmId id;
  gint64 at_us;
  gint64 reason;
} YmReconcileSide;

/**
 * YmReconcileRow:
 * @call: with the police
 * @entry: with the home
 * @incident_ref: (nullable): of the call
 * @imported: whether the entry was imported, and not typed
 *
 * What a row shows: values alone, so that a row that stays on the screen keeps no old answer alive.
 */
typedef struct {
  gboolean has_call;
  gboolean has_entry;
  YmReconcileSide call;
  YmReconcileSide entry;
  char *incident_ref;
  gint64 apart_us;
  gboolean by_hand;
  gboolean imported;
} YmReconcileRow;

#define YM_TYPE_RECONCILE_ITEM (ym_reconcile_item_get_type ())
G_DECLARE_FINAL_TYPE (YmReconcileItem, ym_reconcile_item, YM, RECONCILE_ITEM, GObject)

/** ym_reconcile_item_new: A row by itself, such as one that an entry may be joined with. */
YmReconcileItem *ym_reconcile_item_new (const YmReconciledPair *pair);

/** ym_reconcile_item_get: (transfer none): One row: a pair, or one of the two alone. Valid as long as the item. */
const YmReconcileRow *ym_reconcile_item_get (YmReconcileItem *self);

/** YmReconcileList: Which of the answer's lists. */
typedef enum {
  YM_RECONCILE_BOTH,
  YM_RECONCILE_ONLY_POLICE,
  YM_RECONCILE_ONLY_HOME,
  YM_RECONCILE_LOG,
  YM_RECONCILE_N_LISTS,
} YmReconcileList;

/** ym_reconcile_list: (transfer none) (element-type YmReconciledPair): One of the lists of an answer. */
GArray *ym_reconcile_list (const YmReconcileAnswer *answer, YmReconcileList which);

#define YM_TYPE_RECONCILE_MODEL (ym_reconcile_model_get_type ())
G_DECLARE_FINAL_TYPE (YmReconcileModel, ym_reconcile_model, YM, RECONCILE_MODEL, GObject)

/**
 * ym_reconcile_model_new:
 *
 * One list of an answer as a GListModel of #YmReconcileItem. Items are made when somebody looks at them: ten thousand
 * entries cost what is on the screen.
 */
YmReconcileModel *ym_reconcile_model_new (YmReconcileList which);

/**
 * ym_reconcile_model_show:
 * @box: from ym_reconcile_box_new(); the model keeps a reference
 *
 * Shows another answer; what begins and ends alike is not told as changed, so that a list keeps its place.
 */
void ym_reconcile_model_show (YmReconcileModel *self, YmReconcileAnswer **box);

/** ym_reconcile_box_new: (transfer full): @answer (transfer full) in a box with references; ym_reconcile_box_unref(). */
YmReconcileAnswer **ym_reconcile_box_new (YmReconcileAnswer *answer);
void ym_reconcile_box_unref (YmReconcileAnswer **box);

G_END_DECLS
