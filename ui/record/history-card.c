/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One step of a record's history, in words. */

#include "ui/record/history-card.h"

#include <glib/gi18n-lib.h>

#include "ui/visit/answer-text.h"
#include "ui/visit/answers.h"

/* By whom; the server's clock beside the device's, which may have been wrong. */
static char *
who_text (const YmHistoryStep *step)
{
  const char *author = step->author != NULL ? step->author : _ ("An administrator");
  g_autofree char *who = step->device != NULL ? g_strdup_printf (_ ("%s, on the device “%s”"), author, step->device)
                                              : g_strdup (author);
  g_autofree char *received = NULL;

  if (step->received_at_us == 0)
    return g_strdup_printf ("%s · %s", who, _ ("only on this device yet"));
  received = ym_instant_say (step->received_at_us);
  return g_strdup_printf (_ ("%s · received by the server %s"), who, received);
}

/* What only the program reads, such as an id, tells a person nothing. */
static char *
change_text (const YmField *field, const YmFieldChange *change, gboolean insert)
{
  g_autofree char *old = ym_answer_text (field, &change->old);
  g_autofree char *new = ym_answer_text (field, &change->new);

  if (*old == '\0' && *new == '\0')
    return NULL;
  if (insert && *old == '\0')
    return g_steal_pointer (&new);
  return g_strdup_printf ("%s → %s", *old != '\0' ? old : _ ("(nothing)"), *new != '\0' ? new : _ ("(nothing)"));
}

static void
add_changes (GtkBox *card, const YmHistoryStep *step)
{
  guint unknown = 0;

  for (guint i = 0; i < step->changes->len; i++)
    {
      const YmFieldChange *change = &g_array_index (step->changes, YmFieldChange, i);
      const YmField *field = ym_form_field (step->form, change->field);
      g_autofree char *text = field != NULL ? change_text (field, change, step->insert) : NULL;

      unknown += field == NULL;
      if (text != NULL)
        gtk_box_append (card, ym_answer_new (ym_label (field->label), text));
    }
  if (unknown > 0)
    gtk_box_append (card, ym_answer_new (_ ("And more"), _ ("A newer Ymweld recorded something that this one does not know.")));
}

GtkWidget *
ym_history_card_new (const YmHistoryStep *step, gboolean with_changes)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *at = ym_instant_say (step->wall_us);
  g_autofree char *who = who_text (step);
  const char *what = step->changes->len == 0 ? _ ("Erased since") : step->insert ? _ ("Recorded") : _ ("Changed");
  g_autofree char *title = g_strdup_printf ("%s · %s", what, at);

  gtk_box_append (GTK_BOX (head), ym_paragraph_new (title, "field-title"));
  gtk_box_append (GTK_BOX (head), ym_paragraph_new (who, "answer-question"));
  if (!step->counts)
    gtk_box_append (GTK_BOX (head), ym_paragraph_new (_ ("This was refused: nothing came of it."), "past-due"));
  gtk_widget_add_css_class (head, "answer");
  gtk_widget_add_css_class (card, "form-card");
  gtk_box_append (GTK_BOX (card), head);
  if (with_changes)
    add_changes (GTK_BOX (card), step);
  return card;
}
