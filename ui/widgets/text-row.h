/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_TEXT_ROW (ym_text_row_get_type ())
G_DECLARE_FINAL_TYPE (YmTextRow, ym_text_row, YM, TEXT_ROW, YmFieldRow)

/**
 * ym_text_row_new:
 * @maximum: most characters that can be typed; 0 for no limit
 *
 * Asks for one line. Its value is text without white space at the ends; an empty line is null.
 */
GtkWidget *ym_text_row_new (const char *title, guint maximum);

/** ym_text_row_set_purpose: Which on-screen keyboard comes up. */
void ym_text_row_set_purpose (YmTextRow *self, GtkInputPurpose purpose);

G_END_DECLS
