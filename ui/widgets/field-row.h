/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/base/value.h"

G_BEGIN_DECLS

#define YM_TYPE_FIELD_ROW (ym_field_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (YmFieldRow, ym_field_row, YM, FIELD_ROW, GtkWidget)

/**
 * YmFieldRowClass:
 * @get_value: writes what the control holds; %FALSE with a sentence in @problem (transfer full) when what
 *   was typed is not a value at all ("32 March"), @value then stays null
 * @set_value: shows @value; must not emit "changed" (the base sees to that)
 * @describe: (transfer full): @value in words, for "last time"
 *
 * One question on a form: title, hint, the control that answers it, the answer of last time with a
 * button that takes it over, and what is wrong with the answer, said at the place. Subclasses bring the
 * control. Emits "changed" (no arguments) when the officer, not the program, changed the answer.
 */
struct _YmFieldRowClass
{
  GtkWidgetClass parent_class;

  gboolean (*get_value) (YmFieldRow *row, YmValue *value, char **problem);
  void (*set_value) (YmFieldRow *row, const YmValue *value);
  char *(*describe) (YmFieldRow *row, const YmValue *value);
};

/**
 * ym_field_row_get_value:
 * @value: (out caller-allocates): an initialised value; its old content is cleared
 *
 * Returns: %FALSE if what is typed can't be read as a value; the row says so itself
 */
gboolean ym_field_row_get_value (YmFieldRow *row, YmValue *value);

/** ym_field_row_set_value: Shows @value; "changed" is not emitted. Any kind the row doesn't know empties it. */
void ym_field_row_set_value (YmFieldRow *row, const YmValue *value);

void ym_field_row_set_title (YmFieldRow *row, const char *title);
const char *ym_field_row_get_title (YmFieldRow *row);

/** ym_field_row_set_hint: @hint: (nullable): a line that helps to answer. */
void ym_field_row_set_hint (YmFieldRow *row, const char *hint);

/**
 * ym_field_row_set_error:
 * @error: (nullable): a sentence that says what to change; plain text
 *
 * Shown under the control and told to a screen reader with the control. What the row itself can't read
 * comes before it.
 */
void ym_field_row_set_error (YmFieldRow *row, const char *error);

/** ym_field_row_get_error: (transfer none) (nullable): What is shown as wrong at the moment. */
const char *ym_field_row_get_error (YmFieldRow *row);

/**
 * ym_field_row_set_previous:
 * @previous: (nullable): the answer of last time; %NULL or a null value hides it
 *
 * Shown beside the question with a button that takes it over. It hides while the answer is the same.
 */
void ym_field_row_set_previous (YmFieldRow *row, const YmValue *previous);

/** ym_field_row_set_proposed: As ym_field_row_set_previous(), of an answer that a rule proposes; instead of that of last time. */
void ym_field_row_set_proposed (YmFieldRow *row, const YmValue *proposed);

/** ym_field_row_set_question: @question: (nullable): a doubt about the answer, said below it; the answer stands all the same. */
void ym_field_row_set_question (YmFieldRow *row, const char *question);

/**
 * ym_field_row_set_control: (for subclasses)
 * @control: (transfer none): what answers the question
 * @spoken: (nullable): the widget in @control that gets title, hint and error as its accessible name
 *   and description; %NULL for @control itself
 * @beside: whether the control may stand beside the title where there is room
 */
void ym_field_row_set_control (YmFieldRow *row, GtkWidget *control, GtkWidget *spoken, gboolean beside);

/** ym_field_row_edited: (for subclasses) The officer changed the control. */
void ym_field_row_edited (YmFieldRow *row);

/** ym_field_row_answer: (for subclasses) The officer gave @value by other means: shows it as one change. */
void ym_field_row_answer (YmFieldRow *row, const YmValue *value);

G_END_DECLS
