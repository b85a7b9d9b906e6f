/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/visit/record-form.h"

G_BEGIN_DECLS

/**
 * YmRowWords:
 * @title: what such rows are called together
 * @add: the button that adds one
 * @fresh: what one is called while nothing is answered
 * @remove: the question before one is removed
 * @repeats: whether last time's are offered again; never a child's
 *
 * What a form's own label can't be made into, in two languages. Not translated yet.
 */
typedef struct {
  guint form;
  const char *title;
  const char *add;
  const char *fresh;
  const char *remove;
  gboolean repeats;
} YmRowWords;

/** ym_row_words: For the rows of @form. */
const YmRowWords *ym_row_words (const YmForm *form);

#define YM_TYPE_ROW_CARD (ym_row_card_get_type ())
G_DECLARE_FINAL_TYPE (YmRowCard, ym_row_card, YM, ROW_CARD, GtkWidget)

/**
 * ym_row_card_new:
 * @row: (transfer none): outlives the card
 * @clock: (transfer none): outlives the card
 *
 * One row of a visit: a line that says whom or what it is about, and opens to its questions. Emits "changed" (no
 * arguments), "entered" (a #YmField as pointer), and "remove" (no arguments) once the officer has confirmed it; a row
 * without answers needs no confirmation.
 */
GtkWidget *ym_row_card_new (YmRecord *row, const YmClock *clock);

/** ym_row_card_get_row: (transfer none) */
YmRecord *ym_row_card_get_row (YmRowCard *self);

/** ym_row_card_get_form: (transfer none): Its questions. */
YmRecordForm *ym_row_card_get_form (YmRowCard *self);

void ym_row_card_set_open (YmRowCard *self, gboolean open);

G_END_DECLS
