/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A state as icon and word on its colour: of a call, an inspection, a count. */

#include "ui/widgets/chip.h"

#include "app/forms/form.h"

#define COLOUR "ym-colour"

GtkWidget *
ym_chip_new (void)
{
  GtkWidget *chip = g_object_new (GTK_TYPE_BOX, "css-name", "statechip", "spacing", 6, "halign", GTK_ALIGN_START,
                                  "valign", GTK_ALIGN_CENTER, NULL);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *word = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (word), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (word), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_box_append (GTK_BOX (chip), icon);
  gtk_box_append (GTK_BOX (chip), word);
  return chip;
}

void
ym_chip_set (GtkWidget *chip, const YmChipLook *look, const char *word)
{
  const char *before = g_object_get_data (G_OBJECT (chip), COLOUR);

  g_return_if_fail (GTK_IS_BOX (chip));
  gtk_widget_set_visible (chip, look != NULL);
  if (look == NULL)
    return;
  if (before != NULL)
    gtk_widget_remove_css_class (chip, before);
  gtk_widget_add_css_class (chip, look->css_class);
  g_object_set_data (G_OBJECT (chip), COLOUR, (gpointer) look->css_class);
  gtk_image_set_from_icon_name (GTK_IMAGE (gtk_widget_get_first_child (chip)), look->icon);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (chip)), word != NULL ? word : ym_label (look->word));
}
