/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the dialogs of a joint inspection ask for, and how it is saved. */

#include "ui/inspections/inspection-dialogs.h"

#include <glib/gi18n-lib.h>

#include "ui/issue/record-dialog.h"
#include "ui/visit/record-editor.h"

/* The states that may be recorded next, as a mask. */
static guint
next_states (YmInspectionState state)
{
  guint states = 0;

  for (guint to = YM_INSPECTION_TRIGGERED; to <= YM_INSPECTION_ACTIONS_CLOSED; to++)
    if (ym_inspection_step_is_legal (state, to))
      states |= 1u << to;
  return states;
}

gboolean
ym_inspection_can_step (YmInspectionState state)
{
  return next_states (state) != 0;
}

/* What a state asks to be known, said at its question before the save would say it. */
static guint
lacks (const YmRecord *handling)
{
  static const struct {
    YmInspectionState first, last;
    guint field;
  } asked[] = {
    { YM_INSPECTION_CIW_TOLD, YM_INSPECTION_ACTIONS_CLOSED, YM_JOINT_INSPECTION_CIW_TOLD_ON },
    { YM_INSPECTION_DATE_AGREED, YM_INSPECTION_DATE_AGREED, YM_JOINT_INSPECTION_AGREED_FOR },
    { YM_INSPECTION_HELD, YM_INSPECTION_ACTIONS_CLOSED, YM_JOINT_INSPECTION_HELD_ON },
    { YM_INSPECTION_HELD, YM_INSPECTION_ACTIONS_CLOSED, YM_JOINT_INSPECTION_PARTICIPANTS },
    { YM_INSPECTION_ACTIONS_CLOSED, YM_INSPECTION_ACTIONS_CLOSED, YM_JOINT_INSPECTION_CLOSED_ON },
  };
  gint64 state = ym_record_get_integer (handling, YM_JOINT_INSPECTION_STATE, 0);

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    if (state >= asked[i].first && state <= asked[i].last && !ym_record_has (handling, asked[i].field))
      return asked[i].field;
  return 0;
}

/* On what stands now: a colleague may have recorded something else meanwhile. */
static gboolean
save_step (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  YmMonth month = ym_month_of_day ((YmDay) ym_record_get_integer (before, YM_JOINT_INSPECTION_MONTH, 0));
  g_autoptr (YmInspection) inspection = ym_inspection_load (desk, &before->scope, month, error);
  g_autoptr (YmRecord) handling = inspection != NULL ? ym_inspection_handling_begin (desk, inspection) : NULL;

  if (handling == NULL)
    return FALSE;
  ym_record_merge (handling, before, draft->record);
  return ym_inspection_save (desk, handling, error);
}

void
ym_inspection_step_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *handling, YmInspectionState state)
{
  const YmRecordTask task = {
    .form = YM_FORM_JOINT_INSPECTION,
    .home = &handling->scope,
    .before = handling,
    .lacks = lacks,
    .offer_field = YM_JOINT_INSPECTION_STATE,
    .offered = next_states (state),
    .same = state,
    .same_label = N_ ("Only a note"),
    .title = _ ("Joint Inspection"),
    .accept = _ ("Save Step"),
    .save = save_step,
  };

  ym_record_dialog_present (parent, session, &task);
}

void
ym_inspection_action_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *handling,
                                     const YmRecord *action)
{
  const YmRecordTask task = {
    .form = YM_FORM_INSPECTION_ACTION,
    .home = &handling->scope,
    .before = action,
    .about_field = YM_INSPECTION_ACTION_INSPECTION,
    .about = &handling->id,
    .title = action != NULL ? _ ("Change an Action") : _ ("Add an Action"),
    .accept = _ ("Save Action"),
    .intent = "inspection.action",
  };

  ym_record_dialog_present (parent, session, &task);
}
