/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A button whose label may take two lines: large text on a narrow screen, and Welsh. */

#include "ui/visit/wrap-button.h"

#include "ui/widgets/row.h"

GtkWidget *
ym_wrap_button_new (const char *text)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "touch");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  ym_say (button, text);
  return button;
}

void
ym_wrap_button_set_text (GtkWidget *button, const char *text)
{
  gtk_label_set_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), text);
  ym_say (button, text);
}
