/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/calls.h"
#include "app/rules/trigger.h"

G_BEGIN_DECLS

/**
 * YmInspection:
 * @home: whose
 * @month: the month whose calls raised it
 * @n_calls: the calls of that month as they now stand
 * @threshold: the call that raises it
 * @third_at_us: when the call that reached the threshold was received; YM_INSTANT_NONE where none does now
 * @third_ref: (nullable): its incident reference
 * @handling: (nullable): what was recorded
 * @actions: (element-type YmRecord): what follows from it, by due date
 * @state: derived from the calls, with what was recorded laid over
 *
 * A joint inspection by police and CIW for one home and month (R6): derived once, handled as recorded.
 */
typedef struct {
  YmId home;
  YmMonth month;
  guint n_calls;
  guint threshold;
  gint64 third_at_us;
  char *third_ref;
  YmRecord *handling;
  GPtrArray *actions;
  YmInspectionState state;
} YmInspection;

void ym_inspection_free (YmInspection *inspection);

/**
 * ym_inspections_list:
 * @home: (nullable): of one home, or of all on this device for %NULL
 *
 * Returns: (transfer full) (element-type YmInspection) (nullable): every month that reached the threshold or was handled,
 * withdrawn ones too; what somebody must do something about first, then the latest month
 */
GPtrArray *ym_inspections_list (YmDesk *desk, const YmId *home, GError **error);

/** ym_inspection_load: (transfer full) (nullable): One; its state is YM_INSPECTION_NONE where nothing raised it. */
YmInspection *ym_inspection_load (YmDesk *desk, const YmId *home, YmMonth month, GError **error);

/** ym_inspection_state_label: (transfer none): In the user's language; also of the states that are only derived. */
const char *ym_inspection_state_label (YmInspectionState state);

/** ym_inspection_next: (transfer none) (nullable): Who must do what next, in the user's language; %NULL if nobody must. */
const char *ym_inspection_next (YmInspectionState state);

/** ym_inspection_handling_begin: (transfer full): What is recorded now, to be changed and given to
 * ym_inspection_save(). On the writing lane. */
YmRecord *ym_inspection_handling_begin (YmDesk *desk, const YmInspection *inspection);

/**
 * ym_inspection_save:
 * @handling: from ym_inspection_handling_begin()
 *
 * Signs the handling, in the state it now has. On the writing lane. Errors: YM_ERROR_INVALID where R6 has no such step, a
 * date that the state asks for is missing, or actions are still open.
 */
gboolean ym_inspection_save (YmDesk *desk, const YmRecord *handling, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** ym_inspection_action_begin: (transfer full): A new action; saved with ym_desk_save(), "inspection.action". */
YmRecord *ym_inspection_action_begin (YmDesk *desk, const YmRecord *handling);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (YmInspection, ym_inspection_free)

G_END_DECLS
