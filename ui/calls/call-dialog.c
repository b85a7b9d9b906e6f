/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A call that an officer types. It carries its home only once it is saved: that tells its draft from a review's. */

#include "ui/calls/call-dialog.h"

#include <glib/gi18n-lib.h>

#include "app/notebook/calls.h"
#include "ui/issue/record-dialog.h"

gboolean
ym_call_review_is_typed (const YmRecord *record)
{
  return !ym_record_has (record, YM_CALL_REVIEW_HOME);
}

guint
ym_call_review_lacks (const YmRecord *review)
{
  gint64 appropriate = ym_record_get_integer (review, YM_CALL_APPROPRIATE, 0);
  gboolean judged = appropriate == YM_APPROPRIATE_YES || appropriate == YM_APPROPRIATE_NO;

  return judged && !ym_record_has (review, YM_CALL_REVIEW_APPROPRIATE_WHY) ? YM_CALL_REVIEW_APPROPRIATE_WHY : 0;
}

static gboolean
save_typed (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error)
{
  g_autoptr (YmRecord) review = ym_call_type_begin (desk, &draft->record->scope);

  review->id = draft->record->id;
  for (guint i = 0; i < review->form->n_fields; i++)
    if (draft->record->values[i].kind != YM_VALUE_NULL)
      ym_record_set (review, review->form->fields[i].id, &draft->record->values[i]);
  return ym_call_review_save (desk, review, error);
}

void
ym_call_dialog_present (GtkWindow *parent, YmSession *session, const YmId *home)
{
  static const guint fields[]
      = { YM_CALL_REVIEW_RECEIVED_AT, YM_CALL_REVIEW_INCIDENT_REF, YM_CALL_REASON,  YM_CALL_CONCERNS_RESIDENT,
          YM_CALL_CHILD_PART,         YM_CALL_DONE_BEFORE,         YM_CALL_ATTENDED, YM_CALL_APPROPRIATE,
          YM_CALL_REVIEW_APPROPRIATE_WHY, YM_CALL_REVIEW_WHO_DECIDED, YM_CALL_OUTCOME };
  static const guint needed[] = { YM_CALL_REVIEW_RECEIVED_AT, YM_CALL_REASON };
  const YmRecordTask task = {
    .form = YM_FORM_CALL_REVIEW,
    .home = home,
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .needed = needed,
    .n_needed = G_N_ELEMENTS (needed),
    .lacks = ym_call_review_lacks,
    .is_own = ym_call_review_is_typed,
    .now_field = YM_CALL_REVIEW_RECEIVED_AT,
    .title = _ ("Type a Call"),
    .accept = _ ("Save Call"),
    .save = save_typed,
  };

  ym_record_dialog_present (parent, session, &task);
}
