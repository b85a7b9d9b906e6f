/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each of the dialogs asks for, and how it is saved. */

#include "ui/issue/dialogs.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/visit.h"
#include "ui/issue/record-dialog.h"

/* A change of an issue is a draft of the same form, and says when the issue was opened. */
static gboolean
is_new_issue (const YmRecord *record)
{
  return !ym_record_has (record, YM_ISSUE_OPENED_AT);
}

void
ym_issue_open_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home, const YmId *visit)
{
  const YmRecordTask task = {
    .form = YM_FORM_ISSUE,
    .home = home,
    .is_own = is_new_issue,
    .visit_field = YM_ISSUE_VISIT,
    .visit = visit,
    .title = _ ("Open an Issue"),
    .accept = _ ("Open Issue"),
    .intent = "issue.open",
  };

  ym_record_dialog_present (parent, session, &task);
}

/* Judged again on the lane: a colleague's step may have come in since the dialog opened. */
static gboolean
save_step (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  YmId issue = ym_id_zero, visit;
  gboolean at_visit = ym_record_get_id (draft->record, YM_ISSUE_UPDATE_VISIT, &visit);

  (void) ym_record_get_id (draft->record, YM_ISSUE_UPDATE_ISSUE, &issue);
  return ym_issue_step (desk, &issue, (int) ym_record_get_integer (draft->record, YM_ISSUE_UPDATE_STATE, 0),
                        ym_record_get_text (draft->record, YM_ISSUE_UPDATE_NOTE), at_visit ? &visit : NULL, error);
}

void
ym_issue_step_dialog_present (GtkWindow *parent, YmSession *session, const YmIssue *issue, const YmId *visit)
{
  const YmRecordTask task = {
    .form = YM_FORM_ISSUE_UPDATE,
    .home = &issue->issue->scope,
    .about_field = YM_ISSUE_UPDATE_ISSUE,
    .about = &issue->issue->id,
    .visit_field = YM_ISSUE_UPDATE_VISIT,
    .visit = visit,
    .offer_field = YM_ISSUE_UPDATE_STATE,
    .offered = ym_issue_next_states (issue->state) | 1u << issue->state,
    .same = (guint) issue->state,
    .same_label = N_ ("Only a note"),
    .title = _ ("Next Step"),
    .accept = _ ("Save Step"),
    .save = save_step,
  };

  ym_record_dialog_present (parent, session, &task);
}

void
ym_action_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *issue, const YmRecord *action)
{
  const YmRecordTask task = {
    .form = YM_FORM_ACTION,
    .home = &issue->scope,
    .before = action,
    .about_field = YM_ACTION_ISSUE,
    .about = &issue->id,
    .title = action != NULL ? _ ("Change an Action") : _ ("Add an Action"),
    .accept = _ ("Save Action"),
    .intent = "issue.action",
  };

  ym_record_dialog_present (parent, session, &task);
}

void
ym_contact_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home)
{
  const YmRecordTask task = {
    .form = YM_FORM_CONTACT,
    .home = home,
    .now_field = YM_CONTACT_AT,
    .title = _ ("Record a Contact"),
    .accept = _ ("Save Contact"),
    .intent = "contact.save",
  };

  ym_record_dialog_present (parent, session, &task);
}

static gboolean
save_addendum (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  YmId visit = ym_id_zero;

  (void) ym_record_get_id (draft->record, YM_ADDENDUM_VISIT, &visit);
  return ym_visit_add_addendum (desk, &visit, ym_record_get_text (draft->record, YM_ADDENDUM_TEXT),
                                ym_record_get_text (draft->record, YM_ADDENDUM_REASON), error);
}

void
ym_addendum_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *visit)
{
  const YmRecordTask task = {
    .form = YM_FORM_ADDENDUM,
    .home = &visit->scope,
    .about_field = YM_ADDENDUM_VISIT,
    .about = &visit->id,
    .title = _ ("Add an Addendum"),
    .accept = _ ("Sign Addendum"),
    .save = save_addendum,
  };

  ym_record_dialog_present (parent, session, &task);
}
