/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_NUMBER_ROW (ym_number_row_get_type ())
G_DECLARE_FINAL_TYPE (YmNumberRow, ym_number_row, YM, NUMBER_ROW, YmFieldRow)

/**
 * ym_number_row_new:
 * @minimum: smallest number that can be answered
 * @maximum: largest
 *
 * Asks for a whole number: typed, or counted with two large buttons (Up and Down, Page Up and Page Down by
 * ten). Empty is "not answered" and null, which is not the same as 0; the first step from there gives
 * @minimum.
 */
GtkWidget *ym_number_row_new (const char *title, gint64 minimum, gint64 maximum);

G_END_DECLS
