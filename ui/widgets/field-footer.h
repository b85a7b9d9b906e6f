/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define YM_TYPE_FIELD_FOOTER (ym_field_footer_get_type ())
G_DECLARE_FINAL_TYPE (YmFieldFooter, ym_field_footer, YM, FIELD_FOOTER, GtkWidget)

/**
 * ym_field_footer_new:
 *
 * What is said below a question: an answer that can be taken over, a doubt, what is wrong. Takes room only while it says
 * something. Emits "taken" (no arguments) when the answer is taken over.
 */
GtkWidget *ym_field_footer_new (void);

/**
 * ym_field_footer_suggest:
 * @text: (nullable): such as "Last time: 4"; %NULL for nothing
 * @take: the button's label
 * @spoken: the button's accessible name
 */
void ym_field_footer_suggest (YmFieldFooter *self, const char *text, const char *take, const char *spoken);

/** ym_field_footer_get_button: (transfer none): What takes the answer over. */
GtkWidget *ym_field_footer_get_button (YmFieldFooter *self);

/** ym_field_footer_set_question: @question: (nullable): a doubt about the answer, which stands all the same. */
void ym_field_footer_set_question (YmFieldFooter *self, const char *question);

/** ym_field_footer_set_error: @error: (nullable): what is wrong. */
void ym_field_footer_set_error (YmFieldFooter *self, const char *error);

G_END_DECLS
