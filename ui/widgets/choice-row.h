/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_CHOICE_ROW (ym_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (YmChoiceRow, ym_choice_row, YM, CHOICE_ROW, YmFieldRow)

/** YM_CHOICE_BUTTONS_MAX: Up to so many choices are large buttons side by side; YmPickRow takes more. */
#define YM_CHOICE_BUTTONS_MAX 4

/**
 * ym_choice_row_new:
 *
 * Asks for one of a few choices by large buttons; add them with ym_choice_row_add(). Its value is the
 * number of the choice. Pressing the chosen one again takes the answer back (null). Arrow keys move between
 * the buttons, Space chooses.
 */
GtkWidget *ym_choice_row_new (const char *title);

/** ym_choice_row_add: @number: what is stored; @label: plain text, translated. */
void ym_choice_row_add (YmChoiceRow *self, gint64 number, const char *label);

G_END_DECLS
