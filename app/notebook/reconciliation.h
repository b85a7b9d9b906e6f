/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "app/rules/reconcile.h"

G_BEGIN_DECLS

/**
 * YmLogEntry:
 * @record: a line of the home's own log, typed (`home_log_entry`) or imported (`imported_log_entry`)
 * @logged_at_us: when the home says that it called
 * @imported: whether an administrator imported it
 */
typedef struct {
  YmRecord *record;
  gint64 logged_at_us;
  gboolean imported;
} YmLogEntry;

void ym_log_entry_free (YmLogEntry *entry);

/** ym_home_log_between: (transfer full) (element-type YmLogEntry) (nullable): What stands, by time, then id. */
GPtrArray *ym_home_log_between (YmDesk *desk, const YmId *home, gint64 from_us, gint64 until_us, GError **error);
GPtrArray *ym_home_log_list (YmDesk *desk, const YmId *home, const YmPeriod *period, GError **error);

/**
 * ym_home_log_begin:
 * @visit: (nullable): the visit at which it is typed
 *
 * Returns: (transfer full): a new line, to be given its time and reason and saved with ym_home_log_save()
 */
YmRecord *ym_home_log_begin (YmDesk *desk, const YmId *home, const YmId *visit);

/** ym_home_log_save: @before: (nullable): as it was seen. On the writing lane. */
gboolean ym_home_log_save (YmDesk *desk, const YmRecord *before, const YmRecord *after,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * YmReconciledPair:
 * @call: (nullable) (transfer none): with the police
 * @entry: (nullable) (transfer none): with the home
 * @apart_us: how far apart, where there are both
 * @by_hand: an officer joined the two
 */
typedef struct {
  const YmCall *call;
  const YmLogEntry *entry;
  gint64 apart_us;
  gboolean by_hand;
} YmReconciledPair;

/**
 * YmHomeReconciliation:
 * @home: whose
 * @period: the days asked for
 * @tolerance_minutes: 5 to 240
 * @calls: (element-type YmCall): police calls looked at
 * @log: (element-type YmLogEntry): lines of the home's log looked at
 * @both: (element-type YmReconciledPair): by the police's time
 * @only_police: (element-type YmReconciledPair): by time
 * @only_home: (element-type YmReconciledPair): by time
 * @minutes_apart: of all pairs together, whole minutes
 * @by_hand: how many of @both an officer joined
 * @discrepancy_percent: only with the police, of all police calls of the period
 *
 * R5 for one home and period. A pair belongs to the period when the police call does; a line of the log just outside the
 * period may be the other half of a call within, and is looked at for that, but never listed as the home's alone.
 */
typedef struct {
  YmId home;
  YmPeriod period;
  int tolerance_minutes;
  GPtrArray *calls;
  GPtrArray *log;
  GArray *both;
  GArray *only_police;
  GArray *only_home;
  gint64 minutes_apart;
  guint by_hand;
  int discrepancy_percent;
} YmHomeReconciliation;

void ym_home_reconciliation_free (YmHomeReconciliation *reconciliation);

/** ym_home_reconciliation_n_police: Police calls of the period; ym_home_reconciliation_n_home: paired and unpaired lines. */
guint ym_home_reconciliation_n_police (const YmHomeReconciliation *reconciliation);
guint ym_home_reconciliation_n_home (const YmHomeReconciliation *reconciliation);

/** ym_home_reconcile: (transfer full) (nullable): Errors: YM_ERROR_INVALID for the tolerance or a period that ends before
 * it begins. */
YmHomeReconciliation *ym_home_reconcile (YmDesk *desk, const YmId *home, const YmPeriod *period, int tolerance_minutes,
                                         GError **error);

/**
 * ym_reconciliation_mark:
 * @mark: YM_PAIR_JOINED, _PARTED, or _UNDONE to leave the two to the rule again
 *
 * Keeps an officer's decision about two entries. On the writing lane.
 */
gboolean ym_reconciliation_mark (YmDesk *desk, const YmCall *call, const YmLogEntry *entry, int mark,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_reconciliation_save:
 * @visit: (nullable): the visit at which it was done
 *
 * Freezes the counts as a record. On the writing lane.
 */
gboolean ym_reconciliation_save (YmDesk *desk, const YmHomeReconciliation *reconciliation, const YmId *visit,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_reconciliation_last: (transfer full) (nullable): The last that was saved up to @before_us; %NULL without @error if
 * there is none. */
YmRecord *ym_reconciliation_last (YmDesk *desk, const YmId *home, gint64 before_us, GError **error);

/** ym_reconciliation_record_percent: The discrepancy of a saved one. */
int ym_reconciliation_record_percent (const YmRecord *record);

/**
 * ym_reconciliation_issue:
 *
 * Returns: (transfer full) (nullable): a new issue "call log discrepancy" with the figures, to be looked over and saved;
 * %NULL when no call is with the police alone
 */
YmRecord *ym_reconciliation_issue (YmDesk *desk, const YmHomeReconciliation *reconciliation, const YmId *visit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmLogEntry, ym_log_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmHomeReconciliation, ym_home_reconciliation_free)

G_END_DECLS
