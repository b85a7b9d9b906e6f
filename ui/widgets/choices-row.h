/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_CHOICES_ROW (ym_choices_row_get_type ())
G_DECLARE_FINAL_TYPE (YmChoicesRow, ym_choices_row, YM, CHOICES_ROW, YmFieldRow)

/**
 * ym_choices_row_new:
 *
 * Asks for any number of choices by check buttons; add them with ym_choices_row_add(). Its value is a bit
 * mask, bit n for choice number n; none checked is null.
 */
GtkWidget *ym_choices_row_new (const char *title);

/** ym_choices_row_add: @number: 0 to 62; @label: plain text, translated. */
void ym_choices_row_add (YmChoicesRow *self, guint number, const char *label);

G_END_DECLS
