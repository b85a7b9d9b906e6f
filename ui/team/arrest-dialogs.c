/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is begun or recorded in a dialog: a review, a view, a debrief, a learning note. */

#include "ui/team/arrest-dialogs.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/debriefs.h"
#include "app/notebook/learning.h"
#include "ui/issue/record-dialog.h"

/* Sets in @record, which the program has begun, what people answered in the dialog. */
static YmRecord *
answered (YmRecord *record, const YmDraft *draft)
{
  record->id = draft->record->id;
  for (guint i = 0; i < record->form->n_fields; i++)
    if (draft->record->values[i].kind != YM_VALUE_NULL)
      ym_record_set (record, record->form->fields[i].id, &draft->record->values[i]);
  return record;
}

gboolean
ym_arrest_review_is_new (const YmRecord *record)
{
  return !ym_record_has (record, YM_ARREST_REVIEW_OFFICER);
}

static gboolean
save_arrest (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  g_autoptr (YmRecord) review = answered (ym_arrest_begin (desk, &draft->record->scope, NULL), draft);

  return ym_arrest_save (desk, NULL, review, error);
}

void
ym_arrest_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home)
{
  static const guint fields[] = { YM_ARREST_REVIEW_ARRESTED_AT, YM_ARREST_REVIEW_INCIDENT_REF, YM_ARREST_REVIEW_OFFENCE,
                                  YM_ARREST_REVIEW_PERSON_REF, YM_ARREST_REVIEW_INITIALS,
                                  YM_ARREST_REVIEW_YEAR_OF_BIRTH };
  const YmRecordTask task = {
    .form = YM_FORM_ARREST_REVIEW,
    .home = home,
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .is_own = ym_arrest_review_is_new,
    .now_field = YM_ARREST_REVIEW_ARRESTED_AT,
    .title = _ ("Begin a Review"),
    .accept = _ ("Begin Review"),
    .save = save_arrest,
  };

  ym_record_dialog_present (parent, session, &task);
}

void
ym_arrest_view_dialog_present (GtkWindow *parent, YmSession *session, const YmRecord *review, const YmRecord *view)
{
  g_autoptr (YmRecord) proposed = ym_record_new (ym_form (YM_FORM_ARREST_VIEW), &review->scope, &ym_id_zero);
  const YmRecordTask task = {
    .form = YM_FORM_ARREST_VIEW,
    .home = &review->scope,
    .before = view,
    .proposed = proposed,
    .about_field = YM_ARREST_VIEW_REVIEW,
    .about = &review->id,
    .title = _ ("Record a View"),
    .accept = _ ("Save View"),
    .intent = "arrest.view",
  };

  ym_record_set_integer (proposed, YM_ARREST_VIEW_ON,
                         ym_london_day (ym_clock_wall_us (ym_session_get_clock (session))));
  ym_record_dialog_present (parent, session, &task);
}

static gboolean
save_debrief (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  g_autoptr (YmRecord) debrief = NULL;

  if (before != NULL)
    return ym_debrief_save (desk, before, draft->record, error);
  debrief = answered (ym_debrief_begin (desk, &draft->record->scope, NULL), draft);
  return ym_debrief_save (desk, NULL, debrief, error);
}

void
ym_debrief_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home, const YmRecord *debrief)
{
  const YmRecordTask task = {
    .form = YM_FORM_DEBRIEF,
    .home = home,
    .before = debrief,
    .now_field = YM_DEBRIEF_HELD_AT,
    .title = debrief != NULL ? _ ("Debrief") : _ ("Record a Debrief"),
    .accept = _ ("Save Debrief"),
    .save = save_debrief,
  };

  ym_record_dialog_present (parent, session, &task);
}

static gboolean
save_note (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  g_autoptr (YmRecord) note = answered (ym_learning_begin (desk, NULL), draft);

  return ym_learning_save (desk, note, error);
}

void
ym_learning_dialog_present (GtkWindow *parent, YmSession *session, const YmId *force, const YmRecord *proposed)
{
  const YmRecordTask task = {
    .form = YM_FORM_LEARNING_NOTE,
    .home = force,
    .proposed = proposed,
    .title = _ ("Share a Learning Note"),
    .accept = _ ("Share with the Force"),
    .save = save_note,
  };

  ym_record_dialog_present (parent, session, &task);
}
