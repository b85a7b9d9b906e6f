/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_PICK_ROW (ym_pick_row_get_type ())
G_DECLARE_FINAL_TYPE (YmPickRow, ym_pick_row, YM, PICK_ROW, YmFieldRow)

/**
 * ym_pick_row_new:
 *
 * Asks for one of many: a long list of choices, or records by reference. A button shows the answer and
 * opens the list; with more than a few entries the list can be searched as one types. Its value is the
 * picked entry's. A value that no entry has is kept, and said to be not on this device.
 */
GtkWidget *ym_pick_row_new (const char *title);

/**
 * ym_pick_row_add:
 * @value: what is stored: an integer for choices, 16 bytes for references; copied
 * @label: plain text
 * @detail: (nullable): a second, smaller line, such as the place of a home
 */
void ym_pick_row_add (YmPickRow *self, const YmValue *value, const char *label, const char *detail);

/** ym_pick_row_clear: Removes all entries; the answer stays. */
void ym_pick_row_clear (YmPickRow *self);

G_END_DECLS
