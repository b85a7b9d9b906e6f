/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/notebook/draft.h"
#include "ui/session.h"
#include "ui/visit/record-form.h"

G_BEGIN_DECLS

/**
 * YmRecordSave:
 * @draft: what was written; its record has what people answer, and the references that the task gave
 * @before: (nullable): the record as it was seen, where one is changed
 *
 * On the writing lane, by ym_desk_save() or what settles drafts as it does: the draft goes in the transaction that saves.
 */
typedef gboolean (*YmRecordSave) (YmDesk *desk, const YmDraft *draft, const YmRecord *before, GError **error);

/** YmRecordLacks: The id of a field that @record must still answer, by a rule that no table says; 0 if none. */
typedef guint (*YmRecordLacks) (const YmRecord *record);

/** YmRecordIsOwn: Whether a draft of the task's form was begun in such a dialog, and not somewhere else. */
typedef gboolean (*YmRecordIsOwn) (const YmRecord *record);

/**
 * YmRecordTask:
 * @form: what kind of record
 * @home: whose
 * @before: (nullable): the record to change; %NULL for a new one
 * @proposed: (nullable): for a new one: the answers that are filled in when the dialog opens
 * @fields: (nullable) (array length=n_fields): the only ones asked; a constant
 * @needed: (nullable) (array length=n_needed): fields that must be answered though the form does not ask it; a constant
 * @lacks: (nullable): what else must be answered
 * @is_own: (nullable): where drafts of the same form come from elsewhere too
 * @about_field: the reference that says what the record is about, such as an action's issue; 0 for none
 * @about: what it refers to
 * @visit_field: the reference to the visit at which it was written; 0 for none
 * @visit: (nullable): that visit
 * @now_field: an instant that is proposed as now; 0 for none
 * @offer_field: a choice of which only @offered can be answered, see ym_record_form_offer(); 0 for none
 * @offered: the mask
 * @same: the choice that is called @same_label
 * @same_label: (nullable): not translated yet
 * @title: translated
 * @accept: the button's label: a verb, translated
 * @intent: such as "issue.action", for @save
 * @save: how it is saved; %NULL for ym_desk_save() with @intent
 *
 * What a dialog is to ask for. Strings and ids are copied, but for @same_label and @intent, which are constants.
 */
typedef struct {
  guint form;
  const YmId *home;
  const YmRecord *before;
  const YmRecord *proposed;
  const guint *fields;
  guint n_fields;
  const guint *needed;
  guint n_needed;
  YmRecordLacks lacks;
  YmRecordIsOwn is_own;
  guint about_field;
  const YmId *about;
  guint visit_field;
  const YmId *visit;
  guint now_field;
  guint offer_field;
  guint offered;
  guint same;
  const char *same_label;
  const char *title;
  const char *accept;
  const char *intent;
  YmRecordSave save;
} YmRecordTask;

#define YM_TYPE_RECORD_DIALOG (ym_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (YmRecordDialog, ym_record_dialog, YM, RECORD_DIALOG, AdwWindow)

/**
 * ym_record_dialog_present:
 * @parent: the window that waits
 *
 * Opens a window with the questions of a form. What is typed is a draft like a visit's: durable within a second, and
 * found again by the next such dialog if the tablet is locked or dies meanwhile. Ctrl+Enter saves; Escape and "Cancel"
 * ask first if something was typed, and throw it away; closed by anything else, it keeps the draft. Emits "saved" (no
 * arguments) before it closes.
 */
void ym_record_dialog_present (GtkWindow *parent, YmSession *session, const YmRecordTask *task);

/** ym_record_dialog_get_form: (transfer none): Its questions. */
YmRecordForm *ym_record_dialog_get_form (YmRecordDialog *self);

G_END_DECLS
