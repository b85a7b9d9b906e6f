/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/forms/form.h"
#include "app/rules/civil.h"

G_BEGIN_DECLS

/**
 * ym_field_read:
 * @field: the field that is answered
 * @text: (nullable): the answer as a spreadsheet, a script or a person at a terminal writes it:
 *   - text and notes as they are, white space at the ends dropped
 *   - whole numbers in digits
 *   - a choice by its code, in any case; a set of choices by their codes, parted by commas, semicolons or spaces
 *   - dates as YYYY-MM-DD; a date that stands for its month also as YYYY-MM
 *   - instants as ym_instant_parse() reads them, and where @day is given, also as HH:MM or YYYY-MM-DD HH:MM by
 *     London's clock
 *   - references as 32, bytes as twice their number of hexadecimal digits
 *   Nothing, or "", is no answer.
 * @day: the London day that a time without a date is of; %YM_DAY_NONE where an instant must be whole, as in a file
 * @value: (out): a null on failure too
 *
 * Reads and checks one answer. The same for importers, programs without a screen and tests.
 *
 * Returns: (transfer full) (nullable): what is wrong, as ym_field_check() says it; %NULL if nothing is
 */
char *ym_field_read (const YmField *field, const char *text, YmDay day, YmValue *value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ym_field_write:
 *
 * The text that ym_field_read() reads back as the same value: codes, ISO dates, instants with London's offset. Not
 * translated.
 *
 * Returns: (transfer full): the text; "" for a null
 */
char *ym_field_write (const YmField *field, const YmValue *value);

G_END_DECLS
