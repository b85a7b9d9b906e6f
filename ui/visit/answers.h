/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/forms/record.h"

G_BEGIN_DECLS

/** ym_answer_new: (transfer floating): A question and its answer, to be read; plain text both. */
GtkWidget *ym_answer_new (const char *question, const char *answer);

/**
 * ym_answers_new:
 * @record: a record
 * @section: the number of a section; 0 for a form without sections
 *
 * Returns: (transfer floating) (nullable): a card with what was answered; %NULL if nothing was
 */
GtkWidget *ym_answers_new (const YmRecord *record, guint section);

/** ym_paragraph_new: (transfer floating): A label that wraps, of plain text. @css_class: (nullable) */
GtkWidget *ym_paragraph_new (const char *text, const char *css_class);

G_END_DECLS
