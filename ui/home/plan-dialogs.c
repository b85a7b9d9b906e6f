/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit is planned, moved, or given up with a reason. */

#include "ui/home/plan-dialogs.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/plans.h"
#include "ui/issue/record-dialog.h"

#define USUAL_MINUTE (10 * 60) /* when the children are at school */

static const guint when_fields[] = { YM_PLANNED_VISIT_PLANNED_AT, YM_PLANNED_VISIT_NOTE };
static const guint why_fields[] = { YM_PLANNED_VISIT_PLANNED_AT, YM_PLANNED_VISIT_WHY_NOT, YM_PLANNED_VISIT_NOTE };
static const guint why_needed[] = { YM_PLANNED_VISIT_WHY_NOT };

static gboolean
is_given_up (const YmRecord *draft)
{
  return ym_record_get_integer (draft, YM_PLANNED_VISIT_STATE, 0) == YM_PLAN_NOT_HELD;
}

static gboolean
is_plan (const YmRecord *draft)
{
  return !is_given_up (draft);
}

static gboolean
save_plan (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  return ym_plan_save (desk, before, draft->record, YM_PLAN_OPEN, error);
}

static gboolean
save_not_held (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  return ym_plan_save (desk, before, draft->record, YM_PLAN_NOT_HELD, error);
}

/* A visit to the home on @day at the usual time; now, where there is no day. */
static YmRecord *
new_proposal (YmSession *session, const YmHomeSummary *home, YmDay day, int state)
{
  YmRecord *record = ym_record_new (ym_form (YM_FORM_PLANNED_VISIT), &home->home->id, &ym_id_zero);
  gint64 at_us = ym_clock_wall_us (ym_session_get_clock (session));

  if (day != YM_DAY_NONE)
    ym_london_to_instant (day, USUAL_MINUTE, FALSE, &at_us);
  ym_record_set_integer (record, YM_PLANNED_VISIT_PLANNED_AT, at_us);
  ym_record_set_integer (record, YM_PLANNED_VISIT_STATE, state);
  return record;
}

void
ym_plan_dialog_present (GtkWindow *parent, YmSession *session, const YmHomeSummary *home)
{
  g_autoptr (YmRecord) proposal = new_proposal (session, home, ym_home_next_visit (home, NULL), YM_PLAN_OPEN);
  const YmRecordTask task = {
    .form = YM_FORM_PLANNED_VISIT,
    .home = &home->home->id,
    .before = home->plan,
    .proposed = proposal,
    .fields = when_fields,
    .n_fields = G_N_ELEMENTS (when_fields),
    .is_own = is_plan,
    .title = home->plan != NULL ? _ ("Move the Visit") : _ ("Plan a Visit"),
    .accept = home->plan != NULL ? _ ("Move Visit") : _ ("Plan Visit"),
    .save = save_plan,
  };

  ym_record_dialog_present (parent, session, &task);
}

void
ym_not_held_dialog_present (GtkWindow *parent, YmSession *session, const YmHomeSummary *home)
{
  gboolean was_agreed = home->next_visit != YM_DAY_NONE && home->next_visit > home->last_visit
                        && home->next_visit <= home->today;
  g_autoptr (YmRecord) proposal
      = new_proposal (session, home, was_agreed ? home->next_visit : YM_DAY_NONE, YM_PLAN_NOT_HELD);
  const YmRecordTask task = {
    .form = YM_FORM_PLANNED_VISIT,
    .home = &home->home->id,
    .before = home->plan,
    .proposed = proposal,
    .fields = why_fields,
    .n_fields = G_N_ELEMENTS (why_fields),
    .needed = why_needed,
    .n_needed = G_N_ELEMENTS (why_needed),
    .is_own = is_given_up,
    .title = _ ("A Visit That Could Not Take Place"),
    .accept = _ ("Save Reason"),
    .save = save_not_held,
  };

  ym_record_dialog_present (parent, session, &task);
}

void
ym_plan_draft_present (GtkWindow *parent, YmSession *session, const YmHomeSummary *home, const YmRecord *draft)
{
  if (is_given_up (draft) || ym_record_has (draft, YM_PLANNED_VISIT_WHY_NOT))
    ym_not_held_dialog_present (parent, session, home);
  else
    ym_plan_dialog_present (parent, session, home);
}
