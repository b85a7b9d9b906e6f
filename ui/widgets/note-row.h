/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

#define YM_TYPE_NOTE_ROW (ym_note_row_get_type ())
G_DECLARE_FINAL_TYPE (YmNoteRow, ym_note_row, YM, NOTE_ROW, YmFieldRow)

/**
 * ym_note_row_new:
 * @maximum: most characters; 0 for no limit. More can be typed, the row then says by how many to shorten:
 *   words are never swallowed
 *
 * Asks for free text in a field that grows with it. Its value is text as typed, trailing white space
 * removed; nothing but white space is null.
 */
GtkWidget *ym_note_row_new (const char *title, guint maximum);

G_END_DECLS
