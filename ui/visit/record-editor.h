/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/draft.h"
#include "ui/session.h"
#include "ui/visit/record-form.h"

G_BEGIN_DECLS

/**
 * YmRecordGroup:
 * @title: of a card of questions, not translated yet
 * @fields: (array length=n_fields): the questions
 */
typedef struct {
  const char *title;
  const guint *fields;
  guint n_fields;
} YmRecordGroup;

/**
 * YmRecordEditorTask:
 * @groups: (array length=n_groups): constants
 * @lacks: (nullable): the id of a field that must still be answered, by a rule that no table says; 0 if none
 * @save: saves what differs between @before and @after; on the writing lane
 *
 * What is edited in place, and how it is saved.
 */
typedef struct {
  const YmRecordGroup *groups;
  guint n_groups;
  guint (*lacks) (const YmRecord *record);
  gboolean (*save) (YmDesk *desk, const YmRecord *before, const YmRecord *after, GError **error);
} YmRecordEditorTask;

#define YM_TYPE_RECORD_EDITOR (ym_record_editor_get_type ())
G_DECLARE_FINAL_TYPE (YmRecordEditor, ym_record_editor, YM, RECORD_EDITOR, GtkWidget)

/**
 * ym_record_editor_new:
 * @record: as it stands
 * @draft: (nullable): what was changed earlier and not saved
 * @task: a constant
 *
 * A record changed in place: what is different is a draft, durable within a second, until the button in
 * ym_record_editor_get_bar() saves it. A colleague's change to another answer is shown, and never overwritten. Emits
 * "saved" (no arguments), and "failed" (a sentence).
 */
GtkWidget *ym_record_editor_new (YmSession *session, const YmRecord *record, const YmDraft *draft,
                                 const YmRecordEditorTask *task);

/** ym_record_editor_get_bar: (transfer none): The buttons, for the foot of the page; hidden while nothing is changed. */
GtkWidget *ym_record_editor_get_bar (YmRecordEditor *self);

/** ym_record_editor_follow: The record is @now: shows it, but for what is being changed. */
void ym_record_editor_follow (YmRecordEditor *self, const YmRecord *now);

/** ym_record_editor_is_changed: Whether something is not saved. */
gboolean ym_record_editor_is_changed (YmRecordEditor *self);

/** ym_record_merge: Sets in @record what differs between @before and @after: all of one form. */
void ym_record_merge (YmRecord *record, const YmRecord *before, const YmRecord *after);

G_END_DECLS
