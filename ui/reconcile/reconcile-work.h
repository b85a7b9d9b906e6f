/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/reconciliation.h"

G_BEGIN_DECLS

/*
 * What the page that reconciles asks of the notebook (R5): each is a #YmWork on the data named.
 */

/**
 * YmReconcileAsk:
 * @home: whose logs
 * @visit: the visit at which it is done; zero for none
 * @period: `from` is YM_DAY_NONE for the days since the last reconciliation that was kept, or two months
 * @tolerance_minutes: 5 to 240
 */
typedef struct {
  YmId home;
  YmId visit;
  YmPeriod period;
  int tolerance_minutes;
} YmReconcileAsk;

/** YmReconcileAnswer: @log: (element-type YmReconciledPair): the home's lines of the period, the latest first. */
typedef struct {
  YmHomeReconciliation *result;
  GArray *log;
  char *home_name;
} YmReconcileAnswer;

void ym_reconcile_answer_free (gpointer answer);

/** ym_reconcile_read: @data: a #YmReconcileAsk. Returns: (transfer full): a #YmReconcileAnswer */
gpointer ym_reconcile_read (YmDesk *desk, gpointer data, GError **error);

/** ym_reconcile_keep: @data: a #YmReconcileAsk. Freezes the counts as they now stand. */
gpointer ym_reconcile_keep (YmDesk *desk, gpointer data, GError **error);

/** ym_reconcile_issue: @data: a #YmReconcileAsk. Returns: (transfer full): the #YmRecord of an issue, to be looked over */
gpointer ym_reconcile_issue (YmDesk *desk, gpointer data, GError **error);

/** YmReconcileLine: A line of the home's log to be written: @reason is 0 for none. */
typedef struct {
  YmId home;
  YmId visit;
  gint64 at_us;
  gint64 reason;
} YmReconcileLine;

/** ym_reconcile_add: @data: a #YmReconcileLine. On the writing lane. */
gpointer ym_reconcile_add (YmDesk *desk, gpointer data, GError **error);

/** YmReconcileMark: What an officer decided about two entries; @mark as for ym_reconciliation_mark(). */
typedef struct {
  YmId home;
  YmId call;
  YmId entry;
  gint64 logged_at_us;
  int mark;
} YmReconcileMark;

/** ym_reconcile_withdraw: @data: a #YmReconcileMark that names a typed line entered by mistake. On the writing lane. */
gpointer ym_reconcile_withdraw (YmDesk *desk, gpointer data, GError **error);

/** ym_reconcile_mark: @data: a #YmReconcileMark. On the writing lane. */
gpointer ym_reconcile_mark (YmDesk *desk, gpointer data, GError **error);

G_END_DECLS
