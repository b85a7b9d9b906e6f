/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/base/clock.h"
#include "app/forms/form.h"
#include "ui/widgets/field-row.h"

G_BEGIN_DECLS

/**
 * ym_form_row_new:
 * @field: one that people answer: not YM_FIELD_BYTES, not YM_FIELD_AUTOMATIC
 * @clock: (transfer none): for "today" and "now"; outlives the row
 *
 * Returns: (transfer floating): the row that asks for @field, labelled in the language of the moment, its
 *   choices in it. A reference comes as a #YmPickRow without entries: add them.
 */
GtkWidget *ym_form_row_new (const YmField *field, const YmClock *clock);

G_END_DECLS
