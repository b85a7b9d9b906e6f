/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/record.h"

G_BEGIN_DECLS

/**
 * ym_answer_text:
 * @field: the question
 * @value: the answer
 *
 * The answer in words, in the language of the moment: choices by their labels, dates with their weekday, instants by
 * London's clock. For reading only; ym_field_write() is what reads back.
 *
 * Returns: (transfer full): plain text; "" for a null, and for what only the program reads (references, bytes)
 */
char *ym_answer_text (const YmField *field, const YmValue *value);

/** ym_instant_say: (transfer full): "Tuesday 20 January 2026, 10:00", by London's clock. */
char *ym_instant_say (gint64 at_us);

/** ym_time_say: (transfer full): "10:00", by London's clock. */
char *ym_time_say (gint64 at_us);

/**
 * ym_record_summary:
 *
 * Returns: (transfer full): the first two answers that fit on a line, "D. Griffiths, manager"; "" while there are none
 */
char *ym_record_summary (const YmRecord *record);

G_END_DECLS
