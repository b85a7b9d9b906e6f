/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/notebook/draft.h"
#include "ui/visit/row-card.h"

G_BEGIN_DECLS

#define YM_TYPE_ROW_CARDS (ym_row_cards_get_type ())
G_DECLARE_FINAL_TYPE (YmRowCards, ym_row_cards, YM, ROW_CARDS, GtkWidget)

/**
 * ym_row_cards_new:
 * @draft: (transfer none): outlives the widget
 * @form: a form whose rows belong to the draft's record, such as people met
 * @clock: (transfer none): outlives the widget
 *
 * The draft's rows of @form as cards, with a button that adds one. Emits "changed" (no arguments) when the draft was
 * changed, and "entered" (the row's #YmRecord and the #YmField, as pointers) when the focus comes to a question.
 */
GtkWidget *ym_row_cards_new (YmDraft *draft, const YmForm *form, const YmClock *clock);

const YmForm *ym_row_cards_get_form (YmRowCards *self);

/**
 * ym_row_cards_set_previous:
 * @rows: (nullable) (transfer none) (element-type YmRecord): all rows of the last visit, offered to be taken over
 */
void ym_row_cards_set_previous (YmRowCards *self, GPtrArray *rows);

/** ym_row_cards_get_card: (transfer none) (nullable): The card of the row with that id. */
YmRowCard *ym_row_cards_get_card (YmRowCards *self, const YmId *row);

/** ym_row_cards_get_first: (transfer none) (nullable): The first card; the others are its next siblings. */
GtkWidget *ym_row_cards_get_first (YmRowCards *self);

/** ym_row_cards_mark: Says @message beside the button that adds a row; %NULL takes it away. */
void ym_row_cards_mark (YmRowCards *self, const char *message);

G_END_DECLS
