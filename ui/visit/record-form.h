/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/clock.h"
#include "app/forms/record.h"
#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_RECORD_FORM (ym_record_form_get_type ())
G_DECLARE_FINAL_TYPE (YmRecordForm, ym_record_form, YM, RECORD_FORM, GtkWidget)

/**
 * ym_record_form_new:
 * @record: (transfer none): what is written into; outlives the form
 * @section: the number of the section to ask; 0 for a form without sections
 * @clock: (transfer none): outlives the form
 *
 * A card with a row for every question that people answer, in the order of the table; a question whose `only_if` is
 * not met is hidden. What is typed goes into @record at once. Emits "changed" (a `const YmField *` as pointer) after
 * the officer changed an answer, and "entered" (the same) when the focus comes into its row.
 */
GtkWidget *ym_record_form_new (YmRecord *record, guint section, const YmClock *clock);

/**
 * ym_record_form_keep_only:
 * @fields: (array length=n_fields): field ids
 *
 * Asks only these. Call before the form is shown.
 */
void ym_record_form_keep_only (YmRecordForm *self, const guint *fields, guint n_fields);

/**
 * ym_record_form_offer:
 * @field_id: a question with choices
 * @offered: bit n: choice number n can be answered
 * @same: a choice that is called @same_label here; 0 for none
 * @same_label: (nullable): not translated yet: a message id
 *
 * Offers some of the choices only, as large buttons where they are few. Call before the form is shown.
 */
void ym_record_form_offer (YmRecordForm *self, guint field_id, guint offered, guint same, const char *same_label);

/** ym_record_form_refresh: Shows what is in the record, after it was changed by other means than typing. */
void ym_record_form_refresh (YmRecordForm *self);

/** ym_record_form_set_previous: @previous: (nullable): answers of last time, to be shown beside. */
void ym_record_form_set_previous (YmRecordForm *self, const YmRecord *previous);

/** ym_record_form_get_row: (transfer none) (nullable): The row that asks for @field_id. */
YmFieldRow *ym_record_form_get_row (YmRecordForm *self, guint field_id);

/** ym_record_form_get_record: (transfer none): What is written into. */
YmRecord *ym_record_form_get_record (YmRecordForm *self);

/**
 * ym_record_form_set_known:
 * @known: (array zero-terminated=1): names that may stand in its notes: the home's, those of staff
 *
 * Any other that looks like somebody's full name is questioned below the note, and may stand all the same (R3).
 */
void ym_record_form_set_known (YmRecordForm *self, const char *const *known);

/** ym_record_form_mark: Says @message at the row of @field_id; %NULL takes it away. */
void ym_record_form_mark (YmRecordForm *self, guint field_id, const char *message);

/** ym_record_form_unmark: Takes every such message away. */
void ym_record_form_unmark (YmRecordForm *self);

/**
 * ym_record_form_unreadable:
 *
 * Returns: (transfer container) (element-type YmField): the questions shown whose row holds something that is no
 * answer ("32 March"); the rows say so themselves
 */
GPtrArray *ym_record_form_unreadable (YmRecordForm *self);

/** ym_record_form_is_empty: Whether nothing is asked at all. */
gboolean ym_record_form_is_empty (YmRecordForm *self);

G_END_DECLS
