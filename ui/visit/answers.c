/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record to be read: what was answered, in the order it was asked. */

#include "ui/visit/answers.h"

#include "ui/visit/answer-text.h"

GtkWidget *
ym_paragraph_new (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
ym_answer_new (const char *question, const char *answer)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), ym_paragraph_new (question, "answer-question"));
  gtk_box_append (GTK_BOX (box), ym_paragraph_new (answer, NULL));
  gtk_widget_add_css_class (box, "answer");
  return box;
}

GtkWidget *
ym_answers_new (const YmRecord *record, guint section)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_add_css_class (card, "form-card");
  for (guint i = 0; i < record->form->n_fields; i++)
    {
      const YmField *field = &record->form->fields[i];
      g_autofree char *answer = NULL;

      if (field->section != section || (field->flags & YM_FIELD_AUTOMATIC) != 0)
        continue;
      answer = ym_answer_text (field, &record->values[i]);
      if (*answer != '\0')
        gtk_box_append (GTK_BOX (card), ym_answer_new (ym_label (field->label), answer));
    }
  if (gtk_widget_get_first_child (card) != NULL)
    return card;
  g_object_ref_sink (card);
  g_object_unref (card);
  return NULL;
}
